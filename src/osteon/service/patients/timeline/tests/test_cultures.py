"""Specimens taken together and what grew in how many of them."""

import pytest

from osteon.service.patients.timeline.cultures import short_organism, takings
from osteon.service.patients.timeline.facts import Reading
from osteon.service.patients.timeline.tests.stories import event, own, specimens

DAY = "2026-09-01 09:40"
AUREUS, EPIDERMIDIS = "staphylococcus-aureus", "staphylococcus-epidermidis"


def taken(*events):
    return takings(Reading().facts(events))


def states(taking) -> str:
    return "".join({"grew": "●", "nothing": "○", "pending": "◌"}[s.state] for s in taking.specimens)


def test_a_taking_says_the_organism_n_of_n():
    [taking] = taken(*specimens(DAY, "tissue", [AUREUS, AUREUS, AUREUS, "", ""]))
    assert states(taking) == "●●●○○"
    assert taking.labels == ("S. aureus 3 of 5",)


def test_specimens_that_grew_come_first_whatever_their_number():
    [taking] = taken(*specimens(DAY, "tissue", ["", None, AUREUS]))
    assert states(taking) == "●○◌"
    assert taking.labels[0] == "S. aureus 1 of 3 · 1 pending"


def test_each_organism_is_counted_the_commonest_first():
    [taking] = taken(*specimens(DAY, "tissue", [EPIDERMIDIS, AUREUS, AUREUS]))
    assert taking.labels == ("S. aureus 2 of 3 · S. epidermidis 1 of 3", "S. aureus 2 of 3 +1")


def test_two_organisms_in_one_specimen_are_both_counted():
    [specimen] = list(specimens(DAY, "bone", [""]))
    grown = own("specimen//bone", DAY, 2, text_value="S1", source=specimen.source)
    isolates = [
        event(code, DAY, text_value="S1", source=f"{specimen.source}/isolate/{number}")
        for number, code in enumerate(["SNOMED//3092008", "SNOMED//78065002"], 1)
    ]
    [taking] = taken(grown, *isolates)
    assert taking.labels[0] == "S. aureus 1 of 1 · E. faecalis 1 of 1"


def test_nothing_grown_is_said():
    [taking] = taken(*specimens(DAY, "fluid", ["", "", ""]))
    assert taking.labels == ("no growth 0 of 3",)


def test_all_pending_is_not_called_no_growth():
    [taking] = taken(*specimens(DAY, "fluid", [None, None]))
    assert taking.labels == ("2 pending",)


def test_growth_whose_organism_nobody_named_is_still_growth():
    [taking] = taken(
        own("specimen//swab", DAY, 1, text_value="S1"), own("specimen//swab", DAY, 0, text_value="S2")
    )
    assert taking.labels == ("growth 1 of 2",)


def test_an_isolate_outweighs_a_count_that_still_says_pending():
    source = "record:results.specimen/1"
    [taking] = taken(
        own("specimen//bone", DAY, None, text_value="S1", source=source),
        event("SNOMED//3092008", DAY, text_value="S1", source=f"{source}/isolate/1"),
    )
    assert states(taking) == "●"


def test_an_isolate_without_its_specimen_is_shown_but_not_counted_of_n():
    [taking] = taken(event("SNOMED//3092008", DAY, source="meds:x#1"))
    assert (states(taking), taking.labels) == ("●", ("S. aureus",))


def test_an_isolate_finds_its_specimen_by_label_when_sources_say_nothing():
    [taking] = taken(
        own("specimen//bone", DAY, 1, text_value="S1"),
        own("specimen//bone", DAY, 0, text_value="S2"),
        event("SNOMED//3092008", DAY, text_value="S1"),
    )
    assert taking.labels == ("S. aureus 1 of 2",)


def test_specimens_of_one_day_are_one_taking_and_blood_is_apart():
    events = [*specimens(DAY, "tissue", [AUREUS]), *specimens("2026-09-01 10:20", "bone", [""])]
    events += specimens("2026-09-01 22:00", "blood", [AUREUS, ""])
    assert sorted(len(taking.specimens) for taking in taken(*events)) == [2, 2]


def test_takings_of_two_days_stand_apart_in_order():
    events = [*specimens("2026-09-03 09:00", "tissue", [AUREUS]), *specimens(DAY, "tissue", ["", ""])]
    assert [len(taking.specimens) for taking in taken(*events)] == [2, 1]


def test_a_specimens_name_says_organism_and_resistance():
    [taking] = taken(*specimens(DAY, "tissue", [AUREUS], ("benzylpenicillin", "rifampicin")))
    assert taking.specimens[0].name == (
        "Deep tissue specimen: S1, 1 organism grew, Tue 1 Sep 2026, 09:40, microbiology; "
        "Staphylococcus aureus; resistant to benzylpenicillin, rifampicin"
    )


def test_a_susceptible_drug_is_not_in_the_name():
    events = list(specimens(DAY, "tissue", [AUREUS]))
    source = f"{events[0].source}/isolate/1/OXA"
    [taking] = taken(*events, event("SUSCEPTIBILITY//3092008//FLC", DAY, text_value="S", source=source))
    assert "resistant" not in taking.specimens[0].name


def test_a_susceptibility_without_its_specimen_is_left_to_the_table():
    assert taken(event("SUSCEPTIBILITY//3092008//FLC", DAY, text_value="R", source="x/isolate/1/FLC")) == []


@pytest.mark.parametrize(
    ("name", "code", "short"),
    [
        ("Staphylococcus aureus", "SNOMED//3092008", "S. aureus"),
        ("Staphylococcus aureus (meticillin resistant)", "SNOMED//115329001", "MRSA"),
        ("Cutibacterium acnes", "", "C. acnes"),
        ("Group B streptococcus", "", "Group B streptococcus"),
        ("Yeast", "", "Yeast"),
        ("", "", ""),
    ],
)
def test_an_organism_is_shortened_as_the_unit_does(name, code, short):
    assert short_organism(name, code) == short
