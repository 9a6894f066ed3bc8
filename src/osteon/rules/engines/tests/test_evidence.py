"""One shape of evidence: read off an engine's row and off the patient's events, the facts are the same."""

from datetime import date, datetime, timedelta

import pytest

from osteon.events.schema import Event, to_frame
from osteon.rules.chart import JUST_INSIDE, JUST_OUTSIDE, MOST
from osteon.rules.engines.evaluate import evaluate, open_engine
from osteon.rules.engines.evidence import events_reader, evidence
from osteon.rules.judge import judge
from osteon.rules.monitoring import Clause, Every, Monitoring, Reference, Source
from osteon.rules.quantities import Quantity, day, ratio
from osteon.rules.things import drug, finding, measured
from osteon.rules.tree import (
    Baseline,
    Compare,
    Constant,
    DaysOn,
    Happened,
    Highest,
    Known,
    Latest,
    Lowest,
    On,
    Present,
    Previous,
    Ratio,
    UpperLimit,
)

NOW = datetime(2026, 6, 1, 12)
SOURCE = (Source(Reference("G", "Made for this test"), "-"),)
CRP, DAPTOMYCIN, FEVER = measured("crp"), drug("daptomycin"), finding("fever")
KEYS = {"what", "code", "value", "value_at_most", "unit", "time", "threshold"}


def days(number):
    return NOW + timedelta(days=number)


def course(start, **more):
    return Event(1, days(start), DAPTOMYCIN.codes[0], **more)


def crp(when, value, **more):
    return Event(1, days(when), CRP.codes[0], numeric_value=value, unit="mg/L", **more)


def fever(when, value):
    return Event(1, days(when), FEVER.codes[0], numeric_value=value)


def a_rule(condition, *, due=()):
    return Monitoring(
        id="made-up", title="Made up", applies=On(DAPTOMYCIN), due=due,
        out_of_range=(Clause("red", "crossed", condition, SOURCE),), say="Ring.", author="A", checked_by="B",
        reviewed_on=date(2026, 1, 1), next_review=date(2027, 1, 1), examples="-",
    )  # fmt: skip


def by_the_judge(rule, story):
    (answer,) = judge([rule], story, NOW)
    crossed = [rule.clause_key(place) in {c.key for c in answer.fired_clauses} for place in range(1)]
    return evidence(rule, crossed, events_reader(story, NOW)) if answer.fired else None


def by_the_engine(rule, story, folder, name="polars"):
    to_frame(story).write_parquet(folder / "story.parquet")
    engine = open_engine(name, [str(folder / "story.parquet")])
    try:
        return next((line["evidence"] for line in evaluate([rule], engine, NOW).fired()), None)
    finally:
        engine.close()


def fact(facts, what):
    (found,) = [item for item in facts if item["what"] == what]
    return found


def milligrams(number):
    return Constant(Quantity(number, CRP.unit))


def over(value, number=1.0):
    return Compare(">", value, milligrams(number))


STORY = [
    course(-20, end=days(-10), source="an earlier course"),
    course(-9, numeric_value=42.0),
    course(-5),
    crp(-12, 90.0),
    crp(-6, 40.0, reference_high=5.0),
    crp(-3, 20.0, reference_high=5.0),
    fever(-3, 0.0),
    fever(-2, 1.0),
]
CONDITIONS = [
    over(Latest(CRP)),
    over(Previous(CRP)),
    over(Baseline(CRP, DAPTOMYCIN)),
    over(Lowest(CRP, DAPTOMYCIN)),
    over(Highest(CRP, DAPTOMYCIN)),
    Compare(">", Ratio(Latest(CRP), UpperLimit(CRP)), Constant(Quantity(2.0, ratio))),
    Compare(">", DaysOn(DAPTOMYCIN), Constant(Quantity(7.0, day))),
    Known(Previous(CRP)),
    Present(FEVER, timedelta(days=7)),
    Happened(FEVER, timedelta(days=7)),
]


@pytest.mark.parametrize("condition", CONDITIONS, ids=lambda condition: condition.words())
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_judge_and_engine_show_the_same_facts(condition, engine, tmp_path):
    rule = a_rule(condition, due=(Every(CRP, timedelta(days=2), False, SOURCE),))
    judged = by_the_judge(rule, STORY)
    assert judged == by_the_engine(rule, STORY, tmp_path, engine)
    assert all(set(item) == KEYS for item in judged)
    assert fact(judged, "on daptomycin")["time"] == days(-9).isoformat()
    assert len({item["what"] for item in judged}) == len(judged)


def test_a_result_shows_its_number_its_moment_and_the_threshold_it_crossed():
    shown = fact(by_the_judge(a_rule(over(Latest(CRP))), STORY), CRP.name)
    assert shown == {
        "what": CRP.name, "code": CRP.codes[0], "value": 20.0, "value_at_most": None, "unit": "mg/L",
        "time": days(-3).isoformat(), "threshold": "crossed",
    }  # fmt: skip


def test_the_result_before_is_shown_as_itself_and_not_as_the_last(tmp_path):
    rule = a_rule(over(Previous(CRP)))
    for shown in (by_the_judge(rule, STORY), by_the_engine(rule, STORY, tmp_path)):
        before = fact(shown, f"the {CRP.name} before")
        assert (before["value"], before["time"]) == (40.0, days(-6).isoformat())


def test_a_course_has_a_start_and_no_value():
    shown = fact(by_the_judge(a_rule(over(Latest(CRP))), STORY), "on daptomycin")
    assert (shown["value"], shown["value_at_most"], shown["unit"]) == (None, None, "")
    assert shown["threshold"] is None


@pytest.mark.parametrize(
    ("results", "value", "at_most"),
    [
        ([crp(-1, 50.0)], 50.0, None),
        ([crp(-1, 50.0, comparator=">")], 50.0 * JUST_OUTSIDE, MOST),
        ([crp(-1, 50.0), crp(-1, 60.0)], 50.0, 60.0),
    ],
)
def test_a_value_known_only_to_lie_between_two_says_both(results, value, at_most, tmp_path):
    story = [course(-9), *results]
    rule = a_rule(over(Latest(CRP)))
    for shown in (by_the_judge(rule, story), by_the_engine(rule, story, tmp_path)):
        assert (fact(shown, CRP.name)["value"], fact(shown, CRP.name)["value_at_most"]) == (value, at_most)


def test_a_value_below_a_limit_begins_at_nothing(tmp_path):
    story = [course(-9), crp(-1, 4.0, comparator="<")]
    rule = a_rule(Compare("<", Latest(CRP), milligrams(5.0)))
    judged = by_the_judge(rule, story)
    assert judged == by_the_engine(rule, story, tmp_path)
    assert (fact(judged, CRP.name)["value"], fact(judged, CRP.name)["value_at_most"]) == (
        0.0,
        4.0 * JUST_INSIDE,
    )


def test_two_codes_of_one_moment_are_told_alike(tmp_path):
    other = Event(1, days(-1), CRP.codes[-1], numeric_value=50.0, unit="mg/L")
    story = [course(-9), other, crp(-1, 50.0)]
    rule = a_rule(over(Latest(CRP)))
    judged = by_the_judge(rule, story)
    assert judged == by_the_engine(rule, story, tmp_path)
    assert fact(judged, CRP.name)["code"] == min(CRP.codes[0], CRP.codes[-1])


def test_the_worst_answer_of_the_window_stands_for_it_with_the_newest_moment():
    story = [course(-9), fever(-3, 1.0), fever(-1, 0.0)]
    shown = fact(by_the_judge(a_rule(Present(FEVER, timedelta(days=7))), story), "fever in the last 7 days")
    assert (shown["value"], shown["time"]) == (1.0, days(-1).isoformat())


def test_a_threshold_that_is_not_crossed_shows_nothing(tmp_path):
    due = (Every(CRP, timedelta(days=2), False, SOURCE),)
    rule = a_rule(over(Highest(CRP, DAPTOMYCIN), 1000.0), due=due)
    judged = by_the_judge(rule, STORY)
    assert judged == by_the_engine(rule, STORY, tmp_path)
    assert [item["what"] for item in judged] == ["on daptomycin", CRP.name]


def test_a_test_never_made_leaves_the_course_alone_as_evidence(tmp_path):
    rule = a_rule(over(Latest(CRP)), due=(Every(CRP, timedelta(days=2), False, SOURCE),))
    judged = by_the_judge(rule, [course(-9)])
    assert judged == by_the_engine(rule, [course(-9)], tmp_path)
    assert [item["what"] for item in judged] == ["on daptomycin"]
