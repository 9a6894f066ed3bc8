"""Observations under our own words: a finding asked or looked for, present or absent, or a number.

A system that knows our words (one that calls our decision support) says ``finding//fever`` of ``OWN_SYSTEM`` and
answers with ``valueBoolean``, a number, or the word of a choice. What is not understood is refused, never guessed.
"""

from __future__ import annotations

from typing import Final

from osteon.events.schema import Event
from osteon.events.vocabulary import OWN_WORDS
from osteon.events.vocabulary.questions import QUESTION_BY_CODE, AskedWord
from osteon.standards.fhir.codings import OWN_SYSTEM, codings, words_of
from osteon.standards.fhir.observations import check_status, moment_of, observation, value_of
from osteon.standards.fhir.shapes import Json, Refuse, obj, objs, word
from osteon.standards.fhir.translation import Taken, Translation, original_of, source_of

_FINDING: Final = "OSTEON//finding//"


def observation_or_finding(resource: Json, translation: Translation) -> Taken:
    """One Observation, whichever of the two it is."""
    code = _own_code(resource)
    return _finding(code, resource, translation) if code else observation(resource, translation)


def _own_code(resource: Json) -> str:
    concept = obj(resource, "code")
    if concept is None or not any(coding.get("system") == OWN_SYSTEM for coding in objs(concept, "coding")):
        return ""  # nearly all are results: told by one look
    return next((c.code for c in codings(concept) if c.code.startswith(_FINDING)), "")


def _finding(code: str, resource: Json, translation: Translation) -> Taken:
    check_status(resource)
    question = QUESTION_BY_CODE.get(code)
    if question is None and code not in OWN_WORDS:
        raise Refuse(f"{code.removeprefix(_FINDING)[:40]!r} is not one of our findings")
    value, unit = _answer(resource, question)
    moment = moment_of(resource, translation)
    issued = translation.time_of(resource, "issued")
    event = Event(
        translation.patient_of(resource),
        moment.time,
        code,
        numeric_value=value,
        unit=unit,
        recorded_at=issued.time if issued else None,
        source=source_of(resource),
        original=original_of(moment.said),
    )
    return Taken([event])


def _answer(resource: Json, question: AskedWord | None) -> tuple[float, str | None]:
    """The number of an answer and its unit: 1 present, 0 absent, the number of a choice, or a number."""
    if type(resource.get("valueBoolean")) is bool:
        return float(resource["valueBoolean"]), None
    said = word(resource, "valueString") or words_of(obj(resource, "valueCodeableConcept"))
    if said:
        return _chosen(said, question), None
    if resource.get("valueQuantity") is None and resource.get("valueInteger") is None:
        raise Refuse("says neither yes nor no nor a number")
    value = value_of(resource)
    if value.comparator or value.number is None:
        raise Refuse("does not say one number")
    return _possible(value.number, question), value.unit if value.unit != "1" else None


def _chosen(said: str, question: AskedWord | None) -> float:
    choices = dict(question.choices) if question else {}
    if said not in choices:
        known = f"none of {', '.join(choices)}" if choices else "neither yes nor no nor a number"
        raise Refuse(f"says {said[:40]!r}, {known}")
    return choices[said]


def _possible(value: float, question: AskedWord | None) -> float:
    least, most = (question.least, question.most) if question else (None, None)
    if (least is not None and value < least) or (most is not None and value > most):
        raise Refuse(f"says {value:g}, which cannot be")
    return value
