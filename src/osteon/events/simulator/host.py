"""The person: age, sex, size, kidneys, other illnesses, tablets, allergies."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from random import Random
from typing import Final

from osteon.events.simulator.chance import normal_between
from osteon.events.simulator.figures import ANALYTES, COHORT

FEMALE: Final = 0
MALE: Final = 1
_HOST: Final = COHORT["host"]
_EGFR: Final = COHORT["egfr"]

ILLNESSES: Final = {
    "diabetes": ("ICD10//E11.9", "Type 2 diabetes"),
    "kidney": ("ICD10//N18.3", "Chronic kidney disease, stage 3"),
    "heart": ("ICD10//I25.9", "Ischaemic heart disease"),
    "rheumatoid": ("ICD10//M06.9", "Rheumatoid arthritis"),
    "hypertension": ("ICD10//I10", "Hypertension"),
}


@dataclass(frozen=True, slots=True)
class Host:
    """Everything about the person that the story depends on. Lengths cm, weights kg, age in days."""

    sex: int
    age_days: int
    weight_kg: float
    height_cm: float
    illnesses: tuple[str, ...]
    smoker: bool
    statin: bool
    ace_inhibitor: bool
    warfarin: bool
    allergy: str  # "", "penicillin", "penicillin-severe", "other", "not recorded"
    normal: dict[str, float]  # what each blood test is in this person when well

    @property
    def age(self) -> int:
        return self.age_days * 4 // 1461

    @property
    def egfr(self) -> float:
        """When well, mL/min/1.73 m2."""
        return egfr(self.normal["creatinine"], self.age, self.sex)

    def has(self, condition: str) -> bool:
        """Whether one of the conditions of ``toxicities.csv`` holds."""
        if condition == "egfr-below-60":
            return self.egfr < 60
        return bool(getattr(self, condition.replace("-", "_")))


def egfr(creatinine: float, age: int, sex: int) -> float:
    """CKD-EPI 2021 from creatinine in umol/L, mL/min/1.73 m2 (``dosing.md`` 1)."""
    mg_per_dl = creatinine / _EGFR["umol_per_mg_dl"]
    kappa = _EGFR["kappa_male"] if sex else _EGFR["kappa_female"]
    low = _EGFR["power_low_male"] if sex else _EGFR["power_low_female"]
    ratio = mg_per_dl / kappa
    shape = ratio**low if ratio < 1 else ratio ** _EGFR["power_high"]
    return float(_EGFR["scale"] * shape * _EGFR["per_year"] ** age * (1.0 if sex else _EGFR["female"]))


def draw_host(random: Random, age_figures: str, foot: bool) -> Host:
    """A person with an infection of that kind."""
    sex = MALE if random.random() < COHORT["sex"]["male"] else FEMALE
    figures = COHORT[age_figures]
    years = normal_between(random, figures["mean"], figures["sd"], figures["lowest"], figures["highest"])
    illnesses = _illnesses(random, years, foot)
    diabetic = "diabetes" in illnesses
    return Host(
        sex=sex,
        age_days=int(years * 365.25),
        weight_kg=_weight(random, sex),
        height_cm=round(random.gauss(_of_sex("height_mean", sex), _HOST["height_sd"])),
        illnesses=illnesses,
        smoker=random.random() < _HOST["smoker"],
        statin=random.random() < _HOST["statin_diabetes" if diabetic else "statin"],
        ace_inhibitor=random.random() < _HOST["ace_inhibitor"],
        warfarin=random.random() < _HOST["warfarin"],
        allergy=_allergy(random),
        normal=_normal(random, sex, illnesses),
    )


def _of_sex(figure: str, sex: int) -> float:
    return float(_HOST[f"{figure}_male" if sex else f"{figure}_female"])


def _weight(random: Random, sex: int) -> float:
    return round(normal_between(random, _of_sex("weight_mean", sex), _HOST["weight_sd"], 42, 165), 1)


def _illnesses(random: Random, years: float, foot: bool) -> tuple[str, ...]:
    shares = {
        "diabetes": COHORT["diabetes"]["foot" if foot else "other"],
        "kidney": _HOST["kidney_disease_over_75" if years > 75 else "kidney_disease"],
        "heart": _HOST["heart_disease"],
        "rheumatoid": _HOST["rheumatoid"],
        "hypertension": _HOST["hypertension"],
    }
    return tuple(illness for illness, share in shares.items() if random.random() < share)


def _allergy(random: Random) -> str:
    draw = random.random()
    if draw < _HOST["penicillin_allergy"]:
        severe = random.random() < _HOST["penicillin_allergy_severe"]
        return "penicillin-severe" if severe else "penicillin"
    draw -= _HOST["penicillin_allergy"]
    if draw < _HOST["other_allergy"]:
        return "other"
    return "not recorded" if draw < _HOST["other_allergy"] + _HOST["allergy_not_recorded"] else ""


def _normal(random: Random, sex: int, illnesses: tuple[str, ...]) -> dict[str, float]:
    """The person's own normal: log-normal around the laboratory's mean."""
    normal = {
        analyte.key: analyte.mean[sex] * exp(analyte.between_cv * max(-2.5, min(2.5, random.gauss(0.0, 1.0))))
        for analyte in ANALYTES
        if analyte.between_cv
    }
    if "kidney" in illnesses:
        factor = 1.35 + 0.5 * random.random()
        normal["creatinine"] *= factor
        normal["urea"] *= factor
        normal["haemoglobin"] *= 0.92
    if "diabetes" in illnesses:
        normal["hba1c"] *= 1.3 + 0.9 * random.random()
    return normal
