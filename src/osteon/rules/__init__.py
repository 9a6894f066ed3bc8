"""The language medicine is written down in, the judge, and the engines that must agree with it.

Layers, one direction: ``language`` (words, for comfort) → ``tree`` (meaning) → ``judge`` and ``engines``
(one patient, many patients).
"""
