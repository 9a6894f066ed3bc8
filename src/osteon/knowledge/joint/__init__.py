"""Infection of a joint replacement."""

from __future__ import annotations

from osteon.knowledge.joint import ebjis_2021

DEFINITIONS = (ebjis_2021.DEFINITION,)
