"""Requests made from the OpenAPI document, right and wrong: each is answered as the document says."""

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, assume, given, settings
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from osteon.service.decision_support.interface import interface_of
from osteon.service.decision_support.offered import all_offered
from osteon.service.decision_support.tests.conftest import token_for
from osteon.standards.cds_hooks.values import Indicator

SITE = get_wsgi_application()
DOCUMENT = interface_of("http://testserver", all_offered())
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
CALL, FEEDBACK = ("/cds-services/{id}", "POST"), ("/cds-services/{id}/feedback", "POST")
RIGHT = [("/cds-services", "GET"), CALL, FEEDBACK]
SENT = (ParameterLocation.BODY, ParameterLocation.PATH)  # the headers are made good again by the signature
AS_SAID = [status_code_conformance, content_type_conformance, response_schema_conformance]
BRIEFLY = settings(
    max_examples=40,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(autouse=True)
def one_connection():
    """The test's connection stays open between requests, as Django's own test client keeps it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def answered(case):
    """The case sent through the whole site, signed anew."""
    case.headers = {**(case.headers or {}), "Authorization": f"Bearer {token_for(case.formatted_path)}"}
    return case.call(app=SITE, base_url="http://testserver")


@pytest.mark.parametrize(("path", "method"), RIGHT, ids=[path for path, _ in RIGHT])
def test_what_the_document_allows_is_answered_as_it_says(gp_system, db, path, method):
    @given(case=SCHEMA[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE))
    @BRIEFLY
    def holds(case):
        response = answered(case)
        case.validate_response(response, checks=AS_SAID)
        assert response.status_code in (200, 400, 412)

    holds()


@pytest.mark.parametrize(("path", "method"), [CALL, FEEDBACK], ids=["call", "feedback"])
def test_what_the_document_forbids_is_refused_as_it_says(gp_system, db, path, method):
    @given(case=SCHEMA[path][method].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    @BRIEFLY
    def holds(case):
        assume(any(part.mode.is_negative for where, part in case.meta.components.items() if where in SENT))
        response = answered(case)
        case.validate_response(response, checks=AS_SAID)
        assert 400 <= response.status_code < 500

    holds()


def test_the_document_is_served(client, db):
    response = client.get("/cds-services/openapi.json")
    assert response.status_code == 200
    assert response.json() == DOCUMENT
    assert DOCUMENT["openapi"] == "3.1.0"


def test_the_document_takes_its_words_from_the_value_sets():
    card = DOCUMENT["components"]["schemas"]["Card"]["properties"]
    assert card["indicator"]["enum"] == [word.value for word in Indicator]
    assert card["summary"]["maxLength"] == 139


def test_the_document_names_every_service():
    (parameter,) = DOCUMENT["paths"]["/cds-services/{id}"]["post"]["parameters"]
    assert set(parameter["schema"]["enum"]) == {one.service.id for one in all_offered()}


def test_a_name_with_a_line_break_is_no_service_and_is_told_so_in_json(client):
    answer = client.post("/cds-services/%0Aspine", data="{}", content_type="application/json")
    assert answer.status_code in (401, 404)
    assert answer.headers["Content-Type"].startswith("application/json")
