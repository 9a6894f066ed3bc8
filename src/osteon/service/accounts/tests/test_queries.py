import uuid
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from osteon.service.accounts import queries
from osteon.service.accounts.models import AuditEntry, BreakGlass, ReadEntry
from osteon.service.accounts.queries import TrailFilter, trail

RUTH, SEAN = uuid.UUID(int=1), uuid.UUID(int=2)
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/London"))


def changed(person, at=NOON, verb="patients.record_finding", patient=RUTH, **more):
    return AuditEntry.objects.create(by=person, at=at, verb=verb, patient_id=patient, **more)


def read(person, at=NOON, what="timeline", patient=RUTH, **more):
    return ReadEntry.objects.create(
        person=person, at=at, what=what, patient_id=patient, path_name="patients:timeline", **more
    )


def did(page):
    return [row.did for row in page.rows]


def test_trail_mixes_readings_and_changes_newest_first(staff):
    changed(staff.nurse, NOON)
    read(staff.nurse, NOON + timedelta(minutes=1))
    changed(staff.surgeon, NOON + timedelta(minutes=2), verb="courses.stop_course")
    assert did(trail(TrailFilter())) == ["stop course", "timeline", "record finding"]


def test_trail_row_says_who_did_what_to_which_record_and_why(staff):
    changed(staff.nurse, reason="on call", detail="role a to b")
    (row,) = trail(TrailFilter()).rows
    assert (row.kind, row.person, row.patient_id) == ("change", "Nia Example", RUTH)
    assert (row.reason, row.detail, row.break_glass) == ("on call", "role a to b", False)


def test_trail_marks_readings_behind_broken_glass(staff):
    read(staff.nurse, break_glass=True)
    assert trail(TrailFilter()).rows[0].break_glass


@pytest.mark.parametrize("who", ["nia", "NIA@unit.example"])
def test_trail_finds_a_person_by_name_or_email(staff, who):
    changed(staff.nurse)
    read(staff.nurse)
    changed(staff.surgeon, verb="courses.stop_course")
    assert sorted(did(trail(TrailFilter(who=who)))) == ["record finding", "timeline"]


def test_trail_finds_a_patient(staff):
    read(staff.nurse)
    read(staff.nurse, patient=SEAN, what="results")
    assert did(trail(TrailFilter(patient_id=SEAN))) == ["results"]


def test_trail_days_are_whole_and_local(staff):
    midsummer = datetime(2026, 6, 10, 0, 30, tzinfo=ZoneInfo("Europe/London"))  # still the 9th in UTC
    read(staff.nurse, midsummer, what="just after midnight")
    read(staff.nurse, midsummer - timedelta(hours=1), what="the day before")
    the_tenth = TrailFilter(since=date(2026, 6, 10), until=date(2026, 6, 10))
    assert did(trail(the_tenth)) == ["just after midnight"]


def test_trail_pages_lose_and_repeat_nothing_even_at_one_moment(staff):
    for number in range(4):
        changed(staff.nurse, verb=f"x.change_{number}")
        read(staff.nurse, what=f"reading {number}")
        read(staff.nurse, NOON - timedelta(seconds=number), what=f"earlier {number}")
    seen, cursor = [], ""
    for _ in range(9):
        page = trail(TrailFilter(), cursor, size=2)
        seen += did(page)
        cursor = page.older
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 12
    assert seen == did(trail(TrailFilter(), size=50))


def test_trail_last_page_offers_no_older_one(staff):
    read(staff.nurse)
    read(staff.nurse)
    assert trail(TrailFilter(), size=2).older == ""
    assert trail(TrailFilter(), size=1).older != ""


@pytest.mark.parametrize("cursor", ["nonsense", "2026-11-24,reading", "x,reading,1", ",,"])
def test_trail_with_a_foreign_cursor_starts_at_the_newest(staff, cursor):
    read(staff.nurse)
    assert did(trail(TrailFilter(), cursor)) == ["timeline"]


def test_trail_takes_two_queries_however_long_it_is(staff, django_assert_num_queries):
    for _ in range(30):
        changed(staff.nurse)
        read(staff.surgeon)
    with django_assert_num_queries(2):
        assert len(trail(TrailFilter(), size=20).rows) == 20


def test_people_are_listed_without_the_system_in_two_queries(staff, django_assert_num_queries):
    queries.Person.objects.system()
    with django_assert_num_queries(2):
        listed = list(queries.people())
        assert [[team.name for team in person.teams.all()] for person in listed]
    assert {person.full_name for person in listed} == {
        "Ada Example",
        "Kit Example",
        "Nia Example",
        "Tom Example",
    }


def test_people_who_left_come_last(staff):
    staff.admin.is_active = False
    staff.admin.save()
    assert list(queries.people())[-1] == staff.admin


def test_teams_say_how_many_people_they_have(staff):
    assert {team.name: team.people_count for team in queries.teams()} == {"Limb team": 2, "Spine team": 1}


def test_break_glasses_that_wait_come_first(staff):
    now = timezone.now()
    common = {
        "person": staff.nurse,
        "patient_id": RUTH,
        "reason": "x",
        "expires_at": now + timedelta(hours=1),
    }
    waiting = BreakGlass.objects.create(**common, opened_at=now - timedelta(days=9))
    reviewed = BreakGlass.objects.create(
        **common, opened_at=now, reviewed_by=staff.privacy, reviewed_at=now, verdict="justified"
    )
    assert list(queries.break_glasses()) == [waiting, reviewed]
    assert queries.unreviewed_count() == 1
