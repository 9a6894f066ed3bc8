import os
import signal
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

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


class SendsAway(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(301)
        self.send_header("Location", "https://127.0.0.1:1/")
        self.end_headers()


@pytest.fixture(params=[BaseHTTPRequestHandler, SendsAway], ids=["refuses", "sends away"])
def page(request):
    """A server that gives no page to anybody: an answer all the same."""
    server = HTTPServer(("127.0.0.1", 0), request.param)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_waiting_ends_when_a_page_comes_back_whatever_it_says(page, tmp_path):
    part = processes.start("web", SLEEP, tmp_path)
    processes.wait_until_answering(page, [part])
    processes.stop([part])


def test_a_port_that_is_open_but_silent_is_no_answer(taken, monkeypatch):
    real = processes._DIRECT.open
    monkeypatch.setattr(processes._DIRECT, "open", lambda url, timeout: real(url, timeout=0.1))
    with pytest.raises(Stop, match="did not answer"):
        processes.wait_until_answering(f"http://127.0.0.1:{taken}/", [], seconds=0.3)


def test_waiting_notices_that_the_server_fell(tmp_path):
    part = processes.start("web", FALL, tmp_path)
    wait_for(lambda: processes.fallen([part]))
    with pytest.raises(Stop, match="stopped by itself"):
        processes.wait_until_answering("http://127.0.0.1:1/", [part])
