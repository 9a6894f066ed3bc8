"""Around every request to the library: what a browser may do with the answer, and pages kept for the next."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from osteon.library.pages import caching

GetResponse = Callable[[HttpRequest], HttpResponse]

PUBLIC = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
)
# Wagtail's editor writes scripts and styles into its pages; still nothing from outside
EDITORS = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; "
    "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class PageHeaders:
    """Nothing from outside; nothing shown a second time without asking, for a page may have been withdrawn."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = EDITORS if request.path.startswith("/editors/") else PUBLIC
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        response.headers.setdefault("Cache-Control", "no-cache")
        return response


class PageCache:
    """Answers from the kept pages. Only pages of the tree are kept: their ``serve`` sets ``request.may_keep``."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not caching.may_be_kept(request):
            return self.get_response(request)
        name = caching.key(request)
        found = caching.kept(name)
        if found is not None:
            return found
        response = self.get_response(request)
        if response.status_code == 200 and getattr(request, "may_keep", False):
            caching.keep(name, response)
        return response
