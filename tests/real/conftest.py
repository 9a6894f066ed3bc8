"""Data that nobody here wrote, beside the checkout; without it these tests say so and pass."""

from __future__ import annotations

from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def needed(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"../shared/data/{name} is not beside this checkout: nothing to read")
    return path


@pytest.fixture(scope="session")
def synthea() -> Path:
    """Twelve whole lives as FHIR R4 Bundles."""
    return needed("synthea_r4")


@pytest.fixture(scope="session")
def mimic() -> Path:
    """A hundred hospital patients as MEDS events."""
    return needed("mimic_iv_demo_meds") / "events.parquet"
