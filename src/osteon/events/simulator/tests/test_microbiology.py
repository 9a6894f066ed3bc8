from collections import defaultdict

import pytest

from osteon.events.simulator.tests.cohorts import infected, journeys, stories

OPERATIVE = tuple(f"OSTEON//specimen//{kind}" for kind in ("tissue", "bone", "fluid", "sonicate"))


def takings(story):
    """Specimens of one operation together."""
    together = defaultdict(list)
    for event in story:
        if event.code in OPERATIVE:
            together[event.time].append(event)
    return together


def test_three_to_six_specimens_are_taken_at_an_operation():
    sizes = {len(specimens) for story in stories() for specimens in takings(story).values()}
    assert sizes == {3, 4, 5, 6}


def test_the_number_of_isolates_of_a_specimen_is_what_grew():
    for story in stories():
        isolates = defaultdict(int)
        for event in story:
            if event.code.startswith("SNOMED//"):
                isolates[event.source.rpartition("/isolate/")[0]] += 1
        for event in story:
            if event.code.startswith("OSTEON//specimen//"):
                assert event.numeric_value == isolates[event.source]


def test_isolates_and_susceptibilities_lead_back_to_their_specimen():
    for story in stories(100):
        specimens = {e.source for e in story if e.code.startswith("OSTEON//specimen//")}
        isolates = {e.source for e in story if e.code.startswith("SNOMED//")}
        assert {source.rpartition("/isolate/")[0] for source in isolates} <= specimens
        tested = {e.source.rpartition("/")[0] for e in story if e.code.startswith("SUSCEPTIBILITY//")}
        assert tested <= isolates


def test_susceptibilities_are_categories_with_the_label_of_the_specimen():
    for story in stories(100):
        labels = {e.text_value for e in story if e.code.startswith("OSTEON//specimen//")}
        for event in story:
            if event.code.startswith("SUSCEPTIBILITY//"):
                assert event.text_value in {"S", "R"}
                assert event.original in labels


def test_a_culture_positive_patient_has_two_that_agree():
    """definitions 8: at least two specimens with the same organism."""
    with_growth = [j for j in infected(300) if j.case.isolates]
    assert with_growth
    for journey in with_growth:
        organism = journey.case.isolates[0].germ.code
        agreeing = sum(row[3] == organism for row in journey.story.rows)
        assert agreeing >= 2


def test_yield_per_specimen_is_that_of_the_reference():
    """definitions 8: 0.59 per specimen; a little more here, as those with fewer than two are drawn again."""
    grown = taken = 0
    for journey in infected():
        if len(journey.case.isolates) == 1 and journey.failed is None and not journey.case.strategy.second:
            organism = journey.case.isolates[0].germ.code
            rows = [r for r in journey.story.rows if r[3] in OPERATIVE]
            taken += len(rows)
            grown += sum(
                r[3] == organism and r[11].rpartition("/isolate/")[0] in {x[11] for x in rows}
                for r in journey.story.rows
            )
    assert grown / taken == pytest.approx(0.63, abs=0.04)


def test_contaminants_are_single_and_rare_where_infection_is_excluded():
    """definitions 8: contamination 0.06 per specimen."""
    grown = taken = 0
    for journey in journeys():
        if journey.case.excluded:
            for row in journey.story.rows:
                if row[3] in OPERATIVE:
                    taken += 1
                    grown += row[4] > 0
    assert grown / taken == pytest.approx(0.06, abs=0.03)


def test_an_organism_has_one_antibiogram_in_a_patient():
    for journey in infected(300):
        seen = {}
        for row in journey.story.rows:
            if row[3].startswith("SUSCEPTIBILITY//"):
                assert seen.setdefault(row[3], row[7]) == row[7] or row[4] is None


def test_reports_come_days_after_the_specimen():
    for story in stories(100):
        for event in story:
            if event.code.startswith("OSTEON//specimen//"):
                assert 5 <= (event.recorded_at - event.time).days <= 15


def test_what_a_laboratory_infers_is_not_printed():
    """No British report lists carbapenems for a meticillin-susceptible Staphylococcus aureus."""
    told = {
        event.code
        for story in stories()
        for event in story
        if event.code.startswith("SUSCEPTIBILITY//3092008//")
    }
    assert "SUSCEPTIBILITY//3092008//FLC" in told
    assert told.isdisjoint({"SUSCEPTIBILITY//3092008//MEM", "SUSCEPTIBILITY//3092008//TZP"})
