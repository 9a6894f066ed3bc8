"""From the record to the judge: which facts count for an episode, which definitions concern it, what they say.

docs/decisions/0011-facts-of-an-episode.md says why a fact counts from 30 days before the episode began.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from django.utils import timezone

from osteon.events.schema import Event
from osteon.knowledge import all_definitions
from osteon.knowledge.derived import with_derived
from osteon.rules.answering import DefinitionAnswer, answer_definitions
from osteon.rules.definition import Definition
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.story import naive_utc, story
from osteon.service.patients.stream import is_about_identity

# Local, not published: the tests that led to a referral belong to its episode, the last illness does not.
MARGIN: Final = timedelta(days=30)
DAY: Final = timedelta(days=1)
EPISODE: Final = "OSTEON//episode//"


@dataclass(frozen=True, slots=True)
class Span:
    """When facts count for an episode (UTC, no zone): from 30 days before it began to the day it was closed."""

    start: datetime
    end: datetime | None

    def holds(self, event: Event) -> bool:
        """Whether an event counts: it happened then, or lasted into it, or says who the patient is."""
        if event.time is None or is_about_identity(event):
            return True
        began_before_end = self.end is None or event.time < self.end
        last = max(filter(None, (event.time, event.end)))
        return began_before_end and (last >= self.start)


def span_of(episode: Episode) -> Span:
    """When facts count for this episode."""
    opened = datetime.combine(episode.opened_on, time.min)
    closed = datetime.combine(episode.closed_on, time.min) + DAY if episode.closed_on else None
    return Span(opened - MARGIN, closed)


def events_of(episode: Episode, events: Iterable[Event]) -> list[Event]:
    """The patient's events that count for this episode; of episodes themselves only this one."""
    span, own = span_of(episode), episode.stream_source
    return [
        event
        for event in events
        if (event.source == own if event.code.startswith(EPISODE) else span.holds(event))
    ]


def moment_for(episode: Episode, now: datetime) -> datetime:
    """The moment asked about (UTC, no zone): now, or the end of the day an episode was closed."""
    end, asked = span_of(episode).end, naive_utc(now)
    return min(asked, end - timedelta(microseconds=1)) if end else asked


def concerning(episode: Episode, also: Iterable[str] = ()) -> list[Definition]:
    """The definitions for this kind of episode, and those asked for besides.

    One that concerns anybody belongs to the episodes of its own subject: back pain to the spine.
    """
    wanted = set(also)
    return [one for one in all_definitions() if one.id in wanted or _fits(one, episode)]


def _fits(one: Definition, episode: Episode) -> bool:
    if one.kinds:
        return episode.kind in one.kinds
    return one.subject == Episode.Kind(episode.kind).label


def answers_for(
    episode: Episode, events: Sequence[Event], *, now: datetime, also: Iterable[str] = ()
) -> list[DefinitionAnswer]:
    """What the definitions say of an episode, from the patient's events."""
    own = facts_of(episode, events)
    return answer_definitions(concerning(episode, also), own, moment_for(episode, now))


def facts_of(episode: Episode, events: Iterable[Event]) -> list[Event]:
    """What counts for an episode, and the answers that its specimens and courses hold already."""
    return with_derived(events_of(episode, events))


def overlapping(episode: Episode, others: Iterable[Episode]) -> list[Episode]:
    """Other episodes of the patient whose time is also this one's: a fact does not say to which it belongs."""
    span = span_of(episode)
    return [
        other
        for other in others
        if other.pk != episode.pk and _meets(span, span_of(other)) and not other.is_in_error
    ]


def _meets(one: Span, other: Span) -> bool:
    return (one.end is None or other.start + MARGIN < one.end) and (
        other.end is None or one.start + MARGIN < other.end
    )


# What they said before ------------------------------------------------------------------------------

MEETING: Final = "OSTEON//meeting//"
OPERATION: Final = "OSTEON//operation//"
MOST_MOMENTS: Final = 10


@dataclass(frozen=True, slots=True)
class Moment:
    """A meeting or an operation of the episode."""

    time: datetime
    what: str
    words: str
    source: str | None


@dataclass(frozen=True, slots=True)
class Then:
    """What each definition said at a moment, from what was true and known then."""

    moment: Moment
    answers: tuple[DefinitionAnswer, ...]


def moments_of(episode: Episode, events: Iterable[Event]) -> list[Moment]:
    """The episode's meetings and operations, the latest first."""
    found = [
        Moment(
            event.time,
            "meeting" if event.code.startswith(MEETING) else "operation",
            event.text_value or "",
            event.source,
        )
        for event in events_of(episode, events)
        if event.code.startswith((MEETING, OPERATION)) and event.time
    ]
    return sorted(found, key=lambda moment: moment.time, reverse=True)


def history_of(patient: Patient, episode: Episode, moments: Iterable[Moment]) -> Iterator[Then]:
    """What was said at each moment. The record is read as it stood then: nine queries a moment."""
    for moment in moments:
        at = moment.time.replace(tzinfo=UTC)
        known = story(patient, known_at=at, as_of=at)
        yield Then(moment, tuple(answers_for(episode, known, now=at)))


def now_utc() -> datetime:
    """Now, as the stream writes it."""
    return naive_utc(timezone.now())
