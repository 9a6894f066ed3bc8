"""What the simulator answers of the definitions' questions."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from osteon.events.schema import Event
from osteon.events.simulator import simulate
from osteon.events.simulator.figures import EPISODE_KINDS, LOOKED_FOR
from osteon.events.vocabulary.questions import QUESTION_BY_CODE, QUESTIONS

PATIENTS = 250


@cache
def stories(detail: str) -> list[list[Event]]:
    return [events for _, events in simulate(PATIENTS, 11, detail=detail)]


def answered(story):
    return [e for e in story if e.code.startswith("OSTEON//finding//") and e.code in QUESTION_BY_CODE]


def kind(story) -> str:
    (episode,) = [e for e in story if e.code.startswith("OSTEON//episode//")]
    return episode.code.rpartition("//")[2]


def test_the_core_story_is_the_same_whether_or_not_anybody_examines():
    plain, examined = stories("core"), stories("examined")
    for short, long in zip(plain, examined, strict=True):
        codes = Counter(e.code for e in short)
        assert codes <= Counter(e.code for e in long)
        times = {(e.code, e.time, e.numeric_value) for e in short}
        assert times <= {(e.code, e.time, e.numeric_value) for e in long}


def test_only_the_examined_story_names_the_episode_and_names_it_once():
    assert not any(e.code.startswith("OSTEON//episode//") for story in stories("core") for e in story)
    assert {kind(story) for story in stories("examined")} == set(EPISODE_KINDS.values())


def test_every_answer_can_be_true():
    for story in stories("examined"):
        for event in answered(story):
            question = QUESTION_BY_CODE[event.code]
            value = event.numeric_value
            assert value is not None
            assert question.least is None or value >= question.least
            assert question.most is None or value <= question.most
            assert (event.unit or "1") == question.unit or question.key in ("sinus_tract",)
            if question.kind == "yes-no":
                assert value in (0.0, 1.0)
            if question.kind == "choice":
                assert (event.text_value, value) in question.choices


def test_joint_fluid_is_looked_at_in_joints_alone():
    for story in stories("examined"):
        if kind(story) not in ("prosthetic-joint", "septic-arthritis"):
            assert not {QUESTION_BY_CODE[e.code].key for e in answered(story)} & {
                "syn_wbc",
                "syn_pmn",
                "alpha_defensin",
            }


def test_not_everything_is_asked_of_everybody():
    joints = [story for story in stories("examined") if kind(story) == "prosthetic-joint"]
    asked = Counter(QUESTION_BY_CODE[e.code].key for story in joints for e in answered(story))
    assert 0 < asked["alpha_defensin"] < len(joints)
    assert 0 < asked["syn_wbc"] < len(joints)


def test_infected_joints_hold_many_cells():
    joints = [story for story in stories("examined") if any(e.code.startswith("ICD10//T84.5") for e in story)]
    cells = sorted(e.numeric_value for story in joints for e in story if e.code == QUESTIONS["syn_wbc"].code)
    assert cells[len(cells) // 2] > 3000


def test_cultures_alike_never_exceed_the_specimens_taken():
    for story in stories("examined"):
        alike = [e.numeric_value for e in story if e.code == QUESTIONS["cultures_alike"].code]
        specimens = sum(e.code.startswith("OSTEON//specimen//") for e in story)
        assert all(value is not None and value <= specimens for value in alike)


@pytest.mark.parametrize("kind", sorted(EPISODE_KINDS.values()))
def test_every_row_of_the_table_is_a_question_with_figures_in_its_range(kind):
    for looked in LOOKED_FOR[kind]:
        question = QUESTIONS[looked.question]
        assert looked.when in ("seen", "operation", "report")
        assert 0 < looked.asked <= 1
        for figure in (looked.infected, looked.excluded):
            if question.kind == "choice":
                assert set(figure.values) <= {word for word, _ in question.choices}
            if question.kind == "yes-no":
                assert 0 <= float(figure.values[0]) <= 1


def test_the_same_seed_gives_the_same_answers():
    again = [events for _, events in simulate(20, 11, detail="examined")]
    assert again == stories("examined")[:20]
