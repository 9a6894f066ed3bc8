"""What a reader did with its input: read, mapped, kept unmapped, refused, each with counts and reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


class SourceRefused(ValueError):
    """The whole source is damaged or foreign: nothing of it was taken. The text is for a person."""


@dataclass(slots=True)
class ReadReport:
    """Counts of rows. ``read == mapped + kept + refused`` once reading is done."""

    source: str
    read: int = 0
    mapped: Counter[str] = field(default_factory=Counter)
    kept: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    remarks: Counter[str] = field(default_factory=Counter)

    def add(self, other: ReadReport) -> None:
        """Adds the counts of another report (the next file) to this one."""
        self.read += other.read
        for mine, theirs in (
            (self.mapped, other.mapped),
            (self.kept, other.kept),
            (self.refused, other.refused),
            (self.remarks, other.remarks),
        ):
            mine.update(theirs)

    def as_dict(self) -> dict[str, object]:
        """The report as plain data, for JSON."""
        return {
            "source": self.source,
            "read": self.read,
            "mapped": dict(self.mapped.most_common()),
            "kept_unmapped": dict(self.kept.most_common()),
            "refused": dict(self.refused.most_common()),
            "remarks": dict(self.remarks.most_common()),
        }
