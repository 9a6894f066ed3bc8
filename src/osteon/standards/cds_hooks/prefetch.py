"""*Prefetch Template*: the queries a service asks for, made from what its rules read.

Nothing is typed here twice: a measurement that a rule begins to name is in the query the same day. Queries keep
to *Prefetch query restrictions*: search by patient, tokens by equality, ``_sort`` and ``_count``.

Medicines are not searched by code: a hospital names them by codes we do not know (the reader then goes by the
name), and a list filtered by our codes would come back empty and read as "takes none of these".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from osteon.rules.tree import Node
from osteon.standards.fhir.codings import OWN_SYSTEM

PATIENT, RESULTS, ANSWERS, MEDICINES, TAKEN, OPERATIONS = (
    "patient",
    "results",
    "findings",
    "medicines",
    "medicinesTaken",
    "operations",
)
# In words, for messages about what was not sent
WORDS: Final[Mapping[str, str]] = {
    PATIENT: "the patient's birth date and sex",
    RESULTS: "laboratory results and vital signs",
    ANSWERS: "findings",
    MEDICINES: "prescriptions",
    TAKEN: "medicines taken",
    OPERATIONS: "operations",
}
_LOINC: Final = "http://loinc.org"
_OF_PATIENT: Final = "patient={{context.patientId}}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What some rules read: codes of the stream by kind."""

    results: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    medicines: bool = False
    operations: bool = False


def wanted(nodes: Iterable[Node], more_codes: Iterable[str] = ()) -> Wanted:
    """What these nodes read; ``more_codes``: measurements that a schedule names and no tree does."""
    codes = set(more_codes)
    for node in nodes:
        codes |= _codes(node)
    return Wanted(
        results=_of(codes, "LOINC//"),
        answers=_of(codes, "OSTEON//finding//"),
        medicines=bool(_of(codes, "ATC//")),
        operations=bool(_of(codes, "OSTEON//operation//")),
    )


def _codes(node: Node) -> set[str]:
    """What the node is about, whichever kind it is: each of these has its codes."""
    things = (getattr(node, name, None) for name in ("measure", "drugs", "finding", "question"))
    return {code for thing in things if thing is not None for code in thing.codes}


def _of(codes: Iterable[str], system: str) -> tuple[str, ...]:
    return tuple(sorted(code for code in codes if code.startswith(system)))


def templates(what: Wanted) -> dict[str, str]:
    """The queries, by the key under which the answer is to be sent. Newest first, where the newest decides."""
    found = {PATIENT: "Patient/{{context.patientId}}"}
    if what.results:
        found[RESULTS] = _search("Observation", _tokens(_LOINC, what.results), "_sort=-date", "_count=500")
    if what.answers:
        found[ANSWERS] = _search("Observation", _tokens(OWN_SYSTEM, what.answers), "_sort=-date")
    if what.medicines:
        found[MEDICINES] = _search("MedicationRequest", "status=active")
        found[TAKEN] = _search("MedicationStatement", "status=active")
    if what.operations:
        found[OPERATIONS] = _search("Procedure", "_sort=-date", "_count=50")
    return found


def _search(kind: str, *parameters: str) -> str:
    return f"{kind}?{'&'.join((_OF_PATIENT, *parameters))}"


def _tokens(system: str, codes: Iterable[str]) -> str:
    return "code=" + ",".join(f"{system}|{code.partition('//')[2]}" for code in codes)


def filled(template: str, context: Mapping[str, str]) -> str:
    """The query with its tokens replaced, as a calling system does it.

    >>> filled("Patient/{{context.patientId}}", {"patientId": "7"})
    'Patient/7'
    """
    for name, value in context.items():
        template = template.replace("{{context." + name + "}}", value)
    return template
