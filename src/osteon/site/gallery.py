"""What the gallery shows: one of each, with invented words."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.utils import timezone

from osteon.service.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    DateField,
    DecimalField,
    FileField,
    HiddenField,
    MomentField,
    MultipleChoiceField,
    NHSForm,
    PartialDateField,
    PasswordField,
    TextField,
    given,
)


class SampleForm(NHSForm):
    """One field of each kind."""

    name = CharField(label="Text", hint="A hint says what to type", width=20)
    note = TextField(label="Several lines", required=False)
    level = DecimalField(label="Number with a unit", suffix="mg/L")
    site = ChoiceField(
        label="Select", choices=[("", "Choose a site"), ("tibia", "Tibia"), ("femur", "Femur")]
    )
    reason = ChoiceField(
        label="Radios", choices=[("toxicity", "Toxicity"), ("other", "Other")], radios=True, label_size="s"
    )
    other_reason = CharField(label="Which reason?")
    seen = MultipleChoiceField(
        label="Checkboxes", choices=[("pus", "Pus"), ("sinus", "Sinus tract")], required=False, label_size="s"
    )
    sure = BooleanField(label="I have checked the wristband", required=False)
    stopped_on = DateField(label="Whole date", hint="For example, 24 11 2026")
    onset = PartialDateField(label="Date as far as known", about=True, required=False)
    taken_at = MomentField(label="Date and time", required=False)
    picture = FileField(label="File", required=False)
    secret = PasswordField(label="Password", required=False)
    version = HiddenField(required=False, initial="3")

    conditions = [given("reason", "other").require("other_reason")]


def gallery_context(data: Any = None) -> dict[str, Any]:
    """The samples; with ``data`` the form is shown as sent, with its errors."""
    now = timezone.now()
    earlier = now - timedelta(hours=3)
    evidence = [
        _piece("Creatine kinase", value=2140.0, unit="U/L", time=earlier, threshold="more than 10 × 200 U/L"),
        _piece("Muscle symptoms", text="present", time=now - timedelta(days=2)),
        _piece("Creatinine"),
    ]
    sample = SimpleNamespace(
        now=now,
        earlier=earlier,
        birth=date(1959, 3, 12),
        evidence=evidence,
        page=Paginator(range(100), 10).page(2),
    )
    return {"form": SampleForm(data), "sample": sample}


def _piece(what: str, **known: Any) -> SimpleNamespace:
    missing = dict.fromkeys(("value", "unit", "time", "threshold", "source", "text"))
    return SimpleNamespace(what=what, **(missing | known))
