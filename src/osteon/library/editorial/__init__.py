"""From draft to withdrawal: who reviewed what, and what is due."""
