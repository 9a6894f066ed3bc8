"""Bytes of a FHIR file: unpacked within a limit, decoded, and parsed, or refused with the place of the fault."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import orjson

from osteon.events.report import SourceRefused
from osteon.standards.fhir.shapes import Json

# A Bundle is one JSON document and is read whole; beyond this it must come as NDJSON. The limit counts
# unpacked bytes, so a gzip file of a few kilobytes cannot fill the memory.
LARGEST_DOCUMENT: Final = 200 * 2**20
LARGEST_LINE: Final = 32 * 2**20
_GZIP: Final = b"\x1f\x8b"
_BOM: Final = b"\xef\xbb\xbf"


def read_document(path: Path) -> Any:
    """The whole file as parsed JSON.

    Raises:
        SourceRefused: when it cannot be read, is cut short, too large, or not JSON in UTF-8.
    """
    with _opened(path) as stream:
        data = _read(path, stream, LARGEST_DOCUMENT + 1)
    if len(data) > LARGEST_DOCUMENT:
        raise SourceRefused(
            f"{path.name}: larger than {LARGEST_DOCUMENT // 2**20} MB unpacked; send it as NDJSON"
        )
    return parse(data.removeprefix(_BOM), path.name)


def read_lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """The lines of an NDJSON file with their numbers from 1; empty lines left out.

    Raises:
        SourceRefused: when it cannot be read, is cut short, or has a line too long to be one resource.
    """
    with _opened(path) as stream:
        count = 0
        while line := _read_line(path, stream):
            count += 1
            if len(line) > LARGEST_LINE:
                raise SourceRefused(f"{path.name}: line {count} is longer than {LARGEST_LINE // 2**20} MB")
            if count == 1:
                line = line.removeprefix(_BOM)
            if stripped := line.strip():
                yield count, stripped


def parse(data: bytes, place: str) -> Any:
    """Parsed JSON.

    Raises:
        SourceRefused: naming ``place`` and where in it the fault lies.
    """
    try:
        return orjson.loads(data)
    except orjson.JSONDecodeError as error:
        if not data:
            raise SourceRefused(f"{place}: the file is empty") from error
        if "UTF-8" in error.msg:
            raise SourceRefused(f"{place}: not text in UTF-8 ({_where(data)})") from error
        where = f"line {error.lineno}, column {error.colno}"
        raise SourceRefused(f"{place}: not valid JSON at {where}: {error.msg}") from error


def parse_object(data: bytes, place: str) -> Json:
    """One JSON object; see ``parse``."""
    found = parse(data, place)
    if type(found) is not dict:
        raise SourceRefused(f"{place}: not a FHIR resource, which is a JSON object")
    return found


def _where(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"byte {error.start + 1}"
    return "a lone surrogate"


def _opened(path: Path) -> IO[bytes]:
    """The file, unpacked when its first bytes say gzip, whatever its name."""
    try:
        with path.open("rb") as raw:
            is_gzip = raw.read(2) == _GZIP
        return gzip.open(path, "rb") if is_gzip else path.open("rb")  # type: ignore[return-value]
    except OSError as error:
        raise SourceRefused(f"{path.name}: cannot be opened ({error.strerror})") from error


def _read(path: Path, stream: IO[bytes], size: int) -> bytes:
    try:
        return stream.read(size)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceRefused(f"{path.name}: the gzip file is cut short or damaged ({error})") from error
    except OSError as error:
        raise SourceRefused(f"{path.name}: cannot be read ({error.strerror})") from error


def _read_line(path: Path, stream: IO[bytes]) -> bytes:
    try:
        return stream.readline(LARGEST_LINE + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceRefused(f"{path.name}: the gzip file is cut short or damaged ({error})") from error
    except OSError as error:
        raise SourceRefused(f"{path.name}: cannot be read ({error.strerror})") from error
