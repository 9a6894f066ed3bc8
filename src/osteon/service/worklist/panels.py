"""What the worklist puts on a patient's page (``settings.OSTEON_PATIENT_PANELS`` and ``…_WARNINGS``)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from osteon.service.accounts.permissions import Permission
from osteon.service.patients.models import Patient
from osteon.service.patients.registry import KeyWarning
from osteon.service.worklist import presenters, queries


def alerts(request: HttpRequest, patient: Patient) -> SafeString | None:
    """The patient's unclosed alerts and open tasks."""
    if not request.user.can(Permission.VIEW_WORKLIST):
        return None
    scope = queries.scope_of(request.user, now=timezone.now())
    context = {
        "patient": patient,
        "alerts": presenters.alert_lines(queries.alerts_of_patient(patient), scope),
        "tasks": presenters.task_lines(queries.tasks_of_patient(patient), scope),
        "may_task": request.user.can(Permission.MANAGE_TASK),
    }
    return render_to_string("worklist/panel.jinja", context, request=request)


def red_alerts(request: HttpRequest, patient: Patient) -> list[KeyWarning]:
    """What needs a clinician the same day, in the header of every page of the patient."""
    if not request.user.can(Permission.VIEW_WORKLIST):
        return []
    urgent = [alert for alert in queries.alerts_of_patient(patient) if alert.is_for_now and alert.is_open]
    return [KeyWarning(alert.sentence, alert.level, alert.get_absolute_url()) for alert in urgent[:3]] + (
        [KeyWarning(more(len(urgent) - 3), "red")] if len(urgent) > 3 else []
    )


def more(count: int) -> str:
    """How many warnings there was no room for."""
    return ngettext("and %(count)s more", "and %(count)s more", count) % {"count": count}
