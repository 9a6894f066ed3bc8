"""The Jinja environment of our pages, and the filters every template may use.

    {{ alert.raised_at | moment }}             Tue 24 Nov 2026, 08:12   (in the site's time zone)
    {{ patient.died_on | day }}                Tue 24 Nov 2026
    {{ (date, "month") | partial_day }}        Mar 2024; "year" 2024, "about" about 1998
    {{ result.taken_at | ago }}                3 h ago
    {{ 2140.0 | number }}                      2,140
    {{ patient.birth_date | age }}             67
    {{ course.drug_name | spoken }}            Vancomicina, to a Spanish reader

What is missing (``None``) is printed as "not known", never as nothing.

Functions: ``static(path)``, ``url(name, *args, **kwargs)``, ``url_or_none(name, ...)`` for a page that may not
exist, ``_()`` and ``ngettext()``, ``messages()`` for what the last action had to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext as _
from jinja2 import BaseLoader, ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from osteon.site.shell import address

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


class Undefined(ChainableUndefined):
    """Tolerant where the design system needs it, loud where a template of ours misspells a name.

    The NHS components read optional keys of a mapping (``params.label.classes``): those may be undefined.
    Printing an unknown variable, or an attribute that an object does not have, is an error: a blank place
    on a clinical page reads as "nothing there".
    """

    __slots__ = ()

    def __str__(self) -> str:
        without_name = self._undefined_name is None  # {{ "x" if False }}
        if without_name or isinstance(self._undefined_obj, dict):
            return ""
        self._fail_with_undefined_error()

    def __html__(self) -> str:
        return str(self)


def environment(*, loader: BaseLoader, autoescape: bool = True, **options: Any) -> Environment:
    """Django calls this once, with the loader of our own folders."""
    components = PackageLoader("nhsuk_frontend_jinja")
    options["undefined"] = Undefined
    env = Environment(
        loader=ChoiceLoader([loader, components]),
        extensions=["jinja2.ext.i18n"],
        autoescape=autoescape,  # noqa: S701 - Django passes True
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    env.install_gettext_callables(translated, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(FILTERS)
    env.globals.update(
        static=static, url=url, url_or_none=url_or_none, messages=messages, spoken_language=spoken_language
    )
    return env


def translated(message: str) -> str:
    """``gettext``, remembered: a list says the same few words hundreds of times, and catalogues never change."""
    return _translated(get_language(), message)


@lru_cache(maxsize=8192)
def _translated(language: str | None, message: str) -> str:
    return gettext(message)


def spoken(word: str) -> str:
    """A word of the vocabulary (a drug, a test) in the reader's language; what somebody typed stays as it is.

    Not ``_()``: that would take the word for markup of ours, and a drug's name may have been typed.
    """
    return translated(word) if word else ""


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def url_or_none(name: str, *args: Any, **kwargs: Any) -> str:
    """The page's path, or an empty string when no app offers it."""
    return address(name, *args, **kwargs)


def messages(request: HttpRequest) -> list[dict[str, str]]:
    return [{"text": str(message), "level": message.level_tag} for message in get_messages(request)]


def spoken_language() -> str:
    """``en`` or ``es``: what this page's words are in."""
    return (get_language() or "en").split("-")[0]


def not_known() -> str:
    return str(_("not known"))


def moment(value: datetime | None) -> str:
    """``Tue 24 Nov 2026, 08:12`` in the site's time zone. A time without a zone is UTC (the event stream)."""
    if value is None:
        return not_known()
    local = _local(value)
    return f"{_weekday(local)} {_short(local)}, {local:%H:%M}"


def day(value: date | None) -> str:
    """``Tue 24 Nov 2026``."""
    if value is None:
        return not_known()
    local = _local(value) if isinstance(value, datetime) else value
    return f"{_weekday(local)} {_short(local)}"


def partial_day(value: Any, precision: str | None = None) -> str:
    """A date as exactly as it is known: a ``(date, precision)`` pair, an object with both, or both apart.

    Precision is ``day``, ``month``, ``year`` or ``about`` (about that year).
    """
    when, how = _date_and_precision(value, precision)
    if when is None:
        return not_known()
    if how == "month":
        return f"{date_format(when, 'M')} {when.year}"
    if how == "year":
        return str(when.year)
    if how == "about":
        return _("about %(year)s") % {"year": when.year}
    return day(when)


def _date_and_precision(value: Any, precision: str | None) -> tuple[date | None, str]:
    if value is None or isinstance(value, date):
        return value, precision or "day"
    if isinstance(value, tuple):
        return value[0], value[1]
    return value.date, value.precision


def ago(value: datetime | None, now: datetime | None = None) -> str:
    """``just now``, ``8 min ago``, ``3 h ago``, ``5 d ago``, then ``6 weeks ago``; ``in 3 h`` for what comes."""
    if value is None:
        return not_known()
    minutes = ((now or timezone.now()) - _aware(value)).total_seconds() / 60
    if abs(minutes) < 1:
        return _("just now")
    span = _span(abs(minutes))
    return _("%(span)s ago") % {"span": span} if minutes > 0 else _("in %(span)s") % {"span": span}


def _span(minutes: float) -> str:
    if minutes < 60:
        return f"{int(minutes)} min"
    if minutes < 48 * 60:
        return f"{int(minutes // 60)} h"
    days = int(minutes // (24 * 60))
    if days < 21:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < 91:
        return ngettext("%(count)s week", "%(count)s weeks", days // 7) % {"count": days // 7}
    months = round(days / 30.44)
    if months < 24:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    years = int(days // 365.25)
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def number(value: float | Decimal | None) -> str:
    """``2,140``, ``10.7``, ``0.05``: no trailing zeros, no exponent, at most 12 significant figures.

    In Spanish the thousands are set apart by a narrow space: "2,140" would be read there as two point one.
    """
    if value is None:
        return not_known()
    text = f"{Decimal(format(value, '.12g')):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text.replace(",", NARROW_SPACE) if (get_language() or "").startswith("es") else text


def age(born: date | None, on: date | None = None, precision: str = "day") -> str:
    """Whole years between birth and ``on`` (today): ``67``; under two years in months; ``about 67`` if partial."""
    if born is None:
        return not_known()
    when = on or timezone.localdate()
    months = (when.year - born.year) * 12 + when.month - born.month - (when.day < born.day)
    if precision != "day":
        return _("about %(years)s") % {"years": max(months // 12, 0)}
    if months < 24:
        return ngettext("%(count)s month", "%(count)s months", max(months, 0)) % {"count": max(months, 0)}
    return str(months // 12)


def joined(values: Iterable[Any], word: str | None = None) -> str:
    """``a, b and c``."""
    texts = [str(value) for value in values]
    if len(texts) < 2:
        return "".join(texts)
    return f"{', '.join(texts[:-1])} {word or _('and')} {texts[-1]}"


def _aware(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if timezone.is_naive(value) else value


def _local(value: datetime) -> datetime:
    return timezone.localtime(_aware(value))


def _weekday(value: date) -> str:
    return date_format(value, "D")


def _short(value: date) -> str:
    return f"{value.day} {date_format(value, 'M')} {value.year}"


FILTERS = {
    "moment": moment,
    "day": day,
    "partial_day": partial_day,
    "ago": ago,
    "number": number,
    "age": age,
    "joined": joined,
    "spoken": spoken,
}
