"""What readers searched and did not find, for editors, without anything about the reader.

A query that could hold something personal is never kept: figures that could be a number or a date, an address, many
words, or a name that the unit has told the library to stop. Of the rest only a keyed digest is kept until the same
words have been asked on ``SHOWN_FROM`` occasions; then the words themselves.
"""

from __future__ import annotations

import re

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from osteon.library.editorial import identifiers
from osteon.library.search import analysis
from osteon.library.search.models import Miss

SHOWN_FROM = 2
MOST_WORDS = 7
MOST_LETTERS = 80
MOST_FIGURES = 3  # T84, M86.6; any longer row of figures may be a number or a date
MONTHS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*\b.*\d|\d.*\b(?:jan|feb|mar|apr|may|jun"
    r"|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*\b"
)
PERSONAL = re.compile(
    r"@|\bborn\b|\bdob\b|\bnhs n|\bnacid|\bmy name\b|\bme llamo\b|\b(?:mr|mrs|miss|ms|dr|sr|sra)\b\.?"
)


def note(query: str, language: str) -> None:
    """Count one search that found nothing; a query that may be personal leaves no trace."""
    text = " ".join(analysis.fold(query).split())
    if not text or may_be_personal(query, text):
        return
    with transaction.atomic():
        miss, _ = Miss.objects.get_or_create(
            digest=digest(text, language), defaults={"language": language, "last_on": timezone.localdate()}
        )
        Miss.objects.filter(pk=miss.pk).update(times=F("times") + 1, last_on=timezone.localdate())
        Miss.objects.filter(pk=miss.pk, times__gte=SHOWN_FROM).update(text=text)


def may_be_personal(query: str, text: str) -> bool:
    """Errs on the side of keeping nothing."""
    figures = sum(sign.isdigit() for sign in text)
    return (
        len(text) > MOST_LETTERS
        or len(text.split()) > MOST_WORDS
        or figures > MOST_FIGURES
        or bool(MONTHS.search(text) or PERSONAL.search(text) or "@" in query)
        or bool(identifiers.in_text(query))
    )


def digest(text: str, language: str) -> str:
    """Keyed with the site's own secret: nobody can try out words on a copy of the table."""
    return salted_hmac("osteon.library.search.miss", f"{language}\n{text}", algorithm="sha256").hexdigest()


def shown() -> QuerySet[Miss]:
    """What editors see: the words asked most often first."""
    return Miss.objects.exclude(text="").order_by("-times", "-last_on", "text")


def forget(text: str, language: str) -> None:
    """An editor has dealt with it."""
    Miss.objects.filter(digest=digest(text, language)).delete()
