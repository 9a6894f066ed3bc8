"""Whether a recorded allergy speaks against a drug: the drug itself, its class, its side chain, or a relative.

A warning, never a verdict: the person who starts the course decides, and says why. What is matched is the
substance as somebody wrote it, so brand names and plain classes ("penicillin", "sulfa") are understood.

Side chains (antimicrobials.md section a6): cross-reaction among beta-lactams follows the R1 side chain; groups
as listed there, only the rows marked [seen].
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from django.utils.translation import gettext as _

from osteon.events.vocabulary import DRUGS, Drug


class Closeness(IntEnum):
    """How near the substance is to the drug; the nearest first."""

    SAME = 1
    CLASS = 2
    SIDE_CHAIN = 3
    RELATED = 4


@dataclass(frozen=True, slots=True)
class Conflict:
    """One recorded allergy that speaks against the drug, with the reason in words."""

    substance: str
    reaction: str
    closeness: Closeness
    why: str


BETA_LACTAMS = frozenset({"penicillin", "cephalosporin", "carbapenem", "monobactam"})

SAME_SIDE_CHAIN = (
    frozenset({"ampicillin", "amoxicillin", "cefalexin", "cefaclor", "cefadroxil"}),
    frozenset({"ceftriaxone", "cefotaxime", "cefepime"}),
    frozenset({"ceftazidime", "ceftolozane-tazobactam", "aztreonam"}),
    frozenset({"benzylpenicillin", "cefoxitin"}),
    frozenset({"ceftaroline", "ceftobiprole"}),
)

# Words for whole classes, as people write them; matched at the beginning of a word.
CLASS_WORDS = {
    "penicillin": "penicillin",
    "cephalosporin": "cephalosporin",
    "cefalosporin": "cephalosporin",
    "carbapenem": "carbapenem",
    "glycopeptide": "glycopeptide",
    "aminoglycoside": "aminoglycoside",
    "quinolone": "fluoroquinolone",
    "fluoroquinolone": "fluoroquinolone",
    "macrolide": "macrolide",
    "tetracycline": "tetracycline",
    "sulfonamide": "sulfonamide",
    "sulphonamide": "sulfonamide",
    "sulfa": "sulfonamide",
    "sulpha": "sulfonamide",
    "rifamycin": "rifamycin",
    "azole": "azole",
    "echinocandin": "echinocandin",
    "oxazolidinone": "oxazolidinone",
}
BETA_LACTAM_WORDS = ("beta-lactam", "beta lactam", "betalactam", "β-lactam")

# Names on boxes in Britain. Used only to warn, so a missing one is a missing warning and not a wrong one.
BRANDS = {
    "amoxil": "amoxicillin",
    "augmentin": "co-amoxiclav",
    "cubicin": "daptomycin",
    "dalacin": "clindamycin",
    "flagyl": "metronidazole",
    "floxapen": "flucloxacillin",
    "fucidin": "fusidic-acid",
    "invanz": "ertapenem",
    "keflex": "cefalexin",
    "meronem": "meropenem",
    "rifadin": "rifampicin",
    "rocephin": "ceftriaxone",
    "septrin": "co-trimoxazole",
    "targocid": "teicoplanin",
    "tazocin": "piperacillin-tazobactam",
    "zyvox": "linezolid",
}


def conflicts(drug_key: str, drug_name: str, allergies: Iterable[tuple[str, str]]) -> list[Conflict]:
    """The allergies that speak against a drug, the nearest first. ``allergies``: (substance, reaction) pairs.

    A drug that the vocabulary does not know (``drug_key`` empty) is compared by its name alone.
    """
    drug = DRUGS.get(drug_key)
    found = [
        Conflict(substance, reaction, *reason)
        for substance, reaction in allergies
        if (reason := _reason(drug, drug_name, substance)) is not None
    ]
    return sorted(found, key=lambda conflict: (conflict.closeness, conflict.substance))


def _reason(drug: Drug | None, drug_name: str, substance: str) -> tuple[Closeness, str] | None:
    words = substance.casefold()
    if _names(words, drug_name.casefold()):
        return Closeness.SAME, _("%(drug)s is recorded as an allergy") % {"drug": drug_name}
    if drug is None:
        return None
    culprits = _drugs_in(words)
    if drug in culprits:
        return Closeness.SAME, _("%(substance)s is %(drug)s") % {
            "substance": substance,
            "drug": drug.name.lower(),
        }
    return _class_reason(drug, words, culprits) or _relative_reason(drug, words, culprits)


def _names(words: str, name: str) -> bool:
    return len(name) > 3 and re.search(rf"(?<!\w){re.escape(name)}", words) is not None


def _drugs_in(words: str) -> list[Drug]:
    named = [drug for drug in DRUGS.values() if _names(words, drug.name.casefold())]
    branded = [DRUGS[key] for brand, key in BRANDS.items() if _names(words, brand) and key in DRUGS]
    return [*named, *branded]


def _groups_in(words: str) -> set[str]:
    groups = {group for word, group in CLASS_WORDS.items() if _names(words, word)}
    return groups | (set(BETA_LACTAMS) if any(word in words for word in BETA_LACTAM_WORDS) else set())


def _class_reason(drug: Drug, words: str, culprits: Sequence[Drug]) -> tuple[Closeness, str] | None:
    if drug.group in _groups_in(words) or (
        drug.group != "other" and any(culprit.group == drug.group for culprit in culprits)
    ):
        return Closeness.CLASS, _("%(drug)s is of the same class (%(group)s)") % {
            "drug": drug.name,
            "group": drug.group,
        }
    return None


def _relative_reason(drug: Drug, words: str, culprits: Sequence[Drug]) -> tuple[Closeness, str] | None:
    for culprit in culprits:
        if any({drug.key, culprit.key} <= group for group in SAME_SIDE_CHAIN):
            said = _("%(drug)s has the same side chain as %(other)s")
            return Closeness.SIDE_CHAIN, said % {"drug": drug.name, "other": culprit.name.lower()}
    groups = _groups_in(words) | {culprit.group for culprit in culprits}
    if drug.group in BETA_LACTAMS and groups & BETA_LACTAMS:
        said = _("%(drug)s is another beta-lactam: ask what happened, and how soon")
        return Closeness.RELATED, said % {"drug": drug.name}
    return None
