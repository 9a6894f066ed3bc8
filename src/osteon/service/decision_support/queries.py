"""What the unit decided about provisional figures."""

from __future__ import annotations

from osteon.service.worklist.models import RuleSwitch


def switched_on() -> dict[str, bool]:
    """By rule or definition, whether its last switch was on. Two columns in one query: it is asked at every call."""
    return dict(RuleSwitch.objects.order_by("at", "pk").values_list("rule_id", "on"))
