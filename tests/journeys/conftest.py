"""The product as a newcomer meets it: ``./osteon demo``, started once, with a home of its own."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import DESKTOP, Visitor

ROOT = Path(__file__).parents[2]
PATIENCE = 240  # seconds for the first start on a busy machine
SIGN_IN = re.compile(r"^(?P<role>\S.*?)\s{2,}(?P<email>\S+@\S+)\s+(?P<password>\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Demonstration:
    """A running demonstration and the sign-ins it printed, by role."""

    address: str
    sign_ins: dict[str, tuple[str, str]]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    folder = tmp_path_factory.mktemp("demonstration")
    port, printed = _free_port(), folder / "printed.txt"
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("OSTEON", "DJANGO"))}
    environment |= {"OSTEON_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT / "src")}
    with printed.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, "-m", "osteon", "demo", "--port", str(port)],
            cwd=ROOT, env=environment, stdout=out, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
    try:
        text = _when_ready(server, printed)
        sign_ins = {m["role"]: (m["email"], m["password"]) for m in SIGN_IN.finditer(text)}
        yield Demonstration(f"http://localhost:{port}", sign_ins)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=30)


def _when_ready(server: subprocess.Popen[bytes], printed: Path) -> str:
    for _ in range(PATIENCE * 2):
        text = printed.read_text()
        if "Ctrl-C stops it" in text:
            return text
        assert server.poll() is None, f"the demonstration ended by itself:\n{text}"
        time.sleep(0.5)
    raise AssertionError(f"the demonstration was not ready after {PATIENCE} s:\n{printed.read_text()}")


@pytest.fixture
def arrive(browser: Browser, demonstration: Demonstration) -> Iterator[Callable[..., Visitor]]:
    """A fresh browser in front of the demonstration; what goes wrong behind its pages fails the test."""
    made: list[Visitor] = []

    def start(**options: object) -> Visitor:
        settings = {"viewport": DESKTOP, "locale": "en-GB", "timezone_id": "Europe/London", **options}
        context = browser.new_context(base_url=demonstration.address, **settings)  # type: ignore[arg-type]
        made.append(Visitor(context, demonstration.address))
        return made[-1]

    yield start
    for one in made:
        one.context.close()
    assert [fault for one in made for fault in one.faults] == []
