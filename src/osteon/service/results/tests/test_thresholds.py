"""Thresholds on a trend are those of the rule files."""

from datetime import datetime

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUGS, MEASURES
from osteon.knowledge import rule
from osteon.service.results.thresholds import applying_rules, limits_for, monitored_keys, thresholds_for

CK = MEASURES["creatine-kinase"]
NOW = datetime(2026, 11, 24)
DAPTOMYCIN = Event(1, datetime(2026, 11, 1), DRUGS["daptomycin"].code, source="x")


def test_ck_on_daptomycin_has_its_published_limits():
    found = thresholds_for(CK, rules=[rule("daptomycin-ck")])
    assert [(t.value, t.level, t.label) for t in found] == [
        (1000, "red", "red above"),
        (2000, "red", "red above"),
    ]


def test_limits_counted_in_upper_limits_are_drawn_only_when_there_is_one():
    found = thresholds_for(CK, upper_limit=200, rules=[rule("daptomycin-ck")])
    assert [(t.value, t.times) for t in found] == [(1000, None), (1000, 5), (2000, None), (2000, 10)]
    assert found[-1].label == "red from 10 × upper limit:"


def test_a_value_that_only_guards_another_condition_is_not_drawn():
    falling = [rule("crp-not-falling"), rule("crp-rising")]
    assert thresholds_for(MEASURES["crp"], rules=falling) == []
    assert len(limits_for(MEASURES["crp"], falling)) >= 2


def test_each_clause_is_said_once_and_red_ones_first():
    limits = limits_for(CK, [rule("daptomycin-ck")])
    assert [limit.clause.level for limit in limits] == ["red", "red", "amber"]
    assert "with muscle symptoms" in " ".join(limit.clause.sentence for limit in limits)
    assert [limit.is_provisional for limit in limits] == [False, False, True]


def test_a_measure_without_rules_has_no_threshold():
    assert thresholds_for(MEASURES["height"]) == []
    assert limits_for(MEASURES["height"]) == []


def test_every_drawn_threshold_belongs_to_a_clause():
    for measure in MEASURES.values():
        levels = {limit.clause.level for limit in limits_for(measure)}
        assert {t.level for t in thresholds_for(measure, upper_limit=10)} <= levels
    assert sum(len(thresholds_for(m, upper_limit=10)) for m in MEASURES.values()) > 10


def test_only_rules_that_apply_to_the_patient_are_asked():
    ids = {found.id for found in applying_rules([DAPTOMYCIN], NOW)}
    assert "daptomycin-ck" in ids
    assert "linezolid-platelets" not in ids


def test_what_a_running_drug_asks_for_is_monitored():
    assert "creatine-kinase" in monitored_keys(applying_rules([DAPTOMYCIN], NOW))
    assert monitored_keys([]) == []
