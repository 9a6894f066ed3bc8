"""Forms of the worklist. They validate and hand plain values to actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from osteon.service.accounts.models import Person
from osteon.service.accounts.permissions import ROLES, Permission
from osteon.service.forms import CharField, ChoiceField, DateField, HiddenField, NHSForm, TextField
from osteon.service.patients.saving import VersionField
from osteon.service.worklist.models import ACTS_THAT_NEED_A_REASON, Act, Alert, HandoverEntry, Task

SAY_WHY = _("Say why, so that the next person need not ask")


class AnswerForm(NHSForm):
    """What both answers to an alert share: ``seen`` is the fingerprint of the alert as it was shown."""

    seen = HiddenField()

    def now_shows(self, alert: Alert) -> None:
        """After a refusal the page shows the alert as it is now; what was typed stays."""
        if self.is_bound:
            self.data = {**self.data.dict(), "seen": alert.fingerprint}


class AcknowledgeForm(AnswerForm):
    """What was done about an alert, or why nothing is to be done."""

    act = ChoiceField(
        label=_("What have you done?"),
        choices=Act.choices,
        radios=True,
        error_messages={"required": _("Choose what you have done")},
    )
    reason = TextField(
        label=_("Details"),
        hint=_("Needed when nothing was done; otherwise whatever the next person should know"),
        required=False,
        rows=3,
        max_length=2000,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("act") in ACTS_THAT_NEED_A_REASON and not cleaned.get("reason"):
            self.add_error("reason", SAY_WHY)
        return cleaned


class SnoozeForm(AnswerForm):
    """Until which morning, and why it can wait."""

    until = DateField(label=_("Until the morning of"))
    reason = TextField(
        label=_("Why can it wait?"),
        rows=3,
        max_length=2000,
        error_messages={"required": _("Say why it can wait")},
    )


class TaskForm(NHSForm):
    """A task: what, for whom, by when. ``owner`` is ``person:<uuid>`` or ``role:<key>``."""

    version = VersionField(required=False)
    text = CharField(
        label=_("What is to be done?"),
        max_length=500,
        error_messages={"required": _("Say what is to be done")},
    )
    owner = ChoiceField(
        label=_("Who does it?"), error_messages={"required": _("Choose a person, or whoever is on duty")}
    )
    due_on = DateField(
        label=_("By when?"),
        hint=_("It shows on their Today from that day on"),
        error_messages={"required": _("Say by when")},
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"person:{person.public_id}": person for person in people}
        self.fields["owner"].choices = [
            ("", _("Choose")),
            (_("People"), [(key, person_words(person)) for key, person in self.people.items()]),
            (_("Whoever is on duty"), [(f"role:{r.key}", r.name) for r in task_roles()]),
        ]

    def owner_values(self) -> dict[str, Any]:
        """The chosen owner, as the action takes it."""
        chosen = self.cleaned_data["owner"]
        person = self.people.get(chosen)
        return {"owner": person, "owner_role": "" if person else chosen.removeprefix("role:")}

    @staticmethod
    def initial_of(task: Task) -> dict[str, Any]:
        """What the form shows for a stored task."""
        owner = f"person:{task.owner.public_id}" if task.owner else f"role:{task.owner_role}"
        return {"version": task.version, "text": task.text, "owner": owner, "due_on": task.due_on}


def task_roles() -> list[Any]:
    """Roles that can be given a task."""
    return [role for role in ROLES.values() if Permission.MANAGE_TASK in role.permissions]


def person_words(person: Person) -> str:
    """``Nia Bell, OPAT nurse``."""
    return f"{person.full_name}, {person.role_data.name}" if person.role_data else person.full_name


class HandoverForm(NHSForm):
    """What happened overnight and what is planned."""

    version = VersionField(required=False)
    overnight = TextField(label=_("Overnight events"), required=False, rows=4, max_length=4000)
    plan = TextField(label=_("Plan for today"), required=False, rows=6, max_length=4000)

    @staticmethod
    def initial_of(entry: HandoverEntry | None) -> dict[str, Any]:
        """What the form shows for a stored entry; ``version`` 0 when there is none yet."""
        if entry is None:
            return {"version": 0}
        return {"version": entry.version, "overnight": entry.overnight, "plan": entry.plan}


class SwitchForm(NHSForm):
    """Why a provisional rule is switched on or off."""

    reason = TextField(
        label=_("Why?"),
        hint=_("Kept and shown beside the rule"),
        rows=3,
        max_length=2000,
        error_messages={"required": _("Say why")},
    )
