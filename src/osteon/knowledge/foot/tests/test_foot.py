"""The diabetic foot: borders that moved between versions, and what is refused."""

from __future__ import annotations

from datetime import datetime

import pytest

from osteon.knowledge.foot import DEFINITIONS
from osteon.knowledge.foot.iwgdf_2023 import NEGATIVE
from osteon.rules.answering import DefinitionAnswer, answer_definition
from osteon.rules.definition_examples import but
from osteon.rules.given import given

NOW = datetime(2026, 3, 2, 9)
BY_ID = {one.id: one for one in DEFINITIONS}


def answered(definition_id: str, facts: str) -> DefinitionAnswer:
    pairs = [part.split("=", 1) for part in facts.split("; ")]
    return answer_definition(BY_ID[definition_id], given([(k.strip(), v) for k, v in pairs], NOW), NOW)


def axes(definition_id: str, facts: str) -> dict[str, str]:
    return {one.axis.name: one.words() for one in answered(definition_id, facts).axes}


def grades(*changed: str) -> tuple[str, str]:
    facts = but(NEGATIVE, *changed)
    return axes("idsa-foot-2012", facts)["grade"], axes("iwgdf-2023", facts)["grade"]


@pytest.mark.parametrize(
    ("cm", "expected"),
    [(0.5, ("1", "1")), (0.6, ("2", "2")), (1.9, ("2", "2")), (2.0, ("2", "3")), (2.1, ("3", "3"))],
)
def test_the_border_of_redness_moved_by_one_value(cm, expected):  # DF-3
    assert grades(f"erythema_cm={cm}", "warmth=yes") == expected


@pytest.mark.parametrize(("bands", "expected"), [(9, ("2", "2")), (10, ("4", "2")), (11, ("4", "4"))])
def test_ten_percent_immature_cells_counted_until_2012(bands, expected):
    assert grades("purulence=yes", "warmth=yes", "heart_rate=96", f"bands_pct={bands}") == expected


@pytest.mark.parametrize("signs", [(), ("warmth=yes",), ("warmth=yes", "purulence=yes")])
def test_osteomyelitis_is_never_graded_one_or_two(signs):  # DF-6
    assert grades("osteomyelitis=yes", *signs)[1] == "3(O)"
    assert grades("osteomyelitis=yes", "heart_rate=120", "temp_c=39", *signs)[1] == "4(O)"


def test_two_signs_of_gout_are_no_infection():
    assert grades("warmth=yes", "swelling_or_induration=yes", "other_cause_excluded=no") == ("1", "1")
    open_ = but(NEGATIVE, "warmth=yes", "swelling_or_induration=yes", "other_cause_excluded=unknown")
    assert axes("iwgdf-2023", open_)["grade"] == "1 to 2"


def test_one_sign_of_systemic_inflammation_is_not_two():
    assert grades("warmth=yes", "purulence=yes", "temp_c=35.9") == ("2", "2")
    assert grades("warmth=yes", "purulence=yes", "temp_c=35.9", "resp_rate=21") == ("4", "4")
    assert grades("warmth=yes", "purulence=yes", "temp_c=38", "resp_rate=20") == ("2", "2")


def test_low_carbon_dioxide_stands_for_fast_breathing_once():
    both = ("warmth=yes", "purulence=yes", "resp_rate=30", "paco2_kpa=4")
    assert grades(*both) == ("2", "2")


def test_bone_from_a_sample_outranks_every_test():
    assert axes("foot-osteomyelitis", "bone_culture=yes")["osteomyelitis"] == "definite"
    tests = "probe_to_bone=yes; foot_mri=yes; bone_culture=no; bone_histology=no"
    assert axes("foot-osteomyelitis", tests)["osteomyelitis"] == "probable"


def test_a_negative_biopsy_excludes_only_off_antibiotics_with_enough_bone():
    negative = "bone_culture=no; bone_histology=no"
    assert axes("foot-osteomyelitis", negative)["biopsy"] == "excluded to not decided"
    assert axes("foot-osteomyelitis", f"{negative}; bone_fragments=1")["biopsy"] == "not decided"


@pytest.mark.parametrize(
    ("facts", "grade"),
    [
        ("toe_pressure=60", "0"),
        ("toe_pressure=59", "1"),
        ("toe_pressure=39", "2"),
        ("toe_pressure=29", "3"),
        ("toe_pressure=60; abi=0.3; ankle_pressure=40", "0"),
        ("abi=0.8", "0"),
        ("abi=0.39", "3"),
        ("abi=0.9; ankle_pressure=101", "0"),
        ("abi=0.9; ankle_pressure=100", "1"),
        ("abi=0.9; ankle_pressure=50", "3"),
        ("ankle_pressure=71", "1"),
        ("abi=0.5; ankle_pressure=120", "2"),
    ],
)
def test_ischaemia_is_graded_by_toe_pressure_or_the_worse_of_the_rest(facts, grade):
    assert axes("wifi", facts)["ischaemia"] == grade


def test_wifi_gives_three_grades_and_neither_stage_nor_sum():
    assert [one.name for one in BY_ID["wifi"].axes] == ["wound", "ischaemia", "infection"]
    assert BY_ID["wifi"].score is None


def test_sinbad_counts_what_is_known_and_leaves_the_rest_open():
    assert answered("sinbad", "pulse_palpable=no; sensation_lost=no").score == (1, 5)
