"""English syllables by rule, with a list of the words that the rules get wrong.

English spelling does not give the sound, so a rule alone is right for about nine words in ten. ``words/english.csv``
holds the exceptions that occur in our texts and in medicine; add to it when a page counts wrongly. An abbreviation in
capitals is spoken letter by letter (MRI is three, W would be three alone) unless the list says that it is a word.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

EXCEPTIONS = Path(__file__).parent / "words" / "english.csv"
CAPITALS = re.compile(r"^[A-Z]{2,6}s?$")
VOWEL_GROUP = re.compile(r"[aeiouy]+")
# Endings whose e is written and not spoken: bone, bones, walked; and within a word: care-ful, safe-ly, some-one
SILENT_END = re.compile(r"e$|(?<=[^aeiouysxzcg])es$|(?<=[^aeiouytd])ed$|(?<=[aeiouy]y)ed$")
SOUNDED_ES = re.compile(r"[sc]hes$")
SILENT_INSIDE = re.compile(
    r"(?<=[aeiouy][^aeiouy])e(?=(?:ful|fully|less|ly|ment|ments|ness|times?|one|thing|body|what|work)$)"
    r"|(?<=[aeiouy][^aeiouy][^aeiouy])e(?=(?:ful|less|ly|ment|ments|ness)$)"
)
SPOKEN_LE = re.compile(r"[^aeiouylrwh]l(?:e|es|ed)$")
# Vowels written together and spoken apart ...
APART = re.compile(
    r"ia(?!r[dy])|(?<!t)(?<!s)(?<!g)(?<!c)(?<!x)io|iu(?!m?r)|eo(?!p|u)|(?<=[hrdlvnuxb])ie(?=t|r$|rs$|st$)|(?<=[ld])ien"
    r"|(?<=cr)ea(?=t)|(?<=r)ea(?=ct|li)|ea$|(?<![gq])ua(?!r[dt])|uou|(?<![gq])uin?g$|(?<=[aeiouy])ing|(?<=t)io(?=l|p)"
    r"|oe(?=l|m)|(?<=b)eing|[^aeiouy]ya|eu[mn]|ii|ue(?=t|nt|nc)|(?<=[ns])iety|(?<=[td])uo|aeo|oa(?=ll?y|c$)|thm|sms?$"
)
# ... and those that the list above takes apart wrongly: spe-cial, pa-tient, i-ni-tia-tive
TOGETHER = re.compile(r"[cst]ia(?=[lnt])|[gc]ia(?=n|$)|[cgt]iou|(?<=[lr])ia(?=ge)|giu|(?<=[tsg])iu|que?a|gua")


def syllables(word: str) -> int:
    """Spoken syllables of one English word, about; at least 1. A numeral counts as one."""
    if CAPITALS.match(word):
        return known().get(word.lower()) or sum(
            3 if letter == "W" else 1 for letter in word if letter.isupper()
        )
    plain = re.sub(r"['’](?:s|t|re|ve|ll|d|m)?$|['’]", "", word.lower())
    return known().get(plain) or by_rule(plain)


@cache
def known() -> dict[str, int]:
    """The exceptions: word in small letters to its syllables."""
    with EXCEPTIONS.open(encoding="utf-8", newline="") as file:
        return {row["word"]: int(row["syllables"]) for row in csv.DictReader(file)}


@cache
def by_rule(word: str) -> int:
    """Groups of vowels, less the silent e, plus the vowels that are spoken apart."""
    sounded = without_silent_e(word)
    apart = len(APART.findall(sounded)) - len(TOGETHER.findall(sounded))
    return max(1, len(VOWEL_GROUP.findall(sounded)) + max(0, apart))


def without_silent_e(word: str) -> str:
    word = SILENT_INSIDE.sub("", word)
    if SPOKEN_LE.search(word) or SOUNDED_ES.search(word):
        return word
    return SILENT_END.sub("", word)
