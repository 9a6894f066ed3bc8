"""The example tables, on every engine, against the judge."""

from __future__ import annotations

from osteon.knowledge import all_rules
from osteon.rules.answers import FIRED
from osteon.rules.engines.evidence import events_reader, evidence
from osteon.rules.judge import judge
from tests.spec.conftest import MOMENT

RULES = {rule.id: rule for rule in all_rules()}


def _judged(cast):
    for number, (_, _, events) in cast.items():
        for answer in judge(all_rules(), events, MOMENT):
            yield number, answer


def test_the_engine_gives_the_judges_state_for_every_patient_and_rule(outcome, cast):
    expected = {(n, a.rule.id): a.state for n, a in _judged(cast) if a.state != "does not apply"}
    assert outcome.states() == expected


def test_the_engine_keeps_every_promise_of_the_example_tables(outcome, cast):
    states = outcome.states()
    for number, (rule, example, _) in cast.items():
        word = example.answer.partition(" on day")[0]
        if word in ("red", "amber", "unknown", "quiet", "overdue", "does not apply"):
            found = states.get((number, rule.id), "does not apply")
            assert found == word or (word == "overdue" and found in ("red", "amber")), (rule.id, example)


def test_the_engine_fires_whom_the_judge_fires_and_dates_what_is_due(outcome, cast):
    expected = {
        (n, a.rule.id): a.due_at.isoformat() if a.due_at and len(a.rule.due) == 1 else None
        for n, a in _judged(cast)
        if a.fired
    }
    found = {(row["subject_id"], row["rule"]): row["due_at"] for row in outcome.fired()}
    assert found.keys() == expected.keys()
    assert all(found[key] == due_at for key, due_at in expected.items() if due_at)


def test_the_engine_shows_the_very_facts_read_off_the_patients_events(outcome, cast):
    crossed = {(n, a.rule.id): [c.key for c in a.fired_clauses] for n, a in _judged(cast) if a.fired}
    for row in outcome.fired():
        subject, rule = row["subject_id"], RULES[row["rule"]]
        keys = crossed[subject, rule.id]
        yes = [rule.clause_key(place) in keys for place in range(len(rule.out_of_range))]
        expected = evidence(rule, yes, events_reader(cast[subject][2], MOMENT))
        assert row["evidence"] == expected, (subject, rule.id)
        assert expected


def test_the_engines_evidence_names_what_the_judge_names(outcome, cast):
    judged = {
        (n, a.rule.id): {e.what for e in a.evidence if e.unit and e.threshold}
        for n, a in _judged(cast)
        if a.level
    }
    for row in outcome.fired():
        shown = {item["what"] for item in row["evidence"]}
        assert judged.get((row["subject_id"], row["rule"]), set()) <= shown, row


def test_counts_add_up_to_all_patients(outcome, cast):
    for rule in all_rules():
        counts = outcome.counts(rule)
        assert counts.total() == len(cast)
        assert sum(counts[state] for state in FIRED) >= 1
