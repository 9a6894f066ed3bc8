"""Pages: what a reader opens, and the tree they stand in."""
