import json
import os
import subprocess
import sys
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from osteon.service.worklist.models import PatientCheck, WorkerBeat
from osteon.site.commands import doctor, doctor_record
from osteon.site.commands.dispatcher import main
from osteon.site.commands.doctor import Reading


def by_name(readings):
    return {reading.what: reading for reading in readings}


@pytest.fixture
def only(monkeypatch):
    """Lets a test decide what the doctor finds."""

    def finds(*readings):
        monkeypatch.setattr(doctor, "MACHINE", tuple(lambda r=r: r for r in readings))
        monkeypatch.setattr(doctor, "record", lambda: iter(()))

    return finds


def test_all_is_well_when_nothing_is_off(only, capsys):
    only(Reading("Python", "ok", "3.12"), Reading("Spark", "optional", "not installed", "./osteon add spark"))
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "ok        Python: 3.12\n" in said
    assert "optional  Spark: not installed\n          ./osteon add spark\n" in said
    assert said.endswith("Nothing is off.\n")


def test_what_is_off_gives_the_exit_code_and_what_to_do(only, capsys):
    only(Reading("disk space", "off", "0.1 GB free", "Free some."))
    assert main(["doctor"]) == 1
    assert "off       disk space: 0.1 GB free\n          Free some.\n" in capsys.readouterr().out


def test_the_same_as_data(only, capsys):
    only(Reading("disk space", "off", "0.1 GB free", "Free some."))
    assert main(["doctor", "--json"]) == 1
    assert json.loads(capsys.readouterr().out) == [
        {"what": "disk space", "state": "off", "found": "0.1 GB free", "how": "Free some."}
    ]


@pytest.mark.parametrize("check", doctor.MACHINE)
def test_every_check_of_the_machine_reads_something_here(check):
    reading = check()
    assert reading.state in ("ok", "off", "optional")
    assert reading.what and reading.found
    assert reading.state == "ok" or reading.how


def test_a_part_that_is_not_installed_says_how_to_add_it():
    reading = doctor.optional("DuckDB", ("no_such_module",), "a region", "./osteon add analytics")()
    assert (reading.state, reading.how) == ("optional", "./osteon add analytics")


@pytest.mark.parametrize(("address", "state"), [("", "optional"), ("postgresql://somewhere/db", "off")])
def test_the_postgresql_driver_is_missed_only_where_it_is_needed(address, state, monkeypatch):
    monkeypatch.setattr(doctor.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setenv("OSTEON_DATABASE_URL", address)
    assert doctor.postgresql_driver().state == state


def test_libraries_older_than_the_locks_are_off(monkeypatch, tmp_path):
    (tmp_path / "osteon-installed").mkdir()
    monkeypatch.setattr(doctor.sys, "prefix", str(tmp_path))
    assert doctor.locks().state == "off"  # nothing installed by ./osteon
    stamp = tmp_path / "osteon-installed" / "base.txt"
    stamp.write_bytes((doctor.ROOT / "requirements" / "base.txt").read_bytes())
    assert doctor.locks().state == "ok"
    old = (tmp_path / "osteon-installed" / "dev.txt", tmp_path / "osteon-installed" / "analytics.txt")
    old[0].write_text("pytest==1.0\n")
    assert doctor.locks().state == "ok"  # the next ./osteon test brings it up to date
    old[1].write_text("duckdb==0.1\n")
    assert "older than the locks: analytics" in doctor.locks().found
    stamp.write_text("django==1.0\n")
    assert {"analytics", "base", "dev"} <= set(doctor.locks().found.replace(",", "").split())


def test_little_space_is_off(monkeypatch):
    monkeypatch.setattr(doctor.Home, "free_bytes", lambda self: 10**8)
    assert doctor.disk_space().state == "off"
    monkeypatch.setattr(doctor.Home, "free_bytes", lambda self: 10**10)
    assert doctor.disk_space().state == "ok"


def test_a_named_chromium_is_preferred(monkeypatch):
    monkeypatch.setenv("OSTEON_CHROMIUM", "/somewhere/chromium")
    assert doctor.find_chromium() == "/somewhere/chromium"


def test_a_record_that_cannot_be_opened_is_a_reading_and_not_a_crash(monkeypatch):
    def broken(module, **options):
        raise RuntimeError("no such table")

    monkeypatch.setattr(doctor, "with_record", broken)
    (reading,) = doctor.record()
    assert (reading.what, reading.state) == ("record", "off")
    assert "no such table" in reading.how


@pytest.mark.django_db
class TestTheRecord:
    def readings(self):
        return by_name(doctor_record.readings())

    def beat(self, **ago):
        at = timezone.now() - timedelta(**ago)
        WorkerBeat.objects.create(name="w", started_at=at, beat_at=at)

    def test_a_record_of_this_version_is_well_but_for_its_worker(self):
        found = self.readings()
        assert found["tables"].state == found["database"].state == found["rules"].state == "ok"
        assert found["background worker"].state == "off"
        assert "./osteon worker" in found["background worker"].how

    def test_a_worker_that_never_ran_is_told_from_one_that_fell_silent(self):
        assert self.readings()["background worker"].found.startswith("has never run")

    @pytest.mark.parametrize(
        ("ago", "state", "words"),
        [
            ({"seconds": 20}, "ok", "last ran less than a minute ago"),
            ({"minutes": 5}, "ok", "last ran 5 minutes ago"),
            ({"minutes": 10}, "off", "stale: last ran 10 minutes ago; alerts do not follow the facts"),
            ({"days": 4}, "off", "stale: last ran 4 days ago; alerts do not follow the facts"),
        ],
    )
    def test_the_workers_last_sign_of_life_decides(self, ago, state, words):
        self.beat(**ago)
        reading = self.readings()["background worker"]
        assert (reading.state, reading.found) == (state, words)

    def test_a_worker_that_was_stopped_runs_no_more_however_lately_it_ran(self):
        self.beat(seconds=20)
        WorkerBeat.objects.update(stopped_at=timezone.now())
        reading = self.readings()["background worker"]
        assert (reading.state, reading.found) == ("off", "stopped: last ran less than a minute ago")

    def test_a_check_whose_time_has_passed_waits_like_one_that_was_queued(self, cast):
        PatientCheck.objects.all().delete()
        PatientCheck.objects.create(patient=cast.ruth, next_check_at=timezone.now() - timedelta(hours=3))
        reading = self.readings()["rules"]
        assert (reading.state, reading.found) == ("off", "the patient who waits longest has waited 3 hours")

    @pytest.mark.parametrize(("ago", "state"), [({"minutes": 1}, "ok"), ({"hours": 1}, "off")])
    def test_a_long_queue_is_off(self, ago, state, cast):
        PatientCheck.objects.all().delete()
        PatientCheck.objects.create(patient=cast.ruth, queued_at=timezone.now() - timedelta(**ago))
        assert self.readings()["rules"].state == state

    def test_rules_that_could_not_be_run_are_off(self, cast):
        PatientCheck.objects.all().delete()
        PatientCheck.objects.create(patient=cast.ruth, failures=3)
        assert "1 patients for whom they could not be run" in self.readings()["rules"].found

    def test_changes_that_wait_point_to_upgrade(self, monkeypatch):
        monkeypatch.setattr(doctor_record.opening, "waiting", lambda: 4)
        found = self.readings()
        assert found["tables"].how == "./osteon upgrade"
        assert "background worker" not in found

    def test_an_empty_database_is_no_fault(self, monkeypatch):
        monkeypatch.setattr(doctor_record.opening, "is_new", lambda: True)
        assert self.readings()["record"].state == "optional"

    def test_a_missing_second_factor_is_off_except_in_a_demonstration(self, settings):
        settings.OSTEON_REQUIRE_SECOND_FACTOR = False
        settings.OSTEON_DEMONSTRATION = True
        assert self.readings()["second factor"].state == "ok"
        settings.OSTEON_DEMONSTRATION = False
        assert self.readings()["second factor"].state == "off"

    @pytest.mark.parametrize(("key", "state"), [("short", "off"), ("k" * 50, "ok")])
    def test_a_secret_that_is_too_short_is_off(self, key, state, settings):
        settings.SECRET_KEY = key
        assert self.readings()["secret key"].state == state


@pytest.mark.parametrize(
    ("days", "demonstration", "state"), [(0, False, "ok"), (3, False, "off"), (3, True, "ok")]
)
def test_a_silent_results_feed_is_off_where_there_is_one(days, demonstration, state, monkeypatch, settings):
    now = timezone.now()
    settings.OSTEON_DEMONSTRATION = demonstration
    newest = SimpleNamespace(aggregate=lambda **_: {"last": now - timedelta(days=days)})
    runs = SimpleNamespace(order_by=lambda *_: SimpleNamespace(first=lambda: None))
    monkeypatch.setattr(doctor_record.Result, "objects", newest)
    monkeypatch.setattr(doctor_record.ImportRun, "objects", runs)
    (reading,) = doctor_record._feeds(now)
    assert (reading.what, reading.state) == ("results", state)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ({"seconds": 5}, "less than a minute"),
        ({"minutes": 90}, "90 minutes"),
        ({"hours": 5}, "5 hours"),
        ({"days": 9}, "9 days"),
    ],
)
def test_ages_are_told_in_words(span, words):
    assert doctor_record._ago(timedelta(**span)) == words


def test_the_doctor_can_be_called_before_anything_was_started(tmp_path):
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("OSTEON", "DJANGO"))}
    done = subprocess.run(
        [sys.executable, "-m", "osteon", "doctor"],
        capture_output=True,
        text=True,
        env={**clean, "OSTEON_HOME": str(tmp_path)},
    )
    assert "record: nothing in it yet" in done.stdout
    assert "Traceback" not in done.stderr
