from __future__ import annotations

from datetime import datetime

import pytest

from osteon.events.schema import Event
from osteon.service.patients.models import Episode
from osteon.service.reading.diagnoses import CATEGORIES, NAMES, diagnoses
from osteon.standards.infobutton import BY_KEY
from osteon.standards.infobutton.systems import is_wellformed


def coded(code: str, day: int = 1) -> Event:
    return Event(subject_id=1, time=datetime(2026, 11, day), code=code, source=f"test:{code}/{day}")


def asked(kind: str, *events: Event) -> str:
    (one,) = diagnoses([Episode(kind=kind)], list(events))
    return one.concept.code


def test_the_newest_coded_diagnosis_of_the_kind_is_asked():
    events = (coded("ICD10//M86.1", 1), coded("ICD10//M86.6", 9), coded("ICD10//M86.2", 5))
    assert asked("osteomyelitis", *events) == "M86.6"


def test_a_comorbidity_is_not_what_is_read_about():
    assert asked("osteomyelitis", coded("ICD10//E11.9", 9)) == "M86"
    assert asked("prosthetic-joint", coded("ICD10//T84.7", 9)) == "T84.5"


def test_the_american_code_is_asked_under_its_own_system():
    (one,) = diagnoses([Episode(kind="spinal")], [coded("ICD10CM//M46.26")])
    assert (one.concept.code, one.concept.system) == ("M46.26", BY_KEY["ICD10CM"].oid)


def test_a_diagnosis_without_a_time_counts_least():
    undated = Event(subject_id=1, time=None, code="ICD10//M86.9", source="test:x")
    assert asked("osteomyelitis", undated, coded("ICD10//M86.1")) == "M86.1"
    assert asked("osteomyelitis", undated) == "M86.9"


def test_a_kind_without_a_code_is_asked_by_our_own_name_for_it():
    (one,) = diagnoses([Episode(kind="diabetic-foot", diagnosis="Typed by somebody about Mary")], [])
    assert one.concept.code == "" and one.concept.display == "Diabetic foot infection"


def test_two_episodes_of_one_kind_are_asked_once():
    found = diagnoses([Episode(kind="spinal"), Episode(kind="osteomyelitis"), Episode(kind="spinal")], [])
    assert [one.concept.code for one in found] == ["M46.4", "M86"]
    assert diagnoses([], []) == []


@pytest.mark.parametrize("kind", Episode.Kind)
def test_every_kind_of_episode_has_something_to_ask(kind):
    assert (kind in CATEGORIES) != (kind in NAMES)
    assert all(is_wellformed(BY_KEY["ICD10"], code) for code in CATEGORIES.get(kind, ()))
