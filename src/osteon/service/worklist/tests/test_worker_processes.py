"""Real worker processes on a record of their own: killed in the middle, stopped, two at once."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from django.conf import settings

try:
    import psycopg
except ImportError:  # an optional part: without it there is only SQLite to test
    psycopg = None

ROOT = Path(__file__).resolve().parents[5]
TOUCHES_DATABASE = True  # in the processes it starts (conftest.py)
COUNT = 60
PATIENCE = 120  # seconds until a process that should have done something is given up

SEED = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.cast import Cast
from osteon.service.worklist.tests.unit import Unit
unit = Unit(Cast())
for number in range({COUNT}):
    unit.on_daptomycin(f"Patient {{number}}")
"""
# Asked past Django: starting it takes longer than a worker's whole work.
QUESTIONS = {
    "patients": "SELECT count(DISTINCT patient_id) FROM worklist_alert WHERE rule_id = 'daptomycin-ck'",
    "alerts": "SELECT count(*) FROM worklist_alert WHERE rule_id = 'daptomycin-ck'",
    "raised twice": "SELECT count(*) - count(DISTINCT alert_id) FROM worklist_alertevent",
    "queued": "SELECT count(*) FROM worklist_patientcheck WHERE queued_at IS NOT NULL",
    "leased": "SELECT count(*) FROM worklist_patientcheck WHERE leased_by <> ''",
}
DONE = {"patients": COUNT, "alerts": COUNT, "raised twice": 0, "queued": 0, "leased": 0}
ON_SQLITE = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


class Home:
    """A record in a folder of its own (on PostgreSQL: a database), and the processes that work on it."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url
        self.processes: list[subprocess.Popen[str]] = []
        self.environment = {
            **os.environ,
            "OSTEON_TEST_HOME": str(folder),
            "OSTEON_HOME": str(folder),
            "OSTEON_DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "osteon.site.settings.test",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }

    def worker(self, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "osteon", "worker", "--idle", "0.05", "--lease", "1", *arguments]
        process = subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.processes.append(process)
        return process

    def counts(self) -> dict[str, int]:
        with closing(self._connect()) as database:
            return {what: database.execute(query).fetchone()[0] for what, query in QUESTIONS.items()}

    def _connect(self):
        if self.url:
            return psycopg.connect(self.url)
        return sqlite3.connect(self.folder / "osteon.sqlite3", timeout=20)

    def until(self, true: Callable[[dict[str, int]], bool]) -> dict[str, int]:
        """The counts once they say so; read again, because they are read one after the other."""
        deadline = time.monotonic() + PATIENCE
        while not true(counts := self.counts()):
            assert time.monotonic() < deadline, f"gave up at {counts}"
            time.sleep(0.002)
        return self.counts()


def has_begun(counts: dict[str, int]) -> bool:
    return counts["alerts"] > 0


def is_idle(counts: dict[str, int]) -> bool:
    return counts["queued"] == 0 and counts["leased"] == 0


def new_database(template: str = "") -> str:
    """The address of a new database beside that of this test run; nothing on SQLite, where a folder is enough."""
    if ON_SQLITE:
        return ""
    name = f"worker_{uuid4().hex}"
    copy = f' TEMPLATE "{urlsplit(template).path[1:]}"' if template else ""
    with psycopg.connect(os.environ["OSTEON_DATABASE_URL"], autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"{copy}')
    return urlunsplit(urlsplit(os.environ["OSTEON_DATABASE_URL"])._replace(path=f"/{name}"))


@pytest.fixture(scope="module")
def seeded(tmp_path_factory) -> Home:
    """A record with patients whose rules were never run."""
    home = Home(tmp_path_factory.mktemp("seeded"), new_database())
    done = subprocess.run(
        [sys.executable, "-c", SEED], env=home.environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(seeded, tmp_path) -> Iterator[Home]:
    folder = tmp_path / "home"
    shutil.copytree(seeded.folder, folder)
    home = Home(folder, new_database(seeded.url))
    yield home
    for process in home.processes:
        if process.poll() is None:
            process.kill()
        process.wait()


def test_a_worker_killed_in_the_middle_loses_nothing_and_raises_nothing_twice(home):
    process = home.worker()
    home.until(has_begun)
    process.send_signal(signal.SIGKILL)
    process.wait()
    halfway = home.counts()
    assert 0 < halfway["alerts"] < COUNT, "it was killed in the middle"
    assert halfway["leased"] > 0, "it died holding patients"
    home.worker()
    assert home.until(is_idle) == DONE


def test_two_workers_at_once_raise_each_alert_once(home):
    home.worker()
    home.worker()
    assert home.until(is_idle) == DONE


def test_a_worker_told_to_stop_ends_in_peace(home):
    process = home.worker()
    home.until(has_begun)
    process.send_signal(signal.SIGTERM)
    assert process.wait(PATIENCE) == 0
    assert "looked at" in process.stdout.read()
    assert home.counts()["leased"] == 0, "it gave back what it held"
    assert home.worker("--once").wait(PATIENCE) == 0
    assert home.counts() == DONE
