"""Microbiology in words: what grew in how many specimens of a taking, whether they agree, what is pending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUGS
from osteon.knowledge.samples.agreement import (
    ALIKE_BY_ATKINS,
    ALIKE_BY_DEFAULT,
    ANTIBIOTIC_FREE_DAYS_NEEDED,
    Agreement,
    Growth,
    Lack,
    Shortfall,
    Taken,
    Verdict,
    agreements,
    why_negative_is_not_enough,
)
from osteon.knowledge.samples.antibiotics import antibiotic_free_days
from osteon.service.patients.story import naive_utc
from osteon.service.patients.timeline.cultures import short_organism
from osteon.service.results.models import Isolate, Specimen, Susceptibility
from osteon.service.results.ranges import figure

VERDICT_WORDS: Final = {
    Verdict.AGREE: gettext_lazy("agree: same organism with a matching antibiogram"),
    Verdict.AGREE_IF_SEPARATE: gettext_lazy(
        "agree, if they were taken with separate instruments (not recorded)"
    ),
    Verdict.NOT_COMPARED: gettext_lazy(
        "cannot be compared: an antibiogram is missing. For the microbiologist to decide"
    ),
    Verdict.DIFFER: gettext_lazy("same species, antibiograms differ. For the microbiologist to decide"),
    Verdict.FEWER: gettext_lazy("fewer than needed to agree"),
}
# State of the badge component (its shape) and its word; agreement itself is no alarm.
BADGES: Final = {
    Verdict.AGREE: ("due", gettext_lazy("Agree")),
    Verdict.AGREE_IF_SEPARATE: ("unknown", gettext_lazy("Agree, if separate")),
    Verdict.NOT_COMPARED: ("unknown", gettext_lazy("Not compared")),
    Verdict.DIFFER: ("amber", gettext_lazy("Differ")),
    Verdict.FEWER: ("unknown", gettext_lazy("Too few")),
}


LACK_WORDS: Final = {
    Lack.NOT_FINAL: gettext_lazy("%(count)s not yet final"),
    Lack.ANTIBIOTICS: gettext_lazy("antibiotics were given in the 14 days before"),
    Lack.ANTIBIOTICS_UNKNOWN: gettext_lazy("days free of antibiotics before sampling are not recorded"),
    Lack.INCUBATION: gettext_lazy("incubated for less than 14 days"),
    Lack.INCUBATION_UNKNOWN: gettext_lazy("days of incubation are not recorded"),
    Lack.SEPARATE_UNKNOWN: gettext_lazy("separate instruments are not recorded"),
}


def shortfall_words(one: Shortfall) -> str:
    """Why "no growth" is not enough, in the reader's language."""
    said = {"count": one.count, "needed": one.needed}
    if one.lack is Lack.SPECIMENS:
        few = ngettext(
            "only %(count)s deep specimen of at least %(needed)s",
            "only %(count)s deep specimens of at least %(needed)s",
            one.count,
        )
        return few % said
    return str(LACK_WORDS[one.lack]) % said


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
        said = {"name": a.name, "count": a.count, "all": a.of}
        if not a.count:
            return _("%(name)s: only in specimens that do not count") % said
        return _("%(name)s %(count)s of %(all)s") % said

    @property
    def verdict(self) -> Verdict:
        return self.agreement.verdict()

    @property
    def badge(self) -> tuple[str, str | Promise]:
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
            said = _("Fewer than %(needed)s: not enough by the stricter rule (Atkins 1998).")
            return said % {"needed": ALIKE_BY_ATKINS}
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
            return _("a swab, blood or a shared instrument does not tell what grows in bone")
        said = (
            _("one specimen alone, so far; %(needed)s or more must be alike")
            if self.is_pending
            else _("one specimen alone; %(needed)s or more must be alike")
        )
        return said % {"needed": ALIKE_BY_DEFAULT}

    def _others(self) -> str:
        more = self.agreement.count - self.agreement.matched
        said = _("; %(count)s more with another or no antibiogram, for the microbiologist to decide")
        return said % {"count": more} if more else ""


# One code may name two ways in (VAN): the first, systemic one is what a laboratory tests.
AGENT_NAMES: Final = {drug.amr_code: drug.name for drug in reversed(DRUGS.values()) if drug.amr_code}


def agent_name(agent: str) -> str:
    """``clindamycin``; the agent's code where the vocabulary does not know it."""
    return _(AGENT_NAMES[agent]).lower() if agent in AGENT_NAMES else agent


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
        return ", ".join(sites) or ", ".join(map(str, kinds))

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
        waiting = _("%(count)s pending") % {"count": self.pending}
        if self.lines or self.unnamed:
            said = [line.title for line in self.lines]
            said += [_("growth not named in %(count)s") % {"count": self.unnamed}] if self.unnamed else []
            return "; ".join(said) + (f" ({waiting})" if self.pending else "")
        if self.pending == len(self.specimens):
            return _("%(count)s pending, nothing reported to have grown") % {"count": self.pending}
        done = len(self.specimens) - self.pending
        none = ngettext("No growth from %(count)s specimen", "No growth from %(count)s specimens", done)
        return none % {"count": done} + (f", {waiting}" if self.pending else "")

    @property
    def is_negative(self) -> bool:
        """Whether nothing grew in the specimens that count."""
        return not self.unnamed and not any(line.agreement.count for line in self.lines)

    @cached_property
    def why_not_enough(self) -> list[str]:
        """Why "no growth" does not mean "not infected"."""
        nothing_yet = self.pending == len(self.specimens)
        found = why_negative_is_not_enough(self.taken) if self.is_negative and not nothing_yet else []
        return [shortfall_words(one) for one in found]

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
        noted = _("Noted when they were taken: %(days)s without antibiotics.") if recorded else ""
        spell = min(recorded, default=0)
        days = ngettext("%(count)s day", "%(count)s days", spell) % {"count": spell}
        return f"{noted % {'days': days}} {self._courses_before()}".strip()

    def _courses_before(self) -> str:
        if self.free_days is None:
            return _(
                "No antibiotic is recorded before this taking (which is not the same as none was given)."
            )
        if self.free_days == 0:
            return _("An antibiotic was running when they were taken.")
        said = (
            _("The last recorded antibiotic ended %(days)s days before they were taken.")
            if self.free_days >= ANTIBIOTIC_FREE_DAYS_NEEDED
            else _("The last recorded antibiotic ended %(days)s days before they were taken: fewer than 14.")
        )
        return said % {"days": self.free_days}

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
            return _("Pending, %(day)s") % {"day": self._day()}
        count = specimen.isolate_count or 0
        if count:
            grew = ngettext("%(count)s isolate grew", "%(count)s isolates grew", count) % {"count": count}
            if specimen.state == Specimen.State.FINAL:
                return grew
            return _("%(grew)s; interim, %(day)s") % {"grew": grew, "day": self._day()}
        if specimen.state == Specimen.State.INTERIM:
            return _("Interim: no growth so far, %(day)s") % {"day": self._day()}
        days = specimen.days_incubated
        if not days:
            return _("No growth (days of incubation not recorded)")
        said = ngettext("No growth after %(count)s day", "No growth after %(count)s days", days)
        return said % {"count": days}

    @property
    def unnamed(self) -> int:
        """How many isolates the laboratory reported that are not in the record."""
        return max(0, (self.specimen.isolate_count or 0) - len(self.specimen.grown))

    @property
    def instrument(self) -> str:
        """Whether it was taken with its own instrument."""
        own = self.specimen.separate_instrument
        return _("not recorded") if own is None else _("yes") if own else _("no: does not count")

    @property
    def days_incubated(self) -> int:
        """Days since it was taken, until it became final."""
        specimen = self.specimen
        end = specimen.reported_at if specimen.state == Specimen.State.FINAL else None
        return max(0, ((end or self.now) - specimen.taken_at).days)

    def _day(self) -> str:
        planned = self.specimen.planned_incubation_days
        said = {"day": self.days_incubated, "planned": planned}
        return (_("day %(day)s of %(planned)s") if planned else _("day %(day)s")) % said


@dataclass(frozen=True, slots=True)
class Tested:
    """One drug against one isolate, in words and a shape."""

    row: Susceptibility
    contradicted: bool

    @property
    def words(self) -> str:
        return str(self.row.get_category_display())

    @property
    def mic(self) -> str:
        if self.row.mic is None:
            return _("not given")
        return f"{self.row.mic_comparator}{figure(self.row.mic)} mg/L"

    @property
    def guideline(self) -> str:
        return self.row.guideline or _("not recorded")


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


def views_of(
    takings: Iterable[Sequence[Specimen]], events: Sequence[Event], now: datetime | None = None
) -> list[TakingView]:
    """The takings as the page shows them, with what the story says of antibiotics before each."""
    moment = now or timezone.now()
    made = [TakingView(specimens, moment) for specimens in takings if specimens]
    for view in made:
        view.free_days = antibiotic_free_days(events, naive_utc(view.first.taken_at))
    return made
