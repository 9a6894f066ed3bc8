"""Logs and error emails without patients in them.

What a program reports about itself goes to people and disks that the record does not: so a line of the log
may say where something broke, never about whom. Three rules, applied to every record by the formatter:

* an exception is logged with its type and where it was raised; its message is withheld, because drivers and
  parsers quote the offending value ("Key (value)=(943 476 5919) already exists"). Only the kinds in
  ``SPEAK_OF_THE_PROGRAM``, whose words are about tables, names and settings, keep theirs;
* long numbers, dates, email addresses and what follows a "?" in an address are blotted out of messages;
* an object given to the logger is named by its type, whatever its ``__str__`` would say.
"""

from __future__ import annotations

import fcntl
import logging
import re
import shutil
import traceback
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import mail_admins
from django.db.utils import OperationalError, ProgrammingError
from jinja2 import UndefinedError

BLOTS = (
    (re.compile(r"\?[^\s\"']+"), "?…"),  # a search for a name stands in the query string
    (re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+"), "[email]"),
    (re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"), "[date]"),
    (re.compile(r"(?<![\w-])\d(?:[ -]?\d){5,}(?![\w-])"), "[number]"),  # NHS and hospital numbers
)
SPEAK_OF_THE_PROGRAM = (
    OperationalError,  # "database is locked", "disk full", "no such column"
    ProgrammingError,
    ImproperlyConfigured,
    ImportError,
    NameError,
    UndefinedError,  # a template names what is not there
)
MAX_BYTES = 10_000_000
KEPT = 5  # full files beside the one being written: at most 60 MB a log
PLAIN = (str, int, float, bool, type(None))


def blotted(text: str) -> str:
    """``text`` with everything blotted out that could be a number, a date or an address of somebody."""
    for pattern, blot in BLOTS:
        text = pattern.sub(blot, text)
    return text


class DiscreetFormatter(logging.Formatter):
    """``2026-11-24T08:12:03Z WARNING django.request: Not Found: /patients/``."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, tz=UTC)
        lines = [f"{at:%Y-%m-%dT%H:%M:%SZ} {record.levelname} {record.name}: {blotted(_message(record))}"]
        if record.exc_info and record.exc_info[0] is not None:
            lines += described(*record.exc_info)
        return "\n".join(lines)


def described(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> list[str]:
    """The types of an exception and of its causes, each with the lines of code it passed, without messages."""
    may_speak = issubclass(kind, SPEAK_OF_THE_PROGRAM)
    said = f": {blotted(str(error))}" if may_speak else " (message withheld)"
    lines = [f"  {kind.__module__}.{kind.__qualname__}{said}"]
    lines += [f"    {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)]
    cause = error and (error.__cause__ or (None if error.__suppress_context__ else error.__context__))
    if cause is not None:
        lines += ["  caused by", *described(type(cause), cause, cause.__traceback__)]
    return lines


def _message(record: logging.LogRecord) -> str:
    if not isinstance(record.msg, str):
        return f"[{type(record.msg).__name__}]"
    try:
        return record.msg % _named(record.args) if record.args else record.msg
    except (TypeError, ValueError, KeyError):
        return record.msg


def _named(args: Any) -> Any:
    """The arguments of a log call, with every object replaced by the name of its type."""
    if isinstance(args, dict):
        return {name: _plain(value) for name, value in args.items()}
    return tuple(_plain(value) for value in args)


def _plain(value: Any) -> Any:
    return value if isinstance(value, PLAIN) else f"[{type(value).__name__}]"


class ErrorEmail(logging.Handler):
    """Tells the people in OSTEON_ADMINS that something broke, in the words of the log and no more.

    In place of Django's own handler, whose emails carry the request with everything that was typed.
    """

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS:
            return
        try:
            mail_admins(f"{record.levelname} in {record.name}", self.format(record), fail_silently=True)
        except Exception:  # noqa: BLE001 - a broken mail server must not break the page as well
            self.handleError(record)


class CappedFileHandler(WatchedFileHandler):
    """A log that several processes write and that never fills the disk.

    Not the standard library's RotatingFileHandler: with web workers and the background worker on one file,
    each would rename it under the others, and lines would be lost. Here whoever finds it full renames it under
    a lock; the others notice at their next line that the name leads to a new file, as they do with logrotate.
    """

    def emit(self, record: logging.LogRecord) -> None:
        super().emit(record)
        try:
            if self.stream is not None and self.stream.tell() > MAX_BYTES:
                set_aside(Path(self.baseFilename))
        except (OSError, ValueError):
            self.handleError(record)


def set_aside(log: Path) -> None:
    """Renames a full log to ``.1``, what was ``.1`` to ``.2`` and so on; the oldest is given up."""
    with log.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not log.exists() or log.stat().st_size <= MAX_BYTES:
            return  # another process was quicker
        _make_room(log)
        log.rename(_aside(log, 1))


def cut(log: Path) -> None:
    """The same for a file into which a running child prints: it holds the file open, so that is emptied."""
    if log.exists() and log.stat().st_size > MAX_BYTES:
        _make_room(log)
        shutil.copyfile(log, _aside(log, 1))
        _aside(log, 1).chmod(0o600)
        with log.open("r+b") as full:
            full.truncate(0)


def _make_room(log: Path) -> None:
    for number in range(KEPT - 1, 0, -1):
        if _aside(log, number).exists():
            _aside(log, number).rename(_aside(log, number + 1))


def _aside(log: Path, number: int) -> Path:
    return log.with_name(f"{log.name}.{number}")


def logging_settings(folder: str) -> dict[str, Any]:
    """Django's LOGGING: warnings and worse to ``folder``/osteon.log and to the console, errors by email too."""
    handlers = ["console", "file"]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"discreet": {"()": "osteon.site.logs.DiscreetFormatter"}},
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": "discreet"},
            "file": {
                "class": "osteon.site.logs.CappedFileHandler",
                "filename": f"{folder}/osteon.log",
                "delay": True,
                "formatter": "discreet",
            },
            "email": {
                "class": "osteon.site.logs.ErrorEmail",
                "level": "ERROR",
                "formatter": "discreet",
            },
        },
        "root": {"level": "WARNING", "handlers": handlers},
        "loggers": {
            "django": {"level": "WARNING", "handlers": [], "propagate": True},
            "django.request": {"level": "ERROR", "handlers": ["email"], "propagate": True},
            "osteon": {"level": "INFO", "handlers": [], "propagate": True},
        },
    }
