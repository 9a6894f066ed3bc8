"""What became of cards is kept, without a patient."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.service.accounts.models import AuditEntry
from osteon.service.decision_support.card_names import about_of, new_card_name
from osteon.service.decision_support.models import Feedback
from osteon.service.decision_support.tests.conftest import MONITORING, ck, on_daptomycin, token_for, viewing
from osteon.service.decision_support.tests.test_calls import outcome
from osteon.standards.cds_hooks.tests.samples import FEEDBACK, changed

PATH = f"{MONITORING}/feedback"


def test_feedback_is_kept_and_counted(call):
    response = call(FEEDBACK, PATH)
    assert (response.status_code, response.json()) == (200, {"kept": 2})
    accepted, overridden = Feedback.objects.all()
    assert (accepted.outcome, len(accepted.accepted)) == ("accepted", 1)
    assert (overridden.reason_code, overridden.has_comment) == ("done-elsewhere", True)
    assert (overridden.sender, overridden.service) == ("GP system", "monitoring")
    entry = AuditEntry.objects.get(verb="decision_support.record_feedback")
    assert entry.by.is_system
    assert entry.patient_id is None


def test_a_comment_is_not_kept(call):
    call(FEEDBACK, PATH)
    for row in Feedback.objects.values():
        assert "ward system" not in str(row)


def test_feedback_on_a_card_leads_back_to_its_rule(call):
    card = call(viewing(on_daptomycin(ck(2140, 0.5)))).json()["cards"][0]
    assert call(changed(FEEDBACK, "feedback[0].card", card["uuid"]), PATH).status_code == 200
    assert [one.about for one in Feedback.objects.all()] == ["daptomycin-ck", ""]


def test_feedback_may_be_signed_for_the_service_itself(call):
    assert call(FEEDBACK, PATH, token=token_for(MONITORING)).status_code == 200


def test_feedback_may_come_twice(call):
    assert call(FEEDBACK, PATH).status_code == call(FEEDBACK, PATH).status_code == 200
    assert Feedback.objects.count() == 4


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({}, "feedback"),
        ({"feedback": []}, "feedback"),
        (changed(FEEDBACK, "feedback[0].outcome", "ignored"), "feedback[0].outcome"),
        (changed(FEEDBACK, "feedback[1].card", "x"), "feedback[1].card"),
    ],
)
def test_wrong_feedback_is_400_and_none_of_it_is_kept(call, document, field):
    assert outcome(call(document, PATH), 400)["expression"] == [field]
    assert Feedback.objects.count() == 0


def test_feedback_without_a_token_is_401(call):
    assert outcome(call(FEEDBACK, PATH, token=None), 401)
    assert Feedback.objects.count() == 0


def test_feedback_is_written_once(call):
    call(FEEDBACK, PATH)
    row = Feedback.objects.first()
    assert str(row) == "monitoring: accepted"
    with pytest.raises(TypeError, match="written once"):
        row.save()
    with pytest.raises(TypeError, match="never deleted"):
        row.delete()


@given(st.text(max_size=60))
def test_a_cards_name_is_a_uuid_that_leads_back(about):
    name = new_card_name(about)
    assert UUID(name).version == 8
    assert UUID(name).variant == "specified in RFC 4122"
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", name)
    assert about_of(name, ["something else", about]) == about
    assert about_of(name, ["something else"]) == ("something else" if about == "something else" else "")
    assert new_card_name(about) != name
