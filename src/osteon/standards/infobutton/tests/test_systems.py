from __future__ import annotations

import pytest

from osteon.standards.infobutton.systems import BY_KEY, BY_OID, SYSTEMS, is_wellformed, parents


def test_every_system_is_told_by_one_oid_and_one_key():
    assert len({s.oid for s in SYSTEMS}) == len({s.key for s in SYSTEMS}) == len(SYSTEMS)
    assert BY_OID["2.16.840.1.113883.6.90"].key == "ICD10CM"


@pytest.mark.parametrize(
    ("key", "code", "wider"),
    [
        ("ICD10", "M86.6", ("M86.6", "M86")),
        ("ICD10CM", "M86.171", ("M86.171", "M86.17", "M86.1", "M86")),
        ("ICD10CM", "M86171", ("M86.171", "M86.17", "M86.1", "M86")),
        ("ICD10CM", "T84.53XA", ("T84.53XA", "T84.53X", "T84.53", "T84.5", "T84")),
        ("ICD9CM", "730.26", ("730.26", "730.2", "730")),
        ("ATC", "J01XA01", ("J01XA01", "J01XA", "J01X", "J01", "J")),
        ("SNOMED", "60168000", ("60168000",)),
        ("LOINC", "1988-5", ("1988-5",)),
    ],
)
def test_parents_widen_a_code_step_by_step(key, code, wider):
    assert parents(BY_KEY[key], code) == wider


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("ICD10", "M86.6", "60168000"),
        ("ICD10CM", "T84.53XA", "M8"),
        ("SNOMED", "60168000", "M86.6"),
        ("LOINC", "1988-5", "CRP"),
        ("ATC", "J01XA01", "vancomycin"),
        ("RXNORM", "11124", "J01XA01"),
        ("MESH", "D010019", "10019"),
    ],
)
def test_a_code_has_the_form_of_its_system(key, good, bad):
    assert is_wellformed(BY_KEY[key], good) and not is_wellformed(BY_KEY[key], bad)
