"""Invented patients in the form in which the record takes any source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from osteon.events.report import ReadReport
from osteon.events.schema import Event, to_frame
from osteon.events.subjects import Subject

PATIENTS_TOGETHER = 50


@dataclass(slots=True)
class InventedSource:
    """People with their stories; ``osteon.standards.reading.Source``."""

    name: str
    stories: Sequence[tuple[Subject, Sequence[Event]]]
    kind: str = "Invented patients"
    names: dict[str, str] = field(default_factory=dict)
    report: ReadReport = field(default_factory=lambda: ReadReport(""))

    def subjects(self) -> Iterator[Subject]:
        """Everybody, in order."""
        yield from (subject for subject, _ in self.stories)

    def events(self) -> Iterator[pl.DataFrame]:
        """Whole patients, some at a time."""
        self.report = ReadReport(self.name)
        for first in range(0, len(self.stories), PATIENTS_TOGETHER):
            together = self.stories[first : first + PATIENTS_TOGETHER]
            table = to_frame([event for _, events in together for event in events])
            self.report.read += table.height
            self.report.mapped["invented events"] += table.height
            yield table
