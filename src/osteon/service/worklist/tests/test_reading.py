"""A list counts as a reading of each record on it: once a person, patient, page and day."""

from datetime import timedelta

from django.utils import timezone

from osteon.service.accounts.actions import open_break_glass
from osteon.service.accounts.models import ReadEntry
from osteon.service.worklist.queries import start_of_day
from osteon.service.worklist.reading import note_listed


def note(unit, person, *patients, now=None, path_name="worklist:today"):
    return note_listed(
        person=person, patients=patients, what="Today", path_name=path_name, now=now or unit.now
    )


def test_each_patient_is_noted_once_a_day(unit):
    ruth, zofia = unit.cast.ruth, unit.cast.zofia
    assert note(unit, unit.nurse, ruth, ruth) == 1
    assert note(unit, unit.nurse, ruth, zofia) == 1
    assert note(unit, unit.nurse, ruth, zofia) == 0
    assert ReadEntry.objects.filter(person=unit.nurse).count() == 2


def test_the_next_day_another_page_and_another_person_are_noted_anew(unit):
    ruth = unit.cast.ruth
    note(unit, unit.nurse, ruth)
    assert note(unit, unit.physician, ruth) == 1
    assert note(unit, unit.nurse, ruth, path_name="worklist:handover") == 1
    assert note(unit, unit.nurse, ruth, now=start_of_day(unit.now) + timedelta(days=1, minutes=1)) == 1


def test_nobody_listed_is_nothing_noted(unit):
    assert note(unit, unit.nurse) == 0
    assert not ReadEntry.objects.exists()


def test_a_record_that_only_a_broken_glass_shows_is_marked(unit):
    sean, ruth = unit.cast.sean, unit.cast.ruth
    for patient in (sean, ruth):
        open_break_glass(by=unit.nurse, patient_id=patient.public_id, reason="Rang at night")
    note(unit, unit.nurse, sean, ruth, now=timezone.now())
    marked = dict(ReadEntry.objects.filter(what="Today").values_list("patient_id", "break_glass"))
    assert marked == {sean.public_id: True, ruth.public_id: False}
