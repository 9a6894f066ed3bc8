"""``./osteon library`` topics, articles, trials, query and refresh."""

from __future__ import annotations

import argparse
import importlib

import pytest

from osteon.library.evidence.models import Article, SavedQuery, Trial
from osteon.library.resources.models import ExternalTopic
from osteon.library.search.models import IndexedDocument
from osteon.standards.tests.recorded import recorded

pytestmark = pytest.mark.django_db
# By name, as the dispatcher does: the library stands below the commands.
commands = importlib.import_module("osteon.site.commands.library_gathering")
errors = importlib.import_module("osteon.site.commands.errors")


def run(what: str, given: str | None = None, *options: str) -> int:
    parser = argparse.ArgumentParser()
    commands.add_arguments(parser)
    args = parser.parse_args(options)
    args.what, args.given = what, given
    return commands.ACTS[what](args)


def indexed(kind: str) -> int:
    return IndexedDocument.objects.filter(kind=kind, removed=False).count()


def test_topics_are_taken_in_and_can_be_found(capsys):
    run("topics", str(recorded("mplus_topics_2012-07-21_sample.xml")))
    assert ExternalTopic.objects.count() == 2 == indexed("external")
    assert "2 added, 2 read" in capsys.readouterr().out


def test_articles_and_trials_are_taken_in_for_a_topic(library, capsys):
    run("articles", str(recorded("pubmed_bji_result_2019.csv")), "--topic", "osteomyelitis-in-adults")
    run("trials", str(recorded("ctgov_bji_trials_text.jsonl.gz")))
    family = library["adult"].translation_key
    assert Article.objects.filter(links__family=family).count() == 6 == indexed("articles")
    assert Trial.objects.count() == 81 == indexed("trials")
    assert "CSV): 6 added" in capsys.readouterr().out


@pytest.mark.parametrize("what", ["topics", "articles", "trials"])
def test_a_file_that_is_none_says_so_and_changes_nothing(tmp_path, what):
    bad = tmp_path / "bad.xml"
    bad.write_bytes(b"<health-topics><broken")
    with pytest.raises(errors.Stop, match="nothing changed"):
        run(what, str(bad))
    with pytest.raises(errors.Stop, match="no file"):
        run(what, str(tmp_path / "missing"))
    with pytest.raises(errors.WrongUse):
        run(what)


def test_a_topic_that_does_not_exist_names_those_that_do(library):
    with pytest.raises(errors.Stop, match="osteomyelitis-in-adults"):
        run("trials", str(recorded("ctgov_v2_studies_page.json.gz")), "--topic", "bones")


def test_a_query_is_saved_for_a_topic(library):
    run("query", "articles: osteomyelitis[mh]", "--topic", "osteomyelitis-in-adults")
    saved = SavedQuery.objects.get()
    assert (saved.kind, saved.term) == ("articles", "osteomyelitis[mh]")
    for wrong in ("osteomyelitis", "books: x", "trials: "):
        with pytest.raises(errors.WrongUse):
            run("query", wrong, "--topic", "osteomyelitis-in-adults")
    with pytest.raises(errors.WrongUse):
        run("query", "trials: x")


def test_a_refresh_goes_nowhere_unless_the_site_may(settings):
    settings.OSTEON_NETWORK = False
    with pytest.raises(errors.Stop, match="OSTEON_NETWORK"):
        run("refresh")


def test_a_refresh_with_nothing_due_asks_nobody(settings, capsys):
    settings.OSTEON_NETWORK = True
    assert run("refresh") == 0
    said = capsys.readouterr().out
    assert "nothing was due" in said and "OSTEON_PUBMED_EMAIL" in said
