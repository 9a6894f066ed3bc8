"""Dates and moments as a page says them, in the reader's language and no more exactly than they are known."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osteon.service.patients.partial_dates import PartialDate, Precision


def said(when: PartialDate | None) -> str:
    """``24 Nov 2026``, ``March 2024``, ``2024``, ``about 1998``; ``not known``."""
    return _("not known") if when is None else said_date(when.date, when.precision)


def said_date(when: date, precision: str) -> str:
    """A date as exactly as ``precision`` says."""
    if precision == Precision.MONTH:
        return f"{date_format(when, 'F')} {when.year}"
    if precision == Precision.YEAR:
        return str(when.year)
    if precision == Precision.ABOUT:
        return _("about %(year)s") % {"year": when.year}
    return f"{when.day} {date_format(when, 'M')} {when.year}"


def said_moment(moment: datetime | None, precision: str) -> str:
    """``Mon 2 Nov 2026, 08:12`` on the unit's clock; without the clock where only the date is known."""
    if moment is None:
        return _("time not known")
    if precision != Precision.MINUTE:
        return said_date(moment.date(), precision)
    local = timezone.localtime(moment)
    return f"{date_format(local, 'D')} {said_date(local.date(), Precision.DAY)}, {local:%H:%M}"
