"""Queries are made from what the rules read, and what comes back becomes events."""

from datetime import UTC, datetime

import pytest

from osteon.events.vocabulary import DRUGS, MEASURES
from osteon.knowledge import all_rules
from osteon.rules.judge import judge
from osteon.rules.language import days, happened, latest, on, present
from osteon.rules.things import drug, finding, happening, measured
from osteon.standards.cds_hooks.fields import Malformed
from osteon.standards.cds_hooks.prefetch import filled, templates, wanted
from osteon.standards.cds_hooks.story import as_if_signed, told
from osteon.standards.cds_hooks.tests.samples import DRAFT
from osteon.standards.fhir.codings import OWN_SYSTEM
from osteon.standards.fhir.tests.builders import (
    bundle,
    concept,
    observation,
    patient,
    request,
    resource,
    subject,
)

RULE = (
    on(drug("daptomycin"))
    & (latest(measured("creatine-kinase")).times_upper_limit > 5)
    & present(finding("muscle-symptoms"), within=days(7))
    & ~happened(happening("operation", "operation"), within=days(14))
)
FAILED = {
    "resourceType": "OperationOutcome",
    "issue": [{"severity": "error", "code": "exception", "diagnostics": "down"}],
}


def found(*resources, **more):
    return bundle(*resources, kind="searchset") | more


def test_queries_name_what_a_rule_reads_and_nothing_else():
    asked = templates(wanted(RULE.walk()))
    assert asked == {
        "patient": "Patient/{{context.patientId}}",
        "results": "Observation?patient={{context.patientId}}&code=http://loinc.org|2157-6&_sort=-date&_count=500",
        "findings": "Observation?patient={{context.patientId}}"
        f"&code={OWN_SYSTEM}|finding//muscle-symptoms&_sort=-date",
        "medicines": "MedicationRequest?patient={{context.patientId}}&status=active",
        "medicinesTaken": "MedicationStatement?patient={{context.patientId}}&status=active",
        "operations": "Procedure?patient={{context.patientId}}&_sort=-date&_count=50",
    }


def test_a_rule_that_reads_one_result_asks_for_one_only():
    assert set(templates(wanted((latest(measured("crp")) > latest(measured("crp"))).walk()))) == {
        "patient",
        "results",
    }
    assert set(templates(wanted([]))) == {"patient"}


def test_a_measurement_that_only_a_schedule_names_is_asked_for():
    codes = MEASURES["vancomycin-level"].codes
    query = templates(wanted([], codes))["results"]
    assert all(code.removeprefix("LOINC//") in query for code in codes)


def test_every_measurement_of_every_monitoring_rule_is_in_the_query():
    nodes = [node for rule in all_rules() for node in rule.nodes()]
    due = [code for rule in all_rules() for part in rule.due for code in part.measure.codes]
    query = templates(wanted(nodes, due))["results"]
    for rule in all_rules():
        for part in rule.due:
            assert part.measure.codes[0].removeprefix("LOINC//") in query, rule.id


def test_medicines_are_not_filtered_by_our_codes():
    asked = templates(wanted(RULE.walk()))
    assert not any(d.code.removeprefix("ATC//") in asked["medicines"] for d in DRUGS.values())


def test_queries_keep_to_what_the_specification_recommends():
    for query in templates(wanted(RULE.walk())).values():
        kind, _, search = query.partition("?")
        names = [part.partition("=")[0] for part in search.split("&")] if search else []
        assert set(names) <= {"patient", "code", "status", "_sort", "_count"}
        assert search or kind == "Patient/{{context.patientId}}"


def test_tokens_are_filled_from_the_context():
    query = "Observation?patient={{context.patientId}}&encounter={{context.encounterId}}"
    assert filled(query, {"patientId": "p1", "encounterId": "e1"}) == "Observation?patient=p1&encounter=e1"


# From what was sent to events

KEYS = ("patient", "results", "medicines")


def test_what_was_sent_becomes_events_of_one_patient():
    story = told(
        {
            "patient": patient(),
            "results": found(observation("2157-6", 2140, "U/L")),
            "medicines": found(request("Daptomycin 500 mg powder")),
        },
        "p1",
        KEYS,
    )
    codes = {event.code for event in story.events}
    assert {"MEDS_BIRTH", "GENDER//F", "LOINC//2157-6", DRUGS["daptomycin"].code} == codes
    assert len({event.subject_id for event in story.events}) == 1
    assert (story.absent, story.cut) == ((), ())


def test_without_the_patient_the_rest_is_read_by_the_contexts_id():
    story = told({"results": found(observation())}, "p1", KEYS)
    assert [event.code for event in story.events] == ["LOINC//1988-5"]
    assert story.absent == ("patient", "medicines")


def test_null_is_an_answer_and_a_missing_key_is_not():
    story = told({"patient": None, "results": None}, "p1", KEYS)
    assert story.absent == ("medicines",)
    assert story.events == ()


@pytest.mark.parametrize("failed", [FAILED, found(FAILED), found(observation(), FAILED)])
def test_an_error_of_the_server_counts_as_not_sent(failed):
    story = told({"results": failed}, "p1", ("results",))
    assert story.absent == ("results",)
    assert story.events == ()


def test_a_servers_remark_does_not_spoil_what_was_found():
    remark = {"resourceType": "OperationOutcome", "issue": [{"severity": "warning", "code": "informational"}]}
    story = told({"results": found(observation(), remark)}, "p1", ("results",))
    assert (len(story.events), story.absent) == (1, ())


def test_an_answer_with_a_further_page_is_noted():
    page = found(observation(), link=[{"relation": "next", "url": "https://ehr.example/2"}])
    assert told({"results": page}, "p1", ("results",)).cut == ("results",)


def test_a_single_resource_counts_as_a_search_with_one():
    assert len(told({"results": observation()}, "p1", ("results",)).events) == 1


def test_medicines_named_by_a_reference_are_found():
    medicine = resource("Medication", code={"text": "Linezolid 600 mg tablets"})
    order = request("x") | {"medicationReference": {"reference": f"Medication/{medicine['id']}"}}
    del order["medicationCodeableConcept"]
    story = told({"medicines": found(order, medicine)}, "p1", ("medicines",))
    assert [event.code for event in story.events] == [DRUGS["linezolid"].code]


def test_keys_nobody_asked_for_are_not_read():
    assert told({"other": found(observation())}, "p1", KEYS).events == ()


@pytest.mark.parametrize(
    ("sent", "place"),
    [
        ({"patient": patient("p2")}, "prefetch.patient"),
        ({"results": found(observation(subject=subject("Patient/p2")))}, "prefetch.results.entry[0]"),
        ({"patient": patient(), "results": observation(subject=subject("Patient/p2"))}, "prefetch.results"),
    ],
)
def test_another_patient_refuses_the_call(sent, place):
    with pytest.raises(Malformed, match=r"is (about )?another patient") as caught:
        told(sent, "p1", KEYS)
    assert caught.value.field == place


@pytest.mark.parametrize(
    ("sent", "problem"),
    [
        ({"resourceType": "Bundle", "entry": {}}, "should be a list"),
        ({"resourceType": "Bundle", "entry": [{}]}, "has no resource"),
        ({"resourceType": "Bundle", "entry": ["x"]}, "has no resource"),
        ({"resourceType": "Bundle", "entry": [{"resource": {"id": "x"}}]}, "not a FHIR resource"),
        (observation(code="x") | {"code": 7}, "'code' should be an object"),
        ({"resourceType": "7"}, "not a FHIR resource"),
    ],
)
def test_what_is_not_fhir_is_named_with_its_key(sent, problem):
    with pytest.raises(Malformed, match=r"^prefetch\.results") as caught:
        told({"results": sent}, "p1", ("results",))
    assert problem in str(caught.value)


def test_a_resource_that_cannot_be_used_is_counted_and_does_not_stop_the_rest():
    bad = observation(effectiveDateTime="2026-99-01")
    story = told({"results": found(bad, observation())}, "p1", ("results",))
    assert len(story.events) == 1
    assert story.report.refused.total() == 1


def test_a_draft_is_read_as_if_it_were_signed_now():
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    story = told({}, "p1", (), [DRAFT], now)
    (event,) = story.events
    assert (event.code, event.time, event.end) == (DRUGS["linezolid"].code, datetime(2026, 11, 23, 9), None)
    assert DRAFT["status"] == "draft"
    assert as_if_signed(DRAFT, now)["status"] == "active"


def test_rules_judge_what_was_prefetched():
    as_of = datetime(2026, 3, 6)
    limits = [{"high": {"value": 200}}]
    story = told(
        {
            "results": found(observation("2157-6", 2140, "U/L", referenceRange=limits)),
            "medicines": found(request("Daptomycin", authoredOn="2026-03-01")),
            "findings": found(
                observation(
                    concept(OWN_SYSTEM, "finding//muscle-symptoms"), valueBoolean=True, valueQuantity=None
                )
            ),
        },
        "p1",
        ("results", "medicines", "findings"),
    )
    answers = {answer.rule.id: answer for answer in judge(all_rules(), story.events, as_of)}
    assert answers["daptomycin-ck"].level == "red"
