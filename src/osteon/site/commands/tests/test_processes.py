import os
import signal
import socket
import sys
import time

import pytest

from osteon.site.commands import processes
from osteon.site.commands.errors import Stop

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
]
FALL = [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"]


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def wait_for(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_port_in_use_is_told_with_another_to_try(taken):
    with pytest.raises(Stop) as stop:
        processes.require_free("127.0.0.1", taken)
    assert f"Port {taken} on 127.0.0.1 cannot be used" in str(stop.value)
    assert f"--port {taken + 1}" in str(stop.value)


def test_a_free_port_passes(taken):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert port != taken
    processes.require_free("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("127.0.0.1", "http://localhost:8000/"),
        ("0.0.0.0", "http://localhost:8000/"),  # noqa: S104
        ("ward.example", "http://ward.example:8000/"),
        ("fd00::1", "http://[fd00::1]:8000/"),
    ],
)
def test_the_address_can_be_typed_into_a_browser(host, shown):
    assert processes.address(host, 8000) == shown


def test_the_web_command_binds_where_it_is_told():
    command = processes.web_command("fd00::1", 8107, workers=3, threads=5)
    assert command[command.index("--bind") + 1] == "[fd00::1]:8107"
    assert command[command.index("--workers") + 1] == "3"
    assert command[command.index("--threads") + 1] == "5"


def test_a_part_that_falls_is_reported_with_the_end_of_its_log(tmp_path):
    part = processes.start("worker", FALL, tmp_path)
    wait_for(lambda: processes.fallen([part]))
    with pytest.raises(Stop) as stop:
        processes.require_standing([part])
    assert "The worker stopped by itself" in str(stop.value)
    assert "the reason" in str(stop.value)


def test_stopping_ends_every_part(tmp_path):
    parts = [processes.start(name, SLEEP, tmp_path) for name in ("web", "worker")]
    assert processes.fallen(parts) is None
    processes.stop(parts)
    assert [part.process.returncode for part in parts] == [-signal.SIGTERM, -signal.SIGTERM]


def test_a_part_that_will_not_stop_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "GRACE_SECONDS", 0.2)
    part = processes.start("web", STUBBORN, tmp_path)
    wait_for(lambda: "up" in part.tail())
    processes.stop([part])
    assert part.process.returncode == -signal.SIGKILL


def test_a_part_lives_in_a_process_group_of_its_own(tmp_path):
    part = processes.start("web", SLEEP, tmp_path)
    assert os.getpgid(part.process.pid) == part.process.pid != os.getpgrp()
    processes.stop([part])


def test_waiting_ends_when_somebody_listens(taken, tmp_path):
    part = processes.start("web", SLEEP, tmp_path)
    processes.wait_until_listening("127.0.0.1", taken, [part])
    processes.stop([part])


def test_waiting_for_nobody_ends_with_a_sentence():
    with pytest.raises(Stop, match="did not answer"):
        processes.wait_until_listening("127.0.0.1", 1, [], seconds=0.1)


def test_waiting_notices_that_the_server_fell(tmp_path):
    part = processes.start("web", FALL, tmp_path)
    wait_for(lambda: processes.fallen([part]))
    with pytest.raises(Stop, match="stopped by itself"):
        processes.wait_until_listening("127.0.0.1", 1, [part])
