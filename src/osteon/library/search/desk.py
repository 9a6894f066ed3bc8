"""What readers searched and did not find, inside Wagtail's own pages (which ask for the sign-in)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from osteon.library.search import misses

SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def not_found(request: HttpRequest) -> HttpResponse:
    """The words asked most often; an editor who has dealt with one takes it off the list."""
    if request.method == "POST":
        misses.forget(request.POST.get("text", ""), request.POST.get("language", ""))
        return redirect("search_not_found")
    context = {"misses": misses.shown()[:SHOWN], "shown_from": misses.SHOWN_FROM}
    return render(request, "search/not_found.html", context, using="django")  # extends Wagtail's
