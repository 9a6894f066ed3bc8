"""From draft to reader only through a second person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.models import TaskState

from osteon.library.editorial import actions, people
from osteon.library.editorial.approving import authors, later
from osteon.library.editorial.models import Approval, ClinicalReview
from osteon.library.pages.publishing import PublishRefused


@pytest.fixture
def draft(page, person):
    """A topic with a draft by Ada Quill."""
    topic = page("bone-infection")
    ada = person("Ada Quill")
    topic.summary = "A better sentence."
    topic.save_revision(user=ada)
    return topic


def task_of(topic):
    return TaskState.objects.get(status="in_progress", revision__object_id=str(topic.pk)).specific


def approve(topic, user, comment=""):
    state = task_of(topic)
    state.task.specific.on_action(state, user, "approve", comment=comment)


def test_a_draft_reaches_nobody(draft, client):
    assert b"A better sentence." not in client.get(draft.url).content


def test_an_approved_draft_is_published_with_reviewer_and_dates(draft, person, client, page):
    cole = person("Dr Amara Cole", reviewer=True)
    actions.ask_for_review(page=draft, user=None)
    approve(draft, cole, "Clear.")
    topic = page("bone-infection")
    assert b"A better sentence." in client.get(topic.url).content
    assert topic.reviewed_on == timezone.localdate() and topic.reviewers == "Dr Amara Cole"
    assert topic.next_review - topic.reviewed_on >= timedelta(days=3 * 365)
    approval = Approval.objects.get(page=topic)
    assert (approval.by, approval.comment) == (cole, "Clear.")


def test_nobody_approves_what_they_wrote(page, person):
    cole = person("Dr Amara Cole", reviewer=True)
    topic = page("bone-infection")
    topic.summary = "Mine."
    topic.save_revision(user=cole)
    actions.ask_for_review(page=topic, user=cole)
    task = ClinicalReview.objects.get()
    assert task.get_actions(topic, cole) == []
    with pytest.raises(PermissionDenied, match="second person"):
        approve(topic, cole)
    assert page("bone-infection").summary != "Mine."


def test_a_reviewer_who_mends_the_draft_becomes_its_author(draft, person):
    cole = person("Dr Amara Cole", reviewer=True)
    draft.summary = "Mended by the reviewer."
    draft.save_revision(user=cole)
    actions.ask_for_review(page=draft, user=None)
    with pytest.raises(PermissionDenied):
        approve(draft, cole)
    approve(draft, person("Prof Ines Duarte", reviewer=True))


def test_an_editor_who_is_no_reviewer_approves_nothing(draft, person):
    other = person("Bo Ink")
    actions.ask_for_review(page=draft, user=None)
    assert ClinicalReview.objects.get().get_actions(draft, other) == []
    with pytest.raises(PermissionDenied):
        approve(draft, other)


def test_a_superuser_is_no_second_person(draft, admin_user):
    actions.ask_for_review(page=draft, user=None)
    with pytest.raises(PermissionDenied):
        approve(draft, admin_user)


def test_sending_back_publishes_nothing(draft, person, page):
    cole = person("Dr Amara Cole", reviewer=True)
    actions.ask_for_review(page=draft, user=None)
    state = task_of(draft)
    state.task.specific.on_action(state, cole, "reject", comment="Which antibiotic?")
    assert page("bone-infection").summary != "A better sentence."
    assert not Approval.objects.exists()


def test_no_way_around_publishes_an_unapproved_version(draft, admin_user):
    revision = draft.get_latest_revision()
    for user in (admin_user, revision.user, None):
        with pytest.raises(PublishRefused, match="second person"):
            revision.publish(user=user)


def test_an_approval_is_of_one_version_only(draft, person):
    cole, ada = person("Dr Amara Cole", reviewer=True), draft.get_latest_revision().user
    actions.ask_for_review(page=draft, user=None)
    approve(draft, cole)
    draft.refresh_from_db()
    draft.summary = "Changed after the approval."
    with pytest.raises(PublishRefused):
        draft.save_revision(user=ada).publish(user=ada)


def test_authors_are_who_wrote_since_the_readers_version(draft, person):
    ada = draft.get_latest_revision().user
    assert authors(draft) == {ada.pk}
    actions.ask_for_review(page=draft, user=None)
    approve(draft, person("Dr Amara Cole", reviewer=True))
    draft.refresh_from_db()
    assert authors(draft) == set()


def test_a_leap_day_is_reviewed_on_the_28th():
    leap = timezone.datetime(2024, 2, 29).date()
    assert later(leap, 3).isoformat() == "2027-02-28"
    assert later(leap, 4).isoformat() == "2028-02-29"


def test_nobody_is_given_a_button_to_publish(draft, admin_user, person):
    for user in (admin_user, person("Dr Amara Cole", reviewer=True), person("Bo Ink")):
        assert not draft.permissions_for_user(user).can_publish()
        assert not draft.get_parent().specific.permissions_for_user(user).can_publish_subpage()


def test_a_reviewer_may_take_down_and_an_editor_may_not(page, person):
    topic = page("bone-infection")
    assert topic.permissions_for_user(person("Dr Amara Cole", reviewer=True)).can_unpublish()
    assert not topic.permissions_for_user(person("Bo Ink")).can_unpublish()


def test_making_the_groups_twice_changes_nothing(library):
    people.ensure()
    people.ensure()
    assert ClinicalReview.objects.count() == 1


def test_every_version_is_kept(draft):
    texts = [revision.as_object().summary for revision in draft.revisions.order_by("pk")]
    assert texts == ["Germs have got into a bone. It can be treated.", "A better sentence."]
