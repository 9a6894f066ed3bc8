"""Resistance: S, I and R, how many drug categories, and results that do not fit the organism."""

from __future__ import annotations

from osteon.knowledge.resistance import magiorakos_2012

DEFINITIONS = (magiorakos_2012.DEFINITION,)
