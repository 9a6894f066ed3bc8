"""What people type about courses. Forms validate and hand plain values to the actions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osteon.events.vocabulary import DRUGS
from osteon.service.courses.actions import Order
from osteon.service.courses.allergies import Conflict
from osteon.service.courses.arithmetic import last_day
from osteon.service.courses.models import Course, Delivery, Route, StopReason
from osteon.service.forms import CharField, ChoiceField, DateField, IntegerField, NHSForm, TextField, given
from osteon.service.patients.models import Episode
from osteon.service.patients.saving import VersionField

NOT_LISTED = "other"
NOT_ANTIMICROBIAL = ("anticoagulant",)
DATE_HINT = _("For example, 24 11 2026")


def drug_choices() -> list[tuple[str, Any]]:
    """The antimicrobials of the list by name."""
    drugs = [drug for drug in DRUGS.values() if drug.group not in NOT_ANTIMICROBIAL]
    listed = [(drug.key, _(drug.name)) for drug in sorted(drugs, key=lambda drug: drug.name)]
    return [("", _("Choose")), *listed, (NOT_LISTED, _("Not in the list"))]


def known_choices(choices: Any) -> list[tuple[str, Any]]:
    """Choices a person may choose: "not recorded" is for imports."""
    return [(value, words) for value, words in choices if value != "not-recorded"]


class _OrderForm(NHSForm):
    """What is given: dose, route, who gives it, and for which episode."""

    dose_text = CharField(
        label=_("Dose"), max_length=300, hint=_("As it is given, for example 2 g every 24 hours")
    )
    route = ChoiceField(label=_("Route"), choices=known_choices(Route.choices))
    delivery = ChoiceField(label=_("Who gives it?"), choices=known_choices(Delivery.choices))
    indication = CharField(label=_("What for?"), required=False, max_length=300)
    episode = ChoiceField(label=_("Episode"), required=False)
    started_on = DateField(label=_("First day"), hint=DATE_HINT)
    planned_stop_on = DateField(
        label=_("Last day by the plan"),
        required=False,
        hint=_("Or the day on which it will be decided. For example, 24 11 2026"),
    )

    def __init__(self, *args: Any, episodes: Iterable[Episode] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.episodes = {str(episode.public_id): episode for episode in episodes}
        listed = [(key, str(episode)) for key, episode in self.episodes.items()]
        self.fields["episode"].choices = [("", _("None named")), *listed]

    def chosen_episode(self) -> Episode | None:
        return self.episodes.get(self.cleaned_data["episode"])


class StartCourseForm(_OrderForm):
    """A new course. The plan is a number of days, or a last day."""

    drug = ChoiceField(label=_("Drug"), choices=drug_choices)
    other_drug = CharField(label=_("Name of a drug not in the list"), required=False, max_length=300)
    plan = ChoiceField(
        label=_("Until when is it planned?"),
        hint=_("Without a day to stop, or to decide, a course cannot be started."),
        choices=[("length", _("For a number of days")), ("day", _("Until a day"))],
        radios=True,
    )
    length_days = IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=3660,
        hint=_("The first day counts: 42 for six weeks."),
    )
    field_order = (
        "drug",
        "other_drug",
        "dose_text",
        "route",
        "delivery",
        "started_on",
        "plan",
        "length_days",
        "planned_stop_on",
        "indication",
        "episode",
    )
    conditions = [
        given("plan", "length").require("length_days"),
        given("plan", "day").require("planned_stop_on"),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conflicts: list[Conflict] = []
        if "allergy_override" in self.data:
            self._ask_why()

    def warn(self, conflicts: list[Conflict]) -> None:
        """Shows the allergies that speak against the drug, and asks why it is given all the same."""
        self.conflicts = conflicts
        self._ask_why()

    def _ask_why(self) -> None:
        self.fields["allergy_override"] = TextField(
            label=_("I know. It is given all the same, because"), required=False, max_length=1000, rows=3
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_other = cleaned.get("drug") == NOT_LISTED
        if is_other and not cleaned.get("other_drug"):
            self.add_error("other_drug", _("Write the name of the drug"))
        if cleaned.get("drug") and not is_other and cleaned.get("other_drug"):
            self.add_error("other_drug", _("Leave this empty, or choose “not in the list” above"))
        if cleaned.get("started_on") and cleaned.get("length_days"):
            cleaned["planned_stop_on"] = last_day(cleaned["started_on"], cleaned["length_days"])
        return cleaned

    def order(self) -> Order:
        """What is given, as the actions want it."""
        said = self.cleaned_data
        if said["drug"] == NOT_LISTED:
            return _order(said, "", said["other_drug"])
        return _order(said, said["drug"], DRUGS[said["drug"]].name)


class EditCourseForm(_OrderForm):
    """A correction of what was written down wrongly."""

    stop_reason = ChoiceField(label=_("Why it stopped"), required=False, choices=[])
    stop_note = TextField(label=_("Note on the stop"), required=False, max_length=1000, rows=2)
    reason = CharField(label=_("What was wrong?"), max_length=100)
    version = VersionField()

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.course = course
        if course.stopped_at:
            self.fields["stop_reason"].choices = StopReason.choices
        else:
            del self.fields["stop_reason"], self.fields["stop_note"]
        for name, choices in (("route", Route.choices), ("delivery", Delivery.choices)):
            if getattr(course, name) == "not-recorded":
                self.fields[name].choices = choices

    @staticmethod
    def initial_of(course: Course) -> dict[str, Any]:
        return {
            "dose_text": course.dose_text,
            "route": course.route,
            "delivery": course.delivery,
            "indication": course.indication,
            "episode": str(course.episode.public_id) if course.episode else "",
            "started_on": course.started_on,
            "planned_stop_on": course.planned_stop_on,
            "stop_reason": course.stop_reason,
            "stop_note": course.stop_note,
            "version": course.version,
        }

    def order(self) -> Order:
        """What is given, as the actions want it; the drug itself does not change."""
        return _order(self.cleaned_data, self.course.drug, self.course.drug_name)

    def stop_words(self) -> dict[str, str]:
        """Reason and note of a stop that is known."""
        said = self.cleaned_data
        if said.get("stop_reason") in (None, "", StopReason.NOT_RECORDED):
            return {}
        return {"stop_reason": said["stop_reason"], "stop_note": said["stop_note"]}


def _order(said: dict[str, Any], drug: str, name: str) -> Order:
    return Order(drug, name, said["dose_text"], said["route"], said["delivery"], said["indication"])


class ChangeDoseForm(NHSForm):
    """Another dose."""

    dose_text = CharField(label=_("New dose"), max_length=300)
    effective_on = DateField(label=_("From which day?"), hint=DATE_HINT)
    reason = TextField(label=_("Why?"), max_length=1000, rows=2)
    version = VersionField()

    @staticmethod
    def initial_of(course: Course) -> dict[str, Any]:
        return {
            "dose_text": course.dose_text,
            "effective_on": timezone.localdate(),
            "version": course.version,
        }


class ChangePlanForm(NHSForm):
    """Another planned stop."""

    planned_stop_on = DateField(label=_("New last day by the plan"), hint=DATE_HINT)
    reason = TextField(label=_("Why?"), max_length=1000, rows=2)
    version = VersionField()

    @staticmethod
    def initial_of(course: Course) -> dict[str, Any]:
        return {"planned_stop_on": course.planned_stop_on, "version": course.version}


class ChangeDeliveryForm(NHSForm):
    """Somebody else gives it."""

    delivery = ChoiceField(label=_("Who gives it now?"), choices=known_choices(Delivery.choices))
    effective_on = DateField(label=_("From which day?"), hint=DATE_HINT)
    reason = TextField(label=_("Why?"), max_length=1000, rows=2)
    version = VersionField()

    @staticmethod
    def initial_of(course: Course) -> dict[str, Any]:
        return {"delivery": course.delivery, "effective_on": timezone.localdate(), "version": course.version}


class StopCourseForm(NHSForm):
    """The stop of a course."""

    stopped_on = DateField(label=_("Last day it was given"), hint=DATE_HINT)
    stop_reason = ChoiceField(
        label=_("Why did it stop?"), choices=known_choices(StopReason.choices), radios=True
    )
    note = TextField(label=_("Note"), required=False, max_length=1000, rows=2, hint=_("Needed for “other”."))
    version = VersionField()

    @staticmethod
    def initial_of(course: Course) -> dict[str, Any]:
        return {
            "stopped_on": course.stopped_on or timezone.localdate(),
            "stop_reason": course.stop_reason,
            "note": course.stop_note,
            "version": course.version,
        }


class ErrorForm(NHSForm):
    """Why something is entered in error."""

    reason = TextField(label=_("Why is it wrong?"), max_length=500, rows=3)
