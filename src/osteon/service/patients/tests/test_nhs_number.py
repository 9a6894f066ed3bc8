from __future__ import annotations

import pytest

from osteon.service.patients.nhs_number import is_valid_nhs_number, spaced


# The first is the Data Dictionary's own example; the others were computed by hand from its five steps.
@pytest.mark.parametrize(
    "value", ["943 476 5919", "9434765919", "943-476-5919", "401 023 2137", "999 000 0018"]
)
def test_right_check_digit_is_valid(value):
    assert is_valid_nhs_number(value)


@pytest.mark.parametrize(
    "value", ["943 476 5918", "9434765991", "943476591", "94347659190", "943476591X", "", "٩٤٣٤٧٦٥٩١٩"]
)
def test_anything_else_is_doubtful(value):
    assert not is_valid_nhs_number(value)


def test_check_digit_ten_is_never_issued():
    # 000 000 006?: 6 x 2 = 12, 12 mod 11 = 1, 11 - 1 = 10: no digit makes this number valid.
    assert not any(is_valid_nhs_number(f"000000006{digit}") for digit in range(10))


def test_remainder_nought_makes_check_digit_nought():
    # 4010232 13: see above; 000 000 0000 sums to 0, so 11 - 0 = 11 is written 0.
    assert is_valid_nhs_number("0000000000")


@pytest.mark.parametrize("digit", range(10))
def test_every_slip_of_one_digit_is_found(digit):
    slipped = f"943476{digit}919"
    assert is_valid_nhs_number(slipped) is (digit == 5)


def test_number_is_spaced_for_reading_only_when_it_has_ten_digits():
    assert spaced("9434765919") == "943 476 5919"
    assert spaced("943 476 5919") == "943 476 5919"
    assert spaced("0042") == "0042"
