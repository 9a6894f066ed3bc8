"""What is asked of the tables. A fixed number of queries each."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Case, IntegerField, QuerySet, Value, When

from osteon.library.evidence.models import Article, SavedQuery, Trial
from osteon.library.pages.models import TopicPage

ON_A_PAGE = 25


def articles_of(family: UUID) -> QuerySet[Article]:
    """Newest first; those an editor hid are left out, those retracted come last."""
    shown = Article.objects.filter(hidden=False, links__family=family, links__hidden=False)
    return shown.order_by("retracted", "-published", "pk")


def trials_of(family: UUID) -> QuerySet[Trial]:
    """Those that take people first, then those that may open, then by their last change."""
    shown = Trial.objects.filter(hidden=False, links__family=family, links__hidden=False)
    order = Case(
        When(status="RECRUITING", then=Value(0)),
        When(status="NOT_YET_RECRUITING", then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return shown.order_by(order, "-updated_on", "pk")


def page_of(rows: QuerySet[Article] | QuerySet[Trial], number: object) -> Page[Article] | Page[Trial]:
    return Paginator(rows, ON_A_PAGE).get_page(number)


def topic(slug: str, language: str) -> TopicPage | None:
    """The live topic with this slug in this language."""
    return TopicPage.objects.live().public().filter(slug=slug, locale__language_code=language).first()


def trial(nct_id: str) -> Trial | None:
    return Trial.objects.filter(nct_id=nct_id, hidden=False).first()


def shown_articles() -> QuerySet[Article]:
    return Article.objects.filter(hidden=False)


def shown_trials() -> QuerySet[Trial]:
    return Trial.objects.filter(hidden=False)


def families_with_queries() -> set[UUID]:
    return set(SavedQuery.objects.filter(active=True).values_list("family", flat=True))
