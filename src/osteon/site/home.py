"""OSTEON_HOME: the one folder that holds a site's state, and the note in it that says what it is for.

``home.json`` keeps ``{"kind": "demonstration" | "unit", "version": "0.1.0"}``: which settings belong to the
record in this folder, and which version opened it last.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from osteon import __version__

KINDS = ("demonstration", "unit")


@dataclass(frozen=True)
class Home:
    folder: Path

    @property
    def note(self) -> Path:
        return self.folder / "home.json"

    @property
    def record(self) -> Path:
        """The SQLite file; a unit on PostgreSQL has none."""
        return self.folder / "osteon.sqlite3"

    def read_note(self) -> dict[str, str]:
        """Empty when the folder has never been opened, or its note cannot be read."""
        try:
            return dict(json.loads(self.note.read_text(encoding="utf-8")))
        except (FileNotFoundError, ValueError):
            return {}

    @property
    def kind(self) -> str | None:
        kind = self.read_note().get("kind")
        return kind if kind in KINDS else None

    @property
    def version(self) -> str | None:
        return self.read_note().get("version")

    def write_note(self, kind: str) -> None:
        """Written beside and moved into place, so that a kill leaves the old note or the new one."""
        draft = self.note.with_suffix(".draft")
        draft.write_text(json.dumps({"kind": kind, "version": __version__}) + "\n", encoding="utf-8")
        os.replace(draft, self.note)

    def free_bytes(self) -> int:
        return shutil.disk_usage(self.folder).free

    def copy_record(self) -> Path | None:
        """A safety copy of the SQLite record, made while others may be writing; None when there is none."""
        if not self.record.exists():
            return None
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
        target = self.folder / "copies" / f"osteon-{self.version or 'unknown'}-{stamp}.sqlite3"
        target.parent.mkdir(mode=0o700, exist_ok=True)
        source = sqlite3.connect(self.record)
        copy = sqlite3.connect(target)
        with copy:
            source.backup(copy)
        source.close()
        copy.close()
        target.chmod(0o600)
        return target

    def empty(self) -> None:
        """Throws away a demonstration: everything in the folder but the safety copies (and the lock we hold)."""
        for entry in self.folder.iterdir():
            if entry.name in ("copies", "demo.lock"):
                continue
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
