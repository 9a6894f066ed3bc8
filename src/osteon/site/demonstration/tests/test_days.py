"""Life goes on: what a start on a later day does, and what a start that is killed leaves."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from osteon.service.accounts.models import Person
from osteon.service.courses.models import Course
from osteon.service.patients.models import Episode, Patient
from osteon.service.results.models import Result
from osteon.service.worklist.models import Alert
from osteon.site import demonstration
from osteon.site.demonstration import decisions, ward
from osteon.site.demonstration.tests.conftest import NOW

CAST = "sim:cast/"


@pytest.fixture
def later(unit):
    """Loads again some days later; rolled back after the test."""
    note = settings.OSTEON_HOME / "demonstration.json"
    kept = note.read_bytes()
    with transaction.atomic():
        yield lambda days: demonstration.load_demonstration(now=NOW + timedelta(days=days))
        transaction.set_rollback(True)
    note.write_bytes(kept)


def cast():
    return set(Episode.objects.filter(source__startswith=CAST).values_list("patient_id", flat=True))


def test_yesterdays_demonstration_is_not_todays(unit):
    assert demonstration.is_loaded(now=NOW + timedelta(hours=5))
    assert not demonstration.is_loaded(now=NOW + timedelta(days=1))


def test_the_next_day_brings_news_and_the_same_cast(later):
    before, people = Result.objects.count(), cast()
    later(2)
    assert Result.objects.count() > before
    assert cast() == people


def test_a_week_later_others_are_in_the_same_trouble(later):
    before = cast()
    later(8)
    new = cast() - before
    assert len(new) == len(before)
    assert Alert.objects.open().filter(patient_id__in=new, rule_id="daptomycin-ck", level="red").exists()


def test_a_week_later_the_first_cast_has_been_treated(later):
    before = cast()
    later(8)
    assert not Course.objects.filter(patient_id__in=before, stopped_at=None).exists()
    assert not Alert.objects.unclosed().filter(patient_id__in=before, level="red").exists()
    statuses = set(Episode.objects.filter(patient_id__in=before).values_list("status", flat=True))
    assert statuses <= {"follow-up", "closed", "referred"}


def test_courses_of_simulated_patients_end_as_time_passes(later):
    running = set(Course.objects.filter(stopped_at=None).exclude(source="").values_list("pk", flat=True))
    later(40)
    ended = Course.objects.filter(pk__in=running).exclude(stopped_at=None)
    assert ended.count() > len(running) / 3
    assert all(course.stop_reason != "not-recorded" for course in ended)


def test_new_patients_are_referred_as_time_passes(later):
    before = Patient.objects.count()
    later(6)
    known = Patient.objects.count()
    assert known >= before
    later(30)
    assert Patient.objects.count() > known


def test_what_people_did_stays(later):
    answered = Alert.objects.filter(state="acknowledged").first()
    nurse = Person.objects.get(role="opat_nurse")
    later(1)
    answered.refresh_from_db()
    assert answered.events.filter(by=nurse, kind="acknowledged").exists()


def test_a_month_and_a_half_later_it_still_looks_like_a_unit(later):
    later(45)
    assert Course.objects.filter(stopped_at=None).values("patient").distinct().count() >= 14
    assert Alert.objects.open().filter(level="red").count() >= 8


@pytest.mark.django_db
def test_a_load_that_fails_leaves_nothing(monkeypatch, tmp_path):
    monkeypatch.setattr(ward, "PATIENTS", 10)
    monkeypatch.setattr("django.conf.settings.OSTEON_HOME", tmp_path)

    def fail(*_args):
        raise OSError("the disk is full")

    monkeypatch.setattr(decisions, "look_at_everybody", fail)
    with pytest.raises(OSError, match="disk is full"):
        demonstration.load_demonstration(now=NOW)
    assert not Patient.objects.exists()
    assert not Person.objects.filter(is_system=False).exists()
    assert not demonstration.is_loaded(now=NOW)
