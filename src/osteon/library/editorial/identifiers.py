"""Patients' identifiers in a text: NHS numbers, dates of birth, and names the unit gave.

An editor who pastes from a letter is stopped before the text is kept, not only before it is published. The
check errs on the side of stopping: a reader loses nothing when "12/03/1956" is written in another way.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from osteon.library.editorial.models import ForbiddenName

TEN_DIGITS = re.compile(r"(?<![\d/.])\d{3}[ \u00a0-]?\d{3}[ \u00a0-]?\d{4}(?![\d])")
NUMERIC_DATE = re.compile(
    r"(?<![\d/.-])(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}|(?:19|20)\d{2}[/.-]\d{1,2}[/.-]\d{1,2})(?![\d/-])"
)
BIRTH = re.compile(
    r"\b(?:born|d\.?o\.?b|date of birth|nacid[oa]|fecha de nacimiento)\b\.?[^.\n]{0,25}?\b(?:19|20)\d{2}\b",
    re.IGNORECASE,
)
TAG = re.compile(r"<[^>]+>")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
WEIGHTS = range(10, 1, -1)  # NHS Data Dictionary, "NHS NUMBER", Modulus 11
LONGEST_NAME = 4  # words
BATCH = 500


def has_check_digit(text: str) -> bool:
    """Whether ten digits are a possible NHS number.

    >>> has_check_digit("943 476 5919"), has_check_digit("943 476 5918")
    (True, False)
    """
    digits = [int(one) for one in text if one.isdigit()]
    check = (11 - sum(d * w for d, w in zip(digits[:9], WEIGHTS, strict=True)) % 11) % 11
    return check == digits[9]


def plain(text: str) -> str:
    """Without tags, which could stand between the digits of a number."""
    return unescape(TAG.sub("", re.sub(r"</(?:p|li|h\d|td|th|tr)>", " . ", text)))


def in_text(text: str) -> list[str]:
    """What kind of identifiers a text holds, in words for the editor; empty when it holds none."""
    return in_texts([text])


def in_texts(texts: Iterable[str]) -> list[str]:
    """The same of several texts, asking for names once."""
    words = [plain(text) for text in texts]
    found = []
    if any(has_check_digit(match) for text in words for match in TEN_DIGITS.findall(text)):
        found.append(_("an NHS number"))
    if any(NUMERIC_DATE.search(text) or BIRTH.search(text) for text in words):
        found.append(_("what looks like a date of birth (write other dates in words: 24 November 2026)"))
    if any_forbidden(words):
        found.append(_("the name of a patient of the unit"))
    return found


# Names -------------------------------------------------------------------------------------------------


def folded(text: str) -> list[str]:
    bare = unicodedata.normalize("NFKD", text)
    bare = "".join(one for one in bare if not unicodedata.combining(one)).casefold()
    return [word.replace("’", "'") for word in WORD.findall(bare)]


def digest(words: Iterable[str]) -> str:
    """Keyed with the library's own secret: the table tells nobody who is in it."""
    return hmac.new(settings.SECRET_KEY.encode(), " ".join(words).encode(), hashlib.sha256).hexdigest()


def orders(name: str) -> Iterator[list[str]]:
    """A name as it may be written: "Family, Given" gives both orders; other names as they stand."""
    family, comma, given = name.partition(",")
    if comma:
        yield folded(given) + folded(family)
        yield folded(family) + folded(given)
    else:
        yield folded(name)
        yield [*folded(name)[-1:], *folded(name)[:-1]]


def windows(text: str) -> Iterator[list[str]]:
    words = folded(text)
    for length in range(2, LONGEST_NAME + 1):
        yield from (words[start : start + length] for start in range(len(words) - length + 1))


def any_forbidden(texts: Iterable[str]) -> bool:
    if not ForbiddenName.objects.exists():
        return False
    digests = list({digest(window) for text in texts for window in windows(text)})
    return any(
        ForbiddenName.objects.filter(digest__in=digests[start : start + BATCH]).exists()
        for start in range(0, len(digests), BATCH)
    )


# Pages -------------------------------------------------------------------------------------------------


def texts_of(value: Any) -> Iterator[str]:
    """Every text inside plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts_of(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts_of(one)


def refuse_in_page(page: Any) -> None:
    """The guard of every save: see ``settings.LIBRARY_TEXT_GUARDS``."""
    found = in_texts(texts_of(page.guarded()))
    if found:
        what = ", ".join(found)
        raise ValidationError(
            _("This text seems to hold %s. Take it out: no page may identify a patient.") % what
        )
