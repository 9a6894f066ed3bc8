"""What each role finds on Today: which alerts are shown, and which come first. Data, with the reason beside it.

What is red is never filtered away from somebody who may acknowledge it; what a role's own list leaves out is
counted there and one link away.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from osteon.knowledge import all_rules
from osteon.rules.monitoring import Monitoring
from osteon.rules.tree import DaysOn, Node, OfMeasure, On, Overrun, Present, Unplanned

# What a rule is about, read off the rule itself so that a new rule finds its place.
LEVELS, STOP_DATES, INTERACTIONS = "levels", "stop dates", "interactions"
BLOODS, RESPONSE, SYMPTOMS = "bloods", "response", "symptoms"
EVERYTHING: Final = frozenset({LEVELS, STOP_DATES, INTERACTIONS, BLOODS, RESPONSE, SYMPTOMS})
MARKERS: Final = frozenset({"crp", "esr"})
BEDSIDE_MEASURES: Final = frozenset({"temperature"})

ALL, INPATIENTS, NOBODY = "all", "inpatients", "nobody"


@dataclass(frozen=True, slots=True)
class TodayOf:
    """One role's list.

    topics: the kinds of alert it shows; first: those that come before the others of the same section.
    patients: all within reach, inpatients only, or nobody (the role works from tasks). own_first: patients for
    whom the person is responsible come first. frames_first: patients with a frame do. cultures: results that
    await an interpretation are listed.
    """

    topics: frozenset[str] = EVERYTHING
    first: frozenset[str] = frozenset()
    patients: str = ALL
    own_first: bool = False
    frames_first: bool = False
    cultures: bool = False
    why: str | Promise = ""


_CONSULTANT = TodayOf(own_first=True, why=_("Your own patients first, then your teams'."))
_BY_TASK = TodayOf(patients=NOBODY, why=_("Your tasks; the alerts of your teams are one link away."))

TODAY: Final[dict[str, TodayOf]] = {
    "infection_physician": _CONSULTANT,
    "surgeon": _CONSULTANT,
    "plastic_surgeon": _CONSULTANT,
    "unit_lead": _CONSULTANT,
    "radiologist": _BY_TASK,
    "pathologist": _BY_TASK,
    "therapist": _BY_TASK,
    "psychologist": _BY_TASK,
    "microbiologist": TodayOf(
        topics=frozenset({LEVELS, RESPONSE, STOP_DATES}),
        first=frozenset({RESPONSE}),
        cultures=True,
        why=_("Cultures that await an interpretation, markers that do not fall, levels and stop dates."),
    ),
    "resident": TodayOf(patients=INPATIENTS, why=_("Inpatients, and whatever is red.")),
    "opat_nurse": TodayOf(
        first=frozenset({BLOODS, LEVELS, SYMPTOMS}), why=_("Bloods, levels and symptoms come first.")
    ),
    "frame_nurse": TodayOf(frames_first=True, why=_("Patients with a frame come first.")),
    "pharmacist": TodayOf(
        topics=frozenset({LEVELS, STOP_DATES, INTERACTIONS, BLOODS}),
        first=frozenset({LEVELS, INTERACTIONS, STOP_DATES}),
        why=_("Levels, interactions and stop dates first, then the monitoring of each drug."),
    ),
    "coordinator": TodayOf(why=_("What the teams have to do; clinicians answer the alerts.")),
    "audit_lead": TodayOf(why=_("What the teams have to do; clinicians answer the alerts.")),
}


def today_of(role: str) -> TodayOf:
    """The list of a role; everything for one without an entry."""
    return TODAY.get(role, TodayOf())


def topic(rule: Monitoring) -> str:
    """What a rule is about; the first that fits."""
    nodes = list(rule.nodes())
    measures = _measures(rule, nodes)
    if any(isinstance(node, Overrun | Unplanned) for node in nodes) or _is_a_gate(nodes, measures):
        return STOP_DATES
    if any(key.endswith("-level") for key in measures):
        return LEVELS
    if sum(isinstance(node, On) for node in rule.applies.walk()) > 1:
        return INTERACTIONS
    if measures and measures <= MARKERS:
        return RESPONSE
    return SYMPTOMS if _is_of_the_bedside(nodes, measures) else BLOODS


def _is_a_gate(nodes: list[Node], measures: set[str]) -> bool:
    """Days on a drug alone, no result: "linezolid beyond 28 days"."""
    return not measures and any(isinstance(node, DaysOn) for node in nodes)


def _measures(rule: Monitoring, nodes: list[Node]) -> set[str]:
    judged = {node.measure.key for node in nodes if isinstance(node, OfMeasure)}
    return judged | {schedule.measure.key for schedule in rule.due}


def _is_of_the_bedside(nodes: list[Node], measures: set[str]) -> bool:
    return measures <= BEDSIDE_MEASURES and (bool(measures) or any(isinstance(n, Present) for n in nodes))


@cache
def rules_about(topics: frozenset[str]) -> tuple[str, ...]:
    """The ids of the rules about any of these."""
    return tuple(rule.id for rule in all_rules() if topic(rule) in topics)
