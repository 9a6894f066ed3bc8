"""Monitoring rules as cards."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from osteon.knowledge import all_rules
from osteon.service.accounts.models import Person
from osteon.service.decision_support import monitoring
from osteon.service.decision_support.card_names import about_of
from osteon.service.decision_support.tests.conftest import ago, ck, on_daptomycin, searched, viewing
from osteon.service.decision_support.wording import plain
from osteon.service.worklist.models import RuleSwitch
from osteon.standards.cds_hooks.cards import Response
from osteon.standards.cds_hooks.tests.samples import DISCHARGE, DRAFT, ORDER_SELECT, changed
from osteon.standards.cds_hooks.values import Indicator
from osteon.standards.fhir.codings import OWN_SYSTEM
from osteon.standards.fhir.tests.builders import concept, observation, request


@pytest.fixture
def cards(call):
    def ask(document):
        response = call(document)
        assert response.status_code == 200, response.content
        return Response.read(response.json()).cards

    return ask


def about(card):
    return about_of(card.uuid, monitoring.known_names())


def by_name(cards):
    return {about(card): card for card in cards}


def muscle_pain(is_there):
    code = concept(OWN_SYSTEM, "finding//muscle-symptoms")
    return searched(observation(code, effectiveDateTime=ago(1), valueBoolean=is_there, valueQuantity=None))


def test_a_red_threshold_is_a_critical_card_first(cards):
    found = cards(viewing(on_daptomycin(ck(2140, 0.5))))
    first = found[0]
    assert about(first) == "daptomycin-ck"
    assert first.indicator is Indicator.CRITICAL
    assert first.summary.startswith("CK 2,140 U/L (10.7 × upper limit)")
    assert "Stop daptomycin, ring the infection physician" in first.detail
    assert "CK above 2,000 U/L or at least 10 times" in first.detail
    assert first.source.label == "Daptomycin product text"
    assert first.override_reasons


def test_cards_are_ordered_by_urgency(cards):
    found = cards(viewing(on_daptomycin(ck(2140, 0.5))))
    ranks = [card.indicator.rank for card in found]
    assert ranks == sorted(ranks, reverse=True)
    assert len(found) > 1


def test_a_finding_changes_the_answer(cards):
    results = ck(1300, 0.5)
    asked = by_name(cards(viewing(on_daptomycin(results, findings=muscle_pain(True)))))
    assert asked["daptomycin-ck"].indicator is Indicator.CRITICAL
    without_pain = by_name(cards(viewing(on_daptomycin(results, findings=muscle_pain(False)))))
    assert "daptomycin-ck" not in without_pain
    unknown = by_name(cards(viewing(on_daptomycin(results))))
    assert "muscle pain or weakness" in unknown[monitoring.UNJUDGED].summary


def test_late_tests_are_one_card_with_an_order_for_each(cards):
    found = by_name(cards(viewing(on_daptomycin(days=10))))
    late = found[monitoring.LATE]
    assert late.indicator is Indicator.WARNING
    assert "late on daptomycin" in late.summary
    labels = [suggestion.label for suggestion in late.suggestions]
    assert "Order CK" in labels
    assert len(labels) == len(set(labels)) > 1
    order = next(s for s in late.suggestions if s.label == "Order CK").actions[0].resource
    assert order["code"]["coding"] == [{"system": "http://loinc.org", "code": "2157-6"}]
    assert (order["status"], order["subject"]) == ("draft", {"reference": "Patient/p1"})
    assert "no result yet" in late.detail


def test_a_panel_is_ordered_in_words_not_by_one_of_its_tests(cards):
    late = by_name(cards(viewing(on_daptomycin(days=10))))[monitoring.LATE]
    panel = next(s for s in late.suggestions if s.label == "Order full blood count").actions[0].resource
    assert panel["code"] == {"text": "Full blood count"}


def test_nothing_to_say_is_no_card(cards):
    nothing = on_daptomycin() | {"medicines": searched(request("Paracetamol 500 mg tablets"))}
    assert cards(viewing(nothing)) == ()
    assert cards(viewing(on_daptomycin() | {"medicines": None})) == ()


def test_facts_from_outside_cannot_write_markdown():
    assert plain("<b>[x](http://a)</b>\n# y") == r"\<b\>\[x\]\(http://a\)\</b\> \# y"


def test_no_card_names_the_patient(cards):
    for card in cards(viewing(on_daptomycin(ck(2140, 0.5), days=10))):
        words = f"{card.summary} {card.detail} {card.source.label}"
        assert "Okafor" not in words
        assert "N-p1" not in words


# Provisional figures


def rising():
    return viewing(on_daptomycin(ck(150, 5), ck(400, 0.5), findings=muscle_pain(False)))


def test_a_provisional_threshold_is_silent_until_the_unit_switches_it_on(cards, cast):
    assert "daptomycin-ck" not in by_name(cards(rising()))
    switch = {"rule_id": "daptomycin-ck", "by": Person.objects.system(), "reason": "agreed", "on": True}
    RuleSwitch.objects.create(at=timezone.now(), **switch)
    card = by_name(cards(rising()))["daptomycin-ck"]
    assert card.indicator is Indicator.WARNING
    assert "provisional: not yet confirmed" in card.detail


# Discharge and orders


def test_discharge_adds_what_is_due_when(cards):
    found = by_name(cards(DISCHARGE | {"prefetch": on_daptomycin(ck(80, 1))}))
    plan = found[monitoring.NEXT]
    assert plan.indicator is Indicator.INFO
    assert plan.summary.startswith("Blood tests after discharge: ")
    due = datetime.now(UTC) + timedelta(days=6)
    assert f"CK: {due:%a} {due.day} {due:%b %Y}" in plan.detail


def test_discharge_without_an_antimicrobial_plans_nothing(cards):
    assert cards(DISCHARGE | {"prefetch": on_daptomycin() | {"medicines": None}}) == ()


def test_a_chosen_drug_is_judged_as_if_it_were_given(cards):
    found = cards(ORDER_SELECT | {"prefetch": on_daptomycin() | {"medicines": None}})
    late = by_name(found)[monitoring.LATE]
    assert "on linezolid" in late.summary
    assert late.indicator is Indicator.INFO
    assert {"Order full blood count"} <= {suggestion.label for suggestion in late.suggestions}


def test_a_chosen_drug_brings_only_cards_about_it(cards):
    found = cards(ORDER_SELECT | {"prefetch": on_daptomycin(ck(2140, 0.5))})
    assert found
    rules = {rule.id for rule in all_rules()}
    assert "daptomycin-ck" not in {about(card) for card in found}
    assert {about(card) for card in found} <= rules | {monitoring.LATE, monitoring.UNJUDGED}


def test_a_chosen_medicine_that_no_rule_knows_brings_nothing(cards):
    draft = DRAFT | {"medicationCodeableConcept": {"text": "Paracetamol"}}
    document = changed(ORDER_SELECT, "context.draftOrders.entry", [{"resource": draft}])
    assert cards(document | {"prefetch": on_daptomycin(ck(2140, 0.5))}) == ()


def test_the_same_facts_are_asked_of_the_database_with_few_queries(call, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        assert call(viewing(on_daptomycin(ck(2140, 0.5)))).status_code == 200
