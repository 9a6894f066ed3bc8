from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from osteon.service.patients import actions
from osteon.service.patients.models import Finding
from osteon.service.patients.tests.pages import FEVER, NOON, WEIGHT, path, posted_ok, typed_of, words


def record(client, patient, code, **typed):
    return client.post(f"{path('record_finding', patient)}?what={code}", {"day": "2/11/2026", **typed})


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
