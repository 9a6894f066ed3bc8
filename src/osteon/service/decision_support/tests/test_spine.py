"""Spinal infection as cards."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from osteon.knowledge import definition
from osteon.rules.things import asked
from osteon.service.accounts.models import Person
from osteon.service.decision_support import spine
from osteon.service.decision_support.card_names import about_of
from osteon.service.decision_support.offered import offered_under
from osteon.service.decision_support.tests.conftest import ago, searched, viewing
from osteon.service.decision_support.tests.test_calls import outcome
from osteon.service.worklist.models import RuleSwitch
from osteon.standards.cds_hooks.cards import Response
from osteon.standards.cds_hooks.tests.samples import DISCHARGE
from osteon.standards.cds_hooks.values import Indicator
from osteon.standards.fhir.codings import OWN_SYSTEM
from osteon.standards.fhir.tests.builders import concept, observation, patient

PATH = "/cds-services/spinal-infection"
# Every question of the triage that could make it an emergency, answered with no
ALL_NO = {
    **dict.fromkeys(
        (
            *(
                "sciatic_pain",
                "bladder_new",
                "bowel_new",
                "sexual_new",
                "saddle_sensory_new",
                "myelopathy_signs",
            ),
            *("new_neuro", "news2_single_3", "sepsis_suspected", "reported_fever_rigors", "meningism"),
            *(
                "endocarditis",
                "recent_bacteraemia",
                "pain_at_rest",
                "night_pain",
                "spine_implant_or_procedure",
            ),
            *("subacute_pain", "bacteraemia_s_aureus", "markers_explained", "bloodstream_infection_now"),
        ),
        False,
    ),
    "no_risk_factor": True,
    "bilateral_radicular": "none",
    "motor_deficit": "none",
    "news2": 0,
}


def answers(**said):
    return searched(*(one(name, value) for name, value in said.items()))


def one(name, value):
    code = concept(OWN_SYSTEM, asked(name).codes[0].removeprefix("OSTEON//"))
    kind = {bool: "valueBoolean", int: "valueInteger", str: "valueString"}[type(value)]
    return observation(code, effectiveDateTime=ago(0.1), valueQuantity=None, **{kind: value})


def blood(crp=None, esr=None, temperature=None):
    found = (("1988-5", crp, "mg/L", 5), ("4537-7", esr, "mm/h", 20), ("8310-5", temperature, "Cel", None))
    return searched(
        *(
            observation(
                code,
                value,
                unit,
                effectiveDateTime=ago(0.1),
                referenceRange=[{"high": {"value": high}}] if high else [],
            )
            for code, value, unit, high in found
            if value is not None
        )
    )


@pytest.fixture
def ask(call, settings):
    settings.OSTEON_PUBLIC_CALCULATORS = False

    def send(results=None, document=None, **said):
        prefetch = {"patient": patient(), "results": results, "findings": answers(**said) if said else None}
        response = call((document or viewing({})) | {"prefetch": prefetch}, PATH)
        assert response.status_code == 200, response.content
        return {about_of(card.uuid, spine.NAMES): card for card in Response.read(response.json()).cards}

    return send


def test_cauda_equina_is_a_critical_card_with_what_to_do(ask):
    card = ask(spinal_pain=True, saddle_sensory_new=True)[spine.TRIAGE]
    assert card.indicator is Indicator.CRITICAL
    assert card.summary.startswith("Same day: signs of cauda equina")
    assert "emergency MRI: cauda equina" in card.detail
    assert "Gloucestershire" in card.detail
    assert card.override_reasons


def test_pain_fever_and_a_risk_factor_are_an_emergency_and_bring_the_work_up(ask):
    cards = ask(blood(crp=140, temperature=38.4), spinal_pain=True, diabetes=True)
    assert cards[spine.TRIAGE].indicator is Indicator.CRITICAL
    assert "fever and a risk factor" in cards[spine.TRIAGE].detail
    work_up = cards[spine.SUSPICION]
    assert work_up.indicator is Indicator.WARNING
    assert work_up.summary.startswith("Spinal infection should be suspected (IDSA 2015)")
    assert list(cards) == [spine.TRIAGE, spine.SUSPICION]


def test_only_steps_that_are_surely_missing_are_offered_as_orders(ask):
    said = {"spinal_pain": True, "blood_culture_sets": 0, "spine_mri": "not_done"}
    card = ask(blood(crp=40), **said)[spine.SUSPICION]
    labels = {suggestion.label for suggestion in card.suggestions}
    assert labels == {
        "Take two sets of blood cultures, aerobic and anaerobic, before antibiotics.",
        "Measure ESR and CRP.",
        "Ask for an MRI of the spine.",
    }
    order = card.suggestions[0].actions[0].resource
    assert (order["resourceType"], order["status"]) == ("ServiceRequest", "draft")
    open_card = ask(blood(crp=40), spinal_pain=True)[spine.SUSPICION]
    assert {suggestion.label for suggestion in open_card.suggestions} == {"Measure ESR and CRP."}
    assert "Not known whether done or needed" in open_card.detail


def test_an_answer_that_arrives_changes_the_card(ask):
    first = ask(blood(crp=40), spinal_pain=True, blood_culture_sets=0)[spine.SUSPICION]
    later = ask(blood(crp=40, esr=60), spinal_pain=True, blood_culture_sets=2)[spine.SUSPICION]
    assert len(first.suggestions) == 2
    assert later.suggestions == ()
    assert first.summary.endswith("2 steps of the work-up are missing")
    assert later.summary.endswith("no step of the work-up is surely missing")


def test_facts_are_said_in_words(ask):
    card = ask(blood(temperature=38.4), spinal_pain=True, diabetes=True, motor_deficit="new")[spine.TRIAGE]
    assert "Diabetes: yes, " in card.detail
    assert "Weakness of a limb: new, " in card.detail
    assert "Temp 38.4 °C, " in card.detail


def test_pain_alone_is_never_called_routine(ask):
    card = ask(spinal_pain=True)[spine.TRIAGE]
    assert card.indicator is Indicator.WARNING
    assert "red flags are not all known" in card.summary
    assert "Ask, it could change the answer" in card.detail
    assert "no red flag" not in card.summary


def test_pain_with_every_red_flag_excluded_gets_safety_net_advice(ask):
    bloods = blood(crp=2, esr=8, temperature=36.8)
    card = ask(bloods, spinal_pain=True, pain_days=3, **ALL_NO)[spine.TRIAGE]
    assert card.indicator is Indicator.INFO
    assert "no red flag of spinal infection in what was sent" in card.summary
    assert "Come back at once" in card.detail


def test_one_open_question_is_enough_not_to_be_routine(ask):
    said = {name: value for name, value in ALL_NO.items() if name != "bladder_new"}
    card = ask(blood(crp=2, esr=8, temperature=36.8), spinal_pain=True, pain_days=3, **said)[spine.TRIAGE]
    assert card.indicator is Indicator.WARNING
    assert "bladder" in card.summary


def test_urgent_says_that_it_could_be_an_emergency(ask):
    card = ask(blood(crp=40), spinal_pain=True, markers_explained=False)[spine.TRIAGE]
    assert card.indicator is Indicator.WARNING
    assert card.summary.startswith("Urgent: spinal pain and a raised CRP or ESR")
    assert card.summary.endswith("could be an emergency, ask more")


def test_a_contradiction_is_told_and_decides_nothing(call):
    both = searched(one("spinal_pain", True), one("bladder_new", True), one("bladder_new", False))
    response = call(viewing({"patient": patient(), "results": None, "findings": both}), PATH)
    (card,) = Response.read(response.json()).cards
    assert card.indicator is Indicator.WARNING
    assert "New trouble with the bladder: two different answers within a day" in card.detail


@pytest.mark.parametrize("said", [{}, {"diabetes": True}, {"spinal_pain": False}])
def test_nobody_without_back_pain_gets_a_card(ask, said):
    assert ask(blood(crp=140, temperature=38.9), **said) == {}


def test_a_provisional_red_flag_raises_nothing_alone_and_is_named(ask, cast):
    card = ask(spinal_pain=True, sepsis_suspected=True)[spine.TRIAGE]
    assert card.indicator is Indicator.WARNING
    assert "Also met, provisional" in card.detail
    switch(True)
    card = ask(spinal_pain=True, sepsis_suspected=True)[spine.TRIAGE]
    assert card.indicator is Indicator.CRITICAL
    assert "provisional: not yet confirmed" in card.detail


def test_a_triage_that_is_switched_off_is_silent(ask, cast):
    switch(False)
    assert spine.TRIAGE not in ask(spinal_pain=True, saddle_sensory_new=True)


def switch(is_on):
    by = Person.objects.system()
    RuleSwitch.objects.create(rule_id=spine.TRIAGE, on=is_on, by=by, reason="agreed", at=timezone.now())


@pytest.mark.parametrize("key", ["results", "findings"])
def test_what_nothing_can_be_said_without_is_412(call, key):
    prefetch = {"patient": patient(), "results": None, "findings": None}
    del prefetch[key]
    assert outcome(call(viewing(prefetch), PATH), 412)["expression"] == [f"prefetch.{key}"]


def test_discharge_is_answered_too_and_ordering_is_not(ask, call):
    document = DISCHARGE | {"prefetch": {}}
    assert ask(document=document, spinal_pain=True, saddle_sensory_new=True)
    assert set(offered_under("spinal-infection")) == {"patient-view", "encounter-discharge"}


def test_the_query_asks_for_every_question_of_the_definitions():
    query = offered_under("spinal-infection")["patient-view"].service.prefetch["findings"]
    for name in spine.NAMES:
        for question in definition(name).questions:
            if question.codes[0].startswith("OSTEON//finding//"):
                assert question.codes[0].removeprefix("OSTEON//") in query, question.key


def test_the_link_opens_the_calculator_with_the_facts_and_no_patient(ask, settings):
    said = {"spinal_pain": True, "saddle_sensory_new": True, "motor_deficit": "none"}
    assert ask(blood(crp=140), **said)[spine.TRIAGE].links == ()
    settings.OSTEON_PUBLIC_CALCULATORS = True
    (link,) = ask(blood(crp=140), **said)[spine.TRIAGE].links
    address = urlsplit(link.url)
    assert address.path == f"/calculators/{spine.TRIAGE}/"
    facts = parse_qs(address.query)
    assert (facts["spinal_pain"], facts["crp"], facts["motor_deficit"]) == (["yes"], ["140"], ["none"])
    assert "p1" not in address.query
