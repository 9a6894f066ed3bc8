"""What search finds of external topics (``settings.LIBRARY_DOCUMENTS``)."""

from __future__ import annotations

from collections.abc import Iterator

from osteon.library.resources import addresses, queries
from osteon.library.resources.models import ExternalTopic
from osteon.library.search.documents import Document
from osteon.standards.safe_html import plain


def documents() -> Iterator[Document]:
    """Every topic of MedlinePlus that is still there."""
    for topic in queries.current_topics().iterator(chunk_size=200):
        yield document(topic)


def document(topic: ExternalTopic) -> Document:
    return Document(
        key=f"external/{topic.source}/{topic.source_id}",
        kind="external",
        language=topic.language,
        title=topic.title,
        url=addresses.external_topic(topic),
        also_called=tuple(dict.fromkeys([*topic.also_called, *topic.see_references])),
        summary=topic.description,
        body=plain(topic.summary),
        codes=tuple(f"MESH//{number}" for number, _name in topic.mesh),
    )
