"""A whole case package, and ways to spoil it."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from osteon.library.cases.drawing import png, tibia
from osteon.library.cases.package import CARE

ENGLISH = """+++
title = "Case report: an infected shin fracture"
slug = "infected-shin"
summary = "A frame and antibiotics healed an infected break."
+++

## The patient

Aged 60-64, with diabetes.

## The procedure

The plate was taken out on day 2.

## Outcome

Walking at 90 days.
"""
SPANISH = """+++
title = "Caso clínico: fractura de tibia infectada"
slug = "tibia-infectada"
summary = "Un armazón y antibióticos curaron una fractura infectada."
+++

## El paciente

Entre 60 y 64 años.
"""
BEFORE, AFTER = png(tibia("before")), png(tibia("after"))


def facts() -> dict[str, Any]:
    images = {"before.png": BEFORE, "after.png": AFTER}
    return {
        "format": "osteon-case-package",
        "version": 1,
        "package_id": "7b0c9a56-8f0e-4f7e-9d62-1f2b3c4d5e6f",
        "consent": {
            "form_id": "F-17",
            "signer": "patient",
            "signed_on": "2026-01-05",
            "ends_on": "2036-01-05",
            "scope": ["web"],
            "shown_final": True,
        },
        "care": dict.fromkeys(CARE, "yes"),
        "patient": {"age_band": "60-64", "sex": "female"},
        "procedure_minutes": 210,
        "timeline": [{"t_days": 0, "label": {"en": "Admitted", "es": "Ingreso"}}],
        "images": [
            {"file": "before.png", "stage": "before", "pair": "1", "t_days": 0, "alt": {"en": "A plate."}},
            {"file": "after.png", "stage": "after", "pair": "1", "t_days": 90, "alt": {"en": "A frame."}},
        ],
        "images_confirmed": {
            "by": "Dr Amara Cole",
            "on": "2026-01-06",
            "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in images.items()},
        },
    }


def files() -> dict[str, bytes]:
    return {
        "images/before.png": BEFORE,
        "images/after.png": AFTER,
        "text/en.md": ENGLISH.encode(),
        "text/es.md": SPANISH.encode(),
    }


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., Path]:
    """Writes a package; ``change(facts, files)`` may spoil it first."""

    def write(change: Callable[[dict[str, Any], dict[str, bytes]], None] | None = None) -> Path:
        said, held = facts(), files()
        if change:
            change(said, held)
        path = tmp_path / "case.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in held.items():
                archive.writestr(name, data)
            if "package.json" not in held:
                archive.writestr("package.json", json.dumps(said))
        return path

    return write


@pytest.fixture
def sealed(pack: Callable[..., Path]) -> Callable[..., Path]:
    """A package whose image was confirmed as it is, whatever it carries."""

    def write(name: str, data: bytes) -> Path:
        def change(said: dict[str, Any], held: dict[str, bytes]) -> None:
            held[f"images/{name}"] = data
            said["images_confirmed"]["sha256"][name] = hashlib.sha256(data).hexdigest()

        return pack(change)

    return write
