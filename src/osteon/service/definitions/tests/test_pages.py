import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from osteon.knowledge import definition
from osteon.service.accounts.models import AuditEntry
from osteon.service.definitions import actions as acts
from osteon.service.patients import actions
from osteon.service.patients.models import Finding
from osteon.service.results.models import Result
from osteon.service.worklist.models import RuleSwitch

SINUS = "OSTEON//finding//sinus"
HOUR = timedelta(hours=1)


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def addresses(cast):
    patient, episode = cast.zofia.public_id, cast.zofia_episode.public_id
    return {
        "definitions": reverse("definitions:definitions", args=[patient]),
        "of_episode": reverse("definitions:of_episode", args=[patient, episode]),
        "history": reverse("definitions:history", args=[patient, episode]),
        "record_answer": reverse("definitions:record_answer", args=[patient, episode, "sinus_tract"]),
        "show_definition": reverse("definitions:show_definition", args=["ebjis-2021"]),
        "switch_definition": reverse("definitions:switch_definition", args=["ebjis-2021"]),
    }


ALLOWED = {
    "definitions": "physician",
    "of_episode": "physician",
    "history": "physician",
    "record_answer": "physician",
    "show_definition": "physician",
    "switch_definition": "lead",
}
REFUSED = dict.fromkeys(ALLOWED, "privacy") | {
    "record_answer": "coordinator",
    "switch_definition": "physician",
}


def answer(cast, key, **posted):
    page = reverse(
        "definitions:record_answer", args=[cast.zofia.public_id, cast.zofia_episode.public_id, key]
    )
    local = timezone.localtime() - HOUR
    return page, {"day": f"{local:%d/%m/%Y}", "clock": f"{local:%H:%M}", "seen": "", **posted}


# Doors


@pytest.mark.parametrize("name", ALLOWED)
def test_a_stranger_is_sent_to_sign_in(name, cast, client):
    response = client.get(addresses(cast)[name])
    assert response.status_code == 302 and "/sign-in/" in response.headers["Location"]


@pytest.mark.parametrize("name", ALLOWED)
def test_who_may_not_is_refused(name, cast, signed_in):
    assert signed_in(getattr(cast, REFUSED[name])).get(addresses(cast)[name]).status_code == 403


@pytest.mark.parametrize("name", ALLOWED)
def test_who_may_sees_it(name, cast, signed_in):
    assert signed_in(getattr(cast, ALLOWED[name])).get(addresses(cast)[name]).status_code == 200


def test_a_patient_out_of_reach_needs_the_glass_broken(cast, signed_in):
    assert signed_in(cast.surgeon).get(addresses(cast)["definitions"]).status_code == 403


def test_an_episode_of_somebody_else_is_not_found(cast, signed_in):
    page = reverse("definitions:of_episode", args=[cast.zofia.public_id, cast.sean_episode.public_id])
    assert signed_in(cast.physician).get(page).status_code == 404


@pytest.mark.parametrize("question", ["age", "no_such_question"])
def test_a_question_that_cannot_be_answered_here_is_not_found(question, cast, signed_in):
    page, _ = answer(cast, question)
    assert signed_in(cast.physician).get(page).status_code == 404


# The cards


def test_a_card_shows_the_answer_the_fact_and_the_link_to_it(cast, signed_in):
    finding = actions.record_finding(
        by=cast.physician, patient=cast.zofia, code=SINUS, time=timezone.now() - HOUR, present=True
    )
    response = signed_in(cast.physician).get(addresses(cast)["definitions"])
    assert '<strong class="df-part__answer">confirmed</strong>' in response.content.decode()
    assert reverse("patients:finding", args=[finding.public_id]) in response.content.decode()


def test_an_unknown_criterion_offers_to_record_it(cast, signed_in):
    response = signed_in(cast.physician).get(addresses(cast)["definitions"])
    assert addresses(cast)["record_answer"] in response.content.decode()


def test_who_may_not_record_is_offered_nothing(cast, signed_in):
    response = signed_in(cast.coordinator).get(addresses(cast)["definitions"])
    assert response.status_code == 200 and "/answer/" not in response.content.decode()


def test_definitions_that_contradict_each_other_stand_at_the_top(cast, signed_in):
    for key, value in (("syn_wbc", 2000.0), ("syn_pmn", 70.0)):
        code = f"OSTEON//finding//{key.replace('_', '-')}"
        actions.record_finding(
            by=cast.physician,
            patient=cast.zofia,
            code=code,
            time=timezone.now() - HOUR,
            numeric_value=value,
            unit="/uL" if key == "syn_wbc" else "%",
        )
    for key in [
        "sinus_tract",
        "alpha_defensin",
        "organisms_seen",
        "loosening_5y",
        "wound_problem",
        "recent_fever",
        "pus",
        "aspirate_culture",
        "culture_single",
        "wbc_scan",
    ]:
        code = SINUS if key == "sinus_tract" else f"OSTEON//finding//{key.replace('_', '-')}"
        actions.record_finding(
            by=cast.physician, patient=cast.zofia, code=code, time=timezone.now() - HOUR, present=False
        )
    for key in ("cultures_alike", "sonication_cfu", "histology_fields"):
        actions.record_finding(
            by=cast.physician,
            patient=cast.zofia,
            code=f"OSTEON//finding//{key.replace('_', '-')}",
            time=timezone.now() - HOUR,
            numeric_value=0.0,
            unit="[CFU]/mL" if key == "sonication_cfu" else "",
        )
    text = text_of(signed_in(cast.physician).get(addresses(cast)["definitions"]))
    assert "Readings of one source: EBJIS 2021" in text
    assert "These do not say the same" in text


def test_a_page_without_an_episode_says_so(cast, signed_in):
    nobody = cast.patient("Nobody")
    page = reverse("definitions:definitions", args=[nobody.public_id])
    assert "No episode yet" in text_of(signed_in(cast.physician).get(page))


def test_an_emergency_is_said_first(cast, signed_in):
    for key in ("spinal_pain", "saddle_sensory_new"):
        actions.record_finding(
            by=cast.physician,
            patient=cast.sean,
            code=f"OSTEON//finding//{key.replace('_', '-')}",
            time=timezone.now() - HOUR,
            present=True,
        )
    page = reverse("definitions:definitions", args=[cast.sean.public_id])
    assert "Arrange same-day assessment now" in text_of(signed_in(cast.physician).get(page))


def test_the_overview_carries_the_headlines(cast, signed_in):
    actions.record_finding(
        by=cast.physician, patient=cast.zofia, code=SINUS, time=timezone.now() - HOUR, present=True
    )
    text = text_of(signed_in(cast.physician).get(cast.zofia.get_absolute_url()))
    assert "EBJIS 2021" in text and "confirmed" in text


# Recording what is missing


def test_the_missing_finding_is_recorded_and_the_answer_follows(cast, signed_in):
    page, posted = answer(cast, "sinus_tract", answer="yes")
    client = signed_in(cast.physician)
    response = client.post(page, posted, follow=True)
    assert "Recorded: Sinus tract." in text_of(response)
    assert Finding.objects.get(code=SINUS).present is True
    assert AuditEntry.objects.filter(verb="patients.record_finding", by=cast.physician).exists()


def test_a_number_is_stored_in_the_questions_unit(cast, signed_in):
    page, posted = answer(cast, "syn_wbc", answer="2900", remark="bloody tap")
    signed_in(cast.physician).post(page, posted)
    found = Finding.objects.get()
    assert (found.numeric_value, found.unit, found.text_value) == (2900, "/uL", "bloody tap")


def test_a_choice_keeps_its_word(cast, signed_in):
    page, posted = answer(cast, "leuk_esterase", answer="++")
    signed_in(cast.physician).post(page, posted)
    assert Finding.objects.get().text_value == "++" and Finding.objects.get().numeric_value == 3


def test_a_laboratory_question_becomes_a_result(cast, signed_in):
    page, posted = answer(cast, "crp", answer="2.4", answer_unit="mg/dL")
    signed_in(cast.physician).post(page, posted)
    found = Result.objects.get(patient=cast.zofia)
    assert (found.numeric_value, found.unit) == (24, "mg/L") and not Finding.objects.exists()


@pytest.mark.parametrize(
    ("key", "posted", "message"),
    [
        ("syn_pmn", {"answer": "140"}, "140 cannot be"),
        ("syn_wbc", {"answer": "-3"}, "-3 cannot be"),
        ("syn_wbc", {"answer": "many"}, "is not a number"),
        ("syn_wbc", {"answer": "<500"}, "plain number"),
        ("sinus_tract", {"answer": "unknown"}, "Nothing is recorded for what is not known"),
        ("sinus_tract", {"answer": "perhaps"}, "neither yes, no nor unknown"),
        ("sinus_tract", {"answer": "yes", "day": "01/01/2099"}, "lies in the future"),
        ("sinus_tract", {"answer": "yes", "day": "yesterday-ish"}, "not a date"),
        ("sinus_tract", {}, "Nothing is recorded"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(key, posted, message, cast, signed_in):
    page, start = answer(cast, key)
    response = signed_in(cast.physician).post(page, start | posted)
    assert response.status_code == 200
    assert message.lower() in text_of(response).lower() and not Finding.objects.exists()


def test_an_answer_recorded_meanwhile_is_told_first(cast, signed_in):
    page, posted = answer(cast, "sinus_tract", answer="yes")
    actions.record_finding(
        by=cast.lead, patient=cast.zofia, code=SINUS, time=timezone.now() - 2 * HOUR, present=True
    )
    response = signed_in(cast.physician).post(page, posted)
    assert "Somebody answered this in the meantime" in text_of(response)
    assert Finding.objects.count() == 1
    seen = re.search(r'name="seen"[^>]*value="([^"]+)"', response.content.decode())[1]
    signed_in(cast.physician).post(page, posted | {"seen": seen})
    assert Finding.objects.count() == 2


def test_a_contradiction_of_one_day_is_told_and_can_be_meant(cast, signed_in):
    page, posted = answer(cast, "sinus_tract", answer="no")
    first = actions.record_finding(
        by=cast.lead, patient=cast.zofia, code=SINUS, time=timezone.now() - 2 * HOUR, present=True
    )
    posted["seen"] = first.stream_source
    response = signed_in(cast.physician).post(page, posted)
    assert "This contradicts what was recorded for the same day" in text_of(response)
    assert Finding.objects.count() == 1
    signed_in(cast.physician).post(page, posted | {"both": "on"})
    text = text_of(signed_in(cast.physician).get(addresses(cast)["definitions"]))
    assert "Contradiction: Sinus tract: two different answers within a day" in text


# History


def test_history_without_a_meeting_says_so(cast, signed_in):
    assert "No meeting and no operation yet" in text_of(
        signed_in(cast.physician).get(addresses(cast)["history"])
    )


# The unit's switch


def test_a_definition_that_is_switched_off_is_shown_as_such(cast, signed_in):
    actions.record_finding(
        by=cast.physician, patient=cast.zofia, code=SINUS, time=timezone.now() - HOUR, present=True
    )
    page = addresses(cast)["switch_definition"]
    signed_in(cast.lead).post(page, {"reason": "Superseded in this unit"})
    switch = RuleSwitch.objects.get()
    assert (switch.rule_id, switch.on, switch.by) == ("ebjis-2021", False, cast.lead)
    text = text_of(signed_in(cast.physician).get(addresses(cast)["definitions"]))
    assert "Switched off in this unit" in text and "Superseded in this unit" in text


def test_it_can_be_switched_on_again_and_both_are_kept(cast, signed_in):
    page, client = addresses(cast)["switch_definition"], signed_in(cast.lead)
    client.post(page, {"reason": "Superseded in this unit"})
    client.post(page, {"reason": "The meeting wants it back"})
    assert list(RuleSwitch.objects.values_list("on", flat=True)) == [False, True]
    text = text_of(client.get(addresses(cast)["show_definition"]))
    assert "provisional, switched on here" in text and "The meeting wants it back" in text
    assert AuditEntry.objects.filter(verb="worklist.switch_rule").count() == 2


@pytest.mark.parametrize("reason", ["", "no"])
def test_a_switch_needs_a_reason(reason, cast, signed_in):
    response = signed_in(cast.lead).post(addresses(cast)["switch_definition"], {"reason": reason})
    assert response.status_code == 200 and not RuleSwitch.objects.exists()


def test_a_verified_definition_is_not_switched(cast):
    with pytest.raises(acts.Refused):
        acts.switch_definition(by=cast.lead, definition=definition("icm-2013"), on=False, reason="Because")


def test_an_unknown_definition_is_not_found(cast, signed_in):
    page = reverse("definitions:show_definition", args=["nothing-of-the-kind"])
    assert signed_in(cast.lead).get(page).status_code == 404


def test_the_time_of_an_answer_is_kept(cast, signed_in):
    page, posted = answer(cast, "pus", answer="yes", day="20/08/2026", clock="")
    signed_in(cast.physician).post(page, posted)
    assert Finding.objects.get().time == datetime(2026, 8, 20, tzinfo=UTC)
