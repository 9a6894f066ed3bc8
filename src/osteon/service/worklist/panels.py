"""What the worklist puts on a patient's page (``settings.OSTEON_PATIENT_PANELS`` and ``…_WARNINGS``)."""

from __future__ import annotations

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from osteon.service.accounts.permissions import Permission
from osteon.service.patients.models import Patient
from osteon.service.patients.registry import KeyWarning
from osteon.service.worklist import presenters, queries, task_queries


def alerts(request: HttpRequest, patient: Patient) -> SafeString | None:
    """The patient's unclosed alerts and open tasks."""
    if not request.user.can(Permission.VIEW_WORKLIST):
        return None
    scope = queries.scope_of(request.user, now=timezone.now())
    context = {
        "patient": patient,
        "alerts": presenters.alert_lines(queries.alerts_of_patient(patient), scope),
        "tasks": presenters.task_lines(task_queries.tasks_of_patient(patient), scope),
        "may_task": request.user.can(Permission.MANAGE_TASK),
    }
    return render_to_string("worklist/panel.jinja", context, request=request)


def red_alerts(request: HttpRequest, patient: Patient) -> list[KeyWarning]:
    """Open red alerts, in the header of every page of the patient. What is late is said on the overview."""
    if not request.user.can(Permission.VIEW_WORKLIST):
        return []
    red = [alert for alert in queries.alerts_of_patient(patient) if alert.is_open and alert.level == "red"]
    return [KeyWarning(alert.sentence, alert.level, alert.get_absolute_url()) for alert in red]
