from random import Random
from statistics import fmean, median, pstdev

import pytest

from osteon.events.simulator.chance import (
    Choice,
    curve,
    day_on,
    generator,
    lognormal,
    normal_between,
    scatter,
    uniform_day,
    weights,
)

DRAWS = 20_000


def test_choice_draws_by_weight():
    random = Random(1)
    choice = Choice([("a", 1.0), ("b", 3.0)])
    drawn = [choice.draw(random) for _ in range(DRAWS)]
    assert drawn.count("b") / DRAWS == pytest.approx(0.75, abs=0.01)


def test_choice_never_draws_what_weighs_nothing():
    random = Random(1)
    choice = Choice([("never", 0.0), ("always", 0.1)])
    assert {choice.draw(random) for _ in range(1000)} == {"always"}


def test_choice_of_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing to choose"):
        Choice([("never", 0.0)])


def test_choice_stays_inside_at_the_upper_end():
    class Top(Random):
        def random(self):
            return 1.0 - 2**-53

    assert Choice([("a", 0.1), ("b", 0.2)]).draw(Top()) == "b"


def test_generator_depends_on_its_parts_alone():
    assert generator(1, 2, "story").random() == generator(1, 2, "story").random()
    assert generator(1, 2, "story").random() != generator(1, 2, "laboratory").random()
    assert generator(1, 12).random() != generator(11, 2).random()


def test_lognormal_has_its_median():
    random = Random(2)
    assert median(lognormal(random, 170, 0.35) for _ in range(DRAWS)) == pytest.approx(170, rel=0.02)


def test_normal_between_keeps_its_bounds_and_its_mean():
    random = Random(3)
    drawn = [normal_between(random, 60, 16, 18, 95) for _ in range(DRAWS)]
    assert min(drawn) >= 18
    assert max(drawn) <= 95
    assert fmean(drawn) == pytest.approx(59.7, abs=0.6)


def test_uniform_day_reaches_both_ends():
    random = Random(4)
    assert {uniform_day(random, 5, 7) for _ in range(1000)} == {5, 6, 7}


def test_curve_reads_days_and_shares():
    assert curve("0:0|14:0.03|28:0.10") == ((0, 0), (14, 0.03), (28, 0.10))


@pytest.mark.parametrize("text", ["0:0|14:0.1|14:0.2", "0:0|14:0.1|28:0.05", "14:0|7:0.1"])
def test_curve_that_does_not_rise_is_refused(text):
    with pytest.raises(ValueError, match="does not rise"):
        curve(text)


def test_weights_reads_keys_with_spaces():
    random = Random(5)
    assert {weights("chest infection:0.5|gout:0.5").draw(random) for _ in range(200)} == {
        "chest infection",
        "gout",
    }


def test_day_on_follows_the_curve():
    """Linezolid: platelets below 100 in 3 % by day 14, 10 % by day 28, 25 % by day 56 (opat (g))."""
    random = Random(6)
    points = curve("0:0|14:0.03|28:0.10|56:0.25")
    days = [day_on(points, random) for _ in range(DRAWS)]
    for day, expected in points[1:]:
        assert sum(d is not None and d <= day for d in days) / DRAWS == pytest.approx(expected, abs=0.008)


def test_day_on_with_twice_the_hazard():
    random = Random(7)
    points = curve("0:0|14:0.03|28:0.10|56:0.25")
    days = [day_on(points, random, factor=2.0) for _ in range(DRAWS)]
    assert sum(d is not None and d <= 28 for d in days) / DRAWS == pytest.approx(0.20, abs=0.01)


def test_day_on_is_none_for_whom_it_never_happens():
    class Late(Random):
        def random(self):
            return 0.9

    assert day_on(curve("0:0|14:0.03"), Late()) is None


def test_scatter_is_standard_normal_and_repeatable():
    values = [scatter(base, place) for base in range(2000) for place in range(8)]
    assert fmean(values) == pytest.approx(0, abs=0.02)
    assert pstdev(values) == pytest.approx(1, abs=0.02)
    assert scatter(123, 4) == scatter(123, 4)


def test_scatter_of_two_places_is_unrelated():
    pairs = [(scatter(base, 1), scatter(base, 2)) for base in range(0, 16_384, 3)]
    assert fmean(a * b for a, b in pairs) == pytest.approx(0, abs=0.04)
