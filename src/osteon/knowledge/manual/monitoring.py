"""The pages of the monitoring rules."""

from __future__ import annotations

from collections.abc import Iterator

from osteon.knowledge import all_rules
from osteon.knowledge.manual.layout import GENERATED, cited, reviewed
from osteon.rules.answers import Answer
from osteon.rules.examples import Example, examples_of
from osteon.rules.judge import judge
from osteon.rules.monitoring import OVERDUE_AFTER, URGENT_AFTER, Clause, Every, Monitoring


def monitoring_pages() -> Iterator[tuple[str, str]]:
    """A page for each monitoring rule."""
    for rule in all_rules():
        yield f"monitoring/{rule.id}.md", "\n".join(_rule_page(rule)) + "\n"


def monitoring_contents() -> Iterator[str]:
    """The table of the monitoring rules."""
    verified = sum(rule.status == "verified" for rule in all_rules())
    yield f"{len(all_rules())} monitoring rules: {verified} verified, {len(all_rules()) - verified} provisional.\n"
    yield (
        f"A test is *due* on its day, *overdue* {OVERDUE_AFTER.days} days later and urgent {URGENT_AFTER.days} days\n"
        "later. These two steps are a proposal of ours, not a published figure; so is how many days back a question\n"
        "(fever, muscle pain) still counts.\n"
    )
    yield "| rule | about | status | examples |\n| --- | --- | --- | --- |"
    for rule in all_rules():
        yield f"| [{rule.id}](monitoring/{rule.id}.md) | {rule.title} | {rule.status} | {_passed(rule)} |"


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
    yield from reviewed(rule)


def _schedule(schedule: Every) -> str:
    return f"- {schedule.words()} ({schedule.status})\n{cited(schedule.source)}"


def _clause(clause: Clause) -> str:
    head = f"- **{clause.level}**: {clause.sentence} ({clause.status})"
    asked = "" if clause.ask else " When it cannot be judged, nothing is raised."
    return f"{head}\n  - reads: {clause.condition.words()}.{asked}\n{cited(clause.source)}"


def _example(rule: Monitoring, example: Example) -> str:
    (answer,) = judge([rule], example.events, example.as_of)
    return f"| {example.name} | {example.facts} | {example.answer} | {_in_words(answer)} |"


def _in_words(answer: Answer) -> str:
    if answer.asks and answer.level:
        return f"{answer.sentence}; could be {answer.could_be}: {', '.join(answer.missing)} not known"
    return answer.sentence or answer.state
