"""Spanish syllables by the rules of its spelling, which are exact.

Two strong vowels (a, e, o) part; a weak one (i, u) joins its neighbour unless it bears the accent; two equal vowels
part; the u of que, qui, gue and gui is silent and ü is not; an h between vowels changes nothing; y at the end of a
word, or alone, is a vowel. Hyphenation points, which general libraries count instead, miss every hiatus: they read
*día* as one syllable and *cirugía* as three.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

STRONG = frozenset("aeoáéóàèò")
ACCENTED_WEAK = frozenset("íú")
WEAK = frozenset("iuü")
VOWELS = STRONG | ACCENTED_WEAK | WEAK
SILENT_U = re.compile(r"(?<=[qg])u(?=[eiéí])|(?<=q)u")
SILENT_H = re.compile(r"(?<=[aeiouáéíóúü])h(?=[aeiouáéíóúü])")
FINAL_Y = re.compile(r"(?<![^\W\d_])y$|(?<=[aeiouáéíóú])y$")
BARE = str.maketrans("áéíóúàèòü", "aeiouaeou")


def syllables(word: str) -> int:
    """Spoken syllables of one Spanish word; at least 1, so that symbols and numerals count as a word."""
    return max(1, sum(nuclei(run) for run in runs(word)))


def runs(word: str) -> Iterator[str]:
    """The unbroken rows of sounded vowels, in order."""
    sounded = SILENT_H.sub("", SILENT_U.sub("", FINAL_Y.sub("i", composed(word))))
    return (run for run in re.split(f"[^{''.join(VOWELS)}]+", sounded) if run)


def nuclei(run: str) -> int:
    """How many syllables a row of vowels makes: one more at each hiatus.

    A weak vowel between two strong ones belongs to the second and parts from the first (*playa* has no such case,
    *hoyo* is written with a consonant; *paraguaya* too), so only true rows such as *-aia-* are cut there.
    """
    cuts = sum(is_hiatus(first, second) for first, second in pairwise(run))
    return 1 + cuts + sum(is_onset(run, at) for at in range(1, len(run) - 1))


def is_hiatus(first: str, second: str) -> bool:
    if first in STRONG and second in STRONG:
        return True
    if (first in ACCENTED_WEAK and second in STRONG) or (first in STRONG and second in ACCENTED_WEAK):
        return True
    return first.translate(BARE) == second.translate(BARE)


def is_onset(run: str, at: int) -> bool:
    """A plain weak vowel between two strong ones opens the second syllable: *caoba* no, *paranoia* yes."""
    return run[at] in WEAK and run[at - 1] in STRONG and run[at + 1] in STRONG


def composed(word: str) -> str:
    """Small letters, each accent in one sign with its vowel."""
    return unicodedata.normalize("NFC", word).lower()
