"""The harness itself: what it counts, what it leaves out, and how it ends."""

from __future__ import annotations

import argparse
from collections import Counter

import pytest

from osteon.site.commands.errors import WrongUse
from tests.support import run, tools
from tests.support.parts import Check, Outcome, Suite, read_report

REPORT = """<?xml version="1.0"?>
<testsuites><testsuite name="pytest" errors="1" failures="2" skipped="1" tests="10" time="1">
<testcase name="a"><skipped type="pytest.skip" message="no such folder"/></testcase>
</testsuite></testsuites>"""

PASSING, FAILING, LEFT_OUT = (
    "def test_one(): assert 1\n",
    "def test_one(): assert 1\ndef test_two(): assert 0\n",
    "import pytest\ndef test_one(): pytest.skip('no cuffs')\n",
)


@pytest.fixture
def suite(tmp_path):
    def make(text, **options):
        path = tmp_path / "test_it.py"
        path.write_text(text)
        return Suite("it", (str(path), "-p", "no:cacheprovider", "-p", "no:django"), **options)

    return make


def test_a_report_is_counted_with_errors_as_failures(tmp_path):
    path = tmp_path / "report.xml"
    path.write_text(REPORT)
    outcome = read_report("it", path)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (6, 3, 1)
    assert outcome.left_out == Counter({"no such folder": 1})


@pytest.mark.parametrize(
    ("text", "counts"), [(PASSING, (1, 0, 0)), (FAILING, (1, 1, 0)), (LEFT_OUT, (0, 0, 1))]
)
def test_a_suite_is_run_and_counted(suite, text, counts):
    outcome = suite(text).run(live=False)
    assert (outcome.passed, outcome.failed, outcome.skipped) == counts


def test_a_suite_that_breaks_before_its_first_test_has_failed(suite):
    outcome = suite("import nothing_like_this\n").run(live=False)
    assert outcome.failed == 1
    assert "nothing_like_this" in outcome.output


def test_a_suite_that_matches_nothing_has_not_failed(suite):
    outcome = suite("").run(live=False)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (0, 0, 0)


def test_a_suite_that_cannot_run_is_left_out_with_its_size_and_the_reason(suite):
    outcome = suite(FAILING, lacks=lambda: "no browser").run(live=False)
    assert (outcome.passed, outcome.failed, outcome.skipped) == (0, 0, 2)
    assert outcome.left_out == Counter({"no browser": 2})


@pytest.mark.parametrize(("command", "failed"), [(("true",), 0), (("false",), 1)])
def test_a_check_passes_or_fails_as_a_whole(command, failed):
    outcome = Check("it", command).run(live=False)
    assert (outcome.passed, outcome.failed) == (1 - failed, failed)


def test_the_last_line_is_the_total_alone(capsys):
    run.summarise([Outcome("a", 3, 0, 1, left_out=Counter({"no cuffs": 1})), Outcome("b", 2, 1, 0)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "5 passed, 1 failed, 1 skipped"
    assert "     1  no cuffs" in lines


def arguments(**given):
    return argparse.Namespace(**{"paths": [], "k": None, "fast": True, "x": False, **given})


def test_fast_leaves_postgresql_spark_and_the_browser_to_others():
    names = [part.name for group in run.groups(arguments(), None) for part in group]
    assert "tests on SQLite" in names and "lint (ruff)" in names
    assert not [name for name in names if "PostgreSQL" in name or "Spark" in name or "browser" in name]


def test_choosing_tests_leaves_out_the_checks():
    names = [part.name for group in run.groups(arguments(k="road"), None) for part in group]
    assert names == ["tests on SQLite", "the library"]


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("src/osteon/rules", ["tests on SQLite"]),
        ("src/osteon/library/search", ["tests on SQLite", "the library"]),
    ],
)
def test_choosing_a_folder_asks_the_library_only_for_its_own(path, parts):
    found = run.groups(arguments(paths=[path]), None)
    assert [part.name for group in found for part in group] == parts


def test_every_marked_test_belongs_to_exactly_one_part():
    (sqlite,) = run.groups(arguments(k="x"), None)[0]
    for mark in ("journey", "postgres", "spark"):
        assert f"not {mark}" in sqlite.arguments[sqlite.arguments.index("-m") + 1]
    assert run.spark(()).arguments == ("-m", "spark")
    assert run.journeys(()).arguments == ("-m", "journey")


def test_the_library_is_tested_with_settings_of_its_own():
    part = run.library(("src/osteon/library/pages",))
    assert part.environment == {"DJANGO_SETTINGS_MODULE": "osteon.site.settings.library_test"}
    assert part.arguments[-1] == "src/osteon/library/pages"


def test_nothing_matched_is_wrong_use(monkeypatch, capsys):
    monkeypatch.setattr(run, "groups", lambda args, stack: [])
    with pytest.raises(WrongUse, match="No test matched"):
        run.run(arguments())
    assert capsys.readouterr().out.endswith("0 passed, 0 failed, 0 skipped\n")


def test_a_missing_browser_is_a_reason_where_nobody_may_install_it(monkeypatch):
    monkeypatch.setattr(tools, "find_chromium", lambda: None)
    monkeypatch.setattr(tools.os, "geteuid", lambda: 1000)
    assert "Chromium" in tools.ensure_chromium()


def test_a_browser_that_is_there_needs_no_reason(monkeypatch):
    monkeypatch.setattr(tools, "find_chromium", lambda: "/usr/bin/chromium")
    assert tools.ensure_chromium() is None


def test_what_pip_could_not_bring_is_named():
    assert tools.lacking("json") is None
    assert "no_such_module" in tools.lacking("json", "no_such_module")
