"""What has to be true before a version reaches readers (``settings.LIBRARY_PUBLISH_GATES``)."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, Revision

from osteon.library.editorial.models import Approval
from osteon.library.pages.publishing import PublishRefused


def approved(page: Page, revision: Revision, user: Any) -> None:
    """A version that a person saved needs a second person's approval. What the loader and the case packages
    bring was approved where it came from, and no person saved it here."""
    if revision.user_id is None:
        return
    if not Approval.objects.filter(revision_id=revision.pk).exclude(by_id=revision.user_id).exists():
        raise PublishRefused("This version has not been approved by a second person.")
