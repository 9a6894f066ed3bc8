"""What people fill in about accounts, teams and broken glass. Validates; the actions change."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from osteon.service.accounts.actions import SHORTEST_REASON
from osteon.service.accounts.models import BreakGlass, Person, Team
from osteon.service.accounts.permissions import ROLES
from osteon.service.accounts.queries import TrailFilter
from osteon.service.forms import (
    CharField,
    ChoiceField,
    DateField,
    EmailField,
    MultipleChoiceField,
    NHSForm,
    TextField,
)

UUID_IN_TEXT = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)


class BreakGlassForm(NHSForm):
    reason = TextField(
        label=_("Why do you need this record now?"),
        hint=_("The privacy lead reads this. For example: on call, patient in the emergency department."),
        rows=3,
        min_length=SHORTEST_REASON,
        max_length=1000,
    )


class ReviewForm(NHSForm):
    verdict = ChoiceField(
        label=_("Was it justified?"), choices=BreakGlass.Verdict.choices, radios=True, label_size="m"
    )
    review_note = TextField(label=_("Note"), hint=_("What you checked, and whom you spoke to."), rows=4)


def role_choices() -> list[tuple[str, Any]]:
    return [("", _("Choose a role")), *((role.key, role.name) for role in ROLES.values())]


class _TeamsForm(NHSForm):
    """Shared by the forms that ask for teams: the choices are read when the form is made."""

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._teams = {str(team.pk): team for team in teams}
        self.fields["teams"].choices = [(key, team.name) for key, team in self._teams.items()]  # type: ignore[attr-defined]

    def chosen_teams(self) -> list[Team]:
        return [self._teams[key] for key in self.cleaned_data["teams"]]


class NewPersonForm(_TeamsForm):
    full_name = CharField(label=_("Full name"), max_length=200)
    title = CharField(label=_("Professional title"), max_length=200, required=False)
    email = EmailField(
        label=_("Email address"), hint=_("They sign in with it; a link to set a password is sent to it.")
    )
    role = ChoiceField(label=_("Role"), choices=lazy(role_choices, list)())
    teams = MultipleChoiceField(
        label=_("Teams"), hint=_("They see the patients of these teams."), required=False
    )


class PersonForm(_TeamsForm):
    full_name = CharField(label=_("Full name"), max_length=200)
    title = CharField(label=_("Professional title"), max_length=200, required=False)
    role = ChoiceField(label=_("Role"), choices=lazy(role_choices, list)())
    teams = MultipleChoiceField(
        label=_("Teams"), hint=_("They see the patients of these teams."), required=False
    )

    @staticmethod
    def initial_for(person: Person) -> dict[str, Any]:
        teams = [str(team.pk) for team in person.teams.all()]
        return {
            "full_name": person.full_name,
            "title": person.title,
            "role": person.role,
            "teams": teams,
        }


class ReasonForm(NHSForm):
    """A reason for an act that another person may ask about later."""

    reason = TextField(label=_("Reason"), rows=3, max_length=500)


class TeamForm(NHSForm):
    name = CharField(label=_("Name of the team"), max_length=100, width=20)


class TrailFilterForm(NHSForm):
    """What to look for in the trail; everything optional."""

    who = CharField(label=_("Name or email of a person"), required=False, width=20)
    patient = CharField(
        label=_("Patient's record"), hint=_("The code in the address of the record"), required=False, width=20
    )
    since = DateField(label=_("From"), required=False)
    until = DateField(label=_("Until"), required=False)

    def clean_patient(self) -> uuid.UUID | None:
        """The code, or the whole address of any page of the record."""
        typed = self.cleaned_data["patient"]
        if not typed:
            return None
        found = UUID_IN_TEXT.search(typed)
        if found is None:
            raise ValidationError(
                _("Copy the code from the address of the record: 32 letters and figures with hyphens")
            )
        return uuid.UUID(found[0])

    def wanted(self) -> TrailFilter:
        """What to look for; everything, while the form is wrong or empty."""
        if not self.is_valid():
            return TrailFilter()
        data = self.cleaned_data
        return TrailFilter(data["who"], data["patient"], data["since"], data["until"])
