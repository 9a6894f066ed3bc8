"""The two groups of people who look after the library, and the step between them."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage, WorkflowTask

from osteon.library.editorial.models import ClinicalReview

EDITORS, REVIEWERS = "Library editors", "Clinical reviewers"
MAY = {EDITORS: ("add_page", "change_page"), REVIEWERS: ("add_page", "change_page", "publish_page")}


@transaction.atomic
def ensure() -> None:
    """Makes groups and workflow where they are missing. Wagtail's own groups are given no people."""
    root = Page.get_first_root_node()
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name, codenames in MAY.items():
        group, _made = Group.objects.get_or_create(name=name)
        group.permissions.add(enter)
        for codename in codenames:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    _workflow(root)


def _workflow(root: Page) -> None:
    task = ClinicalReview.objects.filter(name="Clinical review").first()
    if task is None:
        task = ClinicalReview.objects.create(name="Clinical review")
    task.groups.set([Group.objects.get(name=REVIEWERS)])
    workflow, _made = Workflow.objects.get_or_create(name="Clinical review")
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task.task_ptr)
    # In place of the step that Wagtail comes with, which lets one moderator publish their own text
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})


@transaction.atomic
def make_person(*, email: str, password: str, name: str, reviewer: bool) -> None:
    """An editor, or a clinical reviewer. The email is what they sign in with."""
    given, _space, family = name.partition(" ")
    user, _made = get_user_model().objects.get_or_create(username=email.lower(), defaults={"email": email})
    user.first_name, user.last_name = given[:150], family[:150]
    user.set_password(password)
    user.save()
    user.groups.set([Group.objects.get(name=REVIEWERS if reviewer else EDITORS)])
