"""What is asked of the tables of external topics."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from osteon.library.resources.models import ConnectAnswer, ExternalTopic, TopicImport
from osteon.library.resources.names import folded, mesh_name
from osteon.standards.infobutton import CodeSystem


def current_topics(language: str = "") -> QuerySet[ExternalTopic]:
    """Topics that are still there, of one language or both."""
    topics = ExternalTopic.objects.filter(withdrawn_at__isnull=True)
    return topics.filter(language=language) if language else topics


def external_topics_named(
    *, mesh: Sequence[str] = (), names: Sequence[str], language: str
) -> list[ExternalTopic]:
    """Topics that have one of these MeSH numbers or names: title, also called, found under."""
    wanted = [folded(name) for name in names] + [mesh_name(number) for number in mesh]
    if not wanted:
        return []
    found = current_topics(language).filter(names__name__in=wanted).distinct()
    return list(found.prefetch_related("sites")[:10])


def connect_answer(system: CodeSystem, code: str, language: str) -> ConnectAnswer | None:
    return ConnectAnswer.objects.filter(system=system.key, code=code, language=language).first()


def mates_of(topic: ExternalTopic) -> ExternalTopic | None:
    """The same topic in the other language."""
    if not topic.mate_id:
        return None
    return current_topics().filter(source=topic.source, source_id=topic.mate_id).first()


def last_import() -> TopicImport | None:
    return TopicImport.objects.first()


def external_topic(number: str, language: str) -> ExternalTopic | None:
    """One topic by its number at MedlinePlus."""
    found = current_topics(language).filter(source="medlineplus", source_id=number)
    return found.prefetch_related("sites").first()


def here_among(numbers: Sequence[str]) -> dict[str, ExternalTopic]:
    """Those of these topics that we have, by number."""
    found = current_topics().filter(source="medlineplus", source_id__in=list(numbers))
    return {topic.source_id: topic for topic in found}
