"""Articles and trials as readers see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.library.evidence import addresses
from osteon.library.evidence.models import Article, Trial
from osteon.library.pages.models import TopicPage

MOST_AUTHORS = 3
MOST_PLACES = 12
# What kind of article it is, strongest first; other types say nothing to a reader
TYPES = {
    "Practice Guideline": gettext_lazy("Guideline"),
    "Guideline": gettext_lazy("Guideline"),
    "Meta-Analysis": gettext_lazy("Several studies taken together"),
    "Systematic Review": gettext_lazy("Review of all studies"),
    "Randomized Controlled Trial": gettext_lazy("Trial with chance deciding who gets what"),
    "Review": gettext_lazy("Review"),
    "Case Reports": gettext_lazy("Report of single patients"),
}
NOTICES = {
    "RetractionIn": gettext_lazy("Retracted"),
    "ExpressionOfConcernIn": gettext_lazy("The journal has doubts about it"),
    "ErratumIn": gettext_lazy("Corrected"),
    "UpdateIn": gettext_lazy("There is a newer version"),
    "RepublishedIn": gettext_lazy("Published again"),
}
STATES = {
    "RECRUITING": gettext_lazy("Looking for people to take part"),
    "NOT_YET_RECRUITING": gettext_lazy("Not open yet"),
    "ENROLLING_BY_INVITATION": gettext_lazy("By invitation only"),
    "ACTIVE_NOT_RECRUITING": gettext_lazy("Running, but not taking new people"),
    "COMPLETED": gettext_lazy("Finished"),
    "SUSPENDED": gettext_lazy("Stopped for now"),
    "TERMINATED": gettext_lazy("Stopped early"),
    "WITHDRAWN": gettext_lazy("Called off before anyone took part"),
    "": gettext_lazy("State not known here: see the registry"),
    "UNKNOWN": gettext_lazy("Not known: nobody has confirmed it lately"),
}


@dataclass(frozen=True, slots=True)
class ArticleView:
    """``title`` is the editor's plain one where there is one; ``original`` then is the journal's."""

    title: str
    original: str
    citation: str
    href: str
    kind: str
    notices: tuple[str, ...]
    retracted: bool
    free_href: str


@dataclass(frozen=True, slots=True)
class TrialView:
    """A trial in a list. ``is_open``: asking to take part makes sense now; ``is_known``: whether it does is known."""

    number: str
    title: str
    original: str
    state: str
    is_open: bool
    is_known: bool
    who: str
    sponsor: str
    href: str
    registry: str


def article_view(article: Article, language: str) -> ArticleView:
    plain = article.plain_title(language)
    kinds = (str(words) for name, words in TYPES.items() if name in article.types)
    return ArticleView(
        title=plain or article.title,
        original=article.title if plain else "",
        citation=citation(article),
        href=article.url,
        kind=next(kinds, ""),
        notices=tuple(dict.fromkeys(str(NOTICES[n[0]]) for n in article.notices if n[0] in NOTICES)),
        retracted=article.retracted,
        free_href=f"https://pmc.ncbi.nlm.nih.gov/articles/{article.pmcid}/" if article.pmcid else "",
    )


def citation(article: Article) -> str:
    """``Perna A, Ricciardi L, Sturiale CL and others. J Clin Orthop Trauma 2020;11(5):937-941``."""
    names = ", ".join(article.authors[:MOST_AUTHORS])
    if len(article.authors) > MOST_AUTHORS:
        names = _("%(names)s and others") % {"names": names}
    issue = f"({article.issue})" if article.issue else ""
    volume = f";{article.volume}{issue}:{article.pages}" if article.volume and article.pages else ""
    journal = " ".join(part for part in (article.journal, str(article.year or "")) if part)
    return ". ".join(part for part in (names, f"{journal}{volume}") if part)


def trial_view(trial: Trial, language: str) -> TrialView:
    plain = trial.plain_title(language)
    return TrialView(
        number=trial.nct_id,
        title=plain or trial.title,
        original=trial.title if plain else "",
        state=str(STATES.get(trial.status and trial.state.key, trial.state.words)),
        is_open=trial.state.is_open,
        is_known=trial.state.key != "UNKNOWN",
        who=who(trial),
        sponsor=trial.sponsor,
        href=addresses.trial(trial.nct_id, language),
        registry=trial.url,
    )


def who(trial: Trial) -> str:
    """Who can take part, in one line: ``Women, 18 years or older``."""
    people = {"FEMALE": _("Women"), "MALE": _("Men"), "ALL": _("Women and men")}.get(trial.sex, "")
    return ", ".join(part for part in (people, _ages(trial)) if part)


def _ages(trial: Trial) -> str:
    low, high = _spoken(trial.lowest_age), _spoken(trial.highest_age)
    if low and high:
        return _("%(low)s to %(high)s") % {"low": low, "high": high}
    if low:
        return _("%(low)s or older") % {"low": low}
    return _("up to %(high)s") % {"high": high} if high else ""


def _spoken(age: str) -> str:
    """``18 Years`` in the words of the page."""
    number, _space, unit = age.partition(" ")
    words = {
        "year": _("%(n)s years"),
        "month": _("%(n)s months"),
        "week": _("%(n)s weeks"),
        "day": _("%(n)s days"),
    }.get(unit.lower().rstrip("s"))
    return words % {"n": number} if words and number.isdecimal() else ""


def listing(topic: TopicPage, page: Page[Any], views: list[Any]) -> dict[str, Any]:
    """The context of a list of one topic."""
    return {"topic": topic, "page_of_rows": page, "rows": views, "total": page.paginator.count}


def trial_page(trial: Trial, language: str) -> dict[str, Any]:
    """The context of a trial's own page."""
    return {
        "trial": trial,
        "view": trial_view(trial, language),
        "criteria": trial.criteria,
        "contacts": [
            {"name": name, "phone": phone, "email": email} for name, _role, phone, email in trial.contacts
        ],
        "places": [
            ", ".join(part for part in (facility, city, country) if part)
            for facility, city, country, _status in trial.places[:MOST_PLACES]
        ],
        "more_places": max(0, len(trial.places) - MOST_PLACES),
        "paragraphs": [part.strip() for part in trial.summary.split("\n\n") if part.strip()],
    }
