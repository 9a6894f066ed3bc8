"""Reads FHIR R4: a Bundle as JSON, NDJSON files, or folders of either, plain or gzipped."""
