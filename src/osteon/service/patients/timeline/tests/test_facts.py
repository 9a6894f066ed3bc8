"""Events read as facts: lane, words, accessible name."""

import random

import pytest

from osteon.events.schema import Event
from osteon.events.vocabulary import OWN_WORDS
from osteon.service.patients.timeline.facts import LANES, Reading, kind_of
from osteon.service.patients.timeline.tests.stories import (
    NOW,
    course,
    crp,
    event,
    limb_story,
    own,
    result,
    specimens,
)

TAKEN = "2026-11-24 08:12"


def read(one: Event, **reading):
    return Reading(**{"present": NOW, **reading}).read(one)


@pytest.mark.parametrize(
    ("one", "lane"),
    [
        (crp(TAKEN, 182), "results"),
        (event("LOINC//99999-9", TAKEN, 3.0), "results"),
        (event("LAB//50912//mg/dL", TAKEN, 1.1), "results"),
        (own("meeting//decision", TAKEN), "meetings"),
        (own("operation//debridement", TAKEN), "operations"),
        (own("specimen//tissue", TAKEN), "cultures"),
        (event("SNOMED//3092008", TAKEN), "cultures"),
        (event("SNOMED//111", TAKEN, source="fhir:Specimen/1/isolate/1"), "cultures"),
        (event("SUSCEPTIBILITY//3092008//FLC", TAKEN, text_value="S"), "cultures"),
        (course("flucloxacillin", TAKEN, None, "2 g IV"), "antibiotics"),
        (event("ATC//J01ZZ99", TAKEN), "antibiotics"),
        (event("ATC//N02BE01", TAKEN), "other"),
        (own("line//picc", TAKEN), "lines"),
        (own("line-event//infection", TAKEN), "lines"),
        (own("imaging//mri", TAKEN), "imaging"),
        (own("frame//circular", TAKEN), "frame"),
        (own("frame-phase//distraction", TAKEN), "frame"),
        (own("admission//inpatient", TAKEN), "admissions"),
        (own("admission//clinic", TAKEN), "visits"),
        (own("finding//fever", TAKEN, 1), "findings"),
        (own("outcome//recurrence", TAKEN), "outcomes"),
        (event("MEDS_DEATH", TAKEN), "outcomes"),
        (event("MEDS_BIRTH", TAKEN), "other"),
        (event("ICD10//M86.6", TAKEN, text_value="Osteomyelitis"), "other"),
        (own("allergy//penicillin", TAKEN, text_value="Penicillin: rash"), "other"),
        (own("operation//brand-new-kind", TAKEN), "operations"),
        (own("never-heard-of//it", TAKEN), "other"),
    ],
)
def test_every_kind_of_event_has_its_lane(one, lane):
    assert read(one).lane == lane


@pytest.mark.parametrize("code", sorted(OWN_WORDS))
def test_every_own_word_has_a_lane_and_a_name(code):
    fact = read(event(code, TAKEN))
    assert fact.lane in LANES
    assert fact.what


def test_an_organism_unknown_to_the_vocabulary_is_known_by_its_source():
    assert kind_of(event("SNOMED//5851001", TAKEN, source="fhir:Specimen/1/isolate/1")) == "isolate"
    assert kind_of(event("SNOMED//5851001", TAKEN, source="fhir:Condition/1")) == "other"


@pytest.mark.parametrize(
    ("one", "name"),
    [
        (crp(TAKEN, 182), "CRP 182 mg/L, Tue 24 Nov 2026, 08:12, laboratory; reference below 5; 36.4 × upper limit"),
        (crp(TAKEN, 4, comparator="<"), "CRP < 4 mg/L, Tue 24 Nov 2026, 08:12, laboratory; reference below 5"),
        (
            result("platelets", TAKEN, 88, reference_low=150.0, reference_high=400.0, source="sim:7/1"),
            "Platelets 88 ×10⁹/L, Tue 24 Nov 2026, 08:12, simulated; reference 150 to 400; 62 below the lower limit",
        ),
        (
            course("ceftriaxone", "2026-09-18 12:00", "2026-10-13 12:00", "2 g IV every 24 hours", 42),
            "Ceftriaxone 2 g IV every 24 hours, Fri 18 Sep 2026, 12:00 to Tue 13 Oct 2026, 12:00, course record; "
            "planned 42 days",
        ),
        (
            course("rifampicin", "2026-11-01", None, "450 mg oral", 84),
            "Rifampicin 450 mg oral, since Sun 1 Nov 2026, course record; planned 84 days; "
            "planned stop Sun 24 Jan 2027",
        ),
        (
            course("rifampicin", "2026-10-01", None, "450 mg oral", 14),
            "Rifampicin 450 mg oral, since Thu 1 Oct 2026, course record; planned 14 days; "
            "planned stop Thu 15 Oct 2026 has passed",
        ),
        (
            course("rifampicin", "2026-10-01", None, "450 mg oral"),
            "Rifampicin 450 mg oral, since Thu 1 Oct 2026, course record; no planned stop recorded",
        ),
        (
            course("rifampicin", "2026-12-01", None, "450 mg oral", 1),
            "Rifampicin 450 mg oral, from Tue 1 Dec 2026, planned, course record; planned 1 day; "
            "planned stop Wed 2 Dec 2026",
        ),
        (
            own("meeting//decision", "2026-05-03", text_value="DAIR"),
            "Meeting decision: DAIR, Sun 3 May 2026, source not stated",
        ),
        (own("finding//fever", "2026-05-03", 1), "Fever: present, Sun 3 May 2026, source not stated"),
        (own("finding//fever", "2026-05-03", 0), "Fever: absent, Sun 3 May 2026, source not stated"),
        (own("finding//pain", "2026-05-03", 6, unit="{score}"), "Pain score: 6, Sun 3 May 2026, source not stated"),
        (own("finding//pain", "2026-05-03", 1, unit="{score}"), "Pain score: 1, Sun 3 May 2026, source not stated"),
        (event("MEDS_DEATH", "2026-05-03"), "Died, Sun 3 May 2026, source not stated"),
        (
            own("operation//brand-new-kind", "2026-05-03"),
            "Brand new kind, Sun 3 May 2026, source not stated",
        ),
        (
            event("ICD10//M86.6", "2026-05-03", text_value="Osteomyelitis of tibia"),
            "Osteomyelitis of tibia, Sun 3 May 2026, source not stated",
        ),
        (event("ICD10//M86.6", "2026-05-03"), "ICD10 M86.6, Sun 3 May 2026, source not stated"),
        (
            event("LAB//50912//mg/dL", "2026-05-03", 1.1, unit="mg/dL"),
            "LAB 50912 mg/dL 1.1 mg/dL, Sun 3 May 2026, source not stated",
        ),
    ],
)  # fmt: skip
def test_the_accessible_name_says_what_when_where_from_and_the_range(one, name):
    assert read(one).name == name


def test_the_facts_of_a_culture_say_specimen_organism_and_resistance():
    facts = [read(one) for one in specimens(TAKEN, "tissue", ["staphylococcus-aureus"], ("flucloxacillin",))]
    assert [(fact.what, fact.value) for fact in facts] == [
        ("Deep tissue specimen", "S1, 1 organism grew"),
        ("Staphylococcus aureus", "S1"),
        ("Staphylococcus aureus: Flucloxacillin", "resistant"),
    ]


@pytest.mark.parametrize(
    ("found", "said"), [(0.0, "no growth"), (None, "pending"), (2.0, "2 organisms grew")]
)
def test_a_specimen_says_what_became_of_it(found, said):
    assert read(own("specimen//bone", TAKEN, found)).value == said


@pytest.mark.parametrize(
    ("letter", "said"),
    [
        ("S", "susceptible"),
        ("I", "susceptible, increased exposure"),
        ("R", "resistant"),
        ("ND", "ND"),
        (None, ""),
    ],
)
def test_a_susceptibility_is_said_in_words(letter, said):
    assert read(event("SUSCEPTIBILITY//3092008//FLC", TAKEN, text_value=letter)).value == said


def test_a_drug_unknown_to_the_vocabulary_keeps_its_code():
    assert (
        read(event("SUSCEPTIBILITY//3092008//ZZZ", TAKEN, text_value="S")).what
        == "Staphylococcus aureus: ZZZ"
    )
    assert read(event("ATC//J01ZZ99", TAKEN)).what == "ATC J01ZZ99"


def test_precision_comes_from_the_caller():
    fact = read(own("operation//excision", "1998-01-01"), precision_of=lambda _event: "about")
    assert fact.when == "about 1998"
    assert [moment.year for moment in fact.span] == [1997, 2000]


def test_a_link_comes_from_the_caller():
    assert read(crp(TAKEN, 1), link_for=lambda e: f"/results/{e.code}/").href == "/results/LOINC//1988-5/"
    assert read(crp(TAKEN, 1)).href is None


def test_a_planned_stop_needs_a_length_in_days():
    assert read(course("rifampicin", TAKEN, None, "", 7)).planned_stop is not None
    wrong = event("ATC//J04AB02", TAKEN, 7.0, unit="wk")
    assert read(wrong).planned_stop is None
    assert read(event("ATC//J04AB02", TAKEN, 1e9, unit="d")).planned_stop is None


def test_a_running_course_reaches_to_its_planned_stop():
    fact = read(course("rifampicin", "2026-11-20", None, "", 30))
    assert fact.touches(fact.planned_stop, NOW.replace(year=2030))


def test_a_fact_without_a_time_is_in_no_period():
    assert not read(event("GENDER//F", None)).touches(NOW.replace(year=1900), NOW)


@pytest.mark.parametrize(
    ("start", "end", "inside"),
    [
        ("2026-09-01", "2026-09-05", True),
        ("2026-08-01", "2026-09-01 00:00", True),
        ("2026-08-01", "2026-08-31", False),
        ("2026-09-30", "2026-12-01", True),
        ("2026-08-01", "2026-12-01", True),
        ("2026-10-01 00:00", "2026-10-02", False),
    ],
)
def test_what_lasts_is_in_a_period_when_any_of_it_is(start, end, inside):
    september = (crp("2026-09-01 00:00", 1).time, crp("2026-10-01 00:00", 1).time)
    assert read(course("rifampicin", start, end, "")).touches(*september) is inside


def test_facts_come_in_one_order_whatever_order_the_events_came_in():
    events = limb_story()
    expected = [fact.event for fact in Reading().facts(events)]
    random.Random(4).shuffle(events)
    assert [fact.event for fact in Reading().facts(events)] == expected
    assert expected == sorted(expected, key=lambda one: one.time)


def test_what_was_typed_by_its_name_is_called_by_it():
    typed = Reading().facts(
        [
            Event(1, NOW, "OSTEON//result//magnesium", numeric_value=1.9),
            Event(1, NOW, "OSTEON//course//cloxanovir"),
        ]
    )
    assert sorted(fact.what for fact in typed) == ["Cloxanovir", "Magnesium"]
    assert {fact.lane for fact in typed} == {"results", "antibiotics"}


def test_a_tested_drug_is_the_systemic_one():
    [fact] = Reading().facts([Event(1, NOW, "SUSCEPTIBILITY//3092008//VAN", text_value="R")])
    assert fact.what == "Staphylococcus aureus: Vancomycin"
