"""One event table with every worked example of every rule as a patient of its own, on each engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from osteon.events.schema import Event, to_frame
from osteon.knowledge import all_rules
from osteon.rules.engines.evaluate import EngineMissing, Outcome, evaluate, open_engine
from osteon.rules.examples import Example, examples_of
from osteon.rules.monitoring import Monitoring

MOMENT = datetime(2026, 6, 1, 9)
ENGINES = ["polars", "duckdb", pytest.param("spark", marks=pytest.mark.spark)]


def moved(events: tuple[Event, ...], subject_id: int, as_of: datetime) -> list[Event]:
    """An example's events as those of another patient, moved so that the question falls on MOMENT."""
    shift = MOMENT - as_of
    return [
        replace(
            event,
            subject_id=subject_id,
            time=event.time + shift if event.time else None,
            end=event.end + shift if event.end else None,
        )
        for event in events
    ]


@pytest.fixture(scope="session")
def cast() -> dict[int, tuple[Monitoring, Example, list[Event]]]:
    """Every worked example as a patient."""
    rows = [(rule, example) for rule in all_rules() for example in examples_of(rule)]
    return {
        number: (rule, example, moved(example.events, number, example.as_of))
        for number, (rule, example) in enumerate(rows, start=1)
    }


@pytest.fixture(scope="session", params=ENGINES)
def outcome(request, cast, tmp_path_factory) -> Outcome:
    """What an engine says of all of them."""
    path = tmp_path_factory.mktemp("spec") / "examples.parquet"
    to_frame([event for _, _, events in cast.values() for event in events]).write_parquet(path)
    try:
        opened = open_engine(request.param, [str(path)])
    except EngineMissing as missing:
        pytest.skip(str(missing))
    return evaluate(all_rules(), opened, MOMENT)
