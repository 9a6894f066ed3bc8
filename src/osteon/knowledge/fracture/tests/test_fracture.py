"""Fracture-related infection: what confirms, what only suggests, and what the two versions answer."""

from __future__ import annotations

from datetime import datetime

import pytest

from osteon.knowledge.fracture import DEFINITIONS
from osteon.knowledge.fracture.criteria import NEGATIVE
from osteon.rules.answering import DefinitionAnswer, answer_definition
from osteon.rules.definition_examples import but
from osteon.rules.given import given

NOW = datetime(2026, 3, 2, 9)
BY_ID = {one.id: one for one in DEFINITIONS}


def answered(version: int, facts: str) -> DefinitionAnswer:
    pairs = [part.split("=", 1) for part in facts.split("; ")]
    events = given([(name.strip(), value) for name, value in pairs], NOW)
    return answer_definition(BY_ID[f"fri-{version}"], events, NOW)


def both(facts: str) -> tuple[str, str]:
    return answered(2018, facts).axes[0].words(), answered(2020, facts).axes[0].words()


@pytest.mark.parametrize(
    "sign",
    ["sinus_tract=yes", "wound_breakdown=yes", "pus=yes", "cultures_alike=2", "pathogen_in_tissue=yes"],
)
def test_one_confirmatory_sign_is_enough(sign):
    assert both(sign) == ("confirmed", "confirmed")


@pytest.mark.parametrize(
    "sign",
    ["fracture_pain=yes", "temp_c=38.3", "fracture_imaging=yes", "culture_single=yes", "effusion_new=yes"],
)
def test_a_suggestive_sign_never_confirms(sign):
    assert both(but(NEGATIVE, sign)) == ("suspected", "suspected")


def test_late_histology_confirms_since_2020():  # FR-3
    late = but(NEGATIVE, "late_onset=yes", "neutrophils_per_hpf=8", "fracture_imaging=yes")
    assert both(late) == ("suspected", "confirmed")
    assert both(but(late, "neutrophils_per_hpf=5")) == ("suspected", "suspected")


def test_early_histology_counts_for_neither():  # FR-4
    assert both(but(NEGATIVE, "late_onset=no", "neutrophils_per_hpf=8")) == ("no criterion", "no criterion")


def test_nuclear_imaging_counts_since_2020():
    assert both(but(NEGATIVE, "nuclear_positive=yes")) == ("no criterion", "suspected")


def test_not_confirmed_is_said_with_a_warning_until_five_specimens():
    assert answered(2020, NEGATIVE).warnings != ()
    assert answered(2020, f"{NEGATIVE}; specimens_valid=4").warnings != ()
    assert answered(2020, f"{NEGATIVE}; specimens_valid=5").warnings == ()
    assert answered(2020, "sinus_tract=yes").warnings == ()


def test_nothing_known_is_open_both_ways():
    assert both("specimens_valid=5") == ("no criterion to confirmed",) * 2
