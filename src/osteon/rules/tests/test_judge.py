"""What the judge says of one patient: schedules, thresholds, unknowns, evidence, the sentence."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from osteon.events.schema import Event
from osteon.rules.answers import Answer, due_state
from osteon.rules.judge import due_moment, judge, last_moment
from osteon.rules.language import baseline, days, latest, on, present, previous
from osteon.rules.monitoring import (
    Monitoring,
    Reference,
    RuleMistake,
    Source,
    amber,
    every,
    red,
)
from osteon.rules.quantities import U_per_L, cells
from osteon.rules.things import drug, finding, measured

NOON = datetime(2026, 6, 1, 12)
CK, PLATELETS = measured("creatine-kinase"), measured("platelets")
DAPTOMYCIN, LINEZOLID = drug("daptomycin"), drug("linezolid")
MUSCLE = finding("muscle-symptoms")
SEEN = Source(Reference("A", "A paper 2020"), "table 1")
MEMORY = Source(Reference("B", "Usual practice"), "", "memory")


def a_rule(**changes: object) -> Monitoring:
    parts: dict[str, object] = {
        "id": "a-rule",
        "title": "A rule",
        "applies": on(DAPTOMYCIN),
        "say": "Ring.",
        "author": "A",
        "checked_by": "B",
        "reviewed_on": date(2026, 1, 1),
        "next_review": date(2027, 1, 1),
        "examples": "x",
        "due": (every(CK, SEEN, days=7),),
        "out_of_range": (
            red("CK over ten times", latest(CK).times_upper_limit > 10, SEEN),
            amber("CK over the limit of 300", latest(CK) > 300 * U_per_L, MEMORY),
        ),
    }
    return Monitoring(**(parts | changes))  # type: ignore[arg-type]


def course(start: float, drugs: object = DAPTOMYCIN) -> Event:
    return Event(1, NOON + timedelta(days=start), drugs.codes[0], source="course/1")


def ck(day: float, value: float, limit: float | None = 200, source: str = "ck/1") -> Event:
    return Event(
        1, NOON + timedelta(days=day), CK.codes[0], numeric_value=value, unit="U/L",
        reference_high=limit, source=source,
    )  # fmt: skip


def answer(*events: Event, **changes: object) -> Answer:
    return judge([a_rule(**changes)], events, NOON)[0]


class TestSchedule:
    @pytest.mark.parametrize(
        ("late", "state"),
        [(-0.001, "not due"), (0, "due"), (1.999, "due"), (2, "overdue"), (30, "overdue")],
    )
    def test_due_then_overdue_after_two_days(self, late, state):
        assert due_state(timedelta(days=late)) == state

    @pytest.mark.parametrize(
        ("last", "expected"),
        [(None, 0), (-8, 0), (-7, 0), (-5, 2), (0, 7), (3, 10)],
    )
    def test_with_a_baseline_the_first_test_is_due_at_the_start(self, last, expected):
        last_at = None if last is None else NOON + timedelta(days=last)
        due_at = due_moment(every(CK, SEEN, days=7), NOON, last_at)
        assert due_at == NOON + timedelta(days=expected)

    @pytest.mark.parametrize(("last", "expected"), [(None, 7), (-30, 7), (-1, 7), (3, 10)])
    def test_without_a_baseline_the_first_test_is_due_one_interval_on(self, last, expected):
        last_at = None if last is None else NOON + timedelta(days=last)
        due_at = due_moment(every(CK, SEEN, days=7, baseline=False), NOON, last_at)
        assert due_at == NOON + timedelta(days=expected)

    def test_no_result_is_an_answer_of_its_own(self):
        found = answer(course(-5))
        assert (found.state, found.due, found.fired) == ("overdue", "overdue", True)
        assert found.sentence == "CK 5 days late (no result yet) on daptomycin"

    def test_a_result_that_could_not_be_read_still_means_the_test_was_done(self):
        unread = Event(1, NOON - timedelta(days=1), CK.codes[0], text_value="haemolysed")
        assert answer(course(-5), unread).due == "not due"

    def test_the_worst_of_several_schedules_speaks(self):
        both = (every(CK, SEEN, days=7), every(PLATELETS, SEEN, days=7))
        found = answer(course(-5), ck(-1, 80), due=both)
        assert found.due == "overdue"
        assert found.sentence == "Platelets 5 days late (no result yet) on daptomycin"

    def test_four_days_late_is_urgent(self):
        assert not answer(course(-3)).urgent
        assert answer(course(-4)).urgent


class TestThreshold:
    def test_red_names_the_value_the_limit_and_the_drug(self):
        found = answer(course(-5), ck(-1, 2140))
        assert found.state == "red"
        assert found.sentence == "CK 2,140 U/L (10.7 × upper limit) on daptomycin"
        assert [clause.key for clause in found.fired_clauses] == ["red-1", "amber-1"]
        assert [clause.status for clause in found.fired_clauses] == ["verified", "provisional"]

    def test_amber_when_only_amber_is_crossed(self):
        assert answer(course(-5), ck(-1, 400)).state == "amber"

    def test_quiet_inside_the_limits(self):
        found = answer(course(-5), ck(-1, 100))
        assert (found.state, found.fired, found.sentence) == ("quiet", False, "")

    def test_a_rule_that_does_not_apply_says_nothing(self):
        found = answer(ck(-1, 9000))
        assert (found.state, found.fired, found.evidence, found.schedules) == (
            "does not apply", False, (), (),
        )  # fmt: skip

    def test_red_outranks_overdue(self):
        found = answer(course(-30), ck(-20, 2140))
        assert (found.state, found.due) == ("red", "overdue")


class TestUnknown:
    def test_a_result_without_its_limit_cannot_be_judged_and_says_what_is_missing(self):
        found = answer(course(-5), ck(-1, 250, limit=None))
        assert (found.state, found.level, found.could_be) == ("unknown", None, "red")
        assert found.missing == ("upper limit of CK",)
        assert found.sentence == "CK 250 U/L cannot be judged: upper limit of CK not known"

    def test_amber_that_could_be_red_is_amber_and_says_so(self):
        found = answer(course(-5), ck(-1, 400, limit=None))
        assert (found.state, found.level, found.could_be) == ("amber", "amber", "red")
        assert found.missing == ("upper limit of CK",)

    def test_without_any_result_it_is_the_schedule_that_speaks(self):
        found = answer(course(-1))
        assert (found.state, found.asks) == ("due", False)

    def test_a_threshold_told_not_to_ask_stays_quiet(self):
        rising = amber("rising", latest(CK) > previous(CK), SEEN, ask=False)
        found = answer(course(-5), ck(-1, 100), out_of_range=(rising,))
        assert (found.state, found.asks) == ("quiet", False)

    def test_an_unasked_question_is_raised_when_it_would_decide(self):
        clause = red("CK and pain", (latest(CK) > 1000 * U_per_L) & present(MUSCLE, within=days(7)), SEEN)
        found = answer(course(-5), ck(-1, 1300), out_of_range=(clause,))
        assert found.missing == ("muscle pain or weakness in the last 7 days",)
        assert answer(course(-5), ck(-1, 800), out_of_range=(clause,)).state == "quiet"

    def test_every_missing_fact_is_named_once(self):
        clause = red("fall", latest(PLATELETS) < 0.5 * baseline(PLATELETS, DAPTOMYCIN), SEEN)
        count = Event(1, NOON, PLATELETS.codes[0], numeric_value=90.0, unit="10*9/L")
        found = answer(course(-9), count, due=(), out_of_range=(clause, clause))
        assert found.missing == ("Platelets before daptomycin",)

    def test_whom_a_rule_concerns_can_be_unknown_too(self):
        applies = on(DAPTOMYCIN) & (latest(PLATELETS) < 100 * cells)
        found = answer(course(-5), applies=applies)
        assert (found.applies, found.state, found.fired) == (None, "unknown", False)
        assert found.missing == ("Platelets",)


class TestEvidence:
    def test_each_fact_can_be_opened(self):
        found = answer(course(-5), ck(-1, 2140, source="record:results.result/7"))
        facts = {item.what: item for item in found.evidence}
        assert facts["CK"].source == "record:results.result/7"
        assert (facts["CK"].value, facts["CK"].unit) == (2140, "U/L")
        assert facts["CK"].threshold == "CK over ten times"
        assert facts["on daptomycin"].source == "course/1"

    def test_facts_of_thresholds_not_crossed_are_left_out(self):
        found = answer(course(-5), ck(-1, 400))
        assert {item.threshold for item in found.evidence} == {None, "CK over the limit of 300"}

    def test_the_answer_is_plain_data(self):
        plain = answer(course(-5), ck(-1, 2140)).as_dict()
        assert plain["state"] == "red"
        assert plain["evidence"][0]["what"] == "on daptomycin"
        assert plain["due_at"] == "2026-06-07T12:00:00"


class TestMistakes:
    @pytest.mark.parametrize(
        ("changes", "complaint"),
        [
            ({"due": (), "out_of_range": ()}, "neither asks for a test nor judges one"),
            ({"applies": latest(CK) > 5 * U_per_L}, "applies must say on"),
            ({"due": (every(CK, days=7),)}, "names its source"),
            ({"next_review": date(2026, 1, 1)}, "next review"),
            ({"examples": " "}, "no examples"),
        ],
    )
    def test_an_incomplete_rule_cannot_be_imported(self, changes, complaint):
        with pytest.raises(RuleMistake, match=complaint):
            a_rule(**changes)

    def test_a_mark_the_reference_does_not_use_is_an_error(self):
        with pytest.raises(RuleMistake, match="'certain'"):
            Source(Reference("A", "A"), "p. 1", "certain")

    @pytest.mark.parametrize(
        ("marks", "status"),
        [(["seen"], "verified"), (["seenQ"], "verified"), (["memory"], "provisional"),
         (["memory", "seen"], "verified"), (["seen*"], "provisional"), (["proposal"], "provisional")],
    )  # fmt: skip
    def test_status_follows_from_the_marks(self, marks, status):
        sources = [Source(Reference("A", "A"), "p. 1", mark) for mark in marks]
        assert a_rule(due=(every(CK, *sources, days=7),), out_of_range=()).status == status

    def test_one_provisional_threshold_makes_the_rule_provisional(self):
        assert a_rule().status == "provisional"


def test_a_quotation_is_remarked_on():
    assert "page-numbered quotation" in str(Source(Reference("A", "A paper"), "p. 1", "seenQ"))


def test_the_course_counted_from_is_the_first_of_applies():
    assert a_rule(applies=on(LINEZOLID) & on(DAPTOMYCIN)).course == LINEZOLID


class TestLastMoment:
    def test_it_is_the_last_laboratory_result(self):
        stopped = Event(1, NOON + timedelta(days=3), "HOSPITAL_DISCHARGE//HOME")
        assert last_moment([ck(-5, 80), ck(-1, 90), stopped]) == NOON - timedelta(days=1)

    def test_the_scales_do_not_count_as_a_result(self):
        weight = Event(1, NOON, "LOINC//29463-7", numeric_value=80.0, unit="kg")
        assert last_moment([ck(-5, 80), weight]) == NOON - timedelta(days=5)

    def test_without_a_result_it_is_the_last_event(self):
        assert last_moment([course(-5), course(-2)]) == NOON - timedelta(days=2)

    def test_without_any_dated_event_there_is_none(self):
        assert last_moment([Event(1, None, "GENDER//F")]) is None
