"""What every reader offers, whatever it reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import polars as pl

from osteon.events.report import ReadReport
from osteon.events.subjects import Subject


class Source(Protocol):
    """A place events come from.

    ``subjects`` and ``events`` may each be walked more than once, and give the same every time. ``report``
    is complete once ``events`` has been walked to its end; each new walk starts it afresh.
    """

    kind: str
    """What it is, in words for a person: "FHIR R4 bundle", "MEDS Parquet"."""
    name: str
    """The file's or folder's own name, without the path."""
    report: ReadReport
    names: dict[str, str]
    """What the source itself calls a code, for codes our vocabulary does not name. Filled by ``events``."""

    def subjects(self) -> Iterator[Subject]:
        """Everyone the source is about.

        Raises:
            SourceRefused: when the source is damaged.
        """
        ...

    def events(self) -> Iterator[pl.DataFrame]:
        """The stream in tables with the columns of ``SCHEMA``; no patient's rows are in two of them.

        Raises:
            SourceRefused: when the source is damaged; what was yielded before must then be thrown away.
        """
        ...
