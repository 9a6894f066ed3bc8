"""Groups of drugs that rules name come from the vocabulary, never from a list in code."""

from osteon.events.vocabulary import DRUGS
from osteon.knowledge.terms import ANTIMICROBIALS, PARENTERAL


def test_what_is_given_by_vein_or_muscle_only_is_what_the_table_says():
    assert set(PARENTERAL.codes) == {drug.code for drug in DRUGS.values() if drug.only_route}
    assert {DRUGS[key].code for key in ("ceftriaxone", "daptomycin", "tigecycline")} <= set(PARENTERAL.codes)


def test_a_drug_that_may_be_swallowed_is_not_taken_for_one_by_vein():
    swallowed = ("linezolid", "ciprofloxacin", "vancomycin-oral", "fluconazole", "cefuroxime")
    assert not {DRUGS[key].code for key in swallowed} & set(PARENTERAL.codes)


def test_everything_by_vein_is_an_antimicrobial():
    assert set(PARENTERAL.codes) <= set(ANTIMICROBIALS.codes)
