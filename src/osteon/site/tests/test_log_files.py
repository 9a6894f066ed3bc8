"""Logs never fill the disk, and no line is lost while several processes write one file."""

import logging
import logging.config
import os
import subprocess
import sys
from pathlib import Path

import pytest

from osteon.site import logs
from osteon.site.logs import KEPT, CappedFileHandler, cut, logging_settings, set_aside

PROCESSES, LINES = 3, 120
WRITER = """
import logging, sys
from osteon.site import logs
logs.MAX_BYTES = 2000
logs.KEPT = 1000
logger = logging.getLogger("writer")
logger.addHandler(logs.CappedFileHandler(sys.argv[1], delay=True))
for number in range(int(sys.argv[3])):
    logger.warning("%s-%03d %s", sys.argv[2], number, "x" * 40)
"""


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(logs, "MAX_BYTES", 200)


def a_handler(path):
    handler = CappedFileHandler(path, delay=True)
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler


def write(handler, *lines):
    for line in lines:
        handler.emit(logging.LogRecord("x", logging.WARNING, __file__, 1, line, (), None))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_full_log_is_set_aside_and_a_new_one_begun(tmp_path, small):
    handler = a_handler(tmp_path / "osteon.log")
    write(handler, "a" * 250, "after")
    handler.close()
    assert (tmp_path / "osteon.log.1").read_text() == "a" * 250 + "\n"
    assert (tmp_path / "osteon.log").read_text() == "after\n"


def test_only_so_many_are_kept_the_newest_first(tmp_path, small):
    handler = a_handler(tmp_path / "osteon.log")
    for number in range(KEPT + 3):
        write(handler, f"{number} " + "a" * 250)
    handler.close()
    kept = [(tmp_path / f"osteon.log.{number}").read_text()[0] for number in range(1, KEPT + 1)]
    assert kept == ["7", "6", "5", "4", "3"]
    assert not (tmp_path / f"osteon.log.{KEPT + 1}").exists()


def test_another_process_follows_to_the_new_file(tmp_path, small):
    one, other = a_handler(tmp_path / "osteon.log"), a_handler(tmp_path / "osteon.log")
    write(other, "first of the other")
    write(one, "a" * 250)
    write(other, "second of the other")
    for handler in (one, other):
        handler.close()
    assert (tmp_path / "osteon.log").read_text() == "second of the other\n"
    assert (tmp_path / "osteon.log.1").read_text().startswith("first of the other\naaa")


def test_a_file_that_another_process_has_just_set_aside_is_left_alone(tmp_path, small):
    (tmp_path / "osteon.log").write_text("short")
    set_aside(tmp_path / "osteon.log")
    set_aside(tmp_path / "gone.log")
    assert "osteon.log.1" not in names(tmp_path)
    assert (tmp_path / "osteon.log").read_text() == "short"


def test_several_processes_lose_no_line(tmp_path):
    log = tmp_path / "osteon.log"
    source = str(Path(logs.__file__).resolve().parents[2])
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(log), str(number), str(LINES)],
            env={**os.environ, "PYTHONPATH": source},
        )
        for number in range(PROCESSES)
    ]
    assert [process.wait(60) for process in running] == [0] * PROCESSES
    told = [
        line.split()[0] for path in tmp_path.glob("osteon.log*") for line in path.read_text().splitlines()
    ]
    assert len(names(tmp_path)) > 5
    assert sorted(told) == [f"{one}-{number:03d}" for one in range(PROCESSES) for number in range(LINES)]


def test_a_log_that_cannot_be_set_aside_does_not_break_the_page(tmp_path, small, monkeypatch, capsys):
    def refused(log):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(logs, "set_aside", refused)
    monkeypatch.setattr(logging, "raiseExceptions", False)
    handler = a_handler(tmp_path / "osteon.log")
    write(handler, "a" * 250, "after")
    handler.close()
    assert (tmp_path / "osteon.log").read_text().endswith("after\n")


def test_what_a_running_child_prints_is_cut_while_it_prints(tmp_path, small):
    log = tmp_path / "web.log"
    with log.open("ab", buffering=0) as child:
        child.write(b"a" * 250)
        cut(log)
        child.write(b"after")
    assert log.read_bytes() == b"after"
    assert (tmp_path / "web.log.1").read_bytes() == b"a" * 250
    assert (tmp_path / "web.log.1").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["web.log", "not-there.log"])
def test_a_short_log_is_not_cut(tmp_path, small, name):
    (tmp_path / "web.log").write_text("short")
    cut(tmp_path / name)
    assert names(tmp_path) == ["web.log"]


def test_the_sites_own_log_is_capped(tmp_path):
    handler = logging_settings(str(tmp_path))["handlers"]["file"]
    assert handler["class"] == f"{CappedFileHandler.__module__}.{CappedFileHandler.__qualname__}"
