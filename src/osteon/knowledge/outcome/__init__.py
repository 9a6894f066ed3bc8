"""What became of the infection: tiers, success, failure, recurrence, remission."""

from __future__ import annotations

from osteon.knowledge.outcome import (
    delphi_2013,
    foot_remission,
    fri_outcome,
    msis_2019,
    osteomyelitis_outcome,
    oviva,
    relapse,
)

DEFINITIONS = (
    msis_2019.DEFINITION,
    delphi_2013.DEFINITION,
    oviva.DEFINITION,
    osteomyelitis_outcome.DEFINITION,
    fri_outcome.DEFINITION,
    foot_remission.DEFINITION,
    relapse.DEFINITION,
)
