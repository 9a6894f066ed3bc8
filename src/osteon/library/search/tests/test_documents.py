from __future__ import annotations

import pytest

from osteon.library.search.documents import Document, UnfitDocument

FIT = {"key": "a", "kind": "topics", "language": "en", "title": "A", "url": "/a/"}


def test_a_document_keeps_tuples_whatever_it_was_given():
    document = Document(**FIT, audience=["gps"], codes=["ICD10//M86"], also_called=["B"])
    assert (document.audience, document.codes, document.also_called) == (("gps",), ("ICD10//M86",), ("B",))


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"key": ""}, "its key"), ({"key": "k" * 201}, "its key"), ({"title": "  "}, "no title"),
        ({"url": ""}, "no address"), ({"kind": "topic"}, "kind 'topic'"), ({"language": "fr"}, "language 'fr'"),
        ({"audience": ()}, "audience"), ({"audience": ("everyone",)}, "audience"),
    ],
)  # fmt: skip
def test_a_document_that_could_not_be_found_or_filtered_is_refused_by_name(wrong, words):
    with pytest.raises(UnfitDocument, match=words):
        Document(**{**FIT, **wrong})
