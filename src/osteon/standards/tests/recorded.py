"""Where the recorded answers lie; a test that needs one is left out, with a reason, where they are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "data" / "library"


def recorded(name: str) -> Path:
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"../shared/data/library/{name} is not on this machine")
    return path
