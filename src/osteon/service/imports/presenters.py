"""The report of an import in words, for the page and for the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osteon.events.vocabulary import name_of
from osteon.service.imports.models import ImportRun
from osteon.service.patients.models import Patient

PARTS: tuple[tuple[str, Promise], ...] = (
    ("mapped", _("Mapped")),
    ("kept_unmapped", _("Kept under their own code")),
    ("refused", _("Refused, and why")),
    ("remarks", _("Remarks")),
)


@dataclass(frozen=True, slots=True)
class Counts:
    """One part of the report: what and how often, the most frequent first; ``rest`` counts what is not shown."""

    title: str
    rows: list[tuple[str, int]]
    rest: int
    rest_rows: int


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """One subject whose identity is in doubt."""

    system: str
    why: str
    holder: Patient | None


def counted(runs: Iterable[ImportRun], limit: int | None) -> list[Counts]:
    """The parts of one or several reports, added up, each to at most ``limit`` lines."""
    listed = list(runs)
    found = [
        _counts(str(title), [run.report.get(part, {}) for run in listed], limit) for part, title in PARTS
    ]
    return [counts for counts in found if counts.rows]


def _counts(title: str, reports: list[dict[str, int]], limit: int | None) -> Counts:
    total: dict[str, int] = {}
    for report in reports:
        for what, count in report.items():
            total[what] = total.get(what, 0) + count
    ordered = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    shown, hidden = ordered[:limit], ordered[len(ordered[:limit]) :]
    return Counts(title, [(with_name(w), n) for w, n in shown], len(hidden), sum(n for _w, n in hidden))


def with_name(what: str) -> str:
    """A stream code with what it means; anything else as it is.

    >>> with_name("LOINC//1988-5")
    'LOINC//1988-5 C-reactive protein'
    """
    name = name_of(what)
    return what if name in (what, what.partition("//")[2]) else f"{what} {name}"


def totals(run: ImportRun) -> tuple[int, int, int, int]:
    """Rows read, mapped, kept and refused."""
    parts = (sum(run.report.get(part, {}).values()) for part in ("mapped", "kept_unmapped", "refused"))
    return (run.report.get("read", 0), *parts)  # type: ignore[return-value]


def news(run: ImportRun) -> str:
    """What came into the record: ``1 patient, 480 results, 54 findings``; ``nothing new``."""
    if run.state == ImportRun.State.REFUSED:
        return "refused"
    added = {"patient": run.added["patients"], **run.added["added"]}
    said = [in_number(count, what) for what, count in added.items() if count]
    corrected = sum(run.added["corrected"].values())
    if corrected:
        said.append(f"{corrected:,} corrected")
    if run.added["patients_completed"] and not said:
        said.append(f"{in_number(run.added['patients_completed'], 'patient')} completed")
    return ", ".join(said) or "nothing new"


def in_number(count: int, what: str) -> str:
    """``1 allergy``, ``2 allergies``."""
    plural = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count:,} {what if count == 1 else plural}"


def conflict_lines(run: ImportRun, holders: dict[str, Patient]) -> list[ConflictLine]:
    """Whose identity is in doubt, with the record that has the number."""
    return [
        ConflictLine(
            conflict["system"].removeprefix("hospital:"), conflict["why"], holders.get(conflict["holder"])
        )
        for conflict in run.conflicts
    ]
