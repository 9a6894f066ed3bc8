"""The words medicine is written down in. Small on purpose: a word is added when a second rule needs it.

>>> from osteon.rules.things import drug, measured
>>> CK, DAPTOMYCIN = measured("creatine-kinase"), drug("daptomycin")
>>> (on(DAPTOMYCIN) & (latest(CK).times_upper_limit > 10)).words()
'on daptomycin and CK over upper limit of CK more than 10'
"""

from __future__ import annotations

from datetime import timedelta
from functools import reduce
from operator import and_, or_

from osteon.rules.criteria import Age, Answered, Chosen, Graded, Part, Points, Said
from osteon.rules.things import Drugs, Finding, Measured, asked, measured_by
from osteon.rules.tree import (
    Baseline,
    Condition,
    DaysOn,
    DaysSince,
    Gap,
    Happened,
    Highest,
    Known,
    Latest,
    Lowest,
    On,
    Overrun,
    Present,
    Previous,
    Unplanned,
    UpperLimit,
    Value,
)


def latest(measure: Measured) -> Latest:
    """The last result of a measurement."""
    return Latest(measure)


def previous(measure: Measured) -> Previous:
    """The result before the last one."""
    return Previous(measure)


def upper_limit(measure: Measured) -> UpperLimit:
    """The upper limit that the laboratory printed with the last result."""
    return UpperLimit(measure)


def baseline(measure: Measured, before: Drugs) -> Baseline:
    """The last result from 7 days before the running course began until one day after."""
    return Baseline(measure, before)


def lowest(measure: Measured, since: Drugs) -> Lowest:
    """The lowest result since the running course began."""
    return Lowest(measure, since)


def highest(measure: Measured, since: Drugs) -> Highest:
    """The highest result since the running course began."""
    return Highest(measure, since)


def days_on(drugs: Drugs) -> DaysOn:
    """Days since the running course began."""
    return DaysOn(drugs)


def days_since(measure: Measured) -> DaysSince:
    """Days since the last result."""
    return DaysSince(measure)


def gap(measure: Measured) -> Gap:
    """Days between the last result and the one before."""
    return Gap(measure)


def on(drugs: Drugs) -> On:
    """A course of the drug is running."""
    return On(drugs)


def past_planned_stop(drugs: Drugs) -> Overrun:
    """A running course has passed its planned stop."""
    return Overrun(drugs)


def without_planned_stop(drugs: Drugs) -> Unplanned:
    """A running course has no planned stop."""
    return Unplanned(drugs)


def present(finding: Finding, within: timedelta) -> Present:
    """The finding was recorded as present within the last days; unknown when nobody recorded it."""
    return Present(finding, within)


def happened(what: Finding, within: timedelta) -> Happened:
    """Something of this kind happened within the last days."""
    return Happened(what, within)


def known(value: Value) -> Known:
    """The value is known."""
    return Known(value)


def answer(key: str) -> Value:
    """The answer to a question that is a number: the last result for a laboratory question."""
    question = asked(key)
    if question.kind == "laboratory":
        return Latest(measured_by(question))
    if question.kind == "age":
        return Age(question)
    if question.kind == "yes-no":
        raise ValueError(f"{key} is answered with yes or no: say yes({key!r})")
    return Answered(question)


def yes(key: str) -> Said:
    """The question was answered with yes; unknown when nobody answered."""
    question = asked(key)
    if question.kind != "yes-no":
        raise ValueError(f"{key} is not answered with yes or no")
    return Said(question)


def chosen(key: str, *choices: str) -> Chosen:
    """One of these choices was the answer."""
    return Chosen(asked(key), choices)


def answered(key: str) -> Known:
    """The question was answered; never unknown itself. A judgement nobody made is not inferred."""
    question = asked(key)
    return Known(Latest(measured_by(question)) if question.kind == "laboratory" else Answered(question))


def any_of(*conditions: Condition) -> Condition:
    """At least one holds."""
    return reduce(or_, conditions)


def all_of(*conditions: Condition) -> Condition:
    """Every one holds."""
    return reduce(and_, conditions)


def points(*parts: tuple[float, Condition]) -> Points:
    """The points of every condition that holds, added."""
    return Points(tuple(Part(number, condition) for number, condition in parts))


def count(*conditions: Condition) -> Points:
    """How many of them hold."""
    return points(*((1.0, condition) for condition in conditions))


def graded(*parts: tuple[float, Condition], otherwise: float | None = None) -> Graded:
    """The points of the first condition that holds; without ``otherwise`` the last is what remains."""
    return Graded(tuple(Part(number, condition) for number, condition in parts), otherwise)


def days(count: float) -> timedelta:
    """A length of time."""
    return timedelta(days=count)
