"""Imports: sources read into the record."""
