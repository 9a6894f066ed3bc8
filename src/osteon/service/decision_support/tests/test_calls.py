"""Every call that cannot be answered has its HTTP status and says in plain words what is wrong."""

import json
from datetime import timedelta

import jwt
import pytest
from django.utils import timezone

from osteon.service.decision_support.models import UsedToken
from osteon.service.decision_support.tests.conftest import (
    BASE,
    MONITORING,
    ck,
    on_daptomycin,
    searched,
    token_for,
    viewing,
)
from osteon.standards.cds_hooks.discovery import read_discovery
from osteon.standards.cds_hooks.tests.samples import DISCHARGE, PATIENT_VIEW, changed, private_key, without
from osteon.standards.fhir.tests.builders import observation, patient, request, subject


def outcome(response, status):
    """The issue of a refusal of this status."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/json"
    document = response.json()
    assert document["resourceType"] == "OperationOutcome"
    (issue,) = document["issue"]
    assert issue["severity"] == "error"
    return issue


GOOD = viewing(on_daptomycin(ck(80, 1)))


def test_a_good_call_is_answered_and_nothing_is_kept_of_the_patient(call):
    response = call(GOOD)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"
    assert "cards" in response.json()
    assert not response.cookies
    assert UsedToken.objects.count() == 1


# Discovery


def test_discovery_is_open_and_says_what_is_offered(client, db):
    response = client.get("/cds-services")
    assert response.status_code == 200
    services = read_discovery(response.json())
    assert {(one.id, one.hook) for one in services} >= {
        ("monitoring", "patient-view"),
        ("monitoring", "encounter-discharge"),
        ("monitoring", "order-select"),
    }
    assert all(one.prefetch and one.usage_requirements for one in services)


def test_discovery_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/cds-services")


# Who calls


def test_a_call_without_a_token_is_401(call):
    response = call(GOOD, token=None)
    assert "carries no token" in outcome(response, 401)["diagnostics"]
    assert response["WWW-Authenticate"].startswith("Bearer realm=")


@pytest.mark.parametrize(
    ("token", "reason"),
    [
        (lambda: token_for(MONITORING, key=private_key("ES384", "thief")), "(kid)"),
        (lambda: token_for(MONITORING, issuer="https://stranger.example/"), "not one of the systems"),
        (lambda: token_for(MONITORING, seconds=-300), "has expired"),
        (lambda: token_for("/cds-services/other"), "for another address"),
        (lambda: token_for(MONITORING, seconds=86_400), "more than an hour"),
        (lambda: "x.y.z", "not a signed JSON web token"),
    ],
    ids=["wrong key", "stranger", "expired", "other address", "too long", "no token"],
)
def test_a_wrong_token_is_401_with_its_reason(call, token, reason):
    response = call(GOOD, token=token())
    assert reason in outcome(response, 401)["diagnostics"]
    assert 'error="invalid_token"' in response["WWW-Authenticate"]
    assert UsedToken.objects.count() == 0


def test_a_forged_signature_is_401(call):
    thief = private_key("ES384", "thief")
    named = jwt.PyJWK({**thief._jwk_data, "kid": "key-1"})
    assert (
        "signature is not right"
        in outcome(call(GOOD, token=token_for(MONITORING, key=named)), 401)["diagnostics"]
    )


def test_a_token_is_good_once(call):
    token = token_for(MONITORING)
    assert call(GOOD, token=token).status_code == 200
    assert "used before" in outcome(call(GOOD, token=token), 401)["diagnostics"]


def test_the_same_name_of_a_token_from_the_same_system_is_a_replay(call):
    assert call(GOOD, token=token_for(MONITORING, jti="once")).status_code == 200
    assert "used before" in outcome(call(GOOD, token=token_for(MONITORING, jti="once")), 401)["diagnostics"]


def test_used_tokens_are_forgotten_when_they_have_expired(call, monkeypatch):
    UsedToken.objects.create(fingerprint="old", expires_at=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr("osteon.standards.cds_hooks.tokens.Claims.fingerprint", "00" + "a" * 30)
    assert call(GOOD).status_code == 200
    assert [used.fingerprint[:3] for used in UsedToken.objects.all()] == ["00a"]


def test_nobody_may_call_when_the_unit_names_no_system(client, db, settings):
    settings.OSTEON_CDS_HOOKS_CLIENTS = ""
    response = client.post(MONITORING, b"{}", content_type="application/json")
    assert "no system is registered" in outcome(response, 401)["diagnostics"]


@pytest.mark.parametrize("break_it", [lambda path: path.write_text("{"), lambda path: path.unlink()])
def test_a_broken_list_of_systems_is_503_and_tells_the_caller_nothing_of_it(
    call, gp_system, break_it, caplog
):
    break_it(gp_system)
    issue = outcome(call(GOOD), 503)
    assert str(gp_system.parent) not in issue["diagnostics"]
    assert "systems.json" in caplog.text


def test_the_address_others_know_us_by_is_the_audience(call, settings):
    settings.OSTEON_CDS_HOOKS_BASE_URL = "https://cds.unit.example"
    assert "another address" in outcome(call(GOOD), 401)["diagnostics"]
    token = token_for("", audience=f"https://cds.unit.example{MONITORING}")
    assert call(GOOD, token=token).status_code == 200


# The body


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"   ", "empty"),
        (b"{", "not JSON"),
        (b"hook=patient-view", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b'{"hook": NaN}', "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"hook": "a\\u0000b"}', "NUL character"),
        (b"[]", "should be an object"),
        (b"null", "should be an object"),
    ],
)
def test_what_is_not_json_or_no_object_is_400(call, body, words):
    assert words in outcome(call(body=body), 400)["diagnostics"]


def test_another_kind_of_body_is_415(call):
    assert "JSON" in outcome(call(GOOD, content_type="text/plain"), 415)["diagnostics"]
    assert outcome(call(GOOD, content_type="application/x-www-form-urlencoded"), 415)
    assert call(GOOD, content_type="application/json; charset=utf-8").status_code == 200


def test_a_huge_body_is_413_and_not_read(call, settings):
    settings.OSTEON_CDS_HOOKS_MAX_BYTES = 1_000_000
    body = json.dumps(GOOD | {"extension": {"x": "y" * 1_000_001}}).encode()
    assert "larger than 1 MB" in outcome(call(body=body), 413)["diagnostics"]


def test_a_body_above_djangos_own_limit_is_read(call, settings):
    """Two megabytes of forms are refused elsewhere; a prefetch may be larger."""
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    assert call(GOOD).status_code == 200


def test_a_body_in_chunks_is_411(call):
    response = call(GOOD, **{"Transfer-Encoding": "chunked"})
    assert "Content-Length" in outcome(response, 411)["diagnostics"]


@pytest.mark.parametrize(
    ("document", "field"),
    [
        (without(GOOD, "hook"), "hook"),
        (without(GOOD, "hookInstance"), "hookInstance"),
        (changed(GOOD, "hookInstance", "not-a-uuid"), "hookInstance"),
        (changed(GOOD, "hook", "patient-greet"), "hook"),
        (without(GOOD, "context.patientId"), "context.patientId"),
        (without(DISCHARGE, "context.encounterId"), "context.encounterId"),
        (changed(GOOD, "prefetch.results", "x"), "prefetch.results"),
        (changed(GOOD, "prefetch.patient", patient("p2")), "prefetch.patient"),
        (
            changed(GOOD, "prefetch.results", searched(observation(subject=subject("Patient/p2")))),
            "prefetch.results.entry[0]",
        ),
    ],
)
def test_a_request_that_is_not_as_specified_is_400_and_names_the_field(call, document, field):
    issue = outcome(call(document), 400)
    assert issue["expression"] == [field]
    assert issue["diagnostics"].startswith(field)


def test_fields_of_other_names_are_passed_over_and_named(call):
    document = changed(GOOD, "context.locationId", "l1") | {"prefecth": 1}
    document["prefetch"]["somethingElse"] = None
    response = call(document)
    assert response.status_code == 200
    said = response.json()["extension"]["osteon.not-read"]
    assert set(said) == {"context.locationId", "prefecth", "prefetch.somethingElse"}
    assert "extension" not in call(GOOD).json()


# What was not sent


def test_no_prefetch_at_all_is_412_and_says_what_is_missing(call):
    issue = outcome(call(PATIENT_VIEW), 412)
    assert "laboratory results and vital signs (prefetch.results) were not sent" in issue["diagnostics"]
    assert issue["expression"] == ["prefetch.results", "prefetch.medicines"]


@pytest.mark.parametrize("key", ["results", "medicines"])
def test_a_missing_key_without_which_nothing_can_be_said_is_412(call, key):
    assert outcome(call(viewing(without(on_daptomycin(ck(80, 1)), key))), 412)["expression"] == [
        f"prefetch.{key}"
    ]


def test_a_failed_look_up_is_as_good_as_none(call):
    failed = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "timeout"}]}
    assert outcome(call(viewing(on_daptomycin(medicines=failed))), 412)["expression"] == [
        "prefetch.medicines"
    ]


def test_medicines_that_go_on_on_another_page_are_412(call):
    page = searched(request("Paracetamol")) | {"link": [{"relation": "next", "url": "https://ehr.example/2"}]}
    issue = outcome(call(viewing(on_daptomycin(medicines=page))), 412)
    assert "further page" in issue["diagnostics"]


@pytest.mark.parametrize("key", ["patient", "findings", "operations", "medicinesTaken"])
def test_other_missing_keys_are_borne_and_said_on_the_card(call, key):
    response = call(viewing(without(on_daptomycin(ck(2140, 0.5)), key)))
    assert response.status_code == 200
    assert "Your system did not send" in response.json()["cards"][0]["detail"]


# Addresses and methods


def test_an_unknown_service_is_404_and_says_which_there_are(call):
    assert "monitoring" in outcome(call(GOOD, "/cds-services/nothing"), 404)["diagnostics"]
    assert outcome(call({}, "/cds-services/nothing/feedback"), 404)


def test_a_hook_the_service_does_not_answer_is_400(call, monkeypatch):
    monkeypatch.setattr(
        "osteon.service.decision_support.views.offered_under", lambda name: {"encounter-discharge": None}
    )
    issue = outcome(call(GOOD), 400)
    assert issue["expression"] == ["hook"]
    assert "encounter-discharge only" in issue["diagnostics"]


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("get", MONITORING, "POST, OPTIONS"),
        ("put", MONITORING, "POST, OPTIONS"),
        ("delete", f"{MONITORING}/feedback", "POST, OPTIONS"),
        ("patch", "/cds-services", "GET, HEAD, OPTIONS"),
    ],
)
def test_another_method_is_405_and_says_which_are_allowed(client, db, settings, method, path, allow):
    response = getattr(client, method)(path)
    assert outcome(response, 405)
    assert response["Allow"] == allow


def test_posting_to_discovery_needs_no_form_token_to_be_refused(client, db):
    client.handler.enforce_csrf_checks = True
    assert client.post("/cds-services").status_code in (403, 405)


# Browsers of other origins


def test_a_listed_origin_is_allowed_and_another_is_not(call, settings):
    settings.OSTEON_CDS_HOOKS_ORIGINS = ["https://ehr.example"]
    allowed = call(GOOD, Origin="https://ehr.example")
    assert allowed["Access-Control-Allow-Origin"] == "https://ehr.example"
    assert "Access-Control-Allow-Credentials" not in allowed
    other = call(GOOD, Origin="https://other.example")
    assert "Access-Control-Allow-Origin" not in other
    assert "Origin" in other["Vary"]


def test_a_refusal_can_be_read_by_a_listed_origin_too(call, settings):
    settings.OSTEON_CDS_HOOKS_ORIGINS = ["https://ehr.example"]
    assert call(GOOD, token=None, Origin="https://ehr.example")["Access-Control-Allow-Origin"]


def test_a_browser_asks_first_and_is_told(client, db, settings):
    settings.OSTEON_CDS_HOOKS_ORIGINS = ["https://ehr.example"]
    response = client.options(MONITORING, headers={"Origin": "https://ehr.example"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "POST"
    assert response["Access-Control-Allow-Headers"] == "Authorization, Content-Type"


def test_no_origin_is_allowed_by_default(client, db):
    response = client.options(MONITORING, headers={"Origin": "https://ehr.example"})
    assert "Access-Control-Allow-Origin" not in response
    assert BASE not in str(response.headers)
