from __future__ import annotations

import pytest
from django.test import Client

from osteon.library.resources import actions
from osteon.library.resources.documents import documents
from osteon.library.resources.models import ExternalTopic
from osteon.standards.medlineplus import HealthTopic, Site, TopicLink
from osteon.standards.tests.recorded import recorded

pytestmark = pytest.mark.django_db
BONES = HealthTopic(
    "5739", "Bone Infections", "https://medlineplus.gov/boneinfections.html", "en",
    description="Germs in bone.", summary="<p>Bone can be <em>infected</em>.</p>",
    also_called=("Osteomyelitis",), see_references=("Infected bone",), mesh=(("D010019", "Osteomyelitis"),),
    related=(TopicLink("9", "MRSA", "https://medlineplus.gov/mrsa.html"),),
    primary_institute="An institute",
    sites=(
        Site("Encyclopaedia", "https://medlineplus.gov/ency/article/000437.htm", ("Encyclopedia", "Start Here")),
        Site("For children", "https://kids.example/", ("Children",), ("Kids",)),
        Site("Odd one", "https://odd.example/", ("A New Section",)),
    ),
)  # fmt: skip


@pytest.fixture
def bones():
    actions.keep_topics(topics=[BONES], name="test")


def test_an_external_topic_is_shown_under_the_name_of_its_source(bones):
    page = Client().get("/medlineplus/5739/").content.decode()
    assert "<p>Bone can be <em>infected</em>.</p>" in page
    assert "Source: MedlinePlus, National Library of Medicine" in page and "does not endorse" in page
    assert 'rel="canonical" href="https://medlineplus.gov/boneinfections.html"' in page
    assert "An institute" in page and "Osteomyelitis" in page


def test_its_links_stand_by_section_in_the_order_of_the_source(bones):
    page = Client().get("/medlineplus/5739/").content.decode()
    places = [
        page.index(f"{name} (1)") for name in ("Start Here", "Children", "Encyclopedia", "A New Section")
    ]
    assert places == sorted(places)
    assert page.count("https://medlineplus.gov/ency/article/000437.htm") == 2


def test_a_related_topic_leads_to_ours_when_we_have_it(bones):
    assert 'href="https://medlineplus.gov/mrsa.html"' in Client().get("/medlineplus/5739/").content.decode()
    actions.keep_topics(
        topics=[HealthTopic("9", "MRSA", "https://medlineplus.gov/mrsa.html", "en")], name="x"
    )
    assert 'href="/medlineplus/9/"' in Client().get("/medlineplus/5739/").content.decode()


def test_a_real_pair_leads_from_one_language_to_the_other():
    with recorded("mplus_topics_2012-07-21_sample.xml").open("rb") as stream:
        actions.import_topics(stream=stream, name="sample")
    page = Client().get("/es/medlineplus/3062/").content.decode()
    assert '<html lang="es"' in page and 'href="/medlineplus/3061/"' in page and "Dolor de panza" in page


@pytest.mark.parametrize("path", ["/medlineplus/1/", "/es/medlineplus/5739/", "/medlineplus/x-y/"])
def test_a_topic_we_do_not_have_is_not_found(bones, path):
    assert Client().get(path).status_code == 404


def test_a_withdrawn_topic_is_not_found_by_anyone(bones):
    ExternalTopic.objects.update(withdrawn_at="2026-01-01T00:00Z")
    assert Client().get("/medlineplus/5739/").status_code == 404 and list(documents()) == []


def test_our_topic_leads_to_what_medlineplus_has_by_name(bones, library):
    page = Client().get("/topics/osteomyelitis-in-adults/").content.decode()
    assert 'id="medlineplus"' in page and 'href="/medlineplus/5739/"' in page
    assert 'id="medlineplus"' not in Client().get("/topics/osteomyelitis-in-children/").content.decode()


def test_search_finds_it_by_every_name(bones):
    (found,) = documents()
    assert (found.kind, found.url, found.language) == ("external", "/medlineplus/5739/", "en")
    assert found.also_called == ("Osteomyelitis", "Infected bone") and found.codes == ("MESH//D010019",)
    assert found.body == "Bone can be infected."
