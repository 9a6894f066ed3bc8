"""Spelling put right against the words that the library itself uses.

A word that no document and no name of a concept uses is compared with those that share most of its pairs of letters;
the nearest within two changes (one for a short word) is taken, and the commoner of two equally near. A swap of
neighbours is one change. Two words written as one, and one written as two, are put right as well.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from osteon.library.search import analysis, concepts

SHORTEST_MENDED = 4
ONE_CHANGE_UP_TO = 5  # letters; longer words may have two changes, long ones three
TWO_CHANGES_UP_TO = 11
MOST_REMEMBERED = 20_000
CONCEPT_COUNTS_FOR = 5  # a word of a concept is as good as one said in so many documents


@dataclass(frozen=True)
class Speller:
    """The words of one language with how often they are used, and the pairs of letters that they hold."""

    words: Counter[str]
    by_pair: dict[str, list[str]]
    remembered: dict[str, str | None] = field(default_factory=dict)  # readers misspell the same words

    def knows(self, word: str) -> bool:
        return word in self.words or any(sign.isdigit() for sign in word)

    def nearest(self, word: str) -> str | None:
        """The known word that was probably meant; None when none is near."""
        if word not in self.remembered:
            if len(self.remembered) >= MOST_REMEMBERED:
                self.remembered.clear()
            self.remembered[word] = self.worked_out(word)
        return self.remembered[word]

    def worked_out(self, word: str) -> str | None:
        allowed = changes_allowed(word)
        scored = [
            (distance + (other[0] != word[0]) * 0.5, -self.words[other], other)
            for other in self.candidates(word, allowed)
            if (distance := changes(word, other, allowed)) is not None
        ]
        return min(scored)[2] if scored else None

    def candidates(self, word: str, allowed: int) -> Iterator[str]:
        """Words that share enough pairs: one change spoils at most three of them (a swap does)."""
        mine = pairs(word)
        shared = Counter(other for pair in set(mine) for other in self.by_pair.get(pair, ()))
        least = max(2, len(set(mine)) - 3 * allowed) if len(word) > 5 else 2
        return (
            other
            for other, number in shared.items()
            if number >= least and abs(len(other) - len(word)) <= allowed
        )

    def split(self, word: str) -> tuple[str, str] | None:
        """Two known words that were written as one."""
        halves = [(word[:cut], word[cut:]) for cut in range(3, len(word) - 2)]
        known = [both for both in halves if all(self.words[half] > 2 for half in both)]
        return max(known, key=lambda both: min(self.words[half] for half in both), default=None)


def speller(words: Counter[str], language: str) -> Speller:
    """Of the words used in documents (``en:bone`` to how often) and in the names of concepts."""
    known = Counter({word[3:]: number for word, number in words.items() if word.startswith(f"{language}:")})
    for name, _, _ in concepts.named(language):
        known.update({word: CONCEPT_COUNTS_FOR for word in analysis.written_words(name) if word not in known})
    by_pair: defaultdict[str, list[str]] = defaultdict(list)
    for word in known:
        if word.isalpha() and len(word) >= SHORTEST_MENDED - 1:
            for pair in set(pairs(word)):
                by_pair[pair].append(word)
    return Speller(known, dict(by_pair))


def pairs(word: str) -> list[str]:
    padded = f"^{word}$"
    return [padded[at : at + 2] for at in range(len(padded) - 1)]


def changes_allowed(word: str) -> int:
    if len(word) < SHORTEST_MENDED:
        return 0
    if len(word) <= ONE_CHANGE_UP_TO:
        return 1
    return 2 if len(word) <= TWO_CHANGES_UP_TO else 3


def changes(first: str, second: str, limit: int) -> int | None:
    """Letters added, left out, changed or swapped with a neighbour; None above the limit."""
    if abs(len(first) - len(second)) > limit:
        return None
    before: list[int] = []
    row = list(range(len(second) + 1))
    for at, letter in enumerate(first, start=1):
        two_before, before, row = before, row, [at]
        for there, other in enumerate(second, start=1):
            best = min(before[there] + 1, row[-1] + 1, before[there - 1] + (letter != other))
            if at > 1 and there > 1 and letter == second[there - 2] and first[at - 2] == other:
                best = min(best, two_before[there - 2] + 1)
            row.append(best)
        if min(row) > limit:
            return None
    return row[-1] if row[-1] <= limit else None
