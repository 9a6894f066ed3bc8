"""One event of the stream as the timeline reads it: its lane, its words, where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from osteon.events.schema import Event
from osteon.events.vocabulary import (
    DRUG_BY_CODE,
    DRUGS,
    MEASURE_BY_CODE,
    ORGANISM_BY_CODE,
    OWN_WORDS,
)
from osteon.service.patients.timeline import words
from osteon.service.patients.timeline.moments import NEVER, language_now, span_of, spoken

# Lanes from top to bottom. The marker lane takes the facts of the marker that is chosen.
LANES: Final = {
    "marker": gettext_lazy("Marker"),
    "meetings": gettext_lazy("Meetings"),
    "operations": gettext_lazy("Operations"),
    "cultures": gettext_lazy("Cultures"),
    "antibiotics": gettext_lazy("Antibiotics"),
    "lines": gettext_lazy("Lines"),
    "imaging": gettext_lazy("Imaging"),
    "frame": gettext_lazy("Frame"),
    "admissions": gettext_lazy("Admissions"),
    "visits": gettext_lazy("Visits"),
    "findings": gettext_lazy("Findings"),
    "outcomes": gettext_lazy("Outcomes"),
    "results": gettext_lazy("Other results"),
    "other": gettext_lazy("Other facts"),
}
LANE_OF_KIND: Final = {
    "meeting": "meetings",
    "operation": "operations",
    "specimen": "cultures",
    "isolate": "cultures",
    "susceptibility": "cultures",
    "course": "antibiotics",
    "line": "lines",
    "line-event": "lines",
    "imaging": "imaging",
    "frame": "frame",
    "frame-phase": "frame",
    "admission": "admissions",
    "visit": "visits",
    "finding": "findings",
    "question": "findings",
    "outcome": "outcomes",
    "death": "outcomes",
    "measure": "results",
    "result": "results",
}
LASTING: Final = frozenset({"course", "line", "frame", "frame-phase", "admission", "episode"})
MEASURED: Final = frozenset({"measure", "result"})
ANTIMICROBIAL_GROUPS: Final = ("J01", "J02", "J04")  # ATC: antibacterials, antimycotics, antimycobacterials
SUSCEPTIBILITY_WORDS: Final = {
    "S": gettext_lazy("susceptible"),
    "I": gettext_lazy("susceptible, increased exposure"),
    "R": gettext_lazy("resistant"),
}
# One code may name two ways in (VAN): the first, systemic one is what a laboratory tests.
DRUG_BY_AMR_CODE: Final = {drug.amr_code: drug for drug in reversed(DRUGS.values())}


@lru_cache(maxsize=8192)
def kind_of_code(code: str) -> str:
    """What sort of fact a code stands for, as far as the code alone can tell."""
    system, _sep, rest = code.partition("//")
    if system == "OSTEON":
        return OWN_WORDS[code].kind if code in OWN_WORDS else rest.partition("//")[0]
    if code in MEASURE_BY_CODE:
        return "measure"
    if code in ORGANISM_BY_CODE:
        return "isolate"
    if system == "ATC":
        return "course" if rest.startswith(ANTIMICROBIAL_GROUPS) else "drug"
    return {"SUSCEPTIBILITY": "susceptibility", "MEDS_DEATH": "death", "LOINC": "result"}.get(system, "other")


def kind_of(event: Event) -> str:
    """What sort of fact an event is. An organism the vocabulary lacks is known by its source."""
    kind = kind_of_code(event.code)
    if kind == "other" and "/isolate/" in (event.source or ""):
        return "isolate"
    if kind == "other" and event.numeric_value is not None:
        return "result"
    return kind


@dataclass(frozen=True, slots=True)
class Reading:
    """How the caller wants events read: where a mark leads and how exactly a date is known."""

    link_for: Callable[[Event], str | None] | None = None
    precision_of: Callable[[Event], str] | None = None
    present: datetime | None = None
    language: str = field(default_factory=language_now)

    def read(self, event: Event) -> Fact:
        """The event as a fact of the timeline."""
        kind = kind_of(event)
        precision = self.precision_of(event) if self.precision_of else "day"
        return Fact(event, kind, LANE_OF_KIND.get(kind, "other"), precision, self)

    def facts(self, events: Iterable[Event]) -> list[Fact]:
        """All events in one order that does not depend on the order they came in."""
        return [self.read(event) for event in sorted(events, key=_position)]


def _position(event: Event) -> tuple[datetime, str, str, str]:
    return (event.time or NEVER, event.code, event.source or "", f"{event.numeric_value}{event.text_value}")


@dataclass(eq=False)
class Fact:
    """An event with its place on the timeline. Its words are made when they are first asked for."""

    event: Event
    kind: str
    lane: str
    precision: str
    reading: Reading = field(repr=False)

    @property
    def time(self) -> datetime:
        """When it was true; only facts with a time are placed."""
        return self.event.time or NEVER

    @cached_property
    def span(self) -> tuple[datetime, datetime]:
        """The first and last moment the start can mean; equal when it is exact."""
        return span_of(self.time, self.precision)

    @property
    def lasts(self) -> bool:
        """Whether it is drawn from a start to an end."""
        return self.kind in LASTING or self.event.end is not None

    @property
    def runs(self) -> bool:
        """Whether it lasts and has not ended."""
        return self.lasts and self.event.end is None

    @property
    def planned_stop(self) -> datetime | None:
        """When a course is meant to stop; unknown unless a length was planned."""
        days = self.event.numeric_value
        if self.kind != "course" or days is None or self.event.unit != "d" or not 0 <= days < 36_500:
            return None
        return self.time + timedelta(days=days)

    @property
    def until(self) -> datetime:
        """The last moment it reaches on the drawing: its end, today while it runs, its whole span if vague."""
        if self.event.end is not None:
            return self.event.end
        if self.lasts and self.reading.present is not None:
            return max(self.time, self.reading.present, self.planned_stop or NEVER)
        return self.span[1]

    def touches(self, start: datetime, end: datetime) -> bool:
        """Whether any of it lies in the period ``[start, end)``."""
        time = self.event.time
        if time is None:
            return False
        if start <= time < end:
            return True
        return self.span[0] < end and max(self.until, time) >= start

    @cached_property
    def href(self) -> str | None:
        """Where the fact can be opened."""
        return self.reading.link_for(self.event) if self.reading.link_for else None

    @property
    def language(self) -> str:
        """The language its words are made in."""
        return self.reading.language

    @cached_property
    def what(self) -> str:
        """What it is, in as few words as the unit uses."""
        return words.capital(_WHAT.get(self.kind, _what_other)(self.event, self.language))

    @cached_property
    def value(self) -> str:
        """Its value with unit, or what was said about it."""
        return _VALUE.get(self.kind, _said_value)(self.event, self.language)

    @cached_property
    def when(self) -> str:
        """When it was true, no more exactly than it is known; from and to for what lasts."""
        start = spoken(self.time, self.precision, self.language)
        if self.event.end is not None and self.event.end != self.event.time:
            end = spoken(self.event.end, "day", self.language)
            return words.said("%(start)s to %(end)s", self.language) % {"start": start, "end": end}
        return words.said(self._when_pattern, self.language) % {"start": start}

    @property
    def _when_pattern(self) -> str:
        if not self.runs:
            return "%(start)s"
        ahead = self.reading.present is not None and self.time > self.reading.present
        return gettext_noop("from %(start)s, planned") if ahead else gettext_noop("since %(start)s")

    @property
    def source(self) -> str:
        """Where it came from, in a word or two."""
        return words.source_words(self.event.source, self.language)

    @property
    def remarks(self) -> list[str]:
        """Range, how far outside it, planned length."""
        if self.kind == "course":
            return _course_remarks(self)
        event = self.event
        if event.numeric_value is None or self.kind not in MEASURED:
            return []
        reference = words.reference_words(event.reference_low, event.reference_high, self.language)
        return [remark for remark in (reference, words.distance_words(event, self.language)) if remark]

    @cached_property
    def name(self) -> str:
        """The accessible name: ``CRP 182 mg/L, Tue 24 Nov 2026, 08:12, laboratory; reference below 5``."""
        return "; ".join([f"{_joined(self)}, {self.when}, {self.source}", *self.remarks])


def _joined(fact: Fact) -> str:
    if fact.kind in MEASURED or fact.kind == "course":
        return f"{fact.what} {fact.value}".strip()
    return f"{fact.what}: {fact.value}" if fact.value else fact.what


def _course_remarks(fact: Fact) -> list[str]:
    stop = fact.planned_stop
    if stop is None:
        return [_("no planned stop recorded")] if fact.runs else []
    days = round(fact.event.numeric_value or 0)
    length = ngettext("planned %(days)s day", "planned %(days)s days", days) % {"days": days}
    if not fact.runs:
        return [length]
    overdue = fact.reading.present is not None and stop < fact.reading.present
    template = _("planned stop %(day)s has passed") if overdue else _("planned stop %(day)s")
    return [length, template % {"day": spoken(stop, "day", fact.language).partition(",")[0]}]


def _what_measure(event: Event, language: str) -> str:
    return words.said(MEASURE_BY_CODE[event.code].short, language)


def _what_isolate(event: Event, language: str) -> str:
    if event.code in ORGANISM_BY_CODE or not event.text_value:
        return words.title_of(event.code, language)
    return event.text_value


def _what_course(event: Event, language: str) -> str:
    return (
        words.title_of(event.code, language) if event.code in DRUG_BY_CODE else _what_coded(event, language)
    )


def _what_coded(event: Event, language: str) -> str:
    """What was typed by its name carries it in a code of our own; a foreign code is all there is to say."""
    return _what_own(event, language) if event.code.startswith("OSTEON//") else _code_words(event, language)


def _what_susceptibility(event: Event, language: str) -> str:
    _system, organism, amr = [*event.code.split("//"), "", ""][:3]
    drug = DRUG_BY_AMR_CODE.get(amr)
    return f"{words.title_of(f'SNOMED//{organism}', language)}: {words.said(drug.name, language) if drug else amr}"


def _what_own(event: Event, language: str) -> str:
    if event.code in OWN_WORDS:
        return words.title_of(event.code, language)
    return event.code.rpartition("//")[2].replace("-", " ")


def _what_other(event: Event, language: str) -> str:
    if event.code.startswith("OSTEON//"):
        return _what_own(event, language)
    if event.code.startswith("MEDS_"):
        return event.code.removeprefix("MEDS_").partition("//")[0].capitalize()
    return event.text_value if event.text_value and not event.numeric_value else _code_words(event, language)


def _code_words(event: Event, language: str) -> str:
    return " ".join(part for part in event.code.split("//") if part)


def _said_value(event: Event, language: str) -> str:
    """The words of an event whose words are not already its name."""
    if event.numeric_value is not None:
        return words.value_words(event, language)
    return event.text_value if event.text_value and event.code.startswith("OSTEON//") else ""


def _value_course(event: Event, language: str) -> str:
    return event.text_value or ""


def _value_specimen(event: Event, language: str) -> str:
    label = f"{event.text_value}, " if event.text_value else ""
    if event.numeric_value is None:
        return label + words.said(gettext_noop("pending"), language)
    grew = int(event.numeric_value)
    if grew == 0:
        return label + words.said(gettext_noop("no growth"), language)
    return label + ngettext("%(grew)s organism grew", "%(grew)s organisms grew", grew) % {"grew": grew}


def _value_isolate(event: Event, language: str) -> str:
    return (event.text_value or "") if event.code in ORGANISM_BY_CODE else ""


def _value_susceptibility(event: Event, language: str) -> str:
    return str(SUSCEPTIBILITY_WORDS.get(event.text_value or "", event.text_value or ""))


def _value_finding(event: Event, language: str) -> str:
    number = event.numeric_value
    if number == 0 and not event.unit:  # a score of 0 is a score
        return words.said(gettext_noop("absent"), language)
    told = [event.text_value] if event.text_value else []
    if number is not None and (number != 1 or event.unit):
        told.insert(0, words.value_words(event, language))
    return ", ".join(told) or words.said(gettext_noop("present"), language)


_WHAT: Final[dict[str, Callable[[Event, str], str]]] = {
    "measure": _what_measure,
    "isolate": _what_isolate,
    "course": _what_course,
    "susceptibility": _what_susceptibility,
    "episode": lambda _event, language: words.said(gettext_noop("Episode"), language),
    "death": lambda _event, language: words.said(gettext_noop("Died"), language),
    "result": _what_coded,
}
_VALUE: Final[dict[str, Callable[[Event, str], str]]] = {
    "measure": words.value_words,
    "result": words.value_words,
    "course": _value_course,
    "specimen": _value_specimen,
    "isolate": _value_isolate,
    "susceptibility": _value_susceptibility,
    "finding": _value_finding,
}
