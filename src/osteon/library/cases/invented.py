"""Makes case packages of invented cases: the texts of the first content, our own drawings, an invented consent.

    PYTHONPATH=src python -m osteon.library.cases.invented FOLDER

Each says in its package, its consent and on its page that it is invented.
"""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from osteon.library.cases.drawing import DRAWINGS, png
from osteon.library.cases.package import CARE, FORMAT, STAGES, VERSION
from osteon.library.content import FOLDER
from osteon.library.content.text_file import TextFile, read

SPINE_WORDS = ("spin", "disc", "vertebr", "back")
ALT = {
    ("tibia", "before"): {
        "en": "Drawing of a shin bone with a plate and screws; the bone around the break has dark holes.",
        "es": "Dibujo de una tibia con una placa y tornillos; el hueso alrededor de la fractura tiene huecos oscuros.",
    },
    ("tibia", "after"): {
        "en": "Drawing of the same shin bone in a frame of four rings; new bone bridges the break.",
        "es": "Dibujo de la misma tibia en un armazón de cuatro anillos; hueso nuevo une la fractura.",
    },
    ("spine", "before"): {
        "en": "Drawing of a spine; one disc and the edges of the two bones beside it are eaten away.",
        "es": "Dibujo de una columna; un disco y los bordes de los dos huesos vecinos están destruidos.",
    },
    ("spine", "after"): {
        "en": "Drawing of the same spine, held straight by two rods, screws and a block between the bones.",
        "es": "Dibujo de la misma columna, sostenida por dos barras, tornillos y un bloque entre los huesos.",
    },
}


def texts(folder: Path = FOLDER) -> Iterator[dict[str, TextFile]]:
    """Each case's text by language: an English file, with the Spanish one that names it."""
    spanish = [read(path, folder) for path in sorted((folder / "es" / "cases").glob("*.md"))]
    for path in sorted((folder / "en" / "cases").glob("*.md")):
        english = read(path, folder)
        mates = [text for text in spanish if text.source_slug == english.slug]
        yield {"en": english, **({"es": mates[0]} if mates else {})}


def drawing_for(text: TextFile) -> str:
    words = f"{text.slug} {text.front['title']}".lower()
    return "spine" if any(word in words for word in SPINE_WORDS) else "tibia"


def facts_of(text: TextFile, images: dict[str, bytes], drawing: str) -> dict[str, Any]:
    """package.json. What the text's front matter says of the patient and the course is taken from there."""
    given = text.front
    return {
        "format": FORMAT,
        "version": VERSION,
        "package_id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"osteon-invented-case/{text.slug}")),
        "invented": True,
        "consent": {
            "form_id": "INVENTED",
            "signer": "patient",
            "signed_on": "2026-01-05",
            "ends_on": "2036-01-05",
            "scope": ["web", "print", "teaching"],
            "shown_final": True,
            "withdrawal_route": "None is needed: nobody of this case exists.",
        },
        "care": dict.fromkeys(CARE, "yes") | {"discussion": "partly"},
        "patient": {"age_band": given.get("age_band", "60-64"), "sex": given.get("sex", "")},
        "procedure_minutes": given.get("procedure_minutes"),
        "timeline": given.get("timeline", []),
        "images": [
            {
                "file": f"{stage}.png",
                "stage": stage,
                "pair": "1",
                "modality": "drawing",
                "t_days": {"before": 0, "after": given.get("outcome_days", 90)}[stage],
                "alt": ALT[drawing, stage],
            }
            for stage in STAGES
        ],
        "images_confirmed": {
            "by": "The person who drew them",
            "on": "2026-01-05",
            "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in images.items()},
        },
    }


def write(target: Path, by_language: dict[str, TextFile], folder: Path = FOLDER) -> Path:
    english = by_language["en"]
    drawing = drawing_for(english)
    images = {f"{stage}.png": png(DRAWINGS[drawing](stage)) for stage in STAGES}
    path = target / f"{english.slug}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(images.items()):
            _add(archive, f"images/{name}", data)
        for language, text in by_language.items():
            _add(archive, f"text/{language}.md", (folder / text.path).read_bytes())
        _add(archive, "package.json", json.dumps(facts_of(english, images, drawing), indent=1).encode())
    return path


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    """Without the time of day, so that the same case makes the same package."""
    archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 0, 0, 0)), data)


def write_all(target: Path, folder: Path = FOLDER) -> list[Path]:
    target.mkdir(parents=True, exist_ok=True)
    return [write(target, by_language, folder) for by_language in texts(folder)]


if __name__ == "__main__":
    for written in write_all(Path(sys.argv[1])):
        sys.stdout.write(f"{written}\n")
