"""Every worked case of every definition: on the judge, and as one event table on each engine."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osteon.events.schema import Event, to_frame
from osteon.knowledge import all_definitions
from osteon.rules.answering import UNKNOWN, answer_definition, bare_answer
from osteon.rules.chart import Chart
from osteon.rules.definition import Definition
from osteon.rules.definition_examples import Case, cases_of
from osteon.rules.engines.definitions import Caseload, axis_columns, evaluate_definitions
from osteon.rules.engines.evaluate import EngineMissing, open_engine
from osteon.rules.examples import DAY_ZERO
from tests.spec.conftest import ENGINES

CASES = [(definition, case) for definition in all_definitions() for case in cases_of(definition)]


@pytest.mark.parametrize(
    ("definition", "case"), CASES, ids=lambda part: getattr(part, "name", None) or part.id
)
def test_the_judge_keeps_every_promise_of_a_case(definition: Definition, case: Case):
    assert case.broken(answer_definition(definition, case.events, case.as_of)) == []


def as_patient(number: int, definition: Definition, case: Case) -> list[Event]:
    """A case as a patient of its own, with an episode that the definition concerns."""
    episodes = [
        Event(number, DAY_ZERO, f"OSTEON//episode//{kind}", source=f"case:{number}")
        for kind in definition.kinds[:1] or ("other",)
    ]
    return [*(replace(event, subject_id=number) for event in case.events), *episodes]


@pytest.fixture(scope="module", params=ENGINES)
def caseload(request, tmp_path_factory) -> Caseload:
    path = tmp_path_factory.mktemp("definitions") / "cases.parquet"
    rows = [e for n, (d, c) in enumerate(CASES, start=1) for e in as_patient(n, d, c)]
    to_frame(rows).write_parquet(path)
    try:
        opened = open_engine(request.param, [str(path)])
    except EngineMissing as missing:
        pytest.skip(str(missing))
    return evaluate_definitions(all_definitions(), opened, DAY_ZERO)


def test_the_engine_answers_as_the_judge_does_on_every_axis_and_score(caseload: Caseload):
    for number, (definition, case) in enumerate(CASES, start=1):
        chart = Chart(as_patient(number, definition, case), DAY_ZERO)
        (row,) = caseload.tables[definition.id].filter(subject_id=number).iter_rows(named=True)
        assert row["refused"] == is_refused(definition, chart), (definition.id, case.name)
        columns = [axis_columns(one) for one in definition.axes]
        if definition.score is not None:
            columns.append(("score low", "score high"))
        for (low, high), expected in zip(columns, bare_answer(definition, chart), strict=True):
            found = UNKNOWN if row[low] is None else (row[low], row[high])
            assert found == pytest.approx(expected), (definition.id, case.name)


def is_refused(definition: Definition, chart: Chart) -> bool:
    return any(guard.refuses and chart.truth(guard.when) is True for guard in definition.guards)


def test_the_engine_counts_a_patient_under_the_definitions_that_concern_him(caseload: Caseload):
    charts = {n: Chart(as_patient(n, *case), DAY_ZERO) for n, case in enumerate(CASES, start=1)}
    for definition in all_definitions():
        whom = definition.concerns
        concerned = {n for n, chart in charts.items() if whom is None or chart.truth(whom)}
        assert set(caseload.tables[definition.id]["subject_id"]) == concerned
        refused = {n for n in concerned if is_refused(definition, charts[n])}
        assert set(caseload.answered(definition)["subject_id"]) == concerned - refused


def test_every_definition_has_three_cases_and_one_of_them_is_open():
    for definition in all_definitions():
        cases = cases_of(definition)
        answers = [answer_definition(definition, case.events, case.as_of) for case in cases]
        assert len(cases) >= 3, definition.id
        assert any(not answer.is_certain or answer.met(None) for answer in answers), definition.id
