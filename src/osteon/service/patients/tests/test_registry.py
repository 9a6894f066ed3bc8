from __future__ import annotations

from uuid import uuid4

import pytest
from django.utils.html import format_html

from osteon.service.patients import registry
from osteon.service.patients.registry import KeyWarning, fact_href
from osteon.service.patients.tests.pages import words

HERE = __name__


def panel(request, patient):
    return format_html("<p>Panel for <b>{}</b></p>", patient.given_name)


def no_panel(request, patient):
    return None


def warn(request, patient):
    return [KeyWarning("Potassium 6.9 mmol/L", "red", "/alerts/1/")]


@pytest.fixture
def nurse(cast, client):
    client.force_login(cast.nurse)
    return client


def test_panel_of_an_app_above_stands_on_the_overview(nurse, cast, settings):
    settings.OSTEON_PATIENT_PANELS = [f"{HERE}.no_panel", f"{HERE}.panel"]
    page = nurse.get(cast.ruth.get_absolute_url()).content.decode()
    assert "<p>Panel for <b>Ruth</b></p>" in page


def test_warning_of_an_app_above_stands_in_the_header_of_every_page(nurse, cast, settings):
    settings.OSTEON_PATIENT_WARNINGS = [f"{HERE}.warn"]
    for address in (cast.ruth.get_absolute_url(), f"{cast.ruth.get_absolute_url()}findings/"):
        page = nurse.get(address)
        assert "Potassium 6.9 mmol/L" in words(page)
        assert 'href="/alerts/1/"' in page.content.decode()


def test_tab_whose_page_does_not_exist_is_left_out(nurse, cast, settings):
    settings.OSTEON_PATIENT_TABS = [("patients:patient", "Overview"), ("frames:frame", "Frame")]
    page = words(nurse.get(cast.ruth.get_absolute_url()))
    assert "Overview" in page
    assert "Frame" not in page.partition("Timeline")[0]


def test_open_tab_is_marked(cast):
    tabs = {tab.text: tab.is_current for tab in registry.tabs(cast.ruth, "patients:findings")}
    assert tabs["Findings"]
    assert not tabs["Overview"]


def test_fact_is_opened_where_its_app_shows_it():
    public_id = uuid4()
    assert fact_href(f"record:patients.finding/{public_id}") == f"/findings/{public_id}/"


def test_what_lies_under_a_fact_leads_to_the_fact(settings):
    settings.OSTEON_FACT_PAGES = {"results.specimen": "patients:finding"}
    public_id = uuid4()
    assert fact_href(f"record:results.specimen/{public_id}/isolate/1/OXA") == f"/findings/{public_id}/"


@pytest.mark.parametrize(
    "source",
    [
        None,
        "",
        "sim:1/7",
        "record:patients.patient/x",
        "record:frames.frame/9b2f6d0e-6c1f-4a57-9a0c-3f1f0a7f6a11",
    ],
)
def test_what_has_no_page_leads_nowhere(source):
    assert fact_href(source) is None


def test_page_that_an_app_has_not_built_leads_nowhere(settings):
    settings.OSTEON_FACT_PAGES = {"frames.frame": "frames:frame"}
    assert fact_href(f"record:frames.frame/{uuid4()}") is None
