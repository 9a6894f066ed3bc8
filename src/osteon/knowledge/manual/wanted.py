"""The page of what is wanted: published rules that cannot be written down yet."""

from __future__ import annotations

from osteon.knowledge.manual.layout import GENERATED, cell, table
from osteon.knowledge.wanted_limb import WANTED as LIMB
from osteon.knowledge.wanted_spine import WANTED as SPINE


def wanted_page() -> str:
    """Every rule that is wanted, what is missing, and where to look."""
    lines = [
        GENERATED,
        "# Wanted",
        "",
        "Published rules that cannot be computed from what could be read. Nothing was filled in from memory; whoever",
        "holds the paper can add the rule.",
        "",
        table("rule", "what is missing", "where to look", "section"),
    ]
    lines += [
        f"| {cell(one.title)} | {cell(one.missing)} | {cell(one.where)} | {cell(one.section)} |"
        for one in (*LIMB, *SPINE)
    ]
    return "\n".join(lines) + "\n"
