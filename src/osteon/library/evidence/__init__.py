"""Journal articles and trials."""
