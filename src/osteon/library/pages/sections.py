"""The sections of each kind of page: one key, and how the heading reads in English and Spanish.

An editor writes a heading; its key lets other parts (search, exports, the print view) find the same section in
both languages. A heading that is not in the table is welcome, it only has no key.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    english: tuple[str, ...]
    spanish: tuple[str, ...]


SECTIONS = (
    Section("start-here", ("Start here",), ("Empiece aquí", "Comience aquí", "Para empezar")),
    Section("symptoms", ("Symptoms",), ("Síntomas",)),
    Section("causes", ("Causes", "Causes and risks"), ("Causas", "Causas y riesgos")),
    Section("tests", ("Diagnosis and tests",), ("Diagnóstico y pruebas", "Diagnóstico y exámenes")),
    Section("treatments", ("Treatments and therapies",), ("Tratamientos y terapias",)),
    Section(
        "living-with", ("Living with it", "Living with"), ("Vivir con ello", "Viviendo con", "Vivir con")
    ),
    Section("clinical-trials", ("Clinical trials",), ("Ensayos clínicos",)),
    Section("journal-articles", ("Journal articles",), ("Artículos científicos", "Artículos de revistas")),
    Section("reference-desk", ("Reference desk",), ("Referencias", "Material de consulta")),
    Section("find-an-expert", ("Find an expert",), ("Encuentre un experto", "Encontrar un experto")),
    Section("teenagers", ("Teenagers",), ("Adolescentes",)),
    Section("children", ("Children",), ("Niños", "Niños y niñas")),
    Section("older-people", ("Older people",), ("Personas mayores", "Adultos mayores")),
    Section("handouts", ("Patient handouts",), ("Hojas para el paciente", "Hojas para pacientes")),
    Section("when-to-get-help", ("When to get help",), ("Cuándo pedir ayuda",)),
    Section("what-it-is", ("What it is", "What it does"), ("Qué es",)),
    Section("why", ("Why it is done", "Why"), ("Por qué se hace", "Para qué se hace", "Por qué")),
    Section("prepare", ("How to prepare",), ("Cómo prepararse",)),
    Section("what-happens", ("What happens",), ("Qué ocurre", "Qué pasa")),
    Section("risks", ("Risks",), ("Riesgos",)),
    Section(
        "where",
        ("Outpatient or inpatient", "Where it is done"),
        ("Ambulatorio u hospitalizado", "Con o sin ingreso", "Dónde se hace"),
    ),
    Section("questions", ("Questions to ask",), ("Preguntas que puede hacer", "Preguntas para hacer")),
    Section("risk-factors", ("Risk factors",), ("Factores de riesgo",)),
    Section("red-flags", ("Red flags",), ("Señales de alarma",)),
    Section("what-to-order", ("What to order",), ("Qué pedir", "Qué solicitar")),
    Section("when-to-refer", ("When to refer",), ("Cuándo derivar",)),
    Section("patient", ("The patient", "Patient"), ("El paciente", "Paciente")),
    Section("presentation", ("Presentation",), ("Presentación",)),
    Section("before", ("Before the operation",), ("Antes de la operación",)),
    Section("procedure", ("The procedure", "Procedure"), ("El procedimiento", "Procedimiento")),
    Section("after", ("After the operation",), ("Después de la operación",)),
    Section("outcome", ("Outcome",), ("Resultado",)),
    Section("notes", ("Clinician's notes",), ("Notas del clínico",)),
)


def folded(heading: str) -> str:
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


_KEYS = {folded(text): one.key for one in SECTIONS for text in (*one.english, *one.spanish)}


def key_of(heading: str) -> str:
    """The section's key, or an empty string for a heading of the editor's own."""
    return _KEYS.get(folded(heading), "")


def anchor_of(heading: str) -> str:
    """What a link on the same page points to: the key, else the heading in plain letters."""
    return key_of(heading) or folded(heading).replace(" ", "-")
