"""List, show and explain the rules.

  rules list           one line per rule
  rules show ID        what the rule asks for, its thresholds, what it says, its sources
  rules explain ID     its worked examples, run now: what is true, what the rule answers, and why

With --json the same as data.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Iterator
from typing import Any

from osteon.knowledge import all_rules
from osteon.rules.answers import Answer, Evidence
from osteon.rules.examples import Example, examples_of
from osteon.rules.judge import judge
from osteon.rules.monitoring import Clause, Every, Monitoring, Source
from osteon.site.commands import DONE
from osteon.site.commands.errors import WrongUse
from osteon.site.commands.printing import paragraph, say, say_json, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_subparsers(dest="what", required=True, metavar="list | show | explain")
    listing = what.add_parser("list", help="one line per rule")
    listing.add_argument("--status", choices=("verified", "provisional"))
    for name, help_text in (("show", "everything a rule says"), ("explain", "its worked examples, run now")):
        what.add_parser(name, help=help_text).add_argument("id", metavar="ID")
    for sub in what.choices.values():
        sub.add_argument("--json", action="store_true", help="as data")


def run(args: argparse.Namespace) -> int:
    act: dict[str, Callable[[argparse.Namespace], None]] = {"list": _list, "show": _show, "explain": _explain}
    act[args.what](args)
    return DONE


def rule_named(rule_id: str) -> Monitoring:
    rules = {rule.id: rule for rule in all_rules()}
    if rule_id in rules:
        return rules[rule_id]
    close = difflib.get_close_matches(rule_id, rules, n=1)
    hint = f"Did you mean {close[0]}?" if close else "./osteon rules list shows them all."
    raise WrongUse(f"There is no rule {rule_id!r}.", hint)


def _list(args: argparse.Namespace) -> None:
    rules = [rule for rule in all_rules() if args.status in (None, rule.status)]
    if args.json:
        say_json([_as_data(rule) for rule in rules])
        return
    say(table(["rule", "what it watches", "status"], ([r.id, r.title, r.status] for r in rules)))
    say(f"\n{len(rules)} rules.")


def _show(args: argparse.Namespace) -> None:
    rule = rule_named(args.id)
    if args.json:
        say_json(_as_data(rule))
        return
    say(f"{rule.id}: {rule.title} ({rule.status})")
    for block in _blocks(rule):
        say(block)


def _blocks(rule: Monitoring) -> Iterator[str]:
    yield f"\nApplies to patients\n{paragraph(rule.applies.words(), 2)}"
    if rule.due:
        yield "\nAsks for"
        yield from (_part(schedule.words(), schedule) for schedule in rule.due)
    if rule.out_of_range:
        yield "\nRaises"
        yield from (_part(f"{c.level}: {c.sentence} ({c.condition.words()})", c) for c in rule.out_of_range)
    yield f"\nSays\n{paragraph(rule.say, 2)}"
    if rule.remark:
        yield f"\nRemark\n{paragraph(rule.remark, 2)}"
    yield (
        f"\nWritten by {rule.author}, checked by {rule.checked_by} on {rule.reviewed_on:%-d %B %Y}; "
        f"next review {rule.next_review:%-d %B %Y}."
    )


def _part(words: str, part: Clause | Every) -> str:
    sources = (paragraph(f"{source} [{source.mark}]", 6) for source in part.source)
    mark = "" if part.status == "verified" else " (provisional)"
    return "\n".join([paragraph(words + mark, 2), *sources])


def _explain(args: argparse.Namespace) -> None:
    rule = rule_named(args.id)
    told = [(example, judge([rule], example.events, example.as_of)[0]) for example in examples_of(rule)]
    if args.json:
        say_json([_example_as_data(example, answer) for example, answer in told])
        return
    say(f"{rule.id}: {rule.title}")
    for example, answer in told:
        say(f"\n{example.name}\n{paragraph(example.facts, 2)}")
        say(f"  answers: {answer.state}{_agreement(example, answer)}")
        for line in _because(answer):
            say(paragraph(line, 4))


def _agreement(example: Example, answer: Answer) -> str:
    return "" if example.holds(answer) else f"  (the file promises: {example.answer})"


def _because(answer: Answer) -> Iterator[str]:
    if answer.sentence:
        yield answer.sentence
    yield from (f"{clause.level}: {clause.sentence}" for clause in answer.fired_clauses)
    if answer.missing:
        yield f"not known: {', '.join(answer.missing)}"
    yield from map(_fact, answer.evidence)


def _fact(item: Evidence) -> str:
    value = "" if item.value is None else f" {item.value:g} {item.unit}"
    when = f", {item.time:%-d %b %Y %H:%M}" if item.time else ""
    against = f" (compared with {item.threshold})" if item.threshold else ""
    return f"{item.what}{value}{when}{against}"


def _as_data(rule: Monitoring) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": rule.title,
        "status": rule.status,
        "applies": rule.applies.words(),
        "due": [_part_as_data(part, part.words()) for part in rule.due],
        "out_of_range": [
            {"level": part.level, "condition": part.condition.words(), **_part_as_data(part, part.sentence)}
            for part in rule.out_of_range
        ],
        "say": rule.say,
        "remark": rule.remark,
        "author": rule.author,
        "checked_by": rule.checked_by,
        "reviewed_on": rule.reviewed_on,
        "next_review": rule.next_review,
    }


def _part_as_data(part: Clause | Every, words: str) -> dict[str, Any]:
    return {"words": words, "status": part.status, "sources": [_source_as_data(s) for s in part.source]}


def _source_as_data(source: Source) -> dict[str, str]:
    return {
        "citation": source.reference.citation,
        "doi": source.reference.doi,
        "place": source.place,
        "mark": source.mark,
    }


def _example_as_data(example: Example, answer: Answer) -> dict[str, Any]:
    return {
        "example": example.name,
        "facts": example.facts,
        "promised": example.answer,
        "holds": example.holds(answer),
        "answer": answer.as_dict(),
    }
