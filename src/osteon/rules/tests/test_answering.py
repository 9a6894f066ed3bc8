"""The judge for definitions: what is possible, what is missing, what the reader must be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from osteon.events.schema import Event
from osteon.rules.answering import answer_definition, answer_definitions
from osteon.rules.definition import Axis, Cited, Class, Definition, Guard, Table, axis, criterion
from osteon.rules.given import given
from osteon.rules.language import all_of, answer, any_of, chosen, count, graded, points, yes
from osteon.rules.monitoring import Reference, RuleMistake, Source
from osteon.rules.quantities import UnitMismatch, mg_per_L, mm_per_h, per_uL, percent

NOW = datetime(2026, 11, 23, 9)
SEEN = Source(Reference("P", "A paper"), "table 1", "seen")
RECALLED = Source(Reference("M", "From memory"), "table 2", "memory")

SINUS = criterion("sinus", "Sinus tract", yes("sinus_tract"), SEEN)
CELLS = criterion("cells", "Many white cells", answer("syn_wbc") > 3000 * per_uL, SEEN)
CRP = criterion("crp", "Raised CRP", answer("crp") > 10 * mg_per_L, RECALLED)

BASE = Definition(
    id="test",
    title="A definition",
    subject="Testing",
    about="For tests.",
    kinds=(),
    criteria=(SINUS, CELLS, CRP),
    axes=(
        axis(
            "infection",
            Class("confirmed", any_of(SINUS, CELLS)),
            Class("likely", CRP),
            otherwise="unlikely",
            source=(SEEN,),
        ),
    ),
    author="A",
    checked_by="B",
    reviewed_on=date(2026, 1, 1),
    next_review=date(2027, 1, 1),
    examples="-",
)


def say(definition=BASE, **facts):
    return answer_definition(definition, given(list(facts.items()), NOW), NOW)


# What is possible ------------------------------------------------------------------------------------


def test_a_certain_answer_is_given_although_other_questions_are_open():
    found = say(sinus_tract="yes")
    assert found.axes[0].certain == "confirmed"
    assert found.is_certain
    assert found.missing == ()


def test_without_any_fact_everything_is_possible():
    found = say()
    assert found.axes[0].possible == ("confirmed", "likely", "unlikely")
    assert found.words() == "unlikely to confirmed"
    assert not found.is_certain


def test_the_mildest_answer_is_given_only_when_everything_is_known_to_be_absent():
    assert say(sinus_tract="no", syn_wbc="900", crp="4").words() == "unlikely"
    assert say(sinus_tract="no", syn_wbc="900").words() == "unlikely to likely"


def test_a_class_that_is_excluded_is_not_called_possible():
    assert say(sinus_tract="no", syn_wbc="900", crp="24").axes[0].possible == ("likely",)
    assert say(crp="24").axes[0].possible == ("confirmed", "likely")


def test_an_axis_without_otherwise_ends_in_its_last_class():
    two = Axis("size", (Class("large", SINUS), Class("small", ~SINUS)), "", (SEEN,))
    assert say(replace(BASE, axes=(two,)), sinus_tract="no").words() == "small"
    assert say(replace(BASE, axes=(two,))).words() == "small to large"


def test_several_axes_are_named_in_the_answer():
    second = axis("marker", Class("raised", CRP), otherwise="normal", source=(SEEN,))
    found = say(replace(BASE, axes=(*BASE.axes, second)), sinus_tract="yes", crp="4")
    assert found.words() == "infection: confirmed; marker: normal"


# Scores ----------------------------------------------------------------------------------------------


def scored(score):
    return replace(BASE, axes=(), score=score)


def test_points_of_what_is_open_span_an_interval():
    score = points((3, SINUS), (2, CELLS), (1, CRP))
    assert say(scored(score), sinus_tract="yes").score == (3, 6)
    assert say(scored(score), sinus_tract="yes", syn_wbc="4000", crp="4").words() == "score 5"


def test_negative_points_widen_the_interval_downwards():
    assert say(scored(points((-4, SINUS), (5, CELLS)))).score == (-4, 5)


def test_a_grade_takes_the_first_that_holds_and_an_open_one_leaves_both():
    score = graded((3, CELLS), (1, SINUS), otherwise=0)
    assert say(scored(score), syn_wbc="4000", sinus_tract="yes").score == (3, 3)
    assert say(scored(score), syn_wbc="900").score == (0, 1)
    assert say(scored(score), sinus_tract="yes").score == (1, 3)


def test_a_choice_that_is_open_spans_its_grades_and_not_their_sum():
    score = graded(
        (3, chosen("leuk_esterase", "+++")),
        (2, chosen("leuk_esterase", "++")),
        (1, chosen("leuk_esterase", "+")),
    )
    assert say(scored(score)).score == (1, 3)
    assert say(scored(score), leuk_esterase="++").score == (2, 2)


def test_a_class_may_be_a_band_of_a_score():
    score = points((3, SINUS), (2, CELLS))
    bands = axis(
        "band", Class("high", score >= 4), Class("middle", score >= 2), otherwise="low", source=(SEEN,)
    )
    banded = replace(BASE, axes=(bands,), score=score)
    assert say(banded, sinus_tract="yes").words() == "middle to high; score 3 to 5"
    assert say(banded, sinus_tract="no", syn_wbc="10").words() == "low; score 0"


def test_counting_counts():
    assert say(scored(count(SINUS, CELLS, CRP)), sinus_tract="yes", crp="11", syn_wbc="1").score == (2, 2)


def test_the_tables_are_shown_for_the_scores_that_are_possible():
    table = Table("Probability", ("0", "1", "2", "3"), (("A cohort", ("1 %", "10 %", "50 %", "90 %"), SEEN),))
    found = say(replace(scored(count(SINUS, CELLS, CRP)), tables=(table,)), sinus_tract="yes", syn_wbc="1")
    data = found.as_dict()["tables"]
    assert data[0]["scores"] == ["1", "2"]
    assert data[0]["rows"][0]["figures"] == ["10 %", "50 %"]


# What is missing -------------------------------------------------------------------------------------


def test_what_is_missing_is_named_with_what_it_would_change():
    found = say(sinus_tract="no", crp="24")
    assert [item.criterion.key for item in found.missing] == ["cells"]
    assert [q.key for q in found.missing_questions] == ["syn_wbc"]
    assert (found.missing[0].if_met, found.missing[0].if_not) == ("confirmed", "likely")


def test_what_cannot_change_the_answer_is_not_asked_for():
    both = axis("infection", Class("yes", all_of(SINUS, CRP)), otherwise="no", source=(SEEN,))
    found = say(replace(BASE, axes=(both,)), sinus_tract="no")
    assert found.words() == "no"
    assert found.missing == ()
    assert [one.criterion.key for one in found.met(None)] == ["cells", "crp"]


def test_what_settles_most_is_asked_first():
    score = points((1, SINUS), (5, CELLS), (2, CRP))
    assert [item.criterion.key for item in say(scored(score)).missing] == ["cells", "crp", "sinus"]


def test_a_list_of_recommendations_asks_for_every_open_one():
    found = say(replace(BASE, axes=()), sinus_tract="yes")
    assert found.words() == "sinus"
    assert {item.criterion.key for item in found.missing} == {"cells", "crp"}


# What the reader must be told ------------------------------------------------------------------------


def test_contradictory_answers_of_one_day_are_no_answer_and_are_said():
    facts = given([("sinus_tract", "yes"), ("sinus_tract", "no"), ("syn_wbc", "10"), ("crp", "4")], NOW)
    found = answer_definition(BASE, facts, NOW)
    assert found.words() == "unlikely to confirmed"
    assert found.contradictions == ("Sinus tract: two different answers within a day",)
    assert len(found.criteria[0].evidence) == 2


def test_a_value_that_equals_a_threshold_is_pointed_out():
    found = say(sinus_tract="no", syn_wbc="3000", crp="4")
    assert found.edges == (
        'White cells in joint fluid is exactly 3,000 /µL: "White cells in joint fluid more than 3,000 /µL" is not met',
    )


def test_a_limit_decides_only_where_it_lies_wholly_on_one_side():
    assert say(sinus_tract="no", crp="<5", syn_wbc="1").words() == "unlikely"
    assert say(sinus_tract="no", crp="<20", syn_wbc="1").words() == "unlikely to likely"


def test_a_guard_warns_or_refuses():
    warning = Guard("Read with caution", yes("crystals"), (SEEN,))
    refusal = Guard("Hip only", yes("metal_reaction"), (SEEN,), refuses=True)
    guarded = replace(BASE, guards=(warning, refusal))
    assert say(guarded, crystals="yes", sinus_tract="yes", metal_reaction="no").warnings == (
        "Read with caution",
    )
    refused = say(guarded, metal_reaction="yes", sinus_tract="yes")
    assert refused.refused == ("Hip only",)
    assert refused.words() == "no answer: Hip only"
    assert refused.as_dict()["certain"] is False
    asked = say(guarded, sinus_tract="yes").warnings
    assert asked == ("not known whether it may be used here (Local tissue reaction to metal): Hip only",)


def test_the_evidence_of_a_criterion_leads_back_to_its_fact():
    event = replace(given([("crp", "24")], NOW)[0], source="record:results.result/1")
    found = answer_definition(BASE, [event], NOW)
    (item,) = next(one for one in found.criteria if one.criterion.key == "crp").evidence
    assert (item.value, item.unit, item.source) == (24.0, "mg/L", "record:results.result/1")


def test_facts_after_the_moment_asked_about_are_not_known_yet():
    later = given([("sinus_tract", "yes")], NOW)
    assert answer_definition(BASE, later, NOW - timedelta(seconds=1)).words() == "unlikely to confirmed"


def test_a_definition_concerns_the_patients_with_such_an_episode():
    joint = replace(BASE, kinds=("prosthetic-joint",))
    episode = Event(1, NOW, "OSTEON//episode//prosthetic-joint")
    other = Event(1, NOW, "OSTEON//episode//spinal")
    assert answer_definition(joint, [episode], NOW).concerns is True
    assert answer_definition(joint, [other], NOW).concerns is False
    assert answer_definition(BASE, [other], NOW).concerns is None


def test_several_definitions_read_one_chart():
    first, second = answer_definitions(
        [BASE, scored(count(SINUS))], given([("sinus_tract", "yes")], NOW), NOW
    )
    assert (first.words(), second.words()) == ("confirmed", "score 1")


def test_plain_data_holds_what_a_machine_needs():
    data = say(sinus_tract="no", crp="24").as_dict()
    assert data["axes"] == [
        {
            "name": "infection",
            "answer": None,
            "possible": ["confirmed", "likely"],
            "low": "likely",
            "high": "confirmed",
        }
    ]
    assert (data["met"], data["not_met"], data["unknown"]) == (["crp"], ["sinus"], ["cells"])
    assert data["missing"] == ["syn_wbc"]
    assert data["status"] == "provisional"
    assert data["criteria"][2]["evidence"][0]["value"] == 24.0


# The declaration -------------------------------------------------------------------------------------


def test_a_definition_is_verified_only_when_every_part_of_it_is():
    assert BASE.status == "provisional"
    assert replace(BASE, criteria=(SINUS, CELLS)).status == "verified"
    recalled = axis("infection", Class("confirmed", SINUS), otherwise="no", source=(RECALLED,))
    assert replace(BASE, criteria=(SINUS, CELLS), axes=(recalled,)).status == "provisional"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"criteria": ()}, "no criteria"),
        ({"criteria": (SINUS, SINUS)}, "one key"),
        ({"criteria": (criterion("bare", "No source", yes("pus")),)}, "names its source"),
        ({"next_review": date(2025, 1, 1)}, "next review"),
        ({"examples": " "}, "no examples"),
        ({"kinds": ("toothache",)}, "toothache"),
    ],
)
def test_a_declaration_that_cannot_be_right_is_refused_when_it_is_imported(change, complaint):
    with pytest.raises(RuleMistake, match=complaint):
        replace(BASE, **change)


def test_units_are_checked_when_the_rule_is_imported():
    with pytest.raises(UnitMismatch):
        _ = answer("crp") > 30 * mm_per_h
    with pytest.raises(UnitMismatch):
        _ = answer("syn_wbc") > 80 * percent


def test_a_question_is_asked_in_its_own_way():
    with pytest.raises(ValueError, match="yes"):
        answer("sinus_tract")
    with pytest.raises(ValueError, match="not answered with yes or no"):
        yes("crp")
    with pytest.raises(ValueError, match="not a choice"):
        chosen("leuk_esterase", "plenty")
    with pytest.raises(KeyError):
        yes("nobody_asked_this")


def test_the_questions_come_in_reading_order_each_once():
    doubled = replace(BASE, performance=(Cited("Good", (SEEN,)),), score=count(SINUS, CRP))
    assert [q.key for q in doubled.questions] == ["sinus_tract", "syn_wbc", "crp"]
    assert doubled.sources == (SEEN, RECALLED)
