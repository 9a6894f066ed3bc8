"""The invented cases of the demonstration, through the same door as real ones."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from osteon.library.cases import actions, invented
from osteon.library.cases.models import Consent


def load_invented() -> int:
    """Makes the packages and their pages, once; a case that was withdrawn stays away. Returns how many."""
    if Consent.objects.filter(invented=True).exists():
        return 0
    with TemporaryDirectory() as folder:
        return len([actions.load_package(path=path) for path in invented.write_all(Path(folder))])
