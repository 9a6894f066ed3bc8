"""Reads MEDS: one Parquet file or a folder of shards, plain, in ours, or in the MIMIC dialect."""
