from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from osteon.standards.asking import Answer, Unreachable
from osteon.standards.pubmed import PubMed
from osteon.standards.tests.recorded import recorded


class Recorded:
    """Answers with recorded files, by call, and keeps what was asked."""

    def __init__(self, **answers: bytes) -> None:
        self.answers, self.asked = answers, []

    def __call__(self, url: str) -> Answer:
        parts = urlsplit(url)
        self.asked.append(parse_qs(parts.query))
        return Answer(self.answers[parts.path.rsplit("/", 1)[-1].removesuffix(".fcgi")])


def test_every_request_says_which_tool_asks_and_whom_to_write_to():
    ask = Recorded(esearch=recorded("pubmed_esearch1.xml").read_bytes())
    found = PubMed(ask, "library@unit.example", api_key="k").search("osteomyelitis[mh]", most=20, days=30)
    assert len(found.ids) == 20
    assert ask.asked[0] == {
        "db": ["pubmed"], "term": ["osteomyelitis[mh]"], "retmax": ["20"], "sort": ["pub_date"],
        "retmode": ["xml"], "datetype": ["edat"], "reldate": ["30"], "tool": ["osteon"],
        "email": ["library@unit.example"], "api_key": ["k"],
    }  # fmt: skip


def test_many_articles_are_fetched_in_groups_that_fit_an_address():
    ask = Recorded(efetch=recorded("pubmed_efetch_22663011.xml").read_bytes())
    found = list(PubMed(ask, "a@b.example").fetch([str(n) for n in range(450)]))
    assert len(found) == 3 and [len(one["id"][0].split(",")) for one in ask.asked] == [200, 200, 50]
    assert "api_key" not in ask.asked[0]


def test_nothing_to_fetch_asks_nothing():
    ask = Recorded()
    assert list(PubMed(ask, "a@b.example").fetch([])) == [] and ask.asked == []


def test_a_service_that_is_down_is_told():
    def down(_url):
        raise Unreachable("down")

    with pytest.raises(Unreachable):
        PubMed(down, "a@b.example").search("x")
