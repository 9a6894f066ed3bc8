"""Osteomyelitis of long bones: classes, confirmation, acute or chronic."""

from __future__ import annotations

from osteon.knowledge.bone import (
    acute_or_chronic,
    bach,
    cierny_mader,
    osteomyelitis_class,
    oxford_osteomyelitis,
)

DEFINITIONS = (
    cierny_mader.DEFINITION,
    bach.DEFINITION,
    oxford_osteomyelitis.DEFINITION,
    osteomyelitis_class.DEFINITION,
    acute_or_chronic.DEFINITION,
)
