"""What a browser is given: nothing from outside, nothing inline, and only classes that the style sheet has."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from osteon.site.commands.assets import BUILT, HTMX, SOURCES
from tests.house.source import SRC, committed, short, templates

OUTSIDE = re.compile(r"""(?:https?:|wss?:)?//[a-z0-9][a-z0-9.-]*\.[a-z]{2,}[^\s"'<>)]*""", re.IGNORECASE)
NAMES_OF_STANDARDS = ("//www.w3.org/",)  # the name of SVG, never fetched
INLINE = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|javascript:|<style""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b[^>]*>", re.IGNORECASE)
CLASS = re.compile(r"\bapp-[a-z0-9]+(?:(?:-|--|__)[a-z0-9]+)*")


def static_files() -> list[Path]:
    folder = SRC / "site" / "static"
    return [
        p for p in committed() if p.is_relative_to(folder) and p.suffix in (".css", ".js", ".svg", ".html")
    ]


def outside_addresses(text: str) -> list[str]:
    return [found for found in OUTSIDE.findall(text) if not any(name in found for name in NAMES_OF_STANDARDS)]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ('<img src="https://example.org/a.png">', 1),
        ("url(//cdn.example.org/x.woff)", 1),
        ('<svg xmlns="http://www.w3.org/2000/svg">', 0),
        ("a // comment", 0),
        ("/static/osteon.css", 0),
    ],
)
def test_the_search_for_outside_addresses_finds_them(text, count):
    assert len(outside_addresses(text)) == count


def test_no_template_or_static_file_names_an_outside_address():
    found = {short(path): outside_addresses(path.read_text()) for path in [*templates(), *static_files()]}
    assert {path: urls for path, urls in found.items() if urls} == {}


def test_templates_carry_nothing_inline():
    found = {short(path): INLINE.findall(path.read_text()) for path in templates()}
    assert {path: what for path, what in found.items() if what} == {}


def test_every_script_has_a_source_or_the_nonce():
    for path in templates():
        for script in SCRIPT.findall(path.read_text()):
            is_data = 'type="application/json"' in script
            assert is_data or "src=" in script or "nonce=" in script, f"{short(path)}: {script}"


def test_no_template_turns_escaping_off():
    turned_off = re.compile(r"autoescape\s+false|\|\s*safe\b")
    found = {path.name for path in templates() if turned_off.search(path.read_text())}
    assert found <= {"django_form.jinja"}  # the password rules that Django itself writes as a list


def test_every_class_of_ours_that_a_template_uses_is_in_a_style_sheet():
    known = {
        name for path in static_files() if path.suffix == ".css" for name in CLASS.findall(path.read_text())
    }
    used = {name: short(path) for path in templates() for name in _classes(path.read_text())}
    assert {name: where for name, where in used.items() if name not in known} == {}


def _classes(template: str) -> set[str]:
    """The app-… words of class attributes that are written out (not put together by an expression)."""
    attributes = re.findall(r"""class="([^"]*)"|"classes": "([^"]*)\"""", template)
    words = {word for pair in attributes for text in pair for word in re.split(r"\s+|\{[{%].*?[}%]\}", text)}
    return {word for word in words if CLASS.fullmatch(word)}


def test_the_typeface_and_logo_of_the_nhs_are_not_shipped():
    everything = "\n".join(path.read_text() for path in static_files())
    assert "frutiger" not in everything.lower()
    assert "nhsuk-icon-180" not in everything
    names = {path.name for path in committed() if path.is_relative_to(BUILT)}
    assert not {name for name in names if "favicon" in name and not name.endswith(".svg")}


def test_htmx_is_version_4_as_django_htmx_carries_it():
    assert HTMX.name == "htmx-4.min.js"
    assert (BUILT / "htmx.js").read_bytes() == HTMX.read_bytes()


def test_a_rebuild_of_the_assets_changes_nothing(tmp_path):
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not on this machine: the committed style sheet is taken as it is")
    sources = shutil.copytree(SOURCES, tmp_path / "assets", symlinks=True)
    if not (sources / "node_modules").exists():
        _install(sources)
    built = tmp_path / "built"
    subprocess.run([node, "build.mjs", str(built)], cwd=sources, check=True)
    for path in built.rglob("*.*"):
        committed_copy = BUILT / path.relative_to(built)
        assert committed_copy.read_bytes() == path.read_bytes(), f"run ./osteon assets: {path.name} differs"


def _install(folder: Path) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not on this machine: the committed style sheet is taken as it is")
    done = subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=folder, capture_output=True, text=True)
    if done.returncode:
        pytest.skip("npm could not fetch the build's packages: the committed style sheet is taken as it is")
