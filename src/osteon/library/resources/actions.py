"""What changes: topics imported, answers kept. Nothing here asks the network."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from osteon.library.pages import caching
from osteon.library.resources.models import (
    ConnectAnswer,
    ExternalName,
    ExternalSite,
    ExternalTopic,
    TopicImport,
)
from osteon.library.resources.names import folded, mesh_name
from osteon.standards.medlineplus import HealthTopic, ReadTopics

BATCH = 200
SOURCE = "medlineplus"


class TopicsRefused(ValueError):
    """The file was not imported; nothing changed. The text is for an editor."""


@transaction.atomic
def import_topics(*, stream: BinaryIO, name: str, complete: bool = False) -> TopicImport:
    """Takes in a file of health topics; doing it twice changes nothing the second time.

    ``complete``: the file holds all topics there are, so those it lacks are withdrawn.

    Raises:
        XmlRefused: when the file is malformed, truncated or hostile.
        TopicsRefused: when it holds no topic, or a "complete" one lacks more than half of what is known.
    """
    reader = ReadTopics(stream)
    counts = _kept(reader)
    if not counts.total():
        raise TopicsRefused("There is no topic in it.")
    if complete:
        counts["withdrawn"] = _withdraw(reader.seen, name)
    counts["read"] = reader.read
    caching.forget_all()
    return TopicImport.objects.create(
        name=name[:200], complete=complete, counts=dict(counts), refused=dict(reader.refused)
    )


def keep_topics(*, topics: Iterable[HealthTopic], name: str) -> TopicImport:
    """Takes in topics of an answer of the search service."""
    with transaction.atomic():
        counts = _kept(topics)
        caching.forget_all()
        return TopicImport.objects.create(name=name[:200], complete=False, counts=dict(counts))


def _kept(topics: Iterable[HealthTopic]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for batch in _batches(topics):
        known = dict(_known(batch))
        changed = []
        for topic in batch:
            before, digest = known.get(topic.id), digest_of(topic)
            state = "added" if before is None else "unchanged" if before == digest else "changed"
            counts[state] += 1
            if state != "unchanged":
                changed.append(_row(topic, digest))
        _write(changed, {topic.id: topic for topic in batch})
    return counts


def _batches(topics: Iterable[HealthTopic]) -> Iterator[list[HealthTopic]]:
    batch: list[HealthTopic] = []
    for topic in topics:
        batch.append(topic)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _known(batch: Sequence[HealthTopic]) -> Any:
    """(number, digest) of those that are there; a withdrawn one that comes back counts as changed."""
    rows = ExternalTopic.objects.filter(source=SOURCE, source_id__in=[topic.id for topic in batch])
    for number, digest, withdrawn in rows.values_list("source_id", "digest", "withdrawn_at"):
        yield number, "" if withdrawn else digest


def digest_of(topic: HealthTopic) -> str:
    """Changes when anything of the topic does."""
    return hashlib.sha256(json.dumps(asdict(topic), sort_keys=True, default=str).encode()).hexdigest()


def _row(topic: HealthTopic, digest: str) -> ExternalTopic:
    return ExternalTopic(
        source=SOURCE,
        source_id=topic.id,
        language=topic.language,
        title=topic.title[:300],
        url=topic.url[:500],
        description=topic.description,
        summary=topic.summary,
        also_called=list(topic.also_called),
        see_references=list(topic.see_references),
        groups=[[group.title, group.url] for group in topic.groups],
        related=[[related.id, related.title, related.url] for related in topic.related],
        mesh=[list(pair) for pair in topic.mesh],
        other_languages=[list(one) for one in topic.other_languages],
        mate_id=topic.mate.id if topic.mate else "",
        institute=topic.primary_institute[:300],
        institute_url=topic.primary_institute_url[:500],
        created_on=topic.created_on,
        digest=digest,
        imported_at=timezone.now(),
        withdrawn_at=None,
    )


_KEY = ("source", "source_id")


def _write(rows: list[ExternalTopic], topics: dict[str, HealthTopic]) -> None:
    if not rows:
        return
    columns = [f.name for f in ExternalTopic._meta.concrete_fields if f.name not in ("id", *_KEY)]
    ExternalTopic.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=list(_KEY), update_fields=columns
    )
    numbers = [row.source_id for row in rows]
    ids = dict(
        ExternalTopic.objects.filter(source=SOURCE, source_id__in=numbers).values_list("source_id", "pk")
    )
    ExternalSite.objects.filter(topic__in=ids.values()).delete()
    ExternalName.objects.filter(topic__in=ids.values()).delete()
    ExternalSite.objects.bulk_create(
        (site for number, pk in ids.items() for site in _sites(topics[number], pk)), batch_size=500
    )
    ExternalName.objects.bulk_create(
        (
            ExternalName(topic_id=pk, name=name)
            for number, pk in ids.items()
            for name in _names(topics[number])
        ),
        batch_size=500,
    )


def _sites(topic: HealthTopic, pk: int) -> Iterator[ExternalSite]:
    for position, site in enumerate(topic.sites):
        if len(site.url) <= 1000:
            yield ExternalSite(
                topic_id=pk,
                position=position,
                title=site.title[:500],
                url=site.url,
                sections=list(site.sections),
                organizations=list(site.organizations),
                notes=list(site.notes),
                url_in_other_language=site.url_in_other_language[:1000],
            )


def _names(topic: HealthTopic) -> list[str]:
    names = [folded(name) for name in (topic.title, *topic.also_called, *topic.see_references)]
    names += [mesh_name(number) for number, _ in topic.mesh]
    return [name for name in dict.fromkeys(names) if name]


def _withdraw(seen: set[str], name: str) -> int:
    current = ExternalTopic.objects.filter(source=SOURCE, withdrawn_at__isnull=True)
    gone = [pk for pk, number in current.values_list("pk", "source_id") if number not in seen]
    if len(gone) * 2 > current.count():
        raise TopicsRefused(
            f"{name} lacks more than half of the topics we have: it is not the complete file."
        )
    for part in batched_ids(gone):
        ExternalTopic.objects.filter(pk__in=part).update(withdrawn_at=timezone.now())
    return len(gone)


def batched_ids(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """SQLite takes a limited number of values in one statement."""
    for start in range(0, len(ids), 500):
        yield ids[start : start + 500]


# MedlinePlus Connect


def keep_answer(*, system: str, code: str, language: str, body: bytes) -> None:
    """The last good answer."""
    ConnectAnswer.objects.update_or_create(
        system=system,
        code=code,
        language=language,
        defaults={"body": body, "fetched_at": timezone.now(), "failed_at": None, "failure": ""},
    )


def note_failure(*, system: str, code: str, language: str, failure: str) -> None:
    """The service did not answer, or made no sense; what was kept stays."""
    ConnectAnswer.objects.update_or_create(
        system=system,
        code=code,
        language=language,
        defaults={"failed_at": timezone.now(), "failure": failure[:300]},
        create_defaults={"body": b"", "failed_at": timezone.now(), "failure": failure[:300]},
    )
