"""A fingerprint of a file or folder, so that two runs can be told to have read the same bytes."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

_CHUNK = 1 << 20


def digest_of(path: Path) -> str:
    """64 hexadecimal characters over the content (for a folder: over names and content, in order of names).

    Raises:
        OSError: when something cannot be read. A path that is not there gives the digest of nothing.
    """
    digest = blake2b(digest_size=32)
    for file in sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]:
        if path.is_dir():
            digest.update(file.relative_to(path).as_posix().encode() + b"\0")
        if file.is_file():
            with file.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
    return digest.hexdigest()
