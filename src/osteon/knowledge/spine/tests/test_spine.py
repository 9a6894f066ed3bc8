"""Thresholds of the spine's definitions on both sides, their status, and what no single file can see."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from osteon.events.vocabulary.questions import QUESTIONS
from osteon.knowledge.spine import (
    CALCULATIONS,
    DEFINITIONS,
    SUSPICION,
    TRIAGE,
    WORK_UP,
    deformity,
    references,
)
from osteon.knowledge.wanted_spine import WANTED
from osteon.rules.answering import DefinitionAnswer, answer_definition
from osteon.rules.calculation import CannotCalculate, sums_of
from osteon.rules.examples import DAY_ZERO
from osteon.rules.given import BadFact, given
from osteon.rules.monitoring import Reference

BY_ID = {one.id: one for one in DEFINITIONS}
SUMS = [(calculation, row) for calculation in CALCULATIONS for row in sums_of(calculation)]


def ask(rule: str, **facts: object) -> DefinitionAnswer:
    events = given([(name, str(value)) for name, value in facts.items()], DAY_ZERO)
    return answer_definition(BY_ID[rule], events, DAY_ZERO)


def met(rule: str, **facts: object) -> set[str]:
    return {one.criterion.key for one in ask(rule, **facts).met(True)}


@pytest.mark.parametrize(
    ("rule", "key", "question", "outside", "inside"),
    [
        ("davis-2011", "esr_20", "esr", 20, 21),
        ("spine-crp-esr", "crp_3_5", "crp", 3.5, 3.6),
        ("spine-crp-esr", "crp_10", "crp", 10, 10.1),
        ("spine-crp-esr", "crp_30", "crp", 30, 30.1),
        ("spine-crp-esr", "crp_50", "crp", 50, 50.1),
        ("spine-crp-esr", "crp_at_most_12", "crp", 12.1, 12),
        ("spine-crp-esr", "esr_at_most_12", "esr", 13, 12),
        ("kim-2014", "age_65", "age", 65, 66),
        ("patel-2014", "wbc", "wbc", 12.5, 12.6),
        ("patel-2014", "crp", "crp", 115, 115.1),
        ("shah-2018-motor", "wbc_12", "wbc", 12, 12.1),
        ("shah-2018-mortality", "wbc_15", "wbc", 15, 15.1),
        ("hsas", "age", "age", 72, 73),
        ("hsas", "creatinine", "creatinine", "1.29 mg/dL", "1.30 mg/dL"),
        ("hsas", "crp", "crp", 140.5, 140.6),
        ("spine-severe-complication", "charlson", "charlson", 2, 3),
        ("spine-severe-complication", "wbc", "wbc", 9.9, 10),
        ("spine-severe-complication", "platelets", "platelets", 241, 240),
        ("eans-2025-surgery", "EN3", "segmental_kyphosis_deg", 20, 21),
        ("eans-2025-surgery", "EN3", "scoliosis_deg", 10, 11),
        ("eans-2025-surgery", "EN3", "body_collapse_pct", 50, 51),
        ("eans-2025-surgery", "EN2", "mrc_power", 4, 3),
        ("sins", "collapse_50", "body_collapse_pct", 49, 50),
        ("sins", "involved_50", "body_involved_pct", 50, 51),
        ("gata", "sagittal_index", "sagittal_index_deg", 19, 20),
        ("stb-instability-factors", "dar", "dar_sagittal", 14.9, 15),
        ("stb-instability-factors", "vb_loss", "vb_loss_ratio", 0.49, 0.5),
        ("stb-instability-factors", "age_15", "age", 16, 15),
        ("site-score", "site_8", "site_total", 9, 8),
        ("site-score", "site_12", "site_total", 13, 12),
        ("csts", "csts_over", "csts_total", 6.5, 6.6),
        ("csts", "csts_middle", "csts_total", 5.4, 5.5),
        ("mri-ssi", "mri_ssi_10", "mri_ssi_total", 9, 10),
        ("mri-ssi", "mri_ssi_20", "mri_ssi_total", 19, 20),
        ("pitss", "pitss_15", "pitss_total", 14, 15),
        ("pitss", "pitss_21", "pitss_total", 20, 21),
        ("ssi-window-uk", "days_30", "days_after_operation", 31, 30),
    ],
)
def test_a_threshold_separates_at_exactly_the_published_value(rule, key, question, outside, inside):
    assert key not in met(rule, **{question: outside})
    assert key in met(rule, **{question: inside})


@pytest.mark.parametrize(("esr", "crp", "expected"), [(50, 28, set()), (51, 27.5, set()), (51, 28, {"V-IDSA"}), (55, 28, {"V-IDSA"}), (56, 28, {"V-IDSA", "V-Yoon"})])  # fmt: skip
def test_the_two_limits_of_week_4_stay_apart(esr, crp, expected):
    assert met("spine-week-4", esr4=esr, crp4=crp) & {"V-IDSA", "V-Yoon"} == expected


def test_a_value_in_a_unit_that_is_not_known_is_refused():
    with pytest.raises(BadFact, match="not a unit"):
        ask("spine-week-4", crp4="2.8 IU/L")
    assert met("spine-week-4", crp4="2.8 mg/dL", esr4=60) >= {"V-IDSA", "V-Yoon"}


def test_patel_shows_no_figure_where_none_was_read():
    ((table, first, last),) = ask(
        "patel-2014", crp=20, wbc=8, diabetes="no", blood_culture_positive="no"
    ).tables()
    assert (first, last) == (0, 0)
    assert table.rows[0][1][0] == "not available"
    ((table, first, last),) = ask(
        "patel-2014", crp=180, wbc=14, diabetes="yes", blood_culture_positive="yes"
    ).tables()
    assert table.rows[0][1][first : last + 1] == ("76.9 %",)


@pytest.mark.parametrize("rule", ["kim-2014", "shah-2018-motor", "shah-2018-mortality", "hsas"])
def test_a_count_without_published_risks_shows_none(rule):
    assert BY_ID[rule].tables == ()
    assert BY_ID[rule].axes == ()


def test_pola_does_not_divide_b3_by_an_angle_that_is_not_confirmed():
    subtype = BY_ID["pola-2017"].axes[1]
    assert [name for name in subtype.answers if name.startswith("B")] == ["B3", "B2", "B1"]
    assert "segmental_kyphosis_deg" not in {question.key for question in BY_ID["pola-2017"].questions}


def test_the_lists_for_surgery_stay_apart():
    facts = {"segmental_kyphosis_deg": 22, "deformity_progressing": "no", "spinal_abscess": "yes"}
    assert met("eans-2025-surgery", **facts) == {"EN3"}
    assert met("idsa-2015-surgery", **facts) == set()
    assert met("service-page-surgery", **facts) == {"SX6"}
    assert met("nice-tb-surgery", **facts) == set()


def test_every_clock_is_shown_with_its_own_answer():
    answer = ask(
        "spine-durations",
        mrsa="yes",
        complicated_eans="yes",
        organism_brucella="no",
        organism_salmonella="no",
    )
    assert [one.certain for one in answer.axes[:3]] == [
        "6 weeks",
        "8 weeks or more (high risk of recurrence)",
        "12 weeks",
    ]


@pytest.mark.parametrize(("day", "cell"), [(27, "fewer"), (28, "34.8"), (41, "34.8"), (42, "29.6"), (55, "29.6"), (56, "9.6")])  # fmt: skip
def test_the_strata_of_park_meet_without_a_gap(day, cell):
    answer = ask("spine-durations", mrsa="yes", treatment_days=day)
    assert answer.axes[3].certain.startswith(cell)


# Verified: every criterion and every way of combining them was read. The rest is shown as provisional.
PROVISIONAL = {
    "spine-triage",
    "spine-triage-by-risk",
    "spine-echocardiogram",
    "davis-2011",
    "frankel",
    "service-page-surgery",
    "shah-2018-motor",
    "shah-2018-mortality",
    "hsas",
    "pola-2017",
    "ssc",
    "spine-fungal",
    "stb-instability-factors",
    "gata",
    "site-score",
    "pitss",
    "csts",
    "mri-ssi",
    "ssi-window-nhsn",
}


def test_only_what_was_read_is_verified():
    assert {one.id for one in DEFINITIONS if one.status == "provisional"} == PROVISIONAL


def test_only_the_error_of_measurement_is_provisional_among_the_calculations():
    assert [one.id for one in CALCULATIONS if one.status == "provisional"] == ["kyphosis-progression"]


def test_the_groups_for_other_systems_are_part_of_the_whole():
    for group in (TRIAGE, SUSPICION, WORK_UP):
        assert group
        assert set(group) <= set(DEFINITIONS)


def test_every_step_of_the_work_up_says_what_to_do():
    assert all(step.say for definition in WORK_UP for step in definition.criteria)


def test_every_question_of_the_table_is_asked_somewhere():
    with files("osteon.events.vocabulary.questions").joinpath("spine.csv").open(newline="") as lines:
        keys = {row["key"] for row in csv.DictReader(lines)}
    asked = {q.key for one in (*DEFINITIONS, *CALCULATIONS) for q in one.questions}
    assert keys - asked == set()
    assert asked <= set(QUESTIONS)


def test_no_two_references_share_a_key():
    found = [value for value in vars(references).values() if isinstance(value, Reference)]
    assert len({one.key for one in found}) == len(found)
    assert all(one.doi.startswith("10.") for one in found if one.doi)


def test_what_is_wanted_says_what_is_missing_and_where_to_look():
    assert len({one.title for one in WANTED}) == len(WANTED)
    assert all(one.missing and one.where and one.section.startswith("spine ") for one in WANTED)


@pytest.mark.parametrize(
    ("calculation", "row"), SUMS, ids=lambda part: getattr(part, "name", None) or part.id
)
def test_every_worked_sum_keeps_its_promises(calculation, row):
    assert row.promises
    assert row.broken(calculation) == []


def test_every_calculation_has_three_sums_and_one_is_open():
    for calculation in CALCULATIONS:
        rows = sums_of(calculation)
        assert len(rows) >= 3, calculation.id
        assert any(row.answer(calculation).missing for row in rows), calculation.id


@pytest.mark.parametrize("turned", [1, -1])
@pytest.mark.parametrize("scale", [0.5, 1, 40])
def test_kyphosis_from_points_depends_neither_on_scale_nor_on_the_side_the_film_faces(turned, scale):
    points = {
        "upper_back_x": 0, "upper_back_y": 0, "upper_front_x": 60, "upper_front_y": 10,
        "lower_back_x": 5, "lower_back_y": 100, "lower_front_x": 60, "lower_front_y": 80,
    }  # fmt: skip
    moved = {key: value * scale * (turned if key.endswith("x") else 1) for key, value in points.items()}
    (plain,) = [f.value for f in deformity.from_points(points) if f.key == "kyphosis"]
    (found,) = [f.value for f in deformity.from_points(moved) if f.key == "kyphosis"]
    assert found == pytest.approx(plain)
    assert plain == pytest.approx(9.4623 + 19.9831, abs=1e-3)


def test_an_endplate_that_is_a_single_point_gives_no_angle():
    same = dict.fromkeys(
        [
            f"{plate}_{end}_{axis}"
            for plate in ("upper", "lower")
            for end in ("back", "front")
            for axis in "xy"
        ],
        1.0,
    )
    with pytest.raises(CannotCalculate):
        list(deformity.from_points(same))


@pytest.mark.parametrize(("degrees", "noted"), [(20.0, False), (20.1, True)])
def test_an_angle_above_the_panels_limit_is_noted(degrees, noted):
    assert bool(deformity.kyphosis_figure(degrees).note) is noted
