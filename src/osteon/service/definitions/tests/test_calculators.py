import re

import pytest
from django.http import QueryDict
from django.urls import reverse

from osteon.events.vocabulary.questions import QUESTIONS
from osteon.knowledge import all_definitions, definition
from osteon.service.definitions import calculators
from osteon.service.definitions.asking import AskForm, canonical, field_of, split
from osteon.service.patients.models import Finding

INDEX = "/calculators/"


def page_of(rule_id, query=""):
    return f"{reverse('definitions:calculator', args=[rule_id])}{query}"


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def asked(query, rule_id="ebjis-2021"):
    form = AskForm(QueryDict(query), questions=definition(rule_id).questions)
    form.full_clean()
    return form


# Doors


@pytest.mark.parametrize("address", [INDEX, page_of("ebjis-2021")])
def test_a_stranger_is_sent_to_sign_in_where_the_unit_keeps_them_closed(address, client, db, settings):
    settings.OSTEON_PUBLIC_CALCULATORS = False
    response = client.get(address)
    assert response.status_code == 302 and response.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("address", [INDEX, page_of("ebjis-2021")])
def test_a_stranger_comes_in_where_the_unit_opens_them(address, client, db, open_to_all):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [INDEX, page_of("ebjis-2021")])
def test_whoever_is_signed_in_comes_in(address, signed_in, cast):
    assert signed_in(cast.privacy).get(address).status_code == 200


def test_nothing_can_be_posted(client, db, open_to_all):
    assert client.post(page_of("ebjis-2021"), {"crp": "24"}).status_code == 405


def test_a_calculator_that_does_not_exist_is_not_found(client, db, open_to_all):
    assert client.get(page_of("no-such-rule")).status_code == 404


# The list


def test_the_list_holds_every_rule_under_its_subject(client, db, open_to_all):
    text = client.get(INDEX).content.decode()
    for one in calculators.everything():
        assert f'href="{page_of(one.id)}"' in text


def test_the_list_is_searched_by_the_names_of_what_is_asked():
    found = {one.id for shelf in calculators.shelves("pmn") for one in shelf.rules}
    assert "ebjis-2021" in found and "spine-triage" not in found
    assert calculators.shelves("no such words at all") == []


def test_a_search_without_result_says_so(client, db, open_to_all):
    assert "No calculator speaks of “zebra”" in text_of(client.get(f"{INDEX}?q=zebra"))


def test_what_is_searched_for_is_escaped(client, db, open_to_all):
    assert b"<script>alert" not in client.get(f"{INDEX}?q=<script>alert(1)</script>").content


# The form


@pytest.mark.parametrize("one", calculators.everything(), ids=lambda one: one.id)
def test_every_rule_has_a_page_with_all_its_questions(one, client, db, open_to_all):
    text = client.get(page_of(one.id)).content.decode()
    assert all(f'name="{question.key}"' in text for question in one.questions)
    assert "app-provisional" in text if one.status == "provisional" else "df-verified" in text


def test_not_known_is_always_an_answer_and_the_first():
    field = field_of(QUESTIONS["sinus_tract"])
    assert [value for value, _ in field.choices] == ["yes", "no", "unknown"]
    assert asked("").is_valid() and asked("").events() == []


def test_units_that_can_be_converted_are_offered(client, db, open_to_all):
    text = client.get(page_of("ebjis-2021")).content.decode()
    assert 'name="crp_unit"' in text and '<option value="mg/dL"' in text
    assert 'name="syn_pmn_unit"' not in text


def test_number_and_unit_are_one_answer():
    assert split("2.4 mg/dL", ("mg/L", "mg/dL")) == ("2.4", "mg/dL")
    assert split("24", ("mg/L", "mg/dL")) == ("24", "mg/L")
    assert asked("crp=2.4&crp_unit=mg/dL").events()[0].numeric_value == 24


def test_the_unit_that_was_chosen_stays_chosen(client, db, open_to_all):
    text = client.get(page_of("ebjis-2021", "?crp=2.4+mg%2FdL")).content.decode()
    assert '<option value="mg/dL" selected>' in text and 'value="2.4"' in text


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("syn_pmn=140", "syn_pmn", "140 cannot be"),
        ("crp=-3", "crp", "-3 cannot be"),
        ("crp=24 stone", "crp", "is not a unit it can be converted from"),
        ("crp=high", "crp", "is not a number"),
        ("crp=24 @ 2099-01-01", "crp", "lies in the future"),
        ("sinus_tract=perhaps", "sinus_tract", "neither yes, no nor unknown"),
        ("sinus_tract=yes&sinus_tract=no", "sinus_tract", "Two different answers: yes and no"),
        ("crp=nan", "crp", "is not a number"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(query, field, message):
    form = asked(query)
    assert list(form.errors) == [field]
    assert message in form.errors[field][0]


def test_what_cannot_be_read_counts_as_not_known_and_that_is_said(client, db, open_to_all):
    response = client.get(page_of("ebjis-2021", "?crp=24&syn_pmn=140"))
    text = text_of(response)
    assert response.status_code == 200
    assert "Counts as not known:" in text and "140 cannot be" in text and "There is a problem" in text


def test_yes_and_no_leave_the_question_open(client, db, open_to_all):
    text = text_of(client.get(page_of("ebjis-2021", "?sinus_tract=yes&sinus_tract=no")))
    assert "Contradiction:" in text and "unlikely to confirmed" in text


# The address


def test_the_address_carries_what_is_said_and_nothing_else(client, db, open_to_all):
    query = "?crp=2.4&crp_unit=mg/dL&pmn=70&sinus_tract=unknown&syn_wbc=&nhs=9434765919&name=Okafor"
    response = client.get(page_of("ebjis-2021", query))
    assert response.status_code == 302
    assert response.headers["Location"] == page_of("ebjis-2021", "?crp=2.4+mg%2FdL&syn_pmn=70")
    assert client.get(response.headers["Location"]).status_code == 200


def test_yes_may_be_said_in_several_ways_and_is_written_in_one():
    questions = definition("ebjis-2021").questions
    assert (
        canonical(QueryDict("sinus=Y&leuk_esterase=x&pus=0"), questions).urlencode()
        == "sinus_tract=yes&pus=no"
    )


def test_a_clean_address_is_left_alone(client, db, open_to_all):
    first = client.get(page_of("ebjis-2021", "?sonication_cfu=<5&crp=24 mg/L"))
    assert first.status_code == 200 or client.get(first.headers["Location"]).status_code == 200


def test_nothing_is_stored(client, cast, open_to_all, django_assert_num_queries):
    client.get(page_of("ebjis-2021"))
    with django_assert_num_queries(0):
        client.get(page_of("ebjis-2021", "?sinus_tract=yes"))
    assert not Finding.objects.exists()


# The answer


def test_a_certain_answer_stands_alone(client, db, open_to_all):
    response = client.get(page_of("ebjis-2021", "?sinus_tract=yes"))
    assert '<strong class="df-part__answer">confirmed</strong>' in response.content.decode()
    assert "Not settled" not in text_of(response)


def test_an_open_answer_shows_both_ends_and_what_would_settle_it(client, db, open_to_all):
    text = text_of(client.get(page_of("ebjis-2021", "?crp=24&syn_pmn=70")))
    assert "likely to confirmed" in text and "Would be confirmed if any of these were so:" in text
    assert "McNally" in text and "next review" in text


def test_other_readings_of_the_paper_stand_beside_it(client, db, open_to_all):
    text = text_of(client.get(page_of("ebjis-2021", "?syn_pmn=70&sinus_tract=no")))
    other = next(one for one in all_definitions() if one.id == "ebjis-2021-two-positive")
    assert other.title in text and "can be read in more than one way" in text


def test_a_value_on_the_threshold_is_named(client, db, open_to_all):
    assert "CRP is exactly 10 mg/L" in text_of(client.get(page_of("ebjis-2021", "?crp=10")))


def test_a_danger_takes_the_place_of_everything(client, db, open_to_all):
    response = client.get(page_of("spine-triage", "?spinal_pain=yes&saddle_sensory_new=yes"))
    text = response.content.decode()
    assert "Arrange same-day assessment now" in text and 'role="alert"' in text
    assert 'id="answer"' not in text and '<details class="df-change">' in text


@pytest.mark.parametrize(("number", "shown"), [("01632 960 018", True), ("", False)])
def test_a_danger_names_the_number_to_ring_where_there_is_one(
    number, shown, client, db, open_to_all, settings
):
    settings.OSTEON_URGENT_TELEPHONE = number
    text = text_of(client.get(page_of("spine-triage", "?spinal_pain=yes&saddle_sensory_new=yes")))
    assert ("Ring: 01632 960 018" in text) is shown and ("Ring:" in text) is shown


def test_a_danger_that_is_only_possible_does_not_cry(client, db, open_to_all):
    text = text_of(client.get(page_of("spine-triage", "?spinal_pain=yes")))
    assert "Arrange same-day assessment now" not in text and "ROUTINE to EMERGENCY" in text


def test_a_probability_has_its_interval_and_a_picture(client, db, open_to_all):
    response = client.get(page_of("likelihood-foot", "?pretest=15&ptb_lam=yes"))
    assert "47.5 % (27.4 to 70.1)" in text_of(response)
    assert response.content.count(b"df-bars__dot") == 3


def test_a_calculation_says_what_it_still_needs_or_why_it_cannot(client, db, open_to_all):
    assert "Still needed: Probability before the tests" in text_of(
        client.get(page_of("likelihood-foot", "?ptb_lam=yes"))
    )
    refused = text_of(client.get(page_of("likelihood-foot", "?pretest=15&ptb_lam=yes&ptb_dinh=yes")))
    assert "No answer." in refused and "entered more than once" in refused


# With htmx


def test_htmx_gets_the_answer_alone_and_the_clean_address(client, db, open_to_all):
    response = client.get(page_of("ebjis-2021", "?crp=24&syn_pmn="), headers={"HX-Request": "true"})
    assert response.content.decode().strip().startswith("<aside")
    assert response.headers["HX-Replace-Url"] == page_of("ebjis-2021", "?crp=24")


def test_htmx_gets_the_whole_bench_for_a_danger(client, db, open_to_all):
    query = "?spinal_pain=yes&saddle_sensory_new=yes"
    response = client.get(page_of("spine-triage", query), headers={"HX-Request": "true"})
    assert response.headers["HX-Retarget"] == "#bench" and b"Arrange same-day" in response.content


def test_htmx_gives_the_form_back_when_the_danger_is_taken_back(client, db, open_to_all):
    headers = {"HX-Request": "true", "HX-Target": "bench"}
    response = client.get(page_of("spine-triage", "?spinal_pain=yes"), headers=headers)
    assert b'id="bench"' in response.content and b'id="answer"' in response.content
