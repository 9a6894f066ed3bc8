"""Bring this home's record up to this version, in place.

A record kept in SQLite is copied first (the copy's path is printed). A record in PostgreSQL is not: take the
hospital's own backup before. Running it twice changes nothing.
"""

from __future__ import annotations

import argparse

from osteon.site import opening
from osteon.site.commands import DONE, PROBLEMS
from osteon.site.commands.printing import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--check", action="store_true", help="only say whether there is anything to do")


def run(args: argparse.Namespace) -> int:
    home = opening.opened_home()
    count = opening.waiting()
    if not count:
        say(f"{home.folder}: up to date.")
        return DONE
    if args.check:
        say(f"{home.folder}: {count} changes to the tables wait. ./osteon upgrade makes them.")
        return PROBLEMS
    copy = opening.upgrade(home)
    if copy:
        say(f"Safety copy: {copy}")
    say(f"{home.folder}: {count} changes made; up to date.")
    return DONE
