"""Where search is, in each language."""

from __future__ import annotations

from django.urls import reverse


def results(language: str) -> str:
    return reverse(f"search:{language}_results")


def suggestions(language: str) -> str:
    return reverse(f"search:{language}_suggestions")
