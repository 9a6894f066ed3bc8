"""Who changed what, when: the history of every fact of a patient, read as one list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.core.paginator import Page, Paginator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from osteon.service.accounts.models import Person, Team
from osteon.service.patients.facts import ClinicalFact
from osteon.service.patients.models import Patient

GROUPS_ON_A_PAGE: Final = 40
NEWEST: Final = 5000  # rows of each kind that are looked at; an import can write many thousands
TOGETHER: Final = timedelta(seconds=5)  # rows of one kind written in one go are told as one line
BOOKKEEPING: Final = frozenset(
    [
        "id",
        "public_id",
        "patient",
        "version",
        "recorded_by",
        "recorded_at",
        "family_key",
        "given_key",
        "value_key",
        "status_since",
        "survivor",
        "merged_at",
        "source",
        "original",
        "registered_at",
        "entered_in_error_at",
        "entered_in_error_by",
        "entered_in_error_reason",
    ]
)


@dataclass(frozen=True, slots=True)
class Change:
    """One value that changed."""

    what: str
    before: str
    after: str


@dataclass(slots=True)
class Entry:
    """One line of the history: one row that was written, or several of a kind written together."""

    model: type[models.Model]
    kind: str
    at: datetime
    person_id: int | None
    row_ids: list[int]
    history_ids: list[int]
    by: str = ""
    what: str = ""
    why: str = ""
    changes: list[Change] = field(default_factory=list)

    @property
    def is_many(self) -> bool:
        """Whether it stands for several rows."""
        return len(self.row_ids) > 1

    def takes(self, other: Entry) -> bool:
        """Whether the next older line belongs to this one: the same person recorded more of the same."""
        same = (other.model, other.kind, other.person_id) == (self.model, self.kind, self.person_id)
        return same and self.kind == "+" and self.at - other.at <= TOGETHER


def history(records: Sequence[Patient], page_number: object = 1) -> Page[Entry]:
    """One page of what was written about a patient, newest first. A few queries per kind of fact at most."""
    lines = sorted(_lines(records), key=lambda entry: entry.at, reverse=True)
    page = Paginator(list(_together(lines)), GROUPS_ON_A_PAGE).get_page(page_number)
    _tell(page.object_list)
    return page


def history_of_fact(fact: ClinicalFact) -> list[Entry]:
    """Everything that was written about one fact, newest first."""
    rows = type(fact).history.filter(id=fact.pk).order_by("-history_date", "-history_id")
    columns = rows.values_list("history_id", "history_type", "history_date", "history_user_id")
    entries = [Entry(type(fact), kind, at, who, [fact.pk], [pk]) for pk, kind, at, who in columns]
    _tell(entries)
    return entries


@cache
def kinds() -> tuple[type[models.Model], ...]:
    """Everything that has a history and belongs to a patient."""
    return (Patient, *(model for model in apps.get_models() if issubclass(model, ClinicalFact)))


def _lines(records: Sequence[Patient]) -> Iterator[Entry]:
    ids = [record.pk for record in records]
    for model in kinds():
        owner = "id__in" if model is Patient else "patient_id__in"
        rows = model.history.filter(**{owner: ids}).order_by("-history_date", "-history_id")
        for row_id, history_id, kind, at, person in rows.values_list(
            "id", "history_id", "history_type", "history_date", "history_user_id"
        )[:NEWEST]:
            yield Entry(model, kind, at, person, [row_id], [history_id])


def _together(lines: Iterable[Entry]) -> Iterator[Entry]:
    last: Entry | None = None
    for entry in lines:
        if last is not None and last.takes(entry):
            last.row_ids += entry.row_ids
            last.history_ids += entry.history_ids
            continue
        if last is not None:
            yield last
        last = entry
    if last is not None:
        yield last


def _tell(entries: Sequence[Entry]) -> None:
    """Fills in the words of one page of entries: one query per kind of fact, one for people, one for teams."""
    names = _Names()
    for entry in entries:
        entry.by = names.person(entry.person_id)
    for model in {entry.model for entry in entries}:
        _tell_of(model, [entry for entry in entries if entry.model is model], names)


def _tell_of(model: type[models.Model], entries: list[Entry], names: _Names) -> None:
    wanted = [entry.row_ids[0] for entry in entries if not entry.is_many]
    told = {}
    before: dict[int, Any] = {}
    for row in model.history.filter(id__in=wanted).order_by("history_date", "history_id"):
        told[row.history_id] = (row, before.get(row.id))
        before[row.id] = row
    for entry in entries:
        if entry.is_many:
            entry.what = _("%(count)s %(what)s") % {
                "count": f"{len(entry.row_ids):,}",
                "what": model._meta.verbose_name_plural,
            }
        elif entry.history_ids[0] in told:
            _tell_one(entry, *told[entry.history_ids[0]], names)


def _tell_one(entry: Entry, row: Any, previous: Any, names: _Names) -> None:
    entry.what = f"{capfirst(entry.model._meta.verbose_name)}: {row.instance}"
    entry.why = row.history_change_reason or ""
    if previous is not None:
        entry.changes = list(_changes(entry.model, previous, row, names))


def _changes(model: type[models.Model], previous: Any, row: Any, names: _Names) -> Iterator[Change]:
    for column in model._meta.concrete_fields:
        before, after = getattr(previous, column.attname), getattr(row, column.attname)
        if before != after and column.name not in BOOKKEEPING:
            yield Change(
                capfirst(column.verbose_name), _said(column, before, names), _said(column, after, names)
            )


def _said(column: models.Field, value: Any, names: _Names) -> str:
    if value in (None, ""):
        return _("nothing")
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if column.is_relation:
        return names.related(column.related_model, value)
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "D j M Y, H:i")
    if isinstance(value, date):
        return date_format(value, "D j M Y")
    return f"{value:g}" if isinstance(value, float) else str(value)


class _Names:
    """Names of people and teams, each table read once when it is first needed: a unit has few of both."""

    def __init__(self) -> None:
        self._tables: dict[type[models.Model], dict[int, str]] = {}

    def person(self, pk: int | None) -> str:
        return _("not known") if pk is None else self.related(Person, pk)

    def related(self, model: type[models.Model], pk: int) -> str:
        if model not in (Person, Team):
            return _("another record")
        if model not in self._tables:
            self._tables[model] = {row.pk: str(row) for row in model._default_manager.all()}
        return self._tables[model].get(pk, _("not known"))
