"""The developers' corner, used as another system would."""

from __future__ import annotations

import gzip
import json
import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import resolve

from osteon.library.resources import actions
from osteon.library.search import actions as search_actions
from osteon.library.search.documents import Document
from osteon.standards.medlineplus import HealthTopic
from osteon.standards.safe_xml import document, records

pytestmark = pytest.mark.django_db


def get(path: str, **parameters: str):
    response = Client().get(path, parameters)
    assert response.status_code == 200, response.content
    return response


# Topics


def test_every_page_of_a_kind_in_a_language(library, settings):
    answer = get("/api/v1/topics", language="en", kind="topics")
    found = answer.json()["topics"]
    assert [one["slug"] for one in found] == ["osteomyelitis-in-adults", "osteomyelitis-in-children"]
    first = found[0]
    assert first["url"] == f"{settings.LIBRARY_ADDRESS}/topics/osteomyelitis-in-adults/"
    assert first["codes"] == ["ICD10//M86", "SNOMED//60168000"] and first["last_reviewed"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert {one["kind"] for one in get("/api/v1/topics").json()["topics"]} == {"topics", "treatments", "gps"}


def test_one_page_with_all_it_says(library):
    found = get("/api/v1/topics/en/osteomyelitis-in-adults").json()
    assert [section["key"] for section in found["sections"]] == ["treatments", "tests"]
    assert found["sections"][0]["text"] == "Words." and found["sections"][0]["html"] == "<p>Words.</p>"
    assert found["translations"][0]["language"] == "es" and found["licence"]["name"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/topics/en/nothing",
        "/api/v1/topics/es/osteomyelitis-in-adults",
        "/api/v1/topics/fr/x",
        "/embed/en/nothing/",
        "/download/library-fr.json.gz",
    ],
)
def test_what_is_not_there_is_not_found(library, path):
    assert Client().get(path).status_code == 404


def test_a_page_taken_down_is_gone_from_everywhere(library):
    library["drug"].unpublish()
    assert Client().get("/api/v1/topics/en/vancomycin").status_code == 404
    assert "vancomycin" not in get("/sitemap.xml").content.decode()
    assert "Vancomycin" not in gzip.decompress(get("/download/library-en.json.gz").content).decode()


# Search


@pytest.fixture
def indexed(db):
    search_actions.replace(
        Document(key=f"x/{n}", kind="topics", language="en", title=f"Bone infection {n}", url=f"/topics/{n}/", summary="<b>Germs</b>")
        for n in range(12)
    )  # fmt: skip


def test_search_answers_with_addresses_anybody_can_open(indexed, settings):
    found = get("/api/v1/search", q="bone infection").json()
    assert (found["total"], found["page"], found["pages"]) == (12, 1, 2) and len(found["results"]) == 10
    first = found["results"][0]
    assert first["url"].startswith(f"{settings.LIBRARY_ADDRESS}/topics/") and "<" not in first["passage"]
    assert len(get("/api/v1/search", q="bone infection", page="2").json()["results"]) == 2
    assert get("/api/v1/search", q="bone", kind="trials").json()["results"] == []


@pytest.mark.parametrize(
    ("path", "parameters", "said"),
    [
        ("/api/v1/search", {}, "q holds"),
        ("/api/v1/search", {"q": "x" * 201}, "q holds"),
        ("/api/v1/search", {"q": "x", "page": "0"}, "page is a number"),
        ("/api/v1/search", {"q": "x", "page": "9" * 40}, "page is a number"),
        ("/api/v1/search", {"q": "x", "kind": "books"}, "kind is one of"),
        ("/api/v1/search", {"q": "x", "audience": "cats"}, "audience is one of"),
        ("/api/v1/topics", {"language": "fr"}, "language is one of en, es"),
        ("/api/v1/topics", {"kind": "stories"}, "kind is one of"),
    ],
)
def test_a_wrong_parameter_is_told_which_values_there_are(path, parameters, said):
    response = Client().get(path, parameters)
    assert response.status_code == 400 and said in response.content.decode()


# The description


def test_the_description_names_addresses_that_exist():
    paths = get("/api/v1/openapi.json").json()["paths"]
    for path in paths:
        assert resolve(path.replace("{language}", "en").replace("{slug}", "x")).namespace == "resources"
    assert all(set(operations) == {"get"} for operations in paths.values())


def check(schema: dict, value, schemas: dict) -> None:
    """The value is as the schema says: the small part of JSON Schema that our description uses."""
    if "$ref" in schema:
        return check(schemas[schema["$ref"].rsplit("/", 1)[-1]], value, schemas)
    kinds = {"string": str, "integer": int, "null": type(None), "object": dict, "array": list}
    names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    assert isinstance(value, tuple(kinds[name] for name in names)), (schema, value)
    if isinstance(value, dict):
        assert set(value) == set(schema["properties"]) >= set(schema.get("required", ()))
        for name, inner in schema["properties"].items():
            check(inner, value[name], schemas)
    if isinstance(value, list):
        for one in value:
            check(schema["items"], one, schemas)
    return None


def test_what_is_answered_is_what_the_description_says(library, indexed):
    description = get("/api/v1/openapi.json").json()
    schemas = description["components"]["schemas"]
    for path, tried in (
        ("/api/v1/topics", "/api/v1/topics"),
        ("/api/v1/topics/{language}/{slug}", "/api/v1/topics/en/osteomyelitis-in-adults"),
        ("/api/v1/search", "/api/v1/search?q=bone"),
    ):
        answers = description["paths"][path]["get"]["responses"]["200"]["content"]
        check(answers["application/json"]["schema"], get(tried).json(), schemas)


# Card, download, sitemap, structured data


def test_a_card_may_be_framed_by_any_site_and_leads_out_of_the_frame(library):
    response = get("/embed/en/osteomyelitis-in-adults/")
    page = response.content.decode()
    assert "frame-ancestors *" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers and "<script" not in page
    assert 'target="_top"' in page and "noindex" in page and "About Osteomyelitis in adults." in page
    assert '<html lang="es"' in get("/embed/es/osteomielitis/").content.decode()


def test_other_pages_may_not_be_framed(library):
    response = get("/topics/osteomyelitis-in-adults/")
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_the_download_carries_its_licence_and_only_our_own_texts(library, settings):
    settings.LIBRARY_LICENCE_NAME = "A licence"
    actions.keep_topics(topics=[HealthTopic("1", "Theirs", "https://medlineplus.gov/x.html", "en")], name="x")
    response = get("/download/library-en.json.gz")
    data = json.loads(gzip.decompress(response.content))
    assert data["licence"]["name"] == "A licence" and len(data["pages"]) == 4
    assert "Theirs" not in json.dumps(data)
    assert response.content == get("/download/library-en.json.gz").content
    assert "library-en.json.gz" in response.headers["Content-Disposition"]


def test_the_sitemap_names_every_page_and_its_translations(library, settings):
    body = get("/sitemap.xml").content
    document(body)
    found = {
        node.find("{http://www.sitemaps.org/schemas/sitemap/0.9}loc").text: node
        for node in records(BytesIO(body), ("{http://www.sitemaps.org/schemas/sitemap/0.9}url",))
    }
    address = f"{settings.LIBRARY_ADDRESS}/topics/osteomyelitis-in-adults/"
    links = found[address].findall("{http://www.w3.org/1999/xhtml}link")
    assert {link.get("hreflang") for link in links} == {"en", "es"}
    assert (
        f"{settings.LIBRARY_ADDRESS}/es/temas/osteomielitis/" in found
        and f"{settings.LIBRARY_ADDRESS}/" in found
    )
    assert "sitemap.xml" in get("/robots.txt").content.decode()


def test_a_page_says_of_itself_what_schema_org_knows(library):
    library["adult"].title = "Bones </script><script>x()"
    library["adult"].save_revision().publish()
    page = get("/topics/osteomyelitis-in-adults/").content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    found = json.loads(data)
    assert found["@type"] == "MedicalWebPage" and found["name"] == "Bones </script><script>x()"
    assert found["about"]["@type"] == "MedicalCondition" and found["inLanguage"] == "en"
    assert {"@type": "MedicalCode", "codeValue": "M86", "codingSystem": "ICD-10"} in found["about"]["code"]
    assert found["lastReviewed"] and "reviewedBy" not in found


@pytest.mark.parametrize("path", ["/developers/", "/es/developers/"])
def test_the_corner_shows_requests_that_work(library, path):
    page = get(path).content.decode()
    tried = [
        found.replace("&amp;", "&")
        for found in re.findall(r'<a href="(/(?:connect|infobutton|api|embed|download|sitemap)[^"]*)"', page)
    ]
    assert len(tried) == 9
    for address in tried:
        assert Client().get(address).status_code == 200, address


def test_only_looking_is_allowed():
    for path in ("/api/v1/topics", "/api/v1/search", "/sitemap.xml", "/developers/"):
        assert Client().post(path).status_code == 405
