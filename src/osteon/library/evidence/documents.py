"""What search finds of evidence (``settings.LIBRARY_DOCUMENTS``).

Titles, plain titles, MeSH, keywords and what trials say of themselves. Abstracts stay out: they may be the copyright
of a publisher, and a snippet would show them. Retracted articles are not offered.
"""

from __future__ import annotations

from collections.abc import Iterator

from osteon.library.evidence import addresses, queries
from osteon.library.evidence.models import Article, Trial
from osteon.library.evidence.presenters import citation
from osteon.library.search.documents import Document
from osteon.standards.safe_html import plain


def documents() -> Iterator[Document]:
    """Every article and trial that may be shown."""
    for article in queries.shown_articles().filter(retracted=False).iterator(chunk_size=500):
        if article.url:
            yield article_document(article)
    for trial in queries.shown_trials().iterator(chunk_size=200):
        yield trial_document(trial)


def article_document(article: Article) -> Document:
    plain_title = article.plain_title_en
    return Document(
        key=article.key,
        kind="articles",
        language="en",
        title=plain_title or article.title,
        url=article.url,
        audience=("gps",) if not plain_title else ("patients", "gps"),
        also_called=(article.title,) if plain_title else (),
        summary=citation(article),
        body=". ".join([*article.mesh, *article.keywords]),
    )


def trial_document(trial: Trial) -> Document:
    title = trial.plain_title_en or trial.title
    other = [name for name in (trial.title, trial.official_title) if name and name != title]
    return Document(
        key=trial.key,
        kind="trials",
        language="en",
        title=title,
        url=addresses.trial(trial.nct_id, "en"),
        audience=("patients", "gps"),
        also_called=(*other, trial.nct_id),
        summary=plain(trial.summary)[:600],
        body=". ".join(
            [*trial.conditions, *trial.keywords, *trial.interventions, trial.summary, trial.details]
        ),
    )
