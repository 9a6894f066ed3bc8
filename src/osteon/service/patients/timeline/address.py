"""Addresses of the timeline: everything that is chosen stands in the query, so a view can be shared and printed."""

from __future__ import annotations

from collections.abc import Mapping
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

    def period(self, first: date, last: date) -> str:
        """A link that picks out a period and lists its facts, in the stretch of time that is shown."""
        return self.link(
            f"{self.anchor}-period", period_from=first.isoformat(), period_to=last.isoformat(), page=None
        )

    def hidden(self, *without: str) -> list[tuple[str, str]]:
        """What a form must carry on so that nothing else that was chosen is lost."""
        return [(name, value) for name, value in sorted(self.params.items()) if name not in without and value]


NO_PERIOD: Final = {"period_from": None, "period_to": None}


def _named(changes: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name.rstrip("_"): value for name, value in changes.items()}
