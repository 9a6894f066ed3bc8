"""A definition's own page: what it is, how it stands in this unit, and its worked examples."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from osteon.knowledge import definition
from osteon.service.definitions.cards import cited
from osteon.service.definitions.caseload import agreement, comparable, in_cell
from osteon.service.definitions.switches import Standing, standings
from osteon.service.worklist.reading import note_listed
from osteon.service.worklist.rulebook import switches_of


def standing_of(rule_id: str) -> Standing:
    """A definition with the unit's last word on it, or 404."""
    try:
        found = definition(rule_id)
    except KeyError:
        raise Http404("There is no definition of this name.") from None
    return standings([found])[rule_id]


def compared(request: HttpRequest) -> dict[str, Any]:
    """Context of the agreement page: the matrix of two definitions, and who is in one of its cells."""
    either_way = ((one, other) for pair in comparable() for one, other in (pair, pair[::-1]))
    pairs = {f"{left.id} {right.id}": (left, right) for left, right in either_way}
    wanted = f"{request.GET.get('left', '')} {request.GET.get('right', '')}"
    if wanted not in pairs:
        raise Http404("These two definitions are not compared.")
    matrix = agreement(request.user, *pairs[wanted])
    answer, other = request.GET.get("answer", ""), request.GET.get("other", "")
    context = {"matrix": matrix, "answer": answer, "other": other, "page": None}
    if (answer, other) in matrix.cells:
        page = in_cell(request.user, matrix, answer, other, request.GET.get("page"))
        people = {row.episode.patient.survivor or row.episode.patient for row in page}
        what, path_name = "agreement of definitions", "definitions:agreement"
        note_listed(person=request.user, patients=people, what=what, path_name=path_name, now=timezone.now())
        context["page"] = page
    return context


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
