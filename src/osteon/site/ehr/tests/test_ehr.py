"""The invented GP's system calls the decision support as a real one would."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from osteon.service.decision_support.models import Feedback
from osteon.service.decision_support.offered import all_offered
from osteon.site.ehr import calls
from osteon.site.ehr.keys import private_key
from osteon.site.ehr.markdown import html_of
from osteon.site.ehr.record import PATIENT_ID, Record
from osteon.standards.cds_hooks.prefetch import filled
from osteon.standards.cds_hooks.tests.samples import CARD, SUGGESTION
from osteon.standards.fhir.codings import OWN_SYSTEM

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def systems(tmp_path, settings):
    settings.OSTEON_CDS_HOOKS_CLIENTS = str(tmp_path / "demonstration-ehr" / "systems.json")
    return tmp_path / "demonstration-ehr"


@pytest.fixture
def page(client, db):
    def opened(**facts):
        response = client.get(reverse("ehr"), facts)
        assert response.status_code == 200
        return response.content.decode()

    return opened


def test_the_page_needs_no_sign_in_and_shows_cards(page):
    html = page()
    assert "Brightwater, Alma" in html
    assert "Critical" in html
    assert "Same day: spinal pain, fever and a risk factor" in html
    assert "Status 200" in html


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"spinal_pain": "yes", "saddle_sensory_new": "yes"}, "signs of cauda equina"),
        ({"spinal_pain": "yes"}, "red flags are not all known"),
        ({"medicine": "daptomycin", "ck": "2140"}, "CK 2,140 U/L (10.7 × upper limit)"),
        ({"choosing": "linezolid"}, "due on linezolid"),
        ({"medicine": ""}, "No card: nothing needs to be said"),
    ],
)
def test_facts_typed_on_the_page_change_the_cards(page, facts, words):
    assert words in page(**{"crp": "", **facts})


def test_a_fact_that_cannot_be_true_is_told_and_nothing_is_sent(page):
    html = page(temperature="98")
    assert "There is a problem" in html
    assert "Status 200" not in html


def test_what_was_sent_and_came_back_can_be_read(page):
    html = page(spinal_pain="yes")
    assert "&#34;hook&#34;: &#34;patient-view&#34;" in html
    assert "finding//spinal-pain" in html
    assert "&#34;cards&#34;" in html


def posted(html, button):
    """The fields of the form that has this button."""
    forms = re.findall(r"<form method=\"post\".*?</form>", html, re.DOTALL)
    form = next(one for one in forms if f">{button}</button>" in one)
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))


def test_a_suggestion_taken_is_told_to_the_service(page, client):
    fields = posted(page(medicine="daptomycin"), "Order CK")
    response = client.post(reverse("give_feedback"), fields, follow=True)
    assert "The draft is in the patient&#39;s orders" in response.content.decode()
    (kept,) = Feedback.objects.all()
    assert (kept.outcome, kept.about, kept.sender) == (
        "accepted",
        "monitoring-late",
        "Demonstration GP system",
    )
    assert kept.accepted == [fields["suggestion"]]
    assert response.redirect_chain[0][0].endswith("medicine=daptomycin")


def test_a_card_put_away_is_told_with_its_reason(page, client):
    fields = posted(page(spinal_pain="yes"), "Put away") | {
        "reason": "facts-wrong|urn:osteon:override-reasons"
    }
    response = client.post(reverse("give_feedback"), fields, follow=True)
    assert "The card was put away" in response.content.decode()
    (kept,) = Feedback.objects.all()
    assert (kept.outcome, kept.reason_code, kept.about) == ("overridden", "facts-wrong", "spine-triage")


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"card": "x", "service": "monitoring"},
        {"card": CARD},
        {"card": CARD, "service": "nothing", "suggestion": SUGGESTION},
        {"card": CARD, "service": "monitoring", "suggestion": "x"},
    ],
)
def test_feedback_that_cannot_be_given_is_said_so(client, db, fields):
    response = client.post(reverse("give_feedback"), fields, follow=True)
    assert "The service could not be told" in response.content.decode()
    assert Feedback.objects.count() == 0


def test_feedback_needs_the_forms_token(client, db):
    client.handler.enforce_csrf_checks = True
    assert client.post(reverse("give_feedback"), {}).status_code == 403


def test_a_refusal_is_shown_in_its_words(page, monkeypatch):
    monkeypatch.setattr(calls, "ISSUER", "https://stranger.example/")
    html = page(spinal_pain="yes")
    assert "no cards (status 401)" in html
    assert "not one of the systems that may call" in html


def test_the_language_of_the_page_survives_the_calls(client, db):
    client.cookies["django_language"] = "es"
    assert 'lang="es"' in client.get(reverse("ehr")).content.decode()


def test_the_key_is_made_once_and_kept_for_its_owner_only(systems):
    first, again = private_key(), private_key()
    assert first.key.private_numbers() == again.key.private_numbers()
    assert (systems / "private-key.json").stat().st_mode & 0o077 == 0
    assert '"d"' not in (systems / "keys.json").read_text()


# The record answers the prefetch queries as they stand


NOT_ON_THE_PAGE = {("monitoring", key) for key in ("findings", "medicinesTaken", "operations")}


def test_queries_of_every_service_find_what_the_record_holds():
    facts = {
        "spinal_pain": "yes",
        "crp": 140,
        "medicine": "linezolid",
        "motor_deficit": "new",
        "pain_days": 3,
    }
    record = Record(facts, NOW)
    for one in all_offered():
        for key, query in one.service.prefetch.items():
            found = record.found(filled(query, {"patientId": PATIENT_ID}))
            assert found or (one.service.id, key) in NOT_ON_THE_PAGE, (one.service.id, key)


def test_a_query_finds_only_the_codes_it_names():
    record = Record({"spinal_pain": "yes", "diabetes": "no", "crp": 140}, NOW)
    found = record.found(f"Observation?patient=x&code={OWN_SYSTEM}|finding//diabetes")
    (entry,) = found["entry"]
    assert entry["resource"]["valueBoolean"] is False
    assert record.found("Observation?patient=x&code=http://loinc.org|4537-7") is None
    assert record.found("Procedure?patient=x") is None
    assert record.found("Patient/somebody") is None


# Markdown of cards


def test_the_details_of_cards_become_paragraphs_and_lists():
    html = html_of("**Because**\n\n- CK \\(high\\)\n- two\n\nPlain words.")
    assert html == (
        '<p><strong>Because</strong></p><ul class="nhsuk-list nhsuk-list--bullet"><li>CK (high)</li><li>two</li></ul>'
        "<p>Plain words.</p>"
    )


def test_nothing_in_a_card_can_write_html():
    assert "<script>" not in html_of("<script>alert(1)</script>\n\n- <b>x</b>\n\n**<i>y</i>**")
    assert "&lt;script&gt;" in html_of("<script>alert(1)</script>")
