"""Decision support for other systems over CDS Hooks 2.0: they send facts, we answer with cards, nothing is kept.

``offered.py`` lists the services; each is a function from events to cards (``monitoring.py``).
"""
