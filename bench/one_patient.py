"""One patient's full re-evaluation as the web process does it: the judge over all rules."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from bench.cohort import SEED, UNTIL
from bench.timing import interleaved, seconds
from osteon.events.schema import Event
from osteon.events.simulator import simulate
from osteon.knowledge import all_rules
from osteon.rules.judge import judge

PATIENTS = 300


def running(events: list[Event]) -> list[Event]:
    """The courses that ran on the day the last of them began: the moment at which most rules apply."""
    courses = [event for event in events if event.code.startswith("ATC//") and event.time]
    last = max((course.time for course in courses), default=None)
    return [course for course in courses if last and (course.end is None or course.end > last)]


def report() -> Iterator[str]:
    stories = [events for _, events in islice(simulate(PATIENTS, SEED, UNTIL, detail="full"), PATIENTS)]
    stories.sort(key=len)
    chosen = {"median patient": stories[len(stories) // 2], "longest of 300": stories[-1]}
    busiest = max(stories, key=lambda events: len(running(events)))
    chosen["most drugs at once"] = busiest
    rules = all_rules()
    yield f"{len(rules)} rules. Target: below 25 ms."
    yield ""
    yield "| patient | events | median | 95th percentile |"
    yield "| --- | --- | --- | --- |"
    for name, events in chosen.items():
        moment = max((course.time for course in running(events)), default=UNTIL) + timedelta(days=10)
        (time,) = interleaved(100, lambda events=events, moment=moment: judge(rules, events, moment))
        yield f"| {name} | {len(events)} | {seconds(time.median)} | {seconds(time.percentile(0.95))} |"
