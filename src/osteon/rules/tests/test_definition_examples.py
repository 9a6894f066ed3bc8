"""The tables of worked cases: read, kept and broken promises."""

from __future__ import annotations

from dataclasses import replace

import pytest

from osteon.rules.answering import answer_definition
from osteon.rules.definition import Class, Guard, axis
from osteon.rules.definition_examples import cases_of
from osteon.rules.examples import BadExample
from osteon.rules.given import BadFact
from osteon.rules.language import count, yes
from osteon.rules.tests.test_answering import BASE, CELLS, CRP, SEEN, SINUS


def table(rows, **changes):
    return replace(BASE, examples="case | facts | answer\n---- | ----- | ------\n" + rows, **changes)


def broken(rows, **changes):
    definition = table(rows, **changes)
    (case,) = cases_of(definition)
    return case.broken(answer_definition(definition, case.events, case.as_of))


@pytest.mark.parametrize(
    ("row", "promises"),
    [
        ("a | sinus_tract=yes | confirmed; met sinus; only sinus; unknown cells, crp", 4),
        ("b | crp=4; syn_wbc=900 | unlikely to confirmed; not met crp, cells; ask sinus_tract", 3),
        ("c | sinus_tract=yes; sinus_tract=no | contradiction", 1),
        ("d | crp=10; sinus_tract=no; syn_wbc=1 | edge; unlikely; nothing met", 3),
        ("e | | unlikely to confirmed", 1),
    ],
)
def test_a_kept_promise_is_no_complaint(row, promises):
    assert broken(row) == []
    assert len(cases_of(table(row))[0].promises) == promises


@pytest.mark.parametrize(
    "row",
    [
        "a | sinus_tract=yes | unlikely",
        "a | sinus_tract=yes | only crp",
        "a | sinus_tract=yes | nothing met",
        "a | sinus_tract=yes | ask crp",
        "a | crp=4 | confirmed",
        "a | crp=24 | contradiction",
        "a | crp=24 | score 3",
        "a | crp=24 | marker: confirmed",
        "a | crp=24 | met syn_wbc",
        "a | crp=24 | refused",
        "a | crp=24 | warns",
    ],
)
def test_a_broken_promise_is_told_with_the_answer_given_instead(row):
    (complaint,) = broken(row)
    assert "but" in complaint


def test_scores_axes_warnings_and_refusals_can_be_promised():
    second = axis("marker", Class("raised", CRP), otherwise="normal", source=(SEEN,))
    guards = (Guard("Careful", yes("crystals"), (SEEN,)),)
    changes = {"axes": (*BASE.axes, second), "score": count(SINUS, CELLS), "guards": guards}
    row = "a | sinus_tract=yes; crp=24; crystals=yes | infection: confirmed; marker: raised; score 1 to 2; warns"
    assert broken(row, **changes) == []
    refusing = (Guard("Not here", yes("crystals"), (SEEN,), refuses=True),)
    assert broken("a | sinus_tract=yes; crystals=yes | refused", guards=refusing) == []
    assert broken("a | sinus_tract=yes; crystals=yes | confirmed", guards=refusing) != []


@pytest.mark.parametrize("row", ["a | sinus_tract | confirmed", "a | sinus_tract=yes", "a | b | c | d"])
def test_a_row_that_cannot_be_read_is_refused(row):
    with pytest.raises(BadExample):
        cases_of(table(row))


@pytest.mark.parametrize("facts", ["syn_pmn=140", "nonsense=1", "crp=much"])
def test_a_fact_that_cannot_be_is_refused(facts):
    with pytest.raises(BadFact):
        cases_of(table(f"a | {facts} | confirmed"))
