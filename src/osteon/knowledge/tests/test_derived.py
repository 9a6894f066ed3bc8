"""What the record answers by itself: the examples of section 8, and what must stay open."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given as over
from hypothesis import strategies as st

from osteon.events.schema import Event
from osteon.events.vocabulary.questions import QUESTIONS
from osteon.knowledge import definition
from osteon.knowledge.derived import derived, with_derived
from osteon.knowledge.samples.takings import specimens, takings
from osteon.rules.answering import answer_definition

DAY_0 = datetime(2026, 3, 2, 9)
AUREUS, EPIDERMIDIS, ACNES = "3092008", "60875001", "39473003"
SENSITIVE = {"FLC": "S", "CLI": "S"}


def on(day: float) -> datetime:
    return DAY_0 + timedelta(days=day)


def specimen(
    number: int, *grown: tuple[str, dict[str, str]], kind: str = "tissue", day: float = 0, pending=False
):
    source = f"sim:1/{number}"
    count = None if pending else float(len(grown))
    events = [
        Event(
            1,
            on(day),
            f"OSTEON//specimen//{kind}",
            numeric_value=count,
            text_value=f"S{number}",
            source=source,
        )
    ]
    for place, (organism, antibiogram) in enumerate(grown, start=1):
        own = f"{source}/isolate/{place}"
        events.append(Event(1, on(day), f"SNOMED//{organism}", text_value=f"S{number}", source=own))
        events += [
            Event(1, on(day), f"SUSCEPTIBILITY//{organism}//{drug}", text_value=said, source=f"{own}/{drug}")
            for drug, said in antibiogram.items()
        ]
    return events


def tissues(
    grown: int, of: int, organism: str = AUREUS, antibiogram: dict[str, str] | None = None, day: float = 0
):
    panel = SENSITIVE if antibiogram is None else antibiogram
    return [
        event
        for number in range(1, of + 1)
        for event in specimen(number, *([(organism, panel)] if number <= grown else []), day=day)
    ]


def course(start: float, end: float | None) -> Event:
    return Event(1, on(start), "ATC//J01CF05", end=None if end is None else on(end), source=f"course:{start}")


def said(events: list[Event], key: str) -> list[tuple[str | None, float | None]]:
    code = QUESTIONS[key].code
    return [(one.comparator, one.numeric_value) for one in derived(events) if one.code == code]


def exactly(*numbers: float) -> list[tuple[str | None, float | None]]:
    return [(None, number) for number in numbers]


def test_two_of_five_alike_are_counted_with_the_number_taken():  # TS-1
    events = tissues(2, 5)
    assert said(events, "cultures_alike") == exactly(2)
    assert said(events, "specimens_valid") == exactly(5)
    assert said(events, "culture_single") == exactly(0)
    assert said(events, "no_growth") == exactly(0)


def test_another_antibiogram_is_another_organism():  # TS-2
    events = [
        *specimen(1, (EPIDERMIDIS, {"CLI": "S"})),
        *specimen(2, (EPIDERMIDIS, {"CLI": "R"})),
        *(e for n in (3, 4, 5) for e in specimen(n)),
    ]
    assert said(events, "cultures_alike") == exactly(1)
    assert said(events, "culture_single") == []  # two positive, not alike: for a reviewer


def test_swabs_do_not_count():  # TS-3
    events = [
        *specimen(1, (AUREUS, SENSITIVE), kind="swab"),
        *specimen(2, (AUREUS, SENSITIVE), kind="swab"),
        *specimen(3, (AUREUS, SENSITIVE)),
    ]
    assert said(events, "cultures_alike") == exactly(1)
    assert said(events, "specimens_valid") == exactly(1)


def test_two_negative_tissues_are_not_adequate():  # TS-4
    events = with_derived(tissues(0, 2))
    answer = answer_definition(definition("tissue-agreement"), events, on(1))
    assert "not adequate" in answer.axes[0].possible


def test_aspirate_and_sonicate_alike_are_two():  # TS-5
    acnes = (ACNES, {"CLI": "S"})
    events = [
        *specimen(1, acnes, kind="fluid", day=-10),
        *specimen(2, acnes, kind="sonicate"),
        *(e for n in range(3, 8) for e in specimen(n)),
    ]
    assert said(events, "cultures_alike") == exactly(1, 2)  # the aspirate alone, then both
    assert said(events, "specimens_valid") == exactly(1, 7)
    assert said(events, "low_virulence")[-1] == (None, 1.0)
    assert said(events, "aspirate_culture") == exactly(1)
    answer = answer_definition(definition("tissue-agreement"), with_derived(events), on(1))
    assert answer.axes[0].words() == "concordant"
    assert any("low virulence" in warning for warning in answer.warnings)


def test_an_aspirate_long_before_does_not_count_with_the_operation():
    events = [*specimen(9, (AUREUS, SENSITIVE), kind="fluid", day=-43), *tissues(1, 5)]
    assert said(events, "cultures_alike") == exactly(1, 1)
    near = [*specimen(9, (AUREUS, SENSITIVE), kind="fluid", day=-42), *tissues(1, 5)]
    assert said(near, "cultures_alike")[-1] == (None, 2.0)


def test_without_antibiograms_both_bounds_are_given():
    events = tissues(3, 5, antibiogram={})
    assert said(events, "cultures_alike") == exactly(1, 3)
    answer = answer_definition(definition("tissue-agreement"), with_derived(events), on(1))
    assert "concordant" in answer.axes[0].possible
    assert answer.axes[0].certain is None


def test_a_pending_report_leaves_room():
    events = [*tissues(1, 3), *specimen(8, pending=True), *specimen(9, pending=True)]
    assert said(events, "cultures_alike") == exactly(1, 3)
    assert said(events, "culture_single") == []


def test_growth_that_nobody_named_leaves_room():
    events = tissues(1, 3)
    unnamed = Event(
        1, on(0), "OSTEON//specimen//tissue", numeric_value=1.0, text_value="S9", source="sim:1/9"
    )
    assert said([*events, unnamed], "cultures_alike") == exactly(1, 2)


def test_no_growth_on_antibiotics_says_nothing():
    events = [*tissues(0, 5), course(-5, None)]
    assert said(events, "cultures_alike") == [(">=", 0.0)]
    assert said(events, "culture_single") == []
    assert said(events, "no_growth") == []
    assert said(events, "antibiotic_free_days") == exactly(0)


@pytest.mark.parametrize(("end", "open_"), [(-13, True), (-14, False)])
def test_fourteen_days_off_antibiotics_make_a_negative_culture_count(end, open_):
    events = [*tissues(0, 5), course(-40, end)]
    assert (said(events, "no_growth") == []) is open_


def test_two_alike_stand_although_antibiotics_were_given():
    assert said([*tissues(3, 5), course(-5, None)], "cultures_alike") == exactly(3)


def test_a_negative_sonicate_is_zero_and_a_positive_one_is_asked_for():
    negative = [*specimen(9, kind="sonicate"), *tissues(1, 2)]
    assert said(negative, "sonication_cfu") == exactly(0)
    positive = specimen(1, (AUREUS, SENSITIVE), kind="sonicate")
    assert said(positive, "sonication_cfu") == []


def test_the_most_resistant_isolate_is_counted_and_i_is_not_r():
    mild = {"FLC": "S", "CLI": "R", "RIF": "I", "DOX": "S"}
    hard = {"FLC": "R", "CLI": "R", "RIF": "R", "DOX": "R", "VAN": "S"}
    events = [*specimen(1, (AUREUS, mild)), *specimen(2, (EPIDERMIDIS, hard))]
    assert said(events, "n_tested") == exactly(5)
    assert said(events, "n_resistant") == exactly(4)
    answer = answer_definition(definition("bach"), with_derived(events), on(1))
    letters = {one.axis.name: one.words() for one in answer.axes}
    assert letters["by number resistant"] == letters["by share susceptible"] == "A2"
    only_mild = specimen(1, (AUREUS, mild))
    assert said(only_mild, "n_resistant") == exactly(1)


def test_categories_are_counted_for_staphylococcus_aureus_alone():
    panel = {"FLC": "R", "CIP": "R", "MFX": "R", "RIF": "R", "VAN": "S", "CLI": "I"}
    events = specimen(1, (AUREUS, panel))
    assert said(events, "categories_total") == exactly(17)
    assert said(events, "categories_tested") == exactly(5)
    assert said(events, "categories_resistant") == exactly(3)
    assert said(events, "mrsa") == exactly(1)
    answer = answer_definition(definition("magiorakos-2012"), with_derived(events), on(1))
    assert answer.axes[0].words() == "possible XDR or PDR"
    assert said(specimen(1, (EPIDERMIDIS, panel)), "categories_total") == []


def test_no_resistance_to_meticillin_is_not_said_of_what_was_not_tested():
    assert said(specimen(1, (AUREUS, {"CLI": "S"})), "mrsa") == []


def test_a_drug_reported_in_two_ways_counts_as_not_tested():
    events = specimen(1, (AUREUS, {"FLC": "S", "CLI": "S"}))
    twice = Event(1, on(0), f"SUSCEPTIBILITY//{AUREUS}//CLI", text_value="R", source="sim:1/1/isolate/1/CLI")
    assert said([*events, twice], "n_tested") == exactly(1)


def test_the_evidence_opens_the_specimen():
    events = tissues(3, 5)
    for answer in derived(events):
        assert answer.source in {one.event.source for one in specimens(events)}
        assert answer.original.startswith("computed: ")


def test_what_a_person_said_stands():
    code = QUESTIONS["cultures_alike"].code
    by_hand = Event(1, on(0.5), code, numeric_value=0.0, source="record:finding")
    assert said([*tissues(3, 5), by_hand], "cultures_alike") == []
    long_ago = Event(1, on(-30), code, numeric_value=0.0, source="record:finding")
    assert said([*tissues(3, 5), long_ago], "cultures_alike") == exactly(3)


def test_an_earlier_taking_is_answered_at_its_own_time():
    events = [*tissues(3, 5, day=-200), *specimen(9, kind="tissue")]
    first, second = takings(events)
    assert (first.time, second.time) == (on(-200), on(0))
    found = [one for one in derived(events) if one.code == QUESTIONS["cultures_alike"].code]
    assert [(one.time, one.numeric_value) for one in found] == [(on(-200), 3.0), (on(0), 0.0)]


def test_a_patient_without_specimens_is_told_nothing():
    assert derived([course(-5, None)]) == []


growths = st.lists(
    st.tuples(st.sampled_from([AUREUS, EPIDERMIDIS]), st.fixed_dictionaries({"CLI": st.sampled_from("SIR")})),
    max_size=2,
)
stories = st.lists(
    st.tuples(growths, st.sampled_from(["tissue", "fluid", "sonicate", "swab"]), st.booleans()), max_size=6
)


@over(stories)
def test_bounds_never_cross_and_never_exceed_what_was_taken(story):
    events = [
        event
        for number, (grown, kind, pending) in enumerate(story, start=1)
        for event in specimen(number, *(() if pending else grown), kind=kind, pending=pending)
    ]
    for taking in takings(events):
        least, most = taking.alike
        assert 0 <= least <= most <= len(taking.pool)
    assert all(one.numeric_value >= 0 for one in derived(events))
