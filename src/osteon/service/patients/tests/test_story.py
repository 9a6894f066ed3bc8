from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from osteon.events.schema import Event
from osteon.service.patients import actions
from osteon.service.patients.models import ImportedFact
from osteon.service.patients.partial_dates import moment_of, parse_partial_date
from osteon.service.patients.story import remember, story
from osteon.service.patients.stream import precision_of

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
FEVER = "OSTEON//finding//fever"


def told(patient, code, **given) -> list[Event]:
    return [event for event in story(patient, **given) if event.code == code]


def find(cast, **said):
    values = {"code": FEVER, "present": True, "time": NOON, **said}
    return actions.record_finding(by=cast.nurse, patient=cast.ruth, **values)


def test_person_is_told_by_sex_and_birth(cast):
    (sex,) = told(cast.ruth, "GENDER//F")
    (birth,) = told(cast.ruth, "MEDS_BIRTH")
    assert sex.time is None
    assert (birth.time, birth.original) == (datetime(1959, 2, 14), None)


def test_partial_birth_date_says_how_it_was_known(cast):
    (birth,) = told(cast.zofia, "MEDS_BIRTH")
    assert (birth.time, birth.original) == (datetime(1951, 1, 1), "about 1951")


def test_unknown_sex_and_birth_are_not_told(cast):
    assert {event.code for event in story(cast.longname)} == {"OSTEON//episode//osteomyelitis"}


def test_death_is_told(cast):
    gone = cast.patient("Gone", died_on=date(2026, 5, 1))
    assert [event.time for event in told(gone, "MEDS_DEATH")] == [datetime(2026, 5, 1)]


def test_finding_is_one_when_present_and_nought_when_absent(cast):
    find(cast)
    find(cast, present=False, time=NOON + timedelta(hours=1))
    assert [event.numeric_value for event in told(cast.ruth, FEVER)] == [1.0, 0.0]


def test_finding_carries_its_source_and_when_it_was_recorded(cast):
    finding = find(cast)
    (event,) = told(cast.ruth, FEVER)
    assert event.source == f"record:patients.finding/{finding.public_id}"
    assert event.recorded_at == finding.recorded_at.replace(tzinfo=None)
    assert event.time == datetime(2026, 11, 2, 12)


def test_weight_is_a_measurement_in_kilograms(cast):
    actions.record_weight(by=cast.nurse, patient=cast.ruth, kilograms=70.5, time=NOON)
    (event,) = told(cast.ruth, "LOINC//29463-7")
    assert (event.numeric_value, event.unit) == (70.5, "kg")


def test_finding_of_a_month_is_told_on_its_first_day_with_how_it_was_known(cast):
    time, precision = moment_of(parse_partial_date("March 2024"), None, UTC)
    find(cast, time=time, precision=precision)
    (event,) = told(cast.ruth, FEVER)
    assert (event.time, event.original) == (datetime(2024, 3, 1), "March 2024")


def test_episode_is_told_from_opening_to_closing(cast):
    (event,) = told(cast.ruth, "OSTEON//episode//fracture-related")
    assert (event.time, event.end) == (datetime(2026, 9, 3), None)
    assert event.text_value == "Left tibia: Infected plate after open fracture"
    actions.close_episode(
        by=cast.lead, episode=cast.ruth_episode, closed_on=date(2026, 11, 1), how="Well", reason="Well"
    )
    (event,) = told(cast.ruth, "OSTEON//episode//fracture-related")
    assert event.end == datetime(2026, 11, 1)


def test_allergy_is_told_by_its_substance(cast):
    actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Co-amoxiclav", reaction="rash")
    (event,) = told(cast.ruth, "OSTEON//allergy//coamoxiclav")
    assert event.text_value == "Co-amoxiclav: rash"


def test_no_known_allergies_is_told(cast):
    actions.record_no_known_allergies(by=cast.nurse, patient=cast.ruth)
    assert told(cast.ruth, "OSTEON//allergy//none-known")


def test_imported_fact_is_told_as_it_came(cast):
    ImportedFact.objects.create(
        patient=cast.ruth,
        kind="line",
        code="OSTEON//line//picc",
        time=NOON,
        end=NOON + timedelta(days=9),
        text_value="right arm",
        source="sim:1/7",
        original="PICC",
        recorded_by=cast.nurse,
        recorded_at=NOON,
    )
    (event,) = told(cast.ruth, "OSTEON//line//picc")
    assert (event.end, event.text_value, event.original) == (datetime(2026, 11, 11, 12), "right arm", "PICC")
    assert event.comparator is None
    assert event.unit is None


def test_story_is_in_order_of_time_whoever_tells_it(cast):
    find(cast, time=NOON)
    find(cast, time=NOON - timedelta(days=400))
    times = [event.time for event in story(cast.ruth) if event.time]
    assert times == sorted(times)


def test_what_is_entered_in_error_is_not_told(cast):
    actions.mark_entered_in_error(by=cast.nurse, fact=find(cast), reason="wrong patient")
    assert told(cast.ruth, FEVER) == []


def test_story_as_known_on_a_day_rewinds_what_was_learnt_later(cast):
    find(cast, time=NOON, recorded_at=NOON + timedelta(days=3))
    assert told(cast.ruth, FEVER, known_at=NOON + timedelta(days=2)) == []
    assert told(cast.ruth, FEVER, known_at=NOON + timedelta(days=4))


def test_story_as_known_takes_a_moment_without_a_zone_as_utc(cast):
    find(cast, recorded_at=NOON)
    assert told(cast.ruth, FEVER, known_at=datetime(2026, 11, 2, 12, 1))
    assert not told(cast.ruth, FEVER, known_at=datetime(2026, 11, 2, 11, 59))


def test_story_as_of_a_moment_leaves_out_what_came_later(cast):
    find(cast, time=NOON)
    assert told(cast.ruth, FEVER, as_of=NOON - timedelta(seconds=1)) == []
    assert told(cast.ruth, FEVER, as_of=NOON)
    assert told(cast.ruth, "GENDER//F", as_of=NOON)


@pytest.mark.parametrize("known_at", [None, timezone.now() + timedelta(days=1)])
def test_number_of_queries_does_not_grow_with_the_facts(cast, known_at, django_assert_max_num_queries):
    story(cast.ruth)  # imports the streams
    asked = _count(cast.ruth, known_at)
    for minute in range(12):
        find(cast, time=NOON + timedelta(minutes=minute))
        cast.episode(cast.ruth, cast.limb, site=f"bone {minute}")
    with django_assert_max_num_queries(asked):
        assert len(told(cast.ruth, FEVER, known_at=known_at)) == 12


def _count(patient, known_at):
    with CaptureQueriesContext(connection) as asked:
        story(patient, known_at=known_at)
    return len(asked)


def test_story_is_read_anew_unless_it_is_to_be_remembered(cast):
    assert told(cast.ruth, FEVER) == []
    find(cast)
    assert len(told(cast.ruth, FEVER)) == 1
    remember(cast.ruth)
    assert len(told(cast.ruth, FEVER)) == 1
    find(cast, time=NOON + timedelta(hours=1))
    assert len(told(cast.ruth, FEVER)) == 1
    assert len(told(cast.ruth, FEVER, as_of=NOON + timedelta(days=1))) == 2


def test_remembered_story_cannot_be_spoilt_by_its_reader(cast):
    remember(cast.ruth)
    story(cast.ruth).clear()
    assert story(cast.ruth)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("March 2024", "month"), ("2024", "year"), ("about 1998", "about"), ("24/11/2024", "day")],
)
def test_precision_is_read_back_from_an_event(cast, text, precision):
    time, stored = moment_of(parse_partial_date(text), None, UTC)
    find(cast, time=time, precision=stored, original="38.4 Cel")
    (event,) = told(cast.ruth, FEVER)
    assert precision_of(event) == precision
    assert event.original.startswith("38.4 Cel")


def test_precision_of_other_folders_events_is_a_day():
    event = Event(1, datetime(2024, 3, 1), "LOINC//1988-5", source="record:results.result/x", original="2024")
    assert precision_of(event) == "day"
