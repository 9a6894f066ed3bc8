"""The form itself: renders with NHS components, keeps its declared conditions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from osteon.service.forms.conditions import Condition
from osteon.service.forms.fields import joined_html


class NHSForm(forms.Form):
    """A Django form whose fields come from ``osteon.service.forms``. Validates; never saves."""

    conditions: Sequence[Condition] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = False  # our error summary says more than the browser's bubble
        for condition in self.conditions:
            field = self.fields[condition.asks]
            field.required = False
            field.needed_when_asked = field.needed_when_asked or condition.required  # type: ignore[attr-defined]

    def as_nhs(self) -> SafeString:
        """Every field that is not shown under another one, in order."""
        revealed = {condition.asks for condition in self.conditions}
        return joined_html([self.field_group(name) for name in self.fields if name not in revealed])

    def field_group(self, name: str) -> SafeString:
        """One field with label, hint, error and the questions it reveals."""
        return self[name].as_field_group(self._reveals(name))  # type: ignore[no-any-return, call-arg]

    def error_summary(self) -> SafeString:
        """What is wrong, each line a link to its field; empty when nothing is."""
        if not self.errors:
            return joined_html([])
        # Django's Jinja backend gives plain text: without this mark the page would show the tags.
        return joined_html([render_to_string("forms/error_summary.jinja", {"errors": self._error_lines()})])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in dict.fromkeys(condition.asks for condition in self.conditions):
            self._clean_conditional(name, cleaned)
        return cleaned

    def _clean_conditional(self, name: str, cleaned: dict[str, Any]) -> None:
        """Required where a met condition requires it; dropped, with its errors, where none is met."""
        met = [c for c in self.conditions if c.asks == name and c.is_met_by(cleaned.get(c.field))]
        if not met:
            cleaned[name] = (
                self.fields[name].empty_value if hasattr(self.fields[name], "empty_value") else None
            )
            self.errors.pop(name, None)
        elif any(c.required for c in met) and cleaned.get(name) in (None, "", []) and name not in self.errors:
            self.add_error(name, self.fields[name].error_messages["required"])

    def _reveals(self, name: str) -> dict[str, SafeString]:
        """Answer to ``name`` → the questions asked under it. A question under two answers is shown at the first."""
        parts: dict[str, list[SafeString]] = {}
        for condition in self.conditions:
            if condition.field == name:
                parts.setdefault(condition.values[0], []).append(self.field_group(condition.asks))
        return {answer: joined_html(html) for answer, html in parts.items()}

    def _error_lines(self) -> list[dict[str, str]]:
        lines = [{"text": str(error), "href": ""} for error in self.non_field_errors()]
        for name in self.fields:
            bound = self[name]
            target = getattr(bound, "error_target", bound.auto_id)
            lines += [{"text": _named(bound, str(error)), "href": f"#{target}"} for error in bound.errors]
        return lines


def _named(bound: forms.BoundField, error: str) -> str:
    """The message with the field's label before it, so that two "This is missing" can be told apart."""
    return _("%(label)s: %(error)s") % {"label": str(bound.label).rstrip("?:"), "error": error}
