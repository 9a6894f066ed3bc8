"""Dates as people know them: three boxes, whole or in part."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, Literal, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from osteon.service.forms.fields import NHSBoundField, NHSField

Precision = Literal["day", "month", "year", "about"]
EARLIEST_YEAR = 1880


class Parts(NamedTuple):
    """What was typed, as typed."""

    day: str = ""
    month: str = ""
    year: str = ""
    time: str = ""
    about: str = ""


class SplitWidget(forms.Widget):
    """Reads ``name_day``, ``name_month``, ... from the posted data as one ``Parts``."""

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Parts:
        return Parts(*(str(data.get(f"{name}_{part}", "")).strip() for part in Parts._fields))

    def value_omitted_from_data(self, data: Any, files: MultiValueDict[str, Any], name: str) -> bool:
        return not any(f"{name}_{part}" in data for part in Parts._fields)


class _SplitField(NHSField):
    """Shared by the three date fields."""

    component = "date-input"
    widget = SplitWidget
    default_error_messages = {"required": _("Enter the date")}
    boxes: tuple[str, ...] = ("day", "month", "year")

    @property
    def first_part(self) -> str:  # type: ignore[override]
        return f"_{self.boxes[0]}"

    def to_parts(self, value: Any) -> Parts:
        """A value as the boxes show it."""
        return Parts(str(value.day), str(value.month), str(value.year))

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        value = bound.value()
        parts = value if isinstance(value, Parts) else self.to_parts(value) if value else Parts()
        return {
            "fieldset": {"legend": bound._label()},
            "items": [self._box(bound, name, getattr(parts, name)) for name in self.boxes],
        }

    def _box(self, bound: NHSBoundField, name: str, value: str) -> dict[str, Any]:
        box = {
            "id": f"{bound.auto_id}_{name}",
            "name": f"{bound.html_name}_{name}",
            "label": str(BOX_LABELS[name]),
            "value": value,
            "width": BOX_WIDTHS[name],
        }
        if name == "time":
            box["inputmode"] = "text"
        return box | ({"error": True} if bound.errors else {})

    def clean(self, value: Any) -> Any:
        parts = value if isinstance(value, Parts) else Parts()
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self.from_parts(parts)

    def from_parts(self, parts: Parts) -> Any:
        return whole_date(parts)

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.to_parts(initial) if initial else Parts()
        return before != (data or Parts())


class DateField(_SplitField):
    """A whole date; gives a ``date``."""


class MomentField(_SplitField):
    """A date and a time of day in the site's time zone; gives an aware ``datetime``."""

    boxes = ("day", "month", "year", "time")

    def to_parts(self, value: Any) -> Parts:
        local = timezone.localtime(value)
        return Parts(str(local.day), str(local.month), str(local.year), f"{local:%H:%M}")

    def from_parts(self, parts: Parts) -> datetime:
        day = whole_date(parts)
        try:
            clock = datetime.strptime(parts.time.replace(".", ":"), "%H:%M").time()  # noqa: DTZ007
        except ValueError as error:
            raise ValidationError(_("Enter the time as hours and minutes, for example 08:12")) from error
        return _in_site_zone(datetime.combine(day, clock))


class PartialDateField(_SplitField):
    """A date of which only the year, or month and year, may be known.

    Gives ``(date, precision)``; unknown parts of the date are 1 and mean nothing.
    """

    def __init__(self, *, about: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.about = about

    def to_parts(self, value: Any) -> Parts:
        when, precision = value
        return Parts(
            str(when.day) if precision == "day" else "",
            str(when.month) if precision in ("day", "month") else "",
            str(when.year),
            about="on" if precision == "about" else "",
        )

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        params = super().component_params(bound)
        if self.about:
            value = bound.value()
            parts = value if isinstance(value, Parts) else self.to_parts(value) if value else Parts()
            params["about"] = {"name": f"{bound.html_name}_about", "checked": bool(parts.about)}
        return params

    def from_parts(self, parts: Parts) -> tuple[date, Precision]:
        year = _number(parts.year, _("Enter the year, for example 2024"))
        if parts.about:
            if parts.day or parts.month:
                raise ValidationError(_("An approximate date has only the year"))
            return _date(year, 1, 1), "about"
        if not parts.month:
            if parts.day:
                raise ValidationError(_("Enter the month, or leave the day empty too"))
            return _date(year, 1, 1), "year"
        if not parts.day:
            return _date(year, month_number(parts.month), 1), "month"
        return whole_date(parts), "day"


BOX_LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year"), "time": _("Time")}
BOX_WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 4}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def whole_date(parts: Parts) -> date:
    """The date that day, month and year make. Raises ``ValidationError`` with what to do."""
    missing = [str(BOX_LABELS[name]).lower() for name in ("day", "month", "year") if not getattr(parts, name)]
    if missing:
        raise ValidationError(
            _("The date must include a %(parts)s") % {"parts": f" {_('and')} ".join(missing)}
        )
    year = _number(parts.year, _("Enter the year, for example 2024"))
    return _date(year, month_number(parts.month), _number(parts.day, _("Enter the day as a number")))


def month_number(text: str) -> int:
    """``3``, ``03``, ``Mar`` and ``March`` are all the third month."""
    if text[:3].lower() in MONTHS:
        return MONTHS.index(text[:3].lower()) + 1
    return _number(text, _("Enter the month as a number or a name"))


def _in_site_zone(local: datetime) -> datetime:
    """Aware; an hour that does not exist because the clocks go forward is refused, not silently moved."""
    aware = timezone.make_aware(local)
    if timezone.localtime(aware.astimezone(UTC)).replace(tzinfo=None) != local:
        raise ValidationError(_("The clocks skip this hour: check the time"))
    return aware


def _date(year: int, month: int, day: int) -> date:
    if year < EARLIEST_YEAR:
        raise ValidationError(_("Enter the year with four figures, for example 2024"))
    try:
        return date(year, month, day)
    except ValueError as error:
        raise ValidationError(_("There is no such date: check day, month and year")) from error


def _number(text: str, help_text: Any) -> int:
    if not text.isdecimal():
        raise ValidationError(help_text)
    return int(text)
