"""What people type about episodes, findings and allergies. Hands plain values to an action; saves nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.service.accounts.models import Person, Team
from osteon.service.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    FloatField,
    NHSForm,
    TextField,
)
from osteon.service.patients.fields import ClockField, EditForm, WhenField
from osteon.service.patients.finding_kinds import Answer, FindingKind, unit_words
from osteon.service.patients.models import Allergy, Episode, Finding
from osteon.service.patients.partial_dates import (
    NotADate,
    PartialDate,
    Precision,
    date_of,
    moment_of,
)
from osteon.service.patients.road import ROAD, Position, is_ordinary

# Episodes


class EpisodeForm(EditForm):
    """What an episode says; where it stands is another form."""

    kind = ChoiceField(
        label=gettext_lazy("Infection"), choices=[("", gettext_lazy("Choose")), *Episode.Kind.choices]
    )
    site = CharField(
        label=gettext_lazy("Bone or joint"),
        max_length=80,
        width=20,
        hint=gettext_lazy("For example tibia, hip, T7/8"),
    )
    side = ChoiceField(label=gettext_lazy("Side"), choices=Episode.Side.choices, radios=True)
    diagnosis = CharField(label=gettext_lazy("Diagnosis in words"), max_length=400, required=False)
    opened = WhenField(label=gettext_lazy("When did it begin?"))
    team = ChoiceField(label=gettext_lazy("Team"))
    responsible = ChoiceField(label=gettext_lazy("Responsible"), required=False)

    def __init__(self, *args: Any, teams: Iterable[Team], doctors: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.slug: team for team in teams}
        self.doctors = {str(doctor.public_id): doctor for doctor in doctors}
        named = [(slug, team.name) for slug, team in self.teams.items()]
        self.fields["team"].choices = [("", _("Choose")), *named]
        self.fields["responsible"].choices = [
            ("", _("Nobody named yet")),
            *((key, f"{doctor.full_name}, {doctor.role_data.name}") for key, doctor in self.doctors.items()),
        ]

    @staticmethod
    def initial_of(episode: Episode) -> dict[str, Any]:
        """What the form shows of a stored episode."""
        return {
            "version": episode.version,
            "kind": episode.kind,
            "site": episode.site,
            "side": episode.side,
            "diagnosis": episode.diagnosis,
            "opened": episode.opened,
            "team": episode.team.slug,
            "responsible": str(episode.responsible.public_id) if episode.responsible else "",
        }

    def values(self) -> dict[str, Any]:
        """Keyword arguments for ``open_episode`` and ``edit_episode``."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("version", "status")}
        return {
            **said,
            "team": self.teams[said["team"]],
            "responsible": self.doctors.get(said["responsible"]),
        }


class OpenEpisodeForm(EpisodeForm):
    """A new episode: also where on the road it starts."""

    status = ChoiceField(
        label=gettext_lazy("Where on the road?"),
        choices=[(p.value, p.words) for p in ROAD if p is not Position.CLOSED],
        initial=Position.REFERRED,
    )

    def values(self) -> dict[str, Any]:
        """Keyword arguments for ``open_episode``."""
        return {**super().values(), "status": self.cleaned_data["status"]}


class MoveForm(EditForm):
    """The next position on the road."""

    goal = ChoiceField(label=gettext_lazy("Where to?"), radios=True)
    reason = TextField(
        label=gettext_lazy("Why?"),
        rows=2,
        max_length=500,
        required=False,
        hint=gettext_lazy("Needed for a move that is not the usual one; it is kept"),
    )

    def __init__(self, *args: Any, episode: Episode, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goal"].choices = [
            (goal.value, goal.words if is_ordinary(episode.status, goal) else _unusual(goal))
            for goal in ROAD
            if goal not in (Position.CLOSED, episode.position)
        ]

    @staticmethod
    def initial_of(episode: Episode) -> dict[str, Any]:
        """The version that was seen; where it stands is said beside "Saved now" when it was moved meanwhile."""
        return {"version": episode.version, "goal": episode.status}


def _unusual(goal: Position) -> str:
    return _("%(goal)s (not the usual next step: say why)") % {"goal": goal.words}


class CloseForm(EditForm):
    """How an episode ended."""

    how = TextField(
        label=gettext_lazy("How did it end?"),
        rows=3,
        max_length=400,
        hint=gettext_lazy("For example: infection free at two years; transferred; declined treatment"),
    )
    closed_on = WhenField(label=gettext_lazy("When?"), whole=True)
    reason = TextField(
        label=gettext_lazy("Why is it closed now?"),
        rows=2,
        max_length=500,
        required=False,
        hint=gettext_lazy("Needed unless it was in follow-up"),
    )

    @staticmethod
    def initial_of(episode: Episode) -> dict[str, Any]:
        """The version that was seen, and today."""
        return {"version": episode.version, "closed_on": PartialDate(timezone.localdate())}

    def values(self) -> dict[str, Any]:
        """Keyword arguments for ``close_episode``."""
        said = self.cleaned_data
        return {"how": said["how"], "closed_on": said["closed_on"].date, "reason": said["reason"]}


# Findings and allergies


class FindingForm(EditForm):
    """One finding of one kind: yes or no, a number, or words; with its time as exactly as it is known."""

    day = WhenField(label=gettext_lazy("When?"))
    clock = ClockField(
        label=gettext_lazy("At what time?"), required=False, hint=gettext_lazy("For example 08:12")
    )
    text = CharField(label=gettext_lazy("Remark"), max_length=1000, required=False)

    def __init__(self, *args: Any, kind: FindingKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind.answer is Answer.YES_NO:
            self.fields["present"] = ChoiceField(
                label=kind.name,
                choices=[("yes", _("Present")), ("no", _("Absent"))],
                radios=True,
                inline=True,
            )
        elif kind.answer is Answer.NUMBER:
            self.fields["number"] = FloatField(label=kind.name, suffix=unit_words(kind.unit))
        else:
            self.fields["text"].label, self.fields["text"].required = _("What was found?"), True
        self.order_fields(["present", "number"] if kind.answer is not Answer.WORDS else ["text"])

    @staticmethod
    def initial_of(finding: Finding) -> dict[str, Any]:
        """What the form shows of a stored finding."""
        local = timezone.localtime(finding.time)
        return {
            "version": finding.version,
            "present": None if finding.present is None else "yes" if finding.present else "no",
            "number": finding.numeric_value,
            "text": finding.text_value,
            "day": date_of(local, finding.precision),
            "clock": f"{local:%H:%M}" if finding.precision == Precision.MINUTE else "",
        }

    @staticmethod
    def now() -> dict[str, Any]:
        """What a new finding starts with: this minute."""
        local = timezone.localtime()
        return {"day": PartialDate(local.date()), "clock": f"{local:%H:%M}"}

    @property
    def unit(self) -> str:
        """The unit of the answer, where it is a number."""
        return self.kind.unit

    def clean_number(self) -> float:
        number, kind = self.cleaned_data["number"], self.kind
        if not kind.lowest <= number <= kind.highest:
            raise ValidationError(
                _("%(name)s is between %(lowest)s and %(highest)s %(unit)s: check what you typed")
                % {
                    "name": kind.name,
                    "lowest": f"{kind.lowest:g}",
                    "highest": f"{kind.highest:g}",
                    "unit": unit_words(kind.unit),
                }
            )
        return number

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("day"):
            try:
                moment = moment_of(cleaned["day"], cleaned.get("clock"), timezone.get_current_timezone())
            except NotADate as error:
                self.add_error("clock", str(error))
            else:
                cleaned["moment"] = self._past(moment)
        return cleaned

    def _past(self, moment: tuple[datetime, Precision]) -> tuple[datetime, Precision]:
        if moment[1] is Precision.MINUTE and moment[0] > timezone.now() + SLACK:
            self.add_error("clock", _("This lies in the future"))
        return moment

    def values(self) -> dict[str, Any]:
        """Keyword arguments for ``record_finding`` and ``edit_finding``."""
        said = self.cleaned_data
        time_, precision = said["moment"]
        return {
            "time": time_,
            "precision": precision,
            "present": said["present"] == "yes" if "present" in said else None,
            "numeric_value": said.get("number"),
            "text_value": said["text"],
        }


# A clock on the wall may run a little ahead of the server's.
SLACK = timedelta(minutes=10)


class AllergyForm(NHSForm):
    """One allergy or intolerance."""

    substance = CharField(
        label=gettext_lazy("To what?"),
        max_length=200,
        width=20,
        hint=gettext_lazy("The drug or substance, for example penicillin"),
    )
    reaction = CharField(
        label=gettext_lazy("What happened?"),
        max_length=300,
        required=False,
        hint=gettext_lazy("For example rash, anaphylaxis, vomiting"),
    )
    kind = ChoiceField(
        label=gettext_lazy("What was it?"),
        choices=[
            (Allergy.Kind.ALLERGY, gettext_lazy("Allergy")),
            (Allergy.Kind.INTOLERANCE, gettext_lazy("Intolerance or side effect")),
        ],
        radios=True,
    )


class NoAllergiesForm(NHSForm):
    """The statement that somebody asked and none is known."""

    asked = BooleanField(
        label=gettext_lazy("I have asked, or read in a reliable source: there is no known allergy"),
        error_messages={"required": gettext_lazy("Tick the box, or go back and record the allergy")},
    )
