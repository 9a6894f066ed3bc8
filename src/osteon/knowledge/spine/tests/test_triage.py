"""The urgency of back pain: nothing unasked is taken for no, and the shortcuts say no more than they mean."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from osteon.events.schema import Event
from osteon.knowledge.spine import parts, triage
from osteon.rules.answering import answer_definition
from osteon.rules.chart import Chart
from osteon.rules.examples import DAY_ZERO
from osteon.rules.given import given

QUIET = f"spinal_pain=yes; pain_days=3; crp=4; {triage.ALL_KNOWN_NO}; {triage.NO_URGENT}"
NAMES = sorted({part.split("=")[0].strip() for part in QUIET.split(";")})
TIERS = ("EMERGENCY", "URGENT", "ROUTINE")


def facts(text: str) -> list[tuple[str, str]]:
    pairs = (part.partition("=") for part in text.split(";") if part.strip())
    return [(name.strip(), value.strip()) for name, _, value in pairs]


def tier(text: str, definition=triage.SAME_DAY) -> tuple[str, ...]:
    events = given(facts(text), DAY_ZERO)
    return answer_definition(definition, events, DAY_ZERO).axes[0].possible


def truth(condition, text: str = "", *events: Event) -> bool | None:
    return Chart([*given(facts(text), DAY_ZERO), *events], DAY_ZERO).truth(condition)


def result(code: str, value: float, unit: str, days_ago: float = 0, upper: float | None = None) -> Event:
    return Event(
        1,
        DAY_ZERO - timedelta(days=days_ago),
        code,
        numeric_value=value,
        unit=unit,
        reference_high=upper,
        source=f"test:{code}/{days_ago}",
    )


@pytest.mark.parametrize("definition", triage.TRIAGE, ids=lambda one: one.id)
def test_a_person_asked_everything_with_nothing_found_is_routine(definition):
    assert tier(QUIET, definition) == ("ROUTINE",)


# These decide nothing in a person without fever, raised ESR or another sign.
NEED_ANOTHER_SIGN = {"sciatic_pain", "new_neuro", "meningism", "no_risk_factor"}


@pytest.mark.parametrize(
    "name", [name for name, _ in facts(triage.ALL_KNOWN_NO) if name not in NEED_ANOTHER_SIGN]
)
def test_an_emergency_question_left_open_is_never_routine(name):
    left = "; ".join(part.strip() for part in QUIET.split(";") if not part.strip().startswith(f"{name}="))
    assert tier(left)[0] == "EMERGENCY"
    assert tier(left)[-1] == "ROUTINE"


@settings(deadline=None, max_examples=50)  # a busy machine is no failure
@for_all(st.sets(st.sampled_from(NAMES)))
def test_what_is_not_asked_only_widens_the_answer(left_out):
    kept = "; ".join(part for part in QUIET.split(";") if part.split("=")[0].strip() not in left_out)
    assert set(tier(QUIET)) <= set(tier(kept))


@settings(deadline=None, max_examples=50)  # a busy machine is no failure
@for_all(
    st.dictionaries(
        st.sampled_from(["spinal_pain", "reported_fever_rigors", "diabetes", "endocarditis", "meningism"]),
        st.sampled_from(["yes", "no"]),
    )
)
def test_same_day_for_fever_is_never_milder_than_by_risk(answers):
    text = "; ".join(f"{name}={value}" for name, value in answers.items())
    same_day, by_risk = tier(text, triage.SAME_DAY), tier(text, triage.BY_RISK)
    assert TIERS.index(same_day[0]) <= TIERS.index(by_risk[0])
    assert TIERS.index(same_day[-1]) <= TIERS.index(by_risk[-1])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("news2=4; news2_single_3=no; sepsis_suspected=no", False),
        ("news2=5", True),
        ("news2=0; news2_single_3=yes", True),
        ("news2=4", None),
    ],
)
def test_a_high_early_warning_score_with_pain_is_an_emergency(text, expected):
    assert truth(triage.E3, f"spinal_pain=yes; {text}") is expected


@pytest.mark.parametrize(
    ("temperature", "reported", "expected"),
    [("37.9", "no", False), ("38.0", "no", True), ("36.5", "yes", True), ("36.5", "unknown", None)],
)
def test_fever_counts_from_38_and_by_history(temperature, reported, expected):
    assert truth(parts.FEVER, f"temp_c={temperature}; reported_fever_rigors={reported}") is expected


def test_none_of_the_listed_factors_answers_those_left_empty():
    assert truth(parts.RISK_FACTORS) is None
    assert truth(parts.RISK_FACTORS, "no_risk_factor=yes") is False
    assert truth(parts.RISK_FACTORS, "no_risk_factor=no") is None


def test_a_factor_that_was_named_outweighs_none_of_the_listed():
    assert truth(parts.RISK_FACTORS, "no_risk_factor=yes; obesity=yes") is True
    assert truth(parts.DAVIS_FACTORS, "no_risk_factor=yes; obesity=yes") is False
    assert truth(parts.DAVIS_FACTORS, "no_risk_factor=yes; vascular_catheter=yes") is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("recent_bacteraemia=no", False),
        ("recent_bacteraemia=yes", None),
        ("recent_bacteraemia_days=90", True),
        ("recent_bacteraemia_days=91", False),
        ("recent_bacteraemia=yes; recent_bacteraemia_days=12", True),
    ],
)
def test_a_bloodstream_infection_counts_by_its_days_or_by_a_plain_no(text, expected):
    assert truth(parts.BACTERAEMIA_90, text) is expected


CRP = "LOINC//1988-5"


def test_a_raised_crp_is_judged_by_the_range_it_came_with():
    assert truth(parts.CRP_RAISED, "", result(CRP, 6, "mg/L", upper=5)) is True
    assert truth(parts.CRP_RAISED, "", result(CRP, 5, "mg/L", upper=5)) is False
    assert truth(parts.CRP_RAISED, "crp_upper_limit=1", result(CRP, 5, "mg/L", upper=5)) is False


def test_without_a_range_the_limit_given_beside_it_decides():
    assert truth(parts.CRP_RAISED, "crp=6") is None
    assert truth(parts.CRP_RAISED, "crp=6; crp_upper_limit=5") is True
    assert truth(parts.CRP_RAISED, "crp_upper_limit=5") is None


def test_two_results_say_whether_crp_rises_and_one_has_to_be_asked():
    rising = (result(CRP, 20, "mg/L", 7), result(CRP, 40, "mg/L"))
    falling = (result(CRP, 40, "mg/L", 7), result(CRP, 20, "mg/L"))
    assert truth(parts.CRP_RISING, "", *rising) is True
    assert truth(parts.CRP_RISING, "crp_rising=yes", *falling) is False
    assert truth(parts.CRP_RISING, "", rising[1]) is None
    assert truth(parts.CRP_RISING, "crp_rising=yes", rising[1]) is True


def test_low_markers_never_lower_an_emergency_sign():
    signs = "spinal_pain=yes; saddle_sensory_new=yes"
    assert tier(f"{signs}; crp=1; esr=2; crp_upper_limit=5; esr_upper_limit=20") == ("EMERGENCY",)


def test_every_sign_says_what_to_do():
    assert all(one.say for one in (*triage.EMERGENCY, triage.U1, *triage.URGENT))
