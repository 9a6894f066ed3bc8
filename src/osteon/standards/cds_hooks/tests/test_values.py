"""The value sets are the specification's, no more and no less."""

import pytest

from osteon.standards.cds_hooks import values

# HL7 CDS Hooks 2.0, "Card Attributes", "Action", "Link", "Feedback", "JWT Signing Algorithm"
SPECIFICATION = {
    values.Indicator: ["info", "warning", "critical"],
    values.SelectionBehavior: ["at-most-one", "any"],
    values.ActionType: ["create", "update", "delete"],
    values.LinkType: ["absolute", "smart"],
    values.Outcome: ["accepted", "overridden"],
}


@pytest.mark.parametrize(("ours", "theirs"), SPECIFICATION.items(), ids=lambda v: getattr(v, "__name__", ""))
def test_a_value_set_equals_the_specifications(ours, theirs):
    assert [word.value for word in ours] == theirs


def test_every_value_set_of_words_is_held_against_the_specification():
    words = {v for v in vars(values).values() if isinstance(v, type) and issubclass(v, values.StrEnum)}
    assert words - {values.StrEnum, values.Hook} == set(SPECIFICATION)


def test_indicators_are_ordered_by_urgency():
    ranked = sorted(values.Indicator, key=lambda one: one.rank)
    assert ranked == [values.Indicator.INFO, values.Indicator.WARNING, values.Indicator.CRITICAL]


def test_a_summary_stays_below_140_characters():
    assert values.LONGEST_SUMMARY < 140


def test_only_the_recommended_algorithms_sign():
    assert set(values.ALGORITHMS) == {"ES384", "RS384"}
