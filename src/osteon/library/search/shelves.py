"""The index as one process holds it: read once from its rows, then kept up to date by what changed.

A *shelf* is never altered once it is made, so readers need no lock: a change adds a shelf and a new set of the
documents that are no longer true on the older ones. When there are many shelves they are put together into one.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from osteon.library.search import analysis, concepts
from osteon.library.search.documents import AUDIENCES, KINDS, LANGUAGES
from osteon.library.search.models import IndexedDocument, IndexRevision
from osteon.library.search.spelling import Speller, speller
from osteon.library.search.weighing import weigh

MOST_SHELVES = 5
COLUMNS = (
    "key",
    "kind",
    "language",
    "audience",
    "title",
    "also_called",
    "terms",
    "written",
    "analysed_by",
    "removed",
)


@dataclass(frozen=True)
class Card:
    """What of a document is needed to choose it."""

    key: str
    kind: int
    language: str
    audience: int
    names: frozenset[tuple[str, ...]]  # title and other names, as stems
    named: frozenset[str]  # the concepts that one of these names is, from its first word to its last


@dataclass
class Shelf:
    """Some documents and where their words are: term to (numbers of documents, worth in each)."""

    cards: list[Card] = field(default_factory=list)
    postings: dict[str, tuple[array[int], array[float]]] = field(default_factory=dict)
    written: Counter[str] = field(default_factory=Counter)

    def add(self, row: IndexedDocument) -> None:
        number = len(self.cards)
        self.cards.append(card(row))
        for term, worth in row.terms.items():
            place = in_language(term, row.language)
            documents, worths = self.postings.setdefault(place, (array("L"), array("f")))
            documents.append(number)
            worths.append(worth)
        self.written.update(f"{row.language}:{word}" for word in row.written.split())


def in_language(term: str, language: str) -> str:
    """Where a term is kept: concepts are kept by language too, so that a reader's language is looked through alone."""
    return f"{language}:{term}" if term.startswith(("c:", "code:")) else term


@dataclass(frozen=True)
class Index:
    """All shelves at one revision; ``gone`` names what is no longer true on each."""

    revision: int
    shelves: tuple[Shelf, ...]
    gone: tuple[frozenset[int], ...]
    places: dict[str, tuple[int, int]]  # key to its shelf and number there
    sizes: dict[str, int]  # documents in each language
    vocabulary: Counter[str]

    @cached_property
    def spellers(self) -> dict[str, Speller]:
        return {language: speller(self.vocabulary, language) for language in LANGUAGES}


EMPTY = Index(-1, (), (), {}, {}, Counter())


def card(row: IndexedDocument) -> Card:
    names = frozenset(analysis.stems(name, row.language) for name in (row.title, *row.also_called))
    known = concepts.in_queries(row.language).concepts
    return Card(
        key=row.key,
        kind=KINDS.index(row.kind),
        language=row.language,
        audience=audience_mask(row.audience),
        names=names,
        named=frozenset(known[key] for name in names if (key := tuple(sorted(name))) in known),
    )


def audience_mask(audience: Iterable[str]) -> int:
    return sum(1 << AUDIENCES.index(name) for name in set(audience))


@dataclass(frozen=True)
class State:
    """Which index the database holds: see ``IndexRevision``."""

    number: int = -1
    begun: object = None
    mark: object = None

    def follows(self, earlier: State) -> bool:
        """Whether this is a later state of the same index."""
        return self.begun == earlier.begun and self.number > earlier.number


class Keeper:
    """Holds the index of this process and brings it up to date before each search."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index = EMPTY
        self._state = State()

    def current(self) -> Index:
        """The index as the database has it now: one small query when nothing has changed."""
        found = IndexRevision.objects.filter(pk=1).values_list("number", "begun", "mark").first()
        state = State(*found) if found else State()
        if state != self._state:
            with self._lock:
                self._bring_up_to(state)
        return self._index

    def _bring_up_to(self, state: State) -> None:
        if state == self._state:
            return  # another thread has just done it
        follows = state.follows(self._state) and len(self._index.shelves) < MOST_SHELVES
        behind = self._index if follows else EMPTY
        self._index = with_changes(behind, state.number, changed_since(behind.revision))
        self._state = state


def changed_since(revision: int) -> list[IndexedDocument]:
    rows = IndexedDocument.objects.only(*COLUMNS).filter(revision__gt=revision).order_by("pk")
    if revision < 0:
        rows = rows.filter(removed=False)
    return [row if row.analysed_by == concepts.version() else analysed_anew(row) for row in rows]


def analysed_anew(row: IndexedDocument) -> IndexedDocument:
    """A row kept by an earlier list of concepts: read again here, and kept when it is next replaced."""
    if not row.removed:
        weighed = weigh(row.document)
        row.terms, row.written = weighed.terms, " ".join(weighed.written)
    return row


def with_changes(index: Index, number: int, rows: list[IndexedDocument]) -> Index:
    """A new index with these rows on a shelf of their own, in place of what they replace."""
    shelf, at = Shelf(), len(index.shelves)
    places, gone = dict(index.places), defaultdict(set, {n: set(old) for n, old in enumerate(index.gone)})
    for row in rows:
        if row.key in places:
            older, there = places.pop(row.key)
            gone[older].add(there)
        if not row.removed:
            places[row.key] = (at, len(shelf.cards))
            shelf.add(row)
    shelves = (*index.shelves, shelf)
    return Index(
        revision=number,
        shelves=shelves,
        gone=tuple(frozenset(gone[n]) for n in range(len(shelves))),
        places=places,
        sizes=Counter(shelves[n].cards[there].language for n, there in places.values()),
        vocabulary=sum((one.written for one in shelves), Counter()),
    )


keeper = Keeper()
