"""The repository itself: locks, licences, the front door, the change log."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import tomllib

import pytest

from osteon import __version__
from osteon.site.commands import VERBS
from tests.house.source import ROOT, SRC, committed, python_files, short

LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# Put together, so that this file does not name them itself
REGISTRIES = [
    "py" + "pi.org",
    "pythonhosted" + ".org",
    "registry." + "npmjs",
    "npmjs" + ".org",
    "deb.debian" + ".org",
]
TEXT = {".py", ".md", ".txt", ".in", ".json", ".toml", ".jinja", ".scss", ".mjs", ".js", ".css", ".csv", ""}


def texts() -> dict[str, str]:
    return {short(p): p.read_text(encoding="utf-8") for p in committed() if p.suffix in TEXT}


def test_no_file_names_a_package_registry():
    found = [(path, host) for path, text in texts().items() for host in REGISTRIES if host in text]
    assert found == []


def test_no_lock_records_a_download_address():
    locks = [p for p in committed() if p.name in ("package-lock.json",) or p in LOCKS]
    assert locks
    for path in locks:
        assert not re.search(r"https?://\S+\.(?:tgz|whl|tar\.gz)|\"resolved\"", path.read_text()), short(path)
    assert not [p for p in committed() if p.name in ("uv.lock",) or p.name.startswith("pylock")]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_is_pinned_and_hashed(lock):
    entries = re.split(r"\n(?=[a-z0-9])", lock.read_text())
    assert entries
    for entry in entries:
        assert re.match(r"[a-z0-9._-]+(?:\[[a-z0-9,_-]+\])?==\S+", entry, re.IGNORECASE), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def test_every_direct_dependency_has_its_lock_and_a_reason():
    for path in sorted((ROOT / "requirements").glob("*.in")):
        assert path.with_suffix(".txt") in LOCKS
        lines = [line for line in path.read_text().splitlines() if line and not line.startswith(("#", "-r"))]
        known = {
            "pytest",
            "pytest-django",
            "pytest-xdist",
            "ruff",
            "mypy",
            "django-stubs",
            "coverage",
            "playwright",
        }
        for line in lines:
            name = re.match(r"[a-z0-9-]+", line).group()
            assert "#" in line or name in known or path.stem == "dev", f"{path.name}: {line} gives no reason"


def test_the_core_needs_nothing_that_is_not_permissive():
    base = (ROOT / "requirements" / "base.txt").read_text()
    assert "psycopg" not in base  # LGPL: an optional group of its own


def test_the_licence_is_apache_2():
    assert "Apache License" in (ROOT / "LICENSE").read_text()
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"] == "Apache-2.0"


def test_every_asset_of_others_is_listed_with_its_licence():
    listed = (ROOT / "docs" / "third-party.md").read_text()
    for name in ("nhsuk-frontend", "htmx"):
        assert re.search(rf"{name}.*(MIT|0BSD|BSD)", listed), name


def test_the_version_is_written_once_and_has_its_entry_in_the_change_log():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == __version__
    assert re.search(rf"^## {re.escape(__version__)}\b", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)


def test_the_front_door_can_be_opened():
    for name in ("osteon", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), name


def test_the_launcher_is_plain_posix_shell():
    text = (ROOT / "osteon").read_text()
    assert text.startswith("#!/bin/sh\n")
    subprocess.run(["sh", "-n", "osteon"], cwd=ROOT, check=True)
    for bashism in ("[[", "function ", "local ", "$'", "<<<", "&>", "source "):
        assert bashism not in text, bashism


def test_every_command_module_is_a_verb_and_every_verb_a_module():
    helpers = {
        "__init__",
        "definition_words",
        "dispatcher",
        "errors",
        "printing",
        "processes",
        "doctor_record",
        "evaluate_record",
        "evaluate_definitions",
        "library_gathering",
    }
    modules = {
        p.stem for p in python_files(SRC / "site" / "commands") if p.parent.name == "commands"
    } - helpers
    named = {
        verb.path.rpartition(".")[2]
        for verb in VERBS.values()
        if verb.path.startswith("osteon.site.commands")
    }
    assert modules == named - {"add"}


def test_the_readme_names_no_verb_that_does_not_exist():
    words = set(re.findall(r"\./osteon ([a-z]+)", (ROOT / "README.md").read_text()))
    assert words <= set(VERBS)
    assert {"demo", "test"} <= words


def vocabularies():
    return sorted(path for path in committed() if path.suffix == ".csv" and "vocabulary" in path.parts)


def test_every_row_of_a_vocabulary_says_where_it_comes_from():
    """A citation (source), or for a conversion or spelling the reason (why). own.csv: the words are ours."""
    assert vocabularies()
    for path in vocabularies():
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        column = next((name for name in ("source", "why") if name in rows[0]), None)
        assert column or path.name == "own.csv", f"{short(path)} has neither a column source nor why"
        empty = [row for row in rows if column and not (row[column] or "").strip()]
        assert not empty, f"{short(path)}: {empty[0]}"


def test_third_party_data_stays_outside_the_repository():
    big = [short(p) for p in committed() if p.suffix in (".parquet", ".gz", ".ndjson", ".sqlite3")]
    assert [path for path in big if "/tests/" not in path and not path.startswith("tests/")] == []
