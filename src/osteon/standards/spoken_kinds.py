"""From the words of a procedure, a study, a device or a specimen to our own word for it; or to none.

The patterns are a reviewed table, ``spoken_kinds.csv``, tried from top to bottom: the narrower comes first.
Words decide because the codes that hospitals send for these differ from hospital to hospital, and the ones we
are sure of (antimicrobials.md d4) are few.
"""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

# Codes we are sure of (antimicrobials.md d4): they decide before words do.
BY_CODE: Final = {
    "SNOMED//168537006": "OSTEON//imaging//xray",
    "SNOMED//77477000": "OSTEON//imaging//ct",
    "SNOMED//113091000": "OSTEON//imaging//mri",
    "SNOMED//16310003": "OSTEON//imaging//ultrasound",
    "SNOMED//82918005": "OSTEON//imaging//pet",
    "SNOMED//119297000": "OSTEON//specimen//blood",
    "SNOMED//119376003": "OSTEON//specimen//tissue",
    "SNOMED//119332005": "OSTEON//specimen//fluid",
    "SNOMED//119323008": "OSTEON//specimen//fluid",
    "SNOMED//257261003": "OSTEON//specimen//swab",
    "DCM//DX": "OSTEON//imaging//xray",
    "DCM//CR": "OSTEON//imaging//xray",
    "DCM//RF": "OSTEON//imaging//xray",
    "DCM//CT": "OSTEON//imaging//ct",
    "DCM//MR": "OSTEON//imaging//mri",
    "DCM//US": "OSTEON//imaging//ultrasound",
    "DCM//PT": "OSTEON//imaging//pet",
}


def _patterns() -> dict[str, list[tuple[re.Pattern[str], str]]]:
    text = files(__package__).joinpath("spoken_kinds.csv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[re.Pattern[str], str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["kind"], []).append((re.compile(row["pattern"], re.IGNORECASE), row["code"]))
    return found


PATTERNS: Final = _patterns()


@lru_cache(maxsize=8192)
def own_code(kind: str, code: str, words: str) -> str | None:
    """Our own code of one ``kind`` (imaging, operation, line, frame, specimen) for a coding and its words.

    >>> own_code("imaging", "", "MRI of lumbar spine"), own_code("operation", "", "Appendectomy")
    ('OSTEON//imaging//mri', None)
    """
    sure = BY_CODE.get(code)
    if sure and sure.startswith(f"OSTEON//{kind}//"):
        return sure
    return next((own for pattern, own in PATTERNS[kind] if pattern.search(words)), None)
