import pytest

from osteon.site import opening
from osteon.site.commands.errors import Stop
from osteon.site.home import Home

SECRET, DATABASE = {"OSTEON_SECRET_KEY": "x"}, {"OSTEON_DATABASE_URL": "postgresql://h/d"}


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path)


@pytest.mark.parametrize(
    ("needs", "note", "environ", "kind"),
    [
        ("demo", None, {}, "demonstration"),
        ("demo", "unit", SECRET, "demonstration"),  # and is refused for it, below
        ("unit", None, {}, "unit"),
        ("unit", "demonstration", {}, "unit"),
        ("home", None, {}, "demonstration"),
        ("home", None, SECRET, "unit"),
        ("home", None, DATABASE, "unit"),
        ("home", "demonstration", SECRET, "demonstration"),
        ("home", "unit", {}, "unit"),
    ],
)
def test_the_verb_then_the_homes_note_then_the_surroundings_say_what_it_is(needs, note, environ, kind, home):
    if note:
        home.write_note(note)
    assert opening.kind_for(needs, home, environ) == kind


def test_a_demonstration_is_refused_in_a_units_home(home):
    home.write_note("unit")
    with pytest.raises(Stop, match="holds a unit's record"):
        opening.refuse_mixing("demonstration", home, {})
    opening.refuse_mixing("unit", home, {})


def test_a_demonstration_is_refused_a_database_that_somebody_names(home):
    with pytest.raises(Stop, match="OSTEON_DATABASE_URL is set"):
        opening.refuse_mixing("demonstration", home, DATABASE)
    opening.refuse_mixing("unit", home, DATABASE)


def test_the_demonstration_never_runs_with_settings_that_the_surroundings_name(home, monkeypatch):
    monkeypatch.setenv("OSTEON_HOME", str(home.folder))
    monkeypatch.delenv("OSTEON_DATABASE_URL", raising=False)
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "hospital.settings")
    opening.choose_settings("home")
    assert opening.os.environ["DJANGO_SETTINGS_MODULE"] == "hospital.settings"
    opening.choose_settings("demo")
    assert opening.os.environ["DJANGO_SETTINGS_MODULE"] == "osteon.site.settings.demo"


@pytest.fixture
def upgrades(monkeypatch):
    done = []
    monkeypatch.setattr(opening, "upgrade", done.append)
    return done


@pytest.mark.parametrize(
    ("kind", "waiting", "is_new", "upgraded"),
    [
        ("demonstration", 0, False, False),
        ("demonstration", 3, False, True),
        ("demonstration", 3, True, True),
        ("unit", 0, False, False),
        ("unit", 3, True, True),
    ],
)
def test_what_is_new_or_a_demonstration_is_made_ready(
    kind, waiting, is_new, upgraded, home, upgrades, monkeypatch
):
    monkeypatch.setattr(opening, "opened_kind", lambda: kind)
    monkeypatch.setattr(opening, "waiting", lambda: waiting)
    monkeypatch.setattr(opening, "is_new", lambda: is_new)
    opening.make_ready(home)
    assert upgrades == ([home] if upgraded else [])
    assert upgraded or home.kind == kind


def test_a_units_older_record_is_left_alone_and_pointed_to_upgrade(home, upgrades, monkeypatch):
    monkeypatch.setattr(opening, "opened_kind", lambda: "unit")
    monkeypatch.setattr(opening, "waiting", lambda: 3)
    monkeypatch.setattr(opening, "is_new", lambda: False)
    with pytest.raises(Stop, match=r"3 changes to its tables wait.*\n.*osteon upgrade"):
        opening.make_ready(home)
    assert upgrades == []
