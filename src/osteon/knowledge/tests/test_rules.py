"""Every rule file is complete, in date, listed, and does what its examples say."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

import osteon.knowledge.monitoring as monitoring
from osteon.knowledge import all_rules, rule
from osteon.rules.examples import examples_of
from osteon.rules.judge import judge

FOLDER = Path(monitoring.__file__).parent
RULES = all_rules()


def by_id(one: object) -> str:
    return getattr(one, "id", "")


def test_every_file_of_the_folder_is_listed():
    files = {path.stem.replace("_", "-") for path in FOLDER.glob("*.py") if path.stem != "__init__"}
    assert files == {one.id for one in RULES}


def test_there_are_at_least_twenty_five_and_no_two_share_a_name():
    assert len({one.id for one in RULES}) == len(RULES) >= 25


def test_a_rule_is_found_by_its_name():
    assert rule("daptomycin-ck").title == "Creatine kinase on daptomycin"
    with pytest.raises(KeyError):
        rule("no-such-rule")


@pytest.mark.parametrize("one", RULES, ids=by_id)
class TestEachRule:
    def test_has_someone_to_answer_for_it(self, one):
        assert one.author
        assert one.checked_by
        assert one.author != one.checked_by

    def test_is_in_date(self, one):
        assert one.next_review > datetime.now(UTC).date(), f"{one.id}: the review is overdue"

    def test_says_what_to_do(self, one):
        assert one.say.endswith(".")
        assert len(one.say) > 20

    def test_cites_where_its_figures_stand(self, one):
        assert one.sources
        assert all(source.reference.citation for source in one.sources)

    def test_examples_hold_on_the_judge(self, one):
        for example in examples_of(one):
            (answer,) = judge([one], example.events, example.as_of)
            assert example.holds(answer), (example.name, example.answer, answer.state, answer.missing)

    def test_examples_show_yes_no_and_unknown(self, one):
        states = {judge([one], e.events, e.as_of)[0].state for e in examples_of(one)}
        assert states & {"red", "amber", "due", "overdue"}, "no example in which the rule speaks"
        assert "quiet" in states, "no example in which all is well"
        assert "does not apply" in states, "no example of a patient it does not concern"
        if any(clause.ask and clause.measure for clause in one.out_of_range):
            assert "unknown" in states, "no example with a fact missing"

    def test_every_threshold_is_crossed_in_some_example(self, one):
        crossed = {
            clause.key
            for example in examples_of(one)
            for clause in judge([one], example.events, example.as_of)[0].fired_clauses
        }
        wanted = {one.clause_key(position) for position in range(len(one.out_of_range))}
        assert crossed == wanted

    def test_its_sentence_names_a_fact_when_it_speaks(self, one):
        for example in examples_of(one):
            (answer,) = judge([one], example.events, example.as_of)
            assert bool(answer.sentence) == answer.fired, example.name


@pytest.mark.parametrize("one", [one for one in RULES if one.due], ids=by_id)
def test_no_result_at_all_is_raised(one):
    lonely = [e for e in examples_of(one) if all(ev.code.startswith("ATC") for ev in e.events)]
    states = {judge([one], e.events, e.as_of)[0].due for e in lonely}
    assert states & {"due", "overdue"}
