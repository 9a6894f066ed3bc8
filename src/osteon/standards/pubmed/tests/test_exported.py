from __future__ import annotations

import pytest

from osteon.standards.pubmed.exported import ExportRefused, read_export
from osteon.standards.safe_xml import XmlRefused
from osteon.standards.tests.recorded import recorded

NBIB = """
PMID- 31464858
TI  - Local antimicrobial strategies in fracture-related
      infection.
AB  - An abstract
      of two lines.
AU  - Metsemakers WJ
AU  - Fragomen AT
TA  - J Orthop Trauma
DP  - 2020 Jan
LID - 10.1097/BOT.0000000000001615 [doi]
PT  - Journal Article
PT  - Retracted Publication
MH  - *Osteomyelitis/therapy
SI  - ClinicalTrials.gov/NCT01245062
RIN - J Orthop Trauma. 2021;1:1

PMID-
TI  - Without a number
"""

NEW_CSV = (
    "\ufeffPMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI\r\n"
    '38856741,"Spine, and more.","Zijlstra H, Te Velde JP.",Global Spine J. 2025,Zijlstra H,Global Spine J,2025,'
    "2024/06/10,PMC11571351,,10.1177/21925682241260651\r\n"
    ",No number,,,,,,,,,\r\n"
)


def test_the_summary_text_of_172_reviews_is_read_whole():
    found = read_export(recorded("pubmed_bji_reviews_summary_format.txt").read_bytes())
    assert found.kind == "Summary (text)" and len(found.articles) == 172 and not found.refused
    assert len({article.pmid for article in found.articles}) == 172
    assert sum(1 for article in found.articles if article.authors) >= 170
    assert sum(1 for article in found.articles if article.doi) >= 165
    assert all(article.published and 2017 <= article.published.year <= 2025 for article in found.articles)
    assert all(20 < len(article.title) < 250 for article in found.articles)


def test_an_entry_of_the_summary_text_is_taken_apart():
    first, second = read_export(recorded("pubmed_bji_reviews_summary_format.txt").read_bytes()).articles[:2]
    assert first.title.startswith(
        "Skipped vertebral spontaneous spondylodiscitis caused by Granulicatella adiacens: Case"
    )
    assert (first.journal, str(first.published)) == ("J Clin Orthop Trauma", "2020-09")
    assert (first.volume, first.issue, first.pages) == ("11", "5", "937-941")
    assert (first.pmid, first.pmcid, first.doi) == ("32879584", "PMC7452249", "10.1016/j.jcot.2019.07.002")
    assert first.authors[0] == "Perna A" and first.authors[-1] == "Proietti L"
    assert "Meta-Analysis" in second.title and second.journal == "Surg Infect (Larchmt)"


def test_the_old_csv_is_read():
    found = read_export(recorded("pubmed_bji_result_2019.csv").read_bytes())
    assert found.kind == "CSV" and len(found.articles) == 6 and not found.refused
    first = found.articles[0]
    assert (first.pmid, first.journal, str(first.published)) == ("31464858", "J Orthop Trauma", "2019-08-26")
    assert first.doi == "10.1097/bot.0000000000001615" and first.authors[0] == "Metsemakers WJ"
    assert found.articles[1].pmcid == "PMC6712677"


def test_the_new_csv_is_read_and_its_broken_rows_counted():
    found = read_export(NEW_CSV.encode())
    (article,) = found.articles
    assert (article.title, article.journal, str(article.published)) == (
        "Spine, and more.",
        "Global Spine J",
        "2025",
    )
    assert article.authors == ("Zijlstra H", "Te Velde JP") and article.doi == "10.1177/21925682241260651"
    assert dict(found.refused) == {"a row without title or PMID": 1}


def test_the_pubmed_format_is_read_with_its_retraction():
    found = read_export(NBIB.encode())
    (article,) = found.articles
    assert article.title == "Local antimicrobial strategies in fracture-related infection."
    assert article.abstract == (("", "An abstract of two lines."),)
    assert article.authors == ("Metsemakers WJ", "Fragomen AT") and article.mesh == ("Osteomyelitis",)
    assert article.is_retracted and article.trials == ("NCT01245062",)
    assert dict(found.refused) == {"a record without title or PMID": 1}


def test_xml_is_told_by_its_content():
    found = read_export(recorded("pubmed_efetch_22663011.xml").read_bytes())
    assert found.kind == "PubMed XML" and found.articles[0].pmid == "22663011"


def test_a_broken_entry_of_the_summary_text_is_counted():
    found = read_export(
        b"1: Something without a journal or number here.\n\n2: Doe J. A title. J Bone. 2020;1(2):3. PMID: 5.\n"
    )
    assert [article.pmid for article in found.articles] == ["5"]
    assert found.refused.total() == 1


@pytest.mark.parametrize("data", [b"", b"hello", b"a,b\n1,2\n", b"\xff\xfe\x00\x01", b"%PDF-1.7"])
def test_any_other_file_is_refused(data):
    with pytest.raises(ExportRefused):
        read_export(data)


def test_damaged_xml_is_refused():
    with pytest.raises(XmlRefused):
        read_export(b"<PubmedArticleSet><PubmedArticle>")
