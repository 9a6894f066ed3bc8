"""Infection of the spine."""

from __future__ import annotations

from osteon.knowledge.spine import (
    cure,
    davis_2011,
    follow_up_mri,
    gata,
    hsas,
    marker_rule_out,
    pola_2017,
    sea_stage,
    sea_triad,
    severe_complication,
    sins,
    spondy,
    ssc,
    tb_duration,
)
from osteon.knowledge.spine.ais import ASIA, FRANKEL_GRADE
from osteon.knowledge.spine.biopsy import BIOPSY, SPECIMENS
from osteon.knowledge.spine.deformity import CALCULATIONS
from osteon.knowledge.spine.durations import DURATIONS
from osteon.knowledge.spine.entered_totals import TOTALS
from osteon.knowledge.spine.failure_counts import COUNTS
from osteon.knowledge.spine.hold_antibiotics import HOLD
from osteon.knowledge.spine.spine_at_risk import AT_RISK, STB_FACTORS
from osteon.knowledge.spine.ssi_window import WINDOWS
from osteon.knowledge.spine.surgery import SURGERY
from osteon.knowledge.spine.suspicion import SUSPICION
from osteon.knowledge.spine.triage import TRIAGE
from osteon.knowledge.spine.week_4 import WEEK_4
from osteon.knowledge.spine.work_up import WORK_UP
from osteon.rules.definition import Definition

__all__ = ["CALCULATIONS", "DEFINITIONS", "SUSPICION", "TRIAGE", "WORK_UP"]

DEFINITIONS: tuple[Definition, ...] = (
    *TRIAGE,
    *SUSPICION,
    *WORK_UP,
    BIOPSY,
    SPECIMENS,
    HOLD,
    davis_2011.DEFINITION,
    sea_triad.DEFINITION,
    sea_stage.DEFINITION,
    marker_rule_out.DEFINITION,
    sins.DEFINITION,
    ASIA,
    FRANKEL_GRADE,
    spondy.DEFINITION,
    *WEEK_4,
    follow_up_mri.DEFINITION,
    *SURGERY,
    *COUNTS,
    hsas.DEFINITION,
    severe_complication.DEFINITION,
    pola_2017.DEFINITION,
    ssc.DEFINITION,
    *DURATIONS,
    tb_duration.DEFINITION,
    AT_RISK,
    STB_FACTORS,
    gata.DEFINITION,
    cure.DEFINITION,
    *TOTALS,
    *WINDOWS,
)
