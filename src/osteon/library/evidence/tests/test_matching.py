from __future__ import annotations

from dataclasses import dataclass

import pytest

from osteon.library.evidence.matching import find, same, stored, title_key
from osteon.standards.pubmed import Article as Read
from osteon.standards.pubmed import Notice, PublishedOn


@dataclass
class Row:
    title: str = "Bone infection."
    pmid: str = ""
    doi: str = ""
    year: int | None = 2020
    retracted: bool = False

    @property
    def title_key(self):
        return title_key(self.title)


def read(title="Bone infection", year=2020, **fields) -> Read:
    return Read(title=title, published=PublishedOn(year) if year else None, **fields)


@pytest.mark.parametrize(
    ("row", "other", "are"),
    [
        (Row(pmid="1"), read(pmid="1", title="Another title"), True),
        (Row(pmid="1"), read(pmid="2"), False),
        (Row(pmid="1", doi="10.1000/a"), read(doi="10.1000/a", title="Other"), True),
        (Row(pmid="1", doi="10.1000/a"), read(pmid="2", doi="10.1000/a"), False),
        (Row(doi="10.1000/a"), read(doi="10.1000/b"), False),
        (Row(pmid="1"), read(doi="10.1000/a"), True),
        (Row(title="<i>Bone</i>  INFECTION"), read("bone-infection."), True),
        (Row(), read(year=2021), False),
        (Row(year=None), read(year=None), False),
        (Row(), read("Joint infection"), False),
    ],
)
def test_two_records_are_one_article_by_number_then_doi_then_title_and_year(row, other, are):
    assert same(row, other) is are


def test_the_first_that_fits_is_found():
    rows = [Row(pmid="1"), Row(pmid="2")]
    assert find(rows, read(pmid="2")) is rows[1] and find(rows, read(pmid="3")) is None


def test_a_poorer_source_empties_nothing():
    columns = stored(read(pmid="1"), Row(pmid="1"))
    assert "abstract" not in columns and "journal" not in columns and columns["title"] == "Bone infection"
    assert stored(read())["abstract"] == []


def test_a_retraction_is_taken_back_only_by_a_source_that_knows():
    was = Row(retracted=True)
    assert stored(read(pmid="1"), was)["retracted"]
    assert not stored(read(pmid="1", types=("Journal Article",)), was)["retracted"]
    assert stored(read(notices=(Notice("RetractionIn", "x"),)), Row())["retracted"]
