"""Django fields that know their NHS component and its words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

OWN_OPTIONS = (
    "hint",
    "width",
    "label_size",
    "page_heading",
    "prefix",
    "suffix",
    "rows",
    "inline",
    "autocomplete",
    "inputmode",
)


# In a group the first control bears the field's id: on the box around them too, its label would name the box.
GROUPS = frozenset({"radios", "checkboxes", "checkbox"})


class NHSBoundField(BoundField):
    """A field in a form, with the parameters of its NHS component."""

    def params(self) -> dict[str, Any]:
        """What every component takes; each field adds its own in ``component_params``."""
        params: dict[str, Any] = {
            "id": None if self.field.component in GROUPS else self.auto_id,
            "idPrefix": self.auto_id,
            "name": self.html_name,
            "value": self._shown(),
            "label": self._label(),
        }
        if self.field.hint:
            params["hint"] = {"text": str(self.field.hint)}
        if self.errors:
            params["errorMessage"] = {"text": " ".join(str(error) for error in self.errors)}
        return params | self.field.component_params(self)

    def as_field_group(self, reveals: dict[str, SafeString] | None = None) -> SafeString:
        """The whole group as HTML. ``reveals`` maps an answer to the questions shown under it."""
        params = self.params()
        for item in params.get("items", ()):
            html = (reveals or {}).get(str(item.get("value")))
            if html:
                item["conditional"] = {"html": html}
        html = render_to_string("forms/field.jinja", {"component": self.field.component, "params": params})
        return joined_html([_shown_by_style_sheet(html)])

    @property
    def error_target(self) -> str:
        """The id the error summary jumps to."""
        return f"{self.auto_id}{self.field.first_part}"

    def _shown(self) -> str:
        value = self.field.prepare_value(self.value())
        return "" if value is None else str(value)

    def _label(self) -> dict[str, Any]:
        says_optional = not (self.field.required or self.field.needed_when_asked)
        says_optional = says_optional and self.field.component != "checkbox"
        label = {"text": f"{self.label} {_('(optional)')}" if says_optional else str(self.label)}
        if self.field.label_size:
            label["size"] = self.field.label_size
        if self.field.page_heading:
            label["isPageHeading"] = True
        return label


class NHSField(forms.Field):
    """Mixed into Django's fields: takes the NHS options, hands out ``NHSBoundField``."""

    component = "input"
    input_type = "text"
    first_part = ""  # what follows the field's id in the id of its first control
    needed_when_asked = False  # a condition of the form requires it under some answer
    default_error_messages = {"required": _("This is missing")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        for option in OWN_OPTIONS:
            setattr(self, option, kwargs.pop(option, getattr(type(self), option, None)))
        super().__init__(*args, **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> NHSBoundField:
        return NHSBoundField(form, self, field_name)

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        params = {
            "type": self.input_type,
            "width": self.width,
            "prefix": {"text": str(self.prefix)} if self.prefix else None,
            "suffix": {"text": str(self.suffix)} if self.suffix else None,
            "autocomplete": self.autocomplete or "off",
            "inputmode": self.inputmode,
        }
        return {name: value for name, value in params.items() if value is not None}


class CharField(NHSField, forms.CharField):
    """One line of text, spaces around it removed."""


class EmailField(NHSField, forms.EmailField):
    input_type = "email"


class PasswordField(NHSField, forms.CharField):
    component = "password"

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("strip", False)
        super().__init__(**kwargs)

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        return {"autocomplete": self.autocomplete or "current-password", "value": ""}


class TextField(NHSField, forms.CharField):
    """Several lines of text."""

    component = "textarea"
    widget = forms.Textarea

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        return {"rows": self.rows or 5}


class IntegerField(NHSField, forms.IntegerField):
    widget = forms.TextInput
    width = 4
    inputmode = "numeric"


class DecimalField(NHSField, forms.DecimalField):
    widget = forms.TextInput
    width = 5
    inputmode = "decimal"


class FloatField(NHSField, forms.FloatField):
    widget = forms.TextInput
    width = 5
    inputmode = "decimal"


class HiddenField(NHSField, forms.CharField):
    """Carried along unseen; ``version`` of what is edited, for example."""

    component = "hidden"
    widget = forms.HiddenInput

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        return {}


class FileField(NHSField, forms.FileField):
    component = "file-upload"

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        return {"value": ""}


class _Choices(NHSField):
    """What select, radios and checkboxes share: items from choices, one level of groups flattened."""

    def items(self, chosen: set[str]) -> list[dict[str, Any]]:
        return [
            {
                "value": str(value),
                "text": str(text),
                "checked": str(value) in chosen,
                "selected": str(value) in chosen,
            }
            for value, text in _flat(self.choices)  # type: ignore[attr-defined]
        ]

    def fieldset(self, bound: NHSBoundField) -> dict[str, Any]:
        return {"fieldset": {"legend": bound._label()}}


class ChoiceField(_Choices, forms.ChoiceField):
    """One of several: a select, or radios with ``radios=True``. Choices: ``[(value, words), ...]``."""

    default_error_messages = {"required": _("Choose one")}

    def __init__(self, *, radios: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.component = "radios" if radios else "select"
        if radios:
            self.widget = forms.RadioSelect(choices=self.widget.choices)

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        value = bound.value()
        params: dict[str, Any] = {"items": self.items({"" if value is None else str(value)})}
        if self.component == "radios":
            classes = "nhsuk-radios--inline" if self.inline else ""
            params |= self.fieldset(bound) | {"classes": classes}
            params["items"] = [item for item in params["items"] if item["value"]]
        return params


class MultipleChoiceField(_Choices, forms.MultipleChoiceField):
    """Any number of several, as checkboxes."""

    default_error_messages = {"required": _("Choose at least one")}

    component = "checkboxes"
    widget = forms.CheckboxSelectMultiple

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        chosen = {str(value) for value in bound.value() or ()}
        return {"items": self.items(chosen), "value": None} | self.fieldset(bound)


class BooleanField(NHSField, forms.BooleanField):
    """One box to tick; not ticked is ``False``. Required means it must be ticked."""

    component = "checkbox"

    def component_params(self, bound: NHSBoundField) -> dict[str, Any]:
        item = {"value": "on", "text": str(bound.label), "checked": bool(bound.value())}
        return {"items": [item], "value": None}


def _flat(choices: Any) -> list[tuple[Any, Any]]:
    flat: list[tuple[Any, Any]] = []
    for value, text in choices:
        flat += list(text) if isinstance(text, list | tuple) else [(value, text)]
    return flat


def _shown_by_style_sheet(html: str) -> str:
    """Leaves showing a revealed question to the style sheet (``:has(:checked)``, assets/src/_forms.scss).

    The design system's script does it with ``aria-expanded`` on the radio, which ARIA does not allow there, and
    without the script the question would stand open under answers that were not given.
    """
    html = html.replace(" data-aria-controls=", " data-reveals=")
    return html.replace(" nhsuk-radios__conditional--hidden", "").replace(
        " nhsuk-checkboxes__conditional--hidden", ""
    )


def joined_html(parts: list[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 - each part was rendered with escaping
