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
from osteon.service.forms import CharField, ChoiceField, DateField, IntegerField, NHSForm, TextField
from osteon.service.patients.models import Episode
from osteon.service.patients.saving import VersionField

NOT_ANTIMICROBIAL = ("anticoagulant",)
DATE_HINT = _("For example, 24 11 2026")


def drug_choices() -> list[tuple[str, Any]]:
    """The antimicrobials of the list by name."""
    drugs = [drug for drug in DRUGS.values() if drug.group not in NOT_ANTIMICROBIAL]
    return [("", _("Not in the list")), *sorted(((d.key, d.name) for d in drugs), key=lambda c: c[1])]


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
        label=_("Last day by the plan, or the day it will be decided"), required=False, hint=DATE_HINT
    )

    def __init__(self, *args: Any, episodes: Iterable[Episode] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.episodes = {str(episode.public_id): episode for episode in episodes}
        listed = [(key, str(episode)) for key, episode in self.episodes.items()]
        self.fields["episode"].choices = [("", _("None named")), *listed]

    def chosen_episode(self) -> Episode | None:
        return self.episodes.get(self.cleaned_data["episode"])


class StartCourseForm(_OrderForm):
    """A new course. The plan is a last day, or a number of days."""

    drug = ChoiceField(label=_("Drug"), choices=drug_choices, required=False)
    other_drug = CharField(
        label=_("Another drug"),
        required=False,
        max_length=300,
        hint=_("By its name, if it is not in the list."),
    )
    length_days = IntegerField(
        label=_("Or for how many days?"),
        required=False,
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
        "planned_stop_on",
        "length_days",
        "indication",
        "episode",
    )

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
        if bool(cleaned.get("drug")) == bool(cleaned.get("other_drug")):
            self.add_error("drug", _("Choose a drug from the list, or write another one"))
        self._plan(cleaned)
        return cleaned

    def _plan(self, cleaned: dict[str, Any]) -> None:
        start, stop, length = (cleaned.get(n) for n in ("started_on", "planned_stop_on", "length_days"))
        if stop is None and length is None and "planned_stop_on" not in self.errors:
            self.add_error("planned_stop_on", _("Give the last day, or the number of days"))
        if not start or not length:
            return
        by_length = last_day(start, length)
        if stop is not None and stop != by_length:
            words = _("%(days)s days end on %(by_length)s. Give one of the two, or the same day")
            said = {"days": length, "by_length": f"{by_length.day} {by_length:%b %Y}"}
            self.add_error("planned_stop_on", words % said)
        cleaned["planned_stop_on"] = stop or by_length

    def order(self) -> Order:
        """What is given, as the actions want it."""
        said = self.cleaned_data
        name = DRUGS[said["drug"]].name if said["drug"] else said["other_drug"]
        return _order(said, said["drug"], name)


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
