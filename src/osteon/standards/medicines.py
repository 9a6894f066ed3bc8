"""From a medicine's name, as any hospital writes it, to a drug of our vocabulary; or to none.

A name is brought to its bare substances and then must match one exactly: nothing is matched in part, so
that ampicillin-sulbactam is never ampicillin, and rifaximin never rifampicin. What is applied to the eye,
the skin or a line is not systemic treatment and matches nothing. Vancomycin by mouth or as an enema stays
in the gut and has its own code (A07AA09).
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

from osteon.events.vocabulary import DRUGS, Drug

_BRACKETS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_STRENGTH: Final = re.compile(
    r"\b\d[\d.,/]*\s*(?:%|(?:mg|g|gm|mcg|ug|ml|unt|units?|iu|mu|meq|mmol|actuat|hrs?|hours?|days?)\b)"
    r"(?:\s*/\s*\d*\.?\d*\s*(?:ml|l|actuat|hr|h|mg|g|day|d)\b)?|\b\d[\d.,]*\b"
)
_LOCAL: Final = re.compile(
    r"\b(?:ophth\w*|eyes?|otic|ears?|topical\w*|cream|oint\w*|gel|lotion|vag\w*|nasal|inhal\w*|neb\w*|"
    r"irrig\w*|lock|intravitreal|intracameral|shampoo|wash|rinse|cement|beads?|patch|drops?|paste)\b"
)
_GUT: Final = re.compile(
    r"\b(?:oral\w*|po|by mouth|tab\w*|cap\w*|suspension|liquid|elixir|enema|rectal\w*)\b"
)
_RECTAL: Final = re.compile(r"\b(?:enema|rectal\w*|suppositor\w*)\b")
_FORMS: Final = frozenset(
    [
        "oral",
        "orally",
        "po",
        "by",
        "mouth",
        "tablet",
        "tablets",
        "tab",
        "tabs",
        "capsule",
        "capsules",
        "cap",
        "caps",
        "injection",
        "injectable",
        "inj",
        "solution",
        "soln",
        "suspension",
        "susp",
        "powder",
        "for",
        "reconstitution",
        "intravenous",
        "intravenously",
        "iv",
        "intramuscular",
        "im",
        "infusion",
        "premix",
        "premixed",
        "bag",
        "vial",
        "syringe",
        "prefilled",
        "in",
        "dextrose",
        "d5w",
        "ns",
        "saline",
        "extended",
        "release",
        "er",
        "xr",
        "delayed",
        "ds",
        "ss",
        "film",
        "coated",
        "chewable",
        "liquid",
        "elixir",
        "disintegrating",
        "frozen",
        "dose",
        "enema",
        "rectal",
        "sodium",
        "potassium",
        "hcl",
        "hydrochloride",
        "hyclate",
        "monohydrate",
        "trihydrate",
        "phosphate",
        "sulfate",
        "sulphate",
        "lactobionate",
        "ethylsuccinate",
        "stearate",
        "mesylate",
        "disodium",
        "base",
        "tromethamine",
        "isethionate",
    ]
)
_SPLIT: Final = re.compile(r"\s*(?:[/+,&;-]|\band\b|\bwith\b)\s*")
_BY_MOUTH: Final = {"vancomycin": "vancomycin-oral", "metronidazole": "metronidazole-oral"}


def _names() -> dict[str, str]:
    text = files(__package__).joinpath("medicine_names.csv").read_text(encoding="utf-8")
    listed = {row["name"]: row["drug"] for row in csv.DictReader(text.splitlines())}
    own = {drug.name.lower(): drug.key for drug in DRUGS.values() if not drug.key.endswith("-oral")}
    return own | {name: drug if drug in DRUGS else own[drug] for name, drug in listed.items()}


NAMES: Final = _names()


def _bare(part: str) -> str:
    return " ".join(word for word in part.split() if word not in _FORMS)


def _key_of(name: str) -> str | None:
    whole = _bare(re.sub(r"\s*-\s*", "-", name))
    if whole in NAMES:
        return NAMES[whole]
    parts = sorted({bare for part in _SPLIT.split(name) if (bare := _bare(part))})
    return NAMES.get("+".join(parts))


@lru_cache(maxsize=16384)
def drug_named(name: str, route: str = "") -> Drug | None:
    """The drug a medicine's name means; ``None`` for one we do not know or that is not systemic.

    ``route`` is what the source says of the way in, in words ("oral", "intravenous"); it may be empty.

    >>> drug_named("CefTRIAXone 1 G Injection").key, drug_named("Gentamicin 0.3% Ophth. Soln")
    ('ceftriaxone', None)
    >>> drug_named("Vancomycin Oral Liquid").code
    'ATC//A07AA09'
    """
    written, way_in = name.casefold(), route.casefold()
    if _LOCAL.search(written) or _LOCAL.search(way_in):
        return None
    key = _key_of(_STRENGTH.sub(" ", _BRACKETS.sub(" ", written)))
    if key is None:
        return None
    return _by_way_in(key, f"{written} {way_in}")


def _by_way_in(key: str, words: str) -> Drug | None:
    if key in _BY_MOUTH:
        return DRUGS[_BY_MOUTH[key] if _GUT.search(words) else key]
    return None if _RECTAL.search(words) else DRUGS[key]
