"""Septic arthritis, and bone and joint infection of children."""

from __future__ import annotations

from osteon.knowledge.arthritis import (
    caird,
    child_alarm,
    kocher,
    newman,
    oral_switch_espid,
    oral_switch_uk,
    singhal,
    stephan_2024,
)

DEFINITIONS = (
    kocher.DEFINITION,
    caird.DEFINITION,
    singhal.DEFINITION,
    newman.DEFINITION,
    stephan_2024.DEFINITION,
    oral_switch_espid.DEFINITION,
    oral_switch_uk.DEFINITION,
    child_alarm.DEFINITION,
)
