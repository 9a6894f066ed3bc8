"""Cultures in the several ways hospitals arrange them: the same story must come out."""

from datetime import datetime

import pytest

from osteon.standards.fhir.tests.builders import (
    LOINC,
    NOON,
    SNOMED,
    Read,
    concept,
    observation,
    resource,
    subject,
    without,
)

AT_NOON = datetime(2026, 3, 5, 12)
AUREUS = concept(SNOMED, "3092008", "Staphylococcus aureus")
NO_GROWTH = concept(SNOMED, "264868006", "No growth")
MICROBIOLOGY = [{"coding": [{"code": "MB"}]}]


def pot(identity="s1", label="S1", kind=None, site="Tibia"):
    return resource(
        "Specimen",
        id=identity,
        type=kind or concept(SNOMED, "119376003", "Tissue specimen"),
        accessionIdentifier={"value": label},
        collection={"collectedDateTime": "2026-03-04T09:00:00Z", "bodySite": {"text": site}},
        subject=subject(),
    )


def culture(identity="c1", value=AUREUS, specimen="s1", code="20474-3", **more):
    known = {
        "id": identity,
        "code": concept(LOINC, code, "Bacteria identified"),
        "category": MICROBIOLOGY,
        "valueCodeableConcept": value,
        "specimen": {"reference": f"Specimen/{specimen}"},
    }
    return without(
        observation(**{**known, **more}),
        "valueQuantity",
        *(k for k, v in {**known, **more}.items() if v is None),
    )


def test(drug="Oxacillin", category="S", identity="t1", **more):
    interpretation = [{"coding": [{"code": category}]}]
    code = {"text": f"{drug} [Susceptibility]"}
    return without(
        observation(id=identity, code=code, interpretation=interpretation, **more), "valueQuantity"
    )


test.__test__ = False  # a laboratory's test, not ours


def told(read):
    return [(e.code, e.numeric_value, e.text_value, e.source) for e in read.events]


EXPECTED = [
    ("OSTEON//specimen//tissue", 1, "S1 Tibia", "fhir:Specimen/s1"),
    ("SNOMED//3092008", None, "S1 Tibia", "fhir:Specimen/s1/isolate/1"),
    ("SUSCEPTIBILITY//3092008//OXA", None, "S", "fhir:Specimen/s1/isolate/1/OXA"),
]


def by_member(folder):
    return Read(folder, pot(), culture(hasMember=[{"reference": "Observation/t1"}]), test())


def by_derivation(folder):
    return Read(folder, pot(), culture(), test(derivedFrom=[{"reference": "Observation/c1"}]))


def by_component(folder):
    part = {
        "code": {"text": "Oxacillin [Susceptibility]"},
        "valueCodeableConcept": {"coding": [{"code": "S"}]},
    }
    return Read(folder, pot(), culture(component=[part]))


def by_grouping_culture(folder):
    group = culture("g", value=None, hasMember=[{"reference": "Observation/c1"}])
    organism = culture("c1", specimen=None, code="9999-9", hasMember=[{"reference": "Observation/t1"}])
    organism.pop("specimen", None)
    return Read(folder, pot(), group, organism, test())


def by_report(folder):
    report = resource(
        "DiagnosticReport",
        id="r1",
        status="final",
        category=MICROBIOLOGY,
        code=concept(LOINC, "20474-3"),
        subject=subject(),
        effectiveDateTime=NOON,
        specimen=[{"reference": "Specimen/s1"}],
        result=[{"reference": "Observation/c1"}],
    )
    organism = culture("c1", hasMember=[{"reference": "Observation/t1"}])
    organism.pop("specimen")
    return Read(folder, pot(), report, organism, test())


@pytest.mark.parametrize("arranged", [by_member, by_derivation, by_component, by_grouping_culture, by_report])
def test_however_it_is_arranged_the_same_story_comes_out(tmp_path, arranged):
    read = arranged(tmp_path)
    assert told(read) == EXPECTED
    assert {e.time for e in read.events} == {datetime(2026, 3, 4, 9)}
    assert read.report.kept.total() == 0


def test_no_growth_is_a_specimen_with_nothing(tmp_path):
    read = Read(tmp_path, pot(), culture(value=NO_GROWTH))
    assert told(read) == [("OSTEON//specimen//tissue", 0, "S1 Tibia", "fhir:Specimen/s1")]


@pytest.mark.parametrize("words", ["No growth after 14 days", "NEGATIVE", "No organisms seen", "Sterile"])
def test_no_growth_in_words_is_no_growth(tmp_path, words):
    said = culture()
    del said["valueCodeableConcept"]
    assert Read(tmp_path, pot(), said | {"valueString": words}).only.numeric_value == 0


def test_culture_without_a_result_is_pending(tmp_path):
    waiting = culture(status="registered")
    del waiting["valueCodeableConcept"]
    assert Read(tmp_path, pot(), waiting).only.numeric_value is None


def test_two_organisms_of_one_specimen_are_two_isolates(tmp_path):
    coli = concept(SNOMED, "112283007", "Escherichia coli")
    read = Read(tmp_path, pot(), culture(), culture("c2", value=coli))
    assert told(read)[0][1] == 2
    assert [source for *_, source in told(read)[1:]] == [
        "fhir:Specimen/s1/isolate/1",
        "fhir:Specimen/s1/isolate/2",
    ]


def test_n_of_n_specimens_are_told_apart(tmp_path):
    pots = [pot(f"s{n}", f"S{n}") for n in range(1, 6)]
    cultures = [culture(f"c{n}", AUREUS if n <= 3 else NO_GROWTH, f"s{n}") for n in range(1, 6)]
    read = Read(tmp_path, *pots, *cultures)
    grown = [e.numeric_value for e in read.events if e.code.startswith("OSTEON//specimen")]
    assert grown == [1, 1, 1, 0, 0]


def test_culture_without_a_specimen_is_its_own(tmp_path):
    alone = culture(specimen=None, code="600-7")
    alone.pop("specimen")
    alone["code"]["coding"][0]["display"] = "Bacteria identified in Blood by Culture"
    assert told(Read(tmp_path, alone)) == [
        ("OSTEON//specimen//blood", 1, "Bacteria identified in Blood by Culture", "fhir:Observation/c1"),
        ("SNOMED//3092008", None, "Bacteria identified in Blood by Culture", "fhir:Observation/c1/isolate/1"),
    ]


def test_culture_of_a_specimen_that_is_not_there_is_refused(tmp_path):
    read = Read(tmp_path, culture(specimen="gone"))
    assert read.refused == ["Observation: refers to a specimen that is not in the file"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Synovial fluid", "fluid"),
        ("Bone biopsy", "bone"),
        ("Sonication fluid of implant", "sonicate"),
        ("Venous blood", "blood"),
        ("Wound swab", "swab"),
        ("Periprosthetic membrane", "tissue"),
        ("Urine", "other"),
        ("Cerebrospinal fluid", "other"),
        ("Nasal swab", "other"),
        ("Bone marrow aspirate", "other"),
        ("Something odd", "other"),
    ],
)
def test_specimen_is_counted_as_bone_or_joint_only_when_it_is(tmp_path, words, kind):
    read = Read(tmp_path, pot(kind={"text": words}, site=""), culture())
    assert read.events[0].code == f"OSTEON//specimen//{kind}"


@pytest.mark.parametrize(
    ("said", "category"),
    [("S", "S"), ("I", "I"), ("R", "R"), ("SDD", "I"), ("NS", "R"), ("r", "R")],
)
def test_category_is_one_of_three(tmp_path, said, category):
    read = Read(tmp_path, pot(), culture(hasMember=[{"reference": "Observation/t1"}]), test(category=said))
    assert read.events[-1].text_value == category


@pytest.mark.parametrize(
    ("value", "category"),
    [
        ({"valueCodeableConcept": {"text": "Resistant"}}, "R"),
        ({"valueCodeableConcept": {"text": "Susceptible, increased exposure"}}, "I"),
        ({"valueCodeableConcept": {"text": "Susceptible (MIC 0.5)"}}, "S"),
        ({"valueCodeableConcept": {"text": "Susceptible-dose dependent"}}, "I"),
        ({"valueCodeableConcept": {"text": "intermediate"}}, "I"),
        ({"valueString": "r"}, "R"),
    ],
)
def test_category_may_stand_in_the_value(tmp_path, value, category):
    said = without(test(derivedFrom=[{"reference": "Observation/c1"}]), "interpretation") | value
    assert Read(tmp_path, pot(), culture(), said).events[-1].text_value == category


def test_susceptibility_to_an_unknown_drug_is_kept(tmp_path):
    read = Read(tmp_path, pot(), culture(hasMember=[{"reference": "Observation/t1"}]), test("Novomycin"))
    assert read.report.kept == {"Observation TEXT//Novomycin [Susceptibility] Novomycin [Susceptibility]": 1}
    assert "TEXT//Novomycin [Susceptibility]" in [event.code for event in read.events]


def test_circle_of_references_ends(tmp_path):
    one = culture("c1", hasMember=[{"reference": "Observation/c2"}])
    other = culture("c2", hasMember=[{"reference": "Observation/c1"}])
    one.pop("specimen"), other.pop("specimen")
    read = Read(tmp_path, one, other)
    assert sum(e.code == "SNOMED//3092008" for e in read.events) == 2


def test_withdrawn_culture_is_refused(tmp_path):
    assert Read(tmp_path, pot(), culture(status="entered-in-error")).refused == [
        "Observation: is marked entered-in-error"
    ]


def test_conclusion_of_the_report_says_no_growth(tmp_path):
    report = resource(
        "DiagnosticReport",
        status="final",
        category=MICROBIOLOGY,
        code=concept(LOINC, "20474-3"),
        subject=subject(),
        effectiveDateTime=NOON,
        specimen=[{"reference": "Specimen/s1"}],
        conclusion="No growth after 14 days.",
    )
    event = Read(tmp_path, pot(), report).only
    assert (event.numeric_value, event.original) == (0, "No growth after 14 days.")


def test_organism_named_in_words_only_gets_its_code(tmp_path):
    read = Read(tmp_path, pot(), culture(value={"text": "Staphylococcus aureus"}))
    assert read.events[1].code == "SNOMED//3092008"


def test_organism_nobody_listed_keeps_its_words(tmp_path):
    read = Read(tmp_path, pot(), culture(value={"text": "Staphylococcus xylosus"}))
    assert read.events[1].code == "TEXT//Staphylococcus xylosus"
