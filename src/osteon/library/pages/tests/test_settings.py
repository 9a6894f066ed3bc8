"""The library is a site of its own: nothing of the record can be reached from its process."""

from __future__ import annotations

import importlib
import sqlite3
import subprocess
import sys

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection

CLINICAL = ["accounts", "patients", "results", "courses", "imports", "worklist"]


@pytest.mark.parametrize("app", CLINICAL)
def test_settings_install_nothing_clinical(app):
    assert not [name for name in settings.INSTALLED_APPS if name.startswith("osteon.service")]
    assert not apps.is_installed(f"osteon.service.{app}")


@pytest.mark.parametrize("app", CLINICAL)
def test_a_clinical_model_cannot_be_imported(app):
    with pytest.raises(RuntimeError, match="isn't in an application in INSTALLED_APPS"):
        importlib.import_module(f"osteon.service.{app}.models")


def test_the_database_the_secret_and_the_files_are_its_own():
    names = (connection.settings_dict["NAME"], settings.MEDIA_ROOT, settings.LIBRARY_CASE_FILES)
    assert all(str(name).startswith(str(settings.LIBRARY_HOME)) for name in names)
    assert settings.LIBRARY_HOME.parent / "library" == settings.LIBRARY_HOME
    assert (settings.LIBRARY_HOME / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.django_db
def test_the_database_holds_no_table_of_the_record():
    tables = connection.introspection.table_names()
    assert "pages_topicpage" in tables
    assert not [name for name in tables if name.startswith(("patients_", "results_", "accounts_"))]


def test_case_files_are_not_below_what_the_web_server_gives_out():
    for folder in (settings.MEDIA_ROOT, settings.STATIC_ROOT):
        assert not settings.LIBRARY_CASE_FILES.is_relative_to(folder)


def test_the_clinical_site_loads_no_wagtail():
    program = (
        "import django, sys; django.setup(); import osteon.site.urls; "
        "sys.exit(any(name.split('.')[0] in ('wagtail', 'modelcluster') for name in sys.modules))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "osteon.site.settings.test", "PYTHONPATH": ":".join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_sqlite_waits_for_its_turn_instead_of_failing():
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert sqlite3.sqlite_version_info >= (3, 35)
