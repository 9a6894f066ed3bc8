from __future__ import annotations

import pytest
from django.test import Client

from osteon.library.evidence import actions
from osteon.library.evidence.documents import documents
from osteon.library.evidence.models import Article, Trial
from osteon.standards.clinicaltrials import Contact, Place
from osteon.standards.clinicaltrials import Trial as ReadTrial
from osteon.standards.pubmed import Article as Read
from osteon.standards.pubmed import Notice, PublishedOn

pytestmark = pytest.mark.django_db
TRIAL = ReadTrial(
    "NCT00000001", "Oral or intravenous antibiotics <for> osteomyelitis", status="RECRUITING", sex="ALL",
    lowest_age="18 Years", eligibility="Inclusion Criteria:\n* Bone infection\nExclusion Criteria:\n* Pregnancy",
    contacts=(Contact("Dr Study", "CONTACT", "020 0000", "study@trial.example"),), sponsor="A hospital",
    places=(Place("Clinic", "Leeds", "United Kingdom"),), summary="One paragraph.\n\nTwo.", people=50,
)  # fmt: skip
ARTICLE = Read(
    "Oral antibiotics for osteomyelitis", pmid="1", journal="J Bone", published=PublishedOn(2024, 3), pmcid="PMC1",
    authors=("Perna A", "Ricciardi L", "Sturiale CL", "Proietti L"), volume="2", issue="3", pages="4-5",
    types=("Journal Article", "Randomized Controlled Trial"), abstract=(("", "A publisher's own words."),),
)  # fmt: skip


@pytest.fixture
def filled(library):
    family = library["adult"].translation_key
    retracted = Read(
        "Taken back", pmid="2", published=PublishedOn(2025), types=("Retracted Publication",),
        notices=(Notice("RetractionIn", "J"), Notice("ErratumIn", "J")),
    )  # fmt: skip
    actions.take_articles(articles=[ARTICLE, retracted], family=family)
    actions.take_trials(trials=[TRIAL], family=family)
    return library


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_a_topic_shows_its_articles_and_trials(filled):
    page = get("/topics/osteomyelitis-in-adults/")
    assert 'id="articles-found"' in page and 'id="trials-found"' in page
    assert "Oral antibiotics for osteomyelitis" in page and 'href="/trials/NCT00000001/"' in page


def test_the_spanish_topic_shows_the_same_in_its_own_frame(filled):
    page = get("/es/temas/osteomielitis/")
    assert "Oral antibiotics for osteomyelitis" in page and 'href="/es/trials/NCT00000001/"' in page


def test_a_page_with_nothing_collected_has_no_empty_heading(library):
    assert 'id="articles-found"' not in get("/topics/osteomyelitis-in-adults/")
    assert 'id="articles-found"' not in get("/treatments/vancomycin/")


def test_articles_are_cited_with_their_kind_and_the_way_to_read_them(filled):
    page = get("/evidence/osteomyelitis-in-adults/articles/")
    assert "Perna A, Ricciardi L, Sturiale CL and others. J Bone 2024;2(3):4-5" in page
    assert "Trial with chance deciding who gets what" in page
    assert (
        'href="https://pubmed.ncbi.nlm.nih.gov/1/"' in page and "pmc.ncbi.nlm.nih.gov/articles/PMC1/" in page
    )
    assert "A publisher&#39;s own words" not in page and "publisher's own" not in page


def test_a_retracted_article_comes_last_and_says_so(filled):
    page = get("/evidence/osteomyelitis-in-adults/articles/")
    assert page.index("Oral antibiotics") < page.index("Taken back")
    assert "Do not rely on it" in page


def test_an_editors_plain_title_leads_with_the_journals_below(filled):
    Article.objects.filter(pmid="1").update(
        plain_title_en="Tablets work as well as drips", plain_title_es="Pastillas"
    )
    page = get("/evidence/osteomyelitis-in-adults/articles/")
    assert page.index("Tablets work") < page.index("Oral antibiotics")
    assert "Pastillas" in get("/es/evidence/osteomielitis/articles/")


def test_what_an_editor_hid_is_on_no_page(filled):
    Article.objects.update(hidden=True)
    Trial.objects.update(hidden=True)
    assert "None has been collected yet" in get("/evidence/osteomyelitis-in-adults/articles/")
    assert Client().get("/trials/NCT00000001/").status_code == 404
    assert list(documents()) == []


def test_a_trial_says_its_state_who_can_take_part_and_how_to_ask(filled):
    page = get("/trials/NCT00000001/")
    assert "Looking for people to take part" in page and "Women and men, 18 years or older." in page
    assert "<li>Bone infection</li>" in page and "<li>Pregnancy</li>" in page
    assert "Talk first to the people who treat you" in page and "study@trial.example" in page
    assert "Clinic, Leeds, United Kingdom" in page and "&lt;for&gt;" in page and "<for>" not in page
    assert 'href="https://clinicaltrials.gov/study/NCT00000001"' in page


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("COMPLETED", "not taking new people now: finished"),
        ("WITHDRAWN", "not taking new people now"),
        ("UNKNOWN", "do not know whether this trial takes new people"),
        ("", "State not known here"),
        ("NOVEL_STATE", "do not know whether this trial takes new people"),
    ],
)
def test_a_trial_that_is_not_known_to_be_open_offers_nobody_to_ring(filled, status, said):
    Trial.objects.update(status=status)
    page = get("/trials/NCT00000001/")
    assert said in page and "study@trial.example" not in page
    assert "app-state--open" not in page


def test_a_trial_of_which_little_is_known_is_a_page_all_the_same(library):
    actions.take_trials(trials=[ReadTrial("NCT00000009", "Little known")])
    assert "does not say" in get("/trials/NCT00000009/")


def test_long_lists_come_in_pages(library):
    family = library["adult"].translation_key
    many = [Read(f"Article {n}", pmid=str(n), published=PublishedOn(2000 + n % 20)) for n in range(1, 61)]
    actions.take_articles(articles=many, family=family)
    assert "Page 2 of 3" in get("/evidence/osteomyelitis-in-adults/articles/?page=2")
    assert "Page 1 of 3" in get("/evidence/osteomyelitis-in-adults/articles/?page=nonsense")
    assert "All 60 articles" in get("/topics/osteomyelitis-in-adults/")


def test_a_list_costs_the_same_however_long_it_is(library, django_assert_max_num_queries):
    family = library["adult"].translation_key
    actions.take_trials(trials=[ReadTrial(f"NCT{n:08}", "T") for n in range(40)], family=family)
    client = Client()
    client.get("/evidence/osteomyelitis-in-adults/trials/")
    with django_assert_max_num_queries(20):
        client.get("/evidence/osteomyelitis-in-adults/trials/")


@pytest.mark.parametrize(
    "path",
    [
        "/evidence/nothing/articles/",
        "/evidence/nothing/trials/",
        "/trials/NCT99999999/",
        "/es/evidence/osteomyelitis-in-adults/trials/",
    ],
)
def test_what_is_not_there_is_not_found(library, path):
    assert Client().get(path).status_code == 404


def test_only_looking_is_allowed(filled):
    assert Client().post("/trials/NCT00000001/").status_code == 405


def test_search_finds_what_may_be_shown_without_abstracts_and_retractions(filled):
    found = {document.key: document for document in documents()}
    assert set(found) == {"pubmed/1", "trials/NCT00000001"}
    assert "publisher" not in found["pubmed/1"].body and found["pubmed/1"].audience == ("gps",)
    assert found["trials/NCT00000001"].url == "/trials/NCT00000001/"
    Article.objects.filter(pmid="1").update(plain_title_en="Tablets")
    found = {document.key: document for document in documents()}
    assert found["pubmed/1"].title == "Tablets" and "patients" in found["pubmed/1"].audience
    assert found["pubmed/1"].also_called == ("Oral antibiotics for osteomyelitis",)
