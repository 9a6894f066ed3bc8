"""Full text search of the library in its languages."""
