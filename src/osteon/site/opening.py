"""Opens the record for a command: which settings, Django itself, and a database of this version."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from osteon.site.commands.errors import Stop
from osteon.site.home import Home
from osteon.site.settings.environment import Environment

SETTINGS = {"demonstration": "osteon.site.settings.demo", "unit": "osteon.site.settings.production"}
LIBRARY_SETTINGS = {
    "demonstration": "osteon.site.settings.library_demo",
    "unit": "osteon.site.settings.library",
}
LIBRARY_MISSING = (
    "The library needs Wagtail, which is not installed.",
    "./osteon library installs it, when this machine can reach a package index.",
)
NOT_A_DEMONSTRATION = (
    "The folder {folder} holds a unit's record, so no invented patients are put there.",
    "Give the demonstration a folder of its own: OSTEON_HOME=~/osteon-demo ./osteon demo",
)
DATABASE_GIVEN = (
    "OSTEON_DATABASE_URL is set, and the demonstration never writes into a database that somebody names.",
    "Run it without: env -u OSTEON_DATABASE_URL ./osteon demo",
)
EARLIER_VERSION = (
    "The record in {folder} was made by an earlier version of Osteon ({count} changes to its tables wait).",
    "./osteon upgrade makes a safety copy and brings it up to date.",
)


def this_home() -> Home:
    try:
        return Home(Environment(os.environ).home())
    except OSError as error:
        what = f"The home {error.filename} cannot be made or used ({error.strerror})."
        raise Stop(what, "Choose a folder you may write to: OSTEON_HOME=~/osteon ./osteon ...") from error


def kind_for(needs: str, home: Home, environ: Mapping[str, str]) -> str:
    """ "demo" and "unit" say it themselves; otherwise the home's own note, then whether secrets are given."""
    if needs == "demo":
        return "demonstration"
    if needs == "unit":
        return "unit"
    own = environ.get("OSTEON_SECRET_KEY") or environ.get("OSTEON_DATABASE_URL")
    return home.kind or ("unit" if own else "demonstration")


def refuse_mixing(kind: str, home: Home, environ: Mapping[str, str]) -> None:
    if kind == "demonstration" and environ.get("OSTEON_DATABASE_URL"):
        raise Stop(*DATABASE_GIVEN)
    if kind == "demonstration" and home.kind == "unit":
        raise Stop(NOT_A_DEMONSTRATION[0].format(folder=home.folder), NOT_A_DEMONSTRATION[1])


def choose_settings(needs: str) -> None:
    """A settings module that the caller names in the environment is kept, but for the demonstration,
    which must never run with anything else."""
    home = this_home()
    kind = kind_for(needs, home, os.environ)
    if needs == "demo" or "DJANGO_SETTINGS_MODULE" not in os.environ:
        refuse_mixing(kind, home, os.environ)
        os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS[kind]


def set_up(needs: str, *, migrate: bool = True) -> Home:
    """Django, ready to use, and a database of this version."""
    if needs == "library":
        return set_up_library(migrate=migrate)
    choose_settings(needs)
    django.setup()
    home = opened_home()
    if migrate:
        make_ready(home)
    return home


def set_up_library(*, migrate: bool) -> Home:
    """The second site: settings of its own, whatever the caller has; its tables follow the version unasked."""
    home = this_home()
    os.environ["DJANGO_SETTINGS_MODULE"] = LIBRARY_SETTINGS[kind_for("home", home, os.environ)]
    try:
        django.setup()
    except ModuleNotFoundError as error:
        raise Stop(*LIBRARY_MISSING) from error
    if migrate and waiting():
        call_command("migrate", verbosity=0, interactive=False)
    return home


def opened_home() -> Home:
    return Home(settings.OSTEON_HOME)


def opened_kind() -> str:
    return "demonstration" if settings.OSTEON_DEMONSTRATION else "unit"


def waiting() -> int:
    """How many migrations this version has that the database has not."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def is_new() -> bool:
    return "django_migrations" not in connection.introspection.table_names()


def make_ready(home: Home) -> None:
    """A new record gets its tables; a demonstration is upgraded in passing; a unit's is never touched unasked."""
    kind, count = opened_kind(), waiting()
    if count and not is_new() and kind == "unit":
        raise Stop(EARLIER_VERSION[0].format(folder=home.folder, count=count), EARLIER_VERSION[1])
    if count:
        upgrade(home)
    elif home.kind is None:
        home.write_note(kind)


def upgrade(home: Home) -> Path | None:
    """Migrates; a record that already holds something is copied first. Returns the copy."""
    copy = None if is_new() else home.copy_record()
    call_command("migrate", verbosity=0, interactive=False)
    home.write_note(opened_kind())
    return copy
