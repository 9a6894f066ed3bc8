"""Settings as a person meets them: what must be given, what is made, what the error says."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from osteon.site.settings.environment import (
    ALLOWED_HOSTS_HELP,
    MISSING_KEY_HELP,
    Environment,
    database,
    kept_secret,
)


def loaded(module, home, expression, **variables):
    """``expression`` over a settings module loaded in a fresh process with exactly these variables."""
    code = f"import osteon.site.settings.{module} as s; print({expression})"
    environment = {"PYTHONPATH": "src", "OSTEON_HOME": str(home), "PATH": os.environ["PATH"], **variables}
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


GIVEN = {"OSTEON_SECRET_KEY": "k" * 60, "OSTEON_ALLOWED_HOSTS": "osteon.example, www.osteon.example"}


def test_missing_variable_is_explained_in_a_paragraph():
    with pytest.raises(ImproperlyConfigured) as raised:
        Environment({}).required("OSTEON_SECRET_KEY", MISSING_KEY_HELP)
    assert "OSTEON_SECRET_KEY" in str(raised.value)
    assert "secrets.token_urlsafe" in str(raised.value)


def test_blank_variable_is_missing():
    with pytest.raises(ImproperlyConfigured):
        Environment({"OSTEON_ALLOWED_HOSTS": "  "}).required("OSTEON_ALLOWED_HOSTS", ALLOWED_HOSTS_HELP)


def test_list_is_split_at_commas():
    assert Environment({"X": " a, b,,c "}).listed("X") == ["a", "b", "c"]
    assert Environment({}).listed("X") == []


def test_number_that_is_none_is_explained():
    assert Environment({}).number("X", 12) == 12
    assert Environment({"X": "3"}).number("X", 12) == 3
    with pytest.raises(ImproperlyConfigured, match="X should be a whole number; it is 'many'"):
        Environment({"X": "many"}).number("X", 12)


def test_home_is_made_for_its_owner_only(tmp_path):
    home = Environment({"OSTEON_HOME": str(tmp_path / "deep" / "home")}).home()
    assert home.is_dir()
    assert home.stat().st_mode & 0o077 == 0


def test_home_defaults_to_the_data_folder(tmp_path):
    assert Environment({"XDG_DATA_HOME": str(tmp_path)}).home() == tmp_path / "osteon"


def test_kept_secret_is_made_once_and_for_its_owner_only(tmp_path):
    secret = kept_secret(tmp_path)
    assert len(secret) > 60
    assert kept_secret(tmp_path) == secret
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_two_homes_have_two_secrets(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert kept_secret(tmp_path / "a") != kept_secret(tmp_path / "b")


def test_database_is_a_file_in_the_home_unless_named(tmp_path):
    settings = database("", tmp_path)
    assert settings["NAME"] == tmp_path / "osteon.sqlite3"
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in settings["OPTIONS"]["init_command"]


def test_database_address_is_taken_apart(tmp_path):
    settings = database("postgresql://osteon:p%40ss%2Fword@db.example:5433/record?sslmode=require", tmp_path)
    assert settings["ENGINE"] == "django.db.backends.postgresql"
    assert (settings["NAME"], settings["USER"], settings["PASSWORD"]) == ("record", "osteon", "p@ss/word")
    assert (settings["HOST"], settings["PORT"]) == ("db.example", "5433")
    assert settings["OPTIONS"] == {"sslmode": "require"}


def test_database_address_may_name_a_socket(tmp_path):
    settings = database("postgresql:///record?host=/run/postgresql", tmp_path)
    assert (settings["HOST"], settings["NAME"]) == ("/run/postgresql", "record")


def test_foreign_database_is_refused_without_printing_the_password(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="postgresql://") as raised:
        database("mysql://user:secret@host/db", tmp_path)
    assert "secret" not in str(raised.value)


@pytest.mark.django_db
def test_connection_enforces_foreign_keys():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL always enforces foreign keys")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys")
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize("missing", GIVEN)
def test_production_asks_for_what_it_needs(tmp_path, missing):
    given = {name: value for name, value in GIVEN.items() if name != missing}
    done = loaded("production", tmp_path, "s.SECRET_KEY", **given)
    assert done.returncode != 0
    assert f"{missing} is not set" in done.stderr


def test_production_makes_up_no_secret(tmp_path):
    done = loaded("production", tmp_path, "s.SECRET_KEY", **GIVEN)
    assert done.stdout.strip() == GIVEN["OSTEON_SECRET_KEY"]
    assert not (tmp_path / "secret-key").exists()


def test_production_is_locked_down(tmp_path):
    names = [
        "DEBUG",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "OSTEON_REQUIRE_SECOND_FACTOR",
        "OSTEON_DEMONSTRATION",
        "OSTEON_GALLERY",
    ]
    done = loaded("production", tmp_path, f"[getattr(s, name) for name in {names}]", **GIVEN)
    assert done.stdout.strip() == "[False, True, True, True, True, False, False]"


def test_production_passes_the_deployment_check(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={
            "PYTHONPATH": "src",
            "OSTEON_HOME": str(tmp_path),
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "osteon.site.settings.production",
            **GIVEN,
            "OSTEON_SECRET_KEY": "aB3-" + "xyzq0123456789" * 5,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_production_reads_its_database_and_its_hosts(tmp_path):
    given = GIVEN | {"OSTEON_DATABASE_URL": "postgresql://a:b@db/record"}
    done = loaded("production", tmp_path, "s.DATABASES['default']['HOST'], s.ALLOWED_HOSTS", **given)
    assert done.stdout.strip() == "db ['osteon.example', 'www.osteon.example']"


def test_demonstration_starts_with_nothing_given_and_only_for_this_machine(tmp_path):
    done = loaded("demo", tmp_path, "len(s.SECRET_KEY), s.OSTEON_DEMONSTRATION, s.ALLOWED_HOSTS")
    assert done.stdout.strip() == "86 True ['localhost', '127.0.0.1', '[::1]']"


def test_two_homes_share_no_file(tmp_path):
    expression = "s.DATABASES['default']['NAME'], s.MEDIA_ROOT, s.STATIC_ROOT, s.EMAIL_FILE_PATH"
    done = loaded("demo", tmp_path / "one", expression)
    assert done.stdout.count(str(tmp_path / "one")) == 4


def test_tests_never_use_the_home_of_who_runs_them(tmp_path):
    done = loaded("test", tmp_path / "mine", "s.OSTEON_HOME")
    assert str(tmp_path) not in done.stdout
    assert not (tmp_path / "mine").exists()
