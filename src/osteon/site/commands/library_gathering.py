"""``./osteon library`` topics, articles, trials, query, refresh: what others wrote, taken in.

Files are taken in offline. Only ``refresh`` goes out, when OSTEON_NETWORK=on; PubMed wants to know whom to write
to (OSTEON_PUBMED_EMAIL) and allows more with a key (OSTEON_PUBMED_KEY).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from uuid import UUID

from django.conf import settings

from osteon.library.evidence import actions as evidence
from osteon.library.evidence.topics import topics as known_topics
from osteon.library.resources import actions as resources
from osteon.library.resources import connecting, gathering
from osteon.library.search import actions as search
from osteon.site.commands import DONE, PROBLEMS
from osteon.site.commands.errors import Stop, WrongUse
from osteon.site.commands.printing import say
from osteon.standards.asking import Pace, Web
from osteon.standards.clinicaltrials import AnswerRefused, ClinicalTrials, read_export
from osteon.standards.clinicaltrials.service import SECONDS_BETWEEN as TRIALS_PACE
from osteon.standards.pubmed import ExportRefused, PubMed
from osteon.standards.pubmed import read_export as read_articles
from osteon.standards.pubmed.service import SECONDS_BETWEEN, SECONDS_BETWEEN_WITH_KEY
from osteon.standards.safe_xml import XmlRefused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--topic", metavar="SLUG", help="the English topic that articles or trials belong to")
    parser.add_argument("--complete", action="store_true", help="the file of topics holds all there are")
    parser.add_argument("--everything", action="store_true", help="refresh also what is not due yet")


def topics(args: argparse.Namespace) -> int:
    path = _file(args, "a file of MedlinePlus health topics (mplus_topics_....xml)")
    try:
        with path.open("rb") as stream:
            done = resources.import_topics(stream=stream, name=path.name, complete=args.complete)
    except (XmlRefused, resources.TopicsRefused) as error:
        raise Stop(f"{path.name} was not taken in, and nothing changed. {error}") from error
    _reindex()
    say(f"{path.name}: {_counted(done.counts)}.")
    if done.refused:
        say(f"Left out: {_counted(done.refused)}.")
    return DONE


def articles(args: argparse.Namespace) -> int:
    path = _file(args, "a file saved from PubMed (Summary, PubMed, CSV or XML)")
    try:
        found = read_articles(path.read_bytes())
    except (ExportRefused, XmlRefused) as error:
        raise Stop(f"{path.name} was not taken in, and nothing changed. {error}") from error
    taken = evidence.take_articles(articles=found.articles, family=_family(args))
    return _taken(path, found.kind, taken.counts, found.refused)


def trials(args: argparse.Namespace) -> int:
    path = _file(args, "a file of studies of ClinicalTrials.gov (JSON)")
    try:
        found = read_export(path.read_bytes())
    except AnswerRefused as error:
        raise Stop(f"{path.name} was not taken in, and nothing changed. {error}") from error
    taken = evidence.take_trials(trials=found.trials, family=_family(args))
    return _taken(path, "studies", taken.counts, found.refused)


def _taken(path: Path, kind: str, counts: Counter[str], refused: Counter[str]) -> int:
    _reindex()
    say(f"{path.name} ({kind}): {_counted(counts)}.")
    if refused:
        say(f"Left out: {_counted(refused)}.")
    return DONE


def query(args: argparse.Namespace) -> int:
    """``query "articles: osteomyelitis[mh]" --topic osteomyelitis-in-adults``"""
    kind, _, term = (args.given or "").partition(":")
    family = _family(args)
    if kind not in ("articles", "trials") or not term.strip() or family is None:
        raise WrongUse('./osteon library query "articles: QUERY" --topic SLUG (or "trials: CONDITION").')
    saved = evidence.save_query(kind=kind, family=family, term=term)
    say(f"Saved, and asked at each refresh: {saved}")
    return DONE


def refresh(args: argparse.Namespace) -> int:
    if not settings.OSTEON_NETWORK:
        raise Stop("Nothing was asked: this library may not go out. Set OSTEON_NETWORK=on if it may.")
    counts = evidence.refresh(pubmed=_pubmed(), registry=_registry(), everything=args.everything)
    if connecting.may_ask():
        counts.update(gathering.gather_answers(ask=connecting.network()))
    if settings.OSTEON_MEDLINEPLUS_SEARCH_URL:
        counts.update(gathering.gather_topics(ask=gathering.search_network()))
    _reindex()
    say(f"Refreshed: {_counted(counts) or 'nothing was due'}.")
    return PROBLEMS if counts["failed"] else DONE


def _pubmed() -> PubMed | None:
    """PubMed by its rules; not asked at all while nobody can be written to."""
    if not settings.OSTEON_PUBMED_EMAIL:
        say("PubMed is left out: set OSTEON_PUBMED_EMAIL to an address its operators may write to.")
        return None
    key = settings.OSTEON_PUBMED_KEY
    pace = Pace(SECONDS_BETWEEN_WITH_KEY if key else SECONDS_BETWEEN)
    ask = Web(timeout=60.0, max_bytes=60_000_000, pace=pace)
    return PubMed(ask, settings.OSTEON_PUBMED_EMAIL, key)


def _registry() -> ClinicalTrials:
    return ClinicalTrials(Web(timeout=60.0, max_bytes=60_000_000, pace=Pace(TRIALS_PACE)))


def _reindex() -> None:
    search.rebuild()


def _file(args: argparse.Namespace, what: str) -> Path:
    if not args.given:
        raise WrongUse(f"./osteon library {args.what} needs {what}.")
    path = Path(args.given)
    if not path.is_file():
        raise Stop(f"There is no file {path}.")
    return path


def _family(args: argparse.Namespace) -> UUID | None:
    if not args.topic:
        return None
    for topic in known_topics():
        if topic.slug == args.topic:
            return topic.family
    slugs: Iterable[str] = (topic.slug for topic in known_topics())
    raise Stop(f"There is no topic {args.topic!r}. There are: {', '.join(slugs) or 'none yet'}.")


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{number:,} {what}" for what, number in counts.items())


ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "topics": topics,
    "articles": articles,
    "trials": trials,
    "query": query,
    "refresh": refresh,
}
