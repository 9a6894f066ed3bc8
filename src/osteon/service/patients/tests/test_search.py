from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from osteon.service.accounts.models import ReadEntry
from osteon.service.patients import actions
from osteon.service.patients.partial_dates import PartialDate
from osteon.service.patients.reach import behind_broken_glass, within_teams
from osteon.service.patients.search import matching, understand
from osteon.service.patients.tests.pages import path, words


def found(typed):
    return {patient.given_name or "Long" for patient in matching(understand(typed))}


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("Okafor", {"Ruth"}),
        ("oka", {"Ruth"}),
        ("ruth", {"Ruth"}),
        ("ruth okafor", {"Ruth"}),
        ("okafor, r", {"Ruth"}),
        ("O'Brien", {"Seán"}),
        ("obrien", {"Seán"}),
        ("o brien", {"Seán"}),
        ("O’Brien", {"Seán"}),
        ("sean", {"Seán"}),
        ("SEÁN O'BRIEN", {"Seán"}),
        ("lukasz", {"Zofia"}),
        ("Łukasz-Muller", {"Zofia"}),
        ("zofia muller", set()),
        ("wolfeschlegel", {"Long"}),
        ("okafor ruth mary", set()),
        ("kafor", set()),
        ("943 476 5919", {"Ruth"}),
        ("9434765919", {"Ruth"}),
        ("943-476-5919", {"Ruth"}),
        ("943476591", set()),
        ("0042", {"Seán"}),
        ("42", set()),
        ("14/02/1959", {"Ruth"}),
        ("1959-02-14", {"Ruth"}),
        ("okafor 14/02/1959", {"Ruth"}),
        ("obrien 14/02/1959", set()),
        ("31/02/1959", set()),
        ("", set()),
        ("   ", set()),
        ("'", set()),
        ("%", set()),
        ("_", set()),
    ],
)
def test_patient_is_found_by_what_people_type(cast, typed, who):
    assert found(typed) == who


def test_one_letter_is_a_whole_name(cast):
    cast.patient("O", "Jin")
    assert found("o") == {"Jin"}


def test_name_of_a_merged_record_finds_the_survivor(cast):
    twin = cast.patient("Adeyemi", "Ruth", identifiers=[("hospital:A", "77")])
    actions.merge_patients(by=cast.lead, patient=twin, into=cast.ruth, reason="Married name")
    assert [patient.pk for patient in matching(understand("adeyemi"))] == [cast.ruth.pk]
    assert [patient.pk for patient in matching(understand("77"))] == [cast.ruth.pk]


def test_number_entered_in_error_finds_nobody(cast):
    number = cast.ruth.identifiers.get()
    actions.mark_entered_in_error(by=cast.lead, fact=number, reason="Wrong label")
    assert found("9434765919") == set()


@pytest.fixture
def nurse(cast, client):
    client.force_login(cast.nurse)
    return client


def look(client, typed, **more):
    return client.get(path("search"), {"q": typed, **more})


def test_page_shows_who_which_infection_and_where_on_the_road(nurse):
    page = words(look(nurse, "okafor"))
    assert "1 patient in your teams" in page
    for shown in ("Okafor, Ruth", "14 Feb 1959", "943 476 5919", "Left tibia", "OPAT", "Limb team"):
        assert shown in page


def test_typed_number_opens_the_record(nurse, cast):
    answer = look(nurse, "943 476 5919")
    assert (answer.status_code, answer.url) == (302, cast.ruth.get_absolute_url())


def test_number_of_a_patient_out_of_reach_opens_nothing(nurse):
    page = words(look(nurse, "0042"))
    assert "1 more outside your teams" in page
    assert "Brien" not in page


def test_patients_outside_the_teams_are_counted_not_named(nurse):
    page = words(look(nurse, "sean"))
    assert "Nobody in your teams matches “sean”" in page
    assert "1 more outside your teams" in page
    assert "O'Brien" not in page


def test_patients_outside_are_named_on_request_and_that_is_logged(nurse, cast):
    page = words(look(nurse, "sean", outside=1))
    assert "O'Brien, Seán" in page
    assert "Break the glass" in page
    entry = ReadEntry.objects.get(patient_id=cast.sean.public_id)
    assert (entry.person, entry.what) == (
        cast.nurse,
        "name and birth date, in a search outside their teams",
    )


def test_role_that_may_not_break_glass_is_not_shown_who_is_outside(cast, client):
    client.force_login(cast.coordinator)
    page = words(look(client, "sean", outside=1))
    assert "1 more outside your teams" in page
    assert "O'Brien" not in page
    assert not ReadEntry.objects.exists()


def test_what_is_typed_is_printed_harmlessly(nurse):
    answer = look(nurse, "<script>alert(1)</script>")
    assert b"<script>alert(1)" not in answer.content
    assert "&lt;script&gt;alert(1)" in answer.content.decode()


def test_nothing_typed_shows_who_was_opened_last(nurse, cast):
    nurse.get(cast.zofia.get_absolute_url())
    nurse.get(cast.ruth.get_absolute_url())
    page = words(nurse.get(path("search")))
    assert page.index("Okafor, Ruth") < page.index("Łukasz-Müller, Zofia")


def test_nothing_typed_and_nobody_opened_says_so(nurse):
    assert "Patients you open will be listed here" in words(nurse.get(path("search")))


def test_signs_alone_are_nothing_to_search_for(nurse):
    assert "Nothing to search for in “'”" in words(look(nurse, "'"))


def many(cast, count):
    for number in range(count):
        patient = cast.patient("Smith", f"Person {number:03}", birth=PartialDate(date(1960, 1, 1)))
        cast.episode(patient, cast.limb)


def test_results_are_paged_in_the_order_of_names(nurse, cast):
    many(cast, 23)
    first, second = words(look(nurse, "smith")), words(look(nurse, "smith", page=2))
    assert "23 patients in your teams" in first
    assert "Smith, Person 000" in first
    assert "Smith, Person 022" not in first
    assert "Smith, Person 022" in second
    assert "Page 2 of 2" in second


def test_number_of_queries_does_not_grow_with_the_patients_found(nurse, cast):
    many(cast, 2)
    look(nurse, "smith")
    with CaptureQueriesContext(connection) as few:
        look(nurse, "smith")
    many(cast, 15)
    with CaptureQueriesContext(connection) as more:
        look(nurse, "smith")
    assert len(more) <= len(few)


def plans_of(*querysets):
    """How the database reads the patient and episode tables for these queries."""
    with connection.cursor() as cursor:
        for queryset in querysets:
            sql, params = queryset.query.sql_with_params()
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
            yield from (str(row[3]) for row in cursor.fetchall())


@pytest.mark.parametrize("typed", ["okafor", "ruth okafor", "okafor, r", "0042", "14/02/1959"])
@pytest.mark.parametrize("who", ["nurse", "coordinator"])
def test_search_reads_no_table_from_end_to_end(cast, typed, who):
    if connection.vendor != "sqlite":
        pytest.skip("reads SQLite's own plan; PostgreSQL chooses by statistics that a small table has not")
    person, found = getattr(cast, who), matching(understand(typed))
    plans = list(plans_of(found.filter(within_teams(person) | behind_broken_glass(person)), found))
    assert plans
    assert not [plan for plan in plans if plan.startswith("SCAN patients_")]
