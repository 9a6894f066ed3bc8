from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from osteon.service.patients import actions
from osteon.service.patients.tests.pages import NOON, line, path, words


def test_patient_page_names_the_patient_and_what_nobody_may_miss(nurse, cast):
    page = words(nurse.get(cast.ruth.get_absolute_url()))
    assert page.startswith("Okafor, Ruth: overview – Osteon")
    for shown in ("67", "943 476 5919", "Dr Amara Cole", "Limb team", "not recorded"):
        assert shown in page


def test_road_marks_where_the_episode_stands(nurse, cast):
    page = nurse.get(cast.ruth.get_absolute_url()).content.decode()
    assert '<li class="app-road__step" aria-current="step">OPAT</li>' in page


@pytest.mark.parametrize(
    ("who", "shown"),
    [("longname", "Featherstonehaugh-Cholmondeley"), ("zofia", "about 75 (born about 1951)")],
)
def test_patient_of_whom_little_is_known_has_a_page(nurse, cast, who, shown):
    page = words(nurse.get(getattr(cast, who).get_absolute_url()))
    assert shown in page
    assert "NHS number not known" in page
    assert "None" not in page


def test_patient_without_any_fact_is_told_what_will_stand_there(cast, client):
    client.force_login(cast.coordinator)
    page = words(client.get(cast.patient("Blank").get_absolute_url()))
    assert "Nothing is recorded yet" in page


def test_name_with_an_apostrophe_is_printed_once_escaped(cast, client):
    client.force_login(cast.surgeon)
    page = client.get(cast.sean.get_absolute_url()).content.decode()
    assert "O&#39;Brien, Seán" in page
    assert "&amp;#39;" not in page


def test_closed_episode_stays_in_the_header_of_a_patient_without_an_open_one(nurse, cast):
    actions.close_episode(
        by=cast.lead, episode=cast.ruth_episode, closed_on=NOON.date(), how="Well", reason="Well"
    )
    assert "Left tibia: fracture-related infection" in words(nurse.get(cast.ruth.get_absolute_url()))


def test_timeline_draws_and_lists_an_imported_fact_that_can_be_opened(nurse, cast):
    fact = line(cast)
    page = nurse.get(cast.ruth.get_absolute_url()).content.decode()
    assert "PICC" in page
    assert path("imported_fact", fact) in page
    assert "Source sim:1/1" in words(nurse.get(path("imported_fact", fact)))


def test_timeline_rewound_leaves_out_what_was_learnt_later(nurse, cast):
    fact = line(cast)
    address = path("timeline", cast.ruth)
    assert path("imported_fact", fact) in nurse.get(address, {"known": "2/11/2026"}).content.decode()
    before = nurse.get(address, {"known": "1/11/2026", "span": "all"})
    assert path("imported_fact", fact) not in before.content.decode()
    assert "Nothing was known yet on that day" in words(before)


@pytest.mark.parametrize("known", ["nonsense", "24/11/2199"])
def test_timeline_cannot_be_rewound_to_no_day(nurse, cast, known):
    page = words(nurse.get(path("timeline", cast.ruth), {"known": known}))
    assert "That is not a day in the past" in page


def test_timeline_keeps_what_was_chosen_when_it_is_rewound(nurse, cast):
    line(cast)
    page = nurse.get(path("timeline", cast.ruth), {"marker": "platelets", "known": "5/11/2026"})
    assert '<input type="hidden" name="marker" value="platelets">' in page.content.decode()


def test_imported_fact_entered_in_error_leaves_the_timeline(nurse, cast):
    fact = line(cast)
    nurse.post(path("mark_imported_fact_in_error", fact), {"reason": "Another patient"})
    assert path("imported_fact", fact) not in nurse.get(cast.ruth.get_absolute_url()).content.decode()


def test_patient_page_asks_the_same_number_of_queries_for_more_facts(nurse, cast, fever):
    line(cast)
    actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance="Latex")
    nurse.get(cast.ruth.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        nurse.get(cast.ruth.get_absolute_url())
    for number in range(12):
        line(cast, source=f"sim:2/{number}", time=NOON - timedelta(days=number))
        cast.episode(cast.ruth, cast.limb, site=f"bone {number}")
        actions.record_allergy(by=cast.nurse, patient=cast.ruth, substance=f"Drug {number}")
        actions.record_weight(
            by=cast.nurse, patient=cast.ruth, kilograms=70 + number, time=NOON - timedelta(days=number)
        )
    with CaptureQueriesContext(connection) as more:
        page = words(nurse.get(cast.ruth.get_absolute_url()))
    assert "Weight 70 kg" in page
    assert len(more) <= len(few) <= 40


def test_page_reads_the_story_once_however_many_panels_ask_for_it(nurse, cast, fever):
    with CaptureQueriesContext(connection) as asked:
        nurse.get(cast.ruth.get_absolute_url())
    read = [query for query in asked.captured_queries if 'FROM "patients_importedfact"' in query["sql"]]
    assert len(read) == 1


def red_below_fifty(events, key, as_of):
    return [("red below", 50.0)] if key == "platelets" and events else []


def test_timeline_draws_the_thresholds_that_an_app_above_knows(nurse, cast, settings):
    settings.OSTEON_TIMELINE_THRESHOLDS = [f"{__name__}.red_below_fifty"]
    line(cast, kind="result", code="LOINC//777-3", numeric_value=90, unit="10*9/L")
    drawn = nurse.get(path("timeline", cast.ruth), {"marker": "platelets"}).content.decode()
    assert "red below 50" in drawn
    assert "red below" not in nurse.get(path("timeline", cast.ruth), {"marker": "crp"}).content.decode()


@pytest.mark.parametrize("marker", ["nonsense", "", "crp' OR 1=1"])
def test_timeline_of_an_unknown_marker_shows_the_usual_one(nurse, cast, marker):
    line(cast)
    assert nurse.get(path("timeline", cast.ruth), {"marker": marker, "overlay": marker}).status_code == 200
