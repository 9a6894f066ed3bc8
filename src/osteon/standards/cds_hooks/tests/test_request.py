"""Requests are read strictly, and every fault names its field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.standards.cds_hooks.fields import Malformed, is_web_address
from osteon.standards.cds_hooks.request import HookRequest, OrderSelectContext
from osteon.standards.cds_hooks.tests.samples import (
    DISCHARGE,
    DRAFT,
    HOOK_INSTANCE,
    ORDER_SELECT,
    PATIENT_VIEW,
    changed,
    without,
)
from osteon.standards.cds_hooks.values import Hook

AUTHORIZATION = {
    "access_token": "opaque",
    "token_type": "Bearer",
    "expires_in": 300,
    "scope": "user/Patient.read",
    "subject": "cds-service4",
}


def fault(document):
    with pytest.raises(Malformed) as caught:
        HookRequest.read(document)
    return caught.value


def test_a_request_of_each_hook_is_read():
    assert HookRequest.read(PATIENT_VIEW).context.patient_id == "p1"
    assert HookRequest.read(DISCHARGE).context.encounter_id == "e1"
    found = HookRequest.read(ORDER_SELECT)
    assert (found.hook, found.hook_instance) == (Hook.ORDER_SELECT, HOOK_INSTANCE)
    assert isinstance(found.context, OrderSelectContext)
    assert found.context.selected == (DRAFT,)


@pytest.mark.parametrize("document", [PATIENT_VIEW, DISCHARGE, ORDER_SELECT], ids=lambda d: d["hook"])
def test_what_is_written_is_read_again(document):
    found = HookRequest.read(changed(document, "prefetch", {"patient": None}))
    assert HookRequest.read(found.as_json()) == found
    assert found.as_json() == changed(document, "prefetch", {"patient": None})


@pytest.mark.parametrize(
    ("document", "path"),
    [
        *((PATIENT_VIEW, path) for path in ("hook", "hookInstance", "context")),
        *((PATIENT_VIEW, path) for path in ("context.userId", "context.patientId")),
        (DISCHARGE, "context.encounterId"),
        (ORDER_SELECT, "context.selections"),
        (ORDER_SELECT, "context.draftOrders"),
    ],
    ids=lambda v: v if isinstance(v, str) else v["hook"],
)
def test_a_required_field_is_missed_by_name(document, path):
    found = fault(without(document, path))
    assert (found.field, found.problem) == (path, "is missing")


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("hook", "patient-viewed", "none of patient-view, encounter-discharge, order-select"),
        ("hook", 7, "should be a text but is a number"),
        ("hookInstance", "123", "not a UUID"),
        ("hookInstance", "", "is empty"),
        ("hookInstance", "{d1577c69-dfbe-44ad-ba6d-3e05e953b2ea}", "not a UUID"),
        ("fhirServer", "ftp://x", "not an absolute http or https address"),
        ("fhirServer", None, "is null"),
        ("context", [], "should be an object but is a list"),
        ("context", {}, "is empty"),
        ("context.userId", "gp1", "should be [type]/[id]"),
        ("context.userId", "Device/1", "Practitioner, PractitionerRole, Patient, RelatedPerson"),
        ("context.patientId", "p 1", "not the id"),
        ("context.patientId", True, "is true or false"),
        ("context.encounterId", None, "is null; leave out"),
        ("context.encounterId", "", "is empty"),
        ("prefetch", "x", "should be an object but is a text"),
        ("prefetch", {"patient": {}}, "is empty"),
        ("prefetch", {"patient": {"id": "p1"}}, "is missing"),
        ("prefetch", {"patient": "123"}, "should be an object but is a text"),
        ("extension", "x", "should be an object"),
        ("fhirAuthorization", AUTHORIZATION, "fhirAuthorization is given"),
    ],
)
def test_a_wrong_value_is_named_with_its_field(path, value, problem):
    found = fault(changed(PATIENT_VIEW, path, value))
    assert problem in str(found)
    assert found.field.startswith(path.split(".")[0]) or found.field == "fhirServer"


@pytest.mark.parametrize("value", [None, 7, "text", [], [PATIENT_VIEW]])
def test_a_request_is_an_object(value):
    assert "should be an object" in str(fault(value))


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("context.selections", [], "is empty"),
        ("context.selections", [7], "selections[0]: should be a text"),
        (
            "context.selections",
            ["MedicationRequest/other"],
            "'MedicationRequest/other', which is not in draftOrders",
        ),
        ("context.draftOrders.resourceType", "List", "should be Bundle"),
        ("context.draftOrders.entry", [{}], "draftOrders.entry[0].resource: is missing"),
        ("context.draftOrders.entry", ["x"], "entry[0]: should be an object"),
        ("context.userId", "Patient/p1", "Practitioner, PractitionerRole"),
    ],
)
def test_orders_that_do_not_fit_are_named(path, value, problem):
    assert problem in str(fault(changed(ORDER_SELECT, path, value)))


def test_an_access_token_is_checked_and_not_kept():
    document = changed(PATIENT_VIEW, "fhirAuthorization", AUTHORIZATION) | {
        "fhirServer": "https://ehr.example/r4"
    }
    found = HookRequest.read(document)
    assert found.authorization.scope == "user/Patient.read"
    assert "opaque" not in repr(found)
    assert "opaque" not in str(found.as_json())
    for name in AUTHORIZATION:
        assert fault(without(document, f"fhirAuthorization.{name}")).field == f"fhirAuthorization.{name}"
    assert "should be Bearer" in str(fault(changed(document, "fhirAuthorization.token_type", "mac")))


def test_fields_the_specification_does_not_name_are_passed_over_and_listed():
    document = changed(PATIENT_VIEW, "context.locationId", "l1") | {"prefecth": {}, "extension": {"a": 1}}
    found = HookRequest.read(document)
    assert set(found.unread) == {"context.locationId", "prefecth"}
    assert found.context == HookRequest.read(PATIENT_VIEW).context


def test_null_prefetch_is_kept_apart_from_none_sent():
    assert HookRequest.read(changed(PATIENT_VIEW, "prefetch", {"results": None})).prefetch == {
        "results": None
    }
    assert HookRequest.read(PATIENT_VIEW).prefetch == {}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = ("hook", "hookInstance", "fhirServer", "fhirAuthorization", "context", "prefetch", "extension")


@given(st.sampled_from([PATIENT_VIEW, DISCHARGE, ORDER_SELECT]), st.sampled_from(NAMES), JSON)
def test_any_value_anywhere_is_read_or_named(document, name, value):
    try:
        HookRequest.read(changed(document, name, value))
    except Malformed as error:
        assert error.field.split(".")[0].split("[")[0] in NAMES


@pytest.mark.parametrize(
    "said", ["", "x", "/a", "javascript:alert(1)", "https://", "http://a b", "https://[", "data:text/html,x"]
)
def test_what_is_no_web_address_is_told(said):
    assert not is_web_address(said)
