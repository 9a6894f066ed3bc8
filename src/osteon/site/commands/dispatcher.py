"""Finds a verb's module, loads it and turns what goes wrong into words and an exit code."""

from __future__ import annotations

import argparse
import difflib
import errno
import importlib
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from types import ModuleType

from osteon import __version__
from osteon.events.report import SourceRefused
from osteon.site.commands import DONE, GROUPS, PROBLEMS, VERBS, WRONG_USE, Verb
from osteon.site.commands.errors import Stop, WrongUse
from osteon.site.commands.printing import say

STOPPED = 128 + signal.SIGINT
DISK_FULL = (
    "The disk is full. What was begun is undone and the record is as it was before: free some space and run the "
    "same command again. ./osteon doctor says how much there is."
)
HELP_WORDS = {"", "help", "-h", "--help"}


def overview() -> str:
    """What ``./osteon`` alone prints."""
    lines = ["Osteon runs a specialist bone and joint infection service.", "", "usage: ./osteon VERB [...]"]
    for title, verbs in GROUPS.items():
        lines += ["", title, *(f"  {verb.name:<10} {verb.summary}" for verb in verbs)]
    return "\n".join([*lines, "", "./osteon VERB --help says what a verb takes."])


def find(name: str) -> Verb:
    if name in VERBS:
        return VERBS[name]
    close = difflib.get_close_matches(name, VERBS, n=1)
    hint = f"Did you mean ./osteon {close[0]}?" if close else "./osteon alone lists the verbs."
    raise WrongUse(f"There is no verb {name!r}.", hint)


def load(verb: Verb, wants_help: bool) -> ModuleType:
    """The verb's module; what it needs stands first, unless only its help is wanted."""
    if verb.needs == "shell":
        raise WrongUse(f"The launcher itself does this: ./osteon {verb.name}")
    if verb.needs == "nothing":
        return importlib.import_module(verb.path)
    return with_record(verb.path, verb.needs, migrate=not wants_help and verb.name != "upgrade")


def with_record(module: str, needs: str = "home", *, migrate: bool = True) -> ModuleType:
    """A module that imports Django, loaded once the record is open. For verbs that only sometimes need it."""
    importlib.import_module("osteon.site.opening").set_up(needs, migrate=migrate)
    return importlib.import_module(module)


def parser_of(verb: Verb, module: ModuleType) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=f"./osteon {verb.name}",
        description=(module.__doc__ or verb.summary).strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    return parser


def call(arguments: Sequence[str]) -> int:
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("", [])
    if name in HELP_WORDS:
        say(overview())
        return DONE
    if name == "--version":
        say(f"Osteon {__version__}")
        return DONE
    if name == "--known":  # the launcher asks before it installs anything
        find("".join(rest))
        return DONE
    verb = find(name)
    module = load(verb, wants_help=bool({"-h", "--help"} & set(rest)))
    args = parser_of(verb, module).parse_args(rest)
    return int(module.run(args))


def complain(text: str) -> None:
    sys.stderr.write(f"osteon: {text}\n")


def unexpected(error: Exception) -> str:
    return (
        f"something went wrong that should not have ({type(error).__name__}: {error}).\n"
        "Nothing half-done is kept. OSTEON_DEBUG=1 in front of the same command shows where it happened; "
        "./osteon doctor checks the machine."
    )


def _disk_is_full(error: Exception) -> bool:
    """From the operating system, or from SQLite through Django (which the dispatcher must not import)."""
    full_database = type(error).__name__ == "OperationalError" and "disk is full" in str(error)
    return full_database or (isinstance(error, OSError) and error.errno == errno.ENOSPC)


def explained(error: Exception) -> tuple[str, int]:
    """The words and the exit code of an error. ``for_people`` marks the errors of other folders that are
    already written for the person at the keyboard."""
    if isinstance(error, Stop):
        return str(error), error.code
    if isinstance(error, SourceRefused):
        return str(error), PROBLEMS
    if _disk_is_full(error):
        return DISK_FULL, PROBLEMS
    if type(error).__name__ == "ImproperlyConfigured":  # Django's; the dispatcher must not import Django
        return str(error), WRONG_USE
    if type(error).__name__ == "OperationalError":
        return f"The database cannot be used: {error}\n./osteon doctor looks for the reason.", PROBLEMS
    if isinstance(error, FileNotFoundError | PermissionError | IsADirectoryError):
        return f"{error.filename}: {error.strerror}", WRONG_USE
    if getattr(error, "for_people", False):
        return str(error), PROBLEMS
    return unexpected(error), PROBLEMS


def main(arguments: Sequence[str]) -> int:
    try:
        return call(arguments)
    except KeyboardInterrupt:
        complain("stopped.")
        return STOPPED
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001  the border: every error becomes words here
        if os.environ.get("OSTEON_DEBUG"):
            traceback.print_exc()
        words, code = explained(error)
        complain(words)
        return code
