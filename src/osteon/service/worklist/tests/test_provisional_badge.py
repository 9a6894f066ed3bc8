"""When an alert is called provisional: only when nothing verified would have raised it at its level."""

import pytest

from osteon.knowledge import rule
from osteon.rules.examples import examples_of
from osteon.rules.judge import judge
from osteon.service.worklist.judgement import finding_of


@pytest.mark.parametrize(
    ("rule_id", "example", "provisional"),
    [
        ("daptomycin-ck", "danger", False),
        ("daptomycin-ck", "rising", True),
        ("linezolid-platelets", "halved", False),
        ("linezolid-platelets", "low", True),
        ("potassium-high", "moderate", False),
        ("daptomycin-bloods", "late", False),
    ],
)
def test_an_alert_is_provisional_only_when_nothing_verified_raised_it(rule_id, example, provisional):
    (row,) = [e for e in examples_of(rule(rule_id)) if e.name == example]
    (answer,) = judge([rule(rule_id)], row.events, row.as_of)
    assert finding_of(answer).provisional is provisional
