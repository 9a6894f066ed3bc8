"""Cards that cannot be sent cannot be built, and what is written can be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.standards.cds_hooks.cards import (
    Action,
    Card,
    Coding,
    Link,
    Response,
    Source,
    Suggestion,
    shortened,
)
from osteon.standards.cds_hooks.discovery import Service, discovery, read_discovery
from osteon.standards.cds_hooks.fields import Malformed
from osteon.standards.cds_hooks.tests.samples import CARD, SUGGESTION
from osteon.standards.cds_hooks.values import (
    LONGEST_SUMMARY,
    ActionType,
    Indicator,
    LinkType,
    SelectionBehavior,
)

SOURCE = Source("IDSA OPAT guideline 2018")
ORDER = Action(ActionType.CREATE, "Creatine kinase", {"resourceType": "ServiceRequest", "status": "draft"})
FULL = Card(
    "CK 2,140 U/L (10.7 × upper limit) on daptomycin",
    Indicator.CRITICAL,
    Source("IDSA", "https://doi.example/1", "https://unit.example/icon.png", Coding("1", "urn:t", "Topic")),
    CARD,
    "**Stop daptomycin.**",
    (Suggestion("Order CK", SUGGESTION, True, (ORDER, Action(ActionType.DELETE, "Remove", None, "Task/1"))),),
    SelectionBehavior.ANY,
    (Coding("done", "urn:r", "Done elsewhere"),),
    (Link("Open", "https://unit.example/a"), Link("App", "https://a.example", LinkType.SMART, "ctx", False)),
)


def card(**values):
    return Card(**{"summary": "One sentence", "indicator": Indicator.INFO, "source": SOURCE} | values)


def test_a_small_card_has_the_required_fields_and_no_empty_ones():
    assert card().as_json() == {
        "summary": "One sentence",
        "indicator": "info",
        "source": {"label": "IDSA OPAT guideline 2018"},
    }


def test_a_full_card_is_written_under_the_specifications_names():
    said = FULL.as_json()
    assert set(said) == {
        *("uuid", "summary", "detail", "indicator", "source", "suggestions"),
        *("selectionBehavior", "overrideReasons", "links"),
    }
    assert said["suggestions"][0]["isRecommended"] is True
    assert [action["type"] for action in said["suggestions"][0]["actions"]] == ["create", "delete"]
    assert said["suggestions"][0]["actions"][1]["resourceId"] == "Task/1"
    assert said["links"][0] == {"label": "Open", "url": "https://unit.example/a", "type": "absolute"}
    assert said["links"][1]["autolaunchable"] is False
    assert said["source"]["topic"] == {"code": "1", "system": "urn:t", "display": "Topic"}


def test_a_response_is_read_as_it_was_written():
    whole = Response((FULL, card()), (ORDER,), {"unit.note": "x"})
    assert Response.read(whole.as_json()) == whole


def test_no_cards_are_written_as_an_empty_list():
    assert Response(()).as_json() == {"cards": []}
    assert Response.read({"cards": []}) == Response(())


def test_a_summary_of_140_characters_is_refused():
    assert card(summary="x" * 139)
    with pytest.raises(Malformed, match="140"):
        card(summary="x" * 140)


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: card(summary=" "), "card.summary"),
        (lambda: card(suggestions=(Suggestion("A"),)), "card.selectionBehavior"),
        (lambda: card(override_reasons=(Coding("a", "s"),)), "card.overrideReasons"),
        (
            lambda: card(
                suggestions=(Suggestion("A", is_recommended=True), Suggestion("B", is_recommended=True)),
                selection_behavior=SelectionBehavior.AT_MOST_ONE,
            ),
            "card.suggestions",
        ),
        (lambda: Source(""), "source.label"),
        (lambda: Source("A", "/relative"), "source.url"),
        (lambda: Source("A", None, "javascript:x"), "source.icon"),
        (lambda: Link("A", "/relative"), "link.url"),
        (lambda: Link("", "https://a.example"), "link.label"),
        (lambda: Link("A", "https://a.example", LinkType.ABSOLUTE, "ctx"), "link.appContext"),
        (lambda: Action(ActionType.CREATE, "A"), "action.resource"),
        (lambda: Action(ActionType.UPDATE, "A", {"id": "1"}), "action.resource"),
        (lambda: Action(ActionType.DELETE, "A"), "action.resourceId"),
        (lambda: Action(ActionType.DELETE, "", None, "Task/1"), "action.description"),
        (lambda: Suggestion(""), "suggestion.label"),
        (lambda: Coding("", "urn:s"), "coding"),
    ],
)
def test_what_cannot_be_sent_cannot_be_built(build, field):
    with pytest.raises(Malformed) as caught:
        build()
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "cards"),
        ({"cards": None}, "cards"),
        ({"cards": [{}]}, "cards[0].summary"),
        (
            {"cards": [{"summary": "A", "indicator": "hard-stop", "source": {"label": "B"}}]},
            "cards[0].indicator",
        ),
        ({"cards": [{"summary": "A", "indicator": "info"}]}, "cards[0].source"),
        ({"cards": [card().as_json() | {"links": []}]}, "cards[0].links"),
        ({"cards": [card().as_json() | {"links": [{"label": "A", "url": "x"}]}]}, "cards[0].links[0].url"),
    ],
)
def test_a_response_with_a_fault_names_its_field(said, field):
    with pytest.raises(Malformed) as caught:
        Response.read(said)
    assert caught.value.field == field


@given(st.text())
def test_a_shortened_text_always_fits_in_a_summary(text):
    line = shortened(text)
    assert len(line) <= LONGEST_SUMMARY
    assert "\n" not in line


def test_a_short_text_is_not_shortened_and_a_long_one_ends_at_a_word():
    assert shortened(" a  b ") == "a b"
    assert shortened("word " * 40).endswith("word …")
    assert len(shortened("x" * 300)) <= LONGEST_SUMMARY


def test_discovery_is_read_as_it_was_written():
    services = (
        Service(
            "patient-view",
            "monitoring",
            "Title",
            "Words",
            {"patient": "Patient/{{context.patientId}}"},
            "All.",
        ),
        Service("order-select", "monitoring", "", "Words"),
    )
    said = discovery(services)
    assert said["services"][1] == {"hook": "order-select", "description": "Words", "id": "monitoring"}
    assert read_discovery(said) == services
    assert discovery(()) == {"services": []}


def test_discovery_with_a_fault_names_its_field():
    with pytest.raises(Malformed, match=r"services\[0\]\.id"):
        read_discovery({"services": [{"hook": "a", "description": "b"}]})
