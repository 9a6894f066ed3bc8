"""Runs one import for a person: whatever happens, they get a run they can read."""

from __future__ import annotations

from pathlib import Path

from django.db import OperationalError

from osteon.events.report import SourceRefused
from osteon.service.accounts.models import Person, Team
from osteon.service.imports.actions import Progress, import_source, note_refused_import
from osteon.service.imports.models import ImportRun

_FULL = ("disk is full", "no space left", "disk i/o error")


class DiskFull(Exception):
    """There is no room for what a file holds. ``str(error)`` is for the person; nothing was taken."""


def run_import(
    *, by: Person, path: Path, name: str = "", team: Team | None = None, progress: Progress | None = None
) -> ImportRun:
    """Imports a file; a refusal is a run too.

    Raises:
        DiskFull: when the database could not grow. It is as it was before.
    """
    try:
        return import_source(by=by, path=path, name=name, team=team, progress=progress)
    except SourceRefused as refusal:
        # An upload lies in a file of our own naming: the refusal speaks of the name its sender gave it.
        message = str(refusal).replace(path.name, name or path.name)
        return note_refused_import(by=by, name=name or path.name, message=message, team=team)
    except (OperationalError, OSError) as error:
        if any(words in str(error).casefold() for words in _FULL):
            raise DiskFull(
                f"{name or path.name}: the disk is full. Nothing of the file was taken and the record is as it "
                "was. Make room, then start again."
            ) from error
        raise
