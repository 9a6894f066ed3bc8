"""Which documents answer a query best: the sum of what its clauses are worth in each, times how much was answered.

A clause that names a concept is answered by the concept or by the words themselves, whichever is worth more; the
lesser of the two adds a part. A document that answers only some of the clauses keeps only that share of its score,
so that *daptomycin for an infected knee* does not bring everything on knees.
"""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from osteon.library.search import concepts
from osteon.library.search.asking import CONCEPT_WEIGHT, Asked, Clause
from osteon.library.search.documents import KINDS, LANGUAGES
from osteon.library.search.shelves import Card, Index, Shelf, in_language

LESSER_ADDS = 0.3
UNANSWERED_KEEPS = 0.25  # the share that stays even when little of the query is answered
LEAST_OF_BEST = 0.12  # what answers less than this part of the best is noise: a common word among many
OTHER_LANGUAGE = 0.55
WHOLE_NAME = 1.8  # the query is the title, or another name, of the document
OF_KIND = {"topics": 1.25, "tests": 1.15, "treatments": 1.15, "services": 1.1, "gps": 1.1, "articles": 0.92}
MOST_BEGINNINGS = 12
NOWHERE: tuple[array[int], array[float]] = (array("L"), array("f"))

Scores = dict[int, float]
Choice = Callable[[Card], bool]


class Found(NamedTuple):
    key: str
    score: float
    kind: str


def rank(index: Index, asked: Asked, language: str, choose: Choice = lambda _: True) -> list[Found]:
    """The documents that answer, best first. ``choose`` is the reader's filter."""
    found: list[Found] = []
    for shelf, gone in zip(index.shelves, index.gone, strict=True):
        for each in LANGUAGES:
            favour = 1.0 if each == language else OTHER_LANGUAGE
            scores = either(index, shelf, asked, each)
            least = LEAST_OF_BEST * max(scores.values(), default=0.0)
            for number, score in ((n, score) for n, score in scores.items() if score >= least):
                card = shelf.cards[number]
                if card.language == each and number not in gone and choose(card):
                    found.append(Found(card.key, score * favour * standing(card, asked), KINDS[card.kind]))
    return sorted(found, key=lambda one: (-one.score, one.key))


def either(index: Index, shelf: Shelf, asked: Asked, language: str) -> Scores:
    """Documents of a language, answered by the query read in it, or by what it means when read in another."""
    scores = answers(index, shelf, asked.clauses[language], language)
    for other in LANGUAGES:
        known = {clause.concept for clause in asked.clauses[language]}
        meant = [clause.concept for clause in asked.clauses[other] if clause.concept]
        meanings = [Clause((), concept) for concept in meant if concept not in known]
        if other != language and meanings:
            silent = sum(clause.concept is None for clause in asked.clauses[other])
            share = len(meant) / (len(meant) + silent)
            for number, score in answers(index, shelf, meanings, language).items():
                scores[number] = max(scores.get(number, 0.0), score * share)
    return scores


def standing(card: Card, asked: Asked) -> float:
    """What speaks for a document whatever its words: its kind, and a name that is the query itself."""
    named = asked.names[card.language] in card.names or asked.whole_concept in card.named
    return OF_KIND.get(KINDS[card.kind], 1.0) * (WHOLE_NAME if named else 1.0)


def answers(index: Index, shelf: Shelf, clauses: Sequence[Clause], language: str) -> Scores:
    """Documents of a shelf to what all clauses are worth in them, for each unit of what was asked for.

    That unit makes languages comparable: what is rare among a thousand English pages is common among forty Spanish.
    """
    total: defaultdict[int, float] = defaultdict(float)
    answered: defaultdict[int, float] = defaultdict(float)
    asked_for = 0.0
    for clause in clauses:
        weight = weight_of(index, clause, language)
        asked_for += weight
        worth, share = answer(index, shelf, clause, language)
        for number, score in worth.items():
            total[number] += score
            answered[number] += weight * share[number]
    if not asked_for:
        return {}
    keeps, part = UNANSWERED_KEEPS / asked_for, (1 - UNANSWERED_KEEPS) / asked_for**2
    return {number: score * (keeps + part * answered[number]) for number, score in total.items()}


def weight_of(index: Index, clause: Clause, language: str) -> float:
    """How much a clause matters to the whole: the rarity of its words or of its concept, whichever is more."""
    by_words = sum(rarity(index, word, language) for word in clause.words)
    concept = in_language(clause.concept, language) if clause.concept else None
    return max(by_words, rarity(index, concept, language) if concept else 0.0)


def answer(index: Index, shelf: Shelf, clause: Clause, language: str) -> tuple[Scores, Scores]:
    """Documents to their score, and to the share of the clause that they answer."""
    worth, share = by_words(index, shelf, clause.words, language)
    for option, part in options(shelf, clause, language):
        for number, score in worths(shelf, option, rarity(index, option, language) * CONCEPT_WEIGHT * part):
            so_far = worth.get(number)
            if so_far is None:
                worth[number], share[number] = score, part
                continue
            worth[number] = score + LESSER_ADDS * so_far if score > so_far else so_far + LESSER_ADDS * score
            if share[number] < part:
                share[number] = part
    return worth, share


def options(shelf: Shelf, clause: Clause, language: str) -> Iterator[tuple[str, float]]:
    """Other terms that answer the clause, and how fully: its concept, the broader one in part, what it may become."""
    if clause.concept:
        yield in_language(clause.concept, language), concepts.WHOLE
        if wider := concepts.broader().get(clause.concept[2:]):
            yield in_language(f"c:{wider}", language), concepts.BROADER
    if clause.beginning:
        fitting = [term for term in shelf.postings if term.startswith(clause.beginning)]
        for term in sorted(fitting, key=lambda term: -len(shelf.postings[term][0]))[:MOST_BEGINNINGS]:
            if term not in clause.words:
                yield term, concepts.WHOLE


def by_words(index: Index, shelf: Shelf, words: tuple[str, ...], language: str) -> tuple[Scores, Scores]:
    """The same by the words alone; a document with some of them answers that share."""
    rarities = {word: rarity(index, word, language) for word in words}
    if len(rarities) == 1:
        worth = dict(worths(shelf, words[0], rarities[words[0]]))
        return worth, dict.fromkeys(worth, 1.0)
    whole = sum(rarities.values()) or 1.0
    scores: defaultdict[int, float] = defaultdict(float)
    share: defaultdict[int, float] = defaultdict(float)
    for word, rare in rarities.items():
        for number, score in worths(shelf, word, rare):
            scores[number] += score
            share[number] += rare / whole
    return scores, share


def worths(shelf: Shelf, term: str, rare: float) -> Iterator[tuple[int, float]]:
    documents, impacts = shelf.postings.get(term, NOWHERE)
    return zip(documents, [rare * impact for impact in impacts], strict=True)


def rarity(index: Index, term: str, language: str) -> float:
    """How telling a term is: the fewer documents have it, the more (inverse document frequency of BM25)."""
    having = sum(len(shelf.postings.get(term, NOWHERE)[0]) for shelf in index.shelves)
    return math.log(1 + (max(index.sizes.get(language, 0), having) - having + 0.5) / (having + 0.5))
