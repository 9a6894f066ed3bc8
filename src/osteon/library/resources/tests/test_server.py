"""Our library, asked as MedlinePlus Connect and as an Infobutton is."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from osteon.library.resources import actions, coded
from osteon.library.resources.tests.pages import make
from osteon.standards.infobutton import BY_KEY, Coded, KnowledgeRequest, read
from osteon.standards.medlineplus import HealthTopic

pytestmark = pytest.mark.django_db
ICD10, ICD10CM = BY_KEY["ICD10"].oid, BY_KEY["ICD10CM"].oid
JSON = {"knowledgeResponseType": "application/json"}


def ask(system: str, code: str, path: str = "/connect/service", **more: str):
    parameters = {"mainSearchCriteria.v.cs": system, "mainSearchCriteria.v.c": code, **JSON} | more
    response = Client().get(path, parameters)
    assert response.status_code == 200, response.content
    return read(response.content, response.headers["Content-Type"])


def titles(feed) -> list[str]:
    return [entry.title for entry in feed.entries]


@pytest.mark.parametrize(
    ("key", "code", "first"),
    [
        ("ICD10", "M86", "Osteomyelitis in adults"),
        ("ICD10", "m86.6", "Osteomyelitis in adults"),
        ("ICD10CM", "M86.171", "Osteomyelitis in adults"),
        ("ICD10CM", "M86171", "Osteomyelitis in adults"),
        ("SNOMED", "60168000", "Osteomyelitis in adults"),
        ("LOINC", "20578-1", "Vancomycin"),
        ("RXNORM", "11124", "Vancomycin"),
        ("ATC", "J01XA01", "Vancomycin"),
    ],
)
def test_a_code_finds_its_page_or_that_of_a_wider_code(library, key, code, first):
    assert titles(ask(BY_KEY[key].oid, code))[0] == first


def test_an_exact_code_goes_before_a_wider_one_of_the_same_reader(library):
    make("topics", "acute", "Acute osteomyelitis", codes="ICD10//M86.1")
    assert titles(ask(ICD10, "M86.1"))[:2] == ["Acute osteomyelitis", "Osteomyelitis in adults"]


def test_an_adult_is_not_sent_to_the_childrens_page_for_its_exact_code(library):
    assert titles(ask(ICD10, "M86.0")) == ["Osteomyelitis in adults", "Osteomyelitis in children"]
    child = {"age.v.v": "7", "age.v.u": "a"}
    assert titles(ask(ICD10, "M86.0", "/infobutton", **child))[0] == "Osteomyelitis in children"


@pytest.mark.parametrize("context", [{"age.v.v": "54", "age.v.u": "a"}, {"ageGroup.v.c": "D000368"}])
def test_a_grown_up_is_not_sent_to_pages_for_the_young(library, context):
    assert titles(ask(ICD10, "M86.0", "/infobutton", **context)) == ["Osteomyelitis in adults"]


def test_a_page_for_parents_comes_after_that_for_patients_themselves(library):
    library["children"].audience = "patients\nchildren"
    library["children"].save_revision().publish()
    assert titles(ask(ICD10, "M86.0"))[0] == "Osteomyelitis in adults"


def test_mesh_is_found_by_its_number(library):
    assert titles(ask(BY_KEY["MESH"].oid, "D010019")) == ["Osteomyelitis in adults"]


def test_the_request_is_repeated_as_medlineplus_does(library):
    feed = ask(ICD10CM, "M86.6")
    assert feed.categories == (
        ("mainSearchCriteria.v.c", "M86.6"),
        ("mainSearchCriteria.v.cs", "ICD10CM"),
        ("mainSearchCriteria.v.dn", ""),
        ("informationRecipient", "PAT"),
    )
    assert feed.subtitle == "Results for ICD-10-CM M86.6"


def test_an_infobutton_repeats_the_whole_request(library):
    feed = ask(ICD10, "M86", "/infobutton", **{"taskContext.c.c": "PROBLISTREV"})
    assert dict(feed.categories)["taskContext.c.c"] == "PROBLISTREV"
    assert dict(feed.categories)["mainSearchCriteria.v.cs"] == ICD10


@pytest.mark.parametrize(
    ("system", "code"),
    [
        (BY_KEY["SNOMED"].oid, "999999999"),
        (BY_KEY["SNOMED"].oid, "M86.6"),
        (ICD10, "60168000"),
        (ICD10, "Z99"),
        ("1.2.3.4", "M86"),
        ("", "M86"),
        (ICD10, "' OR 1=1 --"),
        (ICD10, "%"),
    ],
)
def test_what_fits_nothing_or_is_of_the_wrong_system_is_an_empty_list_with_200(library, system, code):
    assert ask(system, code).entries == ()


def test_without_a_type_the_answer_is_atom(library):
    response = Client().get(
        "/connect/service", {"mainSearchCriteria.v.cs": ICD10, "mainSearchCriteria.v.c": "M86"}
    )
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert response.content.startswith(b"<?xml") and titles(read(response.content))


def test_json_and_atom_say_the_same(library):
    by_type = [ask(ICD10, "M86", knowledgeResponseType=kind) for kind in ("application/json", "text/xml")]
    assert titles(by_type[0]) == titles(by_type[1])
    assert [entry.href for entry in by_type[0].entries] == [entry.href for entry in by_type[1].entries]


def test_an_entry_leads_to_the_page_under_our_own_address(library, settings):
    entry = ask(ICD10, "M86").entries[0]
    assert entry.href == f"{settings.LIBRARY_ADDRESS}/topics/osteomyelitis-in-adults/"
    assert Client().get("/topics/osteomyelitis-in-adults/").status_code == 200
    assert entry.summary == "<p>About Osteomyelitis in adults.</p>"


def test_spanish_is_answered_in_spanish(library):
    feed = ask(ICD10, "M86.6", **{"informationRecipient.languageCode.c": "es"})
    assert feed.language == "es" and titles(feed)[0] == "Osteomielitis en adultos"
    assert feed.entries[0].href.endswith("/es/temas/osteomielitis/") and feed.entries[0].language == "es"


def test_english_in_place_of_spanish_is_said_never_silent(library):
    (entry,) = ask(BY_KEY["ATC"].oid, "J01XA01", **{"informationRecipient.languageCode.c": "es"}).entries
    assert entry.language == "en" and ("osteon.languageFallback", "en") in entry.categories


def test_a_language_we_lack_gets_english_and_says_so(library):
    entry = ask(ICD10, "M86", **{"informationRecipient.languageCode.c": "fr"}).entries[0]
    assert ("osteon.languageFallback", "en") in entry.categories


def test_patients_are_not_sent_to_the_pages_for_gps_and_clinicians_are_first(library):
    assert "Bone infection for GPs" not in titles(ask(ICD10, "M86"))
    assert titles(ask(ICD10, "M86", informationRecipient="PROV"))[0] == "Bone infection for GPs"


@pytest.mark.parametrize("context", [{"age.v.v": "7", "age.v.u": "a"}, {"ageGroup.v.c": "D002648"}])
def test_a_child_gets_the_childrens_page_first(library, context):
    assert titles(ask(ICD10, "M86", "/infobutton", **context))[0] == "Osteomyelitis in children"


def test_a_subtopic_leads_to_the_section_beside_its_page(library):
    feed = ask(
        ICD10, "M86.6", "/infobutton", **{"subTopic.v.c": "Q000628", "subTopic.v.cs": BY_KEY["MESH"].oid}
    )
    page, part = feed.entries[:2]
    assert part.href == f"{page.href}#treatments" and part.parent == page.id
    assert part.title == "Osteomyelitis in adults: Treatments and therapies"


def test_a_name_is_understood_where_no_code_is(library):
    assert titles(ask("", "", **{"mainSearchCriteria.v.dn": "bone INFECTION"})) == ["Osteomyelitis in adults"]


def test_several_topics_are_answered_together(library):
    feed = ask(
        BY_KEY["SNOMED"].oid,
        "60168000",
        "/infobutton",
        **{"mainSearchCriteria.v.c1": "J01XA01", "mainSearchCriteria.v.cs1": BY_KEY["ATC"].oid},
    )
    assert titles(feed) == ["Osteomyelitis in adults", "Vancomycin"]


def test_a_page_taken_down_or_lapsed_is_not_offered(library, settings):
    library["drug"].unpublish()
    assert ask(BY_KEY["ATC"].oid, "J01XA01").entries == ()
    settings.LIBRARY_REVIEW_GRACE_DAYS = -10_000
    coded.forget()
    assert ask(ICD10, "M86").entries == ()


def test_a_page_published_meanwhile_is_offered(library):
    assert ask(BY_KEY["SNOMED"].oid, "2831000").entries == ()
    page = make("topics", "discitis", "Spinal infection", codes="SNOMED//2831000")
    assert titles(ask(BY_KEY["SNOMED"].oid, "2831000")) == ["Spinal infection"]
    page.codes = ""
    page.save_revision().publish()
    assert ask(BY_KEY["SNOMED"].oid, "2831000").entries == ()


def test_an_answer_costs_one_query_once_the_table_is_made(library, django_assert_num_queries):
    ask(ICD10, "M86")
    with django_assert_num_queries(1):
        ask(ICD10, "M86.171")


@pytest.mark.parametrize("path", ["/connect/service", "/infobutton"])
def test_a_request_that_asks_nothing_is_told_what_to_send(path):
    response = Client().get(path)
    assert response.status_code == 400 and b"mainSearchCriteria.v.c" in response.content
    assert response.headers["Content-Type"].startswith("text/plain")


def test_only_looking_is_allowed():
    assert Client().post("/connect/service").status_code == 405


def test_jsonp_is_off_until_it_is_switched_on(library, settings):
    asked = {"mainSearchCriteria.v.cs": ICD10, "mainSearchCriteria.v.c": "M86", "callback": "app.show"}
    asked["knowledgeResponseType"] = "application/javascript"
    assert Client().get("/connect/service", asked).status_code == 400
    settings.LIBRARY_JSONP = True
    response = Client().get("/connect/service", asked)
    assert response.content.startswith(b"/**/app.show(") and "javascript" in response.headers["Content-Type"]
    assert Client().get("/connect/service", asked | {"callback": "alert(1)//"}).status_code == 400


def test_any_web_page_may_ask_and_keep_the_answer_a_while(library):
    response = Client().get(
        "/connect/service", {"mainSearchCriteria.v.cs": ICD10, "mainSearchCriteria.v.c": "M86"}
    )
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=300" in response.headers["Cache-Control"]
    assert "Set-Cookie" not in response.headers


def test_a_person_may_read_the_answer_as_a_page(library):
    asked = {"mainSearchCriteria.v.cs": BY_KEY["ATC"].oid, "mainSearchCriteria.v.c": "J01XA01"}
    asked |= {"knowledgeResponseType": "text/html", "informationRecipient.languageCode.c": "es"}
    page = Client().get("/infobutton", asked).content.decode()
    assert "Vancomycin" in page and '<html lang="es"' in page
    page = Client().get(
        "/infobutton", asked | {"mainSearchCriteria.v.c": "J01XX99", "mainSearchCriteria.v.dn": "<script>"}
    )
    assert b"<script>" not in page.content


def test_what_medlineplus_has_is_offered_where_we_have_nothing(library):
    topic = HealthTopic(
        "5740", "MRSA", "https://medlineplus.gov/mrsa.html", "en", summary="<p>A germ.</p>",
        also_called=("Staph that resists",), mesh=(("D055624", "Methicillin-Resistant Staphylococcus aureus"),),
    )  # fmt: skip
    actions.keep_topics(topics=[topic], name="test")
    for asked in ({"mainSearchCriteria.v.dn": "mrsa"}, {"mainSearchCriteria.v.dn": "Staph that resists"}):
        (entry,) = ask("", "", **asked).entries
        assert entry.href == topic.url and ("osteon.source", "MedlinePlus") in entry.categories
        assert "Source: MedlinePlus" in entry.summary
    assert titles(ask(BY_KEY["MESH"].oid, "D055624")) == ["MRSA"]


def test_a_kept_answer_of_connect_is_offered_where_we_have_nothing(library):
    body = json.dumps(
        {"feed": {"entry": [{"title": "Sodium", "link": [{"href": "https://medlineplus.gov/s"}]}]}}
    )
    actions.keep_answer(system="LOINC", code="2951-2", language="en", body=body.encode())
    assert titles(ask(BY_KEY["LOINC"].oid, "2951-2")) == ["Sodium"]


def test_a_request_of_our_own_making_is_answered(library):
    request = KnowledgeRequest(
        topics=(Coded("M86.6", ICD10, "Chronic osteomyelitis"),), response_type="application/json"
    )
    response = Client().get(request.url("/infobutton"))
    assert titles(read(response.content))[0] == "Osteomyelitis in adults"
    assert read(response.content).updated[:10] == timezone.now().date().isoformat()
