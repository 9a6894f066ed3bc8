"""Images of case studies. They are never files of the web server: each look asks for consent."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from osteon.library.cases import queries


def image(request: HttpRequest, key: UUID) -> HttpResponse:
    found = queries.shown_image(key)
    if found is None or not found.file.exists():
        raise Http404
    answer = HttpResponse(found.file.read_bytes(), content_type="image/webp")
    # Nobody on the way keeps a copy: withdrawal has to reach every reader at once
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, noimageindex"
    return answer
