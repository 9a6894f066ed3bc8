from __future__ import annotations

import pytest

from osteon.standards.pubmed.articles import (
    Article,
    Notice,
    PublishedOn,
    folded_title,
    month_number,
    tidy_doi,
)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2020 Sep-Oct", "2020-09"),
        ("2019 Aug 26", "2019-08-26"),
        ("2012-07-21", "2012-07-21"),
        ("2012-07", "2012-07"),
        ("Winter 2019", "2019"),
        ("1998 Dec-1999 Jan", "1998-12"),
        ("2020 Feb 31st", "2020-02"),
        ("2020 13 40", "2020"),
        ("2020 Jan 99", "2020-01"),
    ],
)
def test_a_date_keeps_the_precision_it_was_given_in(text, date):
    assert str(PublishedOn.parse(text)) == date


@pytest.mark.parametrize("text", ["", "someday", "20", "12345", "3020"])
def test_no_year_is_no_date(text):
    assert PublishedOn.parse(text) is None


def test_months_come_as_names_or_numbers():
    assert [month_number(text) for text in ("Jul", "july", "07", "7", "0", "13", "Xyz", "")] == [
        7, 7, 7, 7, None, None, None, None,
    ]  # fmt: skip


def test_dates_sort_by_year_then_month():
    assert PublishedOn(2020, 3) > PublishedOn(2019, 12) and PublishedOn(2020, 3, 2) > PublishedOn(2020, 3, 1)


def test_a_retraction_is_known_by_type_by_its_number_or_by_a_notice():
    assert Article("A", types=("Retracted Publication",)).is_retracted
    assert Article("A", type_ids=("D016441",)).is_retracted
    assert Article("A", notices=(Notice("RetractionIn", "J. 2020"),)).is_retracted
    assert not Article("A", notices=(Notice("ErratumIn", "J. 2020"),)).is_retracted
    assert Article("A", types=("Retraction of Publication",)).is_retraction_notice


def test_titles_are_compared_without_case_marks_and_mark_up():
    assert folded_title("The <i>S. aureus</i> Bone–Infection.") == folded_title("the s aureus bone infection")


def test_a_doi_is_found_in_whatever_form():
    assert tidy_doi("doi: https://doi.org/10.1097/BOT.0000000000001615.") == "10.1097/bot.0000000000001615"
    assert tidy_doi("none") == ""


def test_an_article_is_read_about_where_it_is_known():
    assert Article("A", pmid="1", doi="10.1000/x").url == "https://pubmed.ncbi.nlm.nih.gov/1/"
    assert Article("A", doi="10.1000/x").url == "https://doi.org/10.1000/x"
    assert Article("A").url == ""
