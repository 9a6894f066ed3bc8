"""From the rules' answers to what an alert says. Plain data in, plain data out: no database, no clock.

A provisional threshold or schedule raises nothing until the unit's lead switches its rule on: it is taken out
of the rule before the judge is asked, so that level, sentence and evidence never rest on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from osteon.events.schema import Event
from osteon.rules.answers import Answer, Evidence
from osteon.rules.judge import judge
from osteon.rules.monitoring import Monitoring
from osteon.service.worklist.states import Said, urgency_of


@dataclass(frozen=True, slots=True)
class Finding:
    """What is to stand in an alert: the rule's answer in words and data, ready to be stored."""

    rule_id: str
    level: str
    said: Said
    sentence: str
    evidence: dict[str, Any]
    provisional: bool
    fact_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Judgement:
    """All rules on one patient at one moment.

    findings: by rule, what the rules in force raise. answers: by rule, what every rule says, in force or not.
    broken: by rule, the error of one that could not be run.
    """

    findings: dict[str, Finding]
    answers: dict[str, Answer]
    broken: dict[str, str]


@dataclass(frozen=True, slots=True)
class Ruleset:
    """The rules, and beside each what of it is in force in this unit (``None``: nothing)."""

    rules: tuple[Monitoring, ...]
    in_force: tuple[Monitoring | None, ...]

    @classmethod
    def of(cls, rules: Iterable[Monitoring], switched_on: Mapping[str, bool]) -> Ruleset:
        """The rules as the unit's switches leave them."""
        rules = tuple(rules)
        return cls(rules, tuple(in_force(rule, switched_on.get(rule.id, False)) for rule in rules))

    def why_silent(self, rule_id: str) -> str:
        """Why an alert of this rule is closed: the words of its last line of history."""
        forced = {rule.id: force for rule, force in zip(self.rules, self.in_force, strict=True)}
        if rule_id not in forced:
            return "The rule was withdrawn."
        return "No longer true." if forced[rule_id] is not None else "The rule is switched off."


def in_force(rule: Monitoring, is_on: bool) -> Monitoring | None:
    """The rule without its provisional parts, unless it is switched on; ``None`` when nothing is left."""
    if is_on or rule.status == "verified":
        return rule
    due = tuple(part for part in rule.due if part.status == "verified")
    out_of_range = tuple(part for part in rule.out_of_range if part.status == "verified")
    return replace(rule, due=due, out_of_range=out_of_range) if due or out_of_range else None


def judge_all(ruleset: Ruleset, events: Sequence[Event], as_of: datetime) -> Judgement:
    """Runs every rule on a patient's events. ``as_of`` is UTC without a zone."""
    trimmed = [
        force
        for rule, force in zip(ruleset.rules, ruleset.in_force, strict=True)
        if force is not None and force is not rule
    ]
    answers, broken = _answers((*ruleset.rules, *trimmed), events, as_of)
    spoken = [answers[id(force)] for force in ruleset.in_force if force is not None and id(force) in answers]
    return Judgement(
        findings={answer.rule.id: finding_of(answer) for answer in spoken if answer.fired},
        answers={rule.id: answers[id(rule)] for rule in ruleset.rules if id(rule) in answers},
        broken=broken,
    )


def _answers(
    rules: Sequence[Monitoring], events: Sequence[Event], as_of: datetime
) -> tuple[dict[int, Answer], dict[str, str]]:
    """Answers by the identity of the rule. A rule that fails must not silence the others: then one by one."""
    try:
        return {id(answer.rule): answer for answer in judge(rules, events, as_of)}, {}
    except Exception:  # noqa: BLE001 - whatever one rule raises, the others must still be heard
        return _answers_one_by_one(rules, events, as_of)


def _answers_one_by_one(
    rules: Sequence[Monitoring], events: Sequence[Event], as_of: datetime
) -> tuple[dict[int, Answer], dict[str, str]]:
    answers: dict[int, Answer] = {}
    broken: dict[str, str] = {}
    for rule in rules:
        try:
            answers[id(rule)] = judge([rule], events, as_of)[0]
        except Exception as error:  # noqa: BLE001 - kept with the patient and shown on Today
            broken[rule.id] = f"{type(error).__name__}: {error}"
    return answers, broken


def finding_of(answer: Answer) -> Finding:
    """What is to stand in the alert of an answer that fired."""
    evidence = evidence_of(answer)
    return Finding(
        rule_id=answer.rule.id,
        level=answer.state,
        said=Said(urgency_of(answer.state, answer.urgent), fingerprint(answer)),
        sentence=(answer.sentence[:1].upper() + answer.sentence[1:])[:500],
        evidence=evidence,
        provisional=_rests_on_provisional(answer.state, evidence["because"]),
        fact_at=_aware(_fact_at(answer)),
        due_at=_aware(answer.due_at),
    )


def _rests_on_provisional(level: str, because: Sequence[dict[str, Any]]) -> bool:
    """Whether no verified part alone would have raised it at this level: a red that is verified is not doubted
    because an amber beside it is provisional."""
    own = [part for part in because if part["level"] == level] or because
    return all(part["status"] == "provisional" for part in own)


def evidence_of(answer: Answer) -> dict[str, Any]:
    """What "Why" shows: what the rule says to do, which parts of it hold, what is not known, and the facts."""
    because = [
        {"level": c.level, "words": c.sentence, "status": c.status, "sources": list(c.provenance)}
        for c in answer.fired_clauses
    ] + [
        {"level": s.due, "words": f"{s.what} {s.due}", "status": s.status, "sources": list(s.provenance)}
        for s in answer.schedules
        if s.due != "not due"
    ]
    return {
        "say": answer.rule.say,
        "because": because or _asked(answer),
        "missing": list(answer.missing),
        "could_be": answer.could_be,
        "facts": [_fact(item) for item in answer.evidence],
    }


def _asked(answer: Answer) -> list[dict[str, Any]]:
    """The thresholds that could not be judged: the only reason when nothing fired and nothing is due."""
    return [
        {"level": "unknown", "words": c.sentence, "status": c.status, "sources": [str(s) for s in c.source]}
        for c in answer.rule.out_of_range
        if c.ask and c.level == answer.could_be
    ]


def _fact(item: Evidence) -> dict[str, Any]:
    return {
        "what": item.what,
        "code": item.code,
        "value": item.value,
        "unit": item.unit,
        "time": item.time.isoformat() if item.time else None,
        "threshold": item.threshold,
        "source": item.source,
    }


def fingerprint(answer: Answer) -> str:
    """The same for the same facts crossing the same thresholds; blind to the mere passing of time.

    A result that only belongs to a test that is not late is left out: it is no news for this alert.
    """
    thresholds = {None, *(clause.sentence for clause in answer.rule.out_of_range)}
    parts: list[Any] = [
        sorted((c.level, c.sentence) for c in answer.fired_clauses),
        sorted((s.what, s.due, str(s.last_at)) for s in answer.schedules if s.due != "not due"),
        sorted(answer.missing),
        sorted(json.dumps(_fact(i), sort_keys=True) for i in answer.evidence if i.threshold in thresholds),
    ]
    return blake2b(json.dumps(parts).encode(), digest_size=16).hexdigest()


def _fact_at(answer: Answer) -> datetime | None:
    """When the newest result or finding that a threshold was held against was true; when a late test was due.

    ``None`` when only a course speaks: "taken" fits no course, and its start is not what is new.
    """
    if answer.state in ("due", "overdue"):
        return answer.due_at
    against = [item for item in answer.evidence if item.threshold and not item.code.startswith("ATC//")]
    return max((item.time for item in against if item.time), default=None)


def _aware(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=UTC) if moment else None


def edition(rules: Iterable[Monitoring]) -> str:
    """A digest of everything the rules say. When it changes, every patient is to be looked at again."""
    return blake2b("\n".join(repr(rule) for rule in rules).encode(), digest_size=16).hexdigest()
