import pytest

from osteon.events.simulator.markers import (
    Marker,
    crp_of_operation,
    esr_of_operation,
    halving,
    plateau,
    rising,
    steady,
)


def crp(baseline: float = 2.0) -> Marker:
    return Marker(baseline, crp_of_operation)


@pytest.mark.parametrize(("day", "expected"), [(7, 60), (14, 22), (21, 11), (42, 3)])
def test_crp_after_an_operation_follows_the_reference(day, expected):
    """opat (g): "P = 150 gives day 7 60, 14 22, 21 11, 42 3"."""
    assert crp_of_operation(day, 150) == pytest.approx(expected, abs=1.0)


def test_crp_rises_straight_to_its_peak_at_48_hours():
    assert crp_of_operation(0, 150) == 0
    assert crp_of_operation(1, 150) == 75
    assert crp_of_operation(2, 150) == 150


def test_esr_peaks_on_day_5_and_is_near_baseline_after_months():
    assert esr_of_operation(5, 80) == 80
    assert esr_of_operation(2.5, 80) == 40
    assert esr_of_operation(120, 80) < 8


def test_a_healthy_person_has_the_baseline():
    assert crp(2.5).at(100) == 2.5


def test_untreated_infection_stays():
    marker = crp()
    marker.turn(0, steady(120))
    assert marker.at(0) == marker.at(60) == 122


def test_a_responder_halves_in_a_week():
    marker = crp()
    marker.turn(0, steady(120))
    marker.turn(10, halving(marker.infection(10), 7))
    assert marker.infection(17) == pytest.approx(60)
    assert marker.infection(38) == pytest.approx(7.5)


def test_a_responder_with_150_is_below_the_failure_line_at_week_4():
    """opat (g): tau set so that week-4 CRP < 27.5 (DTS)."""
    marker = crp()
    marker.turn(0, halving(150, 7))
    assert marker.at(28) < 27.5


@pytest.mark.parametrize("share", [0.4, 0.55, 0.7])
def test_a_non_responder_settles_at_a_share_of_the_baseline_then_rises(share):
    phase = plateau(100, share)
    assert phase(0) == pytest.approx(100)
    assert phase(14) == pytest.approx(100 * share, rel=0.1)
    assert phase(35) > phase(14)


def test_a_relapse_rises_from_nothing():
    phase = rising(80)
    assert phase(0) == 0
    assert 0 < phase(7) < phase(21) < 80


def test_the_phase_of_the_day_counts():
    marker = crp()
    for day, level in ((0, 100), (10, 50), (20, 0)):
        marker.turn(day, steady(level))
    assert [marker.infection(day) for day in (-1, 0, 9.9, 10, 25)] == [0, 100, 100, 50, 0]


def test_a_second_operation_resets_and_does_not_add_up():
    marker = crp(0)
    marker.peaks = [(0, 150), (7, 150)]
    assert marker.at(9) == pytest.approx(150)


def test_an_operation_in_the_future_adds_nothing():
    marker = crp(0)
    marker.peaks = [(50, 150)]
    assert marker.at(40) == 0


def test_another_illness_lifts_the_crp_and_leaves():
    marker = crp(0)
    marker.illnesses = [(10, 80, 3.0)]
    assert [round(marker.at(day)) for day in (9, 10, 13, 40)] == [0, 80, 40, 0]
