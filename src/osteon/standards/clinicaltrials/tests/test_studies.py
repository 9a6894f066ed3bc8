from __future__ import annotations

import gzip
import json

import pytest

from osteon.standards.clinicaltrials.eligibility import Criteria, ages_in_words, criteria
from osteon.standards.clinicaltrials.statuses import STATUSES, status_of
from osteon.standards.clinicaltrials.studies import AnswerRefused, read_export, read_page
from osteon.standards.tests.recorded import recorded


def study(number="NCT00000001", **modules) -> dict:
    named = {f"{name}Module": value for name, value in modules.items()}
    section = {"identificationModule": {"nctId": number, "briefTitle": "Bone trial"}} | named
    return {"protocolSection": section}


def test_a_real_page_of_whole_studies():
    page = read_export(recorded("ctgov_v2_studies_page.json.gz").read_bytes())
    assert len(page.trials) == 7 and page.next_token and not page.refused
    first = page.trials[0]
    assert (first.nct_id, first.status, first.people) == ("NCT05013879", "COMPLETED", 65)
    assert (str(first.started_on), str(first.updated_on), str(first.verified_on)) == (
        "2021-10-18",
        "2024-02-23",
        "2024-02",
    )
    assert first.places[0].city == "White Plains" and first.pmids[0] == "32459670"
    assert ages_in_words(first.lowest_age, first.highest_age) == "50 years to 85 years"
    assert [trial.nct_id for trial in page.trials if trial.has_results] == ["NCT03058679"]
    assert page.trials[2].contacts[0].role == "CONTACT"


def test_the_criteria_of_real_studies_fall_under_their_headings():
    page = read_export(recorded("ctgov_v2_studies_page.json.gz").read_bytes())
    for trial in page.trials:
        found = criteria(trial.eligibility)
        assert found.inclusion and found.exclusion and not found.other, trial.nct_id


def test_the_total_comes_with_the_first_page_only():
    first = read_page(recorded("ctgov_v2_search_phelan_limit5_20260811.json").read_bytes())
    after = read_page(recorded("ctgov_v2_search_phelan_next_20260811.json").read_bytes())
    assert (len(first.trials), first.total) == (5, 21) and (len(after.trials), after.total) == (5, None)
    assert first.next_token != after.next_token
    assert not {trial.nct_id for trial in first.trials} & {trial.nct_id for trial in after.trials}


def test_one_study_alone():
    page = read_page(recorded("ctgov_v2_get_nct06604689_20260811.json").read_bytes())
    (trial,) = page.trials
    assert trial.status == "RECRUITING" and trial.sponsor == "Fudan University"
    assert trial.url == "https://clinicaltrials.gov/study/NCT06604689"


def test_lines_with_text_only_give_trials_whose_state_is_not_known():
    page = read_export(recorded("ctgov_bji_trials_text.jsonl.gz").read_bytes())
    assert len(page.trials) == 81 and not page.refused
    assert (
        page.trials[0].title.startswith("Patients Response to Early Switch") and page.trials[0].status == ""
    )
    assert not status_of(page.trials[0].status).is_open


def test_a_list_of_studies_is_read_and_doubles_are_counted():
    page = read_export(json.dumps([study(), study(), study("NCT00000002")]).encode())
    assert [trial.nct_id for trial in page.trials] == ["NCT00000001", "NCT00000002"]
    assert dict(page.refused) == {"the same study twice": 1}


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (study("NCT1"), "no NCT number"),
        ({}, "no NCT number"),
        ("x", "no NCT number"),
        (study(identification={"nctId": "NCT00000001"}), "no title"),
    ],
)
def test_what_is_no_study_is_counted(given, reason):
    page = read_page(json.dumps({"studies": [given]}).encode())
    assert page.trials == [] and dict(page.refused) == {reason: 1}


def test_fields_of_a_wrong_kind_read_as_missing():
    odd = study(
        status={"overallStatus": 5, "startDateStruct": "2020"},
        design={"enrollmentInfo": {"count": "many"}, "phases": "PHASE2"},
        contactsLocations={"locations": {"city": "x"}, "centralContacts": ["x"]},
        eligibility=[1],
        references={"references": [{"pmid": "x"}]},
    )
    (trial,) = read_page(json.dumps(odd).encode()).trials
    assert trial.status == "" and trial.started_on is None and trial.people is None
    assert trial.phases == () and trial.places == () and trial.contacts == () and trial.pmids == ()


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"studies": 1}', b'{"error": "x"}', b'{"studies": [', b"5"]
)
def test_an_answer_without_studies_is_refused(body):
    with pytest.raises(AnswerRefused):
        read_page(body)


def test_a_damaged_compressed_file_is_refused():
    with pytest.raises(AnswerRefused, match="damaged"):
        read_export(gzip.compress(b"x" * 5000)[:20])


def test_an_answer_with_no_studies_is_a_page():
    assert read_page(b'{"studies": []}').trials == []


def test_criteria_keep_every_line_under_its_heading():
    text = "Adults only\n\nKey Inclusion Criteria:\n\n* Age \\>18\n* Bone infection\n  proven by culture\n\n**Exclusion criteria**\n1. Pregnancy"
    assert criteria(text) == Criteria(
        ("Age >18", "Bone infection proven by culture"), ("Pregnancy",), ("Adults only",)
    )


def test_criteria_on_one_line_are_understood():
    found = criteria("Inclusion Criteria: adults\nExclusion Criteria: children")
    assert found == Criteria(("adults",), ("children",), ())
    assert criteria("") == Criteria()


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("18 Years", "", "18 years or older"),
        ("", "17 Years", "up to 17 years"),
        ("6 Months", "1 Year", "6 months to 1 year"),
        ("N/A", "", ""),
        ("eighteen", "old", ""),
    ],
)
def test_ages_in_words(low, high, words):
    assert ages_in_words(low, high) == words


def test_only_a_recruiting_trial_is_open():
    assert [key for key, status in STATUSES.items() if status.is_open] == ["RECRUITING"]
    assert not status_of("").is_open and not status_of("NOVEL").is_open
