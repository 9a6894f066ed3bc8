"""Generated rules over generated patients: the judge and every engine must say the same.

A second test fails when a node of the language is never generated: a new word cannot slip past.
"""

from __future__ import annotations

import inspect
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from osteon.events.schema import Event, to_frame
from osteon.rules import tree
from osteon.rules.engines.evaluate import EngineMissing, evaluate, open_engine
from osteon.rules.judge import judge, last_moment
from osteon.rules.monitoring import Clause, Every, Monitoring, Reference, Source
from osteon.rules.quantities import Quantity, day, ratio
from osteon.rules.things import drug, finding, measured

MOMENT = datetime(2026, 6, 1, 12)
SOURCE = (Source(Reference("G", "Generated"), "-"),)
MEASURES = [measured("crp"), measured("vancomycin-level")]  # one unit, so that they can be compared
DRUGS = [drug("daptomycin"), drug("linezolid"), drug("daptomycin") | drug("linezolid")]
FINDING = finding("fever")
NUMBERS = [0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 10.0]
DAYS = [-30, -17, -10, -8, -7.5, -7, -3, -2, -1, 0, 1]

measures, drugs = st.sampled_from(MEASURES), st.sampled_from(DRUGS)
signs = st.sampled_from([">", ">=", "<", "<="])
factors = st.sampled_from([0.5, 1.5, 2.0])

readings = st.one_of(
    measures.map(tree.Latest),
    measures.map(tree.Previous),
    measures.map(tree.UpperLimit),
    st.builds(tree.Baseline, measures, drugs),
    st.builds(tree.Lowest, measures, drugs),
    st.builds(tree.Highest, measures, drugs),
)
amounts = st.one_of(
    readings,
    st.builds(tree.Scaled, factors, readings),
    st.builds(tree.Sum, readings, readings),
    st.builds(tree.Difference, readings, readings),
)
lengths = st.one_of(drugs.map(tree.DaysOn), measures.map(tree.DaysSince), measures.map(tree.Gap))
ratios = st.builds(tree.Ratio, amounts, amounts)


def constants(unit):
    return st.sampled_from(NUMBERS).map(lambda number: tree.Constant(Quantity(number, unit)))


comparisons = st.one_of(
    st.builds(tree.Compare, signs, amounts, amounts),
    st.builds(tree.Compare, signs, amounts, constants(MEASURES[0].unit)),
    st.builds(tree.Compare, signs, lengths, constants(day)),
    st.builds(tree.Compare, signs, ratios, constants(ratio)),
)
leaves = st.one_of(
    comparisons,
    drugs.map(tree.On),
    drugs.map(tree.Overrun),
    drugs.map(tree.Unplanned),
    st.sampled_from([1, 7]).map(lambda n: tree.Present(FINDING, timedelta(days=n))),
    st.sampled_from([1, 7]).map(lambda n: tree.Happened(FINDING, timedelta(days=n))),
    st.one_of(amounts, ratios, lengths).map(tree.Known),
)
conditions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(tree.And, inner, inner), st.builds(tree.Or, inner, inner), inner.map(tree.Not)
    ),
    max_leaves=4,
)
clauses = st.builds(
    Clause,
    st.sampled_from(["red", "amber"]),
    st.just("generated"),
    conditions,
    st.just(SOURCE),
    st.booleans(),
)
schedules = st.builds(
    Every,
    measures,
    st.sampled_from([2, 3.5, 7]).map(lambda n: timedelta(days=n)),
    st.booleans(),
    st.just(SOURCE),
)
applies = st.one_of(
    drugs.map(tree.On),
    st.builds(tree.And, drugs.map(tree.On), conditions),
    st.builds(tree.And, drugs.map(tree.On), drugs.map(tree.On).map(tree.Not)),
)


@st.composite
def rules(draw):
    def one(number: int) -> Monitoring:
        return Monitoring(
            id=f"generated-{number}",
            title="Generated",
            applies=draw(applies),
            due=tuple(draw(st.lists(schedules, max_size=2))),
            out_of_range=tuple(draw(st.lists(clauses, min_size=1, max_size=3))),
            say="Ring.",
            author="A",
            checked_by="B",
            reviewed_on=date(2026, 1, 1),
            next_review=date(2027, 1, 1),
            examples="-",
        )

    return [one(number) for number in range(draw(st.integers(1, 4)))]


moments = st.sampled_from(DAYS).map(lambda n: MOMENT + timedelta(days=n))


@st.composite
def events(draw):
    subject = draw(st.integers(1, 4))
    kind = draw(st.sampled_from(["result", "result", "result", "course", "finding", "other"]))
    time = draw(moments)
    if kind == "course":
        code = draw(st.sampled_from(DRUGS[:2])).codes[0]
        end = draw(st.sampled_from([None, None, time, MOMENT, MOMENT + timedelta(days=3)]))
        end = None if end is not None and end < time else end
        return Event(
            subject, time, code, end=end, numeric_value=draw(st.sampled_from([None, 2.0, 10.0, 42.0]))
        )
    if kind == "finding":
        return Event(subject, time, FINDING.codes[0], numeric_value=draw(st.sampled_from([None, 0.0, 1.0])))
    if kind == "other":
        return Event(subject, draw(st.sampled_from([time, None])), "LOINC//0000-0", numeric_value=1.0)
    return Event(
        subject,
        time,
        draw(st.sampled_from([code for measure in MEASURES for code in measure.codes])),
        numeric_value=draw(st.sampled_from([None, *NUMBERS])),
        comparator=draw(st.sampled_from([None, None, None, "<", "<=", ">", ">="])),
        unit=draw(st.sampled_from(["mg/L", "mg/L", "mg/L", "mg/dL", None])),
        reference_high=draw(st.sampled_from([None, 0.0, 2.0, 5.0])),
    )


stories = st.lists(events(), min_size=1, max_size=25)


def judged(some_rules, story, as_of):
    """The judge's states, patient by patient; ``as_of`` of ``None`` is each patient's last moment."""
    found = {}
    for subject in {event.subject_id for event in story}:
        own = [event for event in story if event.subject_id == subject]
        moment = as_of or last_moment(own)
        if moment is not None:
            for answer in judge(some_rules, own, moment):
                if answer.state != "does not apply":
                    found[subject, answer.rule.id] = answer.state
    return found


def compare(engine, folder, some_rules, story, as_of):
    path = folder / f"{engine}.parquet"
    to_frame(story).write_parquet(path)
    try:
        opened = open_engine(engine, [str(path)])
    except EngineMissing as missing:
        pytest.skip(str(missing))
    try:
        assert evaluate(some_rules, opened, as_of).states() == judged(some_rules, story, as_of)
    finally:
        opened.close()


RELAXED = {
    "deadline": None,
    "phases": [Phase.explicit, Phase.reuse, Phase.generate],  # a frame engine is too slow to shrink with
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
}
as_ofs = st.sampled_from([MOMENT, None])


@settings(max_examples=150, **RELAXED)
@given(rules(), stories, as_ofs)
def test_polars_agrees_with_the_judge(tmp_path, some_rules, story, as_of):
    compare("polars", tmp_path, some_rules, story, as_of)


@settings(max_examples=40, **RELAXED)
@given(rules(), stories, as_ofs)
def test_duckdb_agrees_with_the_judge(tmp_path, some_rules, story, as_of):
    compare("duckdb", tmp_path, some_rules, story, as_of)


@pytest.mark.spark
@settings(max_examples=4, **RELAXED)
@given(rules(), stories, as_ofs)
def test_spark_agrees_with_the_judge(tmp_path, some_rules, story, as_of):
    compare("spark", tmp_path, some_rules, story, as_of)


ABSTRACT = {"Node", "Value", "Condition", "OfMeasure", "OfCourse", "OfDrugs", "InDays", "InWindow"}


def test_every_word_of_the_language_is_generated():
    words = {
        name
        for name, kind in vars(tree).items()
        if inspect.isclass(kind) and issubclass(kind, tree.Node) and name not in ABSTRACT
    }
    met: set[str] = set()

    @settings(max_examples=400, derandomize=True, database=None, **RELAXED)
    @given(rules())
    def collect(some_rules):
        met.update(type(node).__name__ for rule in some_rules for node in rule.nodes())

    collect()
    assert words <= met
