"""What the definitions say across all episodes: kept patient by patient by the worker, counted in the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any, Final

from django.core.cache import cache
from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from osteon.knowledge import all_definitions
from osteon.rules.answering import DefinitionAnswer
from osteon.rules.definition import Definition
from osteon.service.accounts.models import Person
from osteon.service.definitions import record
from osteon.service.definitions.models import EpisodeAnswer
from osteon.service.definitions.switches import Standing, standings
from osteon.service.patients import queries
from osteon.service.patients.models import Episode, Patient
from osteon.service.patients.reach import reachable
from osteon.service.patients.story import record_ids, story

NOTHING_KNOWN: Final = "nothing known"
COUNTED_FOR: Final = 600  # seconds a count is shown again before it is made anew
A_PAGE: Final = 50
KEPT: Final = ("answer", "low", "high", "score_low", "score_high", "answered_at")


# Keeping ---------------------------------------------------------------------------------------------


def keep(patient_id: int, *, now: datetime) -> int:
    """Asks every definition of every episode of a patient and keeps the answers. How many there are."""
    patient = Patient.objects.select_related("survivor").get(pk=patient_id)
    patient = patient.survivor or patient
    events, episodes = story(patient), queries.episodes(record_ids(patient))
    rows = [
        _row(episode, answer, now)
        for episode in episodes
        for answer in record.answers_for(episode, events, now=now)
    ]
    _store(episodes, rows)
    return len(rows)


def _store(episodes: Iterable[Episode], rows: list[EpisodeAnswer]) -> None:
    fresh = {(row.episode_id, row.rule_id) for row in rows}
    with transaction.atomic():
        standing = EpisodeAnswer.objects.filter(episode__in=[one.pk for one in episodes])
        gone = [
            pk for pk, *key in standing.values_list("pk", "episode_id", "rule_id") if tuple(key) not in fresh
        ]
        EpisodeAnswer.objects.filter(pk__in=gone).delete()
        EpisodeAnswer.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["episode", "rule_id"], update_fields=KEPT
        )


def _row(episode: Episode, answer: DefinitionAnswer, now: datetime) -> EpisodeAnswer:
    first = answer.axes[0] if answer.axes and not answer.refused else None
    knows = bool(answer.met(True) or answer.met(False))
    words = (first.words() if first else answer.words()) if knows else NOTHING_KNOWN
    return EpisodeAnswer(
        episode=episode,
        rule_id=answer.definition.id,
        answer=words[:300],
        low=first.mildest if first and knows else "",
        high=first.gravest if first and knows else "",
        score_low=answer.score.low if answer.score and knows else None,
        score_high=answer.score.high if answer.score and knows else None,
        answered_at=now,
    )


# Counting --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Counted:
    """One definition across the episodes. ``answers``: each with its count, the gravest first."""

    standing: Standing
    answers: tuple[tuple[str, int], ...]

    @property
    def definition(self) -> Definition:
        return self.standing.definition

    @property
    def episodes(self) -> int:
        return sum(count for _, count in self.answers)

    @property
    def certain(self) -> int:
        """Episodes for which nothing unknown could change the answer."""
        settled = {answer for axis in self.definition.axes[:1] for answer in axis.answers}
        return sum(count for answer, count in self.answers if answer in settled)


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything the page shows. ``oldest``: when the answer that was asked longest ago was given."""

    subjects: tuple[tuple[str, tuple[Counted, ...]], ...]
    episodes: int
    oldest: datetime | None
    newest: datetime | None
    counted_at: datetime


def counted(person: Person) -> Counts:
    """The counts over the episodes within this person's reach; made anew every ten minutes."""
    key = f"definitions.counted.{person.pk}"
    found: Counts | None = cache.get(key)
    if found is None:
        found = _count(person)
        cache.set(key, found, COUNTED_FOR)
    return found


def forget(person: Person) -> None:
    """The next count of this person is made anew."""
    cache.delete(f"definitions.counted.{person.pk}")


def _count(person: Person) -> Counts:
    rows = _within_reach(person)
    found: dict[str, list[tuple[str, int]]] = {}
    for rule_id, answer, number in (
        rows.values_list("rule_id", "answer").annotate(number=Count("pk")).order_by()
    ):
        found.setdefault(rule_id, []).append((answer, number))
    span = rows.aggregate(
        oldest=Min("answered_at"), newest=Max("answered_at"), n=Count("episode", distinct=True)
    )
    subjects: dict[str, list[Counted]] = {}
    standing = standings([one for one in all_definitions() if one.id in found])
    for one in standing.values():
        answers = sorted(found[one.definition.id], key=lambda pair: _place(one.definition, pair[0]))
        subjects.setdefault(one.definition.subject, []).append(Counted(one, tuple(answers)))
    return Counts(
        tuple((subject, tuple(group)) for subject, group in subjects.items()),
        span["n"],
        span["oldest"],
        span["newest"],
        timezone.now(),
    )


def _within_reach(person: Person) -> QuerySet[EpisodeAnswer]:
    own = reachable(person).values("pk")
    return EpisodeAnswer.objects.filter(
        Q(episode__patient__in=own) | Q(episode__patient__survivor__in=own),
        episode__entered_in_error_at=None,
    )


def _place(definition: Definition, answer: str) -> tuple[int, int, str]:
    """Certain answers first, the gravest first; then open ones; what nobody knows last."""
    certain = list(definition.axes[0].answers) if definition.axes else []
    if answer in certain:
        return 0, certain.index(answer), ""
    return (2 if answer == NOTHING_KNOWN else 1), 0, answer


# Agreement -------------------------------------------------------------------------------------------


def comparable() -> Iterator[tuple[Definition, Definition]]:
    """Every two definitions of one subject that answer on an axis."""
    for left, right in combinations([one for one in all_definitions() if one.axes], 2):
        if left.subject == right.subject:
            yield left, right


@dataclass(frozen=True, slots=True)
class Matrix:
    """How often each pair of answers was given to one episode."""

    left: Definition
    right: Definition
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: dict[tuple[str, str], int]

    @property
    def episodes(self) -> int:
        return sum(self.cells.values())


def agreement(person: Person, left: Definition, right: Definition) -> Matrix:
    """The agreement of two definitions over the episodes within reach; counted by the database."""
    pairs = _pairs(person, left, right).values_list("answer", "other").annotate(n=Count("pk")).order_by()
    cells = {(answer, other): number for answer, other, number in pairs}
    rows = sorted({answer for answer, _ in cells}, key=lambda word: _place(left, word))
    columns = sorted({other for _, other in cells}, key=lambda word: _place(right, word))
    return Matrix(left, right, tuple(rows), tuple(columns), cells)


def _pairs(person: Person, left: Definition, right: Definition) -> QuerySet[EpisodeAnswer]:
    theirs = EpisodeAnswer.objects.filter(episode=OuterRef("episode"), rule_id=right.id).values("answer")[:1]
    mine = _within_reach(person).filter(rule_id=left.id)
    return mine.annotate(other=Subquery(theirs)).filter(other__isnull=False)


def in_cell(person: Person, matrix: Matrix, answer: str, other: str, number: Any) -> Page[EpisodeAnswer]:
    """The episodes in one cell, with their patients."""
    rows = _pairs(person, matrix.left, matrix.right).filter(answer=answer, other=other)
    rows = rows.select_related("episode__patient__survivor").order_by("episode__patient__family_name", "pk")
    return Paginator(rows, A_PAGE).get_page(number)
