"""The demonstration in the record: who is there, what Today says of them, and that it comes once."""

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password

from osteon.service.accounts.models import AuditEntry, Person, Team
from osteon.service.accounts.permissions import ROLES
from osteon.service.courses.models import Course
from osteon.service.patients.models import (
    Allergy,
    Episode,
    Finding,
    ImportedFact,
    Patient,
    PatientIdentifier,
    PossibleDuplicate,
)
from osteon.service.patients.reach import reachable
from osteon.service.results.models import Result, Specimen
from osteon.service.worklist.models import Alert, HandoverEntry, RuleSwitch, Task
from osteon.site import demonstration
from osteon.site.demonstration.tests.conftest import NOW

COUNTED = (
    Person,
    Team,
    Patient,
    PatientIdentifier,
    Episode,
    Finding,
    Allergy,
    ImportedFact,
    Result,
    Specimen,
)
COUNTED += (Course, Alert, Task, RuleSwitch, HandoverEntry, AuditEntry, PossibleDuplicate)

TROUBLES = {
    "Adeyemi": "daptomycin-ck",
    "Whitlock": "vancomycin-level",
    "Zielinski": "ceftriaxone-bloods",
    "Pemberton": "crp-rising",
    "Mehta": "alt",
    "Lockwood": "potassium-high",
    "Campbell": "linezolid-platelets",
    "Hussain": "course-past-planned-stop",
    "Okafor": "eosinophils",
    "Rutherford": "temperature",
}


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def of_the_cast(family):
    return Patient.objects.get(family_name=family, episodes__source__startswith="sim:cast/")


def test_there_is_one_sign_in_for_each_role(unit):
    assert {one.key for one in unit.sign_ins} == set(ROLES)
    assert len(unit.sign_ins) == len(ROLES)


def test_every_sign_in_opens_an_account_of_its_role(unit):
    for one in unit.sign_ins:
        person = Person.objects.get(email=one.email)
        assert person.role == one.key
        assert person.is_active
        assert check_password(one.password, person.password)


def test_patients_belong_to_three_teams(unit):
    assert set(Team.objects.values_list("slug", flat=True)) == {"limb", "joint", "spine"}
    for team in Team.objects.all():
        assert Episode.objects.filter(team=team).exists()


def test_the_infection_physician_reaches_everybody_and_the_spinal_surgeon_the_spine(unit):
    physician = Person.objects.get(email="infection@marlbury.example")
    spinal = Person.objects.get(email="spine@marlbury.example")
    assert reachable(physician).count() > reachable(spinal).count() > 0
    assert of_the_cast("Adeyemi") in reachable(spinal)
    assert of_the_cast("Mehta") not in reachable(spinal)


@pytest.mark.parametrize(("family", "rule"), TROUBLES.items(), ids=list(TROUBLES))
def test_the_cast_is_in_the_trouble_its_story_tells(unit, family, rule):
    alert = Alert.objects.unclosed().get(patient=of_the_cast(family), rule_id=rule)
    assert alert.is_open
    assert alert.sentence


def test_some_of_the_cast_are_quiet(unit):
    for family in ("Lindqvist", "Oldroyd"):
        assert (
            not Alert.objects.open().filter(patient=of_the_cast(family), level__in=["red", "amber"]).exists()
        )


def test_nobody_has_asked_ms_dimitrova_about_allergies(unit):
    patient = of_the_cast("Dimitrova")
    assert not Allergy.objects.filter(patient=patient).exists()
    assert Course.objects.get(patient=patient).allergy_override


def test_everybody_else_of_the_cast_was_asked(unit):
    cast = Patient.objects.filter(episodes__source__startswith="sim:cast/").exclude(family_name="Dimitrova")
    assert all(Allergy.objects.filter(patient=patient).exists() for patient in cast)


def test_the_misheard_record_is_merged(unit):
    misheard = Patient.objects.get(family_name="O'Rorke")
    assert misheard.survivor == of_the_cast("O'Rourke")


def test_a_pair_waits_to_be_told_apart(unit):
    pair = PossibleDuplicate.objects.get(settled_at=None)
    assert {pair.patient.family_name, pair.other.family_name} == {"Hussain", "Hussein"}


def test_a_long_name_is_kept_whole(unit):
    assert of_the_cast("Fernández-Villanueva y Montgomery-Featherstonehaugh").given_name.startswith("María")


def test_the_units_lead_has_switched_rules_on_with_a_reason(unit):
    lead = Person.objects.get(role="unit_lead")
    assert RuleSwitch.objects.count() >= 10
    assert all(switch.by == lead and switch.on and switch.reason for switch in RuleSwitch.objects.all())


def test_some_alerts_were_answered_this_morning(unit):
    assert Alert.objects.filter(state__in=["acknowledged", "snoozed"]).exists()


def test_the_wards_have_a_list(unit):
    assert HandoverEntry.objects.filter(day=NOW.date()).count() >= 2


def test_tasks_wait_for_several_roles(unit):
    assert set(Task.objects.filter(done_at=None).values_list("owner_role", flat=True)) >= {
        "opat_nurse",
        "resident",
        "infection_physician",
        "frame_nurse",
    }


def test_simulated_patients_stand_all_along_the_road(unit):
    standing = set(Episode.objects.exclude(source__startswith="sim:cast").values_list("status", flat=True))
    assert {"follow-up", "opat"} <= standing
    assert len(standing) >= 4


def test_nothing_is_known_of_the_future(unit):
    for model, field in (
        (Result, "taken_at"),
        (Finding, "time"),
        (Specimen, "taken_at"),
        (ImportedFact, "time"),
    ):
        assert not model.objects.filter(**{f"{field}__gt": NOW}).exists()
    assert not Episode.objects.filter(opened_on__gt=NOW.date()).exists()


def test_everything_was_done_through_actions(unit):
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert {
        "accounts.create_person",
        "imports.import_events",
        "patients.register_patient",
        "patients.open_episode",
        "patients.merge_patients",
        "courses.start_course",
        "worklist.switch_rule",
        "worklist.raise_alert",
    } <= verbs


def test_every_row_that_came_in_says_that_it_is_invented(unit):
    for model in (Result, Specimen, ImportedFact):
        assert not model.objects.exclude(source__startswith="sim:").exists()


def test_a_second_load_does_nothing(unit):
    before = counts()
    again = demonstration.load_demonstration(now=NOW)
    assert counts() == before
    assert again.patients == 0
    assert demonstration.is_loaded(now=NOW)


def test_a_load_without_its_note_finds_everything_there(unit):
    note = settings.OSTEON_HOME / "demonstration.json"
    kept = note.read_bytes()
    note.unlink()
    before = counts()
    demonstration.load_demonstration(now=NOW)
    after = counts()
    note.write_bytes(kept)
    for name in ("Person", "Patient", "Result", "Course", "Episode", "Alert", "RuleSwitch", "Task"):
        assert after[name] == before[name], name
