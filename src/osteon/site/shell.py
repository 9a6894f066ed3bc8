"""What every page needs around its content: navigation by permission, banner, version, search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from osteon.service.accounts.models import Person
from osteon.service.accounts.permissions import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the navigation; ``permission=None`` is for everybody who is signed in."""

    name: str
    text: Promise
    permission: Permission | None


ENTRIES = (
    Entry("worklist:today", _("Today"), Permission.VIEW_WORKLIST),
    Entry("worklist:tasks", _("Tasks"), Permission.VIEW_WORKLIST),
    Entry("patients:search", _("Patients"), Permission.VIEW_PATIENT),
    Entry("worklist:handover", _("Handover"), Permission.VIEW_HANDOVER),
    Entry("worklist:rules", _("Rules"), Permission.VIEW_WORKLIST),
    Entry("definitions:calculators", _("Calculators"), Permission.VIEW_WORKLIST),
    Entry("definitions:caseload", _("Definitions"), Permission.VIEW_CASELOAD),
    Entry("imports:runs", _("Imports"), Permission.IMPORT_DATA),
    Entry("accounts:trail", _("Audit"), Permission.VIEW_AUDIT),
    Entry("accounts:break_glasses", _("Break glass"), Permission.VIEW_AUDIT),
    Entry("accounts:people", _("People"), Permission.MANAGE_ACCOUNTS),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of every Jinja page: ``me``, ``shell``, ``Permission``. No query beyond the signed-in person."""
    person = getattr(request, "user", None)
    person = person if isinstance(person, Person) and person.is_active else None
    return {
        "me": person,
        "Permission": Permission,
        "shell": {
            "navigation": navigation(person, request.path) if person else [],
            "search_url": _search_url(person),
            "demonstration": settings.OSTEON_DEMONSTRATION,
            "unit_name": settings.OSTEON_UNIT_NAME,
            "version": settings.OSTEON_VERSION,
            "idle_minutes": settings.OSTEON_IDLE_MINUTES if person else 0,
            "csp_nonce": getattr(request, "csp_nonce", ""),
            "language": (get_language() or "en").split("-")[0],
            "languages": [{"code": code, "name": str(name)} for code, name in settings.LANGUAGES],
        },
    }


def navigation(person: Person, path: str) -> list[dict[str, Any]]:
    """The entries ``person`` may open, in the order of ``ENTRIES``; pages that do not exist are left out."""
    entries = []
    for entry in ENTRIES:
        href = address(entry.name) if entry.permission is None or person.can(entry.permission) else ""
        if href:
            entries.append({"href": href, "text": str(entry.text), "current": path.startswith(href)})
    return entries


def address(name: str, *args: Any, **kwargs: Any) -> str:
    """The path of the page ``name``, or nothing when no app offers it."""
    try:
        return reverse(name, args=args, kwargs=kwargs)
    except NoReverseMatch:
        return ""


def first_page(person: Person) -> str:
    """Where a person lands after signing in: the first entry they may open, else their own account."""
    entries = navigation(person, "")
    return str(entries[0]["href"]) if entries else reverse("accounts:account")


def _search_url(person: Person | None) -> str:
    allowed = person is not None and person.can(Permission.VIEW_PATIENT)
    return address("patients:search") if allowed else ""
