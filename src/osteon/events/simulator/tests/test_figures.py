"""The tables of ``parameters/``: every row has its source, and what one names another knows."""

import tomllib
from importlib.resources import files

import pytest

from osteon.events.codes import Icd10
from osteon.events.simulator import figures
from osteon.events.simulator.figures import (
    ANALYTES,
    COHORT,
    DIAGNOSES,
    DOSES,
    GERMS,
    HARMS,
    MIXES,
    REGIMENS,
    SITES,
    STRATEGIES,
    WATCHES,
    WORDS,
)
from osteon.events.vocabulary import DRUGS, MEASURES, OWN_WORDS

FOLDER = files("osteon.events.simulator").joinpath("parameters")
TABLES = sorted(path.name.removesuffix(".csv") for path in FOLDER.iterdir() if path.name.endswith(".csv"))
WITHOUT_SOURCE = {"names", "wording"}  # our own words, nobody's figures


@pytest.mark.parametrize("name", [name for name in TABLES if name not in WITHOUT_SOURCE])
def test_every_row_of_a_table_names_its_source(name):
    rows = list(figures.table(name))
    assert rows
    assert [row for row in rows if not row["source"].strip()] == []


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_is_whole(name):
    assert [row for row in figures.table(name) if None in row or None in row.values()] == []


@pytest.mark.parametrize("name", ["cohort", "markers"])
def test_every_table_of_a_document_names_its_source(name):
    document = tomllib.loads(FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    assert list(_without_source(document)) == []


def _without_source(document, path=""):
    for key, value in document.items():
        if not isinstance(value, dict):
            continue
        holds_figures = any(not isinstance(v, dict) for v in value.values())
        if holds_figures and "source" not in value and "source" not in document:
            yield f"{path}{key}"
        yield from _without_source(value, f"{path}{key}.")


def test_shares_of_the_diagnoses_make_one():
    assert sum(entry["share"] for entry in DIAGNOSES.values()) == pytest.approx(1.0)


def test_every_diagnosis_has_sites_strategies_and_a_mix_of_organisms():
    for key, entry in DIAGNOSES.items():
        assert SITES[key].values
        assert entry["organisms"] in MIXES
        for pace in ("acute", "elective"):
            fits = [s for s in STRATEGIES[key] if s.pace in (pace, "any") and not s.frame]
            assert fits or entry["urgent"] == (1.0 if pace == "acute" else 0.0), (key, pace)


def test_sites_have_diagnosis_codes_that_exist():
    for sites in SITES.values():
        for site in sites.values:
            assert str(Icd10(site.icd10)) == f"ICD10//{site.icd10}"


def test_operations_and_specimens_are_words_of_the_stream():
    for strategies in STRATEGIES.values():
        for strategy in strategies:
            words = [operation for operation, _ in strategy.operations]
            words += [strategy.second.operation] if strategy.second else []
            for word in words:
                assert f"OSTEON//operation//{word}" in OWN_WORDS
            assert f"OSTEON//specimen//{strategy.specimen}" in OWN_WORDS


def test_every_drug_that_is_given_has_a_dose_and_a_watch():
    for way, regimens in REGIMENS.items():
        for regimen in regimens:
            for drug in regimen.drugs:
                assert (drug, "oral" if way == "oral" else "iv") in DOSES, drug
                assert drug in WATCHES, drug


def test_rifampicin_is_never_given_alone():
    for regimens in REGIMENS.values():
        for regimen in regimens:
            assert regimen.active or regimen.weight == 0


def test_toxicities_name_drugs_measures_and_symptoms_that_exist():
    for harm in HARMS:
        assert harm.drugs <= set(DRUGS)
        assert not harm.measure or harm.measure in {analyte.key for analyte in ANALYTES}
        assert not harm.symptom or f"OSTEON//finding//{harm.symptom}" in OWN_WORDS
        assert harm.kind in {"value", "times upper", "times baseline", "symptom"}
        assert (harm.threshold is None) == (harm.kind == "symptom")


def test_questions_of_the_drugs_are_findings():
    for watch in WATCHES.values():
        for finding in watch.asked:
            assert f"OSTEON//finding//{finding}" in OWN_WORDS


def test_analytes_are_measures_with_a_sensible_range():
    for analyte in ANALYTES:
        assert analyte.code == MEASURES[analyte.key].code
        for low, high in zip(analyte.low, analyte.high, strict=True):
            assert low is None or high is None or low < high
        assert analyte.lowest < analyte.highest


def test_intrinsic_resistance_is_never_simulated_as_tested_susceptible():
    """antimicrobials c2: Pseudomonas rule 11, enterococci rule 6, Gram-negatives rule 16."""
    tested = {key: {drug for drug, _, _ in germ.tested} for key, germ in GERMS.items()}
    assert tested["pseudomonas-aeruginosa"].isdisjoint({"ceftriaxone", "ertapenem", "co-trimoxazole"})
    assert tested["enterococcus-faecalis"].isdisjoint({"ceftriaxone", "clindamycin", "co-trimoxazole"})
    assert tested["escherichia-coli"].isdisjoint({"teicoplanin", "vancomycin", "daptomycin", "linezolid"})


def test_meticillin_resistance_means_no_beta_lactam():
    """antimicrobials c2 rule 1."""
    results = {drug: chance for drug, chance, _ in GERMS["mrsa"].tested}
    assert results["flucloxacillin"] == 0
    assert {DRUGS[drug].group for drug in results if drug != "flucloxacillin"}.isdisjoint(
        {"penicillin", "cephalosporin", "carbapenem"}
    )


def test_wording_fills_its_own_gaps_only():
    allowed = {"site", "words", "plan", "when", "organisms"}
    for words in WORDS.values():
        gaps = {part.split("}")[0] for part in words.split("{")[1:]}
        assert gaps <= allowed


def test_follow_up_has_words_for_every_review():
    assert {str(day) for day in COHORT["follow_up"]["days"]} == {k for kind, k in WORDS if kind == "when"}
