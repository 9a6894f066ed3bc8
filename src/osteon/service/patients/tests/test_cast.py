from __future__ import annotations

import doctest

import pytest

from osteon.service.patients import names, nhs_number, partial_dates
from osteon.service.patients.models import Episode, Patient


def test_every_patient_of_the_cast_has_one_open_episode(cast):
    assert Patient.objects.count() == Episode.objects.count() == 4
    assert set(Episode.objects.values_list("patient_id", "team_id")) == {
        (cast.ruth.pk, cast.limb.pk),
        (cast.sean.pk, cast.spine.pk),
        (cast.zofia.pk, cast.limb.pk),
        (cast.longname.pk, cast.limb.pk),
    }


def test_long_name_has_a_hundred_letters(cast):
    assert len(cast.longname.family_name) == 100


@pytest.mark.parametrize("module", [names, nhs_number, partial_dates])
def test_examples_in_docstrings_run(module):
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(module).attempted
