"""Names of medicines, as hospitals write them."""

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.events.vocabulary import DRUGS
from osteon.standards.medicines import NAMES, drug_named

KNOWN = {
    "CefTRIAXone": "ceftriaxone",
    "CeftriaXONE": "ceftriaxone",
    "Amoxicillin 250 MG / Clavulanate 125 MG Oral Tablet": "co-amoxiclav",
    "Co-amoxiclav 500mg/125mg tablets": "co-amoxiclav",
    "12 HR Cefaclor 500 MG Extended Release Oral Tablet": "cefaclor",
    "10 ML Daptomycin 50 MG/ML Injection": "daptomycin",
    "Ciprofloxacin HCl": "ciprofloxacin",
    "MetRONIDAZOLE (FLagyl)": "metronidazole",
    "Sulfameth/Trimethoprim DS": "co-trimoxazole",
    "Trimethoprim-Sulfamethoxazole": "co-trimoxazole",
    "Penicillin G Potassium": "benzylpenicillin",
    "rifampin 300 MG Oral Capsule": "rifampicin",
    "ceftriaxone 2 g in dextrose 5% IV": "ceftriaxone",
    "Vancomycin 1000 MG Injection": "vancomycin",
    "Vancomycin Oral Liquid": "vancomycin-oral",
    "Vancomycin Enema": "vancomycin-oral",
    "Vancomycin 125 MG Oral Capsule": "vancomycin-oral",
    "Warfarin": "warfarin",
}


@pytest.mark.parametrize(("name", "key"), KNOWN.items())
def test_name_is_recognised(name, key):
    assert drug_named(name).key == key


@pytest.mark.parametrize(
    "name",
    [
        "Gentamicin 0.3% Ophth. Soln",  # the eye
        "Ciprofloxacin 0.3% Ophth Soln",
        "Vancomycin Antibiotic Lock",  # the line
        "Tobramycin Inhalation Soln",
        "Clindamycin 1% Topical Gel",
        "Neomycin-Polymyxin-Bacitracin",
        "Rifaximin",  # not rifampicin
        "Penicillin G benzathine 1200000 UNT",  # another drug in practice
        "Amphotericin B",  # not the liposomal one
        "Amoxicillin-Omeprazole",
        "Ampicillin-Sulbactam-Something",
        "Potassium Chloride",
        "",
        "500 mg",
    ],
)
def test_what_is_not_a_known_systemic_drug_matches_nothing(name):
    assert drug_named(name) is None


def test_route_given_apart_decides_like_the_name():
    assert drug_named("Vancomycin", "Oral route").key == "vancomycin-oral"
    assert drug_named("Vancomycin", "Intravenous route").key == "vancomycin"
    assert drug_named("Gentamicin", "Topical route") is None
    assert drug_named("Ceftriaxone", "Rectal") is None


@given(st.text(max_size=40))
def test_any_text_gives_a_drug_or_nothing(name):
    assert drug_named(name) is None or drug_named(name).key in DRUGS


@given(st.sampled_from(sorted(DRUGS)), st.randoms(use_true_random=False))
def test_capitals_never_change_the_answer(key, random):
    name = DRUGS[key].name
    mixed = "".join(random.choice((c.upper(), c.lower())) for c in name)
    assert drug_named(mixed) == drug_named(name)


def test_every_listed_name_leads_to_a_drug_and_gives_its_reason():
    text = files("osteon.standards").joinpath("medicine_names.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert rows
    for row in rows:
        assert NAMES[row["name"]] in DRUGS
        assert row["why"]


def test_every_drug_is_found_by_its_own_name():
    for drug in DRUGS.values():
        assert drug_named(drug.name).code == drug.code
