"""Small FHIR files for the tests of imports, and everything the record holds afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from osteon.service.imports.models import ImportRun
from osteon.service.imports.running import run_import
from osteon.service.patients.facts import Versioned
from osteon.standards.fhir.tests import builders


@pytest.fixture
def bring(cast, tmp_path):
    """``bring(*resources)``: imports a Bundle of them, as the unit lead."""

    def act(*resources: builders.Resource, name: str = "b.json", **options: Any) -> ImportRun:
        path = builders.write(tmp_path, builders.bundle(*resources), name)
        return run_import(by=cast.lead, path=path, **options)

    return act


def everything() -> dict[str, list[tuple]]:
    """All rows of all clinical tables with their history, to be compared before and after."""
    models = [m for m in apps.get_models() if issubclass(m, Versioned) or hasattr(m, "history_object")]
    return {m._meta.label: list(m.objects.order_by("pk").values_list()) for m in models}


def counts() -> dict[str, int]:
    """How many rows each clinical table holds."""
    return {label: len(rows) for label, rows in everything().items() if rows}


def file_at(folder: Path, *resources: builders.Resource, name: str = "b.json") -> Path:
    """A Bundle on disk."""
    return builders.write(folder, builders.bundle(*resources), name)
