"""What changes: articles and trials taken in, sorted under topics, asked for anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from osteon.library.evidence import matching
from osteon.library.evidence.models import Article, ArticleLink, SavedQuery, Trial, TrialLink
from osteon.library.evidence.topics import Topic, belonging, topics
from osteon.library.pages import caching
from osteon.standards.asking import TooManyRequests, Unreachable
from osteon.standards.clinicaltrials import AnswerRefused as TrialsRefused
from osteon.standards.clinicaltrials import ClinicalTrials
from osteon.standards.clinicaltrials import Trial as ReadTrial
from osteon.standards.pubmed import Article as ReadArticle
from osteon.standards.pubmed import PubMed
from osteon.standards.pubmed.esearch import AnswerRefused as PubMedRefused
from osteon.standards.safe_xml import XmlRefused

FAILURES = (Unreachable, TrialsRefused, PubMedRefused, XmlRefused)


@dataclass(slots=True)
class Taken:
    """What taking in did, and the rows it concerned."""

    counts: Counter[str] = field(default_factory=Counter)
    ids: list[int] = field(default_factory=list)


# Articles


@transaction.atomic
def take_articles(*, articles: Iterable[ReadArticle], family: UUID | None = None, query: Any = None) -> Taken:
    """Stores articles, each once however it came, and sorts them under topics. Twice changes nothing.

    ``family``: the topic they were found for; without one, the topics whose names stand in the title or MeSH.
    """
    taken, known = Taken(), [] if family else topics()
    for read in articles:
        if read.is_retraction_notice:
            taken.counts["notices of retraction"] += 1
            continue
        row = _article(read, taken)
        _sort(ArticleLink, "article", row.pk, family, query, belonging(known, read.title, *read.mesh))
    caching.forget_all()
    return taken


def _article(read: ReadArticle, taken: Taken) -> Article:
    before = matching.find(_candidates(read), read)
    columns = matching.stored(read, before)
    row = before or Article()
    changed = [name for name, value in columns.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, columns[name])
        row.save()
    taken.counts["added" if before is None else "changed" if changed else "unchanged"] += 1
    if columns["retracted"]:
        taken.counts["retracted"] += 1
    taken.ids.append(row.pk)
    return row


def _candidates(read: ReadArticle) -> Sequence[Article]:
    fits = Q(title_key=matching.title_key(read.title))
    if read.pmid:
        fits |= Q(pmid=read.pmid)
    if read.doi:
        fits |= Q(doi=read.doi)
    found = list(Article.objects.filter(fits)[:20])
    # The same PMID first: a title alone may be that of another article.
    return sorted(found, key=lambda row: (row.pmid != read.pmid, row.doi != read.doi))


# Trials


@transaction.atomic
def take_trials(*, trials: Iterable[ReadTrial], family: UUID | None = None, query: Any = None) -> Taken:
    """Stores trials and sorts them under topics. Twice changes nothing."""
    taken, known = Taken(), [] if family else topics()
    for read in trials:
        row = _trial(read, taken)
        found = belonging(known, read.title, *read.conditions, *read.keywords)
        _sort(TrialLink, "trial", row.pk, family, query, found)
    caching.forget_all()
    return taken


def _trial(read: ReadTrial, taken: Taken) -> Trial:
    before = Trial.objects.filter(nct_id=read.nct_id).first()
    row = before or Trial(nct_id=read.nct_id)
    columns = _trial_columns(read)
    # A file with titles only does not know the rest: it empties nothing.
    poor = not read.status and before is not None
    changed = [n for n, value in columns.items() if getattr(row, n) != value and (value or not poor)]
    for name in changed:
        setattr(row, name, columns[name])
    if changed or before is None:
        row.save()
    else:
        Trial.objects.filter(pk=row.pk).update(checked_at=timezone.now())
    taken.counts["added" if before is None else "changed" if changed else "unchanged"] += 1
    taken.ids.append(row.pk)
    return row


def _trial_columns(read: ReadTrial) -> dict[str, Any]:
    dates = ("verified_on", "started_on", "ends_on", "updated_on")
    cut = {"title": 500, "official_title": 1000, "status": 40, "sponsor": 300, "study_type": 40}
    cut |= {"sex": 10, "lowest_age": 20, "highest_age": 20}
    return {
        **{name: str(getattr(read, name) or "") for name in dates},
        **{name: getattr(read, name)[:longest] for name, longest in cut.items()},
        **{name: getattr(read, name) for name in ("why_stopped", "summary", "details", "eligibility")},
        **{name: list(getattr(read, name)) for name in ("conditions", "keywords", "phases", "interventions")},
        "people": read.people,
        "has_results": read.has_results,
        "contacts": [[one.name, one.role, one.phone, one.email] for one in read.contacts],
        "places": [[one.facility, one.city, one.country, one.status] for one in read.places],
    }


def _sort(
    links: type[ArticleLink] | type[TrialLink],
    what: str,
    pk: int,
    family: UUID | None,
    query: SavedQuery | None,
    found: list[Topic],
) -> None:
    """A link an editor hid stays hidden."""
    for one in [family] if family else [topic.family for topic in found]:
        links.objects.get_or_create(family=one, **{f"{what}_id": pk}, defaults={"query": query})


# Saved queries


@transaction.atomic
def save_query(*, kind: str, family: UUID, term: str, most: int = 50) -> SavedQuery:
    """A question that is asked again every week; the same one is saved once."""
    query, _made = SavedQuery.objects.update_or_create(
        kind=kind, family=family, term=term.strip(), defaults={"most": most, "active": True}
    )
    return query


def refresh(
    *, pubmed: PubMed | None, registry: ClinicalTrials | None, everything: bool = False
) -> Counter[str]:
    """Asks the saved queries that are due, then looks whether any article we have was retracted.

    One query that fails does not stop the others; a service that asks us to be slower is left alone until the
    next time. A service that is ``None`` is not asked.
    """
    counts: Counter[str] = Counter()
    asked = {SavedQuery.Kind.ARTICLES: pubmed, SavedQuery.Kind.TRIALS: registry}
    for query in SavedQuery.objects.filter(active=True):
        service = asked[SavedQuery.Kind(query.kind)]
        if service is None or not (everything or query.is_due()):
            continue
        try:
            counts.update(_run(query, service))
        except TooManyRequests as error:
            _failed(query, error, counts)
            asked[SavedQuery.Kind(query.kind)] = None
        except FAILURES as error:
            _failed(query, error, counts)
    if asked[SavedQuery.Kind.ARTICLES] is not None and pubmed is not None:
        counts.update(_look_for_retractions(pubmed))
    return counts


def _run(query: SavedQuery, service: PubMed | ClinicalTrials) -> Counter[str]:
    if isinstance(service, PubMed):
        found = service.search(query.term, most=query.most)
        # All are fetched before the first is stored: no half of an answer is kept.
        articles = list(service.fetch(found.ids))
        taken = take_articles(articles=articles, family=query.family, query=query)
    else:
        trials = [t for page in service.search(query.term, most=query.most) for t in page.trials]
        taken = take_trials(trials=trials, family=query.family, query=query)
    query.ran_at, query.failure, query.outcome = timezone.now(), "", dict(taken.counts)
    query.save()
    return taken.counts


def _failed(query: SavedQuery, error: Exception, counts: Counter[str]) -> None:
    query.failure = str(error)[:300]
    query.save(update_fields=["failure"])
    counts["failed"] += 1


def _look_for_retractions(pubmed: PubMed) -> Counter[str]:
    known = list(Article.objects.exclude(pmid="").filter(retracted=False).values_list("pmid", flat=True))
    counts: Counter[str] = Counter()
    try:
        for read in list(pubmed.fetch(known)):
            if read.is_retracted:
                Article.objects.filter(pmid=read.pmid).update(retracted=True)
                counts["newly retracted"] += 1
    except FAILURES:
        counts["failed"] += 1
    if counts["newly retracted"]:
        caching.forget_all()
    return counts
