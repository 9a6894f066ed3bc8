"""The processes of a running site, web, background worker and library, kept together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from osteon.site.commands.errors import Stop
from osteon.site.logs import cut

GRACE_SECONDS = 10
TAIL_LINES = 15


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        """A unit's server sends plain requests to https, where its proxy is: being sent is answer enough."""


# Straight to our own server, whatever proxy the environment names for the outside
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}), _StayHere)


def web_command(host: str, port: int, *, workers: int = 1, threads: int = 8) -> list[str]:
    """gunicorn with threads: pages wait for the database, not for the processor."""
    return [
        *(sys.executable, "-m", "gunicorn", "osteon.site.wsgi:application"),
        *("--bind", f"{_bracketed(host)}:{port}"),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)),
        *("--timeout", "60", "--graceful-timeout", "5", "--no-control-socket"),
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "osteon", "worker"]


def library_command(host: str, port: int) -> list[str]:
    """It prepares itself and then becomes its own web server."""
    return [sys.executable, "-m", "osteon", "library", "--host", host, "--port", str(port)]


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def address(host: str, port: int) -> str:
    shown = "localhost" if host in ("127.0.0.1", "0.0.0.0", "::1", "::") else _bracketed(host)  # noqa: S104
    return f"http://{shown}:{port}/"


def require_free(host: str, port: int) -> None:
    """Refuses in words before anything is started, where gunicorn would retry and then fail."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError as error:
            raise Stop(
                f"Port {port} on {host} cannot be used ({error.strerror}).",
                f"Perhaps another Osteon is running there. Choose another port: --port {port + 1}",
            ) from error


def next_free(host: str, port: int, tries: int = 50) -> int:
    """The first port from ``port`` on that can be used; ``port`` itself when none of them can."""
    for candidate in range(port, port + tries):
        try:
            require_free(host, candidate)
        except Stop:
            continue
        return candidate
    return port


@dataclass
class Part:
    """One child process and the file its output goes to."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def tail(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-TAIL_LINES:])


def start(name: str, command: Sequence[str], logs: Path) -> Part:
    """A child in a process group of its own: Ctrl-C reaches us alone, and we stop the children in order."""
    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = logs / f"{name}.log"
    log.write_bytes(b"")
    with log.open("ab") as output:  # appended to, so that the file can be emptied while the child prints
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, process_group=0
        )
    return Part(name, process, log)


def stop(parts: Sequence[Part]) -> None:
    """Asks every part to finish what it has in hand, and ends those that do not."""
    for part in parts:
        if part.process.poll() is None:
            part.process.terminate()
    until = time.monotonic() + GRACE_SECONDS
    for part in parts:
        try:
            part.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(part.process.pid, signal.SIGKILL)
            part.process.wait()


def fallen(parts: Sequence[Part]) -> Part | None:
    return next((part for part in parts if part.process.poll() is not None), None)


def require_standing(parts: Sequence[Part]) -> None:
    part = fallen(parts)
    if part:
        raise Stop(f"The {part.name} stopped by itself. The end of {part.log}:", part.tail())


def wait_until_answering(url: str, parts: Sequence[Part], seconds: float = 60) -> None:
    """Until a page comes back, whatever it says. A connection alone proves nothing: gunicorn listens before
    its workers have loaded the application."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        require_standing(parts)
        if _answers(url):
            return
        time.sleep(0.05)
    raise Stop(f"The web server did not answer within {seconds:.0f} seconds.")


def _answers(url: str) -> bool:
    try:
        _DIRECT.open(url, timeout=20).close()
    except urllib.error.HTTPError:  # a page that says no is a page
        return True
    except OSError:
        return False
    return True


def _ask_to_stop(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def watch(parts: Sequence[Part]) -> None:
    """Until Ctrl-C, a terminate or hang-up signal, or the fall of one part."""
    signal.signal(signal.SIGTERM, _ask_to_stop)
    signal.signal(signal.SIGHUP, _ask_to_stop)
    while True:
        require_standing(parts)
        for part in parts:
            cut(part.log)
        time.sleep(0.5)
