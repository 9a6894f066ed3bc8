"""What the pages of results ask the database. No answer takes more queries for more rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from osteon.events.vocabulary import MEASURE_BY_CODE, Measure
from osteon.service.accounts.models import Person
from osteon.service.patients.facts import Versioned
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.story import record_ids, survivor_ids
from osteon.service.results.models import Isolate, Result, Specimen, Susceptibility

RESULTS_A_PAGE = 50
TAKINGS_A_PAGE = 20
LIST_LENGTH = 50
RECENT = timedelta(days=90)
FEW_PATIENTS = 2000


@dataclass(frozen=True, slots=True)
class Latest:
    """The last result of one test, and the one before it."""

    now: Result
    before: Result | None


def latest_results(patient: Patient) -> tuple[dict[str, Latest], list[Latest]]:
    """The latest of each measure by its key, and of every other test in the order of their names. Two queries."""
    ranked = (
        Result.objects.of_patients(record_ids(patient))
        .standing()
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=[F("code"), F("name")],
                order_by=[F("taken_at").desc(), F("recorded_at").desc(), F("pk").desc()],
            )
        )
        .filter(rank__lte=2)
    )
    by_test: dict[str, list[Result]] = defaultdict(list)
    for result in sorted(ranked, key=_newest_first):
        measure = MEASURE_BY_CODE.get(result.code)
        by_test[measure.key if measure else f"{result.code} {result.name}"].append(result)
    latest = {test: Latest(rows[0], rows[1] if len(rows) > 1 else None) for test, rows in by_test.items()}
    known = {key: found for key, found in latest.items() if found.now.measure}
    others = [found for found in latest.values() if not found.now.measure]
    return known, sorted(others, key=lambda found: str(found.now).casefold())


def _newest_first(result: Result) -> tuple[float, float, int]:
    return -result.taken_at.timestamp(), -result.recorded_at.timestamp(), -result.pk


def results_of(patient: Patient, measure: Measure) -> QuerySet[Result]:
    """Every standing result of a measure, newest first."""
    rows = Result.objects.of_patients(record_ids(patient)).standing().filter(code__in=measure.codes)
    return rows.order_by("-taken_at", "-recorded_at", "-pk")


def page_of(rows: QuerySet[Result], number: str | None) -> tuple[Page, Result | None]:
    """One page of rows, and the row that comes next after it: the value the last one is compared with."""
    page = Paginator(rows, RESULTS_A_PAGE).get_page(number)
    following = rows[page.end_index() : page.end_index() + 1] if page.has_next() else []
    return page, next(iter(following), None)


def withdrawn_results(patient: Patient, measure: Measure) -> list[Result]:
    """Results of a measure that were entered in error, for the foot of its page."""
    rows = Result.objects.of_patients(record_ids(patient)).filter(code__in=measure.codes)
    withdrawn = rows.exclude(entered_in_error_at=None).select_related("entered_in_error_by")
    return list(withdrawn.order_by("-entered_in_error_at")[:20])


def with_people(fact: Versioned) -> Versioned:
    """The fact with the people its page names."""
    people = ["recorded_by", "entered_in_error_by", "patient"]
    if isinstance(fact, Result | Specimen):
        people.append("interpreted_by")
    return type(fact).objects.select_related(*people).get(pk=fact.pk)


def versions_of(fact: Versioned) -> list:
    """Every stored version, newest first, with the person who wrote it."""
    return list(fact.history.select_related("history_user").order_by("-history_date", "-history_id"))


# Microbiology


TakingKey = tuple[str, str]


def taking_key(taken_at: datetime, taking: str) -> TakingKey:
    """Specimens with the same key were taken together: one operation, or the same day without one named."""
    return ("taking", taking) if taking else ("day", timezone.localtime(taken_at).date().isoformat())


def takings_page(patient: Patient, number: str | None) -> Page:
    """One page of takings, newest first; each a list of specimens with all that grew. Five queries."""
    rows = Specimen.objects.of_patients(record_ids(patient)).standing().order_by("-taken_at", "pk")
    groups: dict[TakingKey, list[int]] = defaultdict(list)
    for pk, taken_at, taking in rows.values_list("pk", "taken_at", "taking"):
        groups[taking_key(taken_at, taking)].append(pk)
    page = Paginator(list(groups.values()), TAKINGS_A_PAGE).get_page(number)
    loaded = specimens_by_pk([pk for group in page.object_list for pk in group])
    page.object_list = [[loaded[pk] for pk in group if pk in loaded] for group in page.object_list]
    return page


def recent_takings(patient: Patient, limit: int) -> list[list[Specimen]]:
    """The latest takings, for the patient's overview."""
    return list(takings_page(patient, None).object_list[:limit])


def specimens_by_pk(pks: Sequence[int]) -> dict[int, Specimen]:
    """Specimens with their standing isolates and susceptibilities. Three queries."""
    rows = with_growth(Specimen.objects.filter(pk__in=pks)).select_related("interpreted_by")
    return {specimen.pk: specimen for specimen in rows}


def with_growth(rows: QuerySet[Specimen]) -> QuerySet[Specimen]:
    """The same rows, with ``grown`` (standing isolates) and their ``antibiogram`` fetched in two queries."""
    antibiogram = Prefetch(
        "susceptibilities",
        queryset=Susceptibility.objects.standing().order_by("drug_name", "pk"),
        to_attr="antibiogram",
    )
    isolates = Isolate.objects.standing().order_by("number").prefetch_related(antibiogram)
    return rows.prefetch_related(Prefetch("isolates", queryset=isolates, to_attr="grown"))


def specimen_page(fact: Specimen) -> Specimen:
    """A specimen with its growth and the people its page names."""
    people = ("recorded_by", "entered_in_error_by", "interpreted_by", "patient")
    return with_growth(Specimen.objects.filter(pk=fact.pk)).select_related(*people).get()


def withdrawn_growth(fact: Specimen) -> list[Isolate | Susceptibility]:
    """Isolates and susceptibilities of a specimen that were entered in error."""
    isolates = fact.isolates.exclude(entered_in_error_at=None).select_related("entered_in_error_by")
    tested = Susceptibility.objects.filter(isolate__specimen=fact).exclude(entered_in_error_at=None)
    return [*isolates, *tested.select_related("entered_in_error_by", "isolate")]


def agents_reported(isolate: Isolate) -> set[str]:
    """The drugs whose result is in the record already."""
    return set(isolate.susceptibilities.standing().values_list("agent", flat=True))


def specimen_like(patient: Patient, public_id: str | None) -> Specimen | None:
    """A specimen of the same patient, to take the next one's particulars from."""
    rows = Specimen.objects.of_patients(record_ids(patient)).standing()
    try:
        return rows.filter(public_id=public_id).first() if public_id else None
    except ValidationError:
        return None


def whole_taking(specimen: Specimen) -> list[Specimen]:
    """Every standing specimen of the same taking, with its growth, in the order of the labels."""
    loaded = specimens_by_pk([specimen.pk, *(row.pk for row in _together(specimen))])
    return sorted(loaded.values(), key=lambda row: (row.label, row.pk))


def taken_with(specimen: Specimen) -> list[Specimen]:
    """The other reported specimens of the same taking."""
    reported = (row for row in _together(specimen) if row.is_reported)
    return sorted(reported, key=lambda row: (row.label, row.pk))


def _together(specimen: Specimen) -> list[Specimen]:
    rows = Specimen.objects.filter(patient_id=specimen.patient_id).standing().exclude(pk=specimen.pk)
    day = timedelta(days=1)
    around = (specimen.taken_at - day, specimen.taken_at + day)
    near = rows.filter(taking=specimen.taking) if specimen.taking else rows.filter(taken_at__range=around)
    key = taking_key(specimen.taken_at, specimen.taking)
    return [row for row in near if taking_key(row.taken_at, row.taking) == key]


def count_pending(patient: Patient) -> int:
    """How many specimens are not final yet."""
    rows = Specimen.objects.of_patients(record_ids(patient)).standing()
    return rows.exclude(state=Specimen.State.FINAL).count()


# What awaits an interpretation


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Takings and results within a person's reach that nobody has interpreted, the longest waiting first.

    Each taking is whole, with the specimens that were read already.
    """

    takings: list[list[Specimen]]
    results: list[Result]
    is_cut: bool

    @property
    def is_empty(self) -> bool:
        return not self.takings and not self.results


def awaiting_interpretation(person: Person, *, all_ages: bool = False) -> Awaiting:
    """Reported specimens of the person's teams, and results somebody asked an interpretation for.

    Those taken in the last 90 days, unless ``all_ages``. Eight queries at most.
    """
    within = _of_teams(person)
    reported = Specimen.objects.uninterpreted().filter(within, _is_reported())
    recent = reported if all_ages else reported.filter(taken_at__gte=timezone.now() - RECENT)
    waiting, more_waiting = _cut(recent.order_by("taken_at", "pk"))
    asked = Result.objects.uninterpreted().filter(within, wants_interpretation=True)
    results, more_results = _cut(asked.select_related("patient__survivor").order_by("taken_at", "pk"))
    return Awaiting(_whole_takings(waiting), results, more_waiting or more_results)


def _whole_takings(waiting: Sequence[Specimen]) -> list[list[Specimen]]:
    """The takings these specimens belong to, in the same order."""
    if not waiting:
        return []
    keys = dict.fromkeys((one.patient_id, taking_key(one.taken_at, one.taking)) for one in waiting)
    rows = Specimen.objects.standing().filter(
        patient_id__in={patient_id for patient_id, _key in keys},
        taken_at__gte=min(one.taken_at for one in waiting) - RECENT,
    )
    groups: dict[tuple[int, TakingKey], list[Specimen]] = defaultdict(list)
    for specimen in with_growth(rows.select_related("patient__survivor").order_by("taken_at", "pk")):
        groups[specimen.patient_id, taking_key(specimen.taken_at, specimen.taking)].append(specimen)
    return [groups[key] for key in keys]


def _is_reported() -> Q:
    return Q(state=Specimen.State.FINAL) | Q(isolate_count__gt=0)


def _of_teams(person: Person) -> Q:
    """Facts of the patients with an episode of one of the person's teams, on their own or a merged record.

    ``reachable`` would look at every patient first. Few patients are named one by one, so that their own facts
    are looked up; with many the oldest facts are asked in turn whether they belong, until enough are found.
    """
    episodes = Episode.objects.standing().filter(team__in=person.teams_ids())
    owners = set(episodes.values_list("patient_id", flat=True).distinct()[: FEW_PATIENTS + 1])
    if len(owners) <= FEW_PATIENTS:
        survivors = survivor_ids(owners)
        rows = Patient.objects.filter(Q(pk__in=survivors) | Q(survivor__in=survivors))
        return Q(patient_id__in=set(rows.values_list("pk", flat=True)))
    return (
        Exists(episodes.filter(patient=OuterRef("patient")))
        | Exists(episodes.filter(patient=OuterRef("patient__survivor")))
        | Exists(episodes.filter(patient__survivor=OuterRef("patient")))
        | Exists(episodes.filter(patient__survivor=OuterRef("patient__survivor")))
    )


def _cut(rows: QuerySet) -> tuple[list, bool]:
    found = list(rows[: LIST_LENGTH + 1])
    return found[:LIST_LENGTH], len(found) > LIST_LENGTH
