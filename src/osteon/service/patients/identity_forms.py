"""What people type about who a patient is. Hands plain values to an action; saves nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osteon.service.forms import BooleanField, CharField, ChoiceField, NHSForm
from osteon.service.patients.fields import EditForm, ReasonForm, WhenField
from osteon.service.patients.models import NHS, Patient
from osteon.service.patients.names import identifier_key, name_key
from osteon.service.patients.partial_dates import PartialDate


class PatientForm(EditForm):
    """Name, birth, sex, death and how to reach the patient."""

    family_name = CharField(label=gettext_lazy("Family name"), max_length=200, width=30)
    given_name = CharField(label=gettext_lazy("Given names"), max_length=200, width=30, required=False)
    birth = WhenField(label=gettext_lazy("Date of birth"), required=False)
    sex = ChoiceField(label=gettext_lazy("Sex"), choices=Patient.Sex.choices, radios=True, inline=True)
    telephone = CharField(
        label=gettext_lazy("Telephone"), max_length=60, width=20, required=False, inputmode="tel"
    )
    address = CharField(label=gettext_lazy("Address"), max_length=400, required=False)
    died_on = WhenField(label=gettext_lazy("Date of death"), required=False, whole=True)

    @staticmethod
    def initial_of(patient: Patient) -> dict[str, Any]:
        """What the form shows of a stored patient."""
        return {
            "version": patient.version,
            "family_name": patient.family_name,
            "given_name": patient.given_name,
            "birth": patient.birth,
            "sex": patient.sex,
            "telephone": patient.telephone,
            "address": patient.address,
            "died_on": PartialDate(patient.died_on) if patient.died_on else None,
        }

    def clean_family_name(self) -> str:
        if not name_key(self.cleaned_data["family_name"]):
            raise ValidationError(_("A name has at least one letter"))
        return self.cleaned_data["family_name"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        birth, died = cleaned.get("birth"), cleaned.get("died_on")
        if birth and died and died.date < birth.date:
            self.add_error("died_on", _("This is before the date of birth"))
        return cleaned

    def values(self) -> dict[str, Any]:
        """Keyword arguments for the action."""
        said = {name: value for name, value in self.cleaned_data.items() if name in PATIENT_VALUES}
        return {**said, "died_on": said["died_on"].date if said.get("died_on") else None}


PATIENT_VALUES = ("family_name", "given_name", "birth", "sex", "telephone", "address", "died_on")


class NumbersMixin(NHSForm):
    """NHS number and one number of a hospital."""

    nhs_number = CharField(
        label=gettext_lazy("NHS number"),
        max_length=20,
        width=10,
        required=False,
        inputmode="numeric",
        hint=gettext_lazy(
            "Ten digits. It is kept as you type it; a wrong check digit is shown, not corrected"
        ),
    )
    hospital = CharField(label=gettext_lazy("Hospital"), max_length=80, width=20, required=False)
    hospital_number = CharField(
        label=gettext_lazy("Number at that hospital"), max_length=100, width=20, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("hospital")) != bool(cleaned.get("hospital_number")):
            missing = "hospital" if cleaned.get("hospital_number") else "hospital_number"
            self.add_error(missing, _("A hospital and its number go together"))
        for name in ("nhs_number", "hospital_number"):
            if cleaned.get(name) and not identifier_key(cleaned[name]):
                self.add_error(name, _("This has neither a digit nor a letter"))
        return cleaned

    def numbers(self) -> list[tuple[str, str]]:
        """The numbers that were given, as (system, value)."""
        said = self.cleaned_data
        nhs = [(NHS, said["nhs_number"])] if said.get("nhs_number") else []
        local = [(f"hospital:{said['hospital']}", said["hospital_number"])] if said.get("hospital") else []
        return nhs + local


class RegisterForm(NumbersMixin, PatientForm):
    """A new patient. ``is_new`` is asked only when somebody like them is in the record already."""

    is_new = BooleanField(label=gettext_lazy("I have looked at them: this is somebody else"), required=False)
    field_order = ["family_name", "given_name", "birth", "sex", "nhs_number", "hospital", "hospital_number"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["died_on"]

    def values(self) -> dict[str, Any]:
        """Keyword arguments for ``register_patient``."""
        return {**super().values(), "identifiers": self.numbers()}


class IdentifierForm(NumbersMixin):
    """One more number of a patient."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not self.numbers():
            raise ValidationError(_("Give an NHS number, or a hospital and its number"))
        return cleaned


class MergeForm(ReasonForm):
    """Which record to keep of two that are one person."""

    keep = ChoiceField(label=gettext_lazy("Which record do you keep open?"), radios=True)
    field_order = ["keep", "reason"]

    def __init__(self, *args: Any, records: Iterable[Patient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.records = {str(record.public_id): record for record in records}
        self.fields["keep"].choices = [
            (key, _("%(name)s, born %(born)s") % {"name": record, "born": record.born})
            for key, record in self.records.items()
        ]

    @property
    def pair(self) -> tuple[Patient, Patient]:
        """(the record that is merged away, the record that stays)."""
        stays = self.records[self.cleaned_data["keep"]]
        goes = next(record for record in self.records.values() if record != stays)
        return goes, stays
