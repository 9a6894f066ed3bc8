"""The marker lane: one measure as a line of points, a second one over it with its own axis."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osteon.events.vocabulary import MEASURE_BY_CODE, MEASURES, Measure
from osteon.service.patients.timeline import words
from osteon.service.patients.timeline.facts import Fact
from osteon.service.patients.timeline.moments import language_now, plain_day, seconds
from osteon.service.patients.timeline.window import Window

USUAL_MARKER = "crp"
Threshold = tuple[str, float]


@dataclass(frozen=True, slots=True)
class Point:
    """A value that can be placed. ``open`` where the laboratory gave a limit instead of a value."""

    fact: Fact
    at: float
    value: float

    @property
    def open(self) -> bool:
        return self.fact.event.comparator is not None


@dataclass(slots=True)
class Series:
    """One measure. ``points`` lie in the window, ``before`` and ``after`` just outside it, for the line."""

    measure: Measure
    points: list[Point] = field(default_factory=list)
    before: Point | None = None
    after: Point | None = None
    unplaced: list[Fact] = field(default_factory=list)
    thresholds: tuple[Threshold, ...] = ()

    @property
    def label(self) -> str:
        """``CRP``."""
        return words.said(self.measure.short, language_now())

    @property
    def unit(self) -> str:
        """``mg/L``."""
        return words.unit_words(self.measure.unit)

    @property
    def title(self) -> str:
        """``CRP mg/L``."""
        return words.with_unit(self.label, self.measure.unit)

    @property
    def values(self) -> list[float]:
        return [point.value for point in self.points]

    @property
    def reference(self) -> tuple[float | None, float | None]:
        """The laboratory's range on the latest point that has one: ranges change with laboratory and age."""
        for point in reversed(self.points):
            event = point.fact.event
            if event.reference_low is not None or event.reference_high is not None:
                return event.reference_low, event.reference_high
        return None, None

    @property
    def line(self) -> list[Point]:
        """What the line runs through: the points and their neighbours beyond the edges."""
        return [point for point in (self.before, *self.points, self.after) if point is not None]


def series_of(
    key: str, facts: Iterable[Fact], window: Window, thresholds: Sequence[Threshold] = ()
) -> Series:
    """The results of one measure; values in another unit than the measure's are listed, never drawn."""
    measure = MEASURES[key]
    series = Series(measure, thresholds=tuple(thresholds))
    for fact in facts:
        if fact.event.code in measure.codes and fact.event.time is not None:
            _add(series, fact, window)
    return series


def _add(series: Series, fact: Fact, window: Window) -> None:
    event = fact.event
    if event.numeric_value is None or event.unit != series.measure.unit:
        if fact.touches(window.start, window.end):
            series.unplaced.append(fact)
        return
    point = Point(fact, sum(map(seconds, fact.span)) / 2, event.numeric_value)
    if fact.time < window.start:
        series.before = point
    elif fact.time < window.end:
        series.points.append(point)
    else:
        series.after = series.after or point


def unplaced_words(series: Series) -> str:
    """What is said of results that cannot be put on the axis; empty when there are none."""
    odd = [fact for fact in series.unplaced if fact.event.numeric_value is not None]
    told = []
    if odd:
        listed = ", ".join(f"{fact.value or '?'} ({fact.when})" for fact in odd[:3])
        told.append(
            ngettext(
                "%(count)s %(what)s result is not in %(unit)s and is not drawn: %(listed)s",
                "%(count)s %(what)s results are not in %(unit)s and are not drawn: %(listed)s",
                len(odd),
            )
            % {"count": len(odd), "what": series.label, "unit": series.unit, "listed": listed}
            + (" …" if len(odd) > 3 else "")
            + "."
        )
    if len(series.unplaced) > len(odd):
        count = len(series.unplaced) - len(odd)
        told.append(
            ngettext(
                "%(count)s %(what)s result without a number is only in the table.",
                "%(count)s %(what)s results without a number are only in the table.",
                count,
            )
            % {"count": count, "what": series.label}
        )
    return " ".join(told)


def absent_words(series: Series) -> str:
    """What is said when a chosen measure has no point in the window; empty when it has one."""
    if series.points:
        return ""
    nearest = series.before or series.after
    if nearest is None:
        return _("No %(what)s recorded.") % {"what": series.label}
    day = plain_day(nearest.fact.time.date())
    where = _("last") if series.before else _("next")
    return _("No %(what)s in this period (%(where)s %(day)s).") % {
        "what": series.label,
        "where": where,
        "day": day,
    }


def measures_in(facts: Iterable[Fact]) -> list[Measure]:
    """The measures a story has numbers for, in the vocabulary's order."""
    present = {
        MEASURE_BY_CODE[fact.event.code].key
        for fact in facts
        if fact.kind == "measure" and fact.event.numeric_value is not None
    }
    return [measure for key, measure in MEASURES.items() if key in present]
