from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from osteon.standards.asking import Answer
from osteon.standards.clinicaltrials import AnswerRefused, ClinicalTrials
from osteon.standards.tests.recorded import recorded

FIRST, NEXT = "ctgov_v2_search_phelan_limit5_20260811.json", "ctgov_v2_search_phelan_next_20260811.json"


class Registry:
    """Answers page after page from recorded files."""

    def __init__(self, *bodies: bytes) -> None:
        self.bodies, self.asked = list(bodies), []

    def __call__(self, url: str) -> Answer:
        self.asked.append(parse_qs(urlsplit(url).query))
        return Answer(self.bodies.pop(0))


def test_pages_follow_with_the_same_query_until_enough_is_there():
    ask = Registry(recorded(FIRST).read_bytes(), recorded(NEXT).read_bytes())
    pages = list(ClinicalTrials(ask).search("bone infection", most=8, statuses=("RECRUITING", "COMPLETED")))
    assert [len(page.trials) for page in pages] == [5, 3] and pages[0].total == 21
    first, second = ask.asked
    assert first["query.cond"] == second["query.cond"] == ["bone infection"]
    assert first["filter.overallStatus"] == ["RECRUITING|COMPLETED"]
    assert "pageToken" not in first and len(second["pageToken"][0]) > 10


def test_a_token_that_comes_back_ends_the_walk():
    same = json.dumps({"studies": [], "nextPageToken": "again"}).encode()
    ask = Registry(same, same, same)
    assert len(list(ClinicalTrials(ask).search("x"))) == 2


def test_the_last_page_ends_the_walk():
    ask = Registry(b'{"studies": []}')
    assert [page.trials for page in ClinicalTrials(ask).search("x")] == [[]]


def test_one_study_is_asked_by_its_number_only():
    ask = Registry(recorded("ctgov_v2_get_nct06604689_20260811.json").read_bytes())
    assert ClinicalTrials(ask).study("NCT06604689").nct_id == "NCT06604689"
    for bad in ("NCT1", "../version", "NCT06604689/x"):
        with pytest.raises(AnswerRefused):
            ClinicalTrials(ask).study(bad)


def test_an_answer_without_the_study_is_refused():
    with pytest.raises(AnswerRefused):
        ClinicalTrials(Registry(b'{"studies": []}')).study("NCT06604689")
