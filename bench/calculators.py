"""Every calculator's page, blank and with answers: server time, in process, without a network."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from importlib import import_module

from bench.cohort import WORK
from bench.timing import Measured, seconds

ROUNDS = 20
HOME = WORK / "home-calculators"


def report() -> Iterator[str]:
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    os.environ.update(OSTEON_HOME=str(HOME), DJANGO_SETTINGS_MODULE="osteon.site.settings.demo")
    try:
        yield from _measured()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)


def _measured() -> Iterator[str]:
    # Django is set up when this module is loaded, and only now is the home chosen.
    asked = import_module("bench.asked_calculators")
    yield "Target: 95th percentile below 100 ms. Whole requests through every middleware; each page of every"
    yield f"calculator {ROUNDS} times, after one uncounted round."
    yield ""
    yield "| page | calculators | requests | median | 95th percentile | slowest calculator |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, addresses in asked.pages().items():
        times = {address: _times(asked.visit, address) for address in addresses}
        every = Measured(tuple(one for found in times.values() for one in found))
        slowest = max(times, key=lambda address: Measured(times[address]).median)
        yield (
            f"| {name} | {len(times)} | {len(every.seconds)} | {seconds(every.median)} | "
            f"{seconds(every.percentile(0.95))} | {asked.name_of(slowest)} {seconds(Measured(times[slowest]).median)} |"
        )


def _times(visit, address: str) -> tuple[float, ...]:  # type: ignore[no-untyped-def]
    found = []
    for number in range(ROUNDS + 1):
        start = time.perf_counter()
        visit(address)
        if number:
            found.append(time.perf_counter() - start)
    return tuple(found)
