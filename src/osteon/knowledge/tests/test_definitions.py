"""Every definition file is complete, in date, listed, and holds the reference's own cases."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import UTC, datetime

import pytest

from osteon.knowledge import (
    all_definitions,
    arthritis,
    bone,
    definition,
    foot,
    fracture,
    joint,
    outcome,
    resistance,
    samples,
)
from osteon.knowledge.manual.wanted import wanted_page
from osteon.knowledge.wanted_limb import WANTED
from osteon.rules.answering import answer_definition
from osteon.rules.definition import Definition
from osteon.rules.definition_examples import cases_of

LIMB = (joint, bone, fracture, samples, foot, arthritis, outcome, resistance)
DEFINITIONS = all_definitions()
LIMB_DEFINITIONS = [one for subject in LIMB for one in subject.DEFINITIONS]

# definitions.md: every worked example of the rules written here, by its name there.
CASES = {
    "cierny-mader": "CM-1 CM-2 CM-3 CM-5",
    "bach": "BA-1 BA-2 BA-3 BA-4 BA-5",
    "ebjis-2021": "EB-1 EB-2 EB-3 EB-4 EB-5 EB-6 EB-7 PJ-1 PJ-2 PJ-3 PJ-4 PJ-5 PJ-6",
    "ebjis-2021-two-positive": "EB-3",
    "icm-2018-parvizi": "PJ-1 PJ-2 PJ-3 PJ-4 PJ-5 PJ-6",
    "icm-2018-consensus": "PJ-1 PJ-2 PJ-3 PJ-4 PJ-5 PJ-6",
    "icm-2013": "PJ-1 PJ-2 PJ-3 PJ-4 PJ-5 PJ-6",
    "fri-2018": "FR-1 FR-2 FR-3 FR-4 FR-6",
    "fri-2020": "FR-1 FR-2 FR-3 FR-4 FR-6",
    "iwgdf-2023": "DF-1 DF-2 DF-3 DF-4 DF-5 DF-6",
    "idsa-foot-2012": "DF-3",
    "foot-osteomyelitis": "DB-1 DB-2 DB-3 DB-4",
    "sinbad": "SI-1 SI-2 SI-3",
    "wifi": "WI-1 WI-2",
    "kocher": "KO-1 KO-2 KO-3 KO-5",
    "caird": "KO-3",
    "stephan-2024": "ST-1 ST-2 ST-3",
    "oral-switch-espid": "PD-1",
    "oral-switch-uk": "PD-1",
    "child-alarm": "PD-2 PD-3",
    "tissue-agreement": "TS-1 TS-2 TS-3 TS-4 TS-5",
    "atkins-1998": "TS-1",
    "oxford-osteomyelitis": "OM-1 OM-2 OM-3 OM-4",
    "osteomyelitis-class": "OM-1 OM-2 OM-3 OM-4",
    "msis-2019-outcome": "OU-1 OU-2 OU-3 OU-4 OU-5 OU-6 OU-7 OU-8",
    "delphi-2013": "OU-2 OU-3 OU-4 OU-5 OU-7",
}


def by_id(one: object) -> str:
    return getattr(one, "id", "")


@pytest.mark.parametrize("subject", LIMB, ids=lambda module: module.__name__.rpartition(".")[2])
def test_every_file_of_a_subject_is_listed(subject):
    modules = [
        importlib.import_module(f"{subject.__name__}.{m.name}")
        for m in pkgutil.iter_modules(subject.__path__)
    ]
    declared = {m.DEFINITION.id for m in modules if isinstance(getattr(m, "DEFINITION", None), Definition)}
    assert {one.id for one in subject.DEFINITIONS} == declared


def test_no_two_definitions_share_a_name():
    assert len({one.id for one in DEFINITIONS}) == len(DEFINITIONS)
    assert definition("ebjis-2021").title == "Prosthetic joint infection, EBJIS 2021"
    with pytest.raises(KeyError):
        definition("no-such-definition")


@pytest.mark.parametrize(("definition_id", "names"), CASES.items(), ids=list(CASES))
def test_the_references_cases_are_kept_under_their_names(definition_id, names):
    kept = {case.name for case in cases_of(definition(definition_id))}
    assert set(names.split()) <= kept


@pytest.mark.parametrize("one", DEFINITIONS, ids=by_id)
class TestEachDefinition:
    def test_has_someone_to_answer_for_it_and_is_in_date(self, one):
        assert one.author
        assert one.checked_by
        assert one.author != one.checked_by
        assert one.next_review > datetime.now(UTC).date(), f"{one.id}: the review is overdue"

    def test_cites_where_each_criterion_stands(self, one):
        assert all(source.reference.citation and source.place for source in one.sources)

    def test_every_answer_of_an_axis_has_its_own_name(self, one):
        for axis in one.axes:
            assert len(set(axis.answers)) == len(axis.answers) >= 2, axis.name

    def test_tables_have_a_cell_for_every_score(self, one):
        for table in one.tables:
            assert all(len(cells) == len(table.scores) for _, cells, _ in table.rows), table.title


@pytest.mark.parametrize("one", LIMB_DEFINITIONS, ids=by_id)
class TestEachLimbDefinition:
    def test_says_how_well_it_performs_and_how_sources_differ(self, one):
        assert one.performance
        assert one.ambiguities

    def test_a_source_that_was_read_does_not_cover_a_figure_from_memory(self, one):
        for part in (*one.criteria, *one.axes):
            assert len({source.status for source in part.source}) == 1, part

    def test_every_criterion_is_decided_in_some_case(self, one):
        met: set[str] = set()
        for case in cases_of(one):
            answer = answer_definition(one, case.events, case.as_of)
            met |= {c.criterion.key for c in answer.criteria if c.met is not None}
        assert met == {c.key for c in one.criteria}, "no case decides these"

    def test_answers_nothing_for_sure_when_nothing_is_known(self, one):
        answer = answer_definition(one, [], datetime(2026, 3, 2))
        assert answer.refused or not answer.is_certain or not one.axes


def test_what_is_wanted_says_what_is_missing_and_where_to_look():
    page = wanted_page()
    for one in WANTED:
        assert one.missing.endswith(".")
        assert one.where
        assert one.section.split()[0] in ("definitions", "antimicrobials")
        assert one.title in page


def test_nothing_wanted_is_computed_all_the_same():
    titles = " ".join(one.title for one in DEFINITIONS)
    for name in ("JS-BACH", "A-SCORE", "C-SCORE", "Copley", "HOES"):
        assert name not in titles
