"""Changes of the index. Each is one transaction; searching goes on with the index as it was until it is done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from osteon.library.search import concepts
from osteon.library.search.documents import Document
from osteon.library.search.models import IndexedDocument, IndexRevision
from osteon.library.search.weighing import weigh

BATCH = 500
KEPT = [field.name for field in IndexedDocument._meta.fields if field.name not in ("id", "key")]


@transaction.atomic
def replace(documents: Iterable[Document]) -> int:
    """Add these documents, each in place of what stood under its key; how many there were."""
    revision = next_revision()
    rows = (indexed(document, revision) for document in documents)
    number = 0
    while batch := list(islice(rows, BATCH)):
        latest = {row.key: row for row in batch}  # a key given twice in one batch: the last one stands
        IndexedDocument.objects.bulk_create(
            latest.values(), update_conflicts=True, unique_fields=["key"], update_fields=KEPT
        )
        number += len(batch)
    return number


@transaction.atomic
def remove(keys: Iterable[str]) -> int:
    """Take these documents out; how many there were. An unknown key is passed over."""
    standing = IndexedDocument.objects.filter(key__in=list(keys), removed=False)
    return standing.update(
        removed=True,
        revision=next_revision(),
        title="",
        summary="",
        body="",
        written="",
        terms={},
        also_called=[],
        codes=[],
    )


@transaction.atomic
def rebuild() -> int:
    """Ask every part of the library for its documents; what none of them gives any more is taken out."""
    given: set[str] = set()
    number = replace(noted(every_document(), given))
    standing = IndexedDocument.objects.filter(removed=False).values_list("key", flat=True)
    remove([key for key in standing.iterator() if key not in given])
    return number


def every_document() -> Iterator[Document]:
    for name in settings.LIBRARY_DOCUMENTS:
        yield from import_string(name)()


def noted(documents: Iterable[Document], given: set[str]) -> Iterator[Document]:
    for document in documents:
        given.add(document.key)
        yield document


def next_revision() -> int:
    """The number of this change. The row is locked to the end of the transaction, so numbers come out in order."""
    IndexRevision.objects.get_or_create(pk=1)
    IndexRevision.objects.filter(pk=1).update(number=F("number") + 1, mark=uuid.uuid4())
    return IndexRevision.objects.get(pk=1).number


def indexed(document: Document, revision: int) -> IndexedDocument:
    weighed = weigh(document)
    return IndexedDocument(
        **asdict(document),
        terms=weighed.terms,
        written=" ".join(weighed.written),
        analysed_by=concepts.version(),
        removed=False,
        revision=revision,
    )
