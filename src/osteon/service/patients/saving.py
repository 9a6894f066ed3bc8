"""From a posted form to an action and back: what is refused becomes an error of the form, nothing typed is lost.

    form = EditResultForm(posted(request), initial=EditResultForm.initial_of(result))
    if request.method == "POST" and (edited := saved(form, lambda cleaned: actions.edit_result(...))):
        return redirect(edited)
    return render(request, "results/form.jinja", {"form": form, **newer(form)})

A form that edits has a field ``version = VersionField()`` and a static method ``initial_of(row)``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osteon.service.forms import HiddenField, NHSForm
from osteon.service.patients.facts import Refused, StaleEdit, Versioned

Made = TypeVar("Made")


class VersionField(HiddenField):
    """The version of what is edited, carried along; gives a whole number."""

    def clean(self, value: Any) -> int:
        said = super().clean(value)
        if not self.required and not said:
            return 0
        if not said.isascii() or not said.isdigit():
            raise ValidationError(_("The form is damaged. Load the page again."))
        return int(said)


def posted(request: HttpRequest) -> Any:
    """What was posted, also when that is nothing at all; ``None`` for a page that is only shown."""
    return request.POST if request.method == "POST" else None


def saved(form: NHSForm, act: Callable[[dict[str, Any]], Made]) -> Made | None:
    """What ``act`` returns for a valid form; ``None`` when the form is invalid or the action was refused.

    After a ``StaleEdit`` the form carries the new version number, and ``newer(form)`` gives both versions.
    """
    if not form.is_valid():
        return None
    try:
        return act(form.cleaned_data)
    except StaleEdit as error:
        _keep_typed(form, error.current)
    except Refused as error:
        form.add_error(None, str(error))
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


def newer(form: NHSForm) -> dict[str, Any]:
    """Context for ``components/two_versions.jinja``: ``rows``, ``by``, ``at``; empty unless the save was stale."""
    current: Versioned | None = getattr(form, "newer", None)
    if current is None:
        return {}
    last = current.history.select_related("history_user").order_by("-history_date", "-history_id").first()
    theirs = form.initial_of(current)  # type: ignore[attr-defined]
    rows = [
        {
            "name": str(field.label),
            "theirs": said(field, theirs.get(name)),
            "yours": said(field, form.cleaned_data.get(name)),
        }
        for name, field in form.fields.items()
        if field.component != "hidden" and name in theirs
    ]
    return {"rows": rows, "by": str(last.history_user or "Osteon"), "at": last.history_date}


def said(field: Any, value: Any) -> str:
    """A value of a field in words."""
    choices = getattr(field, "choices", None)
    if choices is not None and value not in (None, ""):
        return str(dict(_flat(choices)).get(str(value), value))
    if value is None or value == "":
        return _("not given")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return _when(value) if isinstance(value, date) else str(value)


def _when(value: date) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "D j M Y, H:i")
    return date_format(value, "D j M Y")


def _flat(choices: Any) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for value, text in choices:
        flat += _flat(text) if isinstance(text, list | tuple) else [(str(value), text)]
    return flat


def _keep_typed(form: NHSForm, current: Versioned) -> None:
    form.newer = current  # type: ignore[attr-defined]
    form.data = form.data.copy()
    renew = getattr(form, "renew", None)  # a form about several things knows which version is whose
    if renew is None:
        form.data["version"] = str(current.version)
    else:
        renew(current)
