"""Load, check, call, render."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from osteon.service.definitions import calculators as asked
from osteon.service.definitions.doors import open_where_allowed

# Calculators


@open_where_allowed
@require_GET
def calculators(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "")[:100].strip()
    context = {"shelves": asked.shelves(wanted), "q": wanted, "count": len(asked.everything())}
    return render(request, "definitions/calculators.jinja", context)


@open_where_allowed
@require_GET
def calculator(request: HttpRequest, rule_id: str) -> HttpResponse:
    rule = asked.rule_named(rule_id)
    if request.htmx:
        return _piece(request, asked.worked(rule, request.GET), asked.clean_address(rule, request.GET))
    if not asked.is_clean(rule, request.GET):
        return redirect(asked.clean_address(rule, request.GET))
    return render(request, "definitions/calculator.jinja", asked.worked(rule, request.GET))


def _piece(request: HttpRequest, context: dict[str, Any], address: str) -> HttpResponse:
    """The answer alone; all of the bench when a danger takes its place, or gives it back."""
    whole = request.htmx.target == "bench" or bool(context["card"] and context["card"].urgent)
    response = render(request, "definitions/bench.jinja" if whole else "definitions/working.jinja", context)
    response.headers["HX-Replace-Url"] = address
    if whole:
        response.headers["HX-Retarget"] = "#bench"
    return response
