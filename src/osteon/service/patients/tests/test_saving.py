"""From a posted form to an action and back."""

from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from osteon.service.forms import BooleanField, CharField, ChoiceField, DateField, MomentField, NHSForm
from osteon.service.patients.facts import Refused, StaleEdit
from osteon.service.patients.saving import VersionField, newer, posted, said, saved


class NoteForm(NHSForm):
    note = CharField(label="Note")
    version = VersionField()

    @staticmethod
    def initial_of(row):
        return {"note": row.note, "version": row.version}


def form(**data):
    typed = QueryDict(mutable=True)
    typed.update({"note": "mine", "version": "1", **data})
    typed._mutable = False
    return NoteForm(typed)


def refusing(error):
    def act(_cleaned):
        raise error

    return act


class Row:
    """Enough of a versioned row for a stale save."""

    note, version = "theirs", 3
    _meta = SimpleNamespace(verbose_name="note")

    @property
    def history(self):
        last = SimpleNamespace(history_user=None, history_date=timezone.now())
        chain = SimpleNamespace(first=lambda: last)
        ordered = SimpleNamespace(order_by=lambda *_: chain)
        return SimpleNamespace(select_related=lambda *_: ordered)


def test_a_valid_form_is_acted_on_with_its_version_as_a_number():
    assert saved(form(), lambda cleaned: (cleaned["note"], cleaned["version"])) == ("mine", 1)


def test_an_invalid_form_is_not_acted_on():
    assert saved(form(note=""), refusing(AssertionError)) is None


@pytest.mark.parametrize("error", [Refused("It cannot be."), ValidationError("It cannot be.")])
def test_what_is_refused_becomes_an_error_of_the_form(error):
    typed = form()
    assert saved(typed, refusing(error)) is None
    assert "It cannot be." in str(typed.error_summary())
    assert newer(typed) == {}


def test_a_stale_save_shows_both_versions_and_can_be_repeated():
    typed = form()
    assert saved(typed, refusing(StaleEdit(current=Row(), attempted={}))) is None
    shown = newer(typed)
    assert shown["rows"] == [{"name": "Note", "theirs": "theirs", "yours": "mine"}]
    assert shown["by"] == "Osteon"
    assert (typed["version"].value(), typed["note"].value()) == ("3", "mine")


@pytest.mark.parametrize("version", ["x", "-1", "", "1.0", "٣"])
def test_a_damaged_version_is_an_error(version):
    assert not form(version=version).is_valid()


def test_only_a_post_is_posted():
    post = QueryDict("")
    assert posted(SimpleNamespace(method="POST", POST=post)) is post
    assert posted(SimpleNamespace(method="GET", POST=post)) is None


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        (CharField(), "", "not given"),
        (CharField(), None, "not given"),
        (CharField(), 0, "0"),
        (BooleanField(), True, "yes"),
        (BooleanField(), False, "no"),
        (ChoiceField(choices=[("a", "An answer")]), "a", "An answer"),
        (ChoiceField(choices=[("g", [("b", "In a group")])]), "b", "In a group"),
        (ChoiceField(choices=[("a", "An answer")]), "gone", "gone"),
        (DateField(), timezone.datetime(2026, 11, 3).date(), "Tue 3 Nov 2026"),
        (
            MomentField(),
            timezone.datetime(2026, 7, 3, 7, 12, tzinfo=timezone.get_fixed_timezone(0)),
            "Fri 3 Jul 2026, 08:12",
        ),
    ],
)
def test_a_value_is_said_in_words(field, value, words):
    assert said(field, value) == words
