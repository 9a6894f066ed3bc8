"""Forms that look and behave like NHS forms. Ordinary Django forms underneath; a form never saves.

    from osteon.service.forms import CharField, ChoiceField, NHSForm, PartialDateField, given

    class StopCourseForm(NHSForm):
        stopped_on = DateField(label=_("When did it stop?"), hint=_("For example, 24 11 2026"))
        reason = ChoiceField(label=_("Why?"), choices=[("toxicity", _("Toxicity")), ("other", _("Other"))], radios=True)
        other_reason = CharField(label=_("Which reason?"), required=False)

        conditions = [given("reason", "other").require("other_reason")]

In a template that extends ``layouts/form.jinja`` (or anywhere inside a ``<form>`` with ``{{ csrf_input }}``)::

    {{ form.error_summary() }}            {# layouts/form.jinja prints it, and "Error:" in the title #}
    {{ form.as_nhs() }}                   {# every field, in order #}
    {{ form.field_group("reason") }}      {# one field, with label, hint, error and what it reveals #}

Fields take Django's arguments (``required``, ``initial``, ``choices``, ``min_value`` ...) and besides:
``hint``; ``width`` (2, 3, 4, 5, 10, 20, 30: characters to expect); ``label_size`` ("s", "m", "l", "xl");
``page_heading=True`` (the label is the page's h1); ``suffix`` and ``prefix`` (a unit: ``suffix="mg/L"``);
``rows`` for TextField; ``radios=True`` and ``inline=True`` for ChoiceField; ``autocomplete``; ``inputmode``.

* CharField, EmailField, PasswordField, TextField (several lines), IntegerField, DecimalField, FloatField
* ChoiceField (a select, or radios), MultipleChoiceField (checkboxes), BooleanField (one checkbox), FileField
* DateField: three boxes, gives a ``date``. MomentField: date and time, gives an aware ``datetime``.
* PartialDateField: year, month and year, or whole date, in boxes; gives ``(date, precision)`` with precision
  "day", "month", "year" or, when ``about=True`` and the box is ticked, "about" (``PartialDate(*value)`` of the
  patients concept, which also has a field for dates typed as words). Unknown parts are first of the month or
  year in ``date`` and must never be printed: use the ``partial_day`` filter.
* HiddenField: carries a value along, for example the ``version`` of what is edited.

Conditional questions are declared, never scripted: ``given(field, *values).require(name)`` shows the field
``name`` under that choice of a ChoiceField with radios or a MultipleChoiceField, makes it required there, and drops what was typed when another choice
was sent; ``.ask(name)`` does the same without requiring it.
"""

from osteon.service.forms.conditions import Condition, given
from osteon.service.forms.dates import DateField, MomentField, PartialDateField
from osteon.service.forms.fields import (
    BooleanField,
    CharField,
    ChoiceField,
    DecimalField,
    EmailField,
    FileField,
    FloatField,
    HiddenField,
    IntegerField,
    MultipleChoiceField,
    PasswordField,
    TextField,
)
from osteon.service.forms.form import NHSForm

__all__ = [
    "BooleanField",
    "CharField",
    "ChoiceField",
    "Condition",
    "DateField",
    "DecimalField",
    "EmailField",
    "FileField",
    "FloatField",
    "HiddenField",
    "IntegerField",
    "MomentField",
    "MultipleChoiceField",
    "NHSForm",
    "PartialDateField",
    "PasswordField",
    "TextField",
    "given",
]
