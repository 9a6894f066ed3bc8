"""Infection of the spine."""

from __future__ import annotations

from osteon.knowledge.spine.biopsy import BIOPSY, SPECIMENS
from osteon.knowledge.spine.hold_antibiotics import HOLD
from osteon.knowledge.spine.suspicion import SUSPICION
from osteon.knowledge.spine.triage import TRIAGE
from osteon.knowledge.spine.work_up import WORK_UP
from osteon.rules.definition import Definition

__all__ = ["DEFINITIONS", "SUSPICION", "TRIAGE", "WORK_UP"]

DEFINITIONS: tuple[Definition, ...] = (*TRIAGE, *SUSPICION, *WORK_UP, BIOPSY, SPECIMENS, HOLD)
