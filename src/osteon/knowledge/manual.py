"""The clinical manual, written from the rule files and from nothing else.

``pages()`` gives every page; the repository holds them in ``docs/manual`` and a test fails when they
differ from what the rule files say today.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Final

from osteon.knowledge import all_rules
from osteon.rules import language
from osteon.rules.answers import Answer
from osteon.rules.examples import Example, examples_of
from osteon.rules.judge import judge
from osteon.rules.monitoring import (
    OVERDUE_AFTER,
    PROVISIONAL_MARKS,
    URGENT_AFTER,
    VERIFIED_MARKS,
    Clause,
    Every,
    Monitoring,
    Source,
)

GENERATED: Final = "<!-- Written from the rule files by ./osteon manual. Do not edit. -->\n"


def pages() -> dict[str, str]:
    """Every page of the manual: its path below ``docs/manual`` and its text (Markdown)."""
    found = {"README.md": _contents(), "language.md": _language(), "references.md": _references()}
    for rule in all_rules():
        found[f"monitoring/{rule.id}.md"] = "\n".join(_rule_page(rule)) + "\n"
    return found


def _contents() -> str:
    verified = sum(rule.status == "verified" for rule in all_rules())
    lines = [
        GENERATED,
        "# Clinical manual",
        "",
        "What Osteon's rules ask for, what they raise, and where that stands written. A rule shows its reasons",
        "and its sources; a clinician decides.",
        "",
        f"{len(all_rules())} monitoring rules: {verified} verified, {len(all_rules()) - verified} provisional.",
        "A *provisional* threshold has not yet been confirmed against its source. It is shown as such and",
        "raises no alert until the unit's lead switches the rule on. The verified parts of a rule do.",
        "",
        f"A test is *due* on its day, *overdue* {OVERDUE_AFTER.days} days later and urgent {URGENT_AFTER.days} days",
        "later. These two steps are a proposal of ours, not a published figure; so is how many days back a question",
        "(fever, muscle pain) still counts.",
        "",
        "See also [the language](language.md) and [the references](references.md).",
        "",
        "| rule | about | status | examples |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| [{r.id}](monitoring/{r.id}.md) | {r.title} | {r.status} | {_passed(r)} |" for r in all_rules()
    ]
    return "\n".join(lines) + "\n"


def _passed(rule: Monitoring) -> str:
    examples = examples_of(rule)
    passed = sum(example.holds(judge([rule], example.events, example.as_of)[0]) for example in examples)
    return f"{passed} of {len(examples)} passed"


def _rule_page(rule: Monitoring) -> Iterator[str]:
    yield GENERATED
    yield f"# {rule.title}\n"
    yield f"Rule `{rule.id}` · **{rule.status}** · applies to patients {rule.applies.words()}\n"
    if rule.due:
        yield "## What is due\n"
        yield from (_schedule(schedule) for schedule in rule.due)
    if rule.out_of_range:
        yield "\n## What is raised\n"
        yield from (_clause(clause) for clause in rule.out_of_range)
    yield f"\n## What to do\n\n{rule.say}"
    if rule.remark:
        yield f"\n## To know\n\n{rule.remark}"
    yield "\n## Worked examples\n"
    yield "| patient | facts | answer | in the product's words |\n| --- | --- | --- | --- |"
    yield from (_example(rule, example) for example in examples_of(rule))
    yield "\n## Who answers for it\n"
    yield f"Written by {rule.author}. {rule.checked_by}."
    yield f"Reviewed {rule.reviewed_on:%d %B %Y}; next review by {rule.next_review:%d %B %Y}."


def _schedule(schedule: Every) -> str:
    return f"- {schedule.words()} ({schedule.status})\n{_cited(schedule.source)}"


def _clause(clause: Clause) -> str:
    head = f"- **{clause.level}**: {clause.sentence} ({clause.status})"
    asked = "" if clause.ask else " When it cannot be judged, nothing is raised."
    return f"{head}\n  - reads: {clause.condition.words()}.{asked}\n{_cited(clause.source)}"


def _cited(sources: tuple[Source, ...]) -> str:
    return "\n".join(f"  - source: {source} [{source.mark}]" for source in sources)


def _example(rule: Monitoring, example: Example) -> str:
    (answer,) = judge([rule], example.events, example.as_of)
    return f"| {example.name} | {example.facts} | {example.answer} | {_in_words(answer)} |"


def _in_words(answer: Answer) -> str:
    if answer.asks and answer.level:
        return f"{answer.sentence}; could be {answer.could_be}: {', '.join(answer.missing)} not known"
    return answer.sentence or answer.state


_KLEENE = """\
| and | yes | no | unknown |
| --- | --- | --- | --- |
| **yes** | yes | no | unknown |
| **no** | no | no | no |
| **unknown** | unknown | no | unknown |

| or | yes | no | unknown |
| --- | --- | --- | --- |
| **yes** | yes | yes | yes |
| **no** | yes | no | unknown |
| **unknown** | yes | unknown | unknown |

Not yes is no, not no is yes, not unknown is unknown.
"""


def _language() -> str:
    words = [(name, f) for name, f in vars(language).items() if _is_word(f)]
    lines = [
        GENERATED,
        "# The language of the rules",
        "",
        "A rule is written with these words. A value is a number in a unit, or unknown; a condition is yes,",
        "no or unknown. Nothing missing is ever taken for normal.",
        "",
    ]
    for name, function in words:
        parameters = ", ".join(inspect.signature(function).parameters)
        lines += [f"## `{name}({parameters})`", "", inspect.getdoc(function) or "", ""]
    lines += [
        "## Comparing",
        "",
        "`>`, `>=`, `<` and `<=` compare two values of one unit. A laboratory limit (`< 4`) and two different",
        "results at one moment are intervals: the answer is yes or no only when every number in the interval",
        "gives the same answer, else unknown.",
        "",
        "## `&`, `|` and `~`: and, or, not",
        "",
        _KLEENE,
    ]
    return "\n".join(lines)


def _is_word(thing: object) -> bool:
    return inspect.isfunction(thing) and thing.__module__ == language.__name__


def _references() -> str:
    cited: dict[str, list[str]] = {}
    for rule in all_rules():
        for source in rule.sources:
            doi = f" doi {source.reference.doi}" if source.reference.doi else ""
            cited.setdefault(f"{source.reference.citation}{doi}", []).append(rule.id)
    lines = [GENERATED, "# References", "", "| reference | cited by |", "| --- | --- |"]
    lines += [
        f"| {reference} | {', '.join(f'[{r}](monitoring/{r}.md)' for r in dict.fromkeys(rules))} |"
        for reference, rules in sorted(cited.items())
    ]
    lines += [
        "",
        f"Marks that make a figure verified: {', '.join(sorted(VERIFIED_MARKS))}. "
        f"Marks that leave it provisional: {', '.join(sorted(PROVISIONAL_MARKS))}.",
    ]
    return "\n".join(lines) + "\n"
