from __future__ import annotations

import pytest

from osteon.standards.medlineplus.search_answers import read_search, search_url
from osteon.standards.safe_xml import XmlRefused
from osteon.standards.tests.recorded import recorded

BRIEF = b"""<nlmSearchResult><term>bone infection</term><count>2</count><list num="2" start="0" per="10">
<document rank="0" url="https://medlineplus.gov/boneinfections.html">
  <content name="title">&lt;span class="qt0"&gt;Bone&lt;/span&gt; Infections</content>
  <content name="altTitle">Osteomyelitis</content><content name="altTitle">Second</content>
  <content name="snippet">An &lt;b&gt;infection&lt;/b&gt; of bone</content><content name="novel">x</content>
</document>
<document rank="1" url="nowhere"><content name="title">Lost</content></document>
</list></nlmSearchResult>"""


def test_no_hit_is_an_answer_with_nothing_in_it():
    answer = read_search(recorded("wsearch_no_hits.xml").read_bytes())
    assert (answer.term, answer.count, answer.topics, answer.hits) == ("zzzzqqqq", 0, (), ())


def test_topics_come_whole_with_the_spelling_that_was_meant():
    answer = read_search(recorded("wsearch_topic_spelling_correction_trimmed.xml").read_bytes())
    assert answer.spelling == "diabetes medicines"
    assert answer.count == 13 and [topic.title for topic in answer.topics] == ["Diabetes Medicines"]
    assert (answer.file, answer.server) == ("viv_nf9kyL", "pvlb7srch16")
    assert answer.topics[0].mate.title == "Medicinas para la diabetes" and answer.hits == ()


def test_a_brief_answer_gives_titles_without_the_highlighting():
    answer = read_search(BRIEF)
    (hit,) = answer.hits
    assert hit.title == "Bone Infections" and hit.also_called == ("Osteomyelitis", "Second")
    assert hit.snippet == "An infection of bone"


def test_a_topic_in_an_answer_that_is_none_is_counted():
    body = b"""<nlmSearchResult><count>1</count><list><document url="https://a.example/"><content name="healthTopic">
    <health-topic id="x" title="T"/></content></document></list></nlmSearchResult>"""
    assert read_search(body).topics == () and read_search(body).refused == 1


@pytest.mark.parametrize("body", [b"", b"<html/>", b"<nlmSearchResult>", b"Too many requests"])
def test_what_is_no_answer_is_refused(body):
    with pytest.raises(XmlRefused):
        read_search(body)


def test_a_count_that_is_no_number_counts_nothing():
    assert read_search(b"<nlmSearchResult><count>many</count></nlmSearchResult>").count == 0


def test_the_address_says_who_asks_and_in_which_language():
    url = search_url(
        "https://wsearch.example/ws/query", '"bone infection"', language="es", email="a@b.example"
    )
    assert "db=healthTopicsSpanish" in url and "tool=osteon" in url and "email=a%40b.example" in url
    assert "term=%22bone+infection%22" in url and "rettype=topic" in url
