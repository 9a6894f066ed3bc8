"""What people type about results and microbiology. Forms validate and hand plain values to the actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms as django_forms
from django.utils.text import format_lazy, slugify
from django.utils.translation import gettext_lazy as _

from osteon.events.schema import COMPARATORS
from osteon.events.vocabulary import DRUGS, MEASURES, ORGANISM_BY_CODE, ORGANISMS, Drug, Measure
from osteon.service.forms import (
    BooleanField,
    CharField,
    ChoiceField,
    FloatField,
    HiddenField,
    IntegerField,
    MomentField,
    NHSForm,
    TextField,
    given,
)
from osteon.service.patients.saving import VersionField
from osteon.service.patients.timeline.words import unit_words
from osteon.service.results.measuring import Reported
from osteon.service.results.models import Result, Specimen
from osteon.service.results.presenters import GROUPS, OTHER

OTHER_TEST = NOT_LISTED = "other"
YES_NO = [("", _("Not recorded")), ("yes", _("Yes")), ("no", _("No"))]
COMPARATOR_CHOICES = [
    ("", _("exactly")),
    *zip(
        COMPARATORS,
        (_("less than (<)"), _("at most (≤)"), _("more than (>)"), _("at least (≥)")),
        strict=True,
    ),
]


def measure_choices() -> list[Any]:
    """The measures in their groups, then another test by name."""
    grouped = {key for _name, keys in GROUPS for key in keys}
    groups = [*GROUPS, (OTHER, tuple(key for key in MEASURES if key not in grouped))]
    choices = [
        (key, format_lazy("{} ({})", _(MEASURES[key].name), unit_of(MEASURES[key])))
        for _n, keys in groups
        for key in keys
    ]
    return [("", _("Choose")), *choices, (OTHER_TEST, _("Another test, by its name"))]


def unit_of(measure: Measure) -> str:
    """The unit of a measure as people write it; ``ratio`` where there is none."""
    return unit_words(measure.unit) or "ratio"


class _ValueForm(NHSForm):
    """A value with its unit and range, or words."""

    comparator = ChoiceField(label=_("The laboratory says"), choices=COMPARATOR_CHOICES, required=False)
    value = FloatField(label=_("Value"), required=False)
    unit = CharField(
        label=_("Unit"),
        required=False,
        max_length=60,
        width=10,
        hint=_("As the laboratory prints it, for example mg/L. A value without its unit is not taken."),
    )
    text = TextField(
        label=_("The laboratory's words"),
        required=False,
        max_length=20_000,
        rows=3,
        hint=_("For a result that is not a number, or a remark such as “haemolysed”."),
    )
    low = FloatField(label=_("Reference range: lower limit"), required=False)
    high = FloatField(label=_("Reference range: upper limit"), required=False)
    taken_at = MomentField(label=_("When was it taken?"), hint=_("For example, 24 11 2026, 08:12"))

    def reported(self) -> Reported:
        """The value as the actions want it."""
        said = self.cleaned_data
        return Reported(
            said["value"], said["unit"], said["comparator"], said["text"], said["low"], said["high"]
        )


class RecordResultForm(_ValueForm):
    """A new result."""

    measure = ChoiceField(label=_("Which test?"), choices=measure_choices)
    name = CharField(label=_("Name of the test"), required=False, max_length=300)
    wants_interpretation = BooleanField(
        label=_("Ask the microbiologist or pathologist to interpret it"), required=False
    )

    field_order = ("measure", "name", "comparator", "value", "unit", "text", "low", "high", "taken_at")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("measure") == OTHER_TEST and not cleaned.get("name"):
            self.add_error("name", _("Write the name of the test"))
        return cleaned

    def test(self) -> dict[str, str]:
        """Measure and name as the actions want them."""
        other = self.cleaned_data["measure"] == OTHER_TEST
        return {
            "measure": "" if other else self.cleaned_data["measure"],
            "name": self.cleaned_data["name"] if other else "",
        }


class EditResultForm(_ValueForm):
    """A correction of a result."""

    reason = CharField(label=_("What was wrong?"), max_length=100)
    version = VersionField()

    @staticmethod
    def initial_of(result: Result) -> dict[str, Any]:
        return {
            "comparator": result.comparator,
            "value": result.numeric_value,
            "unit": result.unit,
            "text": result.text_value,
            "low": result.reference_low,
            "high": result.reference_high,
            "taken_at": result.taken_at,
            "version": result.version,
        }


class InterpretationForm(NHSForm):
    """What a result or specimen means, in the words of the person who read it."""

    note = TextField(label=_("What does it mean for this patient?"), max_length=4000, rows=4)
    version = VersionField()

    @staticmethod
    def initial_of(fact: Result | Specimen) -> dict[str, Any]:
        return {"note": fact.interpretation, "version": fact.version}


class TakingForm(InterpretationForm):
    """The same for a specimen and those taken with it. ``seen`` carries which versions were on the screen."""

    together = BooleanField(label=_("For all of them"), required=False)
    seen = HiddenField(required=False)
    field_order = ("note", "together", "version", "seen")

    def __init__(self, *args: Any, others: Sequence[Specimen], **kwargs: Any) -> None:
        kwargs["initial"] = {"together": True, "seen": as_seen(others), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.others = {str(specimen.public_id): specimen for specimen in others}
        if not others:
            del self.fields["together"], self.fields["seen"]
        else:
            labels = ", ".join(specimen.label for specimen in others)
            self.fields["together"].label = _("The same for what was taken with it: %(labels)s") % {
                "labels": labels
            }

    def renew(self, current: Specimen) -> None:
        """After a stale save: the versions that stand now, of the specimen itself and of the others."""
        self.data["seen"] = as_seen(list(self.others.values()))
        if str(current.public_id) not in self.others:
            self.data["version"] = str(current.version)

    def taken_with(self) -> list[tuple[Specimen, int]]:
        """The other specimens with the versions that were read, when the box is ticked."""
        if not self.cleaned_data.get("together"):
            return []
        pairs = (pair.partition(":") for pair in self.cleaned_data.get("seen", "").split())
        return [(self.others[key], int(version)) for key, _colon, version in pairs if key in self.others]

    def clean_seen(self) -> str:
        said = self.cleaned_data["seen"]
        if not all(
            pair.partition(":")[2].isascii() and pair.partition(":")[2].isdigit() for pair in said.split()
        ):
            raise django_forms.ValidationError(_("The form is damaged. Load the page again."))
        return said


def as_seen(specimens: Sequence[Specimen]) -> str:
    """Public ids with versions, as the hidden field carries them."""
    return " ".join(f"{specimen.public_id}:{specimen.version}" for specimen in specimens)


class ErrorForm(NHSForm):
    """Why something is entered in error."""

    reason = TextField(label=_("Why is it wrong?"), max_length=500, rows=3)


def _yes_no(label: Any, **options: Any) -> ChoiceField:
    return ChoiceField(label=label, choices=YES_NO, required=False, **options)


class SpecimenForm(NHSForm):
    """A specimen, and how it was taken. Also corrects one, with ``version``."""

    kind = ChoiceField(label=_("What was taken?"), choices=[("", _("Choose")), *Specimen.Kind.choices])
    label = CharField(label=_("Label on the pot"), max_length=120, width=20, hint=_("For example, S3 tibia"))
    site = CharField(label=_("Where from?"), required=False, max_length=120, width=20)
    taking = CharField(
        label=_("Operation or procedure"),
        required=False,
        max_length=200,
        hint=_("Specimens of one operation belong together. Without one, those of the same day do."),
    )
    taken_at = MomentField(label=_("When was it taken?"), hint=_("For example, 24 11 2026, 08:12"))
    separate_instrument = _yes_no(
        _("Taken with its own clean instruments?"),
        hint=_("Only specimens with their own instruments count when it is asked whether several agree."),
    )
    in_bottles = _yes_no(_("Cultured in blood-culture bottles?"))
    antibiotic_free_days = IntegerField(
        label=_("Days without antibiotics before it was taken"),
        required=False,
        min_value=0,
        max_value=32_000,
        hint=_("Apart from prophylaxis. Leave empty if nobody knows."),
    )
    planned_incubation_days = IntegerField(
        label=_("Days of incubation asked for"), required=False, min_value=1, max_value=365
    )
    version = VersionField(required=False)

    @staticmethod
    def initial_of(specimen: Specimen) -> dict[str, Any]:
        return {
            "kind": specimen.kind,
            "label": specimen.label,
            "site": specimen.site,
            "taking": specimen.taking,
            "taken_at": specimen.taken_at,
            "separate_instrument": as_answer(specimen.separate_instrument),
            "in_bottles": as_answer(specimen.in_bottles),
            "antibiotic_free_days": specimen.antibiotic_free_days,
            "planned_incubation_days": specimen.planned_incubation_days,
            "version": specimen.version,
        }

    def values(self) -> dict[str, Any]:
        """What the actions want, without the version."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name in ("separate_instrument", "in_bottles"):
            said[name] = {"yes": True, "no": False}.get(said[name])
        return said


def as_answer(known: bool | None) -> str:
    """``yes``, ``no``, or nothing where it is not recorded."""
    return "" if known is None else "yes" if known else "no"


class ReportForm(NHSForm):
    """What the laboratory says of a specimen as a whole."""

    state = ChoiceField(
        label=_("Which report is it?"),
        choices=[
            (Specimen.State.INTERIM, _("Interim: still incubating")),
            (Specimen.State.FINAL, _("Final")),
        ],
        radios=True,
    )
    isolate_count = IntegerField(
        label=_("How many isolates grew?"),
        required=False,
        min_value=0,
        max_value=100,
        hint=_("0 for no growth. Leave empty to count the isolates recorded here."),
    )
    days_incubated = IntegerField(label=_("Days incubated"), required=False, min_value=0, max_value=365)
    report = TextField(
        label=_("Report"), required=False, max_length=20_000, rows=4, hint=_("For example, the Gram stain.")
    )
    version = VersionField()

    conditions = [given("state", Specimen.State.FINAL).ask("days_incubated")]

    @staticmethod
    def initial_of(specimen: Specimen) -> dict[str, Any]:
        pending = specimen.state == Specimen.State.PENDING
        return {
            "state": Specimen.State.INTERIM if pending else specimen.state,
            "isolate_count": specimen.isolate_count,
            "days_incubated": specimen.days_incubated,
            "report": specimen.report,
            "version": specimen.version,
        }


class IsolateForm(NHSForm):
    """An organism that grew."""

    organism = ChoiceField(label=_("Which organism?"), choices=lambda: organism_choices())
    other_name = CharField(
        label=_("Organism not in the list"),
        required=False,
        max_length=300,
        hint=_("As the laboratory names it."),
    )
    quantity = CharField(
        label=_("How much"), required=False, max_length=120, hint=_("For example, scanty, or enrichment only")
    )
    comment = TextField(label=_("Comment"), required=False, max_length=1000, rows=2)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        is_other = cleaned.get("organism") == NOT_LISTED
        if is_other and not cleaned.get("other_name"):
            self.add_error("other_name", _("Write the name of the organism"))
        if cleaned.get("organism") and not is_other and cleaned.get("other_name"):
            self.add_error("other_name", _("Leave this empty, or choose “not in the list” above"))
        return cleaned

    def chosen(self) -> dict[str, str]:
        """Code and name as the actions want them; one not in the list gets a code of our own."""
        code, other = self.cleaned_data["organism"], self.cleaned_data["other_name"]
        if code != NOT_LISTED:
            return {"organism_code": code, "organism_name": ORGANISM_BY_CODE[code].name}
        return {
            "organism_code": f"OSTEON//isolate//{slugify(other)[:80] or 'unnamed'}",
            "organism_name": other,
        }


def organism_choices() -> list[tuple[str, Any]]:
    """Organisms by name."""
    known = sorted(ORGANISMS.values(), key=lambda organism: organism.name)
    listed = [(organism.code, organism.name) for organism in known]
    return [("", _("Choose")), *listed, (NOT_LISTED, _("Not in the list"))]


CATEGORY_CHOICES = [
    ("", _("Not tested")),
    ("S", _("S: susceptible")),
    ("I", _("I: susceptible, increased exposure")),
    ("R", _("R: resistant")),
]


class AntibiogramForm(NHSForm):
    """The categories of one isolate, one question for each drug of its panel."""

    guideline = CharField(
        label=_("Breakpoints used"),
        required=False,
        max_length=120,
        width=20,
        hint=_("For example, EUCAST v15.0. A category means nothing without its table."),
    )
    other_drug = CharField(label=_("Another drug"), required=False, max_length=200, width=20)
    other_category = ChoiceField(
        label=_("Result for the other drug"), choices=CATEGORY_CHOICES, required=False
    )

    def __init__(self, *args: Any, panel: list[Drug], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.panel = panel
        for drug in panel:
            self.fields[drug.amr_code] = ChoiceField(
                label=drug.name, choices=CATEGORY_CHOICES, required=False
            )
        self.order_fields(["guideline", *(drug.amr_code for drug in panel)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if bool(cleaned.get("other_drug")) != bool(cleaned.get("other_category")):
            self.add_error("other_drug", _("Give both the other drug and its result"))
        if not self.errors and not self.tested():
            raise django_forms.ValidationError(_("Give the result of at least one drug"))
        return cleaned

    def tested(self) -> list[tuple[str, str, str]]:
        """(agent, name, category) of each drug that was tested."""
        said = self.cleaned_data
        rows = [(d.amr_code, d.name, said[d.amr_code]) for d in self.panel if said.get(d.amr_code)]
        if said.get("other_drug"):
            rows.append((_agent(said["other_drug"]), said["other_drug"], said["other_category"]))
        return rows


def _agent(name: str) -> str:
    known = {drug.name.casefold(): drug.amr_code for drug in DRUGS.values() if drug.amr_code}
    return known.get(name.strip().casefold()) or name.strip().upper()[:40]
