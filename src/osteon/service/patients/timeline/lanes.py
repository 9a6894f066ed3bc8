"""Facts as the things that are drawn: marks, bars and takings, lane by lane."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osteon.service.patients.timeline import words
from osteon.service.patients.timeline.cultures import Taking, takings
from osteon.service.patients.timeline.facts import LANES, Fact
from osteon.service.patients.timeline.moments import civil_day, plain_day, seconds
from osteon.service.patients.timeline.window import Window

SENTENCE: Final = 64  # letters of a decision that are written at most
NAMES_LISTED: Final = 12  # facts spelt out in the title of a mark that stands for many
LABELLED_FINDINGS: Final = 12  # more findings than this are drawn without words: the titles have them


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment: a glyph and a few words. It stands for several facts where they happened together."""

    facts: tuple[Fact, ...]
    glyph: str
    labels: tuple[str, ...] = ()
    elastic: bool = False  # the label is a sentence that may be cut

    @property
    def fact(self) -> Fact:
        return self.facts[0]

    @property
    def many(self) -> bool:
        """Whether it stands for whatever happened together, however much that is."""
        return self.glyph == "tick" or len(self.facts) > 1


@dataclass(frozen=True, slots=True)
class Bar:
    """Something that lasts. ``signs`` are the events on it (a line's infection).

    ``family`` keeps it in one row with its kin: courses of one drug, phases of one frame.
    """

    fact: Fact
    look: str
    labels: tuple[str, ...]
    signs: tuple[Fact, ...] = ()
    family: str = ""

    @property
    def name(self) -> str:
        return self.fact.name

    @property
    def facts(self) -> tuple[Fact, ...]:
        return (self.fact, *self.signs)


Item = Mark | Bar | Taking


@dataclass(frozen=True, slots=True)
class Lane:
    """A lane with what lies in the window."""

    key: str
    items: tuple[Item, ...]
    rows: int

    @property
    def label(self) -> str:
        return str(LANES[self.key])


def names_together(facts: Iterable[Fact]) -> str:
    """``3 facts, Tue 24 Nov 2026: WCC 11.2 ×10⁹/L · Hb 108 g/L · …``."""
    listed = list(facts)
    said = [f"{fact.what} {fact.value}".strip() for fact in listed[:NAMES_LISTED]]
    if len(listed) > NAMES_LISTED:
        said.append(_("and %(count)s more") % {"count": len(listed) - NAMES_LISTED})
    return f"{_count_words(len(listed), listed[0].language)}, {listed[0].when}: {' · '.join(said)}"


@lru_cache(maxsize=1024)
def _count_words(count: int, _language: str) -> str:
    return ngettext("%(count)s fact", "%(count)s facts", count) % {"count": count}


def sentence_label(text: str) -> str:
    """A sentence at the greatest length a label may have."""
    text = " ".join(text.split())
    if len(text) <= SENTENCE:
        return text
    return text[:SENTENCE].rpartition(" ")[0].rstrip(" ,;:.") + "…"


def _sentence(fact: Fact, text: str, glyph: str) -> Mark:
    label = sentence_label(text)
    return Mark((fact,), glyph, (label,) if label else (), elastic=bool(label))


def _meetings(facts: list[Fact]) -> list[Item]:
    return [_sentence(fact, fact.value, "diamond") for fact in facts]


def _operations(facts: list[Fact]) -> list[Item]:
    return [Mark((fact,), "wedge", _named(fact)) for fact in facts]


def _named(fact: Fact) -> tuple[str, ...]:
    detailed = f"{fact.what}: {fact.value}" if fact.value else fact.what
    return tuple(dict.fromkeys((sentence_label(detailed), fact.what)))


def _cultures(facts: list[Fact]) -> list[Item]:
    return list(takings(facts))


def _antibiotics(facts: list[Fact]) -> list[Item]:
    return [_course_bar(fact) for fact in facts]


ROUTES: Final = {"iv": "IV", "intravenous": "IV", "po": "oral", "oral": "oral", "im": "IM", "sc": "SC"}


def route_of(text: str | None) -> str:
    """The route a dose text names: ``IV``, ``oral``, ``IM``, ``SC``; empty when it names none."""
    found = (ROUTES[word] for word in _dose_words(text) if word in ROUTES)
    return next(found, "")


def _dose_words(text: str | None) -> list[str]:
    return (text or "").casefold().replace(",", " ").replace("(", " ").replace(")", " ").split()


def _course_bar(fact: Fact) -> Bar:
    route = route_of(fact.event.text_value)
    opat = ["OPAT"] if "opat" in _dose_words(fact.event.text_value) else []
    full = " ".join([fact.what, *filter(None, [_(route) if route else ""]), *opat])
    look = {"IV": "strong", "": "plain"}.get(route, "pale")
    return Bar(fact, look, tuple(dict.fromkeys((full, fact.what))), family=fact.event.code)


def _lines(facts: list[Fact]) -> list[Item]:
    lines = [fact for fact in facts if fact.kind == "line"]
    signs: dict[int, list[Fact]] = defaultdict(list)
    loose: list[Item] = []
    for event in (fact for fact in facts if fact.kind != "line"):
        owner = next((n for n, line in enumerate(lines) if line.time <= event.time <= line.until), None)
        if owner is None:
            loose.append(Mark((event,), "alarm", (event.what,)))
        else:
            signs[owner].append(event)
    bars = [Bar(line, "plain", (line.what,), tuple(signs[n])) for n, line in enumerate(lines)]
    return [*bars, *loose]


def _imaging(facts: list[Fact]) -> list[Item]:
    return [Mark((fact,), "square", (fact.what,)) for fact in facts]


def _frame(facts: list[Fact]) -> list[Item]:
    return [_frame_bar(fact) if fact.lasts else Mark((fact,), "tick", (fact.what,)) for fact in facts]


def _frame_bar(fact: Fact) -> Bar:
    """The frame itself is a hollow bar; its phases follow each other in the row below, without a gap."""
    if fact.kind != "frame-phase":
        return Bar(fact, "hollow", (fact.what,), family="frame")
    phase = fact.event.code.rpartition("//")[2]
    look = phase if phase in PHASE_LOOKS else "plain"
    return Bar(fact, look, (words.capital(_phase_name(fact)),), family="phase")


PHASE_LOOKS: Final = frozenset({"distraction", "consolidation"})


def _phase_name(fact: Fact) -> str:
    """``Frame: distraction`` stands in the lane called Frame: the second half is enough."""
    return fact.what.partition(": ")[2] or fact.what


def _admissions(facts: list[Fact]) -> list[Item]:
    return [Bar(fact, "plain", _named(fact)) for fact in facts]


def _visits(facts: list[Fact]) -> list[Item]:
    return [Mark((fact,), "stem", _visit_labels(fact)) for fact in facts]


def _visit_labels(fact: Fact) -> tuple[str, ...]:
    """The clinic is the usual visit and needs no words."""
    return () if fact.event.code.endswith("//clinic") else (fact.what, fact.what.partition(" ")[0])


def _findings(facts: list[Fact]) -> list[Item]:
    crowded = len(facts) > LABELLED_FINDINGS
    return [_finding(fact, crowded) for fact in facts]


def _finding(fact: Fact, crowded: bool) -> Mark:
    if fact.event.numeric_value == 0 and not fact.event.unit:
        return Mark((fact,), "ring")
    scored = fact.event.unit or fact.event.numeric_value not in (None, 1)
    labels = _scored_labels(fact) if scored else (fact.what,)
    return Mark((fact,), "dot", () if crowded else labels)


def _scored_labels(fact: Fact) -> tuple[str, ...]:
    """``Pain score 7``, ``Pain 7``, ``7``."""
    first_word = fact.what.partition(" ")[0]
    return tuple(dict.fromkeys((f"{fact.what} {fact.value}", f"{first_word} {fact.value}", fact.value)))


def _outcomes(facts: list[Fact]) -> list[Item]:
    return [Mark((fact,), "star", (fact.what,)) for fact in facts]


def _results(facts: list[Fact]) -> list[Item]:
    return [Mark(tuple(group), "tick") for _at, group in groupby(facts, key=lambda fact: fact.time)]


def _other(facts: list[Fact]) -> list[Item]:
    """Episodes as bars, everything else by day."""
    episodes = [fact for fact in facts if fact.kind == "episode"]
    days = groupby((f for f in facts if f.kind != "episode"), key=lambda fact: civil_day(fact.time))
    return [*map(_episode_bar, episodes), *(_other_mark(tuple(group)) for _day, group in days)]


def _episode_bar(fact: Fact) -> Bar:
    label = sentence_label(fact.value or fact.what)
    return Bar(fact, "hollow", (label, fact.what), family="episode")


def _other_mark(facts: tuple[Fact, ...]) -> Mark:
    return _sentence(facts[0], facts[0].what, "dot") if len(facts) == 1 else Mark(facts, "dot")


@dataclass(frozen=True, slots=True)
class LaneRule:
    """How a lane is made from its facts, and how many rows it may take."""

    build: Callable[[list[Fact]], list[Item]]
    rows: int


RULES: Final = {
    "meetings": LaneRule(_meetings, 2),
    "operations": LaneRule(_operations, 3),
    "cultures": LaneRule(_cultures, 4),
    "antibiotics": LaneRule(_antibiotics, 14),
    "lines": LaneRule(_lines, 4),
    "imaging": LaneRule(_imaging, 2),
    "frame": LaneRule(_frame, 3),
    "admissions": LaneRule(_admissions, 3),
    "visits": LaneRule(_visits, 1),
    "findings": LaneRule(_findings, 2),
    "outcomes": LaneRule(_outcomes, 2),
    "results": LaneRule(_results, 1),
    "other": LaneRule(_other, 3),
}


@dataclass(slots=True)
class Sorted:
    """The facts of a story by lane: those in the window, and when each lane last had one at all."""

    inside: dict[str, list[Fact]] = field(default_factory=lambda: defaultdict(list))
    last_seen: dict[str, datetime] = field(default_factory=dict)
    undated: list[Fact] = field(default_factory=list)

    def add(self, fact: Fact, window: Window) -> None:
        if fact.event.time is None:
            self.undated.append(fact)
            return
        self.last_seen[fact.lane] = fact.time
        if fact.touches(window.start, window.end):
            self.inside[fact.lane].append(fact)


def sort_into_lanes(facts: Iterable[Fact], window: Window) -> Sorted:
    """Facts in time order, each to its lane."""
    by_lane = Sorted()
    for fact in facts:
        by_lane.add(fact, window)
    return by_lane


def build_lanes(by_lane: Sorted) -> list[Lane]:
    """The lanes that have something in the window, top to bottom, without the marker lane."""
    return [
        Lane(key, tuple(rule.build(by_lane.inside[key])), rule.rows)
        for key, rule in RULES.items()
        if by_lane.inside.get(key)
    ]


def missing_words(by_lane: Sorted) -> list[str]:
    """Sentences about the lanes left out: never recorded, and recorded only outside the window."""
    absent = [key for key in RULES if key not in ("results", "other") and not by_lane.inside.get(key)]
    never = [_in_sentence(key) for key in absent if key not in by_lane.last_seen]
    elsewhere = [(key, by_lane.last_seen[key]) for key in absent if key in by_lane.last_seen]
    sentences = []
    if never:
        told = ", ".join(_("no %(lane)s") % {"lane": lane} for lane in never)
        sentences.append(_("%(told)s recorded.") % {"told": told[:1].upper() + told[1:]})
    if elsewhere:
        told = ", ".join(f"{_in_sentence(key)} ({_last(moment)})" for key, moment in elsewhere)
        sentences.append(_("Outside this period: %(told)s.") % {"told": told})
    return sentences


def _last(moment: datetime) -> str:
    return _("last %(day)s") % {"day": plain_day(civil_day(moment))}


def _in_sentence(key: str) -> str:
    return str(LANES[key]).lower()


def seconds_of(fact: Fact) -> tuple[float, float]:
    """A fact's start and end on the number line, its vagueness included."""
    return seconds(fact.span[0]), seconds(max(fact.until, fact.time))
