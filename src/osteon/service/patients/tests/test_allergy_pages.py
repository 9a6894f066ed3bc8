from __future__ import annotations

from osteon.service.patients import actions
from osteon.service.patients.models import Allergy
from osteon.service.patients.tests.pages import path, posted_ok, words


def test_allergies_not_known_are_red_in_the_header_until_somebody_asks(nurse, cast):
    page = nurse.get(cast.ruth.get_absolute_url())
    assert "Allergies not known: ask" in words(page)
    assert "app-allergy--unknown" in page.content.decode()


def test_allergy_is_recorded_and_stands_in_the_header(nurse, cast):
    typed = {"substance": "Penicillin", "reaction": "anaphylaxis", "kind": "allergy"}
    answer = nurse.post(path("record_allergy", cast.ruth), typed)
    posted_ok(answer, path("allergies", cast.ruth))
    assert "Allergies: Penicillin: anaphylaxis" in words(nurse.get(cast.ruth.get_absolute_url()))


def test_no_known_allergies_needs_that_somebody_asked(nurse, cast):
    address = path("record_no_known_allergies", cast.ruth)
    assert "Tick the box" in words(nurse.post(address, {}))
    posted_ok(nurse.post(address, {"asked": "on"}), path("allergies", cast.ruth))
    page = words(nurse.get(path("allergies", cast.ruth)))
    assert "No known allergies" in page
    assert "Asked by Nia Bell" in page


def test_allergy_outweighs_that_none_was_known(nurse, cast):
    actions.record_no_known_allergies(by=cast.nurse, patient=cast.ruth)
    actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Latex")
    page = words(nurse.get(path("allergies", cast.ruth)))
    assert "Allergies: Latex" in page
    assert "No known allergies" not in page


def test_no_known_allergies_is_refused_while_one_stands(nurse, cast):
    actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Latex")
    answer = nurse.post(path("record_no_known_allergies", cast.ruth), {"asked": "on"})
    assert "An allergy is recorded" in words(answer)


def test_allergy_to_nothing_is_refused(nurse, cast):
    assert "To what: This is missing" in words(
        nurse.post(path("record_allergy", cast.ruth), {"kind": "allergy"})
    )
    assert not Allergy.objects.exists()


def test_allergy_entered_in_error_leaves_the_header(nurse, cast):
    row = actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Latex")
    nurse.post(path("mark_allergy_in_error", row), {"reason": "It was nickel"})
    assert "Allergies not known: ask" in words(nurse.get(path("allergies", cast.ruth)))
