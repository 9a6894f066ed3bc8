"""How a text becomes the words that are looked up: the same way for a document and for a query.

Small letters without accents; British and American spelling as one; function words left out; each word cut to its
stem by the Snowball rules of its language. A word with a hyphen is its parts and also the whole: *peri-prosthetic*
finds *periprosthetic*. Stems carry their language, so that English and Spanish never meet by accident of spelling;
they meet in the concepts (``concepts.py``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

STEMMERS = {"en": snowballstemmer.stemmer("english"), "es": snowballstemmer.stemmer("spanish")}
TOKEN = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?(?:-[a-z0-9]+)*")
BREAK = re.compile(r"[.;:!?()\[\]\n|]+\s*")

# Haem- and hem-, -oedema and -edema, -isation and -ization: one spelling for both shores
SPELLING = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"haem", "hem"), (r"aemi", "emi"), (r"paed", "ped"), (r"anaest", "anest"), (r"oedem", "edem"),
        (r"\boesoph", "esoph"), (r"rrhoe", "rrhe"), (r"\bfoet", "fet"), (r"\bcaec", "cec"), (r"naemi", "nemi"),
        (r"isation", "ization"), (r"ising\b", "izing"), (r"ised\b", "ized"), (r"ise\b", "ize"), (r"pnoea", "pnea"),
        (r"tumour", "tumor"), (r"colour", "color"), (r"fibre", "fiber"), (r"\bcentre", "center"),
        (r"behaviour", "behavior"), (r"meticillin", "methicillin"), (r"discitis", "diskitis"), (r"sulph", "sulf"),
        (r"leuko", "leuco"), (r"\bgrey", "gray"), (r"mould", "mold"), (r"\bplough", "plow"),
    )
)  # fmt: skip
# Forms that no rule of endings brings together
SAME_WORD = {
    "en": {
        "prostheses": "prosthesis", "prosthetic": "prosthesis", "vertebrae": "vertebra", "feet": "foot",
        "teeth": "tooth", "children": "child", "kids": "kid", "infectious": "infection", "infective": "infection",
        "spinal": "spine", "spines": "spine", "broke": "broken", "bones": "bone", "bony": "bone", "diagnoses": "diagnosis",
        "bacterium": "bacteria", "bacterial": "bacteria", "germs": "germ", "surgical": "surgery", "surgeries": "surgery",
        "surgically": "surgery", "arthritic": "arthritis", "painful": "pain", "swollen": "swelling", "xray": "x-ray",
        "legs": "leg", "knives": "knife", "women": "woman", "men": "man", "tuberculous": "tuberculosis",
        "septic": "sepsis", "amputee": "amputation", "toes": "toe",
        "registry": "register", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
        "seven": "7", "eight": "8", "nine": "9", "ten": "10", "twelve": "12",
    },
    "es": {
        "infectado": "infección", "infectada": "infección", "infectados": "infección", "infectadas": "infección",
        "infeccioso": "infección", "infecciosa": "infección", "óseo": "hueso", "ósea": "hueso", "óseos": "hueso",
        "óseas": "hueso", "articulares": "articulación", "articular": "articulación", "quirúrgico": "cirugía",
        "quirúrgica": "cirugía", "doloroso": "dolor", "dolorosa": "dolor", "vertebrales": "vértebra",
        "vertebral": "vértebra", "pies": "pie", "niña": "niño", "niñas": "niño",
        "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5", "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
        "diez": "10", "doce": "12",
    },
}  # fmt: skip
STOP = {
    "en": frozenset(
        [
            "a",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "been",
            "by",
            "can",
            "could",
            "did",
            "do",
            "does",
            "for",
            "from",
            "get",
            "had",
            "has",
            "have",
            "he",
            "her",
            "his",
            "how",
            "i",
            "if",
            "in",
            "into",
            "is",
            "it",
            "its",
            "me",
            "my",
            "of",
            "on",
            "or",
            "our",
            "she",
            "should",
            "so",
            "than",
            "that",
            "the",
            "their",
            "them",
            "then",
            "there",
            "these",
            "they",
            "this",
            "to",
            "up",
            "us",
            "was",
            "we",
            "were",
            "what",
            "when",
            "where",
            "which",
            "while",
            "who",
            "why",
            "will",
            "with",
            "would",
            "you",
            "your",
            "about",
            "after",
            "am",
            "any",
            "because",
            "being",
            "but",
            "during",
            "each",
            "few",
            "more",
            "most",
            "not",
            "no",
            "nor",
            "only",
            "other",
            "out",
            "over",
            "own",
            "same",
            "some",
            "such",
            "too",
            "very",
            "s",
            "t",
            "don",
            "just",
            "now",
            "need",
            "want",
            "know",
            "tell",
            "please",
            "im",
            "ive",
        ]
    ),
    "es": frozenset(
        [
            "a",
            "al",
            "ante",
            "algo",
            "como",
            "con",
            "contra",
            "cual",
            "cuando",
            "cuanto",
            "cuantos",
            "de",
            "del",
            "desde",
            "donde",
            "dos",
            "e",
            "el",
            "ella",
            "ellas",
            "ellos",
            "en",
            "entre",
            "era",
            "es",
            "esa",
            "ese",
            "eso",
            "esta",
            "estas",
            "este",
            "esto",
            "estos",
            "fue",
            "ha",
            "hace",
            "hasta",
            "hay",
            "la",
            "las",
            "le",
            "les",
            "lo",
            "los",
            "mas",
            "me",
            "mi",
            "mis",
            "muy",
            "nada",
            "ni",
            "no",
            "nos",
            "o",
            "os",
            "para",
            "pero",
            "poco",
            "por",
            "porque",
            "que",
            "quien",
            "se",
            "sea",
            "ser",
            "si",
            "sin",
            "sobre",
            "son",
            "su",
            "sus",
            "tambien",
            "te",
            "tengo",
            "tiene",
            "tienen",
            "todo",
            "tu",
            "tus",
            "un",
            "una",
            "unas",
            "uno",
            "unos",
            "y",
            "ya",
            "yo",
            "puedo",
            "puede",
            "debo",
            "necesito",
            "quiero",
            "saber",
        ]
    ),
}
STOP["en"] |= {"what's", "how's"}


@dataclass(frozen=True)
class Word:
    """One word of a text: as written (folded) and as looked up."""

    written: str
    stem: str


def fold(text: str) -> str:
    """Small letters without accents; one spelling for both shores."""
    text = unicodedata.normalize("NFKD", text.lower())
    text = (
        "".join(sign for sign in text if not unicodedata.combining(sign)).replace("ß", "ss").replace("’", "'")
    )
    for pattern, other in SPELLING:
        text = pattern.sub(other, text)
    return text


def words(text: str, language: str) -> list[Word]:
    """The words of a text in order, without function words; each part of a hyphenated word is one."""
    return [word for phrase in phrases(text, language) for word in phrase]


def phrases(text: str, language: str) -> Iterator[list[Word]]:
    """The same, kept apart where a stop or a bracket parts them, so that no concept reaches across."""
    for part in BREAK.split(text):
        found = [Word(written, stem(written, language)) for written in written_words(part)]
        kept = [word for word in found if not is_stop(word.written, language)]
        if kept:
            yield kept


def written_words(text: str) -> Iterator[str]:
    for match in TOKEN.finditer(fold(text)):
        for part in match.group().split("-"):
            yield part.removesuffix("'s").replace("'", "")


def joined(text: str) -> set[str]:
    """Hyphenated words in one: *periprosthetic* of *peri-prosthetic*."""
    found = (match.group() for match in TOKEN.finditer(fold(text)))
    return {word.replace("-", "").replace("'", "") for word in found if "-" in word}


def is_stop(written: str, language: str) -> bool:
    return written in STOP[language]


@lru_cache(maxsize=200_000)
def stem(written: str, language: str) -> str:
    """The stem of one folded word; words with figures stay as they are."""
    if any(sign.isdigit() for sign in written):
        return written
    other = same_word(language).get(written, written)
    if other.isdigit():
        return other  # six is 6
    if language == "es" and other.endswith(("cion", "sion", "xion")):
        other = f"{other[:-2]}ón"  # the rules know the ending by its accent, which a reader may leave out
    return fold(STEMMERS[language].stemWord(other))


@lru_cache(maxsize=4)
def same_word(language: str) -> dict[str, str]:
    return {fold(form): fold(word) for form, word in SAME_WORD[language].items()}


def stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words(text, language))


def tagged(found: Iterable[str], language: str) -> Iterator[str]:
    """Stems as the index keeps them, with their language."""
    return (f"{language}:{stem}" for stem in found)
