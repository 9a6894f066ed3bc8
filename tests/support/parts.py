"""The parts of ``./osteon test``: what each runs, what it needs, and what came of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
COLLECTED = re.compile(r"(\d+)(?:/\d+)? tests? collected")
NOTHING_COLLECTED = 5  # pytest's exit code when no test matches


@dataclass
class Outcome:
    """Counts of one part. ``left_out``: reasons, with how many tests each cost."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0
    left_out: Counter[str] = field(default_factory=Counter)
    output: str = ""

    def line(self) -> str:
        counts = f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"
        return f"{self.name:<34} {counts:<40} {self.seconds:6.1f} s"


@dataclass(frozen=True)
class Check:
    """A command that passes or fails as a whole."""

    name: str
    command: tuple[str, ...]

    def run(self, live: bool) -> Outcome:
        started = time.monotonic()
        code, output = execute(self.command, {}, live)
        outcome = Outcome(self.name, passed=int(code == 0), failed=int(code != 0), output=output)
        outcome.seconds = time.monotonic() - started
        return outcome


@dataclass(frozen=True)
class Suite:
    """A run of pytest. ``lacks`` says why it cannot run here (installing what it can), or nothing."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    lacks: Callable[[], str | None] = lambda: None

    def run(self, live: bool) -> Outcome:
        started = time.monotonic()
        reason = self.lacks()
        outcome = self._count_only(reason) if reason else self._run(live)
        outcome.seconds = time.monotonic() - started
        return outcome

    def _count_only(self, reason: str) -> Outcome:
        _, output = execute(pytest_command(*self.arguments, "--collect-only"), self.environment, live=False)
        count = sum(int(number) for number in COLLECTED.findall(output))
        return Outcome(self.name, skipped=count, left_out=Counter({reason: count}) if count else Counter())

    def _run(self, live: bool) -> Outcome:
        with NamedTemporaryFile(suffix=".xml") as report:
            command = pytest_command(*self.arguments, f"--junitxml={report.name}")
            code, output = execute(command, self.environment, live)
            outcome = read_report(self.name, Path(report.name))
        outcome.output = output
        if code not in (0, NOTHING_COLLECTED) and not outcome.failed:
            outcome.failed = 1  # pytest itself broke: no test can be blamed, but nothing passed either
        return outcome


def pytest_command(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "pytest", *arguments)


def execute(command: Sequence[str], environment: Mapping[str, str], live: bool) -> tuple[int, str]:
    """Runs from the root of the checkout, never asking anything; shows the output as it comes when ``live``."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=None if live else subprocess.PIPE,
        stderr=None if live else subprocess.STDOUT,
        text=True,
    )
    return done.returncode, done.stdout or ""


def read_report(name: str, report: Path) -> Outcome:
    """Counts from pytest's own report; an error outside a test counts as a failure."""
    outcome = Outcome(name)
    if not report.stat().st_size:
        return outcome
    for suite in ElementTree.parse(report).iter("testsuite"):  # noqa: S314  written by our own pytest
        total, failed, errors, skipped = (
            int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
        )
        outcome.failed += failed + errors
        outcome.skipped += skipped
        outcome.passed += total - failed - errors - skipped
        outcome.left_out.update(mark.get("message", "") for mark in suite.iter("skipped"))
    return outcome
