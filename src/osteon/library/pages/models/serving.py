"""How a page of the tree answers a reader."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse


class Kept:
    """Pages that may be kept for the next reader (see ``caching``)."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.may_keep = True  # type: ignore[attr-defined]
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]
