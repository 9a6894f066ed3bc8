"""A definition's own page: what it is, how it stands in this unit, and its worked examples."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from osteon.knowledge import definition
from osteon.service.definitions.cards import cited
from osteon.service.definitions.switches import Standing, standings
from osteon.service.worklist.rulebook import switches_of


def standing_of(rule_id: str) -> Standing:
    """A definition with the unit's last word on it, or 404."""
    try:
        found = definition(rule_id)
    except KeyError:
        raise Http404("There is no definition of this name.") from None
    return standings([found])[rule_id]


def about(rule_id: str) -> dict[str, Any]:
    """Context of a definition's page."""
    standing = standing_of(rule_id)
    return {
        "standing": standing,
        "definition": standing.definition,
        "criteria": [(one, tuple(map(cited, one.source))) for one in standing.definition.criteria],
        "sources": tuple(map(cited, standing.definition.sources)),
        "examples": examples_of(standing.definition.examples),
        "switches": switches_of(rule_id),
    }


def examples_of(table: str) -> list[list[str]]:
    """The worked examples, as rows of case, facts, answer."""
    rows = [line.strip() for line in table.strip().splitlines() if line.strip()]
    return [[cell.strip() for cell in row.split("|")] for row in rows[2:]]
