"""The page of what is wanted: published rules that cannot be written down yet, and what each lacks."""

from __future__ import annotations

from osteon.knowledge.manual.layout import GENERATED
from osteon.knowledge.wanted import Wanted
from osteon.knowledge.wanted_limb import WANTED as LIMB
from osteon.knowledge.wanted_spine import WANTED as SPINE


def wanted_page() -> str:
    """The page as Markdown."""
    lines = [
        GENERATED,
        "# Wanted",
        "",
        "Published rules that are not written down here, or not yet confirmed, because something was not found. None",
        "of them is computed from a guess. Whoever has the paper can help: what is missing stands beside each.",
    ]
    for title, wanted in (("Limb and joint", LIMB), ("Spine", SPINE)):
        lines += ["", f"## {title}", "", "| rule | what is missing | where to look |", "|---|---|---|"]
        lines += [_row(one) for one in wanted]
    return "\n".join(lines) + "\n"


def _row(one: Wanted) -> str:
    cells = (one.title, one.missing, one.where)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
