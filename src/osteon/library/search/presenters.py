"""Results as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from osteon.library.search.documents import AUDIENCES
from osteon.library.search.queries import Results

KIND_NAMES: dict[str, str | Promise] = {
    "topics": _("Health topics"),
    "tests": _("Tests"),
    "treatments": _("Treatments"),
    "services": _("Our services"),
    "gps": _("For GPs"),
    "stories": _("Patient stories"),
    "news": _("News"),
    "cases": _("Case studies"),
    "external": _("Topics elsewhere"),
    "trials": _("Clinical trials"),
    "articles": _("Journal articles"),
}
AUDIENCE_NAMES: dict[str, str | Promise] = {
    "patients": _("Patients and families"),
    "teenagers": _("Teenagers"),
    "children": _("Children"),
    "gps": _("GPs"),
}
LANGUAGE_NAMES = {"en": "English", "es": "Español"}


@dataclass(frozen=True)
class Choice:
    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class ResultsView:
    """What the template needs beside the results: filters, and addresses of pages and of the uncorrected search."""

    results: Results
    asked: dict[str, str]

    @property
    def kinds(self) -> list[Choice]:
        """Every kind that has something, with how much; the chosen one stays even when it has nothing."""
        found = {"": sum(self.results.kinds.values()), **self.results.kinds}
        chosen = self.asked["kind"]
        found.setdefault(chosen, 0)
        return [Choice(kind, f"{self._kind_name(kind)} ({n})", kind == chosen) for kind, n in found.items()]

    def _kind_name(self, kind: str) -> str:
        return str(KIND_NAMES[kind]) if kind else gettext("Everything")

    @property
    def audiences(self) -> list[Choice]:
        chosen = self.asked["audience"]
        everyone = Choice("", gettext("Everyone"), not chosen)
        return [everyone, *(Choice(a, str(AUDIENCE_NAMES[a]), a == chosen) for a in AUDIENCES)]

    @property
    def languages(self) -> list[Choice]:
        chosen = self.asked["in"]
        both = Choice("", gettext("English and Spanish"), not chosen)
        return [both, *(Choice(key, name, key == chosen) for key, name in LANGUAGE_NAMES.items())]

    @property
    def as_typed_url(self) -> str:
        return self._url(exactly="1", page="")

    @property
    def previous_url(self) -> str:
        return self._url(page=str(self.results.page - 1)) if self.results.page > 1 else ""

    @property
    def next_url(self) -> str:
        return self._url(page=str(self.results.page + 1)) if self.results.page < self.results.pages else ""

    def _url(self, **changed: str) -> str:
        kept = {name: value for name, value in {**self.asked, **changed}.items() if value}
        return f"?{urlencode(kept)}"

    def kind_name(self, kind: str) -> str:
        return str(KIND_NAMES[kind])

    def language_name(self, language: str) -> str:
        return LANGUAGE_NAMES[language]


def asked_for(given: Any) -> dict[str, str]:
    """The parameters of a search, known values only: anything else is as if it had not been given."""
    known = {"kind": KIND_NAMES, "audience": AUDIENCE_NAMES, "in": LANGUAGE_NAMES, "exactly": {"1": ""}}
    asked = {name: value for name, values in known.items() if (value := given.get(name, "")) in values}
    page = given.get("page", "")
    asked["page"] = page if page.isdecimal() and len(page) < 5 else ""
    asked["q"] = " ".join(given.get("q", "").replace("\x00", " ").split())[:200]
    return {name: asked.get(name, "") for name in ("q", "kind", "audience", "in", "exactly", "page")}
