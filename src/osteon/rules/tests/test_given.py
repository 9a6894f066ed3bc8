"""Facts as a person types them."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from osteon.events.schema import Event
from osteon.events.vocabulary.questions import QUESTIONS
from osteon.rules.chart import Chart
from osteon.rules.criteria import Age
from osteon.rules.given import BadFact, given, question_named
from osteon.rules.things import asked

NOW = datetime(2026, 11, 23, 9)


def one(name, text):
    (event,) = given([(name, text)], NOW)
    return event


def test_a_bare_number_is_in_the_questions_own_unit():
    event = one("crp", "24")
    assert (event.numeric_value, event.unit, event.code) == (24.0, "mg/L", "LOINC//1988-5")
    assert event.time == NOW
    assert event.source == "given:crp"


@pytest.mark.parametrize("text", ["2.4 mg/dL", "2.4mg/dL", "2,4 mg/dl"])
def test_a_known_unit_is_converted(text):
    assert one("crp", text).numeric_value == pytest.approx(24.0)


def test_the_unit_may_be_written_as_people_write_it():
    assert one("syn_wbc", "3000 /µL").numeric_value == 3000.0


@pytest.mark.parametrize("text", ["24 mmol/L", "24 furlongs", "24 %"])
def test_a_unit_that_cannot_be_converted_is_refused_and_the_right_one_named(text):
    with pytest.raises(BadFact, match=r"crp: .* mg/L"):
        one("crp", text)


@pytest.mark.parametrize(
    ("text", "sign"), [("<5", "<"), ("< 5", "<"), (">= 5", ">="), ("≤5", "<="), ("≥ 5", ">=")]
)
def test_a_limit_keeps_its_sign(text, sign):
    event = one("crp", text)
    assert (event.comparator, event.numeric_value) == (sign, 5.0)


@pytest.mark.parametrize(
    ("name", "text"),
    [("syn_pmn", "140"), ("pmn", "-1"), ("syn_wbc", "-5"), ("crp", "-0.1"), ("age", "130"), ("temp_c", "99")],
)
def test_what_no_patient_can_have_is_refused(name, text):
    with pytest.raises(BadFact, match="cannot be"):
        one(name, text)


@pytest.mark.parametrize("text", ["abc", "1.2.3", "--4", "nan", "inf", "1e999", "twelve"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadFact):
        one("crp", text)


@pytest.mark.parametrize(
    ("text", "value"), [("yes", 1.0), ("Y", 1.0), ("positive", 1.0), ("no", 0.0), ("FALSE", 0.0)]
)
def test_yes_and_no_may_be_said_in_several_ways(text, value):
    assert one("sinus_tract", text).numeric_value == value


@pytest.mark.parametrize("text", ["", "unknown", "?", "not known", "  "])
def test_what_is_not_known_says_nothing(text):
    assert given([("sinus_tract", text), ("crp", text)], NOW) == []


def test_maybe_is_not_an_answer():
    with pytest.raises(BadFact, match="neither yes, no nor unknown"):
        one("sinus_tract", "maybe")


def test_a_choice_is_kept_as_its_number_with_the_word_beside_it():
    event = one("leuk_esterase", "++")
    assert (event.numeric_value, event.text_value) == (3.0, "++")


def test_a_wrong_choice_is_refused_and_the_right_ones_listed():
    with pytest.raises(BadFact, match=r"negative, trace, \+, \+\+, \+\+\+"):
        one("leuk_esterase", "much")


def test_an_unknown_name_is_refused_and_the_nearest_offered():
    with pytest.raises(BadFact, match="sinus_tract"):
        one("sinus_trct", "yes")
    with pytest.raises(BadFact, match="There is no fact called 'zzzzzz'"):
        one("zzzzzz", "yes")


def test_an_alias_means_its_question():
    assert question_named("pmn").key == "syn_pmn"
    assert question_named("crp_mg_l").key == "crp"


def test_a_fact_may_carry_its_date():
    assert one("crp", "24 @ 2026-11-01").time == datetime(2026, 11, 1)


def test_a_date_in_the_future_is_refused():
    with pytest.raises(BadFact, match="24 November 2026 lies in the future"):
        one("crp", "24 @ 2026-11-24")


@pytest.mark.parametrize("when", ["yesterday", "2026-13-01", "01/02/2026"])
def test_what_is_no_date_is_refused(when):
    with pytest.raises(BadFact, match="is not a date"):
        one("crp", f"24 @ {when}")


@pytest.mark.parametrize("years", [0, 1, 17, 18, 65, 72, 99])
def test_an_age_is_read_back_as_the_same_completed_years(years):
    chart = Chart(given([("age", str(years))], NOW), NOW)
    assert chart.value(Age(asked("age"))) == (years, years)


@pytest.mark.parametrize("text", ["65.5", "<65", "old"])
def test_an_age_is_a_whole_number(text):
    with pytest.raises(BadFact):
        one("age", text)


def test_on_the_birthday_the_year_is_complete_and_two_days_before_it_is_not():

    born = datetime(1961, 11, 23)
    for moment, years in ((datetime(2026, 11, 23), 65.0), (datetime(2026, 11, 21), 64.0)):
        chart = Chart([Event(1, born, "MEDS_BIRTH")], moment)
        assert chart.value(Age(asked("age"))) == (years, years)


def test_events_come_in_the_order_of_their_dates():
    events = given([("crp", "24"), ("esr", "40 @ 2026-01-01")], NOW)
    assert [event.time for event in events] == sorted(event.time for event in events)


def test_two_answers_to_one_question_are_both_kept():
    events = given([("sinus_tract", "yes"), ("sinus_tract", "no")], NOW)
    assert sorted(event.numeric_value for event in events) == [0.0, 1.0]
    assert Chart(events, NOW + timedelta(days=1)).answered(asked("sinus_tract")) == (0.0, 1.0)


def test_no_two_questions_share_a_name_or_a_code():
    names = [name for q in QUESTIONS.values() for name in (q.key, *q.aliases)]
    codes = [code for q in QUESTIONS.values() for code in q.codes]
    assert len(set(names)) == len(names)
    assert len(set(codes)) == len(codes)
