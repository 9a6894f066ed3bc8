"""esearch and esummary."""

from __future__ import annotations

import pytest

from osteon.standards.pubmed.esearch import AnswerRefused, read_search
from osteon.standards.pubmed.esummary import read_summaries
from osteon.standards.tests.recorded import recorded


def test_a_search_gives_its_count_and_the_ids_of_the_page():
    found = read_search(recorded("pubmed_esearch1.xml").read_bytes())
    assert found.count == 63 and len(found.ids) == 20 and found.ids[0] == "41282813"
    assert read_search(recorded("pubmed_esearch.json").read_bytes()).ids == ("123", "456")


def test_a_kept_search_gives_its_handle_and_how_it_was_understood():
    found = read_search(recorded("pubmed_esearch2_querytranslation.xml").read_bytes())
    assert found.web_env == "MCID_6927d6e7fee3e90f880ec190" and found.query_key == "1"
    assert found.count == 42249 and '"neoplasms"[MeSH Terms]' in found.translation


def test_nothing_found_says_which_words_were_not():
    found = read_search(recorded("pubmed_esearch8_errorlist.xml").read_bytes())
    assert (found.count, found.ids, found.not_found) == (0, (), ("abcXYZ",))
    assert found.warnings == ("No items found.",)


def test_ids_that_are_no_numbers_never_reach_the_next_address():
    body = b"<eSearchResult><Count>x</Count><IdList><Id>1</Id><Id>2&amp;db=x</Id><Id>1</Id></IdList></eSearchResult>"
    assert read_search(body).ids == ("1",) and read_search(body).count == 0


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>busy</html>",
        b"<eSearchResult>",
        b"<eSearchResult><ERROR>Invalid db name</ERROR></eSearchResult>",
        b'{"error": "API rate limit exceeded"}',
        b'{"esearchresult": {"ERROR": "no"}}',
        b'{"esearchresult": {"idlist": "1"}}',
        b'{"esearchresult": []}',
        b'{"esearchresult"',
    ],
)
def test_an_answer_that_is_no_search_is_refused(body):
    with pytest.raises(AnswerRefused):
        read_search(body)


def test_an_error_of_theirs_is_repeated():
    with pytest.raises(AnswerRefused, match="Invalid db name"):
        read_search(b"<eSearchResult><ERROR>Invalid db name</ERROR></eSearchResult>")


def test_summaries_come_in_the_order_of_the_answer():
    first, second = read_summaries(recorded("pubmed_esummary_two_ids.json").read_bytes())
    assert (first.pmid, first.title, first.journal, str(first.published)) == (
        "1",
        "First title",
        "J1",
        "2024-01-15",
    )
    assert second.pmid == "2"


def test_an_article_that_is_not_known_is_left_out():
    body = (
        b'{"result": {"uids": ["1", "2"], "1": {"uid": "1", "error": "cannot get document"},'
        b' "2": {"uid": "2", "title": "<i>T</i>", "articleids": [{"idtype": "doi", "value": "10.1000/X"}]}}}'
    )
    (found,) = read_summaries(body)
    assert (found.title, found.doi) == ("T", "10.1000/x")


def test_summaries_in_xml_are_read_too():
    body = b"""<eSummaryResult><DocSum><Id>7</Id><Item Name="Title" Type="String">T</Item>
      <Item Name="PubDate" Type="Date">2020 Jan</Item><Item Name="Source" Type="String">J</Item></DocSum>
      <DocSum><Id>8</Id></DocSum></eSummaryResult>"""
    (found,) = read_summaries(body)
    assert (found.pmid, found.journal, str(found.published)) == ("7", "J", "2020-01")


@pytest.mark.parametrize("body", [b"", b"{}", b'{"result": {"uids": ["1"]}}', b"<html/>", b'{"result": 1}'])
def test_an_answer_without_summaries_is_refused(body):
    with pytest.raises(AnswerRefused):
        read_summaries(body)
