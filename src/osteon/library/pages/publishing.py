"""The way to readers. Other parts of the library may refuse a version, or a text (named in the settings)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.module_loading import import_string
from wagtail.models import Page, PagePermissionTester, Revision


class PublishRefused(PermissionDenied):
    """This version may not be published; the words say why."""


def ask_gates(page: Page, revision: Revision, user: Any) -> None:
    for path in settings.LIBRARY_PUBLISH_GATES:
        import_string(path)(page, revision, user)


def ask_guards(page: Page) -> None:
    """Raises ``ValidationError`` where a text holds what no page may hold."""
    for path in settings.LIBRARY_TEXT_GUARDS:
        import_string(path)(page)


class Trunk(PagePermissionTester):
    """An index may be edited by who may publish; nothing is made or copied live beneath it."""

    def can_publish_subpage(self) -> bool:
        return False


class OnlyByApproval(Trunk):
    """Nobody has a button to publish: approving publishes. Taking down stays a permission."""

    def can_publish(self) -> bool:
        return False

    def can_schedule(self) -> bool:
        return False
