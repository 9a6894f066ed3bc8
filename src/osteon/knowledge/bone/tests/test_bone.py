"""Osteomyelitis classes: what must never be inferred, and where two published tests disagree."""

from __future__ import annotations

from datetime import datetime

import pytest

from osteon.knowledge.bone import DEFINITIONS
from osteon.rules.answering import DefinitionAnswer, answer_definition
from osteon.rules.given import given

NOW = datetime(2026, 3, 2, 9)
BY_ID = {one.id: one for one in DEFINITIONS}


def answered(definition_id: str, facts: str) -> DefinitionAnswer:
    pairs = [part.split("=", 1) for part in facts.split("; ")]
    return answer_definition(BY_ID[definition_id], given([(k.strip(), v) for k, v in pairs], NOW), NOW)


def axes(definition_id: str, facts: str) -> dict[str, str]:
    return {one.axis.name: one.words() for one in answered(definition_id, facts).axes}


@pytest.mark.parametrize("systemic", [0, 1, 9])
@pytest.mark.parametrize("local", [0, 1, 9])
def test_host_c_is_never_inferred_from_factors(systemic, local):
    said = answered("cierny-mader", f"systemic_factors={systemic}; local_factors={local}")
    host = next(one for one in said.axes if one.axis.name == "host")
    assert "C" not in host.possible
    assert any("write down who" in warning for warning in said.warnings)


def test_host_c_needs_a_judgement_and_then_asks_for_its_author():
    judged = answered("cierny-mader", "treatment_worse_than_disease=yes; systemic_factors=0; local_factors=0")
    assert axes("cierny-mader", "treatment_worse_than_disease=yes")["host"] == "C"
    assert any("name who judged" in warning for warning in judged.warnings)
    declined = answered(
        "cierny-mader", "treatment_worse_than_disease=no; systemic_factors=0; local_factors=0"
    )
    assert declined.warnings == ()


def test_instability_at_any_time_makes_type_four():
    assert axes("cierny-mader", "stable_before=no")["type"] == "IV"
    assert axes("cierny-mader", "stable_before=yes; stable_after_debridement=no")["type"] == "IV"


@pytest.mark.parametrize(
    ("tested", "resistant", "by_number", "by_share"),
    [
        (20, 4, "A2", "A1"),  # BA-3: 80.0 % is not fewer than 80 %
        (19, 4, "A2", "A2"),
        (14, 3, "A1", "A2"),
        (15, 3, "A1", "A1"),
        (9, 2, "A1", "A2"),
        (10, 2, "A1", "A1"),
        (4, 1, "A1", "A2"),
        (5, 1, "A1", "A1"),
    ],
)
def test_the_two_tests_for_multidrug_resistance_part_where_the_reference_says(
    tested, resistant, by_number, by_share
):
    found = axes("bach", f"n_tested={tested}; n_resistant={resistant}; xdr_or_pdr=no")
    assert (found["by number resistant"], found["by share susceptible"]) == (by_number, by_share)
    assert found["antimicrobials"] == max(by_number, by_share)


def test_no_growth_closes_the_letter_and_nothing_known_leaves_it_open():
    assert axes("bach", "no_growth=yes")["antimicrobials"] == "Ax"
    assert axes("bach", "no_growth=no")["antimicrobials"] == "A1 to A3"
    assert axes("bach", "coverage=direct")["antimicrobials"] == "Ax to A3"


def test_extensive_resistance_is_only_possible_where_multidrug_resistance_is():
    assert axes("bach", "n_tested=10; n_resistant=0")["antimicrobials"] == "A1"
    assert axes("bach", "n_tested=10; n_resistant=9")["antimicrobials"] == "A2 to A3"
    odd = answered("bach", "n_tested=10; n_resistant=0; xdr_or_pdr=yes")
    assert any("check the results" in warning for warning in odd.warnings)


def test_one_letter_is_enough_to_be_complex():
    easy = {"bone_defect": "cavitary", "no_growth": "yes", "coverage": "direct", "host_fitness": "well"}
    easy["recurrence_after_surgery"] = "no"

    def said(**changed: str) -> str:
        return axes("bach", "; ".join(f"{k}={v}" for k, v in {**easy, **changed}.items()))["class"]

    assert said() == "uncomplicated"
    assert said(bone_defect="joint") == said(coverage="soft_tissue_procedure") == "complex"
    assert said(host_fitness="unfit_or_declines") == said(recurrence_after_surgery="yes") == "complex"


def test_three_months_fail_the_oxford_composite_and_not_our_class():  # OM-4
    facts = "clinical_picture=yes; imaging_positive=yes; symptom_months=3; pus=yes; cultures_alike=2"
    assert axes("oxford-osteomyelitis", facts) == {"chronic osteomyelitis": "not confirmed"}
    assert axes("osteomyelitis-class", facts) == {"osteomyelitis": "definite"}


def test_the_local_rule_never_says_not_shown_without_adequate_samples():
    facts = "imaging_positive=no; sinus_tract=no; pus=no; cultures_alike=0; histology_positive=no"
    assert axes("osteomyelitis-class", facts)["osteomyelitis"] == "not shown to not decided"
    assert axes("osteomyelitis-class", f"{facts}; samples_adequate=yes")["osteomyelitis"] == "not shown"


def test_our_own_class_is_marked_as_ours():
    assert BY_ID["osteomyelitis-class"].status == "provisional"
    assert "local rule" in BY_ID["osteomyelitis-class"].title
