"""Which drugs are offered when somebody types the antibiogram of an organism."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from osteon.events.vocabulary import DRUGS, Drug

# What a laboratory tests against which group of organisms (columns of antimicrobials.md section c1).
STAPHYLOCOCCI: Final = (
    "benzylpenicillin",
    "flucloxacillin",
    "erythromycin",
    "clindamycin",
    "rifampicin",
    "fusidic-acid",
    "co-trimoxazole",
    "ciprofloxacin",
    "levofloxacin",
    "moxifloxacin",
    "doxycycline",
    "gentamicin",
    "vancomycin",
    "teicoplanin",
    "daptomycin",
    "linezolid",
)
STREPTOCOCCI = (
    "benzylpenicillin",
    "amoxicillin",
    "ceftriaxone",
    "erythromycin",
    "clindamycin",
    "doxycycline",
    "levofloxacin",
    "moxifloxacin",
    "co-trimoxazole",
    "vancomycin",
    "teicoplanin",
    "linezolid",
)
GRAM_NEGATIVES = (
    "amoxicillin",
    "co-amoxiclav",
    "piperacillin-tazobactam",
    "temocillin",
    "cefuroxime",
    "ceftriaxone",
    "ceftazidime",
    "ertapenem",
    "meropenem",
    "aztreonam",
    "ciprofloxacin",
    "levofloxacin",
    "co-trimoxazole",
    "gentamicin",
    "amikacin",
    "colistin",
)
ANAEROBES = (
    "benzylpenicillin",
    "co-amoxiclav",
    "piperacillin-tazobactam",
    "ceftriaxone",
    "meropenem",
    "clindamycin",
    "metronidazole",
    "doxycycline",
    "moxifloxacin",
    "rifampicin",
    "vancomycin",
    "linezolid",
)
PANELS: Final = {
    "staphylococcus": STAPHYLOCOCCI,
    "corynebacterium": STAPHYLOCOCCI,
    "streptococcus": STREPTOCOCCI,
    "enterococcus": ("amoxicillin", "vancomycin", "teicoplanin", "daptomycin", "linezolid", "gentamicin"),
    "enterobacterales": GRAM_NEGATIVES,
    "pseudomonas": GRAM_NEGATIVES,
    "anaerobe": ANAEROBES,
    "mycobacterium": (
        "rifampicin",
        "isoniazid",
        "pyrazinamide",
        "ethambutol",
        "streptomycin",
        "moxifloxacin",
    ),
    "candida": ("fluconazole", "voriconazole", "caspofungin", "micafungin", "liposomal-amphotericin"),
}
ANY_ORGANISM = tuple(dict.fromkeys((*STAPHYLOCOCCI, *GRAM_NEGATIVES, "metronidazole", "fluconazole")))


def panel_for(group: str, *, without: Collection[str] = ()) -> list[Drug]:
    """The drugs offered for an organism of that group, in order, but for the agents in ``without``."""
    drugs = [DRUGS[key] for key in PANELS.get(group, ANY_ORGANISM)]
    return [drug for drug in drugs if drug.amr_code and drug.amr_code not in without]
