"""Calculations: what they need, what comes out, what cannot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from osteon.rules.calculation import Calculation, CannotCalculate, Figure, answer_calculation, sums_of
from osteon.rules.examples import DAY_ZERO, BadExample
from osteon.rules.given import given
from osteon.rules.monitoring import Reference, RuleMistake, Source

SEEN = Source(Reference("P", "A paper"), "table 1", "seen")


def share(values) -> Iterator[Figure]:
    if values["syn_wbc"] == 0:
        raise CannotCalculate("nothing to share")
    yield Figure("share", "share", 100 * values["crp"] / values["syn_wbc"], "%", 1.0, 99.0, "a note")
    if "esr" in values:
        yield Figure("esr", "ESR", values["esr"], "mm/h")
    if "age" in values:
        yield Figure("age", "age", values["age"], "a")


BASE = Calculation(
    id="share",
    title="A share",
    subject="Testing",
    about="For tests.",
    needs=("crp", "syn_wbc"),
    takes=("esr", "age"),
    compute=share,
    source=(SEEN,),
    author="A",
    checked_by="B",
    reviewed_on=date(2026, 1, 1),
    next_review=date(2027, 1, 1),
    examples="""
      case    | facts                    | answer
      ------- | ------------------------ | ------------------------
      plain   | crp=24; syn_wbc=100      | share 24 (1 to 99)
      ages    | crp=24; syn_wbc=100; age=65 | age 65
      nothing | crp=24; syn_wbc=0        | refused
      open    | crp=24                   | unknown
    """,
)


def say(calculation=BASE, **facts):
    return answer_calculation(calculation, given(list(facts.items()), DAY_ZERO), DAY_ZERO)


def test_figures_come_out_in_words_with_their_ends():
    found = say(crp="24", syn_wbc="100", esr="40")
    assert found.words() == "share 24 % (1 to 99); ESR 40 mm/h"
    assert found.as_dict()["figures"][0]["note"] == "a note"


def test_what_is_needed_is_asked_for_and_nothing_is_guessed():
    found = say(crp="24")
    assert found.figures == ()
    assert [q.key for q in found.missing] == ["syn_wbc"]
    assert found.words() == "not known: White cells in joint fluid"


def test_so_many_of_what_it_takes_may_be_needed():
    picky = replace(BASE, takes_at_least=1)
    assert [q.key for q in say(picky, crp="1", syn_wbc="2").missing] == ["esr", "age"]
    assert say(picky, crp="1", syn_wbc="2", esr="3").figures


def test_numbers_that_cannot_be_together_are_refused_with_the_reason():
    assert say(crp="24", syn_wbc="0").words() == "no answer: nothing to share"


def test_a_limit_is_not_a_number():
    assert "not a limit" in say(crp="<5", syn_wbc="100").refused


def test_worked_examples_are_read_and_kept():
    assert [row.broken(BASE) for row in sums_of(BASE)] == [[], [], [], []]


def test_a_broken_promise_is_told():
    wrong = replace(BASE, examples="case | facts | answer\n-- | -- | --\na | crp=24; syn_wbc=100 | share 25")
    (row,) = sums_of(wrong)
    assert row.broken(wrong) == ["'share 25', but share 24 % (1 to 99)"]


def test_a_row_that_cannot_be_read_is_refused():
    with pytest.raises(BadExample):
        sums_of(replace(BASE, examples="case | facts | answer\n-- | -- | --\na | crp=24"))


@pytest.mark.parametrize("change", [{"source": ()}, {"examples": " "}, {"next_review": date(2025, 1, 1)}])
def test_a_declaration_that_cannot_be_right_is_refused(change):
    with pytest.raises(RuleMistake):
        replace(BASE, **change)


def test_it_says_what_it_asks_and_how_sure_it_is():
    assert [q.key for q in BASE.questions] == ["crp", "syn_wbc", "esr", "age"]
    assert (BASE.status, BASE.sources) == ("verified", (SEEN,))
