"""Plain text for a terminal: tables, wrapped paragraphs, and a progress line that stays off paper and pipes."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
import time
from collections.abc import Iterable, Sequence
from typing import Any, TextIO

BAR = 24
REDRAW_AFTER = 0.1


def say(text: str = "") -> None:
    """Shown at once, also into a file or a pipe: somebody may be waiting for the line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def say_json(value: Any) -> None:
    say(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def width() -> int:
    return min(shutil.get_terminal_size((100, 24)).columns, 110)


def paragraph(text: str, indent: int = 0) -> str:
    return textwrap.fill(
        text, width(), initial_indent=" " * indent, subsequent_indent=" " * indent, break_on_hyphens=False
    )


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Columns as wide as their longest cell, numbers to the right."""
    cells = [[cell if isinstance(cell, str) else f"{cell:,}" for cell in row] for row in rows]
    numeric = [bool(cells) and all(_is_number(row[i]) for row in cells) for i in range(len(headings))]
    widths = [max(len(row[i]) for row in [list(headings), *cells]) for i in range(len(headings))]

    def line(row: Sequence[str]) -> str:
        parts = (
            cell.rjust(wide) if right else cell.ljust(wide)
            for cell, wide, right in zip(row, widths, numeric, strict=True)
        )
        return "  ".join(parts).rstrip()

    return "\n".join([line(headings), line(["-" * wide for wide in widths]), *map(line, cells)])


def _is_number(cell: str) -> bool:
    return cell.replace(",", "").replace(".", "", 1).isdigit()


class Progress:
    """A line on standard error while something takes long; silent when nobody is watching.

    ``total`` 0 means that nobody knows how much there is: then it counts.
    """

    def __init__(self, what: str, total: int = 0, stream: TextIO | None = None) -> None:
        self.what, self.total = what, total
        self.stream = stream or sys.stderr
        self.shown = self.stream.isatty()
        self.done = 0
        self._drawn_at = 0.0

    def __enter__(self) -> Progress:
        self._draw()
        return self

    def __exit__(self, *exc: object) -> None:
        if self.shown:
            self.stream.write("\r\x1b[K")
            self.stream.flush()

    def advance(self, count: int = 1) -> None:
        self.done += count
        if time.monotonic() - self._drawn_at >= REDRAW_AFTER:
            self._draw()

    def _draw(self) -> None:
        if self.shown:
            self._drawn_at = time.monotonic()
            self.stream.write(f"\r\x1b[K{self.line()}")
            self.stream.flush()

    def line(self) -> str:
        if not self.total:
            return f"{self.what}: {self.done:,}"
        full = min(BAR, BAR * self.done // self.total)
        share = min(100, 100 * self.done // self.total)
        return f"{self.what} [{'#' * full}{'.' * (BAR - full)}] {share} %"
