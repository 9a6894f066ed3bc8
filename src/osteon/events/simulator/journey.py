"""A patient's way through the unit while it is being simulated: what every chapter of the story shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from osteon.events.simulator.case import Case
from osteon.events.simulator.figures import Harm
from osteon.events.simulator.host import Host
from osteon.events.simulator.markers import Marker
from osteon.events.simulator.story import MINUTES_PER_DAY, Story

THURSDAY = 3
SATURDAY = 5


@dataclass(slots=True, eq=False)
class Course:
    """One drug by one way, from its first day to its last. ``planned`` and ``end`` are days of the calendar."""

    drug: str
    way: str
    start: int
    planned: int
    end: int
    dose: str
    levels: int = 0  # how many troughs have been taken
    sub_target: bool = False

    @property
    def is_intravenous(self) -> bool:
        return self.way == "iv"


@dataclass(frozen=True, slots=True, eq=False)
class Suffered:
    """A toxicity this patient has. ``onset`` is the day the threshold is crossed."""

    harm: Harm
    course: Course
    onset: float
    overshoot: float
    has_symptom: bool
    is_acted_on: bool


@dataclass(slots=True)
class Visit:
    """Bloods and questions. ``kind``: baseline, admission, day-one, ward, start (of a drug), monitoring, end, follow-up."""

    day: int
    kind: str
    hour: int = 10
    lost_days: int = 0
    is_telling: bool = False  # its CRP belongs to the core: day 3 on the ward, three months, two years


@dataclass(slots=True)
class Journey:
    """Days are counted in the cohort's own calendar, in which day 0 is a Monday."""

    story: Story
    random: Random  # draws the story
    looked: Random  # draws what an examination finds, apart likewise
    noise: Random  # draws the laboratory's noise, apart, so that detail changes no story
    host: Host
    case: Case
    crp: Marker
    esr: Marker
    midnight: int  # minutes since 1970 at day 0
    referred: int
    courses: list[Course] = field(default_factory=list)
    suffered: list[Suffered] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    operated: list[int] = field(default_factory=list)
    seen: int = 0  # first contact
    started: int = 0  # first day of treatment
    finished: int = 0  # last planned day of treatment
    died: int | None = None
    failed: int | None = None

    def at(self, day: float, hour: float) -> int:
        """A minute on that day, within the hour from ``hour``."""
        return self.midnight + int(day) * MINUTES_PER_DAY + int(hour * 60 + self.random.random() * 55)

    def is_alive(self, day: float) -> bool:
        return self.died is None or day < self.died

    def on(self, day: float) -> list[Course]:
        """The courses running on that day."""
        return [course for course in self.courses if course.start <= day < course.end]


def working_day(day: int) -> int:
    """The day itself, or the Monday after a weekend."""
    weekday = day % 7
    return day + 7 - weekday if weekday >= SATURDAY else day


def meeting_day(day: int) -> int:
    """The Thursday on or after: the unit meets weekly."""
    return day + (THURSDAY - day) % 7
