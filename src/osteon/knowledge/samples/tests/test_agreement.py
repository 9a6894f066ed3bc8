"""n of n: the worked examples of definitions.md section 8 and what a microbiologist would ask next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.knowledge.samples.agreement import (
    ALIKE_BY_ATKINS,
    MOST_PROFILES,
    Growth,
    Taken,
    Verdict,
    agreements,
    why_negative_is_not_enough,
)

AUREUS, MRSA, EPI, ACNES = "SNOMED//3092008", "SNOMED//115329001", "SNOMED//60875001", "SNOMED//39473003"
SENSITIVE = {"flucloxacillin": "S", "clindamycin": "S"}
CLI_R = {"flucloxacillin": "S", "clindamycin": "R"}


def grew(organism=AUREUS, antibiogram=SENSITIVE, name="S. aureus"):
    return Growth(organism, name, frozenset(antibiogram.items()))


def tissue(number, *growths, kind="tissue", separate=True, **more):
    return Taken(f"S{number}", kind, tuple(growths), separate, **more)


def tissues(count, *growths, start=1, **more):
    return [tissue(number, *growths, **more) for number in range(start, start + count)]


def reasons(taking):
    return [reason.words() for reason in why_negative_is_not_enough(taking)]


def the_only(taking):
    found = agreements(taking)
    assert len(found) == 1
    return found[0]


def test_two_of_five_alike_agree_but_not_in_atkins_mode():  # TS-1
    aureus = the_only(tissues(2, grew()) + tissues(3, start=3))
    assert (aureus.count, aureus.of) == (2, 5)
    assert aureus.verdict() is Verdict.AGREE
    assert aureus.verdict(ALIKE_BY_ATKINS) is Verdict.FEWER


def test_two_staphylococci_with_different_antibiograms_are_for_the_microbiologist():  # TS-2
    taking = [tissue(1, grew(EPI, SENSITIVE)), tissue(2, grew(EPI, CLI_R)), *tissues(3, start=3)]
    epi = the_only(taking)
    assert (epi.count, epi.matched, epi.possible) == (2, 1, 1)
    assert epi.verdict() is Verdict.DIFFER
    assert epi.differing == ("clindamycin",)


def test_swabs_do_not_count():  # TS-3
    taking = [*tissues(2, grew(), kind="swab"), tissue(3, grew())]
    aureus = the_only(taking)
    assert (aureus.count, aureus.of, aureus.elsewhere) == (1, 1, ("S1", "S2"))
    assert aureus.verdict() is Verdict.FEWER


def test_two_negative_tissues_are_not_adequate():  # TS-4
    taking = tissues(2, days_incubated=14, antibiotic_free_days=20)
    assert agreements(taking) == []
    assert reasons(taking) == ["only 2 deep specimens of at least 5"]


def test_aspirate_and_sonicate_count_as_two_specimens():  # TS-5
    acnes = grew(ACNES, {"clindamycin": "S"}, "C. acnes")
    taking = [tissue(1, acnes, kind="fluid"), tissue(2, acnes, kind="sonicate"), *tissues(5, start=3)]
    found = the_only(taking)
    assert (found.count, found.of, found.verdict()) == (2, 7, Verdict.AGREE)


def test_blood_cultures_are_not_specimens_of_the_site():
    found = the_only([tissue(1, grew(), kind="blood"), tissue(2, grew())])
    assert (found.count, found.of, found.elsewhere) == (1, 1, ("S1",))


def test_a_shared_instrument_does_not_count():
    found = the_only([tissue(1, grew(), separate=False), tissue(2, grew())])
    assert (found.count, found.of) == (1, 1)


def test_instruments_not_recorded_leave_the_agreement_conditional():
    found = the_only(tissues(3, grew(), separate=None))
    assert (found.certain, found.matched) == (0, 3)
    assert found.verdict() is Verdict.AGREE_IF_SEPARATE


def test_isolates_without_antibiogram_are_not_matched_silently():
    found = the_only(tissues(3, grew(antibiogram={})))
    assert (found.count, found.matched, found.possible) == (3, 1, 3)
    assert found.verdict() is Verdict.NOT_COMPARED


def test_no_drug_in_common_is_not_a_match():
    taking = [
        tissue(1, grew(antibiogram={"clindamycin": "S"})),
        tissue(2, grew(antibiogram={"rifampicin": "S"})),
    ]
    assert the_only(taking).verdict() is Verdict.NOT_COMPARED


def test_a_longer_panel_matches_a_shorter_one():
    longer = SENSITIVE | {"rifampicin": "S"}
    found = the_only([tissue(1, grew()), tissue(2, grew(antibiogram=longer))])
    assert found.verdict() is Verdict.AGREE


def test_matching_is_between_every_pair_and_not_through_a_third():
    ends = [
        {"clindamycin": "S", "rifampicin": "S"},
        {"clindamycin": "S", "linezolid": "S"},
        {"rifampicin": "R", "linezolid": "S"},
    ]
    found = the_only([tissue(n, grew(antibiogram=a)) for n, a in enumerate(ends)])
    assert found.matched == 2


def test_two_colonies_in_one_specimen_count_once():
    found = the_only([tissue(1, grew(), grew(antibiogram=CLI_R)), tissue(2)])
    assert (found.count, found.of, found.matched) == (1, 2, 1)


def test_a_specimen_with_two_colonies_joins_the_set_it_matches():
    taking = [
        tissue(1, grew(), grew(antibiogram=CLI_R)),
        tissue(2, grew()),
        tissue(3, grew(antibiogram=CLI_R)),
    ]
    found = the_only(taking)
    assert (found.count, found.matched) == (3, 2)
    assert found.verdict() is Verdict.AGREE


def test_meticillin_resistant_and_unqualified_aureus_are_one_species_but_never_match():
    taking = [
        tissue(1, grew(MRSA, {"clindamycin": "S"}, "S. aureus (MRSA)")),
        tissue(2, grew(antibiogram={"clindamycin": "S"})),
    ]
    found = the_only(taking)
    assert (found.name, found.count, found.verdict()) == ("S. aureus", 2, Verdict.DIFFER)


def test_susceptible_and_increased_exposure_are_different_categories():
    taking = [
        tissue(1, grew(antibiogram={"ciprofloxacin": "I"})),
        tissue(2, grew(antibiogram={"ciprofloxacin": "S"})),
    ]
    assert the_only(taking).verdict() is Verdict.DIFFER


def test_the_most_frequent_species_comes_first():
    taking = [
        tissue(1, grew(), grew(EPI, name="S. epidermidis")),
        tissue(2, grew(EPI, name="S. epidermidis")),
    ]
    assert [a.name for a in agreements(taking)] == ["S. epidermidis", "S. aureus"]


def test_a_taking_of_hundreds_of_different_isolates_is_bounded_not_searched():
    taking = [tissue(n, grew(antibiogram={f"drug-{n}": "S"})) for n in range(MOST_PROFILES * 20)]
    found = the_only(taking)
    assert (found.matched, found.possible) == (1, len(taking))


def test_an_empty_taking_has_no_agreement():
    assert agreements([]) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"days_incubated": 5}, "incubated for less than 14 days"),
        ({"days_incubated": None}, "days of incubation are not recorded"),
        ({"antibiotic_free_days": 3}, "antibiotics were given in the 14 days before"),
        ({"antibiotic_free_days": None}, "days free of antibiotics before sampling are not recorded"),
        ({"is_final": False}, "5 not yet final"),
        ({"separate": None}, "separate instruments are not recorded"),
    ],
)
def test_no_growth_says_what_it_lacks(change, reason):
    enough = {"days_incubated": 14, "antibiotic_free_days": 14}
    assert reasons(tissues(5, **enough)) == []
    assert reasons(tissues(5, **(enough | change))) == [reason]


def test_three_specimens_in_bottles_are_enough():
    enough = {"days_incubated": 14, "antibiotic_free_days": 14}
    assert reasons(tissues(3, in_bottles=True, **enough)) == []
    assert reasons(tissues(1, **enough)) == ["only 1 deep specimen of at least 5"]


antibiograms = st.dictionaries(st.sampled_from("abc"), st.sampled_from("SIR"), max_size=3)
specimens = st.builds(
    lambda label, kind, separate, panels: Taken(
        label, kind, tuple(grew(antibiogram=p) for p in panels), separate
    ),
    st.uuids().map(str),
    st.sampled_from(["tissue", "bone", "swab", "sonicate"]),
    st.sampled_from([True, False, None]),
    st.lists(antibiograms, max_size=2),
)


@given(st.lists(specimens, max_size=7))
def test_bounds_always_enclose_each_other(taking):
    for found in agreements(taking):
        assert found.certain <= found.matched <= found.possible <= found.count <= found.of


@given(st.lists(specimens, max_size=6), specimens)
def test_one_more_specimen_never_lowers_a_count(taking, another):
    before = {a.species: a for a in agreements(taking)}
    after = {a.species: a for a in agreements([*taking, another])}
    for species, agreement in before.items():
        assert after[species].matched >= agreement.matched
        assert after[species].possible >= agreement.possible
