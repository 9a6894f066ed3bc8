"""The words medicine is written down in. Small on purpose: a word is added when a second rule needs it.

>>> from osteon.rules.things import drug, measured
>>> CK, DAPTOMYCIN = measured("creatine-kinase"), drug("daptomycin")
>>> (on(DAPTOMYCIN) & (latest(CK).times_upper_limit > 10)).words()
'on daptomycin and CK over upper limit of CK more than 10'
"""

from __future__ import annotations

from datetime import timedelta

from osteon.rules.things import Drugs, Finding, Measured
from osteon.rules.tree import (
    Baseline,
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


def days(count: float) -> timedelta:
    """A length of time."""
    return timedelta(days=count)
