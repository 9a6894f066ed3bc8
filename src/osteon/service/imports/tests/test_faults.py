"""The process killed in the middle, and the disk full: nothing half-done, and the rerun completes it."""

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from osteon.service.imports.models import ImportRun
from osteon.service.imports.running import DiskFull, run_import
from osteon.service.imports.tests.conftest import counts, everything, file_at
from osteon.standards.fhir.tests.builders import observation, patient, subject

SRC = Path(__file__).resolve().parents[4]

# Imports a file into a home of its own. With "pause" it stops inside the transaction, after the first patient
# was written and before the rest, and waits to be killed.
SCRIPT = """
import sys, time, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from pathlib import Path
from osteon.service.accounts.models import Person
from osteon.service.imports import actions
from osteon.service.imports.running import run_import
actions.ROWS_TOGETHER = 1

def pause(rows):
    print("inside", flush=True)
    time.sleep(600)

run = run_import(
    by=Person.objects.system(), path=Path(sys.argv[1]), progress=pause if sys.argv[2] == "pause" else None
)
print(run.state, run.added["patients"], run.added["added"]["result"])
"""
TABLES = (
    "patients_patient",
    "patients_patientidentifier",
    "results_result",
    "results_historicalresult",
    "imports_importrun",
)


def people(number: int) -> list:
    """So many patients with ten results each."""
    out = []
    for n in range(number):
        out.append(patient(f"p{n}"))
        out += [observation(id=f"o{n}-{m}", value=m, subject=subject(f"Patient/p{n}")) for m in range(10)]
    return out


def start(home: Path, path: Path, how: str) -> subprocess.Popen:
    surroundings = {
        **{name: value for name, value in os.environ.items() if name != "OSTEON_DATABASE_URL"},
        "OSTEON_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "osteon.site.settings.demo",
        "PYTHONPATH": str(SRC),
    }
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(path), how], env=surroundings, stdout=subprocess.PIPE, text=True
    )


def rows(home: Path) -> dict[str, int]:
    database = sqlite3.connect(home / "osteon.sqlite3")
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}  # noqa: S608


def test_import_killed_in_the_middle_leaves_nothing_and_the_rerun_completes_it(tmp_path):
    path = file_at(tmp_path, *people(5))
    with start(tmp_path, path, "pause") as running:
        assert running.stdout.readline() == "inside\n"
        running.send_signal(signal.SIGKILL)
        assert running.wait() == -signal.SIGKILL
    assert set(rows(tmp_path).values()) == {0}
    with start(tmp_path, path, "finish") as again:
        assert again.stdout.read() == "taken 5 50\n"
    assert rows(tmp_path) == {
        "patients_patient": 5,
        "patients_patientidentifier": 5,
        "results_result": 50,
        "results_historicalresult": 50,
        "imports_importrun": 1,
    }


@pytest.fixture
def nearly_full(transactional_db):
    """A database that can grow by a few pages only; on PostgreSQL there is no such switch."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told how large it may grow")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 8}")
        yield
        cursor.execute("PRAGMA max_page_count = 1073741823")


def test_full_disk_is_a_clear_error_and_the_database_is_intact(cast, tmp_path, nearly_full):
    path = file_at(tmp_path, *people(200))
    before = everything()
    with pytest.raises(DiskFull, match=r"b\.json: the disk is full\. Nothing of the file was taken"):
        run_import(by=cast.lead, path=path)
    assert everything() == before
    assert not ImportRun.objects.exists()
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert run_import(by=cast.lead, path=path).added["added"]["result"] == 2000
    assert counts()["results.Result"] == 2000


def test_another_database_error_is_not_taken_for_a_full_disk(cast, tmp_path, monkeypatch):
    def broken(**_):
        raise OSError("the cable is out")

    monkeypatch.setattr("osteon.service.imports.running.import_source", broken)
    with pytest.raises(OSError, match="cable"):
        run_import(by=cast.lead, path=tmp_path)
