"""The tree refuses what cannot be meant, and can be read aloud."""

from __future__ import annotations

import pytest

from osteon.rules.language import (
    baseline,
    days,
    days_on,
    gap,
    known,
    latest,
    on,
    past_planned_stop,
    present,
    previous,
    upper_limit,
    without_planned_stop,
)
from osteon.rules.quantities import UnitMismatch, cells, day, in_words, mg_per_L, umol_per_L
from osteon.rules.things import Drugs, drug, drug_group, drugs, finding, measured
from osteon.rules.tree import And, Compare, Not, Or, Scaled

CK, CRP, CREATININE, PLATELETS = (measured(k) for k in ("creatine-kinase", "crp", "creatinine", "platelets"))
LINEZOLID, DAPTOMYCIN = drug("linezolid"), drug("daptomycin")
MUSCLE = finding("muscle-symptoms")


def test_comparing_milligrams_with_micromoles_is_an_error_when_written():
    with pytest.raises(UnitMismatch, match=r"cannot compare mg/L with umol/L"):
        _ = latest(CRP) > 5 * umol_per_L


def test_comparing_two_measurements_of_different_units_is_an_error():
    with pytest.raises(UnitMismatch):
        _ = latest(CRP) > latest(CREATININE)


def test_a_bare_number_is_allowed_only_without_a_unit():
    assert isinstance(latest(CK).times_upper_limit > 10, Compare)
    with pytest.raises(UnitMismatch):
        _ = latest(CK) > 10


@pytest.mark.parametrize("combine", [lambda a, b: a - b, lambda a, b: a / b])
def test_arithmetic_of_different_units_is_an_error(combine):
    with pytest.raises(UnitMismatch):
        combine(latest(CRP), latest(CREATININE))


@pytest.mark.parametrize("factor", [0, -1, float("nan")])
def test_a_factor_is_greater_than_zero(factor):
    with pytest.raises(ValueError, match="greater than zero"):
        Scaled(factor, latest(CRP))


def test_a_condition_has_no_truth_of_its_own():
    with pytest.raises(TypeError, match=r"combine with & \| ~"):
        bool(on(LINEZOLID))


def test_python_and_between_conditions_is_refused_and_not_silently_wrong():
    with pytest.raises(TypeError):
        _ = on(LINEZOLID) and on(DAPTOMYCIN)


def test_a_chained_comparison_is_refused():
    with pytest.raises(TypeError):
        _ = 5 * mg_per_L < latest(CRP) < 10 * mg_per_L


def test_walk_meets_every_node_parents_first():
    tree = on(LINEZOLID) & (latest(PLATELETS) < 0.5 * baseline(PLATELETS, LINEZOLID))
    kinds = [type(node).__name__ for node in tree.walk()]
    assert kinds == ["And", "On", "Compare", "Latest", "Scaled", "Baseline"]


def test_equal_trees_are_one_feature():
    assert latest(CRP) == latest(measured("crp"))
    assert len({latest(CRP), latest(measured("crp")), previous(CRP)}) == 2


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        (on(LINEZOLID), "on linezolid"),
        (latest(PLATELETS) < 100 * cells, "Platelets less than 100 × 10⁹/L"),
        (
            latest(CK) >= 1.5 * previous(CK),
            "CK at least 1.5 × the CK before",
        ),
        (latest(CK) > upper_limit(CK), "CK more than upper limit of CK"),
        (present(MUSCLE, within=days(7)), "muscle pain or weakness in the last 7 days"),
        (days_on(LINEZOLID) > 28 * day, "days on linezolid more than 28 days"),
        (gap(CRP) <= 2 * day, "days between the last two CRP at most 2 days"),
        (~known(latest(CRP)), "not (CRP is known)"),
        (past_planned_stop(LINEZOLID), "a course of linezolid is past its planned stop"),
        (without_planned_stop(LINEZOLID), "a course of linezolid has no planned stop"),
        (
            on(LINEZOLID) & (on(DAPTOMYCIN) | on(LINEZOLID)),
            "on linezolid and (on daptomycin, or on linezolid)",
        ),
        (latest(CRP) - previous(CRP) > 5 * mg_per_L, "CRP minus the CRP before more than 5 mg/L"),
    ],
)
def test_words_can_be_read_aloud(tree, words):
    assert tree.words() == words


def test_signs_build_the_nodes_of_kleene_logic():
    a, b = on(LINEZOLID), on(DAPTOMYCIN)
    assert (a & b, a | b, ~a) == (And(a, b), Or(a, b), Not(a))


def test_drugs_together_keep_all_codes():
    both = LINEZOLID | DAPTOMYCIN
    assert both == Drugs("linezolid or daptomycin", (*LINEZOLID.codes, *DAPTOMYCIN.codes))
    assert drugs("either", "linezolid", "daptomycin").codes == both.codes


def test_a_drug_group_holds_the_whole_class():
    names = drug_group("a glycopeptide", "glycopeptide").codes
    assert "ATC//J01XA01" in names
    assert "ATC//A07AA09" not in names  # oral vancomycin is not systemic


@pytest.mark.parametrize("key", ["no-such-thing", "CRP"])
def test_an_unknown_measurement_is_an_error(key):
    with pytest.raises(KeyError):
        measured(key)


@pytest.mark.parametrize(
    ("number", "words"),
    [(2140.0, "2,140"), (0.5, "0.5"), (10.66, "10.7"), (3.0, "3"), (0.0, "0"), (1234.56, "1,234.6")],
)
def test_numbers_are_written_as_people_write_them(number, words):
    assert in_words(number) == words
