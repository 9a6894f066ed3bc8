"""Many patients: each a pure function of the seed and its place, whoever asks and in whatever order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from multiprocessing import get_context
from typing import Any, Final

import polars as pl

from osteon.events.schema import MOMENT, SCHEMA, Event
from osteon.events.simulator.case import Case, draw_baseline, draw_case, draw_diagnosis
from osteon.events.simulator.chance import generator
from osteon.events.simulator.figures import COHORT, DIAGNOSES
from osteon.events.simulator.host import Host, draw_host
from osteon.events.simulator.journey import Journey
from osteon.events.simulator.markers import Marker, crp_of_operation, esr_of_operation
from osteon.events.simulator.pathway import tell_story
from osteon.events.simulator.people import invent
from osteon.events.simulator.story import CORE, EXAMINED, FULL, MINUTES_PER_DAY, Row, Story
from osteon.events.subjects import Subject

EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - the stream is UTC without a zone
DETAILS: Final = {"core": CORE, "examined": EXAMINED, "full": FULL}
_SUBJECTS_PER_SEED: Final = 1_000_000_000
_MICROSECONDS: Final = 60_000_000


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where the cohort's day 0 lies. ``until``: what is not known by then is left out; None tells everything."""

    day_zero: date
    until: datetime | None

    @classmethod
    def ending(cls, until: datetime | None) -> Calendar:
        """The last referral in the week of ``until``, else on the date of ``cohort.toml``; a Monday either way."""
        if until is None:
            return cls(COHORT["calendar"]["last_referral"], None)
        return cls((until - timedelta(days=until.weekday())).date(), until)

    @property
    def midnight(self) -> int:
        """Minutes since 1970 at day 0."""
        return (self.day_zero - EPOCH.date()).days * MINUTES_PER_DAY

    @property
    def limit(self) -> int | None:
        return None if self.until is None else int((self.until - EPOCH).total_seconds() // 60)


@dataclass(frozen=True, slots=True)
class Patient:
    """A simulated patient: the host, the infection, and the rows of the story."""

    seed: int
    index: int
    subject_id: int
    host: Host
    case: Case
    referred: date
    started: date
    failed: date | None
    rows: list[Row]

    @property
    def subject(self) -> Subject:
        """The invented person."""
        random = generator(self.seed, self.index, "person")
        return invent(self.subject_id, self.index, random, self.host, self.referred)

    def events(self) -> list[Event]:
        """The story as events of the stream."""
        return [_event(self.subject_id, row) for row in self.rows]


def simulate_patient(seed: int, index: int, calendar: Calendar, detail: str = "core") -> Patient:
    """The patient at that place of that seed's cohort."""
    subject_id = seed * _SUBJECTS_PER_SEED + index + 1
    journey = new_journey(seed, index, subject_id, calendar, DETAILS[detail])
    tell_story(journey)
    referred = calendar.day_zero + timedelta(days=journey.referred)
    return Patient(
        seed=seed,
        index=index,
        subject_id=subject_id,
        host=journey.host,
        case=journey.case,
        referred=referred,
        started=calendar.day_zero + timedelta(days=journey.started),
        failed=None if journey.failed is None else calendar.day_zero + timedelta(days=journey.failed),
        rows=journey.story.in_order(),
    )


def new_journey(seed: int, index: int, subject_id: int, calendar: Calendar, detail: int) -> Journey:
    """A patient before anything has happened: host, case and markers drawn, nothing told."""
    random = generator(seed, index, "story")
    diagnosis = draw_diagnosis(random)
    host = draw_host(random, DIAGNOSES[diagnosis]["host_age"], diagnosis == "diabetic-foot")
    case = draw_case(random, diagnosis, host)
    crp, esr = draw_baseline(random, host)
    spread = COHORT["calendar"]["spread_days"]
    return Journey(
        story=Story(subject_id, detail, calendar.limit),
        random=random,
        noise=generator(seed, index, "laboratory"),
        looked=generator(seed, index, "examination"),
        host=host,
        case=case,
        crp=Marker(crp, crp_of_operation),
        esr=Marker(esr, esr_of_operation),
        midnight=calendar.midnight,
        referred=-int(random.random() * spread),
    )


def simulate(
    patients: int, seed: int, until: datetime | None = None, *, detail: str = "core"
) -> Iterator[tuple[Subject, list[Event]]]:
    """Patients one by one, each with the whole story up to ``until`` (UTC, no zone).

    ``detail``: ``core`` holds what monitoring rules and outcomes read (about 50 events a patient), ``examined``
    also what definitions ask, ``full`` also the rest of each panel, negative answers and every contact. The story
    is the same.

    Raises:
        ValueError: for a negative number of patients or an unknown detail.
    """
    check(patients, seed, detail)
    calendar = Calendar.ending(until)
    for index in range(patients):
        patient = simulate_patient(seed, index, calendar, detail)
        yield patient.subject, patient.events()


def check(patients: int, seed: int, detail: str) -> None:
    """Refuses what cannot be simulated, in words.

    Raises:
        ValueError: with a sentence for the person who asked.
    """
    if not 0 <= patients < _SUBJECTS_PER_SEED:
        raise ValueError(f"the number of patients must be from 0 to {_SUBJECTS_PER_SEED - 1:,}")
    if not 0 <= seed <= 9_000_000_000:
        raise ValueError("the seed must be from 0 to 9,000,000,000")
    if detail not in DETAILS:
        raise ValueError(f"the detail must be one of {', '.join(DETAILS)}")


def simulate_frames(
    patients: int,
    seed: int,
    until: datetime | None = None,
    *,
    detail: str = "core",
    per_frame: int = 2000,
    workers: int = 1,
) -> Iterator[pl.DataFrame]:
    """The same stories as tables of ``SCHEMA``, ``per_frame`` patients at a time, sorted by patient and time.

    ``workers``: processes that share the work; the tables and their order do not depend on it. Memory holds a
    few tables, however many patients are asked for.
    """
    check(patients, seed, detail)
    calendar = Calendar.ending(until)
    pieces = [
        (seed, first, min(per_frame, patients - first), calendar, detail)
        for first in range(0, patients, per_frame)
    ]
    if workers < 2 or len(pieces) < 2:
        yield from map(_frame, pieces)
        return
    # a fresh interpreter for each worker: Polars' threads do not survive a fork
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from _in_turn(pool, pieces, ahead=workers + 1)


_Piece = tuple[int, int, int, Calendar, str]  # seed, first patient, how many, calendar, detail


def _in_turn(pool: ProcessPoolExecutor, pieces: list[_Piece], ahead: int) -> Iterator[pl.DataFrame]:
    """Tables in the order of the pieces, only ``ahead`` of them being made at once."""
    waiting = deque(pool.submit(_frame, piece) for piece in pieces[:ahead])
    for piece in pieces[ahead:]:
        yield waiting.popleft().result()
        waiting.append(pool.submit(_frame, piece))
    while waiting:
        yield waiting.popleft().result()


def _frame(piece: _Piece) -> pl.DataFrame:
    seed, first, count, calendar, detail = piece
    return to_table(simulate_patient(seed, first + place, calendar, detail) for place in range(count))


def to_table(patients: Iterator[Patient]) -> pl.DataFrame:
    """Rows of patients as one table of ``SCHEMA``."""
    subjects: list[int] = []
    rows: list[Row] = []
    for patient in patients:
        rows.extend(patient.rows)
        subjects.extend([patient.subject_id] * len(patient.rows))
    columns = list(zip(*rows, strict=True)) or [()] * 13
    time, _, end, code, value, comparator, unit, text, low, high, recorded, source, original = columns
    values = (subjects, time, end, code, value, comparator, unit, text, low, high, recorded, source, original)
    return pl.DataFrame([_column(name, column) for name, column in zip(SCHEMA, values, strict=True)])


def _column(name: str, values: Sequence[Any]) -> pl.Series:
    if SCHEMA[name] == MOMENT:
        minutes = pl.Series(name, values, dtype=pl.Int64)
        return (minutes * _MICROSECONDS).cast(MOMENT)
    return pl.Series(name, values, dtype=SCHEMA[name])


def _event(subject_id: int, row: Row) -> Event:
    time, _, end, code, value, comparator, unit, text, low, high, recorded, source, original = row
    return Event(
        subject_id=subject_id,
        time=_moment(time),
        end=_moment(end),
        code=code,
        numeric_value=value,
        comparator=comparator,
        unit=unit,
        text_value=text,
        reference_low=low,
        reference_high=high,
        recorded_at=_moment(recorded),
        source=source,
        original=original,
    )


def _moment(minutes: int | None) -> datetime | None:
    return None if minutes is None else EPOCH + timedelta(minutes=minutes)
