"""What a definition, classification or score says of the facts given. Nothing is stored.

  answer                                   every rule that can be asked
  answer RULE                              its inputs: names, units, choices
  answer RULE NAME=VALUE ...               its answer, or the two answers that what is not known leaves possible

A value may carry a unit (crp="2.4 mg/dL"), a limit sign (crp="<5") and a date (crp="24 @ 2026-03-01"). Facts that
are not given are not known; they are never taken for normal.

  ./osteon answer ebjis-2021 sinus_tract=yes
  ./osteon answer ebjis-2021 crp=24 syn_wbc=2000 --json
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import UTC, datetime
from difflib import get_close_matches
from typing import Any

from osteon.events.vocabulary.questions import QUESTION_BY_NAME
from osteon.knowledge import all_calculations, all_definitions, all_rules
from osteon.rules.answering import answer_definition
from osteon.rules.calculation import Calculation, answer_calculation
from osteon.rules.definition import Definition
from osteon.rules.given import BadFact, given
from osteon.site.commands import DONE
from osteon.site.commands.definition_words import answered, as_data, asks, asks_table, worked_out
from osteon.site.commands.errors import WrongUse
from osteon.site.commands.evaluate import moment
from osteon.site.commands.printing import paragraph, say, say_json, table


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rule", nargs="?", metavar="RULE")
    parser.add_argument("facts", nargs="*", metavar="NAME=VALUE")
    parser.add_argument("--as-of", type=_day, metavar="DATE", help="the day asked about; today by default")
    parser.add_argument("--json", action="store_true", help="as data")


def _day(text: str) -> datetime:
    found = moment(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2026-03-05")
    if found.date() > _now().date():
        raise argparse.ArgumentTypeError(f"{text} lies in the future")
    return found


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def run(args: argparse.Namespace) -> int:
    if args.rule is None:
        _list(args.json)
        return DONE
    rule = rule_named(args.rule)
    if args.facts:
        _answer(rule, args)
    else:
        _inputs(rule, args.json)
    return DONE


Rule = Definition | Calculation


def everything() -> tuple[Rule, ...]:
    """Whatever can be asked: definitions, scores and calculations."""
    return (*all_definitions(), *all_calculations())


def rule_named(rule_id: str) -> Rule:
    """The rule of that name; what it might have meant when there is none."""
    known = {one.id: one for one in everything()}
    if rule_id in known:
        return known[rule_id]
    if rule_id in {rule.id for rule in all_rules()}:
        raise WrongUse(
            f"{rule_id} is a monitoring rule: it watches a patient's courses and results over time, so it is "
            "not answered from single facts.",
            f"./osteon rules explain {rule_id} shows it at work; ./osteon evaluate --rules {rule_id} SOURCE runs it.",
        )
    near = get_close_matches(rule_id, known, n=3, cutoff=0.5)
    hint = f"Did you mean {' or '.join(near)}?" if near else "./osteon answer alone lists what can be asked."
    raise WrongUse(f"There is no rule {rule_id!r}.", hint)


def _list(as_json: bool) -> None:
    if as_json:
        say_json([as_data(one) for one in everything()])
        return
    rows = ([one.id, one.subject, one.title, one.status] for one in everything())
    say(table(["rule", "subject", "title", "status"], rows))
    say("\n./osteon answer RULE lists what a rule asks.")


def _inputs(definition: Rule, as_json: bool) -> None:
    if as_json:
        say_json({"rule": definition.id, "inputs": [asks(question) for question in definition.questions]})
        return
    say(f"{definition.title} ({definition.status})\n{paragraph(definition.about)}\n")
    say(asks_table(definition.questions))
    say(f"\nFor example: ./osteon answer {definition.id} {definition.questions[0].key}=...")


def _answer(definition: Rule, args: argparse.Namespace) -> None:
    as_of = args.as_of or _now()
    pairs = [_pair(definition, text) for text in args.facts]
    try:
        events = given(pairs, as_of)
    except BadFact as error:
        raise WrongUse(str(error), f"./osteon answer {definition.id} lists what it asks.") from error
    unread = _unread(definition, pairs)
    if isinstance(definition, Calculation):
        sums = answer_calculation(definition, events, as_of)
        data, blocks = sums.as_dict(), worked_out(sums)
    else:
        answer = answer_definition(definition, events, as_of)
        data, blocks = answer.as_dict(), answered(answer)
    if args.json:
        say_json({**data, "not_read": unread})
        return
    for block in blocks:
        say(block)
    if unread:
        say("\n" + paragraph("Not read by this rule: " + ", ".join(unread) + "."))


def _pair(definition: Rule, text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign:
        raise WrongUse(f"{text!r} is not a fact.", f"Write NAME=VALUE, for example {text}=yes.")
    name = name.strip()
    if name not in QUESTION_BY_NAME:
        near = get_close_matches(name, _names(definition), n=3) or get_close_matches(name, QUESTION_BY_NAME)
        hint = f"Did you mean {' or '.join(near)}?" if near else ""
        raise WrongUse(
            f"There is no fact called {name!r}.", hint or f"./osteon answer {definition.id} lists them."
        )
    return name, value.strip()


def _names(definition: Rule) -> list[str]:
    own = {question.key for question in definition.questions}
    return [name for name, word in QUESTION_BY_NAME.items() if word.key in own]


def _unread(definition: Rule, pairs: Iterable[tuple[str, str]]) -> list[Any]:
    own = {question.key for question in definition.questions}
    return [name for name, _ in pairs if QUESTION_BY_NAME[name].key not in own]
