"""The fields and the two small forms that the other forms of this folder are made of."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.service.forms import CharField, HiddenField, NHSForm, TextField
from osteon.service.patients.partial_dates import (
    NotADate,
    PartialDate,
    Precision,
    is_in_future,
    parse_partial_date,
)
from osteon.service.patients.saving import VersionField

SHORTEST_REASON = 5


class WhenField(CharField):
    """A date typed as people write it, as exactly as it is known; gives a ``PartialDate``. Never in the future."""

    def __init__(self, *, whole: bool = False, **options: Any) -> None:
        options.setdefault("width", 10)
        options.setdefault("hint", _HINT_WHOLE if whole else _HINT)
        super().__init__(max_length=40, empty_value=None, **options)
        self.whole = whole

    def prepare_value(self, value: Any) -> Any:
        return value.as_typed() if isinstance(value, PartialDate) else value

    def clean(self, value: Any) -> PartialDate | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            when = parse_partial_date(text)
        except NotADate as error:
            raise ValidationError(str(error)) from error
        return self._checked(when)

    def _checked(self, when: PartialDate) -> PartialDate:
        if self.whole and when.precision is not Precision.DAY:
            raise ValidationError(_("Give the whole date, for example 24/11/2026"))
        if is_in_future(when, timezone.localdate()):
            raise ValidationError(_("This lies in the future"))
        return when


_HINT = gettext_lazy("For example 24/11/2026, November 2026, 2026 or about 1998")
_HINT_WHOLE = gettext_lazy("For example 24/11/2026")


class ClockField(CharField):
    """A time of day, ``08:12``; gives a ``time``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=8, width=5, empty_value=None, **options)

    def clean(self, value: Any) -> time | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return datetime.strptime(text.replace(".", ":"), "%H:%M").time()  # noqa: DTZ007
        except ValueError as error:
            raise ValidationError(_("Write the time like 08:12")) from error


class EditForm(NHSForm):
    """A form that carries the version it was opened with, so that a second editor can be told."""

    version = VersionField(required=False)


class ReasonForm(NHSForm):
    """Why. The label is the page's own."""

    reason = TextField(label=gettext_lazy("Why?"), rows=3, max_length=500)

    def __init__(self, *args: Any, label: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["reason"].label = label
        self.fields["reason"].hint = hint

    def clean_reason(self) -> str:
        if len(self.cleaned_data["reason"].strip()) < SHORTEST_REASON:
            raise ValidationError(_("Say it in a few words"))
        return self.cleaned_data["reason"].strip()


class BreakGlassForm(NHSForm):
    """Why a record outside one's teams has to be opened now. The action says how long a reason must be."""

    reason = TextField(
        label=gettext_lazy("Why do you need this record now?"),
        rows=3,
        max_length=1000,
        hint=gettext_lazy("For example: asked by the ward to advise on this patient tonight"),
    )
    goal = HiddenField(required=False)
