"""What medicine says: one folder per subject, one file per rule."""

from __future__ import annotations

from functools import cache

from osteon.knowledge.monitoring import RULES as MONITORING
from osteon.rules.monitoring import Monitoring

__all__ = ["all_rules", "rule"]


def all_rules() -> tuple[Monitoring, ...]:
    """Every rule, in the order of their names."""
    return MONITORING


@cache
def _by_id() -> dict[str, Monitoring]:
    return {rule.id: rule for rule in MONITORING}


def rule(rule_id: str) -> Monitoring:
    """The rule of that name.

    Raises:
        KeyError: when there is none.
    """
    return _by_id()[rule_id]
