"""Microbiology in words: what grew in how many specimens of a taking, whether they agree, what is pending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from django.utils import timezone

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUG_BY_CODE, DRUGS
from osteon.service.patients.story import naive_utc
from osteon.service.patients.timeline.cultures import short_organism
from osteon.service.results.agreement import (
    ALIKE_BY_ATKINS,
    ALIKE_BY_DEFAULT,
    ANTIBIOTIC_FREE_DAYS_NEEDED,
    Agreement,
    Growth,
    Taken,
    Verdict,
    agreements,
    why_negative_is_not_enough,
)
from osteon.service.results.models import Isolate, Specimen, Susceptibility
from osteon.service.results.ranges import figure

VERDICT_WORDS: Final = {
    Verdict.AGREE: "agree: same organism with a matching antibiogram",
    Verdict.AGREE_IF_SEPARATE: "agree, if they were taken with separate instruments (not recorded)",
    Verdict.NOT_COMPARED: "cannot be compared: an antibiogram is missing. For the microbiologist to decide",
    Verdict.DIFFER: "same species, antibiograms differ. For the microbiologist to decide",
    Verdict.FEWER: "fewer than needed to agree",
}
# State of the badge component (its shape) and its word; agreement itself is no alarm.
BADGES: Final = {
    Verdict.AGREE: ("due", "Agree"),
    Verdict.AGREE_IF_SEPARATE: ("unknown", "Agree, if separate"),
    Verdict.NOT_COMPARED: ("unknown", "Not compared"),
    Verdict.DIFFER: ("amber", "Differ"),
    Verdict.FEWER: ("unknown", "Too few"),
}


def taken(specimen: Specimen, antibiotic_free_days: int | None = None) -> Taken:
    """A stored specimen as the agreement rule reads it. Needs ``grown`` and ``antibiogram`` (``with_growth``)."""
    recorded = specimen.antibiotic_free_days
    free = [days for days in (recorded, antibiotic_free_days) if days is not None]
    return Taken(
        label=f"{specimen.label}\0{specimen.pk}",  # labels may repeat; a specimen counts once all the same
        kind=specimen.kind,
        growths=tuple(growth(isolate) for isolate in specimen.grown),
        separate=specimen.separate_instrument,
        is_final=specimen.state == Specimen.State.FINAL,
        days_incubated=specimen.days_incubated,
        antibiotic_free_days=min(free, default=None),
        in_bottles=specimen.in_bottles,
    )


def growth(isolate: Isolate) -> Growth:
    """A stored isolate as the agreement rule reads it; a drug reported twice differently counts as not tested."""
    said: dict[str, set[str]] = {}
    for row in isolate.antibiogram:
        said.setdefault(row.agent, set()).add(row.category)
    clear = {(agent, *categories) for agent, categories in said.items() if len(categories) == 1}
    name = short_organism(isolate.organism_name, isolate.organism_code)
    return Growth(isolate.organism_code, name, frozenset(clear))


@dataclass(frozen=True, slots=True)
class Line:
    """One organism of a taking: ``S. aureus 3 of 5`` and what may be said of it."""

    agreement: Agreement
    is_pending: bool

    @property
    def title(self) -> str:
        """``S. aureus 3 of 5``; without a count where it grew only in specimens that do not count."""
        a = self.agreement
        return (
            f"{a.name} {a.count} of {a.of}" if a.count else f"{a.name}: only in specimens that do not count"
        )

    @property
    def verdict(self) -> Verdict:
        return self.agreement.verdict()

    @property
    def badge(self) -> tuple[str, str]:
        """State and word of the badge."""
        return BADGES[self.verdict]

    @property
    def words(self) -> str:
        """The verdict for two or more alike, with how many agree."""
        a = self.agreement
        if self.verdict is Verdict.FEWER:
            return self._fewer()
        if self.verdict in (Verdict.AGREE, Verdict.AGREE_IF_SEPARATE):
            return f"{a.matched} {VERDICT_WORDS[self.verdict]}{self._others()}"
        return f"{a.count} {VERDICT_WORDS[self.verdict]}"

    @property
    def atkins(self) -> str:
        """The same where three must be alike (Atkins 1998), said only when it differs."""
        strict = self.agreement.verdict(ALIKE_BY_ATKINS)
        agreed = (Verdict.AGREE, Verdict.AGREE_IF_SEPARATE)
        if self.verdict in agreed and strict not in agreed:
            return f"Fewer than {ALIKE_BY_ATKINS}: not enough by the stricter rule (Atkins 1998)."
        return ""

    @property
    def differing(self) -> list[str]:
        """The drugs in which the antibiograms differ, by name."""
        return [agent_name(agent) for agent in self.agreement.differing]

    @property
    def labels(self) -> list[str]:
        return [plain(label) for label in self.agreement.labels]

    @property
    def profile(self) -> list[tuple[str, list[str]]]:
        """The antibiogram most of them share, as (category, drugs), resistant first; empty when none is known."""
        shared = next((p.antibiogram for p in self.agreement.profiles if p.antibiogram), frozenset())
        drugs: dict[str, list[str]] = {"R": [], "I": [], "S": []}
        for agent, category in sorted(shared, key=lambda pair: agent_name(pair[0])):
            drugs[category].append(agent_name(agent))
        return [(category, names) for category, names in drugs.items() if names]

    @property
    def elsewhere(self) -> list[str]:
        return [plain(label) for label in self.agreement.elsewhere]

    def _fewer(self) -> str:
        if not self.agreement.count:
            return "a swab, blood or a shared instrument does not tell what grows in bone"
        wait = ", so far" if self.is_pending else ""
        return f"one specimen alone{wait}; {ALIKE_BY_DEFAULT} or more must be alike"

    def _others(self) -> str:
        more = self.agreement.count - self.agreement.matched
        return (
            f"; {more} more with another or no antibiogram, for the microbiologist to decide" if more else ""
        )


# One code may name two ways in (VAN): the first, systemic one is what a laboratory tests.
AGENT_NAMES: Final = {drug.amr_code: drug.name.lower() for drug in reversed(DRUGS.values()) if drug.amr_code}


def agent_name(agent: str) -> str:
    """``clindamycin``; the agent's code where the vocabulary does not know it."""
    return AGENT_NAMES.get(agent, agent)


def plain(label: str) -> str:
    """The label as it stands on the pot."""
    return label.partition("\0")[0]


class TakingView:
    """Specimens taken together, as the page shows them.

    ``free_days``: days between the last recorded antibiotic and this taking (0: one was running), or ``None``
    when none is recorded, which is not the same as none was given.
    """

    def __init__(self, specimens: Sequence[Specimen], now: datetime, free_days: int | None = None) -> None:
        self.specimens = list(specimens)
        self.now = now
        self.free_days = free_days

    @property
    def first(self) -> Specimen:
        return min(self.specimens, key=lambda specimen: specimen.taken_at)

    @property
    def title(self) -> str:
        """The operation, or what was taken."""
        if self.first.taking:
            return self.first.taking
        sites = dict.fromkeys(s.site for s in self.specimens if s.site)
        kinds = dict.fromkeys(s.get_kind_display() for s in self.specimens)
        return ", ".join(sites) or ", ".join(kinds)

    @cached_property
    def taken(self) -> list[Taken]:
        return [taken(specimen, self.free_days) for specimen in self.specimens]

    @cached_property
    def lines(self) -> list[Line]:
        """What grew, the most frequent first."""
        return [Line(agreement, self.pending > 0) for agreement in agreements(self.taken)]

    @property
    def counting(self) -> int:
        """How many specimens count."""
        return sum(one.counts for one in self.taken)

    @property
    def pending(self) -> int:
        """How many are not final."""
        return sum(not one.is_final for one in self.taken)

    @property
    def unnamed(self) -> int:
        """In how many specimens the laboratory reported growth that is not in the record by name."""
        return sum(card.unnamed > 0 for card in self.cards)

    @property
    def summary(self) -> str:
        """``S. aureus 3 of 5``, ``No growth from 5 specimens``, ``5 pending``; the short form for an overview."""
        if self.lines or self.unnamed:
            said = [line.title for line in self.lines]
            said += [f"growth not named in {self.unnamed}"] if self.unnamed else []
            return "; ".join(said) + (f" ({self.pending} pending)" if self.pending else "")
        if self.pending == len(self.specimens):
            return f"{self.pending} pending, nothing reported to have grown"
        rest = f", {self.pending} pending" if self.pending else ""
        done = len(self.specimens) - self.pending
        return f"No growth from {done} specimen{'' if done == 1 else 's'}{rest}"

    @property
    def is_negative(self) -> bool:
        """Whether nothing grew in the specimens that count."""
        return not self.unnamed and not any(line.agreement.count for line in self.lines)

    @cached_property
    def why_not_enough(self) -> list[str]:
        """Why "no growth" does not mean "not infected"."""
        nothing_yet = self.pending == len(self.specimens)
        return why_negative_is_not_enough(self.taken) if self.is_negative and not nothing_yet else []

    @property
    def is_relied_on(self) -> bool:
        """Whether "no growth" can be relied on."""
        return bool(self.is_negative and self.counting and not self.pending and not self.why_not_enough)

    @property
    def unread(self) -> list[Specimen]:
        """The reported specimens that nobody has interpreted."""
        reported = (card.specimen for card in self.cards if card.specimen.is_reported)
        return [specimen for specimen in reported if specimen.interpreted_at is None]

    @property
    def antibiotic_words(self) -> str:
        """What is recorded of antibiotics before the taking: with the specimens, and by the courses."""
        recorded = [s.antibiotic_free_days for s in self.specimens if s.antibiotic_free_days is not None]
        noted = f"Noted when they were taken: {min(recorded)} days without antibiotics. " if recorded else ""
        return noted + self._courses_before()

    def _courses_before(self) -> str:
        if self.free_days is None:
            return "No antibiotic is recorded before this taking (which is not the same as none was given)."
        if self.free_days == 0:
            return "An antibiotic was running when they were taken."
        enough = "" if self.free_days >= ANTIBIOTIC_FREE_DAYS_NEEDED else ": fewer than 14"
        return f"The last recorded antibiotic ended {self.free_days} days before they were taken{enough}."

    @cached_property
    def cards(self) -> list[SpecimenView]:
        """Each specimen, those that grew first."""
        views = [SpecimenView(specimen, self.now) for specimen in self.specimens]
        return sorted(views, key=lambda view: (not view.isolates, view.specimen.label, view.specimen.pk))


class SpecimenView:
    """One specimen with its isolates."""

    def __init__(self, specimen: Specimen, now: datetime) -> None:
        self.specimen = specimen
        self.now = now

    @property
    def isolates(self) -> list[IsolateView]:
        return [IsolateView(isolate) for isolate in self.specimen.grown]

    @property
    def counts(self) -> bool:
        return taken(self.specimen).counts

    @property
    def growth(self) -> str:
        """``Pending, day 3 of 14``, ``No growth after 14 days``, ``Interim: no growth so far, day 6``, ``2 isolates``."""
        specimen = self.specimen
        if specimen.state == Specimen.State.PENDING:
            return f"Pending, {self._day()}"
        count = specimen.isolate_count or 0
        if count:
            grew = f"{count} isolate{'' if count == 1 else 's'} grew"
            return grew if specimen.state == Specimen.State.FINAL else f"{grew}; interim, {self._day()}"
        if specimen.state == Specimen.State.INTERIM:
            return f"Interim: no growth so far, {self._day()}"
        days = specimen.days_incubated
        return "No growth" + (f" after {days} days" if days else " (days of incubation not recorded)")

    @property
    def unnamed(self) -> int:
        """How many isolates the laboratory reported that are not in the record."""
        return max(0, (self.specimen.isolate_count or 0) - len(self.specimen.grown))

    @property
    def instrument(self) -> str:
        """Whether it was taken with its own instrument."""
        own = self.specimen.separate_instrument
        return "not recorded" if own is None else "yes" if own else "no: does not count"

    @property
    def days_incubated(self) -> int:
        """Days since it was taken, until it became final."""
        specimen = self.specimen
        end = specimen.reported_at if specimen.state == Specimen.State.FINAL else None
        return max(0, ((end or self.now) - specimen.taken_at).days)

    def _day(self) -> str:
        planned = self.specimen.planned_incubation_days
        of = f" of {planned}" if planned else ""
        return f"day {self.days_incubated}{of}"


@dataclass(frozen=True, slots=True)
class Tested:
    """One drug against one isolate, in words and a shape."""

    row: Susceptibility
    contradicted: bool

    @property
    def words(self) -> str:
        return self.row.get_category_display()

    @property
    def mic(self) -> str:
        if self.row.mic is None:
            return "not given"
        return f"{self.row.mic_comparator}{figure(self.row.mic)} mg/L"

    @property
    def guideline(self) -> str:
        return self.row.guideline or "not recorded"


class IsolateView:
    """One isolate with its antibiogram."""

    def __init__(self, isolate: Isolate) -> None:
        self.isolate = isolate

    @property
    def name(self) -> str:
        return self.isolate.organism_name

    @property
    def tested(self) -> list[Tested]:
        """Resistant first, then increased exposure, then susceptible: what must not be given stands on top."""
        rows = list(self.isolate.antibiogram)
        order = {"R": 0, "I": 1, "S": 2}
        said: dict[str, set[str]] = {}
        for row in rows:
            said.setdefault(row.agent, set()).add(row.category)
        return [
            Tested(row, len(said[row.agent]) > 1)
            for row in sorted(rows, key=lambda row: (order[row.category], row.drug_name.casefold()))
        ]


def antibiotic_free_days(events: Iterable[Event], taken_at: datetime) -> int | None:
    """Days from the last recorded antimicrobial to a moment (UTC, no zone); 0 while one ran, ``None`` if none.

    A course that began on the day itself counts as given after the taking: prophylaxis is no treatment.
    """
    ends = [_end_before(event, taken_at) for event in events if _is_antimicrobial(event)]
    free = [(taken_at - end).days for end in ends if end is not None]
    return min(free, default=None)


def _is_antimicrobial(event: Event) -> bool:
    drug = DRUG_BY_CODE.get(event.code)
    return drug is not None and drug.group not in ("anticoagulant", "not systemic") and event.time is not None


def _end_before(event: Event, taken_at: datetime) -> datetime | None:
    if event.time is None or event.time > taken_at - timedelta(days=1):
        return None
    return min(event.end or taken_at, taken_at)


def views_of(
    takings: Iterable[Sequence[Specimen]], events: Sequence[Event], now: datetime | None = None
) -> list[TakingView]:
    """The takings as the page shows them, with what the story says of antibiotics before each."""
    moment = now or timezone.now()
    made = [TakingView(specimens, moment) for specimens in takings if specimens]
    for view in made:
        view.free_days = antibiotic_free_days(events, naive_utc(view.first.taken_at))
    return made
