from random import Random
from statistics import fmean

import pytest

from osteon.events.simulator.host import FEMALE, ILLNESSES, MALE, draw_host, egfr

HOSTS = [draw_host(Random(number), "age", foot=False) for number in range(3000)]
FEET = [draw_host(Random(number), "age", foot=True) for number in range(1000)]


@pytest.mark.parametrize(("sex", "expected"), [(FEMALE, 74.4), (MALE, 89.5)])
def test_egfr_agrees_with_outside_vectors(sex, expected):
    """dosing.md 1: 80 years, creatinine 0.8 mg/dL: F 74, M 89 [seen:D1]; computed 74.4 and 89.5."""
    assert egfr(0.8 * 88.42, 80, sex) == pytest.approx(expected, abs=0.1)


def test_egfr_falls_as_creatinine_rises():
    values = [egfr(creatinine, 60, MALE) for creatinine in (60, 80, 120, 200, 400)]
    assert values == sorted(values, reverse=True)


def test_hosts_are_of_the_ages_and_sexes_of_the_reference():
    assert fmean(host.age for host in HOSTS) == pytest.approx(59, abs=1)
    assert fmean(host.sex for host in HOSTS) == pytest.approx(0.62, abs=0.03)
    assert min(host.age for host in HOSTS) >= 18


def test_a_diabetic_foot_belongs_to_diabetes():
    assert fmean("diabetes" in host.illnesses for host in FEET) == pytest.approx(0.95, abs=0.03)
    assert fmean("diabetes" in host.illnesses for host in HOSTS) == pytest.approx(0.09, abs=0.02)


def test_kidney_disease_shows_in_the_kidneys():
    sick = fmean(host.egfr for host in HOSTS if "kidney" in host.illnesses)
    well = fmean(host.egfr for host in HOSTS if "kidney" not in host.illnesses)
    assert sick < well - 25


def test_weights_and_heights_are_human():
    assert all(42 <= host.weight_kg <= 165 for host in HOSTS)
    assert all(135 <= host.height_cm <= 205 for host in HOSTS)


def test_every_illness_has_a_diagnosis():
    assert {illness for host in HOSTS for illness in host.illnesses} == set(ILLNESSES)


def test_conditions_of_the_toxicity_table_can_be_asked():
    host = HOSTS[0]
    assert host.has("statin") is host.statin
    assert host.has("ace-inhibitor") is host.ace_inhibitor
    assert host.has("egfr-below-60") is (host.egfr < 60)


def test_some_allergies_were_never_asked_for():
    kinds = {host.allergy for host in HOSTS}
    assert kinds == {"", "penicillin", "penicillin-severe", "other", "not recorded"}
