from dataclasses import replace
from itertools import pairwise
from random import Random
from statistics import median

import pytest

from osteon.events.simulator.figures import COHORT, HARMS, WATCHES
from osteon.events.simulator.harm import draw_harms, shift
from osteon.events.simulator.host import draw_host
from osteon.events.simulator.journey import Course, Suffered, meeting_day, working_day
from osteon.events.simulator.prescribing import choose, dose_of, empirical
from osteon.events.simulator.tests.cohorts import infected, journeys


def host_with(**wanted):
    """The first drawn host that is as wanted."""
    for number in range(20_000):
        host = draw_host(Random(number), "age", foot=False)
        if all(getattr(host, name) == value for name, value in wanted.items()):
            return host
    raise AssertionError("nobody is like that")


def course(drug="linezolid", way="oral", start=0, end=60):
    return Course(drug, way, start, end, end, "")


def suffering(key, *, onset=20.0, end=60, overshoot=1.2):
    harm = next(harm for harm in HARMS if harm.key == key)
    drug = min(harm.drugs)
    return Suffered(harm, course(drug, end=end), onset, overshoot, True, True)


@pytest.mark.parametrize(("day", "expected"), [(0, 0), (4, 4), (5, 7), (6, 7), (7, 7), (-1, 0)])
def test_working_day_moves_a_weekend_to_monday(day, expected):
    assert working_day(day) == expected


@pytest.mark.parametrize(("day", "expected"), [(0, 3), (3, 3), (4, 10), (6, 10)])
def test_the_meeting_is_on_thursday(day, expected):
    assert meeting_day(day) == expected


# Which drugs


def test_every_organism_is_covered_by_a_drug_it_is_susceptible_to():
    random = Random(1)
    for journey in infected(600):
        for way in ("iv", "oral"):
            regimen = choose(random, journey.case, journey.host, way, frozenset())
            if regimen is None or not journey.case.isolates:
                continue
            for isolate in journey.case.isolates:
                assert isolate.susceptible & regimen.active


def test_severe_penicillin_allergy_means_neither_penicillin_nor_cephalosporin():
    random, host = Random(2), host_with(allergy="penicillin-severe")
    for journey in infected(300):
        for way in ("iv", "oral"):
            regimen = choose(random, journey.case, host, way, frozenset())
            assert regimen is None or regimen.groups.isdisjoint({"penicillin", "cephalosporin"})
        assert empirical(random, host).groups.isdisjoint({"penicillin", "cephalosporin"})


def test_what_did_harm_is_not_chosen_again():
    random, avoided = Random(3), frozenset({"rifampicin", "teicoplanin"})
    for journey in infected(300):
        for way in ("iv", "oral"):
            regimen = choose(random, journey.case, journey.host, way, avoided)
            assert regimen is None or avoided.isdisjoint(regimen.drugs)


def test_without_a_culture_only_what_may_be_given_blindly_is_chosen():
    random = Random(4)
    unknown = [journey for journey in infected() if not journey.case.isolates]
    chosen = [choose(random, j.case, j.host, "iv", frozenset()) for j in unknown]
    assert chosen
    assert all(regimen is not None and regimen.blind for regimen in chosen)


def test_teicoplanin_is_dosed_by_weight_in_whole_vials():
    """antimicrobials a2b: 12 mg/kg; dosing 7: 70 kg 840 -> 800 mg."""
    assert dose_of("teicoplanin", "iv", host_with(weight_kg=70.0)) == "800 mg IV every 24 hours"


def test_a_dose_has_a_ceiling():
    heavy = replace(host_with(sex=1), weight_kg=150.0)
    assert dose_of("daptomycin", "iv", heavy) == "1,000 mg IV every 24 hours"


# Courses


def test_no_course_ends_before_it_starts():
    for journey in journeys():
        for each in journey.courses:
            assert each.end >= each.start
            assert each.planned > each.start


def test_no_drug_runs_twice_at_once():
    for journey in journeys():
        by_drug: dict[str, list[Course]] = {}
        for each in journey.courses:
            by_drug.setdefault(each.drug, []).append(each)
        for same in by_drug.values():
            same.sort(key=lambda c: c.start)
            for earlier, later in pairwise(same):
                assert later.start >= min(earlier.end, earlier.planned), (earlier, later)


def test_rifampicin_is_never_running_alone():
    for journey in journeys():
        for each in journey.courses:
            if each.drug == "rifampicin" and each.end > each.start:
                together = {c.drug for c in journey.on(each.start)}
                assert len(together) > 1


def test_some_courses_run_past_their_planned_stop():
    over = [j for j in infected() if any(c.end > c.planned for c in j.courses)]
    expected = COHORT["treatment"]["forgotten_stop"]
    assert len(over) / len(infected()) == pytest.approx(expected, abs=0.02)


def test_two_thirds_are_on_tablets_after_the_first_week():
    """opat (g): oral share after week 1 66 % (RNOH)."""
    ways = []
    for journey in infected():
        running = journey.on(journey.started + 8)
        if running:
            ways.append(any(course.is_intravenous for course in running))
    assert 1 - sum(ways) / len(ways) == pytest.approx(0.66, abs=0.05)


def test_intravenous_days_of_prosthetic_joints_have_their_median():
    """opat (g): median 14 for those who go home on a line, none below day 9 (they count as oral)."""
    days = []
    for journey in infected():
        if journey.case.diagnosis == "prosthetic-joint":
            iv = [c for c in journey.courses if c.is_intravenous and c.start < journey.started + 50]
            last = max(c.end for c in iv) - journey.started
            if last > 9:
                days.append(last)
    assert 12 <= median(days) <= 30


def test_linezolid_stops_at_28_days_in_most():
    long = [c for j in infected() for c in j.courses if c.drug == "linezolid" and c.end - c.start >= 28]
    beyond = [c for c in long if c.end - c.start > 28]
    assert WATCHES["linezolid"].longest_days == 28
    assert 0 < len(beyond) < len(long)


def test_visits_are_on_working_days_after_the_ward():
    for journey in journeys(500):
        for visit in journey.visits:
            if visit.kind == "monitoring":
                assert visit.day % 7 < 5


# Toxicity


def test_a_harm_is_drawn_for_a_drug_that_has_it():
    random, host = Random(5), host_with(sex=1)
    for _ in range(500):
        for each in draw_harms(random, host, course("daptomycin", "iv")):
            assert "daptomycin" in each.harm.drugs


def test_platelets_fall_on_linezolid_at_the_published_rate():
    """opat (g): cumulative 10 % by day 28 with good kidneys."""
    random, host = Random(6), next(j.host for j in journeys() if j.host.egfr > 90)
    drawn = [draw_harms(random, host, course()) for _ in range(6000)]
    hit = sum(any(e.harm.key == "linezolid-platelets" and e.onset <= 28 for e in each) for each in drawn)
    assert hit / len(drawn) == pytest.approx(0.10, abs=0.015)


def test_poor_kidneys_double_it():
    random, host = Random(7), next(j.host for j in journeys() if j.host.egfr < 55)
    drawn = [draw_harms(random, host, course()) for _ in range(6000)]
    hit = sum(any(e.harm.key == "linezolid-platelets" and e.onset <= 28 for e in each) for each in drawn)
    assert hit / len(drawn) == pytest.approx(0.20, abs=0.02)


def test_a_statin_doubles_the_ck_risk():
    random = Random(8)
    shares = {}
    for statin in (False, True):
        host = host_with(statin=statin)
        drawn = [draw_harms(random, host, course("daptomycin", "iv")) for _ in range(9000)]
        hit = sum(any(e.harm.key == "daptomycin-ck" and e.onset <= 42 for e in each) for each in drawn)
        shares[statin] = hit / len(drawn)
    assert shares[False] == pytest.approx(0.03, abs=0.006)
    assert shares[True] == pytest.approx(0.06, abs=0.009)


def test_an_oral_nuisance_spares_the_intravenous_drug():
    random, host = Random(9), host_with(sex=1)
    drawn = [e for _ in range(800) for e in draw_harms(random, host, course("flucloxacillin", "iv"))]
    assert "oral-intolerance" not in {each.harm.key for each in drawn}


def test_platelets_reach_the_threshold_on_the_day_of_onset():
    each = suffering("linezolid-platelets")
    assert shift([each], "platelets", 20, 250, 1) * 250 == pytest.approx(100)
    assert shift([each], "platelets", 5, 250, 1) == 1
    assert 100 < shift([each], "platelets", 14, 250, 1) * 250 < 250


def test_ck_goes_by_the_upper_limit():
    each = suffering("daptomycin-ck")
    assert shift([each], "creatine-kinase", 20, 100, 0) * 100 == pytest.approx(5 * 200)


def test_a_harm_comes_back_after_the_drug_is_stopped():
    each = suffering("linezolid-platelets", end=22)
    days = (22, 27, 40, 80)
    values = [shift([each], "platelets", day, 250, 1) * 250 for day in days]
    assert values == sorted(values)
    assert values[-1] == pytest.approx(250, rel=0.02)


def test_a_harm_never_begins_before_its_drug():
    each = suffering("linezolid-platelets", onset=3.0)
    assert shift([each], "platelets", 0, 250, 1) == 1


def test_another_test_is_not_touched():
    assert shift([suffering("linezolid-platelets")], "alt", 30, 20, 1) == 1
