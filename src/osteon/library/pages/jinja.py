"""The Jinja environment of the library's pages.

    {{ view.page.reviewed_on | day }}     24 November 2026, 24 de noviembre de 2026
    {{ pageurl(page) }}, {{ url("pages:subscribe") }}, {{ static("osteon/library.css") }}, {{ _("Search") }}

A name that is misspelt is an error; an optional key of a mapping is not.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext
from jinja2 import BaseLoader, ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from wagtail.jinja2tags import core


class Undefined(ChainableUndefined):
    __slots__ = ()

    def __str__(self) -> str:
        if self._undefined_name is None or isinstance(self._undefined_obj, dict):
            return ""
        self._fail_with_undefined_error()

    def __html__(self) -> str:
        return str(self)


def environment(*, loader: BaseLoader, autoescape: bool = True, **options: Any) -> Environment:
    """Django calls this once, with the loader of our own folders."""
    options["undefined"] = Undefined
    env = Environment(
        loader=ChoiceLoader([loader, PackageLoader("nhsuk_frontend_jinja")]),
        extensions=["jinja2.ext.i18n", core],
        autoescape=autoescape,  # noqa: S701  Django passes True
        trim_blocks=True,
        lstrip_blocks=True,
        **options,
    )
    env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(day=day)
    env.globals.update(static=static, url=url, spoken_language=spoken_language)
    return env


def url(name: str, *args: Any, **kwargs: Any) -> str:
    return reverse(name, args=args, kwargs=kwargs)


def spoken_language() -> str:
    return (get_language() or "en").split("-")[0]


def day(value: date | None) -> str:
    """``24 November 2026``, in the words of the page's language."""
    if value is None:
        return gettext("not known")
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    form = r"j \d\e F \d\e Y" if spoken_language() == "es" else "j F Y"
    return date_format(local, form)
