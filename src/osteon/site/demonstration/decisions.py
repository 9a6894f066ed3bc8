"""What the unit has decided: which provisional rules may speak, and what was done about a few alerts."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Final

from django.db.models import Q

from osteon.knowledge import all_rules
from osteon.service.courses.models import Course
from osteon.service.patients.models import Patient
from osteon.service.worklist.actions import acknowledge_alert, snooze_alert, switch_rule
from osteon.service.worklist.evaluation import reevaluate, rules_of_the_unit
from osteon.service.worklist.models import Act, Alert, Level, RuleSwitch
from osteon.site.demonstration.staff import Staff

ACKNOWLEDGED: Final = 2


def decisions() -> dict[str, str]:
    """Rule by rule, why the unit switched its provisional parts on."""
    text = files(__package__).joinpath("decisions.csv").read_text(encoding="utf-8")
    return {row["rule"]: row["reason"] for row in csv.DictReader(text.splitlines())}


def switch_rules_on(staff: Staff) -> None:
    """By the unit's lead, each with its reason; once."""
    switched = set(RuleSwitch.objects.values_list("rule_id", flat=True))
    provisional = {rule.id for rule in all_rules() if rule.status != "verified"}
    for rule_id, reason in decisions().items():
        if rule_id in provisional - switched:
            switch_rule(by=staff.of_role("unit_lead"), rule_id=rule_id, on=True, reason=reason)


def look_at_everybody(now: datetime, progress: Callable[[int], None]) -> None:
    """The rules over all on treatment or with an alert, so that Today is there before the worker, which goes on."""
    ruleset = rules_of_the_unit()
    running = Course.objects.standing().filter(stopped_at=None).values("patient")
    alerted = Alert.objects.unclosed().values("patient")
    people = Patient.objects.surviving().filter(Q(pk__in=running) | Q(pk__in=alerted))
    for patient_id in people.order_by("pk").values_list("pk", flat=True):
        reevaluate(patient_id, now=now, ruleset=ruleset)
        progress(1)


def answer_a_few(staff: Staff, now: datetime) -> None:
    """Some of the morning's work is done: Today shows that nothing vanishes."""
    nurse, pharmacist = staff.of_role("opat_nurse"), staff.of_role("pharmacist")
    simulated = (
        Alert.objects.open()
        .filter(patient__episodes__source__startswith="sim:")
        .exclude(patient__episodes__source__startswith="sim:cast")
    )
    overdue = simulated.filter(level=Level.OVERDUE).distinct().order_by("first_raised_at", "pk")
    for alert in overdue[:ACKNOWLEDGED]:
        acknowledge_alert(
            by=nurse,
            alert=alert,
            seen=alert.fingerprint,
            act=Act.SPOKE,
            reason="Bloods with the district nurse this afternoon",
            now=now,
        )
    amber = simulated.filter(level=Level.AMBER).distinct().order_by("first_raised_at", "pk").first()
    if amber is not None:
        until = (now + timedelta(days=2)).date()
        snooze_alert(
            by=pharmacist,
            alert=amber,
            seen=amber.fingerprint,
            until=until,
            reason="Repeat asked for; look again when it is back",
            now=now,
        )
