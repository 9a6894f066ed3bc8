"""What the laboratory says: results, specimens, isolates and their susceptibilities."""
