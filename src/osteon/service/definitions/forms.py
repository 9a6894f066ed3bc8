"""One question about a patient, answered with its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Protocol

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.events.schema import Event
from osteon.events.vocabulary.questions import AskedWord
from osteon.service.definitions.asking import NOT_KNOWN, checked, field_of
from osteon.service.forms import BooleanField, CharField, HiddenField, NHSForm, TextField
from osteon.service.patients.fields import ClockField, WhenField
from osteon.service.patients.partial_dates import NotADate, PartialDate, Precision, moment_of

SLACK: Final = timedelta(minutes=10)  # a clock on the wall may run a little ahead of the server's
SHORTEST_REASON: Final = 5


class Standing(Protocol):
    """What stands of the question already."""

    @property
    def events(self) -> tuple[Event, ...]: ...

    @property
    def seen(self) -> str: ...

    def against(self, event: Event) -> bool: ...


class RecordForm(NHSForm):
    """The answer to exactly one question, and when it was so.

    ``seen``: which answers stood when the form was opened, so that one recorded meanwhile is told.
    """

    day = WhenField(label=gettext_lazy("When was it so?"))
    clock = ClockField(
        label=gettext_lazy("At what time?"), required=False, hint=gettext_lazy("For example 08:12")
    )
    remark = CharField(label=gettext_lazy("Remark"), max_length=300, required=False)
    seen = HiddenField(required=False)

    both = BooleanField(
        label=gettext_lazy("Record it all the same: both answers stand, and it counts as not known"),
        required=False,
    )

    def __init__(self, *args: Any, word: AskedWord, found: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word, self.found = word, found
        self.fields["answer"] = field_of(word)
        self.fields["answer"].needed_when_asked = True
        if not (found.events and self.is_bound):
            del self.fields["both"]
        self.order_fields(["answer", "day", "clock", "remark", "both"])

    @staticmethod
    def now(seen: str) -> dict[str, Any]:
        """What the form starts with: this minute, and what stands already."""
        local = timezone.localtime()
        return {"day": PartialDate(local.date()), "clock": f"{local:%H:%M}", "seen": seen}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        when = self._when(cleaned)
        said = cleaned.get("answer") or ""
        if not said or said == NOT_KNOWN:
            self.add_error("answer", _("Nothing is recorded for what is not known: leave the question open"))
        elif when:
            cleaned["moment"] = when
            self._read(cleaned, said, when[0])
        return cleaned

    def _when(self, cleaned: dict[str, Any]) -> tuple[datetime, Precision] | None:
        if not cleaned.get("day"):
            return None
        try:
            moment = moment_of(cleaned["day"], cleaned.get("clock"), timezone.get_current_timezone())
        except NotADate as error:
            self.add_error("clock", str(error))
            return None
        if moment[0] > timezone.now() + SLACK:
            self.add_error("clock", _("This lies in the future"))
            return None
        return moment

    def _read(self, cleaned: dict[str, Any], said: str, moment: datetime) -> None:
        try:
            cleaned["event"] = checked(
                self.word.key, said, timezone.now().astimezone(UTC).replace(tzinfo=None)
            )
        except ValidationError as error:
            self.add_error("answer", error)
            return
        self._compare(cleaned, replace(cleaned["event"], time=moment.astimezone(UTC).replace(tzinfo=None)))

    def _compare(self, cleaned: dict[str, Any], event: Event) -> None:
        """An answer recorded meanwhile, and one of the same day that says something else, are told first."""
        if cleaned.get("seen", "") != self.found.seen:
            self.data = self.data.copy()
            self.data["seen"] = self.found.seen
            self.add_error(
                None,
                _(
                    "Somebody answered this in the meantime: see below, and send yours again if it still holds."
                ),
            )
        elif self.found.against(event) and not cleaned.get("both"):
            self.add_error(
                "both",
                _("This contradicts what was recorded for the same day: correct that one, or tick this"),
            )

    def event(self) -> Event:
        """The answer as an event of nobody."""
        return self.cleaned_data["event"]


class SwitchForm(NHSForm):
    """Why the unit uses a provisional definition, or no longer does."""

    reason = TextField(label=gettext_lazy("Why?"), rows=3, max_length=500)

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < SHORTEST_REASON:
            raise ValidationError(_("Say it in a few words"))
        return reason
