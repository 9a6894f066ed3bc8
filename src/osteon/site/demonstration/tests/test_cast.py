"""The stories as they are written, before they meet the record."""

from datetime import UTC, date, datetime, timedelta

import pytest

from osteon.events.vocabulary import DRUG_BY_CODE, MEASURE_BY_CODE, ORGANISM_BY_CODE, OWN_WORDS
from osteon.knowledge import all_rules
from osteon.site.demonstration import company, decisions
from osteon.site.demonstration.cast import STORIES
from osteon.site.demonstration.cast.tale import Tale

MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
NIGHT = datetime(2026, 11, 24, 0, 10, tzinfo=UTC)
TALES = company.tales(MORNING, 0)


def by_story(tales, name):
    return next(tale for tale in tales if tale.slug == f"{name}-0")


@pytest.mark.parametrize("now", [MORNING, NIGHT], ids=["morning", "just after midnight"])
def test_nothing_is_told_from_the_future(now):
    for tale in company.tales(now, 0):
        for event in tale.events:
            assert event.time < now.replace(tzinfo=None)
            assert event.end is None or event.end <= now.replace(tzinfo=None)


@pytest.mark.parametrize("tale", TALES, ids=lambda tale: tale.slug)
def test_a_story_is_told_in_codes_the_product_knows(tale):
    known = {*MEASURE_BY_CODE, *DRUG_BY_CODE, *ORGANISM_BY_CODE, *OWN_WORDS}
    others = ("ICD10//", "SUSCEPTIBILITY//")
    assert {e.code for e in tale.events if e.code not in known and not e.code.startswith(others)} == set()


@pytest.mark.parametrize("tale", TALES, ids=lambda tale: tale.slug)
def test_a_story_has_a_person_an_episode_and_treatment(tale):
    assert tale.family
    assert tale.episode["team"] in {"limb", "joint", "spine"}
    assert tale.running
    assert tale.events


@pytest.mark.parametrize("tale", TALES, ids=lambda tale: tale.slug)
def test_every_row_of_a_story_says_that_it_is_invented_and_is_one_row(tale):
    sources = [event.source for event in tale.events]
    assert all(source.startswith(f"sim:cast/{tale.slug}/") for source in sources)
    assert len(set(sources)) == len(sources)


@pytest.mark.parametrize("tale", TALES, ids=lambda tale: tale.slug)
def test_running_courses_started_before_the_last_blood_test(tale):
    assert all(running.since >= 1 for running in tale.running)


def test_people_of_the_cast_are_many_and_numbered_apart():
    numbers = {tale.nhs for tale in TALES}
    assert len(numbers) == len(TALES) == len(STORIES) >= 12
    assert all(number.startswith("999") for number in numbers)


def test_a_later_generation_has_other_people_in_the_same_trouble():
    later = company.tales(MORNING, 1)
    assert {tale.nhs for tale in later}.isdisjoint({tale.nhs for tale in TALES})
    assert {(t.family, t.given) for t in later}.isdisjoint({(t.family, t.given) for t in TALES})
    assert [len(tale.events) for tale in later] == [len(tale.events) for tale in TALES]


def test_the_same_generation_is_the_same_people():
    assert [t.family for t in company.tales(MORNING, 3)] == [t.family for t in company.tales(NIGHT, 3)]


def test_stories_move_with_the_day():
    later = company.tales(MORNING + timedelta(days=3), 0)
    for before, after in zip(TALES, later, strict=True):
        for old, new in zip(before.events, after.events, strict=True):
            # the same hour in London, which may be another one in UTC when the clocks have changed
            assert abs(new.time - old.time - timedelta(days=3)) <= timedelta(hours=1)


def test_a_day_of_a_tale_is_a_day_in_london():
    tale = Tale("x", 1, datetime(2026, 6, 30, 23, 30, tzinfo=UTC))  # half past midnight in London
    assert tale.day(0) == date(2026, 7, 1)
    assert tale.at(1, 9) == datetime(2026, 6, 30, 8, 0)


def test_bloods_keep_what_was_given_and_fill_in_the_rest():
    tale = Tale("x", 1, MORNING)
    tale.is_about("Test", "Person", born="1960-01-01", sex="female")
    tale.bloods(1, 9, crp=47, creatine_kinase=96)
    values = {MEASURE_BY_CODE[e.code].key: e.numeric_value for e in tale.events}
    assert values["crp"] == 47
    assert values["creatine-kinase"] == 96
    assert {"platelets", "creatinine", "alt", "haemoglobin"} <= set(values)


def test_a_crp_of_four_is_said_as_below_four():
    tale = Tale("x", 1, MORNING)
    tale.is_about("Test", "Person", born="1960-01-01", sex="female")
    tale.bloods(1, 9, crp=4, panels=())
    assert [(e.comparator, e.numeric_value) for e in tale.events] == [("<", 4.0)]


def test_pending_specimens_have_no_number_and_no_isolate():
    pending = by_story(TALES, "unknown_allergies")
    specimens = [e for e in pending.events if e.code.startswith("OSTEON//specimen//")]
    assert specimens
    assert all(e.numeric_value is None for e in specimens)
    assert not any(e.code in ORGANISM_BY_CODE for e in pending.events)


def test_three_of_five_grew_in_the_knee():
    knee = by_story(TALES, "knee_with_three_of_five")
    tissue = [e.numeric_value for e in knee.events if e.code == "OSTEON//specimen//tissue"]
    assert sorted(tissue) == [0, 0, 1, 1, 1]


def test_decisions_are_about_provisional_rules_and_give_a_reason():
    provisional = {rule.id for rule in all_rules() if rule.status != "verified"}
    for rule, reason in decisions.decisions().items():
        assert rule in provisional
        assert len(reason) > 20
