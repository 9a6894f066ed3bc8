"""The list of imports, one import, and the upload; each view for strangers, for others, and for those who may."""

import gzip
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from osteon.service.imports import forms, uploads
from osteon.service.imports.models import ImportRun
from osteon.service.imports.running import DiskFull
from osteon.service.patients.models import Patient
from osteon.service.results.models import Result
from osteon.standards.fhir.tests.builders import bundle, observation, patient

BUNDLE = json.dumps(bundle(patient(), observation(id="crp"))).encode()


@pytest.fixture
def paths(bring):
    taken = bring(patient(), observation(), name="seen.json")
    return {
        "runs": reverse("imports:runs"),
        "upload": reverse("imports:upload"),
        "run": reverse("imports:run", args=[taken.public_id]),
    }


@pytest.fixture
def lead(client, cast):
    client.force_login(cast.lead)
    return client


def send(client, data=BUNDLE, name="b.json", **more):
    file = SimpleUploadedFile(name, data, content_type="application/json")
    return client.post(reverse("imports:upload"), {"file": file, "team": "", **more})


def kept_files() -> list[Path]:
    folder = Path(settings.OSTEON_HOME) / "uploads"
    return list(folder.iterdir()) if folder.exists() else []


@pytest.mark.parametrize("name", ["runs", "upload", "run"])
def test_stranger_is_sent_to_sign_in(client, paths, name):
    response = client.get(paths[name])
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("name", ["runs", "upload", "run"])
def test_page_is_refused_to_those_who_may_not_import(client, cast, paths, name):
    client.force_login(cast.nurse)
    assert client.get(paths[name]).status_code == 403


@pytest.mark.parametrize("name", ["runs", "upload", "run"])
def test_page_is_shown_to_those_who_may(lead, paths, name):
    assert lead.get(paths[name]).status_code == 200


def test_file_is_not_taken_from_those_who_may_not_import(client, cast):
    client.force_login(cast.nurse)
    assert send(client).status_code == 403
    assert not ImportRun.objects.exists()


# The pages


def test_list_shows_each_import_with_its_numbers(lead, paths):
    page = lead.get(paths["runs"]).content.decode()
    assert "seen.json" in page
    assert "1 patient, 1 result" in page


def test_list_says_when_there_is_nothing(lead):
    assert "Nothing has been imported yet" in lead.get(reverse("imports:runs")).content.decode()


def test_run_shows_the_report(lead, paths):
    page = lead.get(paths["run"]).content.decode()
    assert "2 rows read: 2 mapped, 0 kept under their own code, 0 refused." in page
    assert "Observation" in page


def test_run_names_the_record_that_holds_a_number_in_doubt(lead, cast, bring):
    nhs = [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}]
    run = bring(patient(identifier=nhs, birthDate="1971-01-01"))
    page = lead.get(run.get_absolute_url()).content.decode()
    assert cast.ruth.get_absolute_url() in page
    assert "with another birth date" in page
    assert "9434765919" not in page


def test_unknown_run_is_not_found(lead):
    assert lead.get(reverse("imports:run", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404


def test_names_of_files_are_escaped(lead, bring):
    run = bring(patient(), name="<script>alert(1).json")
    for page in (reverse("imports:runs"), run.get_absolute_url()):
        assert "<script>alert(1)" not in lead.get(page).content.decode()


def test_number_of_queries_does_not_grow_with_the_list(lead, bring, django_assert_max_num_queries):
    for number in range(3):
        bring(patient(f"p{number}"), name=f"{number}.json")
    with django_assert_max_num_queries(12):
        lead.get(reverse("imports:runs"))


# Uploads


def test_upload_is_imported_and_shown_and_not_kept(lead, cast):
    response = send(lead, team="limb")
    run = ImportRun.objects.get()
    assert response.headers["Location"] == run.get_absolute_url()
    assert (run.name, run.by, run.team) == ("b.json", cast.lead, cast.limb)
    assert Result.objects.count() == 1
    assert kept_files() == []


def test_gzipped_upload_is_imported(lead):
    send(lead, gzip.compress(BUNDLE), "b.json.gz")
    assert ImportRun.objects.get().state == "taken"


def test_refused_upload_is_explained(lead):
    response = send(lead, b'{"resourceType": "Patient"}')
    run = ImportRun.objects.get()
    page = lead.get(response.headers["Location"]).content.decode()
    assert "Refused: nothing of it was taken." in page
    assert run.message.endswith("holds one Patient; a Bundle or NDJSON is needed")
    assert run.message.startswith(run.name)
    assert str(settings.OSTEON_HOME) not in page


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("b.exe", b"MZ", "Choose a file that ends in"),
        ("b.json.php", BUNDLE, "Choose a file that ends in"),
        ("events.parquet", b"PAR1", "Choose a file that ends in"),
        ("b", BUNDLE, "Choose a file that ends in"),
        ("b.json", b"", "The file is empty"),
    ],
)
def test_hostile_upload_is_refused_by_name_and_size(lead, name, data, said):
    response = send(lead, data, name)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not ImportRun.objects.exists()
    assert kept_files() == []


def test_upload_without_a_file_says_so(lead):
    response = lead.post(reverse("imports:upload"), {"team": ""})
    assert "Choose a file" in response.content.decode()


def test_upload_that_is_too_large_is_refused(lead, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST_UPLOAD", 100)
    assert "larger than 30 MB" in send(lead).content.decode()
    assert not ImportRun.objects.exists()


def test_upload_that_unpacks_to_too_much_is_refused_and_not_kept(lead, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_UNPACKED", 2**20)
    response = send(lead, gzip.compress(b"\n" * 2**23), "b.ndjson.gz")
    assert "It unpacks to more than 1 MB." in response.content.decode()
    assert kept_files() == []


def test_damaged_gzip_is_refused_by_the_reader(lead):
    send(lead, gzip.compress(BUNDLE)[:-12], "b.json.gz")
    assert "cut short or damaged" in ImportRun.objects.get().message


def test_name_of_the_browser_is_not_a_path(lead):
    send(lead, name="..\\..\\windows\\b.json")
    assert ImportRun.objects.get().name == "b.json"


def test_while_it_is_kept_only_the_owner_can_read_it():
    file = SimpleUploadedFile("../../etc/b.json", BUNDLE)
    with uploads.kept(file) as path:
        assert path.parent == Path(settings.OSTEON_HOME) / "uploads"
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.parent.stat().st_mode & 0o777 == 0o700
        assert path.read_bytes() == BUNDLE
        assert not path.is_relative_to(settings.STATIC_ROOT)
    assert not path.exists()


def test_full_disk_is_said_on_the_form(lead, monkeypatch):
    def full(**_):
        raise DiskFull("b.json: the disk is full.")

    monkeypatch.setattr("osteon.service.imports.views.run_import", full)
    assert "the disk is full" in send(lead).content.decode()


def test_team_of_others_cannot_be_chosen(lead, cast):
    cast.lead.memberships.filter(team=cast.spine).delete()
    response = send(lead, team="spine")
    assert response.status_code == 200
    assert not ImportRun.objects.exists()
    assert not Patient.objects.filter(given_name="Ruth Ada").exists()
