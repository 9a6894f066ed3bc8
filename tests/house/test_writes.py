"""Nobody writes a clinical row past its history: simple-history does not see ``update`` and ``bulk_create``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

from osteon.service.patients.facts import Versioned
from tests.house.source import SRC, is_test, python_files, short, tree

SILENT = {"bulk_create", "bulk_update", "update", "delete", "update_or_create", "get_or_create"}
IMPORTS = "src/osteon/service/imports/"


def clinical_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Versioned)]


def root_name(node: ast.expr) -> str:
    """``Patient`` of ``Patient.objects.filter(...).update``."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def silent_writes(module: ast.Module, names: set[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(module):
        method = node.func if isinstance(node, ast.Call) else None
        silent = isinstance(method, ast.Attribute) and method.attr in SILENT
        if silent and root_name(method.value) in names:
            yield node.lineno, method.attr


def test_the_search_sees_a_bulk_write():
    module = ast.parse("Patient.objects.filter(pk=1).update(sex='female')\nnames.update(a=1)")
    assert list(silent_writes(module, {"Patient"})) == [(1, "update")]


def test_no_clinical_row_is_written_past_its_history():
    names = {model.__name__ for model in clinical_models() if hasattr(model, "history")}
    assert names >= {"Patient", "Episode", "Finding", "Result", "Course"}
    found = [
        f"{short(path)}:{line} {verb}"
        for path in python_files(SRC)
        if not is_test(path)
        for line, verb in silent_writes(tree(path), names)
    ]
    assert found == []


def test_bulk_writes_with_history_happen_in_the_imports_only():
    users = {
        short(path)
        for path in python_files(SRC)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name | ast.Attribute | ast.alias)
        and "_with_history" in str(getattr(node, "id", getattr(node, "attr", getattr(node, "name", ""))))
    }
    assert {path for path in users if not path.startswith(IMPORTS)} == set()


@pytest.mark.parametrize("model", clinical_models(), ids=lambda model: model._meta.label)
def test_every_clinical_row_keeps_its_history_or_says_who_and_when(model):
    keeps_history = hasattr(model, "history")
    names = {field.name for field in model._meta.fields}
    assert keeps_history or names & {"created_by", "written_by", "recorded_by"}
    assert {"public_id", "version"} <= names


@pytest.mark.parametrize("model", clinical_models(), ids=lambda model: model._meta.label)
def test_nothing_clinical_disappears_with_something_else(model):
    for field in model._meta.fields:
        if isinstance(field, models.ForeignKey):
            assert field.remote_field.on_delete is not models.CASCADE, f"{model._meta.label}.{field.name}"
