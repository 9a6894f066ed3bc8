"""Microbiology in words: what a microbiologist reads on the page."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from osteon.events.schema import Event
from osteon.knowledge.samples.agreement import Verdict
from osteon.service.results import actions, queries
from osteon.service.results.microbiology import (
    SpecimenView,
    TakingView,
    agent_name,
    antibiotic_free_days,
    views_of,
)
from osteon.service.results.models import Specimen
from osteon.service.results.tests.conftest import EPIDERMIDIS, days_ago

pytestmark = pytest.mark.django_db

TAKEN = datetime(2026, 11, 10, 12)
FLUCLOXACILLIN = "ATC//J01CF05"


@pytest.fixture
def five(laboratory):
    """Five tissues of one operation, taken with their own instruments on the same day."""
    taken = days_ago(20)

    def make(**more):
        known = {"separate_instrument": True, "antibiotic_free_days": 21, **more}
        return [
            laboratory.specimen(f"S{n} tibia", taken_at=taken, taking="Debridement 1", **known)
            for n in range(1, 6)
        ]

    return make


def the_only(patient, events=()):
    [taking] = queries.takings_page(patient, None).object_list
    [view] = views_of([taking], list(events))
    return view


def test_three_of_five_agree_and_say_so(five, laboratory, cast):
    for specimen in five()[:3]:
        laboratory.isolate(specimen, FLC="S", CLI="R")
    view = the_only(cast.ruth)
    [line] = view.lines
    assert line.title == "S. aureus 3 of 5"
    assert line.words == "3 agree: same organism with a matching antibiogram"
    assert (line.verdict, line.atkins) == (Verdict.AGREE, "")
    assert line.labels == ["S1 tibia", "S2 tibia", "S3 tibia"]
    assert view.summary == "S. aureus 3 of 5 (5 pending)"


def test_two_of_five_are_not_enough_for_the_stricter_rule(five, laboratory, cast):
    for specimen in five()[:2]:
        laboratory.isolate(specimen, FLC="S")
    [line] = the_only(cast.ruth).lines
    assert line.verdict is Verdict.AGREE
    assert "Atkins" in line.atkins


def test_differing_antibiograms_name_the_drug_and_go_to_the_microbiologist(five, laboratory, cast):
    first, second, *_rest = five()
    laboratory.isolate(first, EPIDERMIDIS, CLI="S")
    laboratory.isolate(second, EPIDERMIDIS, CLI="R")
    [line] = the_only(cast.ruth).lines
    assert "For the microbiologist to decide" in line.words
    assert (line.differing, line.badge) == (["clindamycin"], ("amber", "Differ"))


def test_one_specimen_alone_is_said_to_be_alone(five, laboratory, cast):
    laboratory.isolate(five()[0], FLC="S")
    [line] = the_only(cast.ruth).lines
    assert line.words == "one specimen alone, so far; 2 or more must be alike"


def test_a_third_specimen_that_does_not_match_is_mentioned(five, laboratory, cast):
    first, second, third, *_rest = five()
    for specimen in (first, second):
        laboratory.isolate(specimen, FLC="S")
    laboratory.isolate(third, FLC="R")
    [line] = the_only(cast.ruth).lines
    assert line.words.startswith("2 agree")
    assert "1 more with another or no antibiogram" in line.words


def test_a_swab_alone_shows_nothing_about_bone(laboratory, cast):
    laboratory.isolate(laboratory.specimen("Swab", kind="swab"), FLC="S")
    [line] = the_only(cast.ruth).lines
    assert line.title == "S. aureus: only in specimens that do not count"
    assert "swab" in line.words
    assert line.elsewhere == ["Swab"]


def test_the_same_label_twice_is_two_specimens(laboratory, cast):
    for _ in range(2):
        laboratory.isolate(laboratory.specimen("tissue", separate_instrument=True), FLC="S")
    [line] = the_only(cast.ruth).lines
    assert (line.title, line.labels) == ("S. aureus 2 of 2", ["tissue", "tissue"])


def test_a_drug_reported_in_two_ways_does_not_decide_a_match(laboratory, cast):
    first, second = (laboratory.specimen(f"S{n}", separate_instrument=True) for n in (1, 2))
    isolate = laboratory.isolate(first, FLC="S")
    laboratory.isolate(second, FLC="S")
    isolate.susceptibilities.create(
        patient=cast.ruth, agent="FLC", drug_name="Flc", category="R", recorded_by=cast.nurse
    )
    [line] = the_only(cast.ruth).lines
    assert line.verdict is Verdict.NOT_COMPARED


def test_the_shared_antibiogram_stands_in_the_line_resistant_first(five, laboratory, cast):
    for specimen in five()[:2]:
        laboratory.isolate(specimen, VAN="S", CLI="R", FLC="S", CIP="I")
    [line] = the_only(cast.ruth).lines
    assert line.profile == [
        ("R", ["clindamycin"]),
        ("I", ["ciprofloxacin"]),
        ("S", ["flucloxacillin", "vancomycin"]),
    ]
    assert agent_name("MUPIROCIN") == "MUPIROCIN"


# No growth


def test_what_is_only_pending_is_neither_negative_nor_judged(laboratory, cast):
    laboratory.specimen()
    view = the_only(cast.ruth)
    assert (view.summary, view.why_not_enough) == ("1 pending, nothing reported to have grown", [])
    assert not view.is_relied_on


def test_no_growth_that_can_be_relied_on(five, laboratory, cast):
    for specimen in five():
        laboratory.final(specimen, days_incubated=14)
    view = the_only(cast.ruth)
    assert (view.summary, view.is_relied_on, view.why_not_enough) == ("No growth from 5 specimens", True, [])


def test_no_growth_while_antibiotics_ran_does_not_exclude_infection(five, laboratory, cast):
    for specimen in five(antibiotic_free_days=None):
        laboratory.final(specimen, days_incubated=14)
    running = Event(cast.ruth.pk, datetime(2020, 1, 1), FLUCLOXACILLIN)
    view = the_only(cast.ruth, [running])
    assert view.why_not_enough == ["antibiotics were given in the 14 days before"]
    assert view.antibiotic_words == "An antibiotic was running when they were taken."


def test_no_recorded_antibiotic_is_not_the_same_as_none(five, laboratory, cast):
    for specimen in five(antibiotic_free_days=None):
        laboratory.final(specimen, days_incubated=14)
    view = the_only(cast.ruth)
    assert view.why_not_enough == ["days free of antibiotics before sampling are not recorded"]
    assert "not the same as none was given" in view.antibiotic_words


def test_growth_that_nobody_named_is_not_no_growth(laboratory, cast):
    laboratory.final(laboratory.specimen(), isolate_count=2)
    view = the_only(cast.ruth)
    assert (view.summary, view.is_negative) == ("growth not named in 1", False)
    assert view.cards[0].unnamed == 2


def test_specimens_of_one_day_belong_together_and_those_of_two_operations_do_not(laboratory, cast):
    taken = timezone.localtime(days_ago(5)).replace(hour=10)
    for label, taking in (("A", ""), ("B", ""), ("C", "Debridement 2")):
        laboratory.specimen(label, taken_at=taken, taking=taking)
    laboratory.specimen("D", taken_at=taken - timedelta(days=1))
    takings = queries.takings_page(cast.ruth, None).object_list
    assert sorted(sorted(s.label for s in taking) for taking in takings) == [["A", "B"], ["C"], ["D"]]


# One specimen


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "Pending, day 5"),
        ({"planned_incubation_days": 14}, "Pending, day 5 of 14"),
        ({"state": "interim", "isolate_count": 0}, "Interim: no growth so far, day 5"),
        ({"state": "interim", "isolate_count": 1}, "1 isolate grew; interim, day 5"),
        ({"state": "final", "isolate_count": 2}, "2 isolates grew"),
        ({"state": "final", "isolate_count": 0}, "No growth (days of incubation not recorded)"),
        ({"state": "final", "isolate_count": 0, "days_incubated": 14}, "No growth after 14 days"),
    ],
)
def test_a_specimen_says_where_it_stands(state, words):
    specimen = Specimen(kind="tissue", label="S1", taken_at=days_ago(5.2), **state)
    specimen.grown = []
    assert SpecimenView(specimen, timezone.now()).growth == words


def test_the_antibiogram_shows_what_must_not_be_given_first(laboratory, cast):
    laboratory.isolate(laboratory.specimen(), VAN="S", CLI="R", CIP="I")
    [isolate] = the_only(cast.ruth).cards[0].isolates
    shown = [(t.row.agent, t.words) for t in isolate.tested]
    assert shown == [
        ("CLI", "Resistant"),
        ("CIP", "Susceptible, increased exposure"),
        ("VAN", "Susceptible"),
    ]
    assert {t.guideline for t in isolate.tested} == {"not recorded"}


def test_a_minimum_inhibitory_concentration_keeps_its_comparator(laboratory, cast):
    isolate = laboratory.isolate(laboratory.specimen())
    laboratory.susceptibility(isolate, "VAN", mic=0.5, mic_comparator="<=", guideline="EUCAST v15.0")
    [tested] = the_only(cast.ruth).cards[0].isolates[0].tested
    assert (tested.mic, tested.guideline) == ("<=0.5 mg/L", "EUCAST v15.0")


def test_an_instrument_is_yes_no_or_not_recorded():
    for own, words in ((True, "yes"), (False, "no: does not count"), (None, "not recorded")):
        specimen = Specimen(kind="tissue", label="S1", taken_at=days_ago(1), separate_instrument=own)
        specimen.grown = []
        assert SpecimenView(specimen, timezone.now()).instrument == words


def test_many_specimens_take_no_more_queries(laboratory, cast, django_assert_num_queries):
    def grow(count):
        for number in range(count):
            laboratory.isolate(laboratory.specimen(f"S{number}", taken_at=days_ago(30 + number)), FLC="S")

    grow(1)
    with django_assert_num_queries(5):
        list(queries.takings_page(cast.ruth, None).object_list)
    grow(6)
    with django_assert_num_queries(5):
        list(queries.takings_page(cast.ruth, None).object_list)


# Days free of antibiotics


def course(start, end=None, code=FLUCLOXACILLIN):
    return Event(1, start, code, end=end)


@pytest.mark.parametrize(
    ("events", "days"),
    [
        ([], None),
        ([course(TAKEN - timedelta(days=40), TAKEN - timedelta(days=20))], 20),
        ([course(TAKEN - timedelta(days=3))], 0),
        ([course(TAKEN - timedelta(days=3), TAKEN + timedelta(days=30))], 0),
        ([course(TAKEN - timedelta(hours=2))], None),
        ([course(TAKEN + timedelta(days=3))], None),
        ([course(TAKEN - timedelta(days=3), code="ATC//B01AA03")], None),
        ([course(TAKEN - timedelta(days=3), code="LOINC//1988-5")], None),
        (
            [
                course(TAKEN - timedelta(days=90), TAKEN - timedelta(days=80)),
                course(TAKEN - timedelta(days=9), TAKEN - timedelta(days=5)),
            ],
            5,
        ),
    ],
)
def test_days_free_of_antibiotics_are_read_from_the_courses(events, days):
    assert antibiotic_free_days(events, TAKEN) == days


def test_the_shorter_of_recorded_and_known_counts(laboratory):
    specimen = laboratory.final(laboratory.specimen(antibiotic_free_days=30))
    specimen.grown = []
    view = TakingView([specimen], timezone.now(), free_days=4)
    assert "antibiotics were given in the 14 days before" in view.why_not_enough
    assert view.antibiotic_words == (
        "Noted when they were taken: 30 days without antibiotics. "
        "The last recorded antibiotic ended 4 days before they were taken: fewer than 14."
    )


def test_an_interpretation_stands_with_its_specimen(laboratory, cast):
    specimen = laboratory.final(laboratory.specimen())
    actions.review_result(by=cast.physician, fact=specimen, note="Sterile.", seen_version=specimen.version)
    assert the_only(cast.ruth).cards[0].specimen.interpretation == "Sterile."
