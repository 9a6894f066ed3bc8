"""Pages for the tests: a small tree of our own, published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Locale

from osteon.library.content import tree
from osteon.library.pages.models import GPPage, IndexPage, LibraryPage, TopicPage, TreatmentPage
from osteon.library.resources import coded

KINDS = {"topics": TopicPage, "treatments": TreatmentPage, "gps": GPPage}


def make(
    kind: str, slug: str, title: str, *, language: str = "en", of: LibraryPage | None = None, **fields: Any
) -> LibraryPage:
    """A live page of a kind; ``of`` is the English page it translates."""
    tree.ensure()
    index = IndexPage.objects.get(kind=kind, locale__language_code=language)
    fields.setdefault("summary", f"About {title}.")
    fields.setdefault("reviewed_on", timezone.localdate() - timedelta(days=30))
    fields.setdefault("next_review", timezone.localdate() + timedelta(days=700))
    page = KINDS[kind](title=title, slug=slug, locale=Locale.objects.get(language_code=language), **fields)
    if of is not None:
        page.translation_key = of.translation_key
    index.add_child(instance=page)
    page.save_revision().publish()
    coded.forget()
    return page


def section(heading: str, text: str = "<p>Words.</p>") -> tuple[str, dict[str, str]]:
    return ("section", {"heading": heading, "text": text})


@pytest.fixture
def library(db: None) -> dict[str, LibraryPage]:
    """Osteomyelitis in English and Spanish, for children, for GPs, and its treatment."""
    coded.forget()
    adult = make(
        "topics",
        "osteomyelitis-in-adults",
        "Osteomyelitis in adults",
        codes="ICD10//M86\nSNOMED//60168000",
        also_called="Bone infection\nOsteomyelitis",
        mesh="D010019",
        sections=[section("Treatments and therapies"), section("Diagnosis and tests")],
    )
    pages = {"adult": adult}
    pages["es"] = make(
        "topics", "osteomielitis", "Osteomielitis en adultos", language="es", of=adult,
        codes="ICD10//M86\nSNOMED//60168000", also_called="Infección del hueso",
    )  # fmt: skip
    pages["children"] = make(
        "topics", "osteomyelitis-in-children", "Osteomyelitis in children", audience="children", codes="ICD10//M86.0"
        "\nICD10//M86",
    )  # fmt: skip
    pages["gps"] = make(
        "gps", "bone-infection-gp", "Bone infection for GPs", audience="gps", codes="ICD10//M86"
    )
    pages["drug"] = make(
        "treatments", "vancomycin", "Vancomycin", codes="ATC//J01XA01\nRXNORM//11124\nLOINC//20578-1"
    )
    coded.forget()
    return pages
