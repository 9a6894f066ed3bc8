"""The Spanish of the frame, the way in, accounts and forms is whole, compiled, and says the same things."""

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation

CATALOGUE = Path(settings.LOCALE_PATHS[0]) / "es" / "LC_MESSAGES" / "django.po"
PACKAGE = settings.OSTEON_PACKAGE
TRANSLATED = [
    "site/templates/account",
    "site/templates/errors",
    "site/templates/forms",
    "site/templates/layouts",
    "site/templates/mfa",
    "service/accounts/templates",
]
PLACE = re.compile(r"%\(\w+\)s")


def entries() -> Iterator[dict[str, str]]:
    """The entries of the .po file: ``{"msgid": ..., "msgstr": ...}`` or with plural forms."""
    for block in CATALOGUE.read_text().split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        pairs = (line.split(" ", 1) for line in lines if not line.startswith('"'))
        entry = {name: ast.literal_eval(text) for name, text in pairs}
        if entry.get("msgid"):
            yield entry


ENTRIES = list(entries())
KNOWN = {entry["msgid"] for entry in ENTRIES}


def templates() -> list[Path]:
    return [path for folder in TRANSLATED for path in sorted((PACKAGE / folder).rglob("*.*"))]


def wrongly_filled(entry: dict[str, str]) -> bool:
    originals = [entry["msgid"], entry.get("msgid_plural", entry["msgid"])]
    places = [set(PLACE.findall(original)) for original in originals]
    forms = [text for name, text in entry.items() if name.startswith("msgstr")]
    return any(not text.strip() or set(PLACE.findall(text)) not in places for text in forms)


def test_every_translation_is_there_and_fills_in_the_same_things():
    assert len(ENTRIES) > 300
    assert [entry["msgid"] for entry in ENTRIES if wrongly_filled(entry)] == []


def test_translation_that_fills_in_something_else_would_be_found():
    assert wrongly_filled({"msgid": "%(num)s codes", "msgstr": "%(nun)s códigos"})
    assert wrongly_filled({"msgid": "codes", "msgstr": " "})


def test_compiled_catalogue_is_the_written_one():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in ENTRIES:
        if "msgid_plural" in entry:
            for count, form in ((1, "msgstr[0]"), (2, "msgstr[1]")):
                assert compiled.ngettext(entry["msgid"], entry["msgid_plural"], count) == entry[form]
        else:
            assert compiled.gettext(entry["msgid"]) == entry["msgstr"]


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.name)
def test_every_word_of_the_way_in_and_of_accounts_is_translated(path):
    found = engines["jinja"].env.extract_translations(path.read_text())
    words = {message if isinstance(message, str) else message[0] for _line, _function, message in found}
    assert words - KNOWN == set()


def test_no_word_stands_outside_gettext_on_the_way_in():
    """A heading or paragraph that begins with a letter was typed straight into the template."""
    typed = re.compile(r"<(?:h1|h2|p|li|button|dt|summary|label)[^>]*>\s*[A-Za-z]{2,}")
    found = {path.name for path in templates() if typed.search(path.read_text())}
    assert found == set()


def test_sign_in_speaks_spanish_to_a_spanish_browser(client, db):
    page = client.get("/sign-in/", headers={"accept-language": "es-ES,es;q=0.9"}).content.decode()
    assert '<html lang="es"' in page
    assert "Entrar en Osteon" in page
    assert "English" in page


def test_plural_follows_the_number():
    with translation.override("es"):
        assert (
            translation.ngettext("%(num)s code is left.", "%(num)s codes are left.", 1)
            == "Queda %(num)s código."
        )
        assert (
            translation.ngettext("%(num)s code is left.", "%(num)s codes are left.", 3)
            == "Quedan %(num)s códigos."
        )
