"""Case studies, made only from a case package with consent."""
