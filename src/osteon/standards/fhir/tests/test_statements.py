"""Diagnoses, allergies, procedures, encounters, imaging, devices, and what has no mapper of its own."""

from datetime import datetime

import pytest

from osteon.standards.fhir.tests.builders import NOON, SNOMED, Read, concept, resource, subject

AT_NOON = datetime(2026, 3, 5, 12)
ICD10 = "http://hl7.org/fhir/sid/icd-10"


def status(code):
    return {"coding": [{"code": code}]}


def about(kind, **values):
    return resource(kind, **{"subject": subject(), **values})


# Diagnoses


def test_diagnosis_prefers_icd10_and_lasts_until_it_abated(tmp_path):
    both = {
        "coding": [{"system": SNOMED, "code": "60168000"}, {"system": ICD10, "code": "M86.6"}],
        "text": "Osteomyelitis",
    }
    event = Read(
        tmp_path,
        about(
            "Condition",
            code=both,
            onsetDateTime="2025-01-04",
            abatementDateTime="2025-06-01",
            recordedDate="2025-01-09",
        ),
    ).only
    assert (event.code, event.text_value) == ("ICD10//M86.6", "Osteomyelitis")
    assert (event.time, event.end, event.recorded_at) == (
        datetime(2025, 1, 4),
        datetime(2025, 6, 1),
        datetime(2025, 1, 9),
    )


def test_diagnosis_dated_by_month_says_so(tmp_path):
    event = Read(tmp_path, about("Condition", code=concept(SNOMED, "60168000"), onsetDateTime="2019-03")).only
    assert (event.time, event.original) == (datetime(2019, 3, 1), "2019-03")


def test_abatement_in_the_year_of_the_onset_is_no_contradiction(tmp_path):
    event = Read(
        tmp_path,
        about("Condition", code=concept(SNOMED, "1"), onsetDateTime="2019-03-09", abatementDateTime="2019"),
    ).only
    assert event.end == event.time == datetime(2019, 3, 9)


def test_diagnosis_without_a_date_has_no_time(tmp_path):
    assert Read(tmp_path, about("Condition", code=concept(SNOMED, "60168000"))).only.time is None


def test_diagnosis_in_words_only_is_kept(tmp_path):
    read = Read(tmp_path, about("Condition", code={"text": "Sore leg"}))
    assert read.only.code == "TEXT//Sore leg"
    assert read.report.kept == {"Condition TEXT//Sore leg Sore leg": 1}


@pytest.mark.parametrize("verdict", ["refuted", "entered-in-error"])
def test_diagnosis_that_does_not_hold_is_refused(tmp_path, verdict):
    read = Read(tmp_path, about("Condition", code=concept(SNOMED, "1"), verificationStatus=status(verdict)))
    assert read.refused == [f"Condition: is marked {verdict}"]


# Allergies


def test_allergy_names_substance_and_reaction(tmp_path):
    reaction = [{"manifestation": [{"text": "rash"}]}]
    event = Read(
        tmp_path,
        resource(
            "AllergyIntolerance",
            patient=subject(),
            code=concept(SNOMED, "91936005", "Allergy to penicillin"),
            reaction=reaction,
        ),
    ).only
    assert (event.code, event.text_value) == ("OSTEON//allergy//penicillin", "Penicillin: rash")
    assert event.original == "SNOMED//91936005"


def test_no_known_allergies_is_a_statement(tmp_path):
    none = resource(
        "AllergyIntolerance", patient=subject(), code=concept(SNOMED, "716186003", "No known allergy")
    )
    assert (Read(tmp_path, none).only.code, Read(tmp_path, none).only.text_value) == (
        "OSTEON//allergy//none-known",
        "No known allergies",
    )


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"clinicalStatus": status("resolved")}, "is marked resolved"),
        ({"verificationStatus": status("refuted")}, "is marked refuted"),
        ({"code": {}}, "does not say to what"),
    ],
)
def test_allergy_that_does_not_stand_is_refused(tmp_path, change, reason):
    known = {"patient": subject(), "code": {"text": "Latex"}}
    assert Read(tmp_path, resource("AllergyIntolerance", **{**known, **change})).refused == [
        f"AllergyIntolerance: {reason}"
    ]


# Procedures


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Debridement of bone of tibia", "OSTEON//operation//debridement"),
        ("DAIR left knee", "OSTEON//operation//dair"),
        ("Below knee amputation", "OSTEON//operation//amputation"),
        ("Application of circular external fixator", "OSTEON//operation//frame-application"),
        ("Removal of external fixator", "OSTEON//operation//frame-removal"),
        ("Removal of prosthesis of knee", "OSTEON//operation//explant"),
        ("Gastrocnemius flap", "OSTEON//operation//flap"),
        ("MRI of lumbar spine", "OSTEON//imaging//mri"),
        ("CT guided biopsy of bone", "OSTEON//operation//biopsy"),
        ("PET/CT whole body", "OSTEON//imaging//pet"),
        ("Plain X-ray of knee", "OSTEON//imaging//xray"),
    ],
)
def test_procedure_we_have_a_word_for_is_named_by_it(tmp_path, words, code):
    read = Read(
        tmp_path,
        about("Procedure", status="completed", code=concept(SNOMED, "111", words), performedDateTime=NOON),
    )
    assert (read.only.code, read.only.text_value, read.only.original) == (code, words, "SNOMED//111")
    assert read.report.mapped["Procedure"] == 1


@pytest.mark.parametrize(
    "words", ["Appendectomy", "Childbirth", "Documentation of current medications", "Colonoscopy"]
)
def test_other_procedure_is_kept_under_its_code(tmp_path, words):
    read = Read(
        tmp_path,
        about(
            "Procedure",
            status="completed",
            code=concept(SNOMED, "111", words),
            performedPeriod={"start": NOON},
        ),
    )
    assert (read.only.code, read.only.time) == ("SNOMED//111", AT_NOON)
    assert read.report.kept == {f"Procedure SNOMED//111 {words}": 1}


@pytest.mark.parametrize("state", ["not-done", "entered-in-error", "preparation"])
def test_procedure_that_was_not_done_is_refused(tmp_path, state):
    read = Read(tmp_path, about("Procedure", status=state, code=concept(SNOMED, "1"), performedDateTime=NOON))
    assert read.refused == [f"Procedure: is marked {state}"]


# Encounters


@pytest.mark.parametrize(
    ("kind", "code", "lasts"),
    [
        ("IMP", "OSTEON//admission//inpatient", True),
        ("EMER", "OSTEON//admission//emergency", False),
        ("AMB", "OSTEON//admission//clinic", False),
        ("outpatient", "OSTEON//admission//clinic", False),
    ],
)
def test_encounter_is_a_stay_an_attendance_or_a_visit(tmp_path, kind, code, lasts):
    period = {"start": NOON, "end": "2026-03-09T10:00:00Z"}
    event = Read(
        tmp_path,
        about(
            "Encounter",
            status="finished",
            **{"class": {"code": kind}},
            period=period,
            type=[{"text": "Review"}],
            reasonCode=[{"text": "Fever"}],
        ),
    ).only
    assert (event.code, event.text_value) == (code, "Review; Fever")
    assert event.end == (datetime(2026, 3, 9, 10) if lasts else None)


def test_encounter_of_an_unknown_class_is_kept(tmp_path):
    strange = {"system": "http://x.example.org", "code": "ZZ"}
    read = Read(tmp_path, about("Encounter", status="finished", **{"class": strange}, period={"start": NOON}))
    assert read.report.kept.total() == 1


@pytest.mark.parametrize("state", ["planned", "cancelled", "entered-in-error"])
def test_encounter_that_did_not_happen_is_refused(tmp_path, state):
    read = Read(
        tmp_path, about("Encounter", status=state, **{"class": {"code": "IMP"}}, period={"start": NOON})
    )
    assert read.refused == [f"Encounter: is marked {state}"]


def test_stay_that_ends_before_it_starts_is_refused(tmp_path):
    read = Read(
        tmp_path,
        about(
            "Encounter",
            status="finished",
            **{"class": {"code": "IMP"}},
            period={"start": NOON, "end": "2026-03-01"},
        ),
    )
    assert read.refused == ["Encounter: it ends before it starts"]


# Imaging


def test_study_is_named_by_its_modality(tmp_path):
    series = [
        {
            "modality": {
                "system": "http://dicom.nema.org/resources/ontology/DCM",
                "code": "MR",
                "display": "MR",
            },
            "bodySite": {"code": "1", "display": "Tibia"},
        }
    ]
    event = Read(tmp_path, about("ImagingStudy", status="available", started=NOON, series=series)).only
    assert (event.code, event.text_value) == ("OSTEON//imaging//mri", "MR: Tibia")


def test_study_of_an_unknown_modality_is_imaging_still(tmp_path):
    assert (
        Read(tmp_path, about("ImagingStudy", status="available", started=NOON)).only.code
        == "OSTEON//imaging//other"
    )


def test_report_of_imaging_carries_its_conclusion(tmp_path):
    event = Read(
        tmp_path,
        about(
            "DiagnosticReport",
            status="final",
            category=[concept("http://terminology.hl7.org/CodeSystem/v2-0074", "RAD")],
            code={"text": "CT of tibia"},
            conclusion="Sequestrum in the distal third.",
            effectiveDateTime=NOON,
        ),
    ).only
    assert (event.code, event.text_value) == ("OSTEON//imaging//ct", "Sequestrum in the distal third.")


def test_report_that_only_heads_results_adds_no_event(tmp_path):
    read = Read(
        tmp_path,
        about(
            "DiagnosticReport",
            status="final",
            code={"text": "Full blood count"},
            result=[{"reference": "Observation/1"}],
        ),
    )
    assert read.events == []
    assert read.report.mapped["DiagnosticReport"] == 1


def test_conclusion_of_another_report_is_kept(tmp_path):
    read = Read(
        tmp_path,
        about(
            "DiagnosticReport",
            status="final",
            code={"text": "Histology"},
            conclusion="Acute inflammation",
            issued=NOON,
            presentedForm=[{"data": "eA=="}],
        ),
    )
    assert (read.only.code, read.only.text_value) == ("TEXT//Histology", "Acute inflammation")
    assert read.report.remarks == {"DiagnosticReport: has an attachment, which is not read": 1}


# Devices


def test_line_lasts_as_long_as_it_was_in_use(tmp_path):
    picc = resource(
        "Device", id="d1", type={"text": "Peripherally inserted central catheter"}, patient=subject()
    )
    use = about(
        "DeviceUseStatement",
        status="completed",
        device={"reference": "Device/d1"},
        timingPeriod={"start": NOON, "end": "2026-04-01"},
    )
    line = next(e for e in Read(tmp_path, picc, use).events if e.code == "OSTEON//line//picc")
    assert (line.time, line.end) == (AT_NOON, datetime(2026, 4, 1))


def test_contained_device_is_found(tmp_path):
    inside = [{"resourceType": "Device", "id": "f", "type": {"text": "Ilizarov frame"}}]
    use = about(
        "DeviceUseStatement",
        contained=inside,
        status="active",
        device={"reference": "#f"},
        timingDateTime=NOON,
    )
    assert Read(tmp_path, use).only.code == "OSTEON//frame//circular"


def test_use_of_a_device_that_is_not_there_is_refused(tmp_path):
    use = about(
        "DeviceUseStatement", status="active", device={"reference": "Device/gone"}, timingDateTime=NOON
    )
    assert Read(tmp_path, use).refused == ["DeviceUseStatement: refers to a device that is not in the file"]


# Everything else


def test_vaccination_is_kept_under_its_code(tmp_path):
    read = Read(
        tmp_path,
        resource(
            "Immunization",
            patient=subject(),
            status="completed",
            vaccineCode=concept("http://hl7.org/fhir/sid/cvx", "140", "Influenza"),
            occurrenceDateTime=NOON,
        ),
    )
    assert (read.only.code, read.only.time) == ("CVX//140", AT_NOON)
    assert read.report.kept == {"Immunization CVX//140 Influenza": 1}


@pytest.mark.parametrize(
    ("thing", "reason"),
    [
        (resource("Claim", patient=subject()), "Claim: billing, not a clinical fact"),
        (resource("Practitioner"), "Practitioner: not about a patient"),
        (
            resource("CarePlan", subject=subject(), status="entered-in-error"),
            "CarePlan: is marked entered-in-error",
        ),
    ],
)
def test_what_is_no_clinical_fact_is_refused_with_its_reason(tmp_path, thing, reason):
    assert Read(tmp_path, thing).refused == [reason]


def test_resource_nobody_knows_is_kept_under_its_kind(tmp_path):
    read = Read(tmp_path, about("NutritionOrder", dateTime=NOON))
    assert (read.only.code, read.only.time) == ("FHIR//NutritionOrder", AT_NOON)
