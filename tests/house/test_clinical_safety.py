"""Every hazard of the log names a control and a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "clinical-safety.md").read_text("utf-8").splitlines()
    if re.match(r"\| H\d\d \|", line)
]


def test_the_log_is_numbered_without_gaps():
    assert [row[0] for row in ROWS] == [f"H{number:02}" for number in range(1, len(ROWS) + 1)]
    assert len(ROWS) >= 15


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_hazard_has_cause_control_and_proof(row):
    _, hazard, cause, control, proof = row
    assert hazard
    assert cause
    assert control
    tests = re.findall(r"`([^`]+)::(\w+)`", proof)
    assert tests, "no test proves the control"
    for path, name in tests:
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{path} has no {name}"
