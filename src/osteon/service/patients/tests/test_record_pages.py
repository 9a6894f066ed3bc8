from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from osteon.service.accounts.models import BreakGlass, ReadEntry
from osteon.service.patients import actions
from osteon.service.patients.models import Allergy, Episode, Finding, ImportedFact
from osteon.service.patients.tests.pages import path, posted_ok, words

FEVER = "OSTEON//finding//fever"
WEIGHT = "LOINC//29463-7"
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)


@pytest.fixture
def nurse(cast, client):
    client.force_login(cast.nurse)
    return client


def record(client, patient, code, **typed):
    return client.post(f"{path('record_finding', patient)}?what={code}", {"day": "2/11/2026", **typed})


# Findings


def test_kinds_of_finding_are_offered(nurse, cast):
    page = words(nurse.get(path("record_finding", cast.ruth)))
    for kind in ("Weight", "Temperature", "Fever", "Muscle pain or weakness", "Another finding, in words"):
        assert kind in page


def test_finding_is_recorded_present_with_its_time(nurse, cast):
    answer = record(nurse, cast.ruth, FEVER, present="yes", clock="08:12", text="39.1 at home")
    posted_ok(answer, path("findings", cast.ruth))
    finding = Finding.objects.get()
    assert (finding.present, finding.text_value, finding.recorded_by) == (True, "39.1 at home", cast.nurse)
    assert finding.time == datetime(2026, 11, 2, 8, 12, tzinfo=UTC)
    page = words(nurse.get(answer.url))
    assert "Mon 2 Nov 2026, 08:12 Fever present. 39.1 at home Nia Bell" in page


def test_finding_in_summer_is_kept_in_utc(nurse, cast):
    record(nurse, cast.ruth, FEVER, present="no", day="1/7/2026", clock="08:12")
    assert Finding.objects.get().time == datetime(2026, 7, 1, 7, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "said"), [("March 2024", "March 2024"), ("2024", "2024"), ("about 1998", "about 1998")]
)
def test_finding_of_an_uncertain_day_is_shown_no_more_exactly(nurse, cast, day, said):
    record(nurse, cast.ruth, FEVER, present="yes", day=day)
    page = words(nurse.get(path("findings", cast.ruth)))
    assert f"{said} Fever" in page


def test_weight_is_recorded_and_stands_in_the_header(nurse, cast):
    record(nurse, cast.ruth, WEIGHT, number="70.5", day="1/11/2026")
    record(nurse, cast.ruth, WEIGHT, number="68", day="2/10/2026")
    assert "Weight 70.5 kg" in words(nurse.get(cast.ruth.get_absolute_url()))


@pytest.mark.parametrize(
    ("code", "typed", "said"),
    [
        (FEVER, {}, "Fever: Choose one"),
        (FEVER, {"present": "maybe"}, "Select a valid choice"),
        (FEVER, {"present": "yes", "day": ""}, "When: This is missing"),
        (FEVER, {"present": "yes", "day": "1/1/2199"}, "This lies in the future"),
        (FEVER, {"present": "yes", "clock": "25:00"}, "Write the time like 08:12"),
        (FEVER, {"present": "yes", "day": "2024", "clock": "08:12"}, "A time of day needs an exact date"),
        (WEIGHT, {"number": "705"}, "Weight is between 1 and 400 kg"),
        (WEIGHT, {"number": "heavy"}, "Enter a number"),
        (WEIGHT, {"number": "nan"}, "Enter a number"),
        ("OSTEON//finding//other", {"text": ""}, "What was found: This is missing"),
    ],
)
def test_finding_that_cannot_be_is_refused_with_what_to_write(nurse, cast, code, typed, said):
    answer = record(nurse, cast.ruth, code, **typed)
    assert said in words(answer)
    assert not Finding.objects.exists()


def test_finding_of_a_later_minute_today_is_refused(nurse, cast):
    later = timezone.localtime() + timedelta(hours=2)
    answer = record(nurse, cast.ruth, FEVER, present="yes", day=f"{later:%d/%m/%Y}", clock=f"{later:%H:%M}")
    assert "This lies in the future" in words(answer)


def test_other_finding_is_recorded_in_words(nurse, cast):
    record(nurse, cast.ruth, "OSTEON//finding//other", text="Wears a splint, ok & well <at night>")
    answer = nurse.get(path("findings", cast.ruth))
    assert "Wears a splint, ok & well <at night>" in words(answer)
    assert b"<at night>" not in answer.content


def test_unknown_kind_of_finding_asks_which(nurse, cast):
    answer = nurse.get(f"{path('record_finding', cast.ruth)}?what=NONSENSE")
    assert "What do you want to record?" in words(answer)


@pytest.fixture
def fever(cast):
    return actions.record_finding(
        by=cast.physician, patient=cast.ruth, code=FEVER, present=True, time=NOON, text_value="in clinic"
    )


def typed_of(finding, **changes):
    typed = {"day": "2/11/2026", "clock": "12:00", "present": "yes", "text": finding.text_value}
    return {**typed, "version": finding.version, **changes}


def test_finding_form_shows_what_is_stored(nurse, fever):
    page = nurse.get(path("edit_finding", fever)).content.decode()
    for shown in ('value="02/11/2026"', 'value="12:00"', 'value="in clinic"'):
        assert shown in page


def test_finding_is_corrected_and_its_page_shows_what_it_said_before(nurse, cast, fever):
    posted_ok(
        nurse.post(path("edit_finding", fever), typed_of(fever, present="no")), path("findings", cast.ruth)
    )
    page = words(nurse.get(path("finding", fever)))
    assert "Fever: absent. in clinic" in page
    assert "Present: yes → no" in page


def test_second_editor_of_a_finding_is_told_and_loses_nothing(nurse, cast, fever):
    nurse.post(path("edit_finding", fever), typed_of(fever, present="no"))
    stale = nurse.post(path("edit_finding", fever), typed_of(fever, text="39.4 on the ward"))
    page = words(stale)
    assert "Somebody else changed this meanwhile" in page
    assert "Fever Absent (different)" in page
    assert "Fever Present (different)" in page
    assert 'value="39.4 on the ward"' in stale.content.decode()
    assert Finding.objects.get().text_value == "in clinic"
    nurse.post(path("edit_finding", fever), typed_of(fever, text="39.4 on the ward", version=2))
    assert Finding.objects.get().text_value == "39.4 on the ward"


def test_imported_finding_of_a_kind_nobody_records_can_be_corrected(nurse, cast):
    pulse = actions.record_finding(
        by=cast.lead, patient=cast.ruth, code="LOINC//8867-4", numeric_value=88, unit="/min", time=NOON
    )
    typed = {"day": "2/11/2026", "clock": "12:00", "number": "98", "version": 1}
    posted_ok(nurse.post(path("edit_finding", pulse), typed), path("findings", cast.ruth))
    assert (Finding.objects.get().numeric_value, Finding.objects.get().unit) == (98, "/min")


def test_finding_entered_in_error_leaves_the_page_and_stays_in_the_history(nurse, cast, fever):
    answer = nurse.post(path("mark_finding_in_error", fever), {"reason": "Another patient's temperature"})
    posted_ok(answer, path("findings", cast.ruth))
    assert "No finding is recorded" in words(nurse.get(answer.url))
    page = words(nurse.get(path("finding", fever)))
    assert "Entered in error by Nia Bell" in page
    assert "Another patient's temperature" in page
    assert "Another patient's temperature" in words(nurse.get(path("history", cast.ruth)))


def test_error_without_a_reason_is_refused(nurse, fever):
    assert "Say it in a few words" in words(nurse.post(path("mark_finding_in_error", fever), {"reason": "x"}))
    assert Finding.objects.standing().exists()


def test_error_that_somebody_marked_meanwhile_is_said(nurse, cast, fever):
    actions.mark_entered_in_error(by=cast.lead, fact=fever, reason="Wrong patient")
    answer = nurse.post(path("mark_finding_in_error", fever), {"reason": "Wrong patient"})
    assert "marked as entered in error already" in words(answer)


def test_findings_page_asks_the_same_number_of_queries_for_more_rows(
    nurse, cast, fever, django_assert_max_num_queries
):
    nurse.get(path("findings", cast.ruth))
    for hour in range(30):
        actions.record_finding(
            by=cast.nurse, patient=cast.ruth, code=FEVER, present=True, time=NOON - timedelta(hours=hour)
        )
    with django_assert_max_num_queries(22):
        assert words(nurse.get(path("findings", cast.ruth))).count("Fever present") == 31


# Allergies


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


# Episodes

EPISODE = {
    "kind": "osteomyelitis",
    "site": "calcaneus",
    "side": "right",
    "opened": "March 2024",
    "team": "limb",
    "responsible": "",
    "status": "work-up",
    "diagnosis": "",
}


def test_episode_is_opened_with_its_partial_date(nurse, cast):
    answer = nurse.post(path("open_episode", cast.ruth), EPISODE)
    posted_ok(answer, cast.ruth.get_absolute_url())
    episode = Episode.objects.get(site="calcaneus")
    assert (str(episode), str(episode.opened), episode.status) == (
        "Right calcaneus: osteomyelitis",
        "March 2024",
        "work-up",
    )


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": ""}, "Infection: Choose one"),
        ({"site": ""}, "Bone or joint: This is missing"),
        ({"team": "nobody"}, "Select a valid choice"),
        ({"status": "closed"}, "Select a valid choice"),
        ({"opened": "soon"}, "is not a date"),
    ],
)
def test_episode_that_cannot_be_is_refused(nurse, cast, wrong, said):
    assert said in words(nurse.post(path("open_episode", cast.ruth), {**EPISODE, **wrong}))


def test_responsible_are_those_who_may_lead_and_prescribe(nurse, cast):
    page = words(nurse.get(path("open_episode", cast.ruth)))
    assert "Dr Amara Cole, Infection physician" in page
    assert "Nia Bell, " not in page


def test_episode_is_moved_along_the_road(nurse, cast):
    answer = nurse.post(path("move_episode", cast.ruth_episode), {"goal": "follow-up", "version": 1})
    posted_ok(answer, path("episode", cast.ruth_episode))
    page = words(nurse.get(answer.url))
    assert "At Follow-up since" in page
    assert "OPAT Follow-up Nia Bell" in page


def test_unusual_move_asks_for_a_reason_and_keeps_it(nurse, cast):
    address = path("move_episode", cast.ruth_episode)
    assert "is not the usual way. Say why" in words(nurse.post(address, {"goal": "referred", "version": 1}))
    nurse.post(address, {"goal": "referred", "version": 1, "reason": "Sent to the wrong unit"})
    page = words(nurse.get(path("episode", cast.ruth_episode)))
    assert "Sent to the wrong unit (not the usual way)" in page


def test_move_that_somebody_made_meanwhile_is_shown(nurse, cast):
    address = path("move_episode", cast.ruth_episode)
    nurse.post(address, {"goal": "follow-up", "version": 1})
    page = words(nurse.post(address, {"goal": "theatre", "version": 1, "reason": "Sinus again"}))
    assert "Somebody else changed this meanwhile" in page
    assert Episode.objects.get(pk=cast.ruth_episode.pk).status == "follow-up"


def test_episode_is_closed_with_how_it_ended_and_reopened(nurse, cast):
    typed = {"how": "Infection free", "closed_on": "2/11/2026", "reason": "Moved abroad", "version": 1}
    posted_ok(nurse.post(path("close_episode", cast.ruth_episode), typed), path("episode", cast.ruth_episode))
    page = words(nurse.get(path("episode", cast.ruth_episode)))
    assert "How it ended Infection free" in page
    assert "Reopen" in page
    nurse.post(
        path("move_episode", cast.ruth_episode), {"goal": "work-up", "reason": "Sinus again", "version": 2}
    )
    assert Episode.objects.get(pk=cast.ruth_episode.pk).status == "work-up"


def test_closing_needs_a_whole_date(nurse, cast):
    typed = {"how": "Infection free", "closed_on": "2025", "reason": "Moved abroad", "version": 1}
    assert "Give the whole date" in words(nurse.post(path("close_episode", cast.ruth_episode), typed))


def test_second_editor_of_an_episode_sees_names_not_numbers(nurse, cast):
    typed = {**EPISODE, "version": 1, "team": "spine"}
    nurse.post(path("edit_episode", cast.ruth_episode), {**typed, "team": "limb"})
    page = words(nurse.post(path("edit_episode", cast.ruth_episode), typed))
    assert "Team Limb team (different)" in page
    assert "Team Spine team (different)" in page


def test_episode_entered_in_error_leaves_the_header(nurse, cast):
    cast.episode(cast.ruth, cast.limb, site="femur")
    answer = nurse.post(path("mark_episode_in_error", cast.ruth_episode), {"reason": "Wrong patient"})
    posted_ok(answer, cast.ruth.get_absolute_url())
    page = words(nurse.get(cast.ruth.get_absolute_url()))
    assert "Left femur" in page
    assert "Left tibia: fracture" not in page


# The record as a whole


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


def line(cast, **said):
    values = {"kind": "line", "code": "OSTEON//line//picc", "time": NOON, "source": "sim:1/1"}
    fact = ImportedFact(patient=cast.ruth, recorded_by=cast.lead, recorded_at=NOON, **{**values, **said})
    fact.save()
    return fact


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


# Breaking the glass


def test_glass_is_broken_with_a_reason_and_leads_where_one_wanted_to_go(nurse, cast):
    goal = path("findings", cast.sean)
    asked = nurse.get(goal)
    assert asked.status_code == 403
    assert f'value="{goal}"' in asked.content.decode()
    answer = nurse.post(
        path("break_glass", cast.sean), {"reason": "Called to theatre for this patient", "goal": goal}
    )
    posted_ok(answer, goal)
    assert nurse.get(goal).status_code == 200
    assert BreakGlass.objects.get().reason == "Called to theatre for this patient"


def test_reading_behind_broken_glass_is_marked(nurse, cast):
    nurse.post(path("break_glass", cast.sean), {"reason": "Called to theatre for this patient"})
    nurse.get(cast.sean.get_absolute_url())
    assert ReadEntry.objects.get(patient_id=cast.sean.public_id).break_glass


def test_glass_is_not_broken_without_words(nurse, cast):
    assert "This is missing" in words(nurse.post(path("break_glass", cast.sean), {"reason": ""}))
    assert "Say why you need this record" in words(
        nurse.post(path("break_glass", cast.sean), {"reason": "pls"})
    )
    assert not BreakGlass.objects.exists()


def test_broken_glass_never_leads_to_another_site(nurse, cast):
    answer = nurse.post(
        path("break_glass", cast.sean),
        {"reason": "Called to theatre for this patient", "goal": "https://elsewhere.example/"},
    )
    posted_ok(answer, cast.sean.get_absolute_url())


def test_role_that_may_not_break_glass_is_told_whom_to_ask(cast, client):
    client.force_login(cast.coordinator)
    page = words(client.get(cast.sean.get_absolute_url()))
    assert "Ask somebody of the team" in page


# History


def test_history_says_who_changed_what(nurse, cast, fever):
    nurse.post(path("edit_finding", fever), typed_of(fever, present="no"))
    page = words(nurse.get(path("history", cast.ruth)))
    assert "Nia Bell Changed: Finding: Fever: absent. in clinic Present: yes → no" in page
    assert "Dr Amara Cole Recorded: Finding: Fever: present. in clinic" in page


def test_history_names_people_and_teams(nurse, cast):
    nurse.post(path("edit_episode", cast.ruth_episode), {**EPISODE, "version": 1, "team": "spine"})
    page = words(nurse.get(path("history", cast.ruth)))
    # The patient has left the limb team: the nurse is asked to break the glass.
    assert "outside your teams" in page
    nurse.force_login(cast.surgeon)
    page = words(nurse.get(path("history", cast.ruth)))
    assert "Team: Limb team → Spine team" in page
    assert "Responsible: Dr Amara Cole → nothing" in page


def test_history_tells_many_rows_of_one_kind_in_one_line(nurse, cast):
    for number in range(30):
        line(cast, source=f"sim:1/{number}")
    assert "30 imported facts" in words(nurse.get(path("history", cast.ruth)))


def test_history_asks_the_same_number_of_queries_for_more_rows(
    nurse, cast, fever, django_assert_max_num_queries
):
    for number in range(20):
        line(cast, source=f"sim:1/{number}")
        fever = actions.edit_finding(
            by=cast.nurse,
            finding=fever,
            seen_version=fever.version,
            time=NOON,
            precision="minute",
            present=bool(number % 2),
        )
    with django_assert_max_num_queries(45):
        assert words(nurse.get(path("history", cast.ruth))).count("Changed: Finding") >= 18


def test_history_of_acts_gives_verb_and_reason(nurse, cast, fever):
    actions.mark_entered_in_error(by=cast.physician, fact=fever, reason="Wrong patient")
    page = words(nurse.get(path("history", cast.ruth), {"show": "actions"}))
    assert "Dr Amara Cole Mark entered in error Wrong patient" in page


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
