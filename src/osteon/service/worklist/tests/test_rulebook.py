"""The rules page: what each rule rests on, what it last said here, and the switch of provisional rules."""

import pytest
from django.urls import reverse

from osteon.knowledge import all_rules
from osteon.service.accounts.models import AuditEntry
from osteon.service.worklist import actions, rulebook
from osteon.service.worklist.actions import NeedsReason
from osteon.service.worklist.models import RulesState, RuleSwitch
from osteon.service.worklist.roles import EVERYTHING, TODAY, rules_about, today_of, topic

LIST = "/rules/"


def switch(unit, on=True, rule_id="daptomycin-ck", reason="Agreed on 3 November"):
    return actions.switch_rule(by=unit.lead, rule_id=rule_id, on=on, reason=reason, now=unit.now)


def test_every_rule_is_on_the_page_with_its_status_source_and_review(unit, signed_in):
    body = signed_in(unit.nurse).get(LIST).content.decode()
    for row in rulebook.rows():
        assert f'href="/rules/{row.rule.id}/"' in body
    assert "provisional" in body and "verified" in body and "IDSA" in body and "2027" in body


def test_counts_are_those_of_the_last_evaluation(unit):
    one, two = unit.on_daptomycin("One"), unit.on_daptomycin("Two", ck=80)
    unit.look(one), unit.look(two)
    row = rulebook.row_of("daptomycin-ck")
    assert row.said == {"red": 1, "quiet": 1}
    assert (row.applies_to, row.fires_for, row.open_alerts) == (2, 1, 1)


def test_a_rule_out_of_force_still_says_of_how_many_it_would_speak(unit):
    patient = unit.patient()
    unit.course(patient)
    unit.finding(patient, "loose-stools")
    unit.look(patient)
    row = rulebook.row_of("loose-stools")
    assert (row.fires_for, row.open_alerts, row.standing) == (1, 0, "silent")


@pytest.mark.parametrize("on", [True, False])
def test_the_newest_switch_counts(unit, on):
    switch(unit, not on), switch(unit, on)
    row = rulebook.row_of("daptomycin-ck")
    assert row.is_on is on
    assert row.standing == ("switched on" if on else "verified parts only")


def test_a_switch_needs_a_reason_and_is_kept_for_ever(unit):
    with pytest.raises(NeedsReason):
        switch(unit, reason=" ")
    assert not RuleSwitch.objects.exists()
    made = switch(unit)
    with pytest.raises(TypeError):
        made.delete()
    entry = AuditEntry.objects.get(verb="worklist.switch_rule")
    assert (entry.by, entry.reason) == (unit.lead, "Agreed on 3 November")


def test_a_switch_asks_for_every_patient_to_be_looked_at(unit):
    switch(unit)
    assert RulesState.objects.get().recheck_before == unit.now


def test_a_rule_opens_to_its_words_sources_and_examples(unit, signed_in):
    body = signed_in(unit.nurse).get("/rules/daptomycin-ck/").content.decode()
    for words in (
        "CK above 2,000 U/L",
        "at the start and then every 7 days",
        "worked",
        "daptomycin since day 0; CK day 6 = 2140",
    ):
        assert words.casefold() in body.casefold(), words
    assert "Switch on" not in body, "a nurse may not"


def test_every_rule_opens(unit, signed_in):
    client = signed_in(unit.nurse)
    for found in all_rules():
        assert client.get(f"/rules/{found.id}/").status_code == 200, found.id


def test_a_rule_that_does_not_exist_is_not_found(unit, signed_in):
    assert signed_in(unit.nurse).get("/rules/nonsense/").status_code == 404
    assert signed_in(unit.lead).get("/rules/nonsense/switch/").status_code == 404


def test_the_lead_switches_a_rule_on_and_off_on_its_page(unit, signed_in):
    client = signed_in(unit.lead)
    there = reverse("worklist:switch_rule", args=["daptomycin-ck"])
    assert "Switch on" in client.get("/rules/daptomycin-ck/").content.decode()
    assert "Say why" in client.post(there, {"reason": ""}).content.decode()
    body = client.post(there, {"reason": "Agreed"}, follow=True).content.decode()
    assert "Switched on." in body and "Agreed" in body and "Prof Ines Duarte" in body
    client.post(there, {"reason": "Too noisy"})
    assert list(RuleSwitch.objects.values_list("on", flat=True)) == [True, False]


def test_examples_are_read_as_rows(unit):
    for found in all_rules():
        assert all(len(row) == 3 for row in rulebook.examples_of(found)), found.id


def test_title_of_a_rule_that_is_gone_is_its_name():
    assert rulebook.title_of("daptomycin-ck") == "Creatine kinase on daptomycin"
    assert rulebook.title_of("long-gone") == "long-gone"


# What a rule is about, read off the rule


@pytest.mark.parametrize(
    ("rule_id", "about"),
    [
        ("vancomycin-level", "levels"),
        ("course-past-planned-stop", "stop dates"),
        ("linezolid-day-28", "stop dates"),
        ("warfarin-inr", "interactions"),
        ("crp-not-falling", "response"),
        ("temperature", "symptoms"),
        ("loose-stools", "symptoms"),
        ("daptomycin-ck", "bloods"),
        ("potassium-high", "bloods"),
    ],
)
def test_each_rule_has_its_topic(rule_id, about):
    assert topic(next(found for found in all_rules() if found.id == rule_id)) == about


def test_the_topics_cover_every_rule_once():
    together = [rule_id for about in EVERYTHING for rule_id in rules_about(frozenset({about}))]
    assert sorted(together) == sorted(found.id for found in all_rules())


def test_every_role_that_sees_today_has_a_sentence_about_its_list():
    for role, listed in TODAY.items():
        assert listed.why.endswith("."), role
        assert listed.topics <= EVERYTHING and listed.first <= EVERYTHING, role


def test_a_role_without_an_entry_sees_everything():
    assert today_of("somebody").topics == EVERYTHING
