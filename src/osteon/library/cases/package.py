"""A case package: everything a case study is made of, and the proof that it may be shown.

``docs/case-package.md`` is the format. ``read`` raises ``PackageRefused`` with every reason it finds; what it
returns may be published today.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from osteon.library.cases.images import CleanImage, ImageRefused, cleaned
from osteon.library.content.text_file import TextFile, TextRefused, sections, split

FORMAT, VERSION = "osteon-case-package", 1
LARGEST_BYTES, MOST_FILES = 60_000_000, 60
# CARE, 13 items (Gagnier 2013, 10.1186/1752-1947-7-223)
CARE = (
    "title",
    "keywords",
    "abstract",
    "introduction",
    "patient",
    "clinical findings",
    "timeline",
    "diagnostics",
    "therapy",
    "follow-up",
    "discussion",
    "patient perspective",
    "consent",
)
STAGES = ("before", "after")
NAME = re.compile(r"(?:package\.json|text/(?:en|es)\.md|images/[a-z0-9-]+\.(?:png|webp))")
AGE_BAND = re.compile(r"(?:\d|[1-8]\d)-(?:\d|[1-8]\d)|90\+")
SIGNERS = ("patient", "guardian", "next of kin")


class PackageRefused(ValueError):
    """``reasons``: one sentence each, for who made the package."""

    for_people = True

    def __init__(self, *reasons: str) -> None:
        super().__init__("The case package is refused:\n" + "\n".join(f"  - {reason}" for reason in reasons))
        self.reasons = reasons


@dataclass(frozen=True)
class Consent:
    form_id: str
    signer: str
    signed_on: date
    ends_on: date
    scope: tuple[str, ...]


@dataclass(frozen=True)
class CasePackage:
    package_id: str
    digest: str
    facts: dict[str, Any]
    consent: Consent
    texts: dict[str, TextFile]
    images: tuple[tuple[dict[str, Any], CleanImage], ...]

    @property
    def invented(self) -> bool:
        return bool(self.facts.get("invented"))


def read(path: Path, today: date) -> CasePackage:
    files = unpacked(path)
    facts = _facts(files)
    reasons = [*consent_faults(facts, today), *care_faults(facts), *patient_faults(facts)]
    images, image_faults = _images(facts, files)
    texts, text_faults = _texts(facts, files)
    reasons += [*image_faults, *text_faults]
    if reasons:
        raise PackageRefused(*reasons)
    digest = hashlib.sha256(b"".join(hashlib.sha256(files[name]).digest() for name in sorted(files)))
    consent = facts["consent"]
    return CasePackage(
        facts["package_id"],
        digest.hexdigest(),
        facts,
        Consent(
            consent["form_id"],
            consent["signer"],
            date.fromisoformat(consent["signed_on"]),
            date.fromisoformat(consent["ends_on"]),
            tuple(consent["scope"]),
        ),
        texts,
        images,
    )


def unpacked(path: Path) -> dict[str, bytes]:
    """The files by name. Only the names of the format, within limits that a zip bomb does not keep."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            _refuse_strange(members)
            return {one.filename: archive.read(one) for one in members}
    except (zipfile.BadZipFile, OSError, RuntimeError, EOFError) as error:  # encrypted: RuntimeError
        raise PackageRefused("The file is no readable zip archive.") from error


def _refuse_strange(members: list[zipfile.ZipInfo]) -> None:
    strange = [one.filename for one in members if not NAME.fullmatch(one.filename)]
    names = [one.filename for one in members]
    if strange:
        raise PackageRefused(f"It holds a file that the format does not know: {strange[0]!r}.")
    if len(set(names)) != len(names):
        raise PackageRefused("It holds two files of one name.")
    if len(members) > MOST_FILES or sum(one.file_size for one in members) > LARGEST_BYTES:
        raise PackageRefused(f"It is larger than {MOST_FILES} files or {LARGEST_BYTES // 1_000_000} MB.")


def _facts(files: dict[str, bytes]) -> dict[str, Any]:
    try:
        facts = json.loads(files["package.json"])
    except KeyError as error:
        raise PackageRefused("package.json is missing.") from error
    except ValueError as error:
        raise PackageRefused("package.json is not JSON.") from error
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise PackageRefused(f"package.json does not say that it is {FORMAT}.")
    if facts.get("version") != VERSION:
        raise PackageRefused(f"Version {facts.get('version')!r} of the format is not known here.")
    if not re.fullmatch(r"[0-9a-f-]{36}", str(facts.get("package_id", ""))):
        raise PackageRefused("package_id should be a UUID.")
    return facts


def consent_faults(facts: dict[str, Any], today: date) -> Iterator[str]:
    consent = facts.get("consent")
    if not isinstance(consent, dict) or not consent.get("form_id"):
        yield "There is no consent record."
        return
    signed, ends = _day(consent.get("signed_on")), _day(consent.get("ends_on"))
    if consent.get("signer") not in SIGNERS:
        yield f"The consent does not say who signed it ({', '.join(SIGNERS)})."
    if signed is None or signed > today:
        yield "The consent does not say when it was signed."
    if ends is None:
        yield "The consent does not say when it ends."
    elif ends < today:
        yield "The consent has expired."
    if "web" not in (consent.get("scope") or []):
        yield "The consent does not cover the web."
    if consent.get("shown_final") is not True:
        yield "Nobody recorded that the signer saw the final text and images."


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def care_faults(facts: dict[str, Any]) -> Iterator[str]:
    """Each of the 13 items is "yes", "partly" or "no: why not"; a checklist with holes is none."""
    care = facts.get("care")
    care = care if isinstance(care, dict) else {}
    for item in CARE:
        if not re.fullmatch(r"yes|partly|no: .{3,}", str(care.get(item, ""))):
            yield f'The CARE checklist has no answer for "{item}".'


def patient_faults(facts: dict[str, Any]) -> Iterator[str]:
    patient = facts.get("patient")
    patient = patient if isinstance(patient, dict) else {}
    if not AGE_BAND.fullmatch(str(patient.get("age_band", ""))):
        yield "The patient's age should be a band like 60-64 (90+ from 90)."
    for moment in facts.get("timeline") or []:
        if not isinstance(moment, dict) or not isinstance(moment.get("t_days"), int):
            yield "The timeline counts days from admission (t_days), never dates."


# Texts -------------------------------------------------------------------------------------------------


def _texts(facts: dict[str, Any], files: dict[str, bytes]) -> tuple[dict[str, TextFile], list[str]]:
    texts, faults = {}, []
    for name in sorted(one for one in files if one.startswith("text/")):
        language = name[5:7]
        try:
            front, body = split(files[name].decode("utf-8"), name)
            texts[language] = TextFile(name, language, "cases", front, tuple(sections(body)), "")
        except (TextRefused, UnicodeDecodeError) as error:
            faults.append(str(error))
    if "text/en.md" not in files:
        faults.append("text/en.md is missing.")
    return texts, faults


# Images ------------------------------------------------------------------------------------------------


def _images(
    facts: dict[str, Any], files: dict[str, bytes]
) -> tuple[tuple[tuple[dict[str, Any], CleanImage], ...], list[str]]:
    described = [one for one in facts.get("images") or [] if isinstance(one, dict)]
    faults = list(confirmation_faults(facts, files, described))
    kept = []
    for one in described:
        raw = files.get(f"images/{one.get('file')}")
        if raw is None:
            faults.append(f"The image {one.get('file')!r} is not in the package.")
            continue
        faults += list(description_faults(one))
        try:
            kept.append((one, cleaned(raw)))
        except ImageRefused as error:
            faults.append(f"{one['file']}: {error}")
    return tuple(kept), faults


def confirmation_faults(
    facts: dict[str, Any], files: dict[str, bytes], described: list[dict[str, Any]]
) -> Iterator[str]:
    """A named person looked at exactly these pixels: the checksum they confirmed is the image's own."""
    names = {name[7:] for name in files if name.startswith("images/")}
    if names != {one.get("file") for one in described}:
        yield "The images in the package are not those that package.json describes."
    confirmed = facts.get("images_confirmed")
    confirmed = confirmed if isinstance(confirmed, dict) else {}
    if described and not (confirmed.get("by") and _day(confirmed.get("on"))):
        yield "No person confirmed that the images show nobody's name, face or number."
        return
    sums = confirmed.get("sha256") or {}
    for name in sorted(names):
        if sums.get(name) != hashlib.sha256(files[f"images/{name}"]).hexdigest():
            yield f"{name} is not the image that was confirmed."


def description_faults(image: dict[str, Any]) -> Iterator[str]:
    if image.get("stage") not in STAGES:
        yield f"{image.get('file')}: stage should be before or after."
    alt = image.get("alt")
    if not isinstance(alt, dict) or not str(alt.get("en", "")).strip():
        yield f"{image.get('file')}: there are no words for those who cannot see it (alt)."
