"""Which recorded allergies speak against which drug."""

import pytest

from osteon.events.vocabulary import DRUGS
from osteon.service.courses.allergies import BRANDS, CLASS_WORDS, SAME_SIDE_CHAIN, Closeness, conflicts


def against(drug, *substances):
    name = DRUGS[drug].name if drug in DRUGS else drug
    key = drug if drug in DRUGS else ""
    return [(c.substance, c.closeness) for c in conflicts(key, name, [(s, "rash") for s in substances])]


@pytest.mark.parametrize(
    ("drug", "substance", "closeness"),
    [
        ("flucloxacillin", "Flucloxacillin", Closeness.SAME),
        ("flucloxacillin", "FLUCLOXACILLIN 1 g (2019)", Closeness.SAME),
        ("co-amoxiclav", "Augmentin Duo", Closeness.SAME),
        ("flucloxacillin", "penicillin", Closeness.CLASS),
        ("flucloxacillin", "Penicillins", Closeness.CLASS),
        ("piperacillin-tazobactam", "Amoxicillin", Closeness.CLASS),
        ("flucloxacillin", "beta-lactams", Closeness.CLASS),
        ("co-trimoxazole", "sulfa drugs", Closeness.CLASS),
        ("levofloxacin", "Quinolones", Closeness.CLASS),
        ("levofloxacin", "Ciprofloxacin", Closeness.CLASS),
        ("teicoplanin", "Vancomycin", Closeness.CLASS),
        ("cefalexin", "amoxicillin", Closeness.SIDE_CHAIN),
        ("aztreonam", "Ceftazidime", Closeness.SIDE_CHAIN),
        ("cefazolin", "penicillin", Closeness.RELATED),
        ("meropenem", "Tazocin", Closeness.RELATED),
    ],
)
def test_an_allergy_speaks_against_a_drug(drug, substance, closeness):
    assert against(drug, substance) == [(substance, closeness)]


@pytest.mark.parametrize(
    ("drug", "substance"),
    [
        ("vancomycin", "penicillin"),
        ("daptomycin", "latex"),
        ("metronidazole", "fluconazole"),
        ("fluconazole", "metronidazole"),
        ("fosfomycin", "fusidic acid"),
        ("linezolid", ""),
    ],
)
def test_what_is_not_related_is_not_warned_of(drug, substance):
    assert against(drug, substance) == []


def test_the_nearest_allergy_comes_first():
    found = against("cefalexin", "penicillin", "amoxicillin", "Keflex")
    assert [closeness for _, closeness in found] == [Closeness.SAME, Closeness.SIDE_CHAIN, Closeness.RELATED]


def test_a_drug_kept_by_name_only_is_compared_by_name():
    assert against("Cloxanovir", "cloxanovir") == [("cloxanovir", Closeness.SAME)]
    assert against("Cloxanovir", "penicillin") == []


def test_each_reason_is_said_in_words():
    for conflict in conflicts("cefalexin", "Cefalexin", [("amoxicillin", "rash"), ("penicillin", "")]):
        assert "Cefalexin" in conflict.why


def test_the_tables_name_drugs_and_classes_that_exist():
    groups = {drug.group for drug in DRUGS.values()}
    assert set(BRANDS.values()) <= DRUGS.keys()
    assert set(CLASS_WORDS.values()) <= groups
    assert {key for group in SAME_SIDE_CHAIN for key in group} <= DRUGS.keys()
