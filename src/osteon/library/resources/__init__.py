"""Health topics of others, and ours for others."""
