"""``./osteon import``, as it is called by the dispatcher."""

import argparse
import json

import pytest

from osteon.service.accounts.models import Team
from osteon.service.imports.models import ImportRun
from osteon.service.imports.running import DiskFull
from osteon.site.commands import DONE, PROBLEMS, import_
from osteon.site.commands.errors import Stop, WrongUse
from osteon.standards.fhir.tests.builders import bundle, observation, patient, quantity, write


@pytest.fixture
def call(db, capsys):
    def act(*words):
        parser = argparse.ArgumentParser()
        import_.add_arguments(parser)
        code = import_.run(parser.parse_args([str(word) for word in words]))
        return code, capsys.readouterr().out

    return act


@pytest.fixture
def path(tmp_path):
    odd = observation(valueQuantity=quantity(3, "spoons"))
    return write(tmp_path, bundle(patient(), observation(id="crp"), odd), "ward.json")


def test_report_says_what_was_mapped_kept_and_refused(call, path):
    code, out = call(path)
    assert code == DONE
    assert "ward.json     3       2     1        0  1 patient, 2 results" in out
    assert "Observation LOINC//1988-5" in out
    assert "unit 'spoons' not known, kept as it came" in out


def test_second_run_says_that_nothing_is_new(call, path):
    call(path)
    code, out = call(path)
    assert code == DONE
    assert "nothing new" in out


def test_refused_file_is_a_problem_and_the_others_are_taken(call, path, tmp_path):
    bad = tmp_path / "bad.json"
    bad.write_text("[]")
    code, out = call(bad, path)
    assert code == PROBLEMS
    assert "Refused, nothing of it was taken: bad.json: not FHIR: a Bundle is a JSON object" in " ".join(
        out.split()
    )
    assert "1 patient, 2 results" in out


def test_identity_in_doubt_is_a_problem(call, tmp_path):
    same = [{"system": "http://h", "value": "1"}]
    path = write(tmp_path, bundle(patient("a", identifier=same), patient("b", identifier=same)))
    code, out = call(path)
    assert code == PROBLEMS
    assert "1 of its patients were not taken" in " ".join(out.split())


def test_data_for_another_program(call, path):
    code, out = call(path, "--json")
    (said,) = json.loads(out)
    assert code == DONE
    assert (said["file"], said["state"], said["report"]["read"]) == ("ward.json", "taken", 3)
    assert said["record"]["added"] == {"result": 2}


def test_every_line_is_shown_when_asked(call, tmp_path):
    many = [observation(f"{n}000-1", n, "furlong") for n in range(1, 20)]
    path = write(tmp_path, bundle(patient(), *many))
    assert "and 7 more with 7 rows" in call(path)[1]
    assert "more with" not in call(path, "--all")[1]


def test_only_team_is_taken_without_asking(call, path):
    Team.objects.create(name="Limb team", slug="limb")
    call(path)
    assert ImportRun.objects.get().team.slug == "limb"


def test_of_two_teams_none_is_guessed(call, path):
    for slug in ("limb", "spine"):
        Team.objects.create(name=f"{slug} team", slug=slug)
    call(path)
    call(path, "--team", "spine")
    assert [run.team and run.team.slug for run in ImportRun.objects.order_by("pk")] == [None, "spine"]


def test_unknown_team_and_missing_file_are_wrong_use(call, path, tmp_path):
    with pytest.raises(WrongUse, match="There is no team 'knee'"):
        call(path, "--team", "knee")
    with pytest.raises(WrongUse, match="There is no file or folder"):
        call(tmp_path / "gone.json")
    assert not ImportRun.objects.exists()


def test_full_disk_stops_with_a_sentence(call, path, monkeypatch):
    def full(**_):
        raise DiskFull("ward.json: the disk is full.")

    monkeypatch.setattr(import_, "run_import", full)
    with pytest.raises(Stop, match="the disk is full"):
        call(path)
