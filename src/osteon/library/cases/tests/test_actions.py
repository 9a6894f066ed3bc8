"""A case study appears from a package; withdrawal takes everything down at once, and no cache brings it back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from osteon.library.cases import actions, invented
from osteon.library.cases.models import CaseImage, CasePage, Consent
from osteon.library.cases.package import PackageRefused
from osteon.library.content.text_file import read
from osteon.library.editorial import actions as editorial
from osteon.library.search.models import IndexedDocument

pytestmark = pytest.mark.usefixtures("library")
URL, SPANISH = "/cases/infected-shin/", "/es/casos/tibia-infectada/"


@pytest.fixture
def published(pack, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return actions.load_package(path=pack())


@pytest.fixture
def images(published):
    return [f"/cases/images/{image.key}.webp" for image in CaseImage.objects.all()]


def test_a_package_becomes_a_page_in_each_of_its_languages(published, client):
    body = client.get(URL).content.decode()
    assert "an infected shin fracture" in body and "210 minutes" in body and "60-64" in body
    assert "The patient agreed in writing" in body
    assert "Entre 60 y 64" in client.get(SPANISH).content.decode()
    assert CasePage.objects.filter(translation_key=published.translation_key).count() == 2


def test_the_pictures_stand_after_the_operation_with_words_and_five_choices(published, client):
    body = client.get(URL).content.decode()
    assert body.index("The plate was taken out") < body.index("app-slider") < body.index("Walking at 90 days")
    assert body.count('type="radio"') == 5 and 'alt="A plate."' in body and 'alt="A frame."' in body
    assert "Before, day 0" in body and "After, day 90" in body


def test_images_are_given_out_and_nobody_may_keep_them(images, client):
    for url in images:
        answer = client.get(url)
        assert answer.status_code == 200 and answer["Content-Type"] == "image/webp"
        assert answer["Cache-Control"] == "no-store"


def test_the_same_package_again_changes_nothing(published, pack):
    revisions = list(CasePage.objects.values_list("latest_revision_id", flat=True))
    assert actions.load_package(path=pack()).pk == published.pk
    assert list(CasePage.objects.values_list("latest_revision_id", flat=True)) == revisions


def test_a_later_package_of_the_case_replaces_text_and_images(published, images, pack, client):
    def change(facts, files):
        files["text/en.md"] = files["text/en.md"].replace(b"Walking at 90 days", b"Running at 90 days")

    actions.load_package(path=pack(change))
    assert "Running at 90" in client.get(URL).content.decode()
    assert CasePage.objects.count() == 2 and CaseImage.objects.count() == 2
    assert all(client.get(url).status_code == 404 for url in images)


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("NHS 943 476 5919", "NHS number"),
        ("born 12 March 1956", "date of birth"),
        ("operated on 3 March 2024", "holds a date"),
        ("seen on 3 March", "holds a date"),
        ("operado el 3 de marzo de 2024", "holds a date"),
        ("aged 91 years", "90+"),
        ("Ruth Okafor", "name of a patient"),
        ("of SW1A 2AA", "postcode"),
    ],
)
def test_an_identifier_in_the_text_is_refused_and_nothing_is_kept(pack, words, reason):
    editorial.learn_names(lines=["Okafor, Ruth"])

    def change(facts, files):
        files["text/en.md"] = files["text/en.md"].replace(b"with diabetes", words.encode())

    with pytest.raises(PackageRefused, match=reason.replace("+", r"\+")):
        actions.load_package(path=pack(change))
    assert not CasePage.objects.exists() and not Consent.objects.exists()


@pytest.mark.parametrize("where", ["alt", "label"])
def test_an_identifier_in_the_words_of_an_image_or_the_course_is_refused(pack, where):
    def change(facts, files):
        if where == "alt":
            facts["images"][0]["alt"]["en"] = "943 476 5919"
        else:
            facts["timeline"][0]["label"]["en"] = "Admitted on 3 March 2024"

    with pytest.raises(PackageRefused, match=r"package\.json holds"):
        actions.load_package(path=pack(change))


# Withdrawal --------------------------------------------------------------------------------------------


def test_withdrawal_reaches_pages_that_were_kept_for_the_next_reader(published, images, client):
    assert client.get(URL).status_code == client.get(SPANISH).status_code == 200  # kept now
    assert actions.withdraw(slug="infected-shin", reason="the patient rang") == 2
    for url in (URL, SPANISH, *images):
        assert client.get(url).status_code == 404, url
    assert b"infected shin" not in client.get("/cases/").content


def test_a_page_that_was_kept_by_another_process_is_not_served(published, client):
    """Each process keeps pages of its own; the number in the database is what they share."""
    assert client.get(URL).status_code == 200
    kept, until = dict(cache._cache), dict(cache._expire_info)
    assert [name for name in kept if URL in name]
    actions.withdraw(slug="infected-shin", reason="the patient rang")
    cache._cache.update(kept)  # as another process has it, which nobody told
    cache._expire_info.update(until)
    assert client.get(URL).status_code == 404


def test_withdrawal_removes_files_and_every_version_of_the_text(
    published, django_capture_on_commit_callbacks
):
    files = [image.file for image in CaseImage.objects.all()]
    assert all(file.exists() for file in files)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(slug="infected-shin", reason="the patient rang")
    assert not any(file.exists() for file in files)
    assert not CasePage.objects.exists() and not CaseImage.objects.exists()
    assert not published.revisions.exists()


def test_withdrawal_takes_the_case_out_of_search(published):
    assert IndexedDocument.objects.filter(removed=False, kind="cases").count() == 2
    actions.withdraw(slug="infected-shin", reason="the patient rang")
    assert not IndexedDocument.objects.filter(removed=False, kind="cases").exists()


def test_a_withdrawn_case_never_comes_back(published, pack):
    actions.withdraw(slug="tibia-infectada", reason="the patient rang")
    with pytest.raises(PackageRefused, match="was withdrawn"):
        actions.load_package(path=pack())
    consent = Consent.objects.get()
    assert consent.withdrawn_at and consent.withdrawn_because == "the patient rang"


def test_withdrawing_what_is_not_there_does_nothing(published, client):
    assert actions.withdraw(slug="another", reason="x") == 0
    assert client.get(URL).status_code == 200


def test_consent_that_ends_is_asked_for_with_every_day(published, images, client, monkeypatch):
    assert client.get(URL).status_code == 200
    tomorrow = date(2036, 1, 6)
    monkeypatch.setattr(timezone, "localdate", lambda *_: tomorrow)
    answer = client.get(URL)
    assert answer.status_code == 410 and b"plate was taken out" not in answer.content
    assert all(client.get(url).status_code == 404 for url in images)


def test_upkeep_removes_what_ended(published, client):
    assert actions.withdraw_ended(today=date(2036, 1, 5)) == []
    assert len(actions.withdraw_ended(today=date(2036, 1, 6))) == 1
    assert not CasePage.objects.exists()


def test_an_unpublished_case_shows_no_images(published, images, client):
    for page in CasePage.objects.all():
        page.unpublish()
    assert all(client.get(url).status_code == 404 for url in images)


def test_an_unknown_image_is_not_found(published, client):
    assert client.get("/cases/images/00000000-0000-4000-8000-000000000000.webp").status_code == 404


def test_nobody_makes_a_case_by_hand():
    assert not CasePage.is_creatable


def test_image_files_lie_where_no_web_server_looks(published):
    file = CaseImage.objects.first().file
    assert file.is_relative_to(settings.LIBRARY_CASE_FILES)
    assert not file.is_relative_to(settings.MEDIA_ROOT) and not file.is_relative_to(settings.STATIC_ROOT)


# Invented cases ------------------------------------------------------------------------------------------

CASE = """+++
title = "{title}"
slug = "{slug}"
summary = "Invented."
{more}
+++

## The patient

Invented.
"""


@pytest.fixture
def case_texts(tmp_path):
    def put(name, **said):
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CASE.format(**{"more": "", **said}), encoding="utf-8")

    put("en/cases/spine.md", title="An infected spine", slug="infected-spine")
    put("en/cases/shin.md", title="An infected shin", slug="a-shin")
    put("es/cases/tibia.md", title="Una tibia", slug="una-tibia", more='translation_of = "a-shin"')
    return tmp_path / "content"


def test_invented_packages_pass_the_same_door_and_say_that_they_are_invented(case_texts, tmp_path, client):
    packages = invented.write_all(tmp_path / "packages", case_texts)
    pages = [actions.load_package(path=path) for path in packages]
    assert [page.slug for page in pages] == ["a-shin", "infected-spine"]
    for page in pages:
        body = client.get(page.url).content.decode()
        assert "This page is invented" in body and "agreed in writing" not in body
    assert client.get("/es/casos/una-tibia/").status_code == 200


def test_an_invented_package_is_the_same_each_time(case_texts, tmp_path):
    one = [path.read_bytes() for path in invented.write_all(tmp_path / "one", case_texts)]
    two = [path.read_bytes() for path in invented.write_all(tmp_path / "two", case_texts)]
    assert one == two


def test_the_drawing_fits_the_case(case_texts):
    texts = {path.stem: read(path, case_texts) for path in (case_texts / "en/cases").glob("*.md")}
    assert invented.drawing_for(texts["spine"]) == "spine"
    assert invented.drawing_for(texts["shin"]) == "tibia"


def test_consent_for_ever_is_not_what_invented_cases_claim(case_texts, tmp_path):
    actions.load_package(path=invented.write_all(tmp_path / "packages", case_texts)[0])
    consent = Consent.objects.get(invented=True)
    assert consent.holds() and not consent.holds(consent.ends_on + timedelta(days=1))
