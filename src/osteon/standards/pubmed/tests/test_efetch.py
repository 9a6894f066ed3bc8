from __future__ import annotations

from io import BytesIO

import pytest

from osteon.standards.pubmed.efetch import ReadArticles
from osteon.standards.safe_xml import XmlRefused
from osteon.standards.tests.recorded import recorded


def one(name: str):
    with recorded(name).open("rb") as stream:
        (article,) = ReadArticles(stream)
    return article


def read(inner: str):
    reader = ReadArticles(BytesIO(f"<PubmedArticleSet>{inner}</PubmedArticleSet>".encode()))
    return list(reader), reader


def article(paper="<ArticleTitle>T</ArticleTitle>", more="", ids="", pmid="1") -> str:
    return (
        f"<PubmedArticle><MedlineCitation><PMID>{pmid}</PMID><Article>{paper}</Article>{more}</MedlineCitation>"
        f"<PubmedData>{ids}</PubmedData></PubmedArticle>"
    )


def test_a_trial_with_a_group_of_authors_and_its_number():
    found = one("pubmed_efetch_22663011.xml")
    assert (found.pmid, found.doi) == ("22663011", "10.1056/nejmoa1203421")
    assert found.journal == "N Engl J Med" and str(found.published) == "2012-06-04"
    assert found.authors[0] == "Flaherty KT" and found.authors[-1] == "METRIC Study Group"
    assert found.trials == ("NCT01245062",) and "Randomized Controlled Trial" in found.types
    assert [label for label, _ in found.abstract] == ["BACKGROUND", "METHODS", "RESULTS", "CONCLUSIONS"]
    assert "Melanoma" in found.mesh and not found.is_retracted and found.notices == ()
    assert (found.volume, found.issue, found.pages) == ("367", "2", "107-14")


def test_mark_up_in_title_and_abstract_is_read_through():
    found = one("pubmed_efetch_structured_abstract.xml")
    results = dict(found.abstract)["RESULTS"]
    assert "(ORQ3=4.15, 95% CI 1.56 to 11.01" in results and "ptrend <0.01" in results
    assert found.pmcid == "PMC5771820"


def test_identifiers_are_the_articles_own_not_those_of_its_references():
    found = one("pubmed_efetch_38856741_spine.xml")
    assert found.doi == "10.1177/21925682241260651" and found.pmcid == "PMC11571351"
    assert found.abstract[0][0] == "" and "Hounsfield Units" in found.keywords


def test_a_retraction_is_marked_and_comments_are_passed_over():
    notices = """<CommentsCorrectionsList>
      <CommentsCorrections RefType="RetractionIn"><RefSource>J Bone. 2024;1:2</RefSource><PMID>9</PMID></CommentsCorrections>
      <CommentsCorrections RefType="Cites"><RefSource>Other</RefSource></CommentsCorrections>
    </CommentsCorrectionsList>"""
    (found,), _ = read(article(more=notices))
    assert found.is_retracted
    assert [(notice.kind, notice.pmid) for notice in found.notices] == [("RetractionIn", "9")]


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ("<PubDate><MedlineDate>2020 Sep-Oct</MedlineDate></PubDate>", "2020-09"),
        ("<PubDate><Year>2020</Year><Month>13</Month></PubDate>", "2020"),
        ("<PubDate><Year>soon</Year></PubDate>", "None"),
        ("", "None"),
    ],
)
def test_dates_of_every_kind_keep_what_they_say(dates, expected):
    paper = f"<Journal><JournalIssue>{dates}</JournalIssue></Journal><ArticleTitle>T</ArticleTitle>"
    (found,), _ = read(article(paper))
    assert str(found.published) == expected


def test_the_electronic_date_goes_before_that_of_the_issue():
    paper = (
        "<Journal><JournalIssue><PubDate><Year>2025</Year></PubDate></JournalIssue></Journal>"
        "<ArticleTitle>T</ArticleTitle><ArticleDate><Year>2024</Year><Month>06</Month><Day>10</Day></ArticleDate>"
    )
    (found,), _ = read(article(paper))
    assert str(found.published) == "2024-06-10"


def test_a_translated_title_loses_its_brackets_and_a_missing_one_takes_the_original():
    (found,), _ = read(article("<ArticleTitle>[Bone infection].</ArticleTitle>"))
    assert found.title == "Bone infection"
    (found,), _ = read(article("<VernacularTitle>Infección ósea</VernacularTitle>"))
    assert found.title == "Infección ósea"


def test_an_invalid_author_or_identifier_does_not_count():
    paper = (
        '<ArticleTitle>T</ArticleTitle><ELocationID EIdType="doi" ValidYN="N">10.1000/bad</ELocationID>'
        '<AuthorList><Author ValidYN="N"><LastName>Old</LastName></Author><Author><LastName>New</LastName>'
        "<Initials>A</Initials><Suffix>Jr</Suffix></Author><Author/></AuthorList>"
    )
    (found,), _ = read(article(paper))
    assert found.doi == "" and found.authors == ("New A Jr",)


def test_what_is_no_article_is_counted():
    found, reader = read(article(pmid="") + article("<Novel/>") + "<PubmedBookArticle/>" + article(pmid="2"))
    assert [one.pmid for one in found] == ["2"]
    assert dict(reader.refused) == {"no PMID": 1, "no title": 1} and reader.read == 3


@pytest.mark.parametrize(
    "body", [b"", b"<html/>", b"<PubmedArticleSet>", b'<!DOCTYPE x [<!ENTITY a "b">]><PubmedArticleSet/>']
)
def test_a_damaged_or_hostile_answer_is_refused(body):
    with pytest.raises(XmlRefused):
        list(ReadArticles(BytesIO(body)))
