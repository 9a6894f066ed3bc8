from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from osteon.events.schema import Event
from osteon.service.definitions import record
from osteon.service.patients import actions
from osteon.service.patients.partial_dates import PartialDate
from osteon.service.patients.story import story

SINUS = "OSTEON//finding//sinus"
MORE = timedelta(days=1)


def at(day, hour=10):
    return datetime(2026, 8, day, hour, tzinfo=UTC)


def sinus(cast, present, time, **more):
    return actions.record_finding(
        by=cast.physician, patient=cast.zofia, code=SINUS, time=time, present=present, **more
    )


def said(cast, rule_id="ebjis-2021", **more):
    events = story(cast.zofia)
    found = record.answers_for(cast.zofia_episode, events, now=timezone.now(), **more)
    return next(one for one in found if one.definition.id == rule_id)


def test_a_fact_of_the_episode_counts(cast):
    sinus(cast, True, at(10))
    assert said(cast).words() == "confirmed"


@pytest.mark.parametrize(("before", "counts"), [(29, True), (31, False)])
def test_a_fact_counts_from_thirty_days_before_the_episode_began(before, counts, cast):
    sinus(cast, True, at(1, 0) - timedelta(days=before))
    assert (said(cast).words() == "confirmed") is counts


def test_a_fact_after_the_episode_was_closed_does_not_count(cast):
    actions.close_episode(
        by=cast.physician, episode=cast.zofia_episode, closed_on=date(2026, 9, 1), how="Healed", reason="Done"
    )
    cast.zofia_episode.refresh_from_db()
    sinus(cast, True, datetime(2026, 9, 2, 10, tzinfo=UTC))
    assert said(cast).words() != "confirmed"
    sinus(cast, True, datetime(2026, 9, 1, 10, tzinfo=UTC))
    assert said(cast).words() == "confirmed"


def test_who_the_patient_is_always_counts(cast):
    born = Event(1, datetime(1951, 1, 1), "MEDS_BIRTH", source="record:patients.patient/x")
    assert record.span_of(cast.zofia_episode).holds(born)


def test_what_lasts_into_the_episode_counts(cast):
    span = record.span_of(cast.zofia_episode)
    long_ago = span.start - timedelta(days=100)
    assert span.holds(Event(1, long_ago, "ATC//J01CF05", end=span.start + MORE))
    assert not span.holds(Event(1, long_ago, "ATC//J01CF05", end=long_ago + MORE))


def test_only_its_own_episode_is_among_the_facts(cast):
    cast.episode(cast.zofia, cast.limb, opened=PartialDate(date(2026, 8, 20)))
    own = record.events_of(cast.zofia_episode, story(cast.zofia))
    assert [e.code for e in own if e.code.startswith("OSTEON//episode")] == [
        "OSTEON//episode//prosthetic-joint"
    ]


def test_definitions_follow_the_kind_of_episode(cast):
    joint = {one.id for one in record.concerning(cast.zofia_episode)}
    spine = {one.id for one in record.concerning(cast.sean_episode)}
    assert {"ebjis-2021", "icm-2018-parvizi"} <= joint and "spine-triage" not in joint
    assert {"spine-triage", "idsa-2015-suspicion", "idsa-2015-work-up"} <= spine and "ebjis-2021" not in spine


def test_any_definition_can_be_asked_for_besides(cast):
    assert "spine-triage" in {one.id for one in record.concerning(cast.zofia_episode, ["spine-triage"])}


def test_two_episodes_at_one_time_are_noticed(cast):
    other = cast.episode(cast.zofia, cast.limb, opened=PartialDate(date(2026, 8, 20)))
    old = cast.episode(cast.zofia, cast.limb, opened=PartialDate(date(2020, 1, 1)))
    actions.close_episode(by=cast.lead, episode=old, closed_on=date(2020, 6, 1), how="Healed", reason="Done")
    old.refresh_from_db()
    assert record.overlapping(cast.zofia_episode, [cast.zofia_episode, other, old]) == [other]


def test_history_reads_the_record_as_it_stood_at_the_moment(cast):
    meeting = at(15, 14)
    sinus(cast, True, at(10), recorded_at=at(20))
    moment = record.Moment(meeting.replace(tzinfo=None), "meeting", "DAIR", None)
    later = record.Moment(at(25).replace(tzinfo=None), "operation", "", None)
    then = {
        one.moment.what: one for one in record.history_of(cast.zofia, cast.zofia_episode, [moment, later])
    }
    first = {one.definition.id: one.words() for one in then["meeting"].answers}
    second = {one.definition.id: one.words() for one in then["operation"].answers}
    assert first["ebjis-2021"] != "confirmed" and second["ebjis-2021"] == "confirmed"


def test_moments_are_the_meetings_and_operations_of_the_episode():
    episode_events = [
        Event(1, datetime(2026, 8, day), code, text_value=code)
        for day, code in ((3, "OSTEON//meeting//decision"), (9, "OSTEON//operation//dair"), (5, SINUS))
    ]

    class Fake:
        opened_on, closed_on, stream_source = date(2026, 8, 1), None, "record:x"

    found = record.moments_of(Fake(), episode_events)
    assert [moment.what for moment in found] == ["operation", "meeting"]
