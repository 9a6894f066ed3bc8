"""Files brought into the record."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from osteon.service.accounts.models import AuditEntry
from osteon.service.accounts.signals import facts_changed
from osteon.service.courses.models import Course
from osteon.service.imports import actions
from osteon.service.imports.models import ImportRun
from osteon.service.imports.running import run_import
from osteon.service.imports.tests.conftest import counts, everything
from osteon.service.patients.actions import mark_entered_in_error, merge_patients
from osteon.service.patients.models import Allergy, Episode, Finding, ImportedFact, Patient, PatientIdentifier
from osteon.service.patients.story import story
from osteon.service.results.actions import edit_result
from osteon.service.results.measuring import Reported
from osteon.service.results.models import Result, Susceptibility
from osteon.standards.fhir.tests.builders import (
    LOINC,
    NOON,
    SNOMED,
    bundle,
    concept,
    observation,
    patient,
    quantity,
    request,
    resource,
    subject,
    without,
    write,
)
from osteon.standards.fhir.tests.test_microbiology import culture, pot
from osteon.standards.fhir.tests.test_microbiology import test as susceptibility

AT_NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)

LIFE = [
    patient(address=[{"city": "London"}], telecom=[{"system": "phone", "value": "020 7946 0018"}]),
    observation("2160-0", 1.2, "mg/dL", id="creatinine", referenceRange=[{"high": quantity(1.1, "mg/dL")}]),
    observation(concept(LOINC, "2093-3", "Cholesterol"), 190, "mg/dL", id="cholesterol"),
    observation("29463-7", 71, "kg", id="weight"),
    observation("8480-6", 131, "mm[Hg]", id="pressure"),
    request(
        "Daptomycin 350 mg injection",
        id="dapto",
        dosageInstruction=[
            {
                "text": "350 mg IV every 24 hours",
                "timing": {"repeat": {"boundsDuration": {"value": 42, "code": "d"}}},
            }
        ],
    ),
    request("", id="simva", medicationCodeableConcept=concept("http://x.example.org", "1", "Simvastatin")),
    resource(
        "AllergyIntolerance",
        id="latex",
        patient=subject(),
        code={"text": "Latex"},
        reaction=[{"manifestation": [{"text": "rash"}]}],
    ),
    resource(
        "Condition",
        id="bone",
        subject=subject(),
        code=concept(SNOMED, "60168000", "Osteomyelitis"),
        onsetDateTime="2019-03",
    ),
    resource(
        "Procedure",
        id="op",
        subject=subject(),
        status="completed",
        code=concept(SNOMED, "1", "Debridement of tibia"),
        performedDateTime=NOON,
    ),
    pot(),
    culture(hasMember=[{"reference": "Observation/t1"}]),
    susceptibility(),
]


def test_a_life_finds_its_places_in_the_record(bring, cast):
    run = bring(*LIFE, team=cast.limb)
    ruth = Patient.objects.get(family_name="Okafor", given_name="Ruth Ada")
    assert (ruth.birth_date, ruth.sex, ruth.telephone, ruth.address) == (
        date(1959, 2, 14),
        "female",
        "020 7946 0018",
        "London",
    )
    assert [(i.system, i.value) for i in ruth.identifiers.all()] == [
        ("hospital:hospital.example.org", "N-p1")
    ]
    assert run.added["added"] == {
        "result": 2,
        "imported fact": 4,
        "finding": 1,
        "course": 1,
        "allergy": 1,
        "specimen": 1,
        "isolate": 1,
        "susceptibility": 1,
    }
    assert (run.state, run.name, run.team, run.kind) == ("taken", "b.json", cast.limb, "FHIR R4 Bundle")


def test_result_keeps_value_range_and_original(bring):
    bring(*LIFE)
    creatinine = Result.objects.get(code="LOINC//14682-9")
    assert (creatinine.name, creatinine.unit, creatinine.taken_at) == ("Creatinine", "umol/L", AT_NOON)
    assert creatinine.numeric_value == pytest.approx(106.08)
    assert creatinine.reference_high == pytest.approx(97.24)
    assert creatinine.original == "LOINC//2160-0 1.2 mg/dL"
    assert Result.objects.get(code="LOINC//2093-3").name == "Cholesterol"


def test_course_has_its_plan_and_dose(bring):
    bring(*LIFE)
    course = Course.objects.get()
    assert (course.drug, course.code, course.route) == ("daptomycin", "ATC//J01XX09", "intravenous")
    assert (course.started_on, course.planned_stop_on, course.stopped_at) == (
        date(2026, 3, 5),
        date(2026, 4, 15),
        None,
    )
    assert course.dose_text == "350 mg IV every 24 hours"


def test_microbiology_hangs_together(bring):
    bring(*LIFE)
    tested = Susceptibility.objects.select_related("isolate__specimen").get()
    assert (tested.agent, tested.drug_name, tested.category) == ("OXA", "Oxacillin", "S")
    assert tested.isolate.organism_name == "Staphylococcus aureus"
    pot_of_it = tested.isolate.specimen
    assert (pot_of_it.kind, pot_of_it.label, pot_of_it.state, pot_of_it.isolate_count) == (
        "tissue",
        "S1 Tibia",
        "final",
        1,
    )


def test_what_has_no_place_of_its_own_is_an_imported_fact(bring):
    bring(*LIFE)
    facts = {fact.kind: fact for fact in ImportedFact.objects.all()}
    assert set(facts) == {"observation", "medicine", "diagnosis", "operation"}
    assert (facts["diagnosis"].precision, facts["diagnosis"].time) == (
        "month",
        datetime(2019, 3, 1, tzinfo=UTC),
    )
    assert facts["diagnosis"].text_value == "Osteomyelitis"
    assert facts["operation"].code == "OSTEON//operation//debridement"


def test_diagnosis_of_a_bone_infection_opens_no_episode(bring, cast):
    before = Episode.objects.count()
    bring(*LIFE, team=cast.limb)
    assert Episode.objects.count() == before


def test_allergy_and_weight_are_recorded_as_such(bring):
    bring(*LIFE)
    allergy, weight = Allergy.objects.get(), Finding.objects.get()
    assert (allergy.substance, allergy.reaction) == ("Latex", "rash")
    assert (weight.code, weight.numeric_value, weight.unit) == ("LOINC//29463-7", 71, "kg")


def test_story_of_the_record_tells_what_the_file_told(bring):
    bring(*LIFE)
    told = {event.code for event in story(Patient.objects.get(given_name="Ruth Ada"))}
    assert told >= {
        "MEDS_BIRTH", "GENDER//F", "LOINC//14682-9", "ATC//J01XX09", "OSTEON//specimen//tissue",
        "SNOMED//3092008", "SUSCEPTIBILITY//3092008//OXA", "OSTEON//allergy//latex", "SNOMED//60168000",
    }  # fmt: skip


# Twice


def test_second_run_changes_nothing_and_says_so(bring):
    bring(*LIFE)
    before = everything()
    run = bring(*LIFE)
    assert everything() == before
    assert run.state == ImportRun.State.UNCHANGED
    assert run.added["unchanged"] == 12
    assert (run.added["added"], run.added["corrected"], run.added["patients"]) == ({}, {}, 0)


def test_larger_file_adds_only_what_is_new(bring):
    bring(*LIFE[:4])
    before = counts()
    run = bring(*LIFE)
    assert run.added["added"]["course"] == 1
    assert run.added["unchanged"] == 3
    assert counts()["patients.Patient"] == before["patients.Patient"]


def test_result_corrected_by_the_sender_is_corrected_with_its_history(bring):
    bring(patient(), observation(id="crp", value=24))
    run = bring(patient(), observation(id="crp", value=240, status="corrected"))
    result = Result.objects.get()
    assert (result.numeric_value, result.version) == (240, 2)
    assert [(h.numeric_value, h.history_change_reason) for h in result.history.order_by("history_id")] == [
        (24, "Imported"),
        (240, "Corrected by the sender"),
    ]
    assert (run.state, run.added["corrected"]) == ("taken", {"result": 1})


def test_what_a_person_edited_here_is_not_overwritten(bring, cast):
    bring(patient(), observation(id="crp", value=24))
    result = Result.objects.get()
    edit_result(
        by=cast.lead,
        result=result,
        seen_version=1,
        reported=Reported(value=25.0, unit="mg/L"),
        taken_at=result.taken_at,
        reason="Typing mistake at the sender's",
    )
    run = bring(patient(), observation(id="crp", value=24))
    assert Result.objects.get().numeric_value == 25
    assert (run.state, run.added["kept_as_edited_here"]) == ("unchanged", 1)


def test_what_was_entered_in_error_stays_so(bring, cast):
    bring(patient(), observation(id="crp", value=24))
    mark_entered_in_error(by=cast.lead, fact=Result.objects.get(), reason="another patient's blood")
    bring(patient(), observation(id="crp", value=24))
    assert Result.objects.get().is_in_error


def test_facts_of_a_merged_record_are_found_again(bring, cast):
    bring(patient(), observation(id="crp"))
    imported = Patient.objects.get(given_name="Ruth Ada")
    merge_patients(by=cast.lead, patient=imported, into=cast.ruth, reason="same NHS letter")
    run = bring(patient(), observation(id="crp"))
    assert run.state == ImportRun.State.UNCHANGED
    assert Result.objects.get().patient_id == imported.pk


# Who is who


def both(**second):
    same = [{"system": "http://h.example.org", "value": "77"}]
    return (
        patient("a", identifier=same),
        patient("b", identifier=same, **second),
        observation(subject=subject("Patient/a"), value=1),
        observation(subject=subject("Patient/b"), value=2),
    )


def test_two_patients_of_one_file_with_one_identifier_are_a_conflict_and_not_joined(bring):
    run = bring(*both(name=[{"family": "Else"}]))
    assert [r.numeric_value for r in Result.objects.all()] == [1]
    assert run.conflicts == [
        {
            "system": "hospital:h.example.org",
            "why": "another patient of this file has the number too",
            "holder": "",
        }
    ]
    assert run.found_problems
    assert run.added["left_out_with_a_conflict"] == 3  # birth, sex and the result
    assert not Patient.objects.filter(family_name="Else").exists()


def test_second_run_of_a_conflict_is_the_same_conflict(bring):
    twins = both()
    bring(*twins)
    before = everything()
    run = bring(*twins)
    assert everything() == before
    assert len(run.conflicts) == 1


def test_number_that_belongs_to_somebody_born_on_another_day_is_a_conflict(bring, cast):
    nhs = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}]
    run = bring(patient(identifier=nhs, birthDate="1971-01-01"), observation())
    assert run.conflicts == [
        {
            "system": "nhs",
            "why": "the number is there already, with another birth date",
            "holder": str(cast.ruth.public_id),
        }
    ]
    assert not Result.objects.exists()


def test_number_known_with_spaces_leads_to_the_same_patient(bring, cast):
    nhs = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}]
    run = bring(patient(identifier=nhs, name=[{"family": "Married-Name", "given": ["Ruth"]}]), observation())
    assert run.conflicts == []
    assert Result.objects.get().patient == cast.ruth


def test_other_sex_and_name_under_one_number_is_a_conflict(bring, cast):
    nhs = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}]
    run = bring(patient(identifier=nhs, name=[{"family": "Stranger"}], gender="male", birthDate=None))
    assert run.conflicts[0]["why"] == "the number is there already, with another name and sex"


def test_numbers_of_two_records_are_a_conflict(bring, cast):
    numbers = [
        {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"},
        {"system": "St Elsewhere", "value": "0042"},
    ]
    run = bring(patient(identifier=numbers, birthDate=None, gender=None), observation())
    assert run.conflicts[0]["why"] == "the numbers belong to two records"
    assert not Result.objects.exists()


def test_two_patients_of_one_file_with_numbers_of_one_record_are_a_conflict(bring):
    one, two = ({"system": "http://h.example.org", "value": value} for value in "12")
    bring(patient("x", identifier=[one, two]))
    run = bring(patient("a", identifier=[one]), patient("b", identifier=[two]))
    assert [conflict["why"] for conflict in run.conflicts] == [
        "another patient of this file has the number too"
    ]
    assert run.conflicts[0]["holder"] == str(Patient.objects.latest("pk").public_id)


def test_year_of_birth_that_agrees_is_no_conflict_and_new_numbers_are_added(bring, cast):
    numbers = [{"system": "St Elsewhere", "value": "0042"}, {"system": "http://h.example.org", "value": "9"}]
    run = bring(patient(identifier=numbers, birthDate="1968-05-02", gender="male"))
    assert (run.conflicts, run.added["identifiers"]) == ([], 1)
    assert set(cast.sean.identifiers.values_list("system", flat=True)) == {
        "hospital:St Elsewhere",
        "hospital:h.example.org",
    }


def test_patient_without_any_number_is_found_again_by_the_file(bring):
    nameless = patient(identifier=[], name=[])
    bring(nameless, observation(id="crp"))
    run = bring(nameless, observation(id="crp"))
    assert run.state == ImportRun.State.UNCHANGED
    assert Patient.objects.filter(family_name__startswith="Unnamed").count() == 1


def test_number_without_a_system_joins_nobody(bring):
    first = [{"value": "1"}]
    bring(patient("a", identifier=first, name=[{"family": "One"}]), name="a.json")
    bring(patient("b", identifier=first, name=[{"family": "Two"}]), name="b.json")
    assert Patient.objects.filter(family_name__in=["One", "Two"]).count() == 2


def test_what_the_record_does_not_know_is_filled_in_and_nothing_overwritten(bring, cast):
    numbers = [{"system": "St Elsewhere", "value": "0042"}]
    bring(patient(identifier=numbers, birthDate="1968-05-02", gender="male", deceasedDateTime="2026-01-09"))
    sean = Patient.objects.get(pk=cast.sean.pk)
    assert (sean.died_on, sean.birth_precision, sean.family_name) == (date(2026, 1, 9), "year", "O'Brien")
    assert sean.history.first().history_change_reason == "Corrected by the sender"


def test_death_before_birth_is_not_taken(bring):
    bring(patient(deceasedDateTime="1950-01-01"))
    assert Patient.objects.get(given_name="Ruth Ada").died_on is None


# All or nothing


def test_refused_file_leaves_nothing_but_the_refusal(bring, cast, tmp_path):
    before = everything()
    path = tmp_path / "b.json"
    path.write_text('{"resourceType": "Bundle"')
    run = run_import(by=cast.lead, path=path)
    assert everything() == before
    assert (run.state, run.message) == (
        "refused",
        "b.json: not valid JSON at line 1, column 26: unexpected end of data",
    )


def test_fault_in_the_middle_takes_back_what_came_before(bring, cast, monkeypatch):
    before = everything()
    monkeypatch.setattr(actions, "fill_in", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring(*LIFE)
    assert everything() == before
    assert not ImportRun.objects.exists()


def test_import_is_attributed_and_audited(bring, cast):
    bring(*LIFE)
    entry = AuditEntry.objects.filter(verb="imports.import_source").get()
    assert (entry.by, entry.object_type) == (cast.lead, "imports.ImportRun")
    assert "N-p1" not in entry.detail
    assert Result.objects.first().history.get().history_user == cast.lead


def test_patients_touched_are_announced_once_and_only_when_something_changed(
    bring, django_capture_on_commit_callbacks
):
    heard = []

    def listen(*, patient_id, **_):
        heard.append(patient_id)

    facts_changed.connect(listen)
    try:
        for _ in range(2):
            with django_capture_on_commit_callbacks(execute=True):
                bring(*LIFE)
    finally:
        facts_changed.disconnect(listen)
    assert heard == [Patient.objects.get(given_name="Ruth Ada").pk]


def test_folder_of_files_is_one_import(cast, tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    write(folder, bundle(patient("a", identifier=[{"system": "http://h", "value": "1"}])), "a.json")
    write(folder, bundle(patient("b", identifier=[{"system": "http://h", "value": "2"}])), "b.json")
    for state in ("taken", "unchanged"):
        run = run_import(by=cast.lead, path=folder)
        assert (run.name, run.state, run.report["read"]) == ("export", state, 2)
    digests = set(ImportRun.objects.values_list("digest", flat=True))
    (folder / "b.json").rename(folder / "c.json")
    run_import(by=cast.lead, path=folder)
    assert len(digests) == 1
    assert ImportRun.objects.latest("pk").digest not in digests


def test_culture_of_another_body_fluid_is_not_counted_with_bone_and_joint(bring):
    bring(patient(), pot(kind={"text": "Urine"}, site=""), culture())
    assert sorted(ImportedFact.objects.values_list("kind", "code")) == [
        ("culture", "SNOMED//3092008"),
        ("specimen", "OSTEON//specimen//other"),
    ]


def test_measure_in_an_unknown_unit_is_kept_as_words_and_has_no_number(bring):
    bring(patient(), observation(value=3, valueQuantity=quantity(3.5, "spoons", comparator="<")))
    result = Result.objects.get()
    assert (result.numeric_value, result.unit, result.comparator, result.text_value) == (
        None,
        "",
        "",
        "<3.5 spoons",
    )


def test_result_in_words_is_a_result(bring):
    bring(patient(), without(observation(id="crp"), "valueQuantity") | {"valueString": "haemolysed"})
    assert (Result.objects.get().text_value, Result.objects.get().numeric_value) == ("haemolysed", None)


# Research data


def test_meds_file_brings_nameless_patients(cast, tmp_path):
    rows = {
        "subject_id": [7, 7, 7, 7],
        "time": [datetime(2101, 1, 1), None, datetime(2150, 3, 1, 9), datetime(2150, 3, 1, 9)],
        "code": ["MEDS_BIRTH", "GENDER//M", "LAB//50912//mg/dL", "LAB//220045//bpm"],
        "value": [None, None, 1.0, 90.0],
    }
    pl.DataFrame(rows).write_parquet(tmp_path / "events.parquet")
    for state in ("taken", "unchanged"):
        assert run_import(by=cast.lead, path=tmp_path / "events.parquet").state == state
    man = Patient.objects.get(family_name="Unnamed 7")
    assert (man.birth_date, man.birth_precision, man.sex) == (date(2101, 1, 1), "year", "male")
    assert Result.objects.get().numeric_value == pytest.approx(88.4)
    assert ImportedFact.objects.get().kind == "observation"
    assert PatientIdentifier.objects.get(patient=man).system.startswith("hospital:meds:")


def test_progress_counts_the_rows(cast, tmp_path):
    pl.DataFrame(
        {"subject_id": [1, 2, 3], "time": [datetime(2026, 1, 1)] * 3, "code": ["X"] * 3}
    ).write_parquet(tmp_path / "e.parquet")
    seen: list[int] = []
    run_import(by=cast.lead, path=tmp_path / "e.parquet", progress=seen.append)
    assert seen == [3]


@pytest.mark.parametrize(
    "hostile",
    [
        {"name": [{"family": "a\x00b", "given": ["x" * 900]}], "address": [{"line": ["y" * 900]}]},
        {"identifier": [{"system": "s" * 900, "value": "1"}, {"system": "http://h", "value": "v" * 900}]},
        {"telecom": [{"system": "phone", "value": "0" * 500}]},
    ],
)
def test_text_that_no_column_holds_is_clipped(bring, hostile):
    long_words = observation(code={"text": "z" * 900}, valueQuantity=quantity(1, "u" * 200))
    assert bring(patient(**hostile), long_words).state == "taken"
    kept = Patient.objects.latest("pk")
    assert len(kept.given_name) <= 200 and len(kept.telephone) <= 60 and "\x00" not in kept.family_name
