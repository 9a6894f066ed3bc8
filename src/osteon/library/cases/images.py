"""Images of a case: PNG or WebP that carry pixels and nothing else, written anew before they are kept."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

FORMATS = {"PNG", "WEBP"}
LARGEST_PIXELS = 16_000_000
# What a PNG needs to be drawn; anything else could carry words
PNG_CHUNKS = {
    b"IHDR",
    b"PLTE",
    b"IDAT",
    b"IEND",
    b"tRNS",
    b"gAMA",
    b"cHRM",
    b"sRGB",
    b"sBIT",
    b"pHYs",
    b"bKGD",
}
WEBP_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}


class ImageRefused(ValueError):
    """Not an image that may be published; the words say why."""


@dataclass(frozen=True)
class CleanImage:
    """WebP bytes made from the pixels alone."""

    data: bytes
    width: int
    height: int


def cleaned(raw: bytes) -> CleanImage:
    refuse_baggage(raw)
    try:
        with Image.open(io.BytesIO(raw), formats=tuple(FORMATS)) as image:
            _refuse_odd(image)
            pixels = image.convert("RGB")
    except ImageRefused:
        raise
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise ImageRefused("it cannot be read as an image") from error
    out = io.BytesIO()
    pixels.save(out, "WEBP", quality=80, method=4)
    return CleanImage(out.getvalue(), *pixels.size)


def _refuse_odd(image: Image.Image) -> None:
    if image.width * image.height > LARGEST_PIXELS:
        raise ImageRefused("it is larger than 16 million pixels")
    if getattr(image, "n_frames", 1) > 1:
        raise ImageRefused("it moves; a case study takes still images")


def refuse_baggage(raw: bytes) -> None:
    """Refuses text, EXIF, XMP, colour profiles with words, unknown chunks, and anything behind the image's end."""
    if raw.startswith(b"\x89PNG\r\n\x1a\n"):
        found, end = _png_chunks(raw)
        extra = found - PNG_CHUNKS
    elif raw[:4] == b"RIFF" and raw[8:12] == b"WEBP":
        found, end = _webp_chunks(raw)
        extra = found - WEBP_CHUNKS
    else:
        raise ImageRefused("it is neither PNG nor WebP")
    if extra:
        names = ", ".join(sorted(one.decode("ascii", "replace").strip() for one in extra))
        raise ImageRefused(f"its metadata could carry an identifier ({names}); export the pixels alone")
    if end != len(raw):
        raise ImageRefused("there is something behind its end")


def _png_chunks(raw: bytes) -> tuple[set[bytes], int]:
    found, at = set(), 8
    while at + 12 <= len(raw):
        size, kind = struct.unpack(">I4s", raw[at : at + 8])
        found.add(kind)
        at += size + 12
        if kind == b"IEND":
            return found, at
    raise ImageRefused("it is cut off")


def _webp_chunks(raw: bytes) -> tuple[set[bytes], int]:
    found, at = set(), 12
    end = struct.unpack("<I", raw[4:8])[0] + 8
    while at + 8 <= min(end, len(raw)):
        kind, size = struct.unpack("<4sI", raw[at : at + 8])
        found.add(kind)
        at += size + 8 + size % 2
    if at > len(raw):
        raise ImageRefused("it is cut off")
    return found, end
