"""Outcome: which tier wins, both readings of a death, and one story under several definitions."""

from __future__ import annotations

from datetime import datetime

import pytest

from osteon.knowledge.outcome import DEFINITIONS
from osteon.knowledge.outcome.delphi_2013 import WELL as DELPHI_WELL
from osteon.knowledge.outcome.msis_2019 import WELL
from osteon.knowledge.outcome.oviva import NOTHING
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


def tier(*changed: str) -> str:
    return axes("msis-2019-outcome", but(WELL, *changed))["tier"]


IN_ORDER = [
    ("4A", ("died=yes", "death_days=100")),
    ("3E", ("amputation_resection_fusion=yes",)),
    ("3D", ("septic_revision=yes", "septic_revision_days=100")),
    ("3C", ("aseptic_revision=yes", "aseptic_revision_days=100")),
    ("3F", ("spacer_retained=yes",)),
    ("2", ("suppressive_antibiotic=yes",)),
]


@pytest.mark.parametrize("place", range(len(IN_ORDER)))
def test_the_gravest_of_several_tiers_wins(place):
    changed = [fact for _, facts in IN_ORDER[place:] for fact in facts]
    assert tier(*changed) == IN_ORDER[place][0]


@pytest.mark.parametrize(("days", "expected"), [(364, "3D"), (365, "3D"), (366, "3B")])
def test_a_year_includes_its_last_day(days, expected):  # OU-8
    assert tier("septic_revision=yes", f"septic_revision_days={days}") == expected


def test_a_septic_revision_after_a_year_outranks_an_aseptic_one_within():
    assert (
        tier(
            "septic_revision=yes",
            "septic_revision_days=400",
            "aseptic_revision=yes",
            "aseptic_revision_days=90",
        )
        == "3B"
    )


@pytest.mark.parametrize(("unrelated", "other"), [("yes", "1"), ("no", "4A"), ("unknown", "1 to 4A")])
def test_a_death_is_shown_with_and_without_what_is_unrelated(unrelated, other):  # OU-5
    found = axes("msis-2019-outcome", but(WELL, "died=yes", "death_days=152", f"death_unrelated={unrelated}"))
    assert found == {"tier": "4A", "tier without unrelated death": other}


def test_a_death_of_unknown_day_is_one_of_two_tiers():
    assert tier("died=yes") == "4B to 4A"


def test_every_event_is_kept_beside_the_tier():
    found = answered("msis-2019-outcome", but(WELL, "died=yes", "death_days=500", "spacer_retained=yes"))
    assert {"died", "3F"} <= {one.criterion.key for one in found.met(True)}


def test_suppression_is_a_tier_for_one_and_success_for_the_other():  # OU-2
    assert tier("suppressive_antibiotic=yes") == "2"
    assert axes("delphi-2013", but(DELPHI_WELL, "suppressive_antibiotic=yes"))["outcome"] == "success"


def test_a_new_organism_passes_eradication_and_fails_by_its_operation():  # OU-7
    found = answered("delphi-2013", but(DELPHI_WELL, "surgery_for_infection=yes"))
    assert found.axes[0].words() == "failure"
    assert {one.criterion.key for one in found.met(False)} == {"no_surgery"}


@pytest.mark.parametrize(
    ("months", "term"), [(23, "under 2 years"), (24, "short-term"), (60, "mid-term"), (120, "long-term")]
)
def test_the_terms_of_follow_up(months, term):
    assert axes("delphi-2013", but(DELPHI_WELL, f"follow_up_months={months}"))["term"] == term


@pytest.mark.parametrize(("days", "word"), [(365, "definite"), (366, "none within a year")])
def test_failure_counts_within_a_year_of_the_anchor(days, word):
    facts = f"{but(NOTHING, 'samples_alike_again=2')}; failure_days={days}"
    assert axes("oviva-failure", facts)["failure"] == word


def test_one_sample_after_treatment_is_no_definite_failure():
    facts = f"{but(NOTHING, 'samples_alike_again=1')}; failure_days=10"
    assert axes("oviva-failure", facts)["failure"] == "none within a year"


def test_cured_needs_time_since_surgery_and_off_antibiotics():
    quiet = "clinical_sign=no; laboratory_sign=no; "
    assert (
        axes("osteomyelitis-outcome", quiet + "months_since_surgery=24; months_off_antibiotics=12")[
            "24 months"
        ]
        == "cured"
    )
    assert (
        axes("osteomyelitis-outcome", quiet + "months_since_surgery=24; months_off_antibiotics=11")[
            "24 months"
        ]
        == "too early"
    )


def test_what_rests_on_the_engine_is_provisional():
    assert BY_ID["relapse-or-reinfection"].status == "provisional"
    assert BY_ID["delphi-2013"].status == "provisional"
