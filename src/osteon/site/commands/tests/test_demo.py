"""The first command a newcomer types, as they type it: the real processes, on a home of their own."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from osteon.service.accounts.permissions import ROLES
from osteon.site.commands import demo
from osteon.site.commands.errors import Stop
from osteon.site.home import Home

PATIENCE_SECONDS = 240


def surroundings(home):
    """Nothing of the tests' own; and output as it is by default, which is held back when it goes to a file."""
    ours = ("OSTEON", "DJANGO", "PYTHONUNBUFFERED")
    clean = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return clean | {"OSTEON_HOME": str(home)}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Running:
    """``osteon demo`` in a home, until ``stop``."""

    def __init__(self, home: Path, *words: str) -> None:
        self.port = free_port()
        self.output = home.with_suffix(".out")
        command = [sys.executable, "-m", "osteon", "demo", "--port", str(self.port), *words]
        with self.output.open("w") as out:
            self.process = subprocess.Popen(command, stdout=out, stderr=out, env=surroundings(home))
        until = time.monotonic() + PATIENCE_SECONDS
        while "Ctrl-C stops it" not in self.said():
            assert self.process.poll() is None and time.monotonic() < until, self.said()
            time.sleep(0.1)

    def said(self) -> str:
        return self.output.read_text()

    def page(self, path="") -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}") as answer:
            return answer.read().decode()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


def patients(home):
    return (
        sqlite3.connect(home / "osteon.sqlite3")
        .execute("SELECT count(*) FROM patients_patient")
        .fetchone()[0]
    )


def beats(home):
    rows = sqlite3.connect(home / "osteon.sqlite3").execute("SELECT stopped_at FROM worklist_workerbeat")
    return [stopped for (stopped,) in rows]


def wait_for(condition):
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_a_newcomer_sees_a_working_unit_stops_it_and_finds_it_again(tmp_path):
    home = tmp_path / "home"
    first = Running(home)
    assert "Sign in" in first.page()
    assert "Every patient is invented" in first.said()
    for role in ROLES.values():
        assert re.search(rf"^{re.escape(str(role.name))} +\S+@\S+ +\S+$", first.said(), re.MULTILINE), (
            role.name
        )
    assert Home(home).kind == "demonstration"
    wait_for(lambda: beats(home) == [None])  # the background worker is at work
    second = subprocess.run(
        [sys.executable, "-m", "osteon", "demo", "--port", str(free_port())],
        capture_output=True,
        text=True,
        env=surroundings(home),
    )
    assert second.returncode == 1 and "already running" in second.stderr
    assert first.stop() == 0
    assert None not in beats(home)  # and it was stopped, not killed
    with pytest.raises(OSError):
        first.page()
    count = patients(home)
    assert count > 20
    again = Running(home)
    assert "Sign in" in again.page() and patients(home) == count
    assert again.stop() == 0


def test_a_home_is_lent_to_one_demonstration_at_a_time(tmp_path):
    home = Home(tmp_path)
    refused = pytest.raises(Stop, match=r"already running.*http://localhost:1/")
    with (
        demo.only_one(home, "http://localhost:1/"),
        refused as stop,
        demo.only_one(home, "http://localhost:2/"),
    ):
        raise AssertionError("two were let in")
    assert "OSTEON_HOME=" in str(stop.value)
    with demo.only_one(home, "http://localhost:2/"):
        assert "localhost:2" in (tmp_path / "demo.lock").read_text()


def test_starting_anew_empties_the_home_and_makes_its_tables_again(tmp_path, monkeypatch):
    (tmp_path / "osteon.sqlite3").write_text("old")
    made = []
    monkeypatch.setattr(demo.opening, "make_ready", made.append)
    monkeypatch.setattr(demo.connection, "close", lambda: None)
    home = Home(tmp_path)
    with demo.only_one(home, "http://localhost:1/"):
        demo.start_anew(home)
    assert [path.name for path in tmp_path.iterdir()] == ["demo.lock"]
    assert made == [home]


def test_what_is_loaded_is_not_loaded_again(monkeypatch, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    monkeypatch.setattr(demo.connection, "close", lambda: None)
    monkeypatch.setattr(demo.demonstration, "is_loaded", lambda: True)
    monkeypatch.setattr(demo.demonstration, "load_demonstration", lambda **_: pytest.fail("loaded twice"))
    demo.fill()
    assert settings.STATIC_ROOT.is_dir()


def test_a_port_in_use_is_told_before_anything_is_loaded(tmp_path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "osteon", "demo", "--port", str(port)],
            capture_output=True,
            text=True,
            env=surroundings(tmp_path),
        )
    assert done.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert not (tmp_path / "demonstration.json").exists()
