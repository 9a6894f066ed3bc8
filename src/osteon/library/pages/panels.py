"""What other apps put below a topic's own sections (``settings.LIBRARY_TOPIC_PANELS`` names who)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Panel:
    """``template`` is a Jinja template that gets ``context``; ``key`` is the anchor of the heading."""

    key: str
    heading: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
