"""What medicine says: one folder per subject, one file per rule."""

from __future__ import annotations

from functools import cache

from osteon.knowledge import (
    arthritis,
    bone,
    foot,
    fracture,
    joint,
    likelihood,
    outcome,
    resistance,
    samples,
    spine,
)
from osteon.knowledge.monitoring import RULES as MONITORING
from osteon.rules.calculation import Calculation
from osteon.rules.definition import Definition
from osteon.rules.monitoring import Monitoring

__all__ = ["all_calculations", "all_definitions", "all_rules", "calculation", "definition", "rule"]

_SUBJECTS = (joint, bone, fracture, samples, foot, arthritis, outcome, resistance, spine)

_COMPUTING = (likelihood, spine)


def all_rules() -> tuple[Monitoring, ...]:
    """Every rule, in the order of their names."""
    return MONITORING


@cache
def all_definitions() -> tuple[Definition, ...]:
    """Every definition, classification and score, subject by subject."""
    return tuple(one for subject in _SUBJECTS for one in subject.DEFINITIONS)


@cache
def _definition_by_id() -> dict[str, Definition]:
    return {one.id: one for one in all_definitions()}


def definition(definition_id: str) -> Definition:
    """The definition of that name.

    Raises:
        KeyError: when there is none.
    """
    return _definition_by_id()[definition_id]


@cache
def all_calculations() -> tuple[Calculation, ...]:
    """Every calculation, subject by subject."""
    return tuple(one for subject in _COMPUTING for one in subject.CALCULATIONS)


@cache
def _calculation_by_id() -> dict[str, Calculation]:
    return {one.id: one for one in all_calculations()}


def calculation(calculation_id: str) -> Calculation:
    """The calculation of that name.

    Raises:
        KeyError: when there is none.
    """
    return _calculation_by_id()[calculation_id]


@cache
def _by_id() -> dict[str, Monitoring]:
    return {rule.id: rule for rule in MONITORING}


def rule(rule_id: str) -> Monitoring:
    """The rule of that name.

    Raises:
        KeyError: when there is none.
    """
    return _by_id()[rule_id]
