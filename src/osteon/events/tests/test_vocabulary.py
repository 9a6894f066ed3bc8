"""The tables hold what they promise: a route is only claimed with a source beside it."""

import pytest

from osteon.events.vocabulary import DRUG_BY_CODE, DRUGS


def test_each_drug_is_found_by_its_stream_code():
    assert DRUGS["ceftriaxone"].code == "ATC//J01DD04"
    assert {DRUG_BY_CODE[drug.code].key for drug in DRUGS.values()} == set(DRUGS)


@pytest.mark.parametrize("drug", DRUGS.values(), ids=lambda drug: drug.key)
def test_a_route_is_named_with_its_source_and_a_source_with_its_route(drug):
    assert drug.only_route in ("", "vein or muscle")
    assert bool(drug.only_route) == bool(drug.route_source)
    marks = ("seen:", "memory")
    assert not drug.route_source or sum(mark in drug.route_source for mark in marks) == 1


def test_the_routes_that_no_source_was_read_for_are_known():
    from_memory = {drug.key for drug in DRUGS.values() if "memory" in drug.route_source}
    assert from_memory == {"temocillin", "colistin", "liposomal-amphotericin"}


def test_a_drug_that_is_also_given_by_mouth_says_nothing():
    both = ("flucloxacillin", "linezolid", "clindamycin", "rifampicin", "fluconazole", "metronidazole")
    assert {DRUGS[key].only_route for key in (*both, "vancomycin-oral", "warfarin")} == {""}
