"""What speaks against two records being one person is said before anybody merges them."""

from datetime import date

import pytest

from osteon.service.patients.identities import Side, speaks_against
from osteon.service.patients.models import NHS, Patient, PatientIdentifier

BIRTHS, SEX, NUMBERS = "different dates of birth", "different sex", "each has an NHS number of their own"


def side(born=date(1959, 2, 14), precision="day", sex="female", numbers=(), system=NHS):
    patient = Patient(birth_date=born, birth_precision=precision, sex=sex)
    return Side(patient, [PatientIdentifier(system=system, value=value) for value in numbers], [])


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (side(), side(), []),
        (side(), side(born=date(1959, 2, 15)), [BIRTHS]),
        (side(), side(born=date(1959, 1, 1), precision="year"), []),
        (side(), side(born=date(1960, 1, 1), precision="year"), [BIRTHS]),
        (side(), side(born=None), []),
        (side(), side(sex="male"), [SEX]),
        (side(), side(sex=Patient.Sex.UNKNOWN), []),
        (side(numbers=["9434765919"]), side(numbers=["9990624100"]), [NUMBERS]),
        (side(numbers=["9434765919"]), side(numbers=["9434765919", "9990624100"]), []),
        (side(numbers=["9434765919"]), side(), []),
        (side(numbers=["1"], system="hospital:A"), side(numbers=["2"], system="hospital:A"), []),
        (
            side(numbers=["9434765919"]),
            side(born=date(1960, 1, 1), sex="male", numbers=["9990624100"]),
            [BIRTHS, SEX, NUMBERS],
        ),
    ],
)
def test_what_differs_is_named_and_what_is_not_known_is_not_held_against_them(one, other, said):
    assert speaks_against(one, other) == speaks_against(other, one) == said
