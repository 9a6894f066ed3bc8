"""Who reviewed what, which links are broken, and which names no page may hold."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from osteon.library.editorial import approving


class ClinicalReview(AbstractGroupApprovalTask):
    """The one step between a draft and its readers: a clinical reviewer, who wrote nothing of it, approves."""

    class Meta:
        verbose_name = _("clinical review by a second person")

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        if user.pk in approving.authors(obj) or not self._user_in_groups(user):
            return []
        return [
            ("reject", _("Send back with a comment"), True),
            ("approve", _("Approve and publish"), False),
            ("approve", _("Approve and publish with a comment"), True),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Checked again here: a form can be posted without having been shown."""
        page = task_state.workflow_state.content_object
        if user.pk in approving.authors(page) or not self._user_in_groups(user):
            raise PermissionDenied(_("A second person has to review this page."))
        if action_name == "approve":
            revision = page.get_latest_revision()
            approving.sign(revision, user)
            Approval.objects.get_or_create(
                revision_id=revision.pk,
                defaults={"page": page, "by": user, "comment": kwargs.get("comment", "")},
            )
        super().on_action(task_state, user, action_name, **kwargs)


class Approval(models.Model):
    """A clinical reviewer approved one version of a page. Only such a version is ever published."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="approvals")
    revision_id = models.PositiveBigIntegerField(unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    comment = models.TextField(blank=True)


class BrokenLink(models.Model):
    """A link of a published page that led nowhere when it was last looked at."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="broken_links")
    target = models.CharField(max_length=500)
    reason = models.CharField(max_length=200)
    found_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "target"], name="one_row_a_broken_link")]


class ForbiddenName(models.Model):
    """A name that no page may hold, as a keyed hash: the library never keeps whom the unit treats."""

    digest = models.CharField(max_length=64, unique=True)
