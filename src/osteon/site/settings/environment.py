"""The variables Osteon reads from its surroundings, each with what to do when it is missing or wrong.

``base.py`` is the only module that reads the process environment; it hands the mapping to ``Environment``.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

MISSING_KEY_HELP = (
    "OSTEON_SECRET_KEY is not set. It signs every session, password-reset link and second-factor step, so a "
    "production site never makes one up: a key that changes at each start signs everyone out, and a key that "
    "can be guessed lets anyone in. Make one with\n\n"
    '    python3 -c "import secrets; print(secrets.token_urlsafe(64))"\n\n'
    "and give it to the service as OSTEON_SECRET_KEY, kept where you keep passwords (not in the repository). "
    "To try Osteon out on one machine use ./osteon demo, which keeps a key of its own in its home folder."
)
ALLOWED_HOSTS_HELP = (
    "OSTEON_ALLOWED_HOSTS is not set. It lists, separated by commas, the host names under which staff reach "
    "this site (for example OSTEON_ALLOWED_HOSTS=osteon.hospital.example). A request under any other name is "
    "refused, so that a forged Host header cannot end up in a password-reset email."
)
DATABASE_HELP = (
    "OSTEON_DATABASE_URL should look like postgresql://user:password@host:5432/database; leave it out to use "
    "the SQLite file in OSTEON_HOME. Characters such as @ or / in the password are written as %40 or %2F. "
    "The value given starts with {scheme!r}."
)
NUMBER_HELP = "{name} should be a whole number; it is {value!r}."


class Environment:
    """Reads variables by name; the error for a missing one is a paragraph for the person who must set it."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def text(self, name: str, default: str = "") -> str:
        return self._variables.get(name, "").strip() or default

    def required(self, name: str, help_text: str) -> str:
        value = self.text(name)
        if not value:
            raise ImproperlyConfigured(help_text)
        return value

    def listed(self, name: str, default: str = "") -> list[str]:
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def number(self, name: str, default: int) -> int:
        value = self.text(name, str(default))
        try:
            return int(value)
        except ValueError as error:
            raise ImproperlyConfigured(NUMBER_HELP.format(name=name, value=value)) from error

    def home(self) -> Path:
        """The one folder that holds all state; made, readable by its owner only, when it is not there."""
        fallback = Path(self.text("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "osteon"
        home = Path(self.text("OSTEON_HOME") or fallback).expanduser().resolve()
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        return home


def database(url: str, home: Path) -> dict[str, Any]:
    """Django's description of the database: PostgreSQL when ``url`` says so, else SQLite in ``home``."""
    return _postgresql(url) if url else _sqlite(home / "osteon.sqlite3")


def _sqlite(path: Path) -> dict[str, Any]:
    # Immediate transactions take the write lock at BEGIN, where the busy timeout applies: web and worker
    # then queue for it. A deferred one fails at once with "database is locked" when it turns into a writer.
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Opening means reading the whole schema, and closing the last one means a checkpoint with its wait for
        # the disk: a thread keeps its connection.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728;PRAGMA cache_size=-32000;PRAGMA journal_size_limit=67108864;"
                "PRAGMA temp_store=MEMORY;"
            ),
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ImproperlyConfigured(DATABASE_HELP.format(scheme=parts.scheme))
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def kept_secret(home: Path) -> str:
    """The secret key of a home: made at the first start, then read from its file (owner-only)."""
    path = home / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()
