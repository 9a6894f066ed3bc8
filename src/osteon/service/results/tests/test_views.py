"""Each page: not signed in, not allowed, allowed; and what is read there."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from osteon.service.accounts.models import ReadEntry
from osteon.service.patients.actions import merge_patients
from osteon.service.results import actions
from osteon.service.results.models import Isolate, Result, Specimen, Susceptibility
from osteon.service.results.tests.conftest import days_ago

pytestmark = pytest.mark.django_db

LONG = "Pseudo" + "longorganismus" * 15
HOSTILE = "<script>alert(1)</script>"


def words(response) -> str:
    """The text of a page, without tags, in single spaces."""
    assert "&lt;/" not in response.content.decode().replace("&lt;/script&gt;", ""), "a component was escaped"
    body = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", body).replace("&#39;", "'").split())


@pytest.fixture
def page(client) -> Callable:
    """Opens a page of results as somebody."""

    def open_page(person, name, *args, **query):
        client.force_login(person)
        return client.get(reverse(f"results:{name}", args=args), query)

    return open_page


@pytest.fixture
def post(client) -> Callable:
    def post_page(person, page_name, *args, **data):
        client.force_login(person)
        return client.post(reverse(f"results:{page_name}", args=args), data)

    return post_page


@pytest.fixture
def facts(laboratory):
    """One of each, by the name that the addresses below use."""
    specimen = laboratory.specimen()
    isolate = laboratory.isolate(specimen, FLC="S")
    return {
        "result": laboratory.result().public_id,
        "specimen": specimen.public_id,
        "isolate": isolate.public_id,
        "susceptibility": isolate.susceptibilities.get().public_id,
    }


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


# Recording


def moment(when, name="taken_at"):
    local = timezone.localtime(when)
    return {
        f"{name}_day": local.day,
        f"{name}_month": local.month,
        f"{name}_year": local.year,
        f"{name}_time": f"{local:%H:%M}",
    }


def test_a_typed_result_is_recorded_and_shown(post, client, cast):
    data = {"measure": "crp", "value": "24", "unit": "mg/L", "high": "5", **moment(days_ago(1))}
    response = post(cast.nurse, "record_result", cast.ruth.public_id, **data)
    assert response.status_code == 302
    assert (Result.objects.get().numeric_value, Result.objects.get().reference_high) == (24, 5)
    assert "Saved." in words(client.get(response.url))


def test_a_result_of_another_test_is_recorded_by_its_name(post, cast):
    data = {"measure": "other", "name": "Histology", "text": "Neutrophils", **moment(days_ago(1))}
    post(cast.nurse, "record_result", cast.ruth.public_id, **data, wants_interpretation="on")
    result = Result.objects.get()
    assert (result.name, result.text_value, result.wants_interpretation) == ("Histology", "Neutrophils", True)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"unit": ""}, "No unit is given"),
        ({"unit": "furlong"}, "“furlong” is not a unit"),
        ({"value": "-3"}, "cannot be right"),
        ({"value": "a lot"}, "Enter a number"),
        ({"value": "inf"}, "Enter a number"),
        ({"measure": ""}, "Which test?"),
        ({"measure": "other"}, "Write the name of the test"),
        ({"taken_at_day": "31", "taken_at_month": "2"}, "There is no such date"),
        (moment(timezone.now() + timedelta(days=2)), "in the future"),
    ],
)
def test_a_wrong_result_is_refused_and_keeps_what_was_typed(post, cast, wrong, told):
    data = {"measure": "crp", "value": "24", "unit": "mg/L", "text": "kept", **moment(days_ago(1)), **wrong}
    response = post(cast.nurse, "record_result", cast.ruth.public_id, **data)
    assert response.status_code == 200
    assert told in words(response)
    assert "kept" in words(response)
    assert not Result.objects.exists()


def test_the_second_editor_sees_both_versions_and_can_save_again(post, laboratory, cast):
    result = laboratory.result()
    actions.edit_result(
        by=cast.physician,
        result=result,
        seen_version=1,
        reported=actions.Reported(30, "mg/L"),
        taken_at=result.taken_at,
    )
    data = {
        "value": "42",
        "unit": "mg/L",
        "reason": "Typing error",
        "version": "1",
        **moment(result.taken_at),
    }
    response = post(cast.nurse, "edit_result", result.public_id, **data)
    said = words(response)
    assert "Somebody else changed this meanwhile" in said
    assert "Dr Amara Cole" in said
    assert "30.0" in said
    assert 'value="42"' in response.content.decode()
    again = post(cast.nurse, "edit_result", result.public_id, **{**data, "version": "2"})
    assert again.status_code == 302
    assert Result.objects.get().numeric_value == 42


@pytest.mark.parametrize("version", ["", "x", "-1", "1.5"])
def test_a_damaged_version_is_refused(post, laboratory, cast, version):
    result = laboratory.result()
    data = {"note": "Expected", "version": version}
    assert post(cast.nurse, "interpret_result", result.public_id, **data).status_code == 200
    assert Result.objects.get().interpreted_at is None


def test_an_interpretation_is_recorded(post, laboratory, cast):
    result = laboratory.result()
    post(cast.physician, "interpret_result", result.public_id, note="Expected", version="1")
    assert Result.objects.get().interpretation == "Expected"


def test_a_specimen_is_recorded_with_its_siblings_particulars(page, post, laboratory, cast):
    sibling = laboratory.specimen("S1", taking="Debridement 1", antibiotic_free_days=20)
    shown = page(cast.nurse, "record_specimen", cast.ruth.public_id, like=sibling.public_id)
    assert 'value="Debridement 1"' in shown.content.decode()
    data = {"kind": "bone", "label": "S2", "separate_instrument": "yes", **moment(days_ago(1))}
    response = post(cast.nurse, "record_specimen", cast.ruth.public_id, **data)
    assert response.status_code == 302
    assert Specimen.objects.get(label="S2").separate_instrument is True


@pytest.mark.parametrize("like", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_sibling_that_is_not_there_is_no_error(page, cast, like):
    assert page(cast.nurse, "record_specimen", cast.ruth.public_id, like=like).status_code == 200


def test_another_patients_specimen_lends_nothing(page, laboratory, cast):
    other = laboratory.specimen("S1", taking="Hip of another", patient=cast.zofia)
    shown = page(cast.nurse, "record_specimen", cast.ruth.public_id, like=other.public_id)
    assert "Hip of another" not in shown.content.decode()


def test_a_report_closes_a_specimen(post, laboratory, cast):
    specimen = laboratory.specimen()
    data = {"state": "final", "isolate_count": "0", "days_incubated": "14", "version": "1"}
    post(cast.nurse, "report_specimen", specimen.public_id, **data)
    specimen.refresh_from_db()
    assert (specimen.state, specimen.known_growth, specimen.days_incubated) == ("final", 0, 14)


def test_an_isolate_from_the_list_or_by_name_is_recorded(post, laboratory, cast):
    specimen = laboratory.specimen()
    post(cast.nurse, "record_isolate", specimen.public_id, organism="SNOMED//3092008", quantity="scanty")
    post(cast.nurse, "record_isolate", specimen.public_id, organism="other", other_name="Granulicatella")
    found = Isolate.objects.order_by("number").values_list("organism_code", "organism_name")
    assert list(found) == [
        ("SNOMED//3092008", "Staphylococcus aureus"),
        ("OSTEON//isolate//granulicatella", "Granulicatella"),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Which organism: Choose one"),
        ({"organism": "other"}, "Write the name of the organism"),
        ({"organism": "SNOMED//3092008", "other_name": "Granulicatella"}, "Leave this empty"),
        ({"organism": "SNOMED//1"}, "Select a valid choice"),
    ],
)
def test_an_isolate_is_one_organism(post, laboratory, cast, data, told):
    specimen = laboratory.specimen()
    assert told in words(post(cast.nurse, "record_isolate", specimen.public_id, **data))
    assert not Isolate.objects.exists()


def test_an_antibiogram_is_recorded_whole_with_its_breakpoints(post, page, laboratory, cast):
    isolate = laboratory.isolate(laboratory.specimen())
    data = {"FLC": "S", "CLI": "R", "guideline": "EUCAST v15.0"}
    other = {"other_drug": "Mupirocin", "other_category": "S"}
    post(cast.nurse, "record_antibiogram", isolate.public_id, **data, **other)
    found = set(Susceptibility.objects.values_list("agent", "category", "guideline"))
    assert found == {
        ("FLC", "S", "EUCAST v15.0"),
        ("CLI", "R", "EUCAST v15.0"),
        ("MUPIROCIN", "S", "EUCAST v15.0"),
    }
    assert 'name="FLC"' not in page(cast.nurse, "record_antibiogram", isolate.public_id).content.decode()


@pytest.mark.parametrize("data", [{}, {"other_drug": "Mupirocin"}, {"other_category": "S"}])
def test_an_antibiogram_says_something(post, laboratory, cast, data):
    isolate = laboratory.isolate(laboratory.specimen())
    assert post(cast.nurse, "record_antibiogram", isolate.public_id, **data).status_code == 200
    assert not Susceptibility.objects.exists()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("mark_result_in_error", "result"),
        ("mark_specimen_in_error", "specimen"),
        ("mark_isolate_in_error", "isolate"),
        ("mark_susceptibility_in_error", "susceptibility"),
    ],
)
def test_anything_can_be_withdrawn_with_a_reason(post, cast, facts, name, key):
    assert post(cast.nurse, name, facts[key]).status_code == 200
    assert post(cast.nurse, name, facts[key], reason="Wrong patient").status_code == 302
    again = post(cast.nurse, name, facts[key], reason="Wrong patient")
    assert "already" in words(again)


# What awaits an interpretation


def test_the_list_needs_a_person_who_may_record(client, page, cast):
    assert client.get(reverse("results:uninterpreted")).status_code == 302
    assert page(cast.coordinator, "uninterpreted").status_code == 403


def test_what_awaits_a_reading_is_listed_for_the_team_alone(page, laboratory, cast):
    laboratory.isolate(laboratory.specimen("S1 tibia"))
    laboratory.specimen("S2 pending")
    laboratory.result("", None, "", name="Histology", text="Neutrophils", wants_interpretation=True)
    laboratory.isolate(laboratory.specimen("Spine 1", patient=cast.sean))
    said = words(page(cast.nurse, "uninterpreted"))
    assert "Okafor, Ruth S. aureus 1 of 2 (2 pending) Too few S. aureus: one specimen alone, so far" in said
    assert "1 of 2 Interpret" in said
    assert "Histology Neutrophils" in said
    assert "O'Brien" not in said


def test_what_was_read_leaves_the_list(page, laboratory, cast):
    specimen = laboratory.final(laboratory.specimen())
    actions.review_result(by=cast.physician, fact=specimen, note="Sterile", seen_version=specimen.version)
    assert "Nothing awaits an interpretation" in words(page(cast.nurse, "uninterpreted"))


def test_old_cultures_are_counted_and_shown_when_asked(page, laboratory, cast):
    laboratory.final(laboratory.specimen("S1", taken_at=days_ago(200), taking="Old biopsy"))
    assert "1 culture taken more than 90 days ago" in words(page(cast.nurse, "uninterpreted"))
    assert "Old biopsy" in words(page(cast.nurse, "uninterpreted", older="1"))


def test_one_reading_is_given_for_all_that_was_taken_together(page, post, laboratory, cast):
    first, second = (laboratory.final(laboratory.specimen(f"S{n}")) for n in (1, 2))
    laboratory.specimen("S3 pending")
    laboratory.final(laboratory.specimen("Elsewhere", taken_at=days_ago(30)))
    shown = page(cast.physician, "interpret_specimen", first.public_id)
    assert "The same for what was taken with it: S2" in words(shown)
    seen = re.search(r'name="seen"[^>]*value="([^"]*)"', shown.content.decode())[1]
    data = {"note": "Sterile", "version": str(first.version), "seen": seen}
    post(cast.physician, "interpret_specimen", first.public_id, **data, together="on")
    read = Specimen.objects.exclude(interpreted_at=None).order_by("label")
    assert [(s.label, s.interpretation) for s in read] == [("S1", "Sterile"), ("S2", "Sterile")]
    assert second.pk in {s.pk for s in read}


def test_what_is_interpreted_stands_above_the_question(page, laboratory, cast):
    for number in (1, 2):
        laboratory.isolate(laboratory.specimen(f"S{number}", separate_instrument=True), FLC="S", CLI="R")
    said = words(page(cast.physician, "interpret_specimen", Specimen.objects.get(label="S2").public_id))
    assert "S. aureus 2 of 2 Agree" in said
    assert "Clindamycin" not in said.split("What does it mean")[1]
    histology = laboratory.result("", None, "", name="Histology", text="Neutrophils")
    assert "Neutrophils" in words(page(cast.physician, "interpret_result", histology.public_id))


def test_a_specimen_can_be_read_alone(post, laboratory, cast):
    first, second = (laboratory.final(laboratory.specimen(f"S{n}")) for n in (1, 2))
    data = {"note": "Sterile", "version": str(first.version), "seen": f"{second.public_id}:{second.version}"}
    post(cast.physician, "interpret_specimen", first.public_id, **data)
    assert Specimen.objects.exclude(interpreted_at=None).get() == first


def test_a_reading_of_several_is_refused_whole_when_one_has_changed(post, laboratory, cast):
    first, second = (laboratory.final(laboratory.specimen(f"S{n}")) for n in (1, 2))
    data = {"note": "Sterile", "version": str(first.version), "together": "on"}
    stale = post(cast.physician, "interpret_specimen", first.public_id, **data, seen=f"{second.public_id}:1")
    assert "Somebody else changed this meanwhile" in words(stale)
    assert f'value="{second.public_id}:{second.version}"' in stale.content.decode()
    assert f'name="version" id="id_version" value="{first.version}"' in stale.content.decode()
    damaged = post(cast.physician, "interpret_specimen", first.public_id, **data, seen="x:y")
    assert damaged.status_code == 200
    assert not Specimen.objects.exclude(interpreted_at=None).exists()


# Panels


def test_the_overview_shows_markers_and_microbiology(client, laboratory, cast):
    laboratory.result("crp", 24, high=5)
    laboratory.isolate(laboratory.specimen(separate_instrument=True))
    client.force_login(cast.nurse)
    said = words(client.get(cast.ruth.get_absolute_url()))
    assert "Latest results" in said
    assert "4.8 × upper limit" in said
    assert "S. aureus 1 of 1" in said
