"""Makes pages of the text files, and brings them up to date, without ever overwriting what an editor changed.

Loading twice changes nothing. A file that changed replaces its page only while the page still says what the
file said when it was loaded; otherwise the page stays and the report names it. A page that an editor made
under the same address is left alone, too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from osteon.library.content import FOLDER, tree
from osteon.library.content.filling import fill
from osteon.library.content.text_file import TextFile, TextRefused, read
from osteon.library.pages import caching
from osteon.library.pages.models import (
    ExpertPage,
    GPPage,
    IndexPage,
    LibraryPage,
    LoadedText,
    NewsPage,
    ServicePage,
    SitePage,
    StoryPage,
    TestPage,
    TopicPage,
    TreatmentPage,
)

KINDS: dict[str, type[LibraryPage]] = {
    "sites": SitePage,
    "team": ExpertPage,
    "topics": TopicPage,
    "tests": TestPage,
    "treatments": TreatmentPage,
    "services": ServicePage,
    "gps": GPPage,
    "stories": StoryPage,
    "news": NewsPage,
}
LANGUAGES = ("en", "es")  # the source first: a translation names its English page


@dataclass
class Report:
    """Paths of files, by what became of them."""

    made: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    broken_links: dict[str, list[str]] = field(default_factory=dict)

    def __str__(self) -> str:
        counts = (
            f"{len(self.made)} pages made, {len(self.updated)} updated, {len(self.unchanged)} unchanged, "
            f"{len(self.edited)} left as an editor changed them, {len(self.refused)} refused"
        )
        return "\n".join([counts, *(f"  {path}: {why}" for path, why in self.refused.items())])


def files(folder: Path = FOLDER) -> Iterable[Path]:
    for language in LANGUAGES:
        for kind in KINDS:
            yield from sorted((folder / language / kind).glob("*.md"))


@transaction.atomic
def load(folder: Path = FOLDER) -> Report:
    report = Report()
    indexes = tree.ensure()
    loaded = {row.path: row for row in LoadedText.objects.select_related("page")}
    pages = []
    for text in _read_all(folder, report):
        page = _page_for(text, loaded, indexes, report)
        if page is not None:
            pages.append((text, page))
    for text, page in pages:  # after all are there, so that they can link to each other
        _write(text, page, report)
    if pages:
        caching.forget_all()
    return report


def _read_all(folder: Path, report: Report) -> list[TextFile]:
    found = []
    for path in files(folder):
        try:
            found.append(read(path, folder))
        except TextRefused as error:
            report.refused[str(path.relative_to(folder))] = str(error)
    return found


def _page_for(
    text: TextFile,
    loaded: dict[str, LoadedText],
    indexes: dict[tuple[str, str], IndexPage],
    report: Report,
) -> LibraryPage | None:
    """The page to write, new or old; nothing when there is nothing to do, or an editor was here."""
    known = loaded.get(text.path)
    if known is None:
        return _new_page(text, indexes[text.language, text.kind], report)
    if known.file_digest == text.digest:
        report.unchanged.append(text.path)
        return None
    page = known.page.specific
    latest = page.get_latest_revision_as_object()
    if known.page_digest not in (page.digest(), "") or latest.digest() != page.digest():
        report.edited.append(text.path)
        return None
    report.updated.append(text.path)
    return page


def _new_page(text: TextFile, index: IndexPage, report: Report) -> LibraryPage | None:
    index.refresh_from_db()
    if index.get_children().filter(slug=text.slug).exists():
        report.edited.append(text.path)
        return None
    page = KINDS[text.kind](
        title=text.front["title"],
        slug=text.slug,
        summary=text.front["summary"],
        live=False,
        locale=index.locale,
    )
    source = _source(text)
    if source is not None:
        page.translation_key = source.translation_key
    elif text.language != LANGUAGES[0] and text.front.get("translation_of"):
        report.refused[text.path] = f"no English page with the slug {text.source_slug!r}"
        return None
    index.add_child(instance=page)
    report.made.append(text.path)
    return page


def _source(text: TextFile) -> LibraryPage | None:
    if text.language == LANGUAGES[0]:
        return None
    pages = KINDS[text.kind].objects.filter(locale__language_code=LANGUAGES[0], slug=text.source_slug)
    return pages.first()


def _write(text: TextFile, page: LibraryPage, report: Report) -> None:
    try:
        broken = fill(page, text)
        page.full_clean()
    except (TextRefused, ValidationError) as error:
        report.refused[text.path] = _in_words(error)
        _undo(text, page, report)
        return
    if broken:
        report.broken_links[text.path] = broken
    source = _source(text)
    page.translated_from = source.digest() if source else ""
    page.save_revision().publish()
    page.refresh_from_db()
    LoadedText.objects.update_or_create(
        path=text.path,
        defaults={"page_id": page.pk, "file_digest": text.digest, "page_digest": page.digest()},
    )


def _in_words(error: Exception) -> str:
    """With the names of the fields, which "this field cannot be blank" leaves out."""
    fields = getattr(error, "message_dict", {}) if hasattr(error, "error_dict") else {}
    if fields:
        return "; ".join(f"{name}: {' '.join(words)}" for name, words in fields.items())
    return "; ".join(getattr(error, "messages", [str(error)]))


def _undo(text: TextFile, page: LibraryPage, report: Report) -> None:
    """A new page that could not be filled is no page; an old one stays as it is."""
    if text.path in report.made:
        report.made.remove(text.path)
        page.delete()
    elif text.path in report.updated:
        report.updated.remove(text.path)
