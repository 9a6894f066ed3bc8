"""The rules over many patients: Polars in process, DuckDB on one machine, Spark on a cluster."""
