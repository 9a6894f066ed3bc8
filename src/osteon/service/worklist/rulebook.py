"""The rules page: every rule with its standing in this unit and what it last said of how many patients."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext as _

from osteon.knowledge import all_rules, rule
from osteon.rules.monitoring import Clause, Every, Monitoring
from osteon.service.worklist.models import Alert, LastAnswer, RuleSwitch
from osteon.service.worklist.roles import topic
from osteon.service.worklist.states import LEVELS

SAID = ("red", "amber", "overdue", "unknown", "due", "quiet")


@dataclass(frozen=True, slots=True)
class Row:
    """One rule on the list."""

    rule: Monitoring
    topic: str
    switch: RuleSwitch | None
    said: dict[str, int]
    open_alerts: int

    @property
    def is_on(self) -> bool:
        """Whether its provisional parts raise alerts here."""
        return bool(self.switch and self.switch.on)

    @property
    def has_provisional_parts(self) -> bool:
        """Whether there is anything to switch."""
        return self.rule.status == "provisional"

    @property
    def is_silent(self) -> bool:
        """Nothing of it is in force."""
        parts = (*self.rule.due, *self.rule.out_of_range)
        return not self.is_on and all(part.status == "provisional" for part in parts)

    @property
    def standing(self) -> str:
        """How it stands in this unit, in words."""
        if not self.has_provisional_parts:
            return _("in force")
        if self.is_on:
            return _("switched on")
        return _("silent") if self.is_silent else _("verified parts only")

    @property
    def source_words(self) -> str:
        """Its first source, and how many more there are."""
        first, *others = dict.fromkeys(source.reference.citation for source in self.rule.sources)
        said = {"first": first, "count": len(others)}
        return _("%(first)s and %(count)s more") % said if others else first

    @property
    def applies_to(self) -> int:
        """Patients to whom it applies, or may apply."""
        return sum(self.said.values())

    @property
    def fires_for(self) -> int:
        """Patients of whom it has something to say, in force or not."""
        return sum(count for state, count in self.said.items() if state in LEVELS)

    def is_past_review(self, today: date) -> bool:
        """Whether its next review has passed."""
        return self.rule.next_review < today


def rows() -> list[Row]:
    """Every rule. Three queries."""
    switches = latest_switches()
    said: dict[str, dict[str, int]] = defaultdict(dict)
    counted = LastAnswer.objects.values_list("rule_id", "state").annotate(count=Count("pk"))
    for rule_id, state, count in counted:
        said[rule_id][state] = count
    unclosed = Alert.objects.unclosed().values_list("rule_id").annotate(count=Count("pk"))
    standing = dict(unclosed)
    return [
        Row(found, topic(found), switches.get(found.id), said[found.id], standing.get(found.id, 0))
        for found in all_rules()
    ]


def latest_switches() -> dict[str, RuleSwitch]:
    """By rule, the newest switch."""
    return {switch.rule_id: switch for switch in RuleSwitch.objects.select_related("by").order_by("at", "pk")}


def row_of(rule_id: str) -> Row:
    """One rule, or 404."""
    found = next((row for row in rows() if row.rule.id == rule_id), None)
    if found is None:
        raise Http404
    return found


def switches_of(rule_id: str) -> list[RuleSwitch]:
    """Every switch of a rule, the newest first."""
    return list(RuleSwitch.objects.filter(rule_id=rule_id).select_related("by").order_by("-at", "-pk"))


@dataclass(frozen=True, slots=True)
class PartWords:
    """A threshold or schedule of a rule as the page prints it."""

    level: str
    words: str
    reading: str
    status: str
    sources: tuple[str, ...]


def parts_of(found: Monitoring) -> list[PartWords]:
    """Thresholds first, then what is due."""
    return [*map(_clause, found.out_of_range), *map(_schedule, found.due)]


def _clause(clause: Clause) -> PartWords:
    sources = tuple(map(str, clause.source))
    return PartWords(clause.level, clause.sentence, clause.condition.words(), clause.status, sources)


def _schedule(schedule: Every) -> PartWords:
    sources = tuple(map(str, schedule.source))
    return PartWords("due", schedule.words(), "", schedule.status, sources)


def examples_of(found: Monitoring) -> list[list[str]]:
    """The worked examples, as rows of patient, facts, answer."""
    lines = [line.strip() for line in found.examples.strip().splitlines()]
    return [[cell.strip() for cell in line.split("|")] for line in lines[2:] if line]


def title_of(rule_id: str) -> str:
    """The rule's title; its id when the rule is gone."""
    try:
        return rule(rule_id).title
    except KeyError:
        return rule_id
