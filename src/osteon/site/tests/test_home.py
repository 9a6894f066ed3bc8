import os
import sqlite3
import subprocess
import sys

import pytest

from osteon import __version__
from osteon.site.home import Home


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


def with_table(home, *values):
    connection = sqlite3.connect(home.record)
    with connection:
        connection.execute("CREATE TABLE t (n INTEGER)")
        connection.executemany("INSERT INTO t VALUES (?)", [(value,) for value in values])
    connection.close()


def test_a_folder_that_was_never_opened_has_neither_kind_nor_version(home):
    assert (home.kind, home.version) == (None, None)


@pytest.mark.parametrize("kind", ["demonstration", "unit"])
def test_the_note_says_what_the_home_is_for_and_who_opened_it_last(home, kind):
    home.write_note(kind)
    assert (home.kind, home.version) == (kind, __version__)
    assert [path.name for path in home.folder.iterdir()] == ["home.json"]


@pytest.mark.parametrize("text", ["", "not json", '{"kind": "something else"}'])
def test_a_note_that_cannot_be_read_gives_no_kind(home, text):
    home.note.write_text(text)
    assert home.kind is None


def test_a_copy_of_the_record_holds_what_the_record_held(home):
    with_table(home, 1, 2, 3)
    copy = home.copy_record()
    assert copy.parent == home.folder / "copies"
    assert sqlite3.connect(copy).execute("SELECT sum(n) FROM t").fetchone() == (6,)
    assert copy.stat().st_mode & 0o077 == 0


def test_a_home_without_a_record_has_nothing_to_copy(home):
    assert home.copy_record() is None


def test_emptying_keeps_the_safety_copies(home):
    with_table(home, 1)
    home.write_note("demonstration")
    (home.folder / "logs").mkdir()
    copy = home.copy_record()
    home.empty()
    assert [path.name for path in home.folder.iterdir()] == ["copies"]
    assert copy.exists()


def test_free_space_is_counted_in_bytes(home):
    assert home.free_bytes() > 1_000_000


# From here on with a real home, a real database and the real command, as somebody would.


def surroundings(folder, **more):
    """Nothing of the tests' own settings or database."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("OSTEON", "DJANGO"))}
    return clean | {"OSTEON_HOME": str(folder), **more}


def osteon(folder, *words, **more):
    environment = surroundings(folder, **more)
    return subprocess.run(
        [sys.executable, "-m", "osteon", *words], capture_output=True, text=True, env=environment
    )


def migrate(folder, *words):
    code = "import sys; from django.core.management import execute_from_command_line as e; e(['', 'migrate', *sys.argv[1:]])"
    environment = {
        **os.environ,
        "OSTEON_HOME": str(folder),
        "DJANGO_SETTINGS_MODULE": "osteon.site.settings.demo",
    }
    subprocess.run([sys.executable, "-c", code, *words], check=True, capture_output=True, env=environment)


def tables(folder):
    connection = sqlite3.connect(folder / "osteon.sqlite3")
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_upgrade_brings_a_new_home_to_this_version_and_then_has_nothing_to_do(tmp_path):
    assert osteon(tmp_path, "upgrade", "--check").returncode == 1
    first, second = osteon(tmp_path, "upgrade"), osteon(tmp_path, "upgrade")
    assert first.returncode == second.returncode == 0
    assert "up to date" in first.stdout and "changes made" not in second.stdout
    assert {"patients_patient", "worklist_alert"} <= tables(tmp_path)
    assert Home(tmp_path).kind == "demonstration"


def test_upgrade_keeps_what_an_earlier_version_wrote_and_copies_it_first(tmp_path):
    migrate(tmp_path, "accounts")  # all that a first, smaller version had
    assert "worklist_alert" not in tables(tmp_path)
    with sqlite3.connect(tmp_path / "osteon.sqlite3") as connection:
        connection.execute("INSERT INTO accounts_team (name, slug) VALUES ('Limb', 'limb')")
    done = osteon(tmp_path, "upgrade")
    assert done.returncode == 0 and "Safety copy" in done.stdout
    assert "worklist_alert" in tables(tmp_path)
    for path in (tmp_path / "osteon.sqlite3", *(tmp_path / "copies").glob("*.sqlite3")):
        assert sqlite3.connect(path).execute("SELECT name FROM accounts_team").fetchall() == [("Limb",)]


def test_a_units_record_of_an_earlier_version_is_never_upgraded_unasked(tmp_path):
    migrate(tmp_path, "accounts")
    Home(tmp_path).write_note("unit")
    secrets = {"OSTEON_SECRET_KEY": "x" * 50, "OSTEON_ALLOWED_HOSTS": "localhost"}
    done = osteon(tmp_path, "worker", "--once", **secrets)
    assert done.returncode == 1
    assert "earlier version" in done.stderr and "./osteon upgrade" in done.stderr
    assert "worklist_alert" not in tables(tmp_path)


def test_the_demonstration_refuses_a_units_home(tmp_path):
    Home(tmp_path).write_note("unit")
    done = osteon(tmp_path, "demo")
    assert done.returncode == 1
    assert "holds a unit's record" in done.stderr and "OSTEON_HOME=" in done.stderr
    assert not (tmp_path / "osteon.sqlite3").exists()


def test_the_demonstration_refuses_a_database_that_somebody_names(tmp_path):
    done = osteon(tmp_path, "demo", OSTEON_DATABASE_URL="postgresql://hospital/record")
    assert done.returncode == 1
    assert "OSTEON_DATABASE_URL is set" in done.stderr


def test_a_unit_is_asked_for_its_secrets(tmp_path):
    done = osteon(tmp_path, "serve")
    assert done.returncode == 2
    assert "OSTEON_SECRET_KEY is not set" in done.stderr and "Traceback" not in done.stderr


def test_a_home_that_cannot_be_made_is_told_with_what_to_do(tmp_path):
    (tmp_path / "a file").write_text("")
    done = osteon(tmp_path / "a file" / "home", "upgrade")
    assert done.returncode == 1
    assert "cannot be made or used" in done.stderr and "OSTEON_HOME=~/osteon" in done.stderr
    checked = osteon(tmp_path / "a file" / "home", "doctor")
    assert checked.returncode == 1 and "off       home: " in checked.stdout


def test_a_named_database_is_a_units_and_asks_for_the_units_secrets(tmp_path):
    done = osteon(tmp_path, "worker", "--once", OSTEON_DATABASE_URL="postgresql://u@127.0.0.1:1/x")
    assert done.returncode == 2
    assert "OSTEON_SECRET_KEY is not set" in done.stderr
