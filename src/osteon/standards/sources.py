"""Opens any path the readers know, by what is in it and not only by its name.

>>> from osteon.standards.sources import open_source
>>> source = open_source(Path("events.parquet"))  # doctest: +SKIP
>>> people = list(source.subjects())  # doctest: +SKIP
>>> for table in source.events():  # doctest: +SKIP
...     print(table.height)
"""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path
from typing import Final

from osteon.events.report import SourceRefused
from osteon.standards.fhir.reader import FhirBundle, FhirFolder, FhirLines, bundle_files, lines_files
from osteon.standards.meds.reader import MedsSource
from osteon.standards.reading import Source

__all__ = ["KNOWN", "Source", "open_source"]

KNOWN: Final = (
    "a FHIR R4 Bundle (.json, .json.gz), FHIR NDJSON (.ndjson, .ndjson.gz, or a folder of them), "
    "or MEDS Parquet (.parquet, or a folder of shards)"
)
_LINES: Final = (".ndjson", ".ndjson.gz", ".jsonl", ".jsonl.gz")
_PARQUET: Final = b"PAR1"
_GZIP: Final = b"\x1f\x8b"
_HEAD: Final = 4096


def open_source(path: Path | str) -> Source:
    """The reader for a file or folder.

    Raises:
        SourceRefused: when there is nothing there, or nothing that a reader knows; the text says what is known.
    """
    path = Path(path)
    if path.is_dir():
        return _open_folder(path)
    if not path.is_file():
        raise SourceRefused(f"{path}: there is no such file")
    head = _head(path)
    if head.startswith(_PARQUET) or path.suffix == ".parquet":
        return MedsSource(path)
    if path.name.endswith(_LINES) or _is_lines(head):
        return FhirLines(path)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") or path.name.endswith((".json", ".json.gz")):
        return FhirBundle(path)
    raise SourceRefused(f"{path.name}: not a file that Osteon reads; it reads {KNOWN}")


def _open_folder(path: Path) -> Source:
    if any(path.rglob("*.parquet")):
        return MedsSource(path)
    if lines_files(path):
        return FhirLines(path)
    if bundle_files(path):
        return FhirFolder(path)
    raise SourceRefused(f"{path.name}: the folder holds nothing that Osteon reads; it reads {KNOWN}")


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        if head.startswith(_GZIP):
            with gzip.open(path, "rb") as stream:
                return stream.read(_HEAD)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceRefused(f"{path.name}: the gzip file is cut short or damaged ({error})") from error
    except OSError as error:
        raise SourceRefused(f"{path.name}: cannot be read ({error.strerror})") from error
    return head


def _is_lines(head: bytes) -> bool:
    """Whether a first line closes the object it opens, and another follows."""
    first, newline, rest = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    return bool(newline) and first.rstrip().endswith(b"}") and rest.lstrip()[:1] == b"{"
