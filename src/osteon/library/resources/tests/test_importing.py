from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape

import pytest

from osteon.library.pages import caching
from osteon.library.resources import actions, queries
from osteon.library.resources.models import ExternalName, ExternalSite, ExternalTopic, TopicImport
from osteon.standards.safe_xml import XmlRefused
from osteon.standards.tests.recorded import recorded

pytestmark = pytest.mark.django_db


def topic(number: int, title: str = "", inner: str = "", language: str = "English") -> str:
    title = title or f"Topic {number}"
    return (
        f'<health-topic id="{number}" title="{title}" url="https://medlineplus.gov/t{number}.html" '
        f'language="{language}">{inner}</health-topic>'
    )


def take(*topics: str, complete: bool = False) -> TopicImport:
    body = f"<health-topics>{''.join(topics)}</health-topics>".encode()
    return actions.import_topics(stream=BytesIO(body), name="test.xml", complete=complete)


def test_a_real_file_is_taken_in_and_twice_changes_nothing():
    path = recorded("mplus_topics_2012-07-21_sample.xml")
    for counts in ({"added": 2, "read": 2}, {"unchanged": 2, "read": 2}):
        with path.open("rb") as stream:
            assert actions.import_topics(stream=stream, name=path.name).counts == counts
    english, spanish = queries.current_topics().order_by("language")
    assert english.sites.count() + spanish.sites.count() == 79
    assert english.sites.first().sections == ["Encyclopedia", "Patient Handouts"]
    assert queries.mates_of(english) == spanish and queries.mates_of(spanish) == english
    assert english.also_called == ["Bellyache"] and english.related[0][1] == "Pain"
    assert TopicImport.objects.count() == 2


def test_a_changed_topic_replaces_its_links_and_names():
    site = "<site title='A' url='https://a.example/'/>"
    take(topic(1, inner=f"<also-called>Old</also-called>{site}{site}"), topic(2))
    done = take(topic(1, inner=f"<also-called>New</also-called>{site}"), topic(2))
    assert done.counts == {"changed": 1, "unchanged": 1, "read": 2}
    assert ExternalTopic.objects.count() == 2 and ExternalSite.objects.count() == 1
    assert set(ExternalName.objects.filter(topic__source_id="1").values_list("name", flat=True)) == {
        "topic 1",
        "new",
    }


def test_what_is_refused_is_counted_for_editors():
    done = take(topic(1), topic(1), topic(2, language="Klingon"))
    assert done.counts == {"added": 1, "read": 3}
    assert done.refused == {"id given twice": 1, "an unknown language": 1}
    assert queries.last_import() == done and done.report["refused"] == done.refused


def test_a_summary_is_stored_without_its_script():
    take(topic(1, inner=f"<full-summary>{escape('<p>Pain</p><script>steal()</script>')}</full-summary>"))
    assert ExternalTopic.objects.get().summary == "<p>Pain</p>"


@pytest.mark.parametrize(
    "body",
    [
        b"<health-topics>" + topic(1).encode() + b"<health-topic id='2'",
        b"<html>moved</html>",
        b'<!DOCTYPE x [<!ENTITY a "b">]><health-topics>' + topic(1).encode() + b"</health-topics>",
    ],
)
def test_a_damaged_or_hostile_file_changes_nothing(body):
    with pytest.raises(XmlRefused):
        actions.import_topics(stream=BytesIO(body), name="bad.xml")
    assert not ExternalTopic.objects.exists() and not TopicImport.objects.exists()


def test_a_file_without_topics_is_refused():
    with pytest.raises(actions.TopicsRefused, match="no topic"):
        take()


def test_a_complete_file_withdraws_what_it_lacks_and_brings_back_what_returns():
    take(*(topic(n) for n in range(1, 5)))
    assert take(*(topic(n) for n in range(1, 4)), complete=True).counts["withdrawn"] == 1
    assert [one.source_id for one in queries.current_topics()] == ["1", "2", "3"]
    assert take(topic(4)).counts == {"changed": 1, "read": 1}
    assert queries.current_topics().count() == 4


def test_a_file_that_lacks_most_topics_is_not_believed_to_be_complete():
    take(*(topic(n) for n in range(1, 6)))
    with pytest.raises(actions.TopicsRefused, match="more than half"):
        take(topic(1), topic(9), complete=True)
    assert queries.current_topics().count() == 5


def test_many_topics_are_written_in_few_queries(django_assert_max_num_queries):
    topics = [topic(n, inner="<site title='A' url='https://a.example/'/>") for n in range(1, 401)]
    with django_assert_max_num_queries(40):
        assert take(*topics).counts["added"] == 400


def test_pages_that_were_kept_are_forgotten():
    before = caching.generation()
    take(topic(1))
    assert caching.generation() > before


def test_names_find_topics_of_one_language():
    take(
        topic(1, "MRSA", inner="<see-reference>Staph (resistant)</see-reference>"),
        topic(2, "MRSA", language="Spanish"),
    )
    find = queries.external_topics_named
    assert [one.source_id for one in find(names=["staph RESISTANT"], language="en")] == ["1"]
    assert [one.source_id for one in find(names=["mrsa"], language="es")] == ["2"]
    assert find(names=[], language="en") == [] and find(names=["x"], language="en") == []
