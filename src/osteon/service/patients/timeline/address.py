"""Addresses of the timeline: everything that is chosen stands in the query, so a view can be shared and printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from urllib.parse import urlencode

from osteon.service.patients.timeline.window import Window

# The timeline's own parameters. Others on the same address (a tab) are kept in every link.
PARAMETERS: Final = (
    "from",
    "to",
    "span",
    "marker",
    "overlay",
    "scale",
    "known",
    "sort",
    "page",
    "period_from",
    "period_to",
)
WINDOW_PARAMETERS: Final = ("from", "to", "span", "page")


@dataclass(frozen=True, slots=True)
class Address:
    """A path with its query. ``link(sort="what")`` changes parameters, ``None`` removes them."""

    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    anchor: str = "timeline"

    def link(self, anchor: str | None = None, **changes: str | None) -> str:
        """This address with some parameters changed, in an order that never varies."""
        merged = {**{name: self.params[name] for name in self.params}, **_named(changes)}
        query = urlencode(
            [(name, value) for name, value in sorted(merged.items()) if value not in (None, "")]
        )
        return (
            f"{self.path}?{query}#{anchor or self.anchor}"
            if query
            else f"{self.path}#{anchor or self.anchor}"
        )

    def window(self, window: Window) -> str:
        """A link to another stretch of time."""
        return self.link(
            from_=window.first.isoformat(), to=window.last.isoformat(), span=None, page=None, **NO_PERIOD
        )

    def periods(self) -> Callable[[date, date], str]:
        """Makes links that pick out a period and list its facts, in the stretch of time that is shown.

        A drawing holds hundreds of them: the query is put together once, and only the days are filled in.
        """
        pattern = self.link(f"{self.anchor}-period", period_from=FIRST, period_to=LAST, page=None)
        return lambda first, last: pattern.replace(FIRST, first.isoformat()).replace(LAST, last.isoformat())

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """What a form must carry on so that nothing else that was chosen is lost."""
        return [(name, value) for name, value in sorted(self.params.items()) if name not in without and value]


FIRST, LAST = "first-day-of-period", "last-day-of-period"
NO_PERIOD: Final = {"period_from": None, "period_to": None}


def _named(changes: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name.rstrip("_"): value for name, value in changes.items()}
