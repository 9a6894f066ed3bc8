"""The library's test database. Wagtail's tables take ten seconds to migrate, so a migrated file is kept and copied.

The kept file lies in ``.osteon/``, named by what would change it: the migrations of every app installed, and
what the first start makes.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from osteon.library.content import tree
from osteon.library.editorial import people

KEPT = Path(__file__).resolve().parents[2] / ".osteon"
OWN = Path(__file__).resolve().parents[2] / "src" / "osteon" / "library"


def fingerprint() -> str:
    names = sorted(f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations)
    own = [
        *sorted(OWN.glob("*/migrations/*.py")),
        OWN / "content" / "tree.py",
        OWN / "editorial" / "people.py",
    ]
    parts = [*names, *(path.read_text(encoding="utf-8") for path in own)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def template() -> Path:
    """The migrated file; made by the first who asks, while others wait."""
    KEPT.mkdir(exist_ok=True)
    kept = KEPT / f"library-test-{fingerprint()}.sqlite3"
    with (KEPT / "library-test.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in KEPT.glob("library-test-*.sqlite3*"):
                old.unlink()
            _migrate(kept)
    return kept


def _migrate(kept: Path) -> None:
    draft = Path(settings.LIBRARY_HOME) / "draft.sqlite3"
    use(draft)
    call_command("migrate", verbosity=0, interactive=False)
    people.ensure()
    tree.ensure()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    shutil.copyfile(draft, kept)


def path() -> Path:
    return Path(connection.settings_dict["NAME"])


def use(path: Path) -> None:
    """Another file from now on. Not within a transaction."""
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    settings.DATABASES["default"]["NAME"] = str(path)


def fresh(name: str = "test.sqlite3") -> Path:
    """A database as a new library has it: tables, people's groups and the trunk of the tree."""
    made = Path(settings.LIBRARY_HOME) / name
    connection.close()
    for leftover in made.parent.glob(f"{name}*"):
        leftover.unlink()
    shutil.copyfile(template(), made)
    use(made)
    return made


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: object) -> Iterator[None]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        fresh()
    yield


@pytest.fixture(autouse=True)
def _anew_after_a_flush(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that commits ends by emptying every table; the next one needs Wagtail's first rows again."""
    yield
    if {"transactional_db", "live_server"} & set(request.fixturenames):
        request.getfixturevalue("django_db_blocker").unblock()
        fresh()
        request.getfixturevalue("django_db_blocker").restore()
