"""What a rule says about one patient, with the facts behind it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

from osteon.rules.monitoring import OVERDUE_AFTER, URGENT_AFTER, Level, Monitoring, Status

Due = Literal["not due", "due", "overdue"]
DUE: tuple[Due, ...] = ("not due", "due", "overdue")
State = Literal["red", "amber", "overdue", "unknown", "due", "quiet", "does not apply"]
STATES: tuple[State, ...] = ("red", "amber", "overdue", "unknown", "due", "quiet", "does not apply")
FIRED: frozenset[State] = frozenset(STATES[:5])


@dataclass(frozen=True, slots=True)
class Evidence:
    """One fact behind an answer. ``source`` is the event's own, so that a page can open it."""

    what: str
    code: str
    value: float | None
    unit: str
    time: datetime | None
    threshold: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class FiredClause:
    """A threshold that is surely crossed."""

    key: str
    level: Level
    sentence: str
    status: Status
    provenance: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScheduleAnswer:
    """One test of a schedule: when it is due and how late it is."""

    what: str
    due: Due
    due_at: datetime
    last_at: datetime | None
    status: Status
    provenance: tuple[str, ...]


def due_state(late: timedelta) -> Due:
    """Not due, due, or overdue, from how long ago the test became due (negative: in the future)."""
    if late < timedelta(0):
        return "not due"
    return "due" if late < OVERDUE_AFTER else "overdue"


@dataclass(frozen=True, slots=True)
class Answer:
    """A rule's answer at one moment. ``level`` is certain; ``could_be`` is the worst the unknowns allow."""

    rule: Monitoring
    as_of: datetime
    applies: bool | None
    schedules: tuple[ScheduleAnswer, ...]
    level: Level | None
    could_be: Level | None
    asks: bool
    missing: tuple[str, ...]
    fired_clauses: tuple[FiredClause, ...]
    evidence: tuple[Evidence, ...]
    sentence: str

    @property
    def due(self) -> Due | None:
        """The worst of the schedules; ``None`` when the rule has none or does not apply."""
        return max((schedule.due for schedule in self.schedules), key=DUE.index, default=None)

    @property
    def due_at(self) -> datetime | None:
        """When the first test of the schedules is or was due."""
        return min((schedule.due_at for schedule in self.schedules), default=None)

    @property
    def urgent(self) -> bool:
        """Needs a clinician the same day: a red threshold, or a test that is late beyond the second limit."""
        late = self.due_at is not None and self.as_of - self.due_at >= URGENT_AFTER
        return self.level == "red" or (late and self.applies is True)

    @property
    def state(self) -> State:
        """The one word for lists and exports; the first of ``STATES`` that holds."""
        if self.applies is None:
            return "unknown"
        if not self.applies:
            return "does not apply"
        if self.level:
            return self.level
        if self.due == "overdue":
            return "overdue"
        if self.asks:
            return "unknown"
        return "due" if self.due == "due" else "quiet"

    @property
    def fired(self) -> bool:
        """Somebody should see this."""
        return self.applies is True and self.state in FIRED

    def as_dict(self) -> dict[str, object]:
        """The answer as plain data, for JSON."""
        return {
            "rule": self.rule.id,
            "state": self.state,
            "as_of": self.as_of.isoformat(),
            "due": self.due,
            "due_at": self.due_at.isoformat() if self.due_at else None,
            "could_be": self.could_be,
            "missing": list(self.missing),
            "sentence": self.sentence,
            "clauses": [asdict(clause) for clause in self.fired_clauses],
            "evidence": [asdict(item) for item in self.evidence],
        }
