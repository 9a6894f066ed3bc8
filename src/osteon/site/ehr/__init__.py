"""A GP's system in miniature, for the demonstration: one invented patient, and our decision support called as a
real one would call it: discovery, prefetch by the templates, a signed request, cards, feedback.

It knows of us only what CDS Hooks says. The only short cut: the call goes through the site's own handler instead of
the network.
"""
