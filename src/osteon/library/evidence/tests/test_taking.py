"""Articles and trials taken in, from recorded and saved files."""

from __future__ import annotations

from io import BytesIO

import pytest

from osteon.library.evidence import actions, queries
from osteon.library.evidence.models import Article, ArticleLink, SavedQuery, Trial, TrialLink
from osteon.library.pages import caching
from osteon.standards.asking import Answer, TooManyRequests, Unreachable
from osteon.standards.clinicaltrials import ClinicalTrials, read_export
from osteon.standards.clinicaltrials import Trial as ReadTrial
from osteon.standards.pubmed import Article as Read
from osteon.standards.pubmed import Notice, PublishedOn, PubMed, ReadArticles
from osteon.standards.pubmed import read_export as read_articles
from osteon.standards.tests.recorded import recorded

pytestmark = pytest.mark.django_db


def article(title="Bone infection in adults", pmid="1", year=2020, **fields) -> Read:
    return Read(title=title, pmid=pmid, published=PublishedOn(year), types=("Journal Article",), **fields)


# Articles


def test_an_export_of_172_reviews_is_taken_in_once():
    found = read_articles(recorded("pubmed_bji_reviews_summary_format.txt").read_bytes()).articles
    assert actions.take_articles(articles=found).counts == {"added": 172}
    assert actions.take_articles(articles=found).counts == {"unchanged": 172}
    row = Article.objects.get(pmid="32879584")
    assert (row.published, row.year, row.volume) == ("2020-09", 2020, "11") and row.authors[0] == "Perna A"


def test_the_same_article_from_two_sources_is_one_row_that_knows_more():
    actions.take_articles(
        articles=[
            Read(
                "Improved survival with MEK inhibition in BRAF-mutated melanoma", doi="10.1056/nejmoa1203421"
            )
        ]
    )
    full = list(ReadArticles(BytesIO(recorded("pubmed_efetch_22663011.xml").read_bytes())))
    assert actions.take_articles(articles=full).counts == {"changed": 1}
    row = Article.objects.get()
    assert row.pmid == "22663011" and len(row.abstract) == 4 and row.trials == ["NCT01245062"]


def test_an_erratum_with_the_same_title_is_another_article():
    actions.take_articles(articles=[article(pmid="1"), article(pmid="2")])
    assert Article.objects.count() == 2


def test_a_retraction_is_marked_and_its_notice_is_no_reading():
    notice = Read("Retraction: bone", pmid="9", types=("Retraction of Publication",))
    retracted = article(pmid="1", notices=(Notice("RetractionIn", "J Bone. 2024", "9"),))
    assert actions.take_articles(articles=[article(pmid="1")]).counts == {"added": 1}
    counts = actions.take_articles(articles=[retracted, notice]).counts
    assert counts == {"changed": 1, "retracted": 1, "notices of retraction": 1}
    assert Article.objects.get().retracted


def test_an_editors_title_survives_the_next_import():
    actions.take_articles(articles=[article()])
    Article.objects.update(plain_title_en="What helps", hidden=True)
    actions.take_articles(articles=[article(title="Bone infection in adults, revised")])
    row = Article.objects.get()
    assert (row.plain_title_en, row.hidden, row.title) == (
        "What helps",
        True,
        "Bone infection in adults, revised",
    )


def test_articles_are_sorted_under_the_topics_whose_names_they_bear(library):
    family = library["adult"].translation_key
    taken = [
        article("Long courses for osteomyelitis: a review", "1"),
        article("Something else", "2", mesh=("Osteomyelitis",)),
        article("Osteomyelitislike lesions", "3"),
    ]
    actions.take_articles(articles=taken)
    assert [row.pmid for row in queries.articles_of(family).order_by("pmid")] == ["1", "2"]


def test_articles_found_for_a_topic_are_its_own_and_a_hidden_link_stays_hidden(library):
    family = library["drug"].translation_key
    for _ in range(2):
        actions.take_articles(articles=[article("Unrelated title")], family=family)
        ArticleLink.objects.update(hidden=True)
    assert ArticleLink.objects.count() == 1 and not queries.articles_of(family).exists()


def test_kept_pages_are_forgotten():
    before = caching.generation()
    actions.take_articles(articles=[article()])
    assert caching.generation() > before


# Trials


def test_the_81_trials_of_the_registry_are_taken_in_once():
    trials = read_export(recorded("ctgov_bji_trials_text.jsonl.gz").read_bytes()).trials
    assert actions.take_trials(trials=trials).counts == {"added": 81}
    assert actions.take_trials(trials=trials).counts == {"unchanged": 81}


def test_whole_studies_keep_who_where_and_when():
    actions.take_trials(trials=read_export(recorded("ctgov_v2_studies_page.json.gz").read_bytes()).trials)
    row = Trial.objects.get(nct_id="NCT05013879")
    assert (
        row.ages == "50 years to 85 years"
        and row.state.words == "Finished"
        and row.updated_on == "2024-02-23"
    )
    assert len(row.criteria.inclusion) == 5 and row.places[0][1] == "White Plains" and row.people == 65


def test_a_file_of_titles_does_not_empty_what_is_known():
    actions.take_trials(
        trials=[ReadTrial("NCT00000001", "Bone", status="RECRUITING", eligibility="Inclusion: adults")]
    )
    actions.take_trials(trials=[ReadTrial("NCT00000001", "Bone, new title")])
    row = Trial.objects.get()
    assert (row.title, row.status, row.eligibility) == ("Bone, new title", "RECRUITING", "Inclusion: adults")


def test_trials_are_sorted_under_topics_by_title_and_condition(library):
    actions.take_trials(
        trials=[
            ReadTrial("NCT00000001", "A study", conditions=("Osteomyelitis",)),
            ReadTrial("NCT00000002", "Knee"),
        ]
    )
    assert [row.nct_id for row in queries.trials_of(library["adult"].translation_key)] == ["NCT00000001"]
    assert TrialLink.objects.count() == 1


def test_open_trials_come_first(library):
    family = library["adult"].translation_key
    states = ("COMPLETED", "RECRUITING", "UNKNOWN", "NOT_YET_RECRUITING")
    actions.take_trials(
        trials=[ReadTrial(f"NCT0000000{n}", "T", status=s) for n, s in enumerate(states)], family=family
    )
    assert [row.status for row in queries.trials_of(family)][:2] == ["RECRUITING", "NOT_YET_RECRUITING"]


# Saved queries


class Service:
    """Answers by the kind of call; a given exception is raised."""

    def __init__(self, **answers):
        self.answers, self.asked = answers, []

    def __call__(self, url):
        call = next(name for name in ("esearch", "efetch", "studies") if name in url)
        self.asked.append(call)
        given = self.answers[call]
        if isinstance(given, Exception):
            raise given
        return Answer(given)


@pytest.fixture
def asked(library) -> dict[str, SavedQuery]:
    family = library["adult"].translation_key
    return {
        kind: actions.save_query(kind=kind, family=family, term="osteomyelitis")
        for kind in ("articles", "trials")
    }


def search(*pmids: str) -> bytes:
    ids = "".join(f"<Id>{pmid}</Id>" for pmid in pmids)
    return f"<eSearchResult><Count>{len(pmids)}</Count><IdList>{ids}</IdList></eSearchResult>".encode()


@pytest.fixture
def pubmed():
    return Service(esearch=search("22663011"), efetch=recorded("pubmed_efetch_22663011.xml").read_bytes())


@pytest.fixture
def registry():
    return Service(studies=recorded("ctgov_v2_get_nct06604689_20260811.json").read_bytes())


def refresh(pubmed=None, registry=None, **kwargs):
    return actions.refresh(
        pubmed=pubmed and PubMed(pubmed, "a@b.example"),
        registry=registry and ClinicalTrials(registry),
        **kwargs,
    )


def test_a_refresh_asks_each_query_and_puts_what_comes_on_its_topic(asked, pubmed, registry):
    assert refresh(pubmed, registry)["added"] == 2
    family = asked["articles"].family
    assert [row.pmid for row in queries.articles_of(family)] == ["22663011"]
    assert [row.nct_id for row in queries.trials_of(family)] == ["NCT06604689"]
    for query in SavedQuery.objects.all():
        assert query.ran_at and query.failure == "" and query.outcome == {"added": 1} and not query.is_due()


def test_a_query_is_not_asked_twice_in_a_week_unless_told(asked, registry):
    refresh(registry=registry)
    refresh(registry=registry)
    assert registry.asked == ["studies"]
    refresh(registry=registry, everything=True)
    assert registry.asked == ["studies"] * 2


@pytest.mark.parametrize(
    "failure",
    [Unreachable("down"), b"<html>Sorry</html>", b"", b"<eSearchResult><ERROR>no</ERROR></eSearchResult>"],
)
def test_a_service_that_is_down_or_answers_nonsense_is_noted_and_the_other_goes_on(asked, registry, failure):
    counts = refresh(Service(esearch=failure, efetch=failure), registry)
    assert counts["failed"] == 1 and counts["added"] == 1
    articles, trials = (SavedQuery.objects.get(kind=kind) for kind in ("articles", "trials"))
    assert articles.failure and articles.ran_at is None and articles.is_due() and not trials.failure


def test_half_an_answer_is_not_kept(asked):
    service = Service(esearch=search("22663011"), efetch=b"<PubmedArticleSet><PubmedArticle>")
    assert refresh(service)["failed"] == 1 and not Article.objects.exists()


def test_being_too_fast_ends_the_asking_of_that_service(asked, library, registry):
    actions.save_query(kind="articles", family=library["drug"].translation_key, term="vancomycin")
    service = Service(esearch=TooManyRequests("429"))
    assert refresh(service, registry)["failed"] == 1 and service.asked == ["esearch"]


def test_a_retraction_of_what_we_have_is_noticed(asked, pubmed):
    refresh(pubmed)
    body = pubmed.answers["efetch"].replace(b'RefType="CommentIn"', b'RefType="RetractionIn"', 1)
    assert refresh(Service(efetch=body))["newly retracted"] == 1
    assert Article.objects.get().retracted


def test_the_same_query_is_saved_once_and_an_inactive_one_is_not_asked(asked, registry):
    again = actions.save_query(kind="trials", family=asked["trials"].family, term=" osteomyelitis ", most=10)
    assert again.pk == asked["trials"].pk and again.most == 10
    SavedQuery.objects.update(active=False)
    assert refresh(registry=registry) == {} and registry.asked == []
