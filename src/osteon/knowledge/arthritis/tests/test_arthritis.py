"""Septic arthritis and children: whom a rule is for, borders, and tables instead of one number."""

from __future__ import annotations

from datetime import datetime

import pytest

from osteon.knowledge.arthritis import DEFINITIONS
from osteon.rules.answering import DefinitionAnswer, answer_definition
from osteon.rules.given import BadFact, given

NOW = datetime(2026, 3, 2, 9)
BY_ID = {one.id: one for one in DEFINITIONS}
HIP = "joint_affected=hip; age=6; "


def answered(definition_id: str, facts: str) -> DefinitionAnswer:
    pairs = [part.split("=", 1) for part in facts.split("; ")]
    return answer_definition(BY_ID[definition_id], given([(k.strip(), v) for k, v in pairs], NOW), NOW)


def columns(answer: DefinitionAnswer) -> list[tuple[str, ...]]:
    return [row[1][first : last + 1] for table, first, last in answer.tables() for row in table.rows]


def test_four_predictors_show_every_cohort():  # KO-1
    found = answered("kocher", HIP + "fever_history=yes; non_weight_bearing=yes; esr=41; blood_wbc=14")
    assert columns(found) == [("99.6 %",), ("93.0 %",), ("59 %",)]


def test_no_predictor_still_means_one_in_six_in_hips_worth_aspirating():  # KO-3
    found = answered("caird", HIP + "fever_history=no; non_weight_bearing=no; esr=10; blood_wbc=8; crp=4")
    assert columns(found) == [("17 %",), ("2.3 %",)]


def test_an_open_predictor_shows_the_range_of_columns():
    found = answered("kocher", HIP + "fever_history=yes; non_weight_bearing=yes; esr=41")
    assert columns(found)[0] == ("93.1 %", "99.6 %")


@pytest.mark.parametrize(
    ("esr", "white", "score"), [(39.9, 12.1, 1), (40, 12.0, 1), (40, 12.1, 2), (39, 12, 0)]
)
def test_the_borders_are_those_of_the_papers(esr, white, score):  # KO-2
    facts = f"{HIP}fever_history=no; non_weight_bearing=no; esr={esr}; blood_wbc={white}"
    assert answered("kocher", facts).score == (score, score)


@pytest.mark.parametrize("rule", ["kocher", "caird", "singhal"])
@pytest.mark.parametrize("who", ["joint_affected=knee; age=6", "joint_affected=hip; age=18"])
def test_a_knee_and_an_adult_are_refused(rule, who):  # KO-5
    found = answered(rule, f"{who}; crp=45; non_weight_bearing=yes")
    assert found.refused
    assert list(found.tables()) == []


def test_a_joint_nobody_named_is_not_refused_but_warned_of():
    found = answered("kocher", "age=6; fever_history=yes")
    assert not found.refused
    assert any("not known whether" in warning for warning in found.warnings)


def test_crp_in_another_unit_is_converted_before_the_limit():
    assert answered("singhal", HIP + "crp=2.0 mg/dL; non_weight_bearing=no").score == (0, 0)
    assert answered("singhal", HIP + "crp=2.1 mg/dL; non_weight_bearing=no").score == (1, 1)
    with pytest.raises(BadFact):
        answered("singhal", HIP + "crp=2.1 furlongs")


@pytest.mark.parametrize(
    ("fact", "points"),
    [
        ("illness_days=3", 0),
        ("illness_days=4", 1),
        ("temp_c=38", 1),
        ("temp_c=37.9", 0),
        ("fever_reported=yes", 1),
        ("crp=20.1", 1),
        ("esr=25", 0),
        ("esr=26", 1),
    ],
)
def test_each_point_of_the_childrens_score(fact, points):
    rest = {"illness_days": "1", "temp_c": "37", "fever_reported": "no", "crp": "5", "esr": "5"}
    name, value = fact.split("=")
    facts = "; ".join(f"{k}={v}" for k, v in {**rest, name: value}.items())
    assert answered("stephan-2024", f"age=7; under_91_days=no; {facts}").score == (points, points)


def test_the_childrens_score_is_verified_and_refuses_the_newborn():
    assert BY_ID["stephan-2024"].status == "verified"
    assert answered("stephan-2024", "age=0; under_91_days=yes; crp=45").refused


def test_one_child_is_ready_for_one_rule_and_not_for_the_other():  # PD-1
    facts = (
        "age=6; under_3_months=no; child_course=unifocal; crp_peak=120; crp=70; hours_afebrile=30; "
        "hours_pain_free=30; hours_iv=72; improving=yes; tolerates_oral=yes; undrained_collection=no; oral_option=yes"
    )
    assert answered("oral-switch-espid", facts).axes[0].words() == "ready"
    assert answered("oral-switch-uk", facts).axes[0].words() == "not yet"


@pytest.mark.parametrize(("crp", "ready"), [(84, True), (84.1, False)])
def test_thirty_percent_is_read_exactly(crp, ready):
    facts = (
        f"age=6; crp_peak=120; crp={crp}; hours_afebrile=24; improving=yes; tolerates_oral=yes; "
        "undrained_collection=no; oral_option=yes"
    )
    assert (answered("oral-switch-espid", facts).axes[0].words() == "ready") is ready


@pytest.mark.parametrize(("crp", "word"), [(20, "no alarm"), (20.1, "alarm"), (66, "alarm")])
def test_more_than_half_of_the_peak_is_an_alarm(crp, word):  # PD-2, PD-3
    found = answered("child-alarm", f"age=6; crp_peak=40; crp_day4={crp}; fever_after_48h=no")
    assert found.axes[0].words() == word
