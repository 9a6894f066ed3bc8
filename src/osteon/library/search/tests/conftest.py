"""A small invented library to search in."""

from __future__ import annotations

import pytest

from osteon.library.search import actions
from osteon.library.search.documents import Document


def document(key, title, *, kind="topics", language="en", **other):
    return Document(key=key, kind=kind, language=language, title=title, url=f"/{key}/", **other)


@pytest.fixture
def small_library(db):
    """A dozen documents of several kinds, in both languages."""
    actions.replace(
        [
            document(
                "bone", "Bone infection", also_called=("Osteomyelitis",), codes=("ICD10//M86.6",),
                summary="Germs inside a bone.", body="The bone is sore and you may have a fever. Ask for help early.",
            ),
            document("hueso", "Infección del hueso", language="es", also_called=("Osteomielitis",),
                     summary="Microbios dentro de un hueso.", body="El hueso duele y puede haber fiebre."),
            document("spine", "Spinal infection", also_called=("Discitis",), body="Pain in your back at night."),
            document("joint", "Infected joint replacement", audience=("patients", "gps"),
                     body="Germs live on the metal of a new hip or knee."),
            document("home", "Antibiotics at home", kind="treatments", body="A drip at home, or tablets."),
            document("mri", "MRI scan", kind="tests", body="You lie in a tunnel. It is loud."),
            document("gp", "Spinal infection: red flags", kind="gps", audience=("gps",), body="Ask about fever."),
            document("teen", "Bone infection in teenagers", audience=("teenagers",), body="Sport and school."),
            document("trial", "Linezolid for osteomyelitis of the tibia", kind="trials",
                     body="Randomised study of oral linezolid."),
            document("article", "Periprosthetic joint infection: a review", kind="articles", audience=("gps",),
                     body="Surgery and haemodialysis were discussed."),
            document("heart", "Heart attack", kind="external", body="Call for help at once. Bone broth does not help."),
        ]
    )  # fmt: skip
