"""Loading makes pages once, follows the files, and never overwrites an editor."""

from __future__ import annotations

from osteon.library.content import loader, tree
from osteon.library.pages.models import HomePage, IndexPage, LibraryPage, LoadedText, TopicPage

TOPIC = "en/topics/bone-infection.md"


def change(folder, name, before, after):
    path = folder / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_every_file_becomes_a_published_page_in_its_tree(library, page):
    topic = page("bone-infection")
    assert topic.live and topic.get_parent().specific.kind == "topics"
    assert topic.url == "/topics/bone-infection/"
    assert topic.synonyms == ["Osteomyelitis"] and topic.audiences == ["patients", "teenagers"]
    assert [dict(block.value) for block in topic.sources] == [
        {"text": "A review of bone infection. 2020.", "doi": "10.1000/abc.12"}
    ]
    assert [block.value.key for block in topic.sections] == ["start-here", "tests", "living-with"]
    assert LibraryPage.objects.live().count() == 7


def test_a_translation_is_tied_to_its_source(library, page):
    spanish = page("infeccion-del-hueso")
    assert spanish.url == "/es/temas/infeccion-del-hueso/"
    assert spanish.translation_key == page("bone-infection").translation_key
    assert not spanish.is_stale_translation()


def test_both_trees_have_the_same_branches(library):
    assert HomePage.objects.count() == 2
    for kind in tree.INDEXES:
        english, spanish = IndexPage.objects.filter(kind=kind).order_by("locale__language_code")
        assert english.translation_key == spanish.translation_key


def test_loading_twice_changes_nothing(library):
    before = list(LibraryPage.objects.order_by("pk").values_list("pk", "latest_revision_id"))
    report = loader.load(library)
    assert (report.made, report.updated, len(report.unchanged)) == ([], [], 7)
    assert list(LibraryPage.objects.order_by("pk").values_list("pk", "latest_revision_id")) == before


def test_a_changed_file_changes_its_page_and_only_that(library, page):
    change(library, TOPIC, "You have blood tests.", "You have blood tests and a scan.")
    report = loader.load(library)
    assert report.updated == [TOPIC] and len(report.unchanged) == 6
    assert "and a scan" in page("bone-infection").sections[1].value["text"].source


def test_a_changed_source_makes_its_translation_stale_until_that_is_changed_too(library, page):
    change(library, TOPIC, "You have blood tests.", "You have blood tests and a scan.")
    loader.load(library)
    assert page("infeccion-del-hueso").is_stale_translation()
    change(library, "es/topics/infeccion.md", "pueden entrar", "pueden llegar")
    loader.load(library)
    assert not page("infeccion-del-hueso").is_stale_translation()


def test_what_an_editor_published_is_not_overwritten(library, page):
    topic = page("bone-infection")
    topic.summary = "As an editor wrote it."
    topic.save_revision().publish()
    change(library, TOPIC, "You have blood tests.", "Something else.")
    report = loader.load(library)
    assert report.edited == [TOPIC] and report.updated == []
    assert page("bone-infection").summary == "As an editor wrote it."


def test_what_an_editor_only_drafted_is_not_overwritten(library, page):
    topic = page("bone-infection")
    topic.summary = "A draft."
    topic.save_revision()
    change(library, TOPIC, "You have blood tests.", "Something else.")
    assert loader.load(library).edited == [TOPIC]
    assert page("bone-infection").get_latest_revision_as_object().summary == "A draft."


def test_a_page_that_an_editor_made_under_the_same_address_is_left_alone(library, page):
    LoadedText.objects.filter(path=TOPIC).delete()
    assert loader.load(library).edited == [TOPIC]
    assert TopicPage.objects.filter(slug="bone-infection").count() == 1


def test_one_bad_file_does_not_keep_the_others_out(library, page):
    (library / "en/topics/bad.md").write_text("nothing", encoding="utf-8")
    (library / "en/topics/worse.md").write_text(
        '+++\ntitle = "W"\nslug = "worse"\nsummary = "S"\ncodes = ["M86"]\n+++\n## One\n\nTwo.',
        encoding="utf-8",
    )
    report = loader.load(library)
    assert set(report.refused) == {"en/topics/bad.md", "en/topics/worse.md"}
    assert "SYSTEM//code" in report.refused["en/topics/worse.md"]
    assert not LibraryPage.objects.filter(slug="worse").exists()


def test_a_bad_change_leaves_the_page_as_it_was(library, page):
    change(library, TOPIC, 'doi = "10.1000/abc.12"', 'doi = "nonsense"')
    report = loader.load(library)
    assert "is no DOI" in report.refused[TOPIC] and report.updated == []
    assert page("bone-infection").live


def test_a_translation_of_nothing_is_refused(library):
    change(library, "es/topics/infeccion.md", 'translation_of = "bone-infection"', 'translation_of = "none"')
    LoadedText.objects.filter(path="es/topics/infeccion.md").delete()
    LibraryPage.objects.get(slug="infeccion-del-hueso").delete()
    report = loader.load(library)
    assert "no English page" in report.refused["es/topics/infeccion.md"]


def test_links_between_pages_that_come_later_are_found(library, page):
    text = page("bone-infection").sections[0].value["text"].source
    assert f'<a linktype="page" id="{page("frame").pk}">the frame</a>' in text


def test_where_a_treatment_is_done_is_read(library, page):
    frame = page("frame")
    assert (frame.setting, frame.stay) == ("hospital", "A few days.")
    assert frame.inpatient_when.splitlines() == ["pain", "teaching"]


def test_an_unknown_place_is_refused(library):
    change(library, "en/treatments/frame.md", 'setting = "hospital"', 'setting = "the moon"')
    assert "'the moon' is none of" in loader.load(library).refused["en/treatments/frame.md"]


def test_several_places_are_said_as_both(library, page):
    line = 'done_as = {setting = "hospital", stay = "A few days.", inpatient_when = ["pain", "teaching"]}'
    change(library, "en/treatments/frame.md", line, 'done_as = ["day case", "hospital"]')
    loader.load(library)
    assert page("frame").setting == "mixed"


def test_a_name_that_editors_gave_an_index_stays(library):
    IndexPage.objects.filter(kind="tests", locale__language_code="en").update(title="All our tests")
    loader.load(library)
    assert IndexPage.objects.get(kind="tests", locale__language_code="en").title == "All our tests"
