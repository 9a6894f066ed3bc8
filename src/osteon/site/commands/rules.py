"""List, show and explain the rules: those that watch over patients, and the definitions and scores.

  rules list           one line per rule
  rules show ID        what the rule asks for, its thresholds, what it says, its sources
  rules explain ID     its worked examples, run now: what is true, what the rule answers, and why

With --json the same as data.
"""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from osteon.knowledge import all_definitions, all_rules
from osteon.rules.answering import DefinitionAnswer
from osteon.rules.answers import Answer, Evidence
from osteon.rules.definition import Definition
from osteon.rules.definition_examples import Case
from osteon.rules.examples import Example, examples_of
from osteon.rules.judge import judge
from osteon.rules.monitoring import Clause, Every, Monitoring, Source
from osteon.site.commands import DONE, definition_words
from osteon.site.commands.errors import WrongUse
from osteon.site.commands.printing import paragraph, say, say_json, table

Rule = TypeVar("Rule")


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
    """The monitoring rule of that name."""
    return _named({rule.id: rule for rule in all_rules()}, rule_id)


def anything_named(rule_id: str) -> Monitoring | Definition:
    """The monitoring rule or definition of that name."""
    return _named({one.id: one for one in (*all_rules(), *all_definitions())}, rule_id)


def _named(rules: Mapping[str, Rule], rule_id: str) -> Rule:
    if rule_id in rules:
        return rules[rule_id]
    close = difflib.get_close_matches(rule_id, rules, n=1)
    hint = f"Did you mean {close[0]}?" if close else "./osteon rules list shows them all."
    raise WrongUse(f"There is no rule {rule_id!r}.", hint)


def _list(args: argparse.Namespace) -> None:
    rules = [rule for rule in all_rules() if args.status in (None, rule.status)]
    definitions = [one for one in all_definitions() if args.status in (None, one.status)]
    if args.json:
        say_json([*map(_as_data, rules), *map(definition_words.as_data, definitions)])
        return
    say(table(["rule", "what it watches", "status"], ([r.id, r.title, r.status] for r in rules)))
    say(f"\n{len(rules)} rules that watch over patients.\n")
    say(table(["definition or score", "title", "status"], ([d.id, d.title, d.status] for d in definitions)))
    say(f"\n{len(definitions)} definitions, classifications and scores.")


def _show(args: argparse.Namespace) -> None:
    rule = anything_named(args.id)
    if isinstance(rule, Definition):
        _show_definition(rule, args.json)
        return
    if args.json:
        say_json(_as_data(rule))
        return
    say(f"{rule.id}: {rule.title} ({rule.status})")
    for block in _blocks(rule):
        say(block)


def _show_definition(definition: Definition, as_json: bool) -> None:
    if as_json:
        say_json(definition_words.as_data(definition))
        return
    for block in definition_words.shown(definition):
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
    rule = anything_named(args.id)
    if isinstance(rule, Definition):
        _explain_definition(rule, args.json)
        return
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


def _explain_definition(definition: Definition, as_json: bool) -> None:
    told = list(definition_words.explained(definition))
    if as_json:
        say_json([_case_as_data(case, answer) for case, answer in told])
        return
    say(f"{definition.id}: {definition.title}")
    for case, answer in told:
        say(f"\n{case.name}\n{paragraph(case.facts, 2)}")
        say(paragraph(f"answers: {answer.words()}", 2))
        say(paragraph(f"met: {', '.join(one.criterion.key for one in answer.met(True)) or 'nothing'}", 4))
        for broken in case.broken(answer):
            say(paragraph(f"the file promises: {broken}", 4))


def _case_as_data(case: Case, answer: DefinitionAnswer) -> dict[str, Any]:
    return {
        "example": case.name,
        "facts": case.facts,
        "promised": "; ".join(case.promises),
        "holds": not case.broken(answer),
        "answer": answer.as_dict(),
    }


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
