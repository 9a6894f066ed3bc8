"""Every column that is stored is classed: who reads an export, or a copy for research, can be told what is in it.

``privacy.csv`` has one row per column: identifying (names somebody, or may: names, numbers, addresses, free
text), clinical (about a patient's health) or administrative. History tables repeat the columns of their
originals and are classed with them.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

TABLE = Path(__file__).with_name("privacy.csv")
CLASSES = {"identifying", "clinical", "administrative"}


def rows() -> list[tuple[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["column"], row["class"]) for row in csv.DictReader(file)]


def columns() -> Iterator[str]:
    for model in apps.get_models(include_auto_created=True):
        ours = model.__module__.startswith("osteon.") and not hasattr(model, "history_object")
        for field in model._meta.concrete_fields if ours else ():
            yield f"{model._meta.label_lower}.{field.name}"


def test_every_stored_column_is_classed():
    missing = sorted(set(columns()) - {column for column, _ in rows()})
    assert missing == [], "add these columns to tests/house/privacy.csv"


def test_no_class_is_given_to_a_column_that_is_gone():
    assert sorted({column for column, _ in rows()} - set(columns())) == []


def test_every_class_is_one_of_three_and_given_once():
    assert {kind for _, kind in rows()} <= CLASSES
    assert [column for column, count in Counter(column for column, _ in rows()).items() if count > 1] == []


def test_free_text_counts_as_identifying():
    """A sentence somebody typed may name anybody."""
    classed = dict(rows())
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            column = f"{model._meta.label_lower}.{field.name}"
            if column in classed and isinstance(field, models.TextField):
                assert classed[column] == "identifying", column


def test_what_names_a_patient_counts_as_identifying():
    classed = dict(rows())
    for field in ("family_name", "given_name", "birth_date", "telephone", "address"):
        assert classed[f"patients.patient.{field}"] == "identifying"
    assert classed["patients.patientidentifier.value"] == "identifying"
