"""Infection of the spine."""

from __future__ import annotations

from osteon.knowledge.spine.triage import TRIAGE
from osteon.rules.definition import Definition

__all__ = ["DEFINITIONS", "TRIAGE"]

DEFINITIONS: tuple[Definition, ...] = (*TRIAGE,)
