"""Conditions that several definitions of spinal infection share, and how a fact may be said in two ways."""

from __future__ import annotations

from functools import cache

from osteon.knowledge.references import PROPOSAL
from osteon.knowledge.spine.references import IDSA_2015_TEXT
from osteon.rules.definition import Guard
from osteon.rules.language import answer, answered, any_of, chosen, known, latest, previous, upper_limit, yes
from osteon.rules.monitoring import Source
from osteon.rules.quantities import day, degrees, year
from osteon.rules.things import measured
from osteon.rules.tree import Condition

SUBJECT = "Spinal infection"
CRP, ESR = measured("crp"), measured("esr")
LOCAL = Source(PROPOSAL, "spine 1.1, a value without a published source", "local")


def stated(key: str) -> Condition:
    """The question was answered with yes; no, never unknown, when nobody answered."""
    return answered(key) & yes(key)


@cache
def risk_factor(key: str) -> Condition:
    """A listed risk factor; left empty it is no when *none of the listed risk factors* was answered with yes."""
    return yes(key) & (answered(key) | ~stated("no_risk_factor"))


def within_days(happened: str, since: str, limit: float) -> Condition:
    """It happened at most so many days ago: the days decide, or a plain no."""
    return (yes(happened) | known(answer(since))) & (answer(since) <= limit * day)


def above_own_limit(key: str, limit_key: str) -> Condition:
    """Above the upper limit that came with the result, else above the limit that was given beside it."""
    printed = upper_limit(CRP if key == "crp" else ESR)
    given = ~known(printed) & (answer(key) > answer(limit_key))
    return (known(printed) & (answer(key) > printed)) | given


# Fever has no threshold in the guideline: 38.0 °C is a local choice (spine.md 1.1 and 11, no. 3).
FEVER = (answer("temp_c") >= 38.0 * degrees) | yes("reported_fever_rigors")
NEW_DEFICIT = chosen("motor_deficit", "new", "progressive") | yes("new_neuro")
CRP_RAISED = above_own_limit("crp", "crp_upper_limit")
ESR_RAISED = above_own_limit("esr", "esr_upper_limit")
CRP_RISING = (known(previous(CRP)) & (latest(CRP) > previous(CRP))) | (
    ~known(previous(CRP)) & yes("crp_rising")
)

DAVIS_FACTORS = any_of(
    *map(
        risk_factor,
        (
            "diabetes",
            "iv_drug_use",
            "chronic_liver_disease",
            "chronic_kidney_disease",
            "recent_spine_procedure",
            "spinal_hardware",
            "recent_spine_fracture",
            "vascular_catheter",
            "immunocompromise",
            "other_infection_site",
        ),
    )
)
RISK_FACTORS = any_of(DAVIS_FACTORS, *map(risk_factor, ("hiv", "cancer", "poor_nutrition", "obesity")))

BACTERAEMIA_90 = within_days("recent_bacteraemia", "recent_bacteraemia_days", 90)
BACTERAEMIA_365 = within_days("recent_bacteraemia", "recent_bacteraemia_days", 365)

NOT_FOR_IDSA = Guard(
    "IDSA 2015 was written for adults; it leaves out spinal implants, infection after a procedure and an abscess without infected bone",
    any_of(answer("age") < 18 * year, yes("spinal_hardware"), yes("recent_spine_procedure")),
    (Source(IDSA_2015_TEXT, "scope", "seenQ"),),
)
