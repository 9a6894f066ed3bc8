"""What to read about a code: our answer to a request of MedlinePlus Connect's or the Infobutton's form.

The order of matching: the exact code, each wider code, MeSH and every name a page goes by; then what MedlinePlus
has, as far as it was imported or kept. Nothing that fits is an answer too: a feed without entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from osteon.library.resources import coded, connecting, queries
from osteon.library.resources.coded import CodedPage, Table
from osteon.library.resources.models import ExternalTopic
from osteon.library.resources.names import folded, mesh_name
from osteon.standards.infobutton import Coded, Entry, Feed, KnowledgeRequest
from osteon.standards.infobutton.systems import CodeSystem, is_wellformed, parents
from osteon.standards.medlineplus import ATTRIBUTION

MOST = 6
FALLBACK = "osteon.languageFallback"
SOURCE = "osteon.source"
# MeSH qualifiers of a subtopic and the section of a page they ask for (library_and_connect.md, 4.1)
SUBTOPICS = {
    "Q000175": "tests",
    "Q000628": "treatments",
    "Q000188": "treatments",
    "Q000601": "treatments",
    "Q000009": "risks",
    "Q000209": "causes",
}
# MeSH age groups and UCUM units: who is a child, who a teenager, who neither
AGE_GROUPS = {
    "D007231": "children",
    "D007223": "children",
    "D002648": "children",
    "D000293": "teenagers",
    "D000328": "adults",
    "D008875": "adults",
    "D000368": "adults",
    "D000369": "adults",
}
YOUNG = {"children", "teenagers"}
YEARS_IN = {"a": 1.0, "mo": 1 / 12, "wk": 1 / 52, "d": 1 / 365}


def answer(request: KnowledgeRequest, *, echo: Iterable[tuple[str, str]]) -> Feed:
    """The feed for a request; ``echo`` is what it repeats of it."""
    table = coded.table()
    entries = [entry for topic in request.topics for entry in _entries(table, topic, request)]
    unique = {entry.id: entry for entry in entries}
    return Feed(
        title=f"{settings.WAGTAIL_SITE_NAME}: library",
        subtitle=f"Results for {_named(request.topics[0])}",
        base=f"{settings.LIBRARY_ADDRESS}/",
        language=request.language,
        updated=_instant(timezone.now()),
        author=settings.WAGTAIL_SITE_NAME,
        author_uri=settings.LIBRARY_ADDRESS,
        id=f"tag:{_host()},2026:reading",
        categories=tuple(echo),
        entries=tuple(unique.values()),
    )


def connect_echo(request: KnowledgeRequest) -> list[tuple[str, str]]:
    """As MedlinePlus Connect repeats a request: the system by its name, not its OID."""
    topic = request.topics[0]
    system = topic.code_system
    return [
        ("mainSearchCriteria.v.c", topic.code),
        ("mainSearchCriteria.v.cs", system.echo if system else topic.system),
        ("mainSearchCriteria.v.dn", topic.display),
        ("informationRecipient", request.recipient),
    ]


def _entries(table: Table, topic: Coded, request: KnowledgeRequest) -> Iterator[Entry]:
    pages = _fitting(table, topic, request)
    if not pages:
        yield from _from_medlineplus(topic, request)
    for page in pages[:MOST]:
        yield _entry(page, request)
        yield from _sections(page, request)


# Our own pages


def _fitting(table: Table, topic: Coded, request: KnowledgeRequest) -> list[CodedPage]:
    """The pages under the code, narrow before wide; where there are none, those that go by the name.

    Whom a page is written for counts before how exact its code is: an adult with M86.0 is not sent to the page
    for children because that one carries the exact code.
    """
    for steps in (_by_code(table, topic), _by_name(table, topic)):
        steps_of: dict[str, int] = {}
        found: list[CodedPage] = []
        for step, pages in enumerate(steps):
            new = [page for page in _for_reader(pages, request) if page.key not in steps_of]
            steps_of.update((page.key, step) for page in new)
            found += new
        if kept := _in_language(found, request.language):
            return sorted(kept, key=lambda page: _rank(page, steps_of[page.key], request))
    return []


def _by_code(table: Table, topic: Coded) -> list[list[CodedPage]]:
    system, code = topic.code_system, topic.code.upper()
    if system is None or not is_wellformed(system, code):
        return []
    drawer = "ICD10" if system.key == "ICD10CM" else system.key
    return [table.by_code.get(f"{drawer}//{wider}", []) for wider in parents(system, code)]


def _by_name(table: Table, topic: Coded) -> list[list[CodedPage]]:
    names = [mesh_name(topic.code)] if topic.code_system and topic.code_system.key == "MESH" else []
    names += [folded(name) for name in (topic.display, topic.original) if name]
    return [table.by_name.get(name, []) for name in names]


def _for_reader(pages: list[CodedPage], request: KnowledgeRequest) -> list[CodedPage]:
    """Patients are not sent to the pages for GPs, nor adults to those for the young; clinicians may hand out all."""
    if request.recipient == "PROV":
        return pages
    grown = _age_group(request) == "adults"
    return [
        page
        for page in pages
        if set(page.audiences) != {"gps"} and not (grown and YOUNG & set(page.audiences))
    ]


def _in_language(pages: list[CodedPage], language: str) -> list[CodedPage]:
    """Of each page the translation asked for, else the English one; the entry then says so."""
    families: dict[str, CodedPage] = {}
    for page in pages:
        if page.language == language or (page.language == "en" and page.family not in families):
            families[page.family] = page
    # A translation may stand under codes that its English page lacks, and the other way round.
    return [page for page in families.values() if page.language in (language, "en")]


def _rank(page: CodedPage, step: int, request: KnowledgeRequest) -> tuple[bool, bool, int, int, str]:
    return (
        page.language != request.language,
        not _suits(page, request),
        step,
        coded.KINDS.index(page.kind),
        page.title,
    )


def _suits(page: CodedPage, request: KnowledgeRequest) -> bool:
    """Whether it is written for this very reader: without an age, for adults rather than for the young."""
    if request.recipient == "PROV":
        return "gps" in page.audiences
    group = _age_group(request)
    if group in YOUNG:
        return group in page.audiences
    return "patients" in page.audiences and not YOUNG & set(page.audiences)


def _age_group(request: KnowledgeRequest) -> str:
    if request.age_group in AGE_GROUPS:
        return AGE_GROUPS[request.age_group]
    if not request.age.isdecimal() or request.age_unit not in YEARS_IN or len(request.age) > 4:
        return ""
    years = int(request.age) * YEARS_IN[request.age_unit]
    return "children" if years < 13 else "teenagers" if years < 18 else "adults"


def _entry(page: CodedPage, request: KnowledgeRequest) -> Entry:
    fallback = ((FALLBACK, page.language),) if page.language != request.language else ()
    return Entry(
        title=page.title,
        href=page.url,
        id=_tag(page),
        summary=f"<p>{escape(page.summary)}</p>",
        updated=_instant(page.changed_at),
        language=page.language,
        categories=((SOURCE, settings.WAGTAIL_SITE_NAME), *fallback),
    )


def _sections(page: CodedPage, request: KnowledgeRequest) -> Iterator[Entry]:
    """The parts a subtopic asks for, as entries beside their page that point to it."""
    wanted = {SUBTOPICS[topic.code] for topic in request.subtopics if topic.code in SUBTOPICS}
    for key, heading, anchor in page.sections:
        if key in wanted:
            whole = _entry(page, request)
            yield replace(
                whole,
                title=f"{page.title}: {heading}",
                href=f"{page.url}#{anchor}",
                id=f"{whole.id}#{anchor}",
                summary="",
                parent=whole.id,
            )


def _tag(page: CodedPage) -> str:
    return f"tag:{_host()},2026:{page.key}"


# MedlinePlus


def _from_medlineplus(topic: Coded, request: KnowledgeRequest) -> Iterator[Entry]:
    """What was imported or kept, never a question to the outside while somebody waits."""
    system = topic.code_system
    topics = queries.external_topics_named(
        mesh=[topic.code] if system and system.key == "MESH" else [],
        names=[name for name in (topic.display, topic.original) if name],
        language=request.language,
    )
    found = [_external(one) for one in topics[:MOST]]
    if not found and system and is_wellformed(system, topic.code.upper()):
        found = _kept(system, topic.code, request.language)
    yield from found


def _kept(system: CodeSystem, code: str, language: str) -> list[Entry]:
    for wider in parents(system, code.upper()):
        feed = connecting.kept(system, wider, language)
        if feed and feed.entries:
            return [replace(one, categories=((SOURCE, "MedlinePlus"),)) for one in feed.entries[:3]]
    return []


def _external(topic: ExternalTopic) -> Entry:
    return Entry(
        title=topic.title,
        href=topic.url,
        id=f"tag:medlineplus.gov,2026:{topic.source_id}",
        summary=f"{topic.summary}<p>{ATTRIBUTION}</p>",
        updated=_instant(topic.imported_at),
        language=topic.language,
        categories=((SOURCE, "MedlinePlus"),),
    )


# Words


def _named(topic: Coded) -> str:
    system: CodeSystem | None = topic.code_system
    if topic.code:
        return f"{system.title if system else 'code'} {topic.code}"
    return topic.display or topic.original


def _host() -> str:
    return urlsplit(settings.LIBRARY_ADDRESS).hostname or "localhost"


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
