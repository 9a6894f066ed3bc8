"""Each page: not signed in, not allowed, allowed; and what is read there. What is typed: ``test_recording.py``."""

import pytest
from django.urls import reverse

from osteon.service.accounts.models import ReadEntry
from osteon.service.patients.actions import merge_patients
from osteon.service.results import actions
from osteon.service.results.tests.conftest import days_ago, words

pytestmark = pytest.mark.django_db

LONG = "Pseudo" + "longorganismus" * 15
HOSTILE = "<script>alert(1)</script>"


READING = [
    ("results", "patient"),
    ("measure", "patient", "crp"),
    ("microbiology", "patient"),
    ("result", "result"),
    ("specimen", "specimen"),
]
CHANGING = [
    ("record_result", "patient"),
    ("record_specimen", "patient"),
    ("edit_result", "result"),
    ("interpret_result", "result"),
    ("mark_result_in_error", "result"),
    ("edit_specimen", "specimen"),
    ("report_specimen", "specimen"),
    ("interpret_specimen", "specimen"),
    ("mark_specimen_in_error", "specimen"),
    ("record_isolate", "specimen"),
    ("record_antibiogram", "isolate"),
    ("mark_isolate_in_error", "isolate"),
    ("mark_susceptibility_in_error", "susceptibility"),
]


def address(cast, facts, name, about, *more):
    return reverse(f"results:{name}", args=[{"patient": cast.ruth.public_id, **facts}[about], *more])


@pytest.mark.parametrize("where", [*READING, *CHANGING])
def test_nobody_reads_without_signing_in(client, cast, facts, where):
    response = client.get(address(cast, facts, *where))
    assert response.status_code == 302
    assert "sign-in" in response.url


@pytest.mark.parametrize("where", READING)
def test_the_privacy_lead_opens_no_record(client, cast, facts, where):
    client.force_login(cast.privacy)
    assert client.get(address(cast, facts, *where)).status_code == 403


@pytest.mark.parametrize("where", [*READING, *CHANGING])
def test_another_teams_surgeon_is_asked_to_break_the_glass(client, cast, facts, where):
    client.force_login(cast.surgeon)
    response = client.get(address(cast, facts, *where))
    assert response.status_code == 403
    assert "Okafor" not in response.content.decode()


@pytest.mark.parametrize("where", CHANGING)
def test_who_may_not_record_is_refused(client, cast, facts, where):
    client.force_login(cast.coordinator)
    assert client.get(address(cast, facts, *where)).status_code == 403
    assert client.post(address(cast, facts, *where), {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("where", READING)
def test_who_may_read_reads_and_the_reading_is_logged(client, cast, facts, where):
    client.force_login(cast.coordinator)
    response = client.get(address(cast, facts, *where))
    assert response.status_code == 200
    assert "Okafor, Ruth" in words(response)
    assert ReadEntry.objects.filter(path_name=f"results:{where[0]}", person=cast.coordinator).count() == 1


@pytest.mark.parametrize("where", CHANGING)
def test_who_may_record_is_shown_the_form(client, cast, facts, where):
    client.force_login(cast.nurse)
    response = client.get(address(cast, facts, *where))
    assert response.status_code == 200
    assert "Save" in words(response)


@pytest.mark.parametrize("where", [*READING, *CHANGING])
def test_an_unknown_address_is_not_found(client, cast, facts, where):
    unknown = "00000000-0000-4000-8000-000000000000"
    client.force_login(cast.nurse)
    assert client.get(reverse(f"results:{where[0]}", args=[unknown, *where[2:]])).status_code == 404


def test_a_measure_that_does_not_exist_is_not_found(page, cast):
    assert page(cast.nurse, "measure", cast.ruth.public_id, "phlogiston").status_code == 404


def test_a_merged_patients_result_is_opened_through_the_survivor(page, laboratory, cast):
    result = laboratory.result(patient=cast.zofia)
    merge_patients(by=cast.lead, patient=cast.zofia, into=cast.ruth, reason="Same person")
    response = page(cast.nurse, "result", result.public_id)
    assert response.status_code == 200
    assert "Okafor, Ruth" in words(response)


# The overview


def test_what_is_missing_is_said_to_be_missing_and_never_normal(page, cast):
    said = words(page(cast.nurse, "results", cast.ruth.public_id))
    assert "No result is recorded for this patient." in said
    assert said.count("No result recorded") == 12
    assert "within range" not in said


def test_a_result_out_of_range_says_by_how_much(page, laboratory, cast):
    laboratory.result("creatine-kinase", 80, "U/L", high=200, taken_at=days_ago(9))
    laboratory.result("creatine-kinase", 2140, "U/L", high=200, taken_at=days_ago(2))
    said = words(page(cast.nurse, "results", cast.ruth.public_id))
    assert "2,140 U/L up to 200 ▲ 10.7 × upper limit ↑ up from 80" in said
    assert "(2 days ago)" in said


def test_a_limit_is_shown_as_a_limit_and_compared_only_where_certain(page, laboratory, cast):
    laboratory.result("crp", 180, high=5, taken_at=days_ago(9))
    laboratory.result("crp", 4, comparator="<", high=5)
    said = words(page(cast.nurse, "results", cast.ruth.public_id))
    assert "&lt;4 mg/L up to 5 within range ↓ down from 180" in said


def test_a_result_without_a_range_says_so(page, laboratory, cast):
    laboratory.result("crp", 24)
    assert "24 mg/L not given no range to compare with first value" in words(
        page(cast.nurse, "results", cast.ruth.public_id)
    )


def test_a_value_in_an_unknown_unit_is_shown_as_words_and_not_drawn(page, cast):
    actions.receive_result(
        by=cast.lead,
        patient=cast.ruth,
        source="fhir:Observation/1",
        code="LOINC//1988-5",
        name="CRP",
        reported=actions.Reported(24, "furlong"),
        taken_at=days_ago(3),
    )
    assert "24 furlong" in words(page(cast.nurse, "results", cast.ruth.public_id))
    response = page(cast.nurse, "measure", cast.ruth.public_id, "crp")
    assert "24 furlong" in words(response)
    assert "in words, not a number" in words(response)
    assert 'class="tl-point' not in response.content.decode()


def test_other_tests_are_listed_as_they_came(page, laboratory, cast):
    laboratory.result("", 1.9, "mg/dL", name="Magnesium")
    laboratory.result("", None, "", name=HOSTILE, text=HOSTILE)
    response = page(cast.nurse, "results", cast.ruth.public_id)
    assert "Magnesium 1.9 mg/dL" in words(response)
    assert HOSTILE not in response.content.decode()
    assert "&lt;script&gt;" in response.content.decode()


def test_what_a_running_drug_asks_for_is_missed(page, cast):
    from_story = "No result recorded – a running drug asks for it"
    assert from_story not in words(page(cast.nurse, "results", cast.ruth.public_id))


# One measure


def test_a_measure_shows_every_value_newest_first_with_its_change(page, laboratory, cast):
    for days, value in ((30, 180), (20, 90), (10, 24)):
        laboratory.result("crp", value, high=5, taken_at=days_ago(days))
    response = page(cast.nurse, "measure", cast.ruth.public_id, "crp")
    said = words(response)
    assert said.index("↓ down from 90") < said.index("↓ down from 180") < said.index("first value")
    assert "<svg" in response.content.decode()


def test_a_measure_without_results_draws_nothing_and_says_so(page, cast):
    response = page(cast.nurse, "measure", cast.ruth.public_id, "crp")
    assert "No result recorded." in words(response)
    assert "data-timeline" not in response.content.decode()


def test_a_long_series_has_pages_and_the_change_reaches_across_them(page, laboratory, cast):
    for days in range(60):
        laboratory.result("crp", 100 + days, taken_at=days_ago(days + 1))
    first = words(page(cast.nurse, "measure", cast.ruth.public_id, "crp"))
    assert "Page 1 of 2" in first
    assert "down from 150" in first
    assert "first value" in words(page(cast.nurse, "measure", cast.ruth.public_id, "crp", page="2"))


def test_an_unreadable_period_or_page_is_no_error(page, laboratory, cast):
    laboratory.result()
    query = {"page": "x", "from": "yesterday", "to": "31/31/31", "marker": "esr"}
    assert page(cast.nurse, "measure", cast.ruth.public_id, "crp", **query).status_code == 200


def test_withdrawn_values_are_named_at_the_foot_and_nowhere_else(page, laboratory, cast):
    wrong = laboratory.result("crp", 999)
    actions.mark_in_error(by=cast.nurse, fact=wrong, reason="Belongs to another patient")
    said = words(page(cast.nurse, "measure", cast.ruth.public_id, "crp"))
    assert "Belongs to another patient" in said
    assert "999" not in said


# One result


def test_a_result_shows_where_it_came_from_and_what_it_said_before(page, laboratory, cast):
    result = laboratory.result("creatinine", 1.2, "mg/dL")
    actions.edit_result(
        by=cast.physician,
        result=result,
        seen_version=1,
        reported=actions.Reported(2.4, "mg/dL"),
        taken_at=result.taken_at,
        reason="Read from the wrong line",
    )
    said = words(page(cast.nurse, "result", result.public_id))
    assert "LOINC//14682-9 2.4 mg/dL" in said
    assert "Read from the wrong line" in said
    assert "Nia Bell" in said
    assert "Dr Amara Cole" in said


def test_a_withdrawn_result_says_so_and_offers_no_change(page, laboratory, cast):
    wrong = laboratory.result()
    actions.mark_in_error(by=cast.nurse, fact=wrong, reason="Wrong patient")
    said = words(page(cast.nurse, "result", wrong.public_id))
    assert "Entered in error" in said
    assert "Interpret" not in said.split("Interpretation")[1].split("History")[0]


# Microbiology


def test_the_microbiology_page_reads_as_the_laboratory_would_say_it(page, laboratory, cast):
    for number in range(1, 6):
        specimen = laboratory.specimen(f"S{number}", separate_instrument=True)
        if number < 4:
            laboratory.isolate(specimen, FLC="S", CLI="R")
    said = words(page(cast.nurse, "microbiology", cast.ruth.public_id))
    assert "S. aureus 3 of 5 Agree 3 agree: same organism with a matching antibiogram." in said
    assert "✕ R clindamycin · ● S flucloxacillin" in said
    assert "✕ R Resistant" in said
    assert "● S Susceptible" in said
    assert "5 specimens not final" in said


def test_no_specimen_is_not_no_growth(page, cast):
    said = words(page(cast.nurse, "microbiology", cast.ruth.public_id))
    assert "No specimen is recorded That says nothing about whether anything would grow." in said


def test_long_and_hostile_names_of_organisms_are_shown_whole_and_harmless(page, laboratory, cast):
    specimen = laboratory.specimen(HOSTILE)
    laboratory.isolate(specimen, ("OSTEON//isolate//x", LONG))
    laboratory.isolate(specimen, ("OSTEON//isolate//y", HOSTILE))
    for response in (
        page(cast.nurse, "microbiology", cast.ruth.public_id),
        page(cast.nurse, "specimen", specimen.public_id),
    ):
        assert LONG in words(response)
        assert HOSTILE not in response.content.decode()


def test_pages_take_no_more_queries_for_more_rows(page, laboratory, cast, django_assert_max_num_queries):
    def fill(count, start):
        for number in range(start, start + count):
            laboratory.result("crp", 10 + number, taken_at=days_ago(number + 1))
            laboratory.result("alt", 10 + number, "U/L", taken_at=days_ago(number + 1))
            laboratory.isolate(laboratory.specimen(f"S{number}", taken_at=days_ago(number)), FLC="S")

    def count(name, *args):
        with django_assert_max_num_queries(60) as queries:
            page(cast.nurse, name, *args)
        return len(queries)

    where = [
        ("results", cast.ruth.public_id),
        ("measure", cast.ruth.public_id, "crp"),
        ("microbiology", cast.ruth.public_id),
        ("uninterpreted",),
    ]
    fill(2, 1)
    page(cast.nurse, "results", cast.ruth.public_id)  # signing in costs queries of its own
    before = [count(*one) for one in where]
    fill(8, 3)
    assert [count(*one) for one in where] == before


# Panels


def test_the_overview_shows_markers_and_microbiology(client, laboratory, cast):
    laboratory.result("crp", 24, high=5)
    laboratory.isolate(laboratory.specimen(separate_instrument=True))
    client.force_login(cast.nurse)
    said = words(client.get(cast.ruth.get_absolute_url()))
    assert "Latest results" in said
    assert "4.8 × upper limit" in said
    assert "S. aureus 1 of 1" in said
