"""A file from a browser: kept for the length of one import, in the home's own folder, readable by nobody else.

It is never served, never run, and never keeps the name the browser gave it. Its content is believed only by the
readers, which refuse what they do not know.
"""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

LARGEST_UPLOAD: Final = 30 * 2**20
LARGEST_UNPACKED: Final = 200 * 2**20
ENDINGS: Final = (".ndjson.gz", ".json.gz", ".ndjson", ".json")
_CHUNK: Final = 2**20


class TooLarge(ValueError):
    """The file unpacks to more than an upload may hold. ``str(error)`` is for the person."""


def ending_of(name: str) -> str:
    """The ending among those that are taken; empty for any other."""
    return next((ending for ending in ENDINGS if name.casefold().endswith(ending)), "")


def bare_name(name: str) -> str:
    """A file's own name, whatever path the browser put before it.

    >>> bare_name("../../etc/passwd.json"), bare_name("C:\\\\Users\\\\x\\\\bundle.json")
    ('passwd.json', 'bundle.json')
    """
    return PureWindowsPath(PurePosixPath(name).name).name


@contextmanager
def kept(upload: UploadedFile) -> Iterator[Path]:
    """The upload as a file under OSTEON_HOME; gone when the block ends, however it ends.

    Raises:
        TooLarge: when a gzip file unpacks to more than ``LARGEST_UNPACKED``.
    """
    folder = Path(settings.OSTEON_HOME) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=ending_of(upload.name or "")) as file:
        for chunk in upload.chunks(_CHUNK):
            file.write(chunk)
        file.flush()
        path = Path(file.name)
        _check_unpacked(path)
        yield path


def _check_unpacked(path: Path) -> None:
    """Unpacks a gzip file once, keeping nothing, and stops at the limit. A damaged one is the readers' to refuse."""
    if path.suffix != ".gz":
        return
    unpacked = 0
    try:
        with gzip.open(path, "rb") as stream:
            while chunk := stream.read(_CHUNK):
                unpacked += len(chunk)
                if unpacked > LARGEST_UNPACKED:
                    raise TooLarge(f"It unpacks to more than {LARGEST_UNPACKED // 2**20} MB.")
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return
