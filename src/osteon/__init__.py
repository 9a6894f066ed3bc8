"""Osteon runs a specialist bone and joint infection service."""

__version__ = "0.1.0"
