"""Antimicrobial courses: dose, route, delivery, start, planned stop, stop."""
