"""One joint under every definition: where they differ, they differ as the reference says."""

from __future__ import annotations

from datetime import datetime

import pytest

from osteon.knowledge.joint import DEFINITIONS
from osteon.knowledge.joint.ebjis_2021 import NEGATIVE
from osteon.knowledge.joint.icm_2018 import NEGATIVE as NEGATIVE_ICM
from osteon.rules.answering import answer_definition
from osteon.rules.definition_examples import but
from osteon.rules.given import given

NOW = datetime(2026, 3, 2, 9)
BY_ID = {one.id: one for one in DEFINITIONS}


def answered(definition_id: str, facts: str):
    pairs = [part.split("=", 1) for part in facts.split("; ")]
    events = given([(name.strip(), value) for name, value in pairs], NOW)
    return answer_definition(BY_ID[definition_id], events, NOW)


def first(definition_id: str, facts: str) -> str:
    return answered(definition_id, facts).axes[0].words()


def all_of_them(facts: str) -> list[str]:
    ids = ("icm-2018-parvizi", "icm-2018-consensus", "icm-2013", "ebjis-2021")
    return [first(one, facts) for one in ids]


NOTHING_ELSE = (
    "; ".join(
        (
            NEGATIVE_ICM,
            "sonication_cfu=0; histology_fields=0; organisms_seen=no; wbc_scan=no; aspirate_culture=no",
        )
    )
    + "; loosening_5y=no; wound_problem=no; recent_fever=no"
)


def test_four_definitions_agree_on_a_plain_infection():  # PJ-1
    facts = f"pji_phase=chronic; crp=24; esr=45; syn_wbc=4200; syn_pmn=85; {NOTHING_ELSE}"
    assert all_of_them(facts) == ["infected", "infected", "infected", "confirmed"]


def test_defensin_counts_twice_in_one_table_and_once_in_the_other():  # PJ-4
    facts = f"pji_phase=chronic; crp=5; esr=10; syn_wbc=5000; syn_pmn=60; {but(NOTHING_ELSE, 'alpha_defensin=yes')}"
    assert all_of_them(facts) == ["infected", "inconclusive", "criteria not met", "confirmed"]


def test_three_weeks_after_surgery_the_phase_decides():  # PJ-6
    facts = f"crp=60; esr=20; syn_wbc=8000; syn_pmn=85; {NOTHING_ELSE}"
    assert first("icm-2018-consensus", f"pji_phase=acute; {facts}") == "not infected"
    assert first("icm-2018-consensus", f"pji_phase=chronic; {facts}") == "infected"
    assert first("icm-2018-consensus", facts) == "not infected to infected"


@pytest.mark.parametrize(
    ("definition_id", "expected"), [("ebjis-2021", "not classified"), ("ebjis-2021-two-positive", "likely")]
)
def test_two_tests_without_a_clinical_sign_are_read_in_two_ways(definition_id, expected):  # EB-3
    assert first(definition_id, f"crp=6; syn_wbc=2100; syn_pmn=70; {NEGATIVE}") == expected


def test_unlikely_needs_both_counts_low():  # the error of coding "unlikely" with "or"
    high_cells = f"crp=4; syn_wbc=10000; syn_pmn=60; {NEGATIVE}"
    assert first("ebjis-2021", high_cells) == "confirmed"
    assert first("ebjis-2021", f"crp=4; syn_wbc=2000; syn_pmn=60; {NEGATIVE}") == "not classified"


def test_a_limit_of_the_laboratory_on_the_wrong_side_leaves_it_open():
    assert first("ebjis-2021", f"crp=4; syn_wbc=>1000; syn_pmn=60; {NEGATIVE}") == "unlikely to confirmed"
    assert first("ebjis-2021", f"crp=<5; syn_wbc=<200; syn_pmn=<10; {NEGATIVE}") == "unlikely"


def test_concentrated_sonicate_needs_more_growth():
    facts = f"crp=4; syn_wbc=900; syn_pmn=40; {but(NEGATIVE, 'sonication_cfu=100')}"
    assert first("ebjis-2021", f"{facts}; sonicate_concentrated=no") == "confirmed"
    assert first("ebjis-2021", f"{facts}; sonicate_concentrated=yes") == "not classified"
    assert first("ebjis-2021", facts) == "not classified to confirmed"


def test_a_dry_tap_scores_nothing_that_needs_fluid_but_keeps_what_was_measured():
    facts = "crp=8; d_dimer=900; esr=35; sinus_tract=no; cultures_alike=0"
    assert answered("icm-2018-parvizi", f"{facts}; dry_tap=yes").score == (3, 3)
    assert answered("icm-2018-parvizi", f"{facts}; dry_tap=yes; syn_wbc=4000").score == (6, 6)
    assert answered("icm-2018-parvizi", facts).score == (3, 12)


def test_the_low_score_with_a_positive_operation_is_shown_as_a_contradiction():  # PJ-5
    facts = (
        f"crp=6; esr=34; syn_wbc=1000; syn_pmn=50; {but(NEGATIVE_ICM, 'histology_positive=yes', 'pus=yes')}"
    )
    answer = answered("icm-2018-parvizi", facts)
    assert [one.words() for one in answer.axes] == ["not infected", "not infected"]
    assert len(answer.warnings) == 1
    assert first("icm-2018-consensus", facts + "; pji_phase=chronic") == "infected"


def test_surveillance_says_that_it_is_not_for_care():
    assert "surveillance only" in BY_ID["nhsn-pji"].title.lower()
    assert any("not for treatment" in warning for warning in answered("nhsn-pji", "pus=yes").warnings)


def test_what_rests_on_memory_is_provisional():
    assert BY_ID["ebjis-2021"].status == "provisional"
    assert BY_ID["idsa-2013"].status == "verified"
    assert BY_ID["icm-2018-consensus"].status == "verified"
