import subprocess
import sys
from types import SimpleNamespace

import pytest

from osteon.events.report import SourceRefused
from osteon.site.commands import GROUPS, VERBS, dispatcher
from osteon.site.commands.errors import Stop, WrongUse


@pytest.fixture
def verb(monkeypatch):
    """Lets a test say what the module of the verb ``rules`` does."""

    def stand_in(run, doc="What it is for."):
        module = SimpleNamespace(
            __doc__=doc, run=run, add_arguments=lambda parser: parser.add_argument("--n", type=int)
        )
        monkeypatch.setattr(dispatcher, "load", lambda verb, wants_help: module)

    return stand_in


def test_alone_it_lists_every_verb_with_one_line(capsys):
    assert dispatcher.main([]) == 0
    listing = capsys.readouterr().out
    for name, entry in VERBS.items():
        assert f"  {name:<10} {entry.summary}\n" in listing
    assert all(title in listing for title in GROUPS)


@pytest.mark.parametrize("word", ["help", "-h", "--help"])
def test_asking_for_help_lists_the_verbs(word, capsys):
    assert dispatcher.main([word]) == 0
    assert "usage: ./osteon VERB" in capsys.readouterr().out


def test_the_version_is_told(capsys):
    assert dispatcher.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("Osteon 0.")


def test_an_unknown_verb_is_wrong_use_and_names_the_nearest(capsys):
    assert dispatcher.main(["evalute"]) == 2
    assert "Did you mean ./osteon evaluate?" in capsys.readouterr().err


def test_an_unknown_verb_like_no_other_points_to_the_list(capsys):
    assert dispatcher.main(["xyzzy"]) == 2
    assert "./osteon alone lists the verbs" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "code"), [("demo", 0), ("dmo", 2)])
def test_the_launcher_can_ask_whether_a_verb_exists(name, code):
    assert dispatcher.main(["--known", name]) == code


def test_what_the_launcher_does_itself_is_not_done_here(capsys):
    assert dispatcher.main(["add", "spark"]) == 2
    assert "./osteon add" in capsys.readouterr().err


def test_the_exit_code_is_the_verbs_own(verb):
    verb(lambda args: 1)
    assert dispatcher.main(["rules"]) == 1


def test_arguments_reach_the_verb(verb):
    verb(lambda args: args.n)
    assert dispatcher.main(["rules", "--n", "0"]) == 0


def test_a_wrong_argument_is_wrong_use(verb, capsys):
    verb(lambda args: 0)
    with pytest.raises(SystemExit) as end:
        dispatcher.main(["rules", "--n", "many"])
    assert end.value.code == 2
    assert "./osteon rules" in capsys.readouterr().err


def test_the_help_of_a_verb_is_its_docstring(verb, capsys):
    verb(lambda args: 0, doc="\nCounts sheep.\n\n  one line per sheep\n")
    with pytest.raises(SystemExit) as end:
        dispatcher.main(["rules", "--help"])
    assert end.value.code == 0
    assert "Counts sheep.\n\n  one line per sheep" in capsys.readouterr().out


def failing(error):
    def run(args):
        raise error

    return run


class ForPeople(Exception):
    for_people = True


class OperationalError(Exception):
    """Named like Django's."""


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (Stop("No.", "Try yes."), 1, "osteon: No.\nTry yes.\n"),
        (WrongUse("Not so."), 2, "osteon: Not so.\n"),
        (SourceRefused("x.json.gz is cut short"), 1, "osteon: x.json.gz is cut short\n"),
        (ForPeople("The door is locked."), 1, "osteon: The door is locked.\n"),
        (
            FileNotFoundError(2, "No such file or directory", "a.json"),
            2,
            "osteon: a.json: No such file or directory\n",
        ),
    ],
)
def test_a_known_trouble_is_told_in_its_own_words(error, code, words, verb, capsys):
    verb(failing(error))
    assert dispatcher.main(["rules"]) == code
    assert capsys.readouterr().err == words


def test_an_unknown_trouble_shows_no_traceback_but_says_how_to_get_one(verb, capsys, monkeypatch):
    monkeypatch.delenv("OSTEON_DEBUG", raising=False)
    verb(failing(ZeroDivisionError("division by zero")))
    assert dispatcher.main(["rules"]) == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError: division by zero" in said and "OSTEON_DEBUG=1" in said
    assert "Traceback" not in said


def test_a_traceback_is_shown_to_who_asks(verb, capsys, monkeypatch):
    monkeypatch.setenv("OSTEON_DEBUG", "1")
    verb(failing(ZeroDivisionError("division by zero")))
    assert dispatcher.main(["rules"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    "error", [OSError(28, "No space left on device"), OperationalError("database or disk is full")]
)
def test_a_full_disk_is_said_to_be_full(error, verb, capsys):
    verb(failing(error))
    assert dispatcher.main(["rules"]) == 1
    assert "The disk is full" in capsys.readouterr().err


def test_a_database_that_does_not_answer_is_told_without_ceremony(verb, capsys):
    verb(failing(OperationalError("connection refused")))
    assert dispatcher.main(["rules"]) == 1
    assert capsys.readouterr().err.startswith("osteon: The database cannot be used: connection refused")


def test_ctrl_c_is_not_an_error_message(verb, capsys):
    verb(failing(KeyboardInterrupt()))
    assert dispatcher.main(["rules"]) == 130
    assert capsys.readouterr().err == "osteon: stopped.\n"


@pytest.mark.parametrize("name", [name for name, entry in VERBS.items() if entry.needs == "nothing"])
def test_every_verb_that_needs_no_record_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as end:
        dispatcher.main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: ./osteon {name}" in capsys.readouterr().out


def test_listing_the_verbs_loads_neither_django_nor_polars():
    code = (
        "import sys; from osteon.site.commands.dispatcher import main; main([]); print(sorted(sys.modules))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "'django'" not in loaded.stdout and "'polars'" not in loaded.stdout
