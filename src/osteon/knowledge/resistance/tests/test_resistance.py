"""S, I and R, categories of Staphylococcus aureus, and results to check."""

from __future__ import annotations

from datetime import datetime

import pytest

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUGS, ORGANISMS
from osteon.knowledge.resistance.categories import (
    AUREUS_CATEGORIES,
    MRSA,
    Category,
    CategoryCount,
    category_count,
)
from osteon.knowledge.resistance.improbable import EXPECTATIONS, Improbable, improbable

TAKEN = datetime(2026, 3, 2, 9)
AUREUS = ORGANISMS["staphylococcus-aureus"].code


def agent(key: str) -> str:
    return DRUGS[key].amr_code


def results(organism: str, **said: str) -> list[Improbable]:
    """One specimen with one isolate, reported so; drug keys with ``_`` for ``-``."""
    code = ORGANISMS[organism].code if organism in ORGANISMS else f"SNOMED//{organism}"
    source = "sim:1/1"
    own = f"{source}/isolate/1"
    events = [
        Event(1, TAKEN, "OSTEON//specimen//tissue", numeric_value=1.0, text_value="S1", source=source),
        Event(1, TAKEN, code, text_value="S1", source=own),
    ]
    for key, category in said.items():
        drug = agent(key.replace("_", "-"))
        number = code.removeprefix("SNOMED//")
        events.append(
            Event(1, TAKEN, f"SUSCEPTIBILITY//{number}//{drug}", text_value=category, source=f"{own}/{drug}")
        )
    return improbable(events)


def test_only_r_is_resistant_and_i_says_increased_exposure():
    assert [one.is_resistant for one in Category] == [False, False, True]
    assert "increased exposure" in Category.I.words


def test_there_are_seventeen_categories_and_no_drug_in_two():
    assert len(AUREUS_CATEGORIES) == 17
    agents = [one for found in AUREUS_CATEGORIES.values() for one in found]
    assert len(agents) == len(set(agents))


def test_two_drugs_of_one_category_count_once():
    said = [(agent("ciprofloxacin"), "R"), (agent("moxifloxacin"), "R"), (agent("clindamycin"), "S")]
    assert category_count(AUREUS, said) == CategoryCount(17, 2, 1, is_mrsa=None)


def test_increased_exposure_is_not_resistance():
    assert category_count(AUREUS, [(agent("ciprofloxacin"), "I")]) == CategoryCount(17, 1, 0, is_mrsa=None)


@pytest.mark.parametrize("told", ["oxacillin", "cefoxitin", "flucloxacillin"])
def test_meticillin_resistance_is_read_from_name_or_drug(told):
    by_drug = category_count(AUREUS, [(agent(told), "R")])
    by_name = category_count(MRSA, [])
    assert by_drug is not None and by_drug.is_mrsa
    assert by_name is not None and by_name.is_mrsa


def test_a_susceptible_telling_drug_rules_meticillin_resistance_out():
    found = category_count(AUREUS, [(agent("flucloxacillin"), "S")])
    assert found is not None
    assert found.is_mrsa is False


def test_a_drug_outside_every_category_is_not_counted():
    assert category_count(AUREUS, [(agent("levofloxacin"), "R")]) == CategoryCount(17, 0, 0, is_mrsa=None)


def test_other_organisms_are_not_counted_because_their_lists_were_not_found():
    assert category_count(ORGANISMS["escherichia-coli"].code, [("MEM", "R")]) is None


@pytest.mark.parametrize(
    ("organism", "drug", "reported"),
    [
        ("pseudomonas-aeruginosa", "ceftriaxone", "S"),
        ("pseudomonas-aeruginosa", "tigecycline", "I"),
        ("enterococcus-faecalis", "cefuroxime", "S"),
        ("enterococcus-faecium", "gentamicin", "S"),
        ("enterobacter-cloacae", "co_amoxiclav", "S"),
        ("serratia-marcescens", "colistin", "S"),
        ("escherichia-coli", "vancomycin", "S"),
        ("cutibacterium-acnes", "metronidazole", "S"),
        ("mrsa", "flucloxacillin", "S"),
        ("mrsa", "meropenem", "S"),
        ("113697002", "meropenem", "S"),
        ("staphylococcus-aureus", "vancomycin", "R"),
        ("staphylococcus-epidermidis", "linezolid", "R"),
        ("streptococcus-pyogenes", "benzylpenicillin", "R"),
        ("bacteroides-fragilis", "metronidazole", "R"),
        ("klebsiella-pneumoniae", "meropenem", "R"),
    ],
)
def test_a_result_that_does_not_fit_is_flagged(organism, drug, reported):
    (found,) = results(organism, **{drug: reported})
    assert found.words().startswith("Result improbable: check.")
    assert found.event_source == "sim:1/1/isolate/1"
    assert found.drug in found.words()


@pytest.mark.parametrize(
    ("organism", "drug", "reported"),
    [
        ("pseudomonas-aeruginosa", "ceftriaxone", "R"),
        ("pseudomonas-aeruginosa", "meropenem", "S"),
        ("mrsa", "ceftaroline", "S"),
        ("mrsa", "ceftobiprole", "S"),
        ("cutibacterium-acnes", "metronidazole", "R"),
        ("staphylococcus-aureus", "vancomycin", "S"),
        ("staphylococcus-aureus", "flucloxacillin", "S"),
        ("enterococcus-faecium", "clindamycin", "S"),
        ("escherichia-coli", "meropenem", "I"),
        ("escherichia-coli", "colistin", "S"),
    ],
)
def test_what_fits_is_left_alone(organism, drug, reported):
    assert results(organism, **{drug: reported}) == []


def test_several_results_are_flagged_one_by_one():
    found = results("pseudomonas-aeruginosa", ceftriaxone="S", ertapenem="S", meropenem="R")
    assert len(found) == 3


def test_every_expectation_names_codes_and_where_it_stands():
    for one in EXPECTATIONS:
        assert one.organisms and one.agents, one.sentence
        assert "" not in one.agents, one.sentence
        assert one.reported <= {"S", "I", "R"}
        assert one.source.place.startswith("c2 rule")


def test_no_expectation_contradicts_another():
    for one in EXPECTATIONS:
        for other in EXPECTATIONS:
            if one.organisms & other.organisms and one.agents & other.agents:
                assert one.reported & other.reported or one is other, (one.sentence, other.sentence)


def test_an_isolate_that_was_not_tested_gives_nothing():
    assert results("pseudomonas-aeruginosa") == []
