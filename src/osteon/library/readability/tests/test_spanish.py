"""Spanish syllables: the cases of the reference, and each rule of the spelling."""

from __future__ import annotations

import pytest

from osteon.library.readability import spanish

# ../shared/reference/library_and_connect.md, 7.2: what hyphenation points get wrong
REFERENCE = {"día": 2, "leer": 2, "cirugía": 4, "osteomielitis": 6}
HIATUS = {"caoba": 3, "teatro": 3, "poeta": 3, "héroe": 3, "aorta": 3, "país": 2, "caída": 3, "baúl": 2, "oído": 3,
          "actúa": 3, "reír": 2, "antiinflamatorio": 7, "zoo": 2, "chiita": 3}  # fmt: skip
DIPHTHONG = {"hueso": 2, "fiebre": 2, "agua": 2, "ciudad": 2, "cuidado": 3, "construido": 3, "biopsia": 2, "guion": 1,
             "diabetes": 3, "espalda": 3, "articulación": 5, "aunque": 2, "país": 2}  # fmt: skip
TRIPHTHONG = {"buey": 1, "averiguáis": 4, "limpiáis": 2}
SILENT_U = {"queso": 2, "quirófano": 4, "guerra": 2, "guía": 2, "pingüino": 3, "cigüeña": 3, "lingüística": 4}
SILENT_H = {
    "ahumar": 2,
    "prohibir": 2,
    "prohíbe": 3,
    "búho": 2,
    "alcohol": 3,
    "desahucio": 3,
    "vehículo": 4,
    "bahía": 3,
}
FINAL_Y = {"y": 1, "muy": 1, "hoy": 1, "rey": 1, "reyes": 2, "playa": 2, "ayuda": 3, "uruguayo": 4}
OTHERS = {
    "pus": 1,
    "infección": 3,
    "radiografía": 5,
    "enfermería": 5,
    "paranoia": 4,
    "Ilizarov": 4,
    "24": 1,
    "pdf": 1,
}


@pytest.mark.parametrize(
    "cases", [REFERENCE, HIATUS, DIPHTHONG, TRIPHTHONG, SILENT_U, SILENT_H, FINAL_Y, OTHERS]
)
def test_syllables_follow_the_rules_of_spelling(cases):
    assert {word: spanish.syllables(word) for word in cases} == cases


def test_a_decomposed_accent_counts_like_a_composed_one():
    assert spanish.syllables("cirugi\u0301a") == 4
