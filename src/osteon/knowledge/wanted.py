"""What the manual lists as wanted: published rules that cannot be written down yet, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wanted:
    """One rule that is wanted. ``where``: where to look; ``section``: of which reference file."""

    title: str
    missing: str
    where: str
    section: str
