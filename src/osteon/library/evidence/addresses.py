"""Where lists and trials stand, in each language."""

from __future__ import annotations

from django.urls import reverse


def topic_articles(slug: str, language: str) -> str:
    return reverse(f"evidence:{language}_topic_articles", args=[slug])


def topic_trials(slug: str, language: str) -> str:
    return reverse(f"evidence:{language}_topic_trials", args=[slug])


def trial(nct_id: str, language: str) -> str:
    return reverse(f"evidence:{language}_trial", args=[nct_id])
