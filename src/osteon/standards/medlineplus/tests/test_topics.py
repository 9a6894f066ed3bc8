from __future__ import annotations

import json
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

import pytest

from osteon.standards.medlineplus.topics import ReadTopics, Site, TopicLink, address
from osteon.standards.safe_xml import XmlRefused
from osteon.standards.tests.recorded import recorded


def topic(**changed) -> str:
    given = {"id": "5739", "title": "Bone Infections", "url": "https://medlineplus.gov/boneinfections.html"}
    given |= {"language": "English", "date-created": "01/07/2003"} | changed
    inner = given.pop("inner", "")
    attributes = " ".join(f"{name}={quoteattr(value)}" for name, value in given.items())
    return f"<health-topic {attributes}>{inner}</health-topic>"


def read(*topics: str) -> tuple[list, ReadTopics]:
    reader = ReadTopics(BytesIO(f"<health-topics>{''.join(topics)}</health-topics>".encode()))
    return list(reader), reader


def test_a_real_file_gives_both_languages_with_everything_in_them():
    with recorded("mplus_topics_2012-07-21_sample.xml").open("rb") as stream:
        english, spanish = ReadTopics(stream)
    assert (english.id, english.title, english.language) == ("3061", "Abdominal Pain", "en")
    assert english.url == "https://medlineplus.gov/abdominalpain.html"
    assert english.mate == TopicLink("3062", "Dolor abdominal", spanish.url, "es")
    assert spanish.mate.id == english.id and spanish.language == "es"
    assert english.also_called == ("Bellyache",)
    assert english.see_references == ("Bellyache", "Pain, Abdominal", "Stomach Ache")
    assert [related.title for related in english.related] == ["Pain", "Pelvic Pain"]
    assert english.mesh == (("D015746", "Abdominal Pain"),)
    assert english.other_languages[0][:2] == ("Spanish", "español")
    assert len(english.sites) + len(spanish.sites) == 79
    assert english.created_on.isoformat() == "2003-01-07"
    assert "Pain in the abdomen can come from any one" in english.text and "<" not in english.text


def test_a_link_keeps_every_section_it_stands_in():
    with recorded("mplus_topics_2012-07-21_sample.xml").open("rb") as stream:
        english = next(iter(ReadTopics(stream)))
    assert english.sites[0] == Site(
        "Abdominal CT scan",
        "https://medlineplus.gov/ency/article/003789.htm",
        ("Encyclopedia", "Patient Handouts"),
        url_in_other_language="https://medlineplus.gov/spanish/ency/article/003789.htm",
    )
    assert english.sites[0].is_licensed
    assert english.sites[2].organizations == ("National Headache Foundation",)


def test_categories_that_are_not_for_readers_are_left_out():
    with recorded("mplus_topics_2012-07-21_sample.xml").open("rb") as stream:
        sections = {
            section for topic in ReadTopics(stream) for site in topic.sites for section in site.sections
        }
    assert "Comience aquí" in sections and not [name for name in sections if "NON-DISPLAY" in name]


def test_a_current_record_is_read_alone():
    with recorded("health_topic_antibiotic_resistance.xml").open("rb") as stream:
        (found,) = ReadTopics(stream)
    assert found.summary.startswith("<h3>What are antibiotics?</h3>")
    assert found.primary_institute == "National Institute of Allergy and Infectious Diseases"
    assert found.mate.title == "Resistencia a los antibióticos" and found.mate.language == "es"
    assert [group.id for group in found.groups] == ["12", "36"]


def test_script_in_a_summary_is_gone():
    hostile = escape('<p onclick="x()">Pain</p><script>steal()</script><a href="javascript:x()">a</a>')
    (found,), _ = read(topic(inner=f"<full-summary>{hostile}</full-summary>"))
    assert found.summary == '<p>Pain</p><a rel="noopener noreferrer nofollow">a</a>'


def test_a_relative_address_in_a_summary_is_meant_from_their_site():
    inner = f"<full-summary>{escape('''<a tid='4' href='/mrsa.html'>MRSA</a>''')}</full-summary>"
    (found,), _ = read(topic(inner=inner))
    assert '<a href="https://medlineplus.gov/mrsa.html"' in found.summary


def test_white_space_in_attributes_is_tidied():
    (found,), _ = read(topic(title="  Bone \n Infections "))
    assert found.title == "Bone Infections"


def test_unknown_elements_and_attributes_are_passed_over():
    inner = "<new-thing><deep>x</deep></new-thing><also-called>Osteomyelitis</also-called>"
    (found,), reader = read(topic(inner=inner, colour="blue"), "<surprise/>")
    assert found.also_called == ("Osteomyelitis",) and reader.read == 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"id": ""}, "no id"),
        ({"id": "5739; drop"}, "an id that is no number"),
        ({"title": " "}, "no title"),
        ({"url": ""}, "no url"),
        ({"url": "javascript:alert(1)"}, "an address that is no web address"),
        ({"language": ""}, "no language"),
        ({"language": "Klingon"}, "an unknown language"),
    ],
)
def test_what_is_no_topic_is_counted_and_left_out(changed, reason):
    found, reader = read(topic(**changed), topic(id="1"))
    assert [one.id for one in found] == ["1"]
    assert dict(reader.refused) == {reason: 1} and reader.read == 2


def test_an_id_given_twice_keeps_the_first():
    found, reader = read(topic(), topic(title="Another"), topic(id="2"))
    assert [one.title for one in found] == ["Bone Infections", "Bone Infections"]
    assert dict(reader.refused) == {"id given twice": 1}


def test_a_date_that_is_none_is_unknown():
    assert read(topic(**{"date-created": "someday"}))[0][0].created_on is None


def test_links_without_address_or_title_are_left_out():
    inner = (
        "<site title='A' url='no address'/><related-topic url='https://a.example/'/><site title='B' url=''/>"
    )
    (found,), _ = read(topic(inner=inner))
    assert found.sites == () and found.related == () and found.mate is None


@pytest.mark.parametrize(
    "data",
    [
        b"<health-topics><health-topic id='1'",
        b"<html><body>Not today</body></html>",
        b'<!DOCTYPE health-topics [<!ENTITY a "x">]><health-topics/>',
        b"",
    ],
)
def test_a_damaged_or_hostile_file_is_refused(data):
    with pytest.raises(XmlRefused):
        list(ReadTopics(BytesIO(data)))


def test_old_addresses_lead_to_where_the_pages_are_now():
    assert address("http://www.nlm.nih.gov/medlineplus/pain.html ") == "https://medlineplus.gov/pain.html"
    assert address("https://kidshealth.org/x") == "https://kidshealth.org/x"
    assert address("nowhere") == ""


def test_a_large_file_is_read_one_topic_at_a_time():
    inner = f"<full-summary>{escape('<p>Bone infection is treated. </p>' * 60)}</full-summary>"
    data = f"<health-topics>{''.join(topic(id=str(n), inner=inner) for n in range(1000))}".encode()
    stream = BytesIO(data)
    first = next(iter(ReadTopics(stream)))
    assert first.id == "0" and stream.tell() < len(data) / 10


def test_summaries_of_both_languages_keep_their_text():
    summaries = json.loads(recorded("medlineplus_summaries_html_en_es_2011.json").read_text())
    pages = [page for page in _texts(summaries) if "<" in page]
    assert len(pages) > 30
    (found, *_), _ = read(
        *(topic(id=str(n), inner=f"<full-summary>{escape(p)}</full-summary>") for n, p in enumerate(pages))
    )
    assert len(found.text) > 100


def _texts(thing):
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict | list):
        for inner in thing.values() if isinstance(thing, dict) else thing:
            yield from _texts(inner)
