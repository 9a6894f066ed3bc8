"""The Spanish of every page of the unit is whole, compiled, and says the same things.

What a rule says of a patient is not among it: rules are written, checked and signed in English.
"""

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
CONCEPTS = ["accounts", "patients", "results", "courses", "imports", "worklist", "forms"]
TRANSLATED = [
    *(f"site/templates/{name}" for name in ("account", "components", "errors", "forms", "layouts", "mfa")),
    *(f"service/{name}/templates" for name in CONCEPTS),
]
SAYING = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"}
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


def modules() -> list[Path]:
    found = [path for name in CONCEPTS for path in sorted((PACKAGE / "service" / name).rglob("*.py"))]
    return [path for path in found if "tests" not in path.parts and "migrations" not in path.parts]


def said_in(module: Path) -> set[str]:
    """The words a module gives to gettext."""
    calls = [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in SAYING]
    first = [call.args[0] for call in named if call.args]
    return {node.value for node in first if isinstance(node, ast.Constant) and isinstance(node.value, str)}


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
def test_every_word_of_a_page_is_translated(path):
    found = engines["jinja"].env.extract_translations(path.read_text())
    messages = [message for _line, _function, message in found if message]
    words = {message if isinstance(message, str) else message[0] for message in messages}
    assert words - KNOWN == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: f"{path.parts[-2]}-{path.name}")
def test_every_word_that_code_says_is_translated(path):
    assert said_in(path) - KNOWN == set()


def test_the_search_through_code_sees_what_is_said():
    assert "Family name" in said_in(PACKAGE / "service" / "patients" / "identity_forms.py")


def test_no_word_stands_outside_gettext():
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
