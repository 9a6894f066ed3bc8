"""Orders and doses of one patient as courses, admissions and discharges as stays in hospital."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import polars as pl

from osteon.events.report import ReadReport
from osteon.events.schema import Event, to_frame
from osteon.events.spells import JOIN, Spell, closed, doses, joined, paired
from osteon.standards.meds.mapping import ROLE, WHY
from osteon.standards.meds.meanings import Role

_STAY: Final = "OSTEON//admission//inpatient"
_COLUMNS: Final = ("subject_id", ROLE, "to_code", "code", "time", "source")
_ROLES: Final = [
    role.value for role in (Role.BEGINS_ORDER, Role.ENDS_ORDER, Role.DOSE, Role.BEGINS_STAY, Role.ENDS_STAY)
]

Row = tuple[datetime, str, str]  # time, source, the code as it came


@dataclass(slots=True)
class Story:
    """What one patient's rows say of drugs and stays."""

    begun: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    ended: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    given: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    died: list[datetime] = field(default_factory=list)

    def add(self, role: str, code: str, row: Row) -> None:
        """Files one row under what it means."""
        if role in (Role.BEGINS_ORDER, Role.BEGINS_STAY):
            self.begun[code].append(row)
        elif role in (Role.ENDS_ORDER, Role.ENDS_STAY):
            self.ended[code].append(row)
        elif role == Role.DOSE:
            self.given[code].append(row)
        else:
            self.died.append(row[0])


def lasting_events(frame: pl.DataFrame, report: ReadReport) -> pl.DataFrame:
    """Courses and stays of the patients of ``frame`` (whole patients, as ``mapping.with_meanings`` left it)."""
    died = pl.col("to_code") == "MEDS_DEATH"
    rows = frame.filter(pl.col(WHY).is_null() & pl.col("time").is_not_null())
    told = rows.filter(pl.col(ROLE).is_in(_ROLES) | died).select(_COLUMNS).rows()
    stories: dict[int, Story] = defaultdict(Story)
    for subject, role, to_code, code, time, source in told:
        stories[subject].add(role, to_code, (time, source, code))
    events = [event for subject, story in stories.items() for event in _events_of(subject, story, report)]
    report.remarks += Counter()  # drops what did not happen
    return to_frame(events)


def _events_of(subject: int, story: Story, report: ReadReport) -> Iterator[Event]:
    stays = _stays(story, report)
    for stay in stays:
        yield _stay_event(subject, stay, story)
    drugs = sorted({*story.begun, *story.ended, *story.given} - {_STAY})
    for drug in drugs:
        for spell in _spells_of(drug, story, stays, report):
            yield _course_event(subject, drug, spell, story)


def _stays(story: Story, report: ReadReport) -> list[Spell]:
    begun, ended = story.begun.get(_STAY, []), story.ended.get(_STAY, [])
    found = paired(((time, source) for time, source, _ in begun), (time for time, _, _ in ended))
    report.remarks["discharge without an admission: ends nothing"] += found.stops_alone + found.cancelled
    starts = [time for time, _, _ in begun]
    return [closed(spell, [*starts, *story.died]) for spell in found.spells]


def _spells_of(drug: str, story: Story, stays: list[Spell], report: ReadReport) -> list[Spell]:
    begun, ended = story.begun.get(drug, []), [time for time, _, _ in story.ended.get(drug, [])]
    ends_of_stays = [stay.end for stay in stays if stay.end] + story.died
    found = paired(((time, source) for time, source, _ in begun), ended, ends_of_stays)
    report.remarks["stop of a drug without a start: ends nothing"] += found.stops_alone
    report.remarks["order stopped before it began: never given"] += found.cancelled
    orders = [_closed_and_told(spell, [*ended, *ends_of_stays], stays, report) for spell in found.spells]
    given = doses((time, source) for time, source, _ in story.given.get(drug, []))
    return joined([*orders, *given])


def _closed_and_told(spell: Spell, limits: list[datetime], stays: list[Spell], report: ReadReport) -> Spell:
    """A start without a stop: a hospital's order lasts at most to the end of the stay it belongs to."""
    if spell.end is not None:
        return spell
    if stays and not any(_belongs(spell.start, stay) for stay in stays):
        report.remarks["start of a drug outside every stay, without a stop: only its start is kept"] += 1
        return spell._replace(end=spell.start)
    ended = closed(spell, limits)
    told = "left running" if ended.end is None else "ended at the next stop, discharge or death"
    report.remarks[f"start of a drug without a stop: {told}"] += 1
    return ended


def _belongs(moment: datetime, stay: Spell) -> bool:
    """Orders are written from the emergency room on, up to a day before the admission itself."""
    return stay.start - JOIN <= moment and (stay.end is None or moment <= stay.end)


def _course_event(subject: int, drug: str, spell: Spell, story: Story) -> Event:
    rows = (*story.begun.get(drug, ()), *story.given.get(drug, ()))
    written = next(code for _, source, code in rows if source == spell.source)
    return Event(subject, spell.start, drug, end=spell.end, source=spell.source, original=written)


def _stay_event(subject: int, stay: Spell, story: Story) -> Event:
    came = next(code for _, source, code in story.begun[_STAY] if source == stay.source)
    left = next((code for time, _, code in story.ended.get(_STAY, ()) if time == stay.end), "")
    words = "; ".join(filter(None, (_words(came), f"discharged: {_words(left)}" if left else "")))
    return Event(
        subject, stay.start, _STAY, end=stay.end, text_value=words or None, source=stay.source, original=came
    )


def _words(code: str) -> str:
    return code.partition("//")[2].replace("//", ", ").capitalize()
