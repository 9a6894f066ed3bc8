"""The shape of the code, measured: ../shared/style/README.md, house rules 1, 6, 7 and 11."""

from __future__ import annotations

import ast
import statistics
from collections.abc import Iterator

import pytest

from tests.house.source import FUNCTION, ROOT, SRC, committed, imported_roots, python_files, short, tree

MAY_DEFER = {"apps.py", "dispatcher.py"}
WRITES = {
    "save",
    "delete",
    "create",
    "update",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
}


def functions() -> Iterator[tuple[str, int]]:
    """Every function of the product with its length in lines, without its docstring."""
    for path in python_files():
        for node in ast.walk(tree(path)):
            if isinstance(node, FUNCTION):
                yield f"{short(path)}:{node.lineno} {node.name}", length(node)


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    documented = ast.get_docstring(node) is not None
    docstring = (first.end_lineno - first.lineno + 1) if documented else 0
    return node.end_lineno - node.lineno + 1 - docstring


def test_no_file_is_longer_than_500_lines():
    code = [p for p in committed() if p.suffix == ".py" and "migrations" not in p.parts]
    long = {short(path): n for path in code if (n := len(path.read_text().splitlines())) > 500}
    assert long == {}


def test_functions_are_small():
    lengths = sorted(length for _, length in functions())
    assert statistics.median(lengths) <= 6
    assert lengths[int(0.9 * len(lengths))] <= 22


def test_few_functions_are_longer_than_50_lines():
    long = [name for name, length in functions() if length > 50]
    assert len(long) <= 0.015 * sum(1 for _ in functions()), long


def test_files_are_short_as_a_rule():
    lengths = [n for path in python_files() if (n := len(path.read_text().splitlines()))]
    assert statistics.median(lengths) <= 100


def test_views_hold_no_database_code():
    found = [
        f"{short(path)}:{node.lineno} .{node.attr}"
        for path in python_files()
        if path.name == "views.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and (node.attr == "objects" or _is_write(path, node))
    ]
    assert found == []


def _is_write(path, node: ast.Attribute) -> bool:
    calls = [c for c in ast.walk(tree(path)) if isinstance(c, ast.Call) and c.func is node]
    on_action = isinstance(node.value, ast.Name) and node.value.id == "actions"
    return bool(calls) and node.attr in WRITES and not on_action


def test_nothing_is_imported_inside_a_function():
    found = [
        f"{short(path)}:{node.lineno}"
        for path in python_files()
        if path.name not in MAY_DEFER
        for function in ast.walk(tree(path))
        if isinstance(function, FUNCTION)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert sorted(set(found)) == []


def test_modules_are_loaded_by_name_only_by_the_dispatcher():
    found = [
        f"{short(path)}:{node.lineno}"
        for path in python_files()
        if path.name not in MAY_DEFER
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in ("import_module", "import_string")
    ]
    # The record's streams are named in the settings, so that results and courses need not know each other.
    assert [where for where in found if "service/patients/" not in where] == []


@pytest.mark.parametrize(
    ("library", "home"),
    [("narwhals", "src/osteon/rules"), ("pyspark", "src/osteon/rules"), ("duckdb", "src/osteon/rules")],
)
def test_a_library_stays_in_its_folder(library, home):
    users = {
        short(path)
        for path in python_files()
        for node in ast.walk(tree(path))
        if library in imported_roots(node)
    }
    assert {user for user in users if not user.startswith(home)} == set()


def test_only_settings_are_imported_with_a_star():
    found = [
        short(path)
        for path in python_files(ROOT, tests=True)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]
    assert {path for path in found if "/settings/" not in path} == set()


def test_only_the_settings_and_the_commands_read_the_process_environment():
    allowed = (
        "src/osteon/site/settings/",
        "src/osteon/site/commands/",
        "src/osteon/site/opening.py",
        "src/osteon/site/wsgi.py",
        "src/osteon/rules/engines/spark.py",  # sets JAVA_HOME for the runtime it brings
    )
    found = {
        short(path)
        for path in python_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    }
    assert {path for path in found if not path.startswith(allowed)} == set()


def test_every_folder_of_the_service_uses_the_same_file_names():
    concepts = {p.name for p in (SRC / "service").iterdir() if (p / "apps.py").exists()}
    assert concepts >= {"accounts", "patients", "results", "courses", "imports", "worklist"}
    for concept in concepts:
        for name in ("models.py", "actions.py", "views.py", "urls.py", "tests"):
            assert (SRC / "service" / concept / name).exists(), f"{concept} has no {name}"


def test_nothing_is_left_open():
    words = ("TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error")
    found = [
        f"{short(path)}: {word}"
        for path in python_files(ROOT, tests=True)
        for word in words
        if word in path.read_text()
    ]
    assert found == []
