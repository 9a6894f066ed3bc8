"""The worklist in a real browser: fits a phone, axe finds no fault, and all of it works without script."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect
from tests.support.browser import PHONE, accessibility_faults, overflows

from osteon.service.worklist import actions

pytestmark = pytest.mark.journey

LONG = "Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh-Cholmondeley"


@pytest.fixture
def opened(visitor):
    """Opens pages signed in as somebody, on a phone unless said otherwise."""

    def sign_in(person, **options):
        client = Client()
        client.force_login(person)
        someone = visitor(**{"viewport": PHONE} | options)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        someone.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": someone.address}]
        )
        return someone.page

    return sign_in


def faults(page, address):
    page.goto(address)
    wide = [f"{address} scrolls sideways"] if overflows(page) else []
    return wide + [f"{address} {fault}" for fault in accessibility_faults(page)]


@pytest.fixture
def full_unit(unit):
    """Something in every section: now, due, waiting, done, a task, an inpatient with a written plan."""
    patient = unit.red(LONG)
    unit.late(), unit.give("Ring about the line", patient=patient), unit.give("Book MRI", -2)
    unit.admission(patient)
    answered = unit.ck_alert(unit.red("Answered"))
    actions.acknowledge_alert(by=unit.nurse, alert=answered, seen=answered.fingerprint, act="stopped")
    actions.write_handover(
        by=unit.nurse, patient=patient, day=unit.today, overnight="Slept", plan="Stop", seen_version=0
    )
    actions.switch_rule(by=unit.lead, rule_id="daptomycin-ck", on=True, reason="Agreed")
    unit.patient_in_view = patient
    return unit


def test_every_page_fits_a_phone_and_is_accessible(opened, full_unit):
    patient = full_unit.patient_in_view
    alert = full_unit.ck_alert(patient)
    task = patient.tasks.get()
    there = alert.get_absolute_url()
    addresses = [
        *(
            reverse(f"worklist:{name}")
            for name in ("today", "quiet", "failing", "tasks", "handover", "rules")
        ),
        *(there + page for page in ("", "acknowledge/", "snooze/")),
        reverse("worklist:patient_alerts", args=[patient.public_id]),
        reverse("worklist:create_task"),
        task.get_absolute_url(),
        reverse("worklist:write_handover", args=[patient.public_id]),
        reverse("worklist:show_rule", args=["daptomycin-ck"]),
        patient.get_absolute_url(),
    ]
    page = opened(full_unit.nurse)
    assert [fault for address in addresses for fault in faults(page, address)] == []


def test_the_switch_of_a_rule_and_an_empty_today_are_accessible(opened, unit):
    address = reverse("worklist:switch_rule", args=["daptomycin-ck"])
    assert faults(opened(unit.lead), address) == []
    assert faults(opened(unit.nurse), "/today/") == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_alert_is_understood_answered_and_taken_back(opened, unit, scripts):
    unit.red()
    page = opened(unit.nurse, java_script_enabled=scripts)
    page.goto("/today/")
    assert not page.get_by_text("Stop daptomycin, ring the infection physician").is_visible()
    page.get_by_text("Why: Red, Pat").first.click()
    assert page.get_by_text("Stop daptomycin, ring the infection physician").is_visible()
    page.get_by_role("link", name="Acknowledge…").first.click()
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_role("link", name="Choose what you have done")).to_be_visible()
    page.get_by_label("Stopped or changed the drug").check()
    page.get_by_label("Details").fill("Changed to ceftriaxone")
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_text("Nobody needs you now")).to_be_visible()
    expect(page.get_by_text("Stopped or changed the drug: Changed to ceftriaxone")).to_be_visible()
    page.get_by_role("button", name="Reopen").click()
    expect(page.get_by_text("Reopened: Nia Bell reopened it")).to_be_visible()


def test_a_task_is_made_from_an_alert_and_done(opened, unit):
    unit.late()
    page = opened(unit.nurse)
    page.goto("/today/")
    page.get_by_role("link", name="Make a task…").first.click()
    page.get_by_label("What is to be done?").fill("Ask the nurse who visits for CK")
    page.get_by_role("button", name="Create the task").click()
    page.get_by_role("button", name=re.compile("Done.*Late, Pat")).click()
    expect(page.get_by_role("heading", name="Done today (1)")).to_be_visible()


def test_the_ward_round_list_prints_without_buttons(opened, full_unit):
    page = opened(full_unit.nurse, viewport={"width": 1280, "height": 900})
    page.goto("/handover/")
    assert page.get_by_role("link", name="Write").first.is_visible()
    page.emulate_media(media="print")
    assert not page.get_by_text("Write", exact=True).first.is_visible()
    assert page.get_by_text("Stop", exact=True).is_visible()
