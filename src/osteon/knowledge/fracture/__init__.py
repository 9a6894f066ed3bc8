"""Fracture-related infection, in the versions of 2018 and 2020."""

from __future__ import annotations

from osteon.knowledge.fracture import fri_2018, fri_2020

DEFINITIONS = (fri_2020.DEFINITION, fri_2018.DEFINITION)
