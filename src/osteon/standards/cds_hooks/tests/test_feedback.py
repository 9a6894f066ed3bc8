"""Feedback: what became of a card."""

from datetime import UTC, datetime

import pytest

from osteon.standards.cds_hooks.feedback import Feedback, OverrideReason, read_feedback
from osteon.standards.cds_hooks.fields import Malformed
from osteon.standards.cds_hooks.tests.samples import CARD, FEEDBACK, SUGGESTION, changed, without
from osteon.standards.cds_hooks.values import Outcome


def test_feedback_is_read_with_its_moment_in_utc():
    accepted, overridden = read_feedback(FEEDBACK)
    assert accepted.accepted_suggestions == (SUGGESTION,)
    assert accepted.outcome_at == datetime(2026, 11, 23, 10, 5, 31, tzinfo=UTC)
    assert overridden.outcome_at == accepted.outcome_at
    assert overridden.override_reason.reason.code == "done-elsewhere"
    assert overridden.override_reason.user_comment.startswith("Bloods")


def test_what_is_written_is_read_again():
    found = read_feedback(FEEDBACK)
    assert read_feedback({"feedback": [one.as_json() for one in found]}) == found
    bare = Feedback(CARD, Outcome.OVERRIDDEN, datetime(2026, 1, 2, tzinfo=UTC), (), OverrideReason())
    assert bare.as_json() == {
        "card": CARD,
        "outcome": "overridden",
        "outcomeTimestamp": "2026-01-02T00:00:00Z",
    }


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("feedback", [], "feedback: is empty"),
        ("feedback", {}, "should be a list"),
        ("feedback[0]", "x", "feedback[0]: should be an object"),
        ("feedback[0].card", "x", "feedback[0].card: is not a UUID"),
        ("feedback[0].outcome", "ignored", "none of accepted, overridden"),
        ("feedback[0].acceptedSuggestions", [], "is empty"),
        ("feedback[0].acceptedSuggestions", [{"id": "x"}], "acceptedSuggestions[0].id: is not a UUID"),
        ("feedback[0].outcomeTimestamp", "2026-11-23", "date and time with its zone"),
        ("feedback[0].outcomeTimestamp", "2026-13-23T10:05:31Z", "date and time with its zone"),
        ("feedback[0].outcomeTimestamp", "2026-11-23T10:05:31", "date and time with its zone"),
        ("feedback[1].overrideReason", {}, "is empty"),
        ("feedback[1].overrideReason", {"reason": {"code": "a"}}, "overrideReason.reason.system: is missing"),
    ],
)
def test_a_fault_names_its_field(path, value, problem):
    with pytest.raises(Malformed) as caught:
        read_feedback(changed(FEEDBACK, path, value))
    assert problem in str(caught.value)


@pytest.mark.parametrize("name", ["card", "outcome", "acceptedSuggestions", "outcomeTimestamp"])
def test_a_required_field_is_missed_by_name(name):
    with pytest.raises(Malformed, match=rf"feedback\[0\]\.{name}: is missing"):
        read_feedback({"feedback": [without(FEEDBACK["feedback"][0], name)]})
