"""The rules over the MIMIC demo at each patient's last laboratory result: who fires, on every engine.

A change here is a clinical change: it belongs in docs/clinical-changes.md with its reason.
"""

from collections import Counter

import pytest

from osteon.events.parquet import write_file
from osteon.knowledge import all_rules
from osteon.rules.answers import FIRED
from osteon.site.commands.evaluate import ask
from osteon.standards.sources import open_source

pytestmark = pytest.mark.real

FIRED_FOR = {
    ("alt", "unknown"): {
        10001217, 10004720, 10005817, 10005866, 10006053, 10007818, 10007928, 10008454, 10009049, 10010471,
        10014729, 10016810, 10020640, 10020786, 10021312, 10021487, 10031757, 10035631, 10037861, 10037975,
        10038081, 10040025,
    },
    ("ceftriaxone-bloods", "due"): {10018845},
    ("cholestasis", "unknown"): {10004720, 10006053, 10037975},
    ("course-without-planned-stop", "amber"): {
        10001217, 10004720, 10005817, 10005866, 10006053, 10007818, 10007928, 10008454, 10009049, 10010471,
        10014729, 10016810, 10018845, 10020640, 10020786, 10021312, 10021487, 10026354, 10031757, 10035631,
        10037861, 10037975, 10038081, 10040025,
    },
    ("creatinine-rise", "amber"): {10006053, 10007818},
    ("creatinine-rise", "red"): {10010471, 10018845, 10037861, 10037975, 10038081},
    ("crp-weekly", "due"): {10006053, 10010471, 10018845, 10037975, 10038081, 10040025},
    ("crp-weekly", "overdue"): {
        10001217, 10004720, 10005817, 10007818, 10014729, 10016810, 10020640, 10020786, 10021312, 10021487,
        10035631, 10037861,
    },
    ("daptomycin-ck", "unknown"): {10040025},
    ("neutrophils", "red"): {10035631},
    ("piperacillin-tazobactam-bloods", "due"): {10020640},
    ("potassium-low", "amber"): {10009049, 10020640},
    ("temperature", "red"): {10037861},
    ("vancomycin-level", "amber"): {10010471, 10020640, 10021312, 10021487, 10035631},
    ("vancomycin-level", "red"): {10005817, 10014729},
}  # fmt: skip
ENGINES = ["judge", "polars", "duckdb", pytest.param("spark", marks=pytest.mark.spark)]


@pytest.fixture(scope="module")
def stream(mimic, tmp_path_factory):
    path = tmp_path_factory.mktemp("mimic") / "events.parquet"
    write_file(open_source(mimic).events(), path)
    return str(path)


@pytest.fixture(scope="module")
def by_the_judge(stream):
    return ask("judge", all_rules(), [stream], None)


@pytest.fixture(scope="module", params=ENGINES)
def said(request, stream, by_the_judge):
    return by_the_judge if request.param == "judge" else ask(request.param, all_rules(), [stream], None)


def test_88_rules_fire_for_24_of_100_patients(said):
    fired = {(line["subject_id"], line["rule"], line["state"]) for line in said.fired()}
    assert fired == {
        (subject, rule, state) for (rule, state), subjects in FIRED_FOR.items() for subject in subjects
    }
    assert (said.subjects, len(fired), len({subject for subject, *_ in fired})) == (100, 88, 24)


def test_counts_of_each_rule_are_those_of_the_fired_lines_and_of_the_judge(said, by_the_judge):
    for rule in all_rules():
        counted = {state: n for state, n in said.counts[rule.id].items() if state in FIRED and n}
        assert counted == {state: len(who) for (name, state), who in FIRED_FOR.items() if name == rule.id}
        assert said.counts[rule.id].total() == 100
        assert +said.counts[rule.id] == +Counter(by_the_judge.counts[rule.id])


def test_each_line_is_the_judges_to_the_last_fact(said, by_the_judge):
    assert list(said.fired()) == list(by_the_judge.fired())
