"""From answers to what stands in an alert: provisional gating, evidence, fingerprints, a rule that fails."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUGS, MEASURES
from osteon.knowledge import all_rules, rule
from osteon.rules.judge import judge
from osteon.rules.monitoring import Monitoring
from osteon.service.worklist.judgement import (
    Ruleset,
    edition,
    evidence_of,
    finding_of,
    fingerprint,
    in_force,
    judge_all,
)

START = datetime(2026, 11, 1, 9, 0)
CK, CREATININE = MEASURES["creatine-kinase"], MEASURES["creatinine"]


def day(number: float) -> datetime:
    return START + timedelta(days=number)


def course(drug: str, start: float = 0) -> Event:
    return Event(1, day(start), DRUGS[drug].code, source=f"test:{drug}")


def result(measure, at: float, value: float, high: float | None = None) -> Event:
    return Event(
        1,
        day(at),
        measure.code,
        numeric_value=value,
        unit=measure.unit,
        reference_high=high,
        source=f"test:{measure.key}/{at}",
    )


DANGER = [course("daptomycin"), result(CK, 1, 80, 200), result(CK, 6, 2140, 200)]


def judged(events, at: float, *rule_ids: str, **on: bool):
    rules = [rule(rule_id) for rule_id in rule_ids] or list(all_rules())
    return judge_all(
        Ruleset.of(rules, {key.replace("_", "-"): value for key, value in on.items()}), events, day(at)
    )


def test_a_crossed_threshold_becomes_a_red_finding_for_the_same_day():
    finding = judged(DANGER, 6, "daptomycin-ck").findings["daptomycin-ck"]
    assert (finding.level, finding.said.urgency > 10) == ("red", True)
    assert "2,140 U/L" in finding.sentence
    assert finding.fact_at == day(6).replace(tzinfo=UTC)


def test_a_quiet_rule_is_no_finding_but_its_answer_is_kept():
    judgement = judged([course("daptomycin"), result(CK, 1, 80, 200)], 3, "daptomycin-ck")
    assert judgement.findings == {}
    assert judgement.answers["daptomycin-ck"].state == "quiet"


def test_evidence_names_action_threshold_source_status_and_the_fact_itself():
    evidence = judged(DANGER, 6, "daptomycin-ck").findings["daptomycin-ck"].evidence
    assert evidence["say"].startswith("Stop daptomycin")
    [because] = [part for part in evidence["because"] if part["level"] == "red"]
    assert because["status"] == "verified"
    assert because["sources"]
    [fact] = [fact for fact in evidence["facts"] if fact["source"] == "test:creatine-kinase/6"]
    assert (fact["value"], fact["unit"], fact["time"]) == (2140.0, "U/L", day(6).isoformat())


def test_an_answer_that_cannot_be_given_says_what_is_missing_and_how_bad_it_could_be():
    finding = judged([course("daptomycin"), result(CK, 6, 1500)], 6, "daptomycin-ck").findings[
        "daptomycin-ck"
    ]
    assert finding.level == "unknown"
    assert finding.evidence["could_be"] == "red"
    assert "upper limit of CK" in finding.evidence["missing"]
    assert finding.evidence["because"], "the thresholds that could not be judged are named"


def provisional_rule() -> Monitoring:
    return next(
        r
        for r in all_rules()
        if r.due and not any(part.status == "verified" for part in r.due + r.out_of_range)
    )


def test_a_wholly_provisional_rule_is_out_of_force_until_it_is_switched_on():
    found = provisional_rule()
    assert in_force(found, is_on=False) is None
    assert in_force(found, is_on=True) is found


def test_a_partly_provisional_rule_keeps_its_verified_thresholds():
    mixed = rule("daptomycin-ck")
    kept = in_force(mixed, is_on=False)
    assert [clause.level for clause in kept.out_of_range] == ["red", "red"]
    assert all(part.status == "verified" for part in (*kept.due, *kept.out_of_range))


RISING = [
    course("daptomycin"),
    result(CK, 1, 150, 200),
    result(CK, 6, 400, 200),
    Event(1, day(6), "OSTEON//finding//muscle-symptoms", numeric_value=0.0),
]


def test_a_provisional_threshold_raises_nothing_until_switched_on():
    assert judged(RISING, 6, "daptomycin-ck").findings == {}
    switched = judged(RISING, 6, "daptomycin-ck", daptomycin_ck=True).findings["daptomycin-ck"]
    assert (switched.level, switched.provisional) == ("amber", True)


def test_a_rule_switched_off_again_is_silent():
    assert judged(RISING, 6, "daptomycin-ck", daptomycin_ck=False).findings == {}


def test_the_answer_of_a_provisional_rule_is_known_although_it_raises_nothing():
    assert judged(RISING, 6, "daptomycin-ck").answers["daptomycin-ck"].state == "amber"


def test_a_red_answer_beside_a_provisional_amber_rests_on_the_verified_part_only():
    events = [course("daptomycin"), result(CK, 1, 80, 200), result(CK, 6, 2500, 200)]
    finding = judged(events, 6, "daptomycin-ck").findings["daptomycin-ck"]
    assert not finding.provisional
    assert {part["status"] for part in finding.evidence["because"]} == {"verified"}


def test_why_silent_tells_apart_untrue_switched_off_and_withdrawn():
    found = provisional_rule()
    ruleset = Ruleset.of([found, rule("daptomycin-ck")], {})
    assert ruleset.why_silent("daptomycin-ck") == "No longer true."
    assert ruleset.why_silent(found.id) == "The rule is switched off."
    assert ruleset.why_silent("long-gone") == "The rule was withdrawn."


def print_of(events, at, rule_id="daptomycin-ck"):
    return fingerprint(judge([rule(rule_id)], events, day(at))[0])


def test_the_fingerprint_does_not_change_as_time_passes():
    assert print_of(DANGER, 6) == print_of(DANGER, 7.5)


def test_the_fingerprint_is_the_same_in_whatever_order_the_events_come():
    assert print_of(DANGER, 6) == print_of(DANGER[::-1], 6)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param([*DANGER, result(CK, 7, 2600, 200)], id="a new result"),
        pytest.param([DANGER[0], DANGER[1], result(CK, 6, 2141, 200)], id="a corrected value"),
        pytest.param([course("daptomycin", -2), *DANGER[1:]], id="another course"),
        pytest.param([DANGER[0], DANGER[1], replace(DANGER[2], source="test:other")], id="another row"),
        pytest.param(
            [*DANGER, Event(1, day(6), "OSTEON//finding//muscle-symptoms", numeric_value=1.0)], id="a symptom"
        ),
    ],
)
def test_the_fingerprint_changes_with_the_facts(changed):
    assert print_of(changed, 8) != print_of(DANGER, 8)


def linezolid_with_platelets_at(*days: float) -> list[Event]:
    return [
        course("linezolid"),
        *(result(MEASURES[key], 0.5, 130) for key in ("haemoglobin", "white-cells")),
        *(result(MEASURES["platelets"], at, 250) for at in days),
    ]


def test_the_fingerprint_of_a_late_test_ignores_results_of_tests_that_are_not_late():
    before = print_of(linezolid_with_platelets_at(18), 20, "linezolid-bloods")
    assert before == print_of(linezolid_with_platelets_at(18, 19.5), 20, "linezolid-bloods")
    assert before != print_of(linezolid_with_platelets_at(2), 20, "linezolid-bloods"), (
        "now platelets are late too"
    )


def test_evidence_of_a_late_test_says_since_when_by_which_source():
    answer = judge([rule("daptomycin-ck")], [course("daptomycin"), result(CK, 1, 80)], day(12))[0]
    [because] = evidence_of(answer)["because"]
    assert because["level"] == "overdue"
    assert because["sources"]


class Breaking:
    """A condition nobody can read."""


def broken_rule() -> Monitoring:
    broken = replace(rule("daptomycin-ck"), id="broken")
    object.__setattr__(broken, "applies", Breaking())
    return broken


def test_a_rule_that_fails_does_not_silence_the_others():
    ruleset = Ruleset((broken_rule(), rule("daptomycin-ck")), (broken_rule(), rule("daptomycin-ck")))
    judgement = judge_all(ruleset, DANGER, day(6))
    assert judgement.findings["daptomycin-ck"].level == "red"
    assert list(judgement.broken) == ["broken"]
    assert "broken" not in judgement.findings


def test_the_edition_changes_when_a_rule_does():
    rules = all_rules()
    changed = (replace(rules[0], say="Something else."), *rules[1:])
    assert edition(rules) == edition(all_rules())
    assert edition(changed) != edition(rules)


def test_a_long_sentence_fits_its_column():
    answer = judge([rule("daptomycin-ck")], DANGER, day(6))[0]
    long = replace(answer, sentence="x" * 2000)
    assert len(long.sentence) == 2000
    assert len(finding_of(long).sentence) == 500
