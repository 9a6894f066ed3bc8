"""The figures the simulator draws from, read once from ``parameters/``. Each row there names its source.

Nothing here is a number: to change a rate, change the row and its source, never the logic.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Final

from osteon.events.simulator.chance import Choice, Curve, curve, weights
from osteon.events.vocabulary import DRUGS, MEASURES, ORGANISMS

NEVER_ALONE: Final = frozenset({"rifampicin", "fusidic-acid"})
_FOLDER: Final = files(__package__).joinpath("parameters")


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one CSV of ``parameters/``."""
    yield from csv.DictReader(_FOLDER.joinpath(f"{name}.csv").read_text(encoding="utf-8").splitlines())


def _document(name: str) -> dict[str, Any]:
    return tomllib.loads(_FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _names(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split("|")))


def _number(text: str) -> float | None:
    return float(text) if text else None


@dataclass(frozen=True, slots=True)
class Site:
    """Where an infection can be. ``icd10`` and the words are those of the diagnosis row."""

    key: str
    sided: bool
    words: str
    icd10: str
    diagnosis_words: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A question of a definition and how it is answered in the infected and in those who turn out not to be.

    ``asked``: the share in whom somebody looked. ``spread``: of the logarithm, for numbers; ``step``: to what
    they are rounded.
    """

    question: str
    when: str
    asked: float
    infected: Choice[str]
    excluded: Choice[str]
    spread: float
    step: float


@dataclass(frozen=True, slots=True)
class Stage:
    """A second operation that belongs to the plan (reimplantation)."""

    after: tuple[int, int]
    operation: str
    words: str
    days: int


@dataclass(frozen=True, slots=True)
class Strategy:
    """What is done for one kind of infection. ``days`` is the planned length of treatment, lowest and highest."""

    key: str
    pace: str
    weight: float
    operations: tuple[tuple[str, str], ...]
    minor: bool
    specimen: str
    sonicate: bool
    days: tuple[int, int]
    implant_kept: bool
    stay_days: int
    second: Stage | None
    frame: bool
    decision: str


@dataclass(frozen=True, slots=True)
class Germ:
    """An organism in the laboratory's words, with the chance of being susceptible to each drug tested."""

    key: str
    group: str
    code: str
    tested: tuple[tuple[str, float, str], ...]
    """Drug, chance of S, and how it is told: "first" in every report, "yes" with the first isolate, "no" for what
    a laboratory infers and does not print (the carbapenems of a meticillin-susceptible staphylococcus)."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How cultures of one kind of infection turn out."""

    groups: Choice[str]
    culture_negative: float
    second_organism: float
    third_organism: float


@dataclass(frozen=True, slots=True)
class Regimen:
    """Drugs given together. ``blind`` may be given without a culture."""

    drugs: tuple[str, ...]
    weight: float
    blind: bool
    needs_staphylococcus: bool
    active: frozenset[str]  # drugs that may be relied on: rifampicin and fusidic acid never alone
    groups: frozenset[str]


@dataclass(frozen=True, slots=True)
class Dose:
    """How a drug is written up."""

    words: str
    mg_per_kg: float | None
    round_to: float | None
    highest_mg: float | None


@dataclass(frozen=True, slots=True)
class Watch:
    """What is looked at while a drug is given, and when (days of the course)."""

    first_days: tuple[int, ...]
    every: int
    longest_days: int | None
    at_start: bool
    core: frozenset[str]
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Analyte:
    """One test of the invented laboratory. Means and ranges are (female, male)."""

    key: str
    place: int
    code: str
    unit: str
    panel: str
    mean: tuple[float, float]
    between_cv: float
    within_cv: float
    decimals: int
    low: tuple[float | None, float | None]
    high: tuple[float | None, float | None]
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Harm:
    """A toxicity: when it comes, how far the value goes, who stops the drug."""

    key: str
    drugs: frozenset[str]
    measure: str
    threshold: float | None
    kind: str  # value, times upper, times baseline, symptom
    curve: Curve
    factors: tuple[tuple[str, float], ...]
    ramp_days: float
    overshoot: tuple[float, float]
    recovery_days: float
    symptom: str
    symptom_share: float
    stop: float


@dataclass(frozen=True, slots=True)
class Level:
    """The trough of a drug that is measured."""

    code: str
    unit: str
    first: tuple[float, float]
    after_change: tuple[float, float]
    range: tuple[float, float]
    first_day: int
    sub_target: float


@dataclass(frozen=True, slots=True)
class Access:
    """A kind of line: for how many days it is chosen, and what goes wrong per 1,000 days."""

    line: str
    days: tuple[int, int]
    egfr: tuple[float, float]
    weight: float
    event_rate: float
    events: Choice[str]


@dataclass(frozen=True, slots=True)
class Picture:
    """An examination and the line of its report."""

    code: str
    share: float
    core: bool
    report: str


def _site(row: dict[str, str]) -> tuple[Site, float]:
    site = Site(row["key"], row["sided"] == "yes", row["words"], row["icd10"], row["diagnosis_words"])
    return site, float(row["weight"])


def _stage(row: dict[str, str]) -> Stage | None:
    if not row["second_operation"]:
        return None
    after = (int(row["second_after_low"]), int(row["second_after_high"]))
    return Stage(after, row["second_operation"], row["second_words"], int(row["second_days"]))


def _strategy(row: dict[str, str]) -> Strategy:
    operations = zip(_names(row["operations"]), _names(row["operation_words"]), strict=True)
    return Strategy(
        key=row["strategy"],
        pace=row["pace"],
        weight=float(row["weight"]),
        operations=tuple(operations),
        minor=row["minor"] == "yes",
        specimen=row["specimen"],
        sonicate=row["sonicate"] == "yes",
        days=(int(row["days_low"]), int(row["days_high"])),
        implant_kept=row["implant_kept"] == "yes",
        stay_days=int(row["stay_median"]),
        second=_stage(row),
        frame=row["frame"] == "yes",
        decision=row["decision"],
    )


def _by_diagnosis(rows: Iterator[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row["diagnosis"], []).append(row)
    return grouped


def _germs() -> dict[str, Germ]:
    tested: dict[str, list[tuple[str, float, str]]] = {}
    for row in table("susceptibility"):
        for organism in row["organisms"].split("|"):
            entry = (row["drug"], float(row["susceptible"]), row["told"])
            tested.setdefault(organism, []).append(entry)
    return {
        row["organism"]: Germ(
            row["organism"], row["group"], ORGANISMS[row["organism"]].code, tuple(tested[row["organism"]])
        )
        for row in table("species")
    }


def _species(germs: dict[str, Germ]) -> dict[str, Choice[Germ]]:
    grouped: dict[str, list[tuple[Germ, float]]] = {}
    for row in table("species"):
        grouped.setdefault(row["group"], []).append((germs[row["organism"]], float(row["weight"])))
    return {group: Choice(pairs) for group, pairs in grouped.items()}


def _mixes() -> dict[str, Mix]:
    flora: dict[str, list[tuple[str, float]]] = {}
    for row in table("flora"):
        flora.setdefault(row["mix"], []).append((row["group"], float(row["weight"])))
    return {
        row["mix"]: Mix(
            Choice(flora[row["mix"]]),
            float(row["culture_negative"]),
            float(row["second_organism"]),
            float(row["third_organism"]),
        )
        for row in table("mixes")
    }


def _regimen(row: dict[str, str]) -> Regimen:
    drugs = tuple(row["drugs"].split("+"))
    unknown = set(drugs) - set(DRUGS)
    if unknown:
        raise ValueError(f"regimens.csv names drugs nobody knows: {', '.join(sorted(unknown))}")
    blind, staphylococcal = row["blind"] == "yes", row["staphylococcal_implant"] == "yes"
    active = frozenset(drugs) - NEVER_ALONE
    groups = frozenset(DRUGS[drug].group for drug in drugs)
    return Regimen(drugs, float(row["weight"]), blind, staphylococcal, active, groups)


def _watch(row: dict[str, str]) -> Watch:
    return Watch(
        first_days=tuple(int(day) for day in _names(row["first_days"])),
        every=int(row["every"]),
        longest_days=int(row["longest_days"]) if row["longest_days"] else None,
        at_start=row["start"] == "yes",
        core=frozenset(_names(row["core"])),
        asked=_names(row["asked"]),
    )


def _analyte(place: int, row: dict[str, str]) -> Analyte:
    measure = MEASURES[row["measure"]]
    return Analyte(
        key=row["measure"],
        place=place,
        code=measure.code,
        unit=measure.unit,
        panel=row["panel"],
        mean=(float(row["female_mean"] or 0), float(row["male_mean"] or 0)),
        between_cv=float(row["between_cv"]),
        within_cv=float(row["within_cv"]),
        decimals=int(row["decimals"]),
        low=(_number(row["low_female"]), _number(row["low_male"])),
        high=(_number(row["high_female"]), _number(row["high_male"])),
        lowest=float(row["lowest"]),
        highest=float(row["highest"] or "inf"),
    )


def _harm(row: dict[str, str]) -> Harm:
    factors = tuple((name, float(by)) for name, by in (f.split(":") for f in _names(row["factors"])))
    return Harm(
        key=row["key"],
        drugs=frozenset(_names(row["drugs"])),
        measure=row["measure"],
        threshold=_number(row["threshold"]),
        kind=row["kind"],
        curve=curve(row["curve"]),
        factors=factors,
        ramp_days=float(row["ramp_days"]),
        overshoot=(float(row["overshoot_low"]), float(row["overshoot_high"])),
        recovery_days=float(row["recovery_days"]),
        symptom=row["symptom"],
        symptom_share=float(row["symptom_share"]),
        stop=float(row["stop"]),
    )


def _level(row: dict[str, str]) -> Level:
    measure = MEASURES[row["measure"]]
    return Level(
        code=measure.code,
        unit=measure.unit,
        first=(float(row["median"]), float(row["sigma"])),
        after_change=(float(row["after_change_median"]), float(row["after_change_sigma"])),
        range=(float(row["low"]), float(row["high"])),
        first_day=int(row["first_day"]),
        sub_target=float(row["sub_target"]),
    )


def _access(row: dict[str, str]) -> Access:
    kinds = ("infection", "thrombosis", "occlusion", "migration")
    return Access(
        line=row["line"],
        days=(int(row["from_day"]), int(row["to_day"])),
        egfr=(float(row["egfr_low"]), float(row["egfr_high"])),
        weight=float(row["weight"]),
        event_rate=float(row["event_rate"]),
        events=Choice((kind, float(row[f"{kind}_share"])) for kind in kinds),
    )


def _pictures(when: str) -> dict[str, tuple[Picture, ...]]:
    return {
        diagnosis: tuple(
            Picture(f"OSTEON//imaging//{r['code']}", float(r["share"]), r["core"] == "yes", r["report"])
            for r in rows
            if r["when"] == when
        )
        for diagnosis, rows in _by_diagnosis(table("imaging")).items()
    }


def _words() -> dict[tuple[str, str], str]:
    return {(row["kind"], row["key"]): row["words"] for row in table("wording")}


def _people(part: str) -> tuple[str, ...]:
    return tuple(row["name"] for row in table("names") if row["part"] == part)


COHORT: Final = _document("cohort")
MARKERS: Final = _document("markers")
DIAGNOSES: Final[dict[str, dict[str, Any]]] = COHORT["diagnosis"]
DIAGNOSIS: Final = Choice((key, float(entry["share"])) for key, entry in DIAGNOSES.items())
SITES: Final = {
    diagnosis: Choice(map(_site, rows)) for diagnosis, rows in _by_diagnosis(table("sites")).items()
}
STRATEGIES: Final = {
    diagnosis: tuple(map(_strategy, rows)) for diagnosis, rows in _by_diagnosis(table("strategies")).items()
}
GERMS: Final = _germs()
SPECIES: Final = _species(GERMS)
MIXES: Final = _mixes()
REGIMENS: Final = {
    way: tuple(_regimen(row) for row in table("regimens") if row["way"] == way)
    for way in ("empirical", "iv", "oral")
}
DOSES: Final = {
    (row["drug"], row["way"]): Dose(
        row["words"], _number(row["mg_per_kg"]), _number(row["round_to"]), _number(row["highest_mg"])
    )
    for row in table("doses")
}
WATCHES: Final = {row["drug"]: _watch(row) for row in table("monitoring")}
ANALYTES: Final = tuple(_analyte(place, row) for place, row in enumerate(table("laboratory")))
ANALYTE: Final = {analyte.key: analyte for analyte in ANALYTES}
HARMS: Final = tuple(map(_harm, table("toxicities")))
HARMS_OF: Final = {
    drug: tuple(harm for harm in HARMS if drug in harm.drugs) for drug in {d for h in HARMS for d in h.drugs}
}
LEVELS: Final = {row["drug"]: _level(row) for row in table("levels")}
ACCESS: Final = tuple(map(_access, table("access")))
WORK_UP: Final = _pictures("work-up")
FOLLOW_UP: Final = _pictures("follow-up")
WORDS: Final = _words()
NAMES: Final = {part: _people(part) for part in ("given-female", "given-male", "family")}
FAILURE_CURVE: Final = curve(COHORT["failure"]["curve"])

EPISODE_KINDS: Final = {
    "chronic-osteomyelitis": "osteomyelitis",
    "fracture-related": "fracture-related",
    "prosthetic-joint": "prosthetic-joint",
    "vertebral": "spinal",
    "diabetic-foot": "diabetic-foot",
    "septic-arthritis": "septic-arthritis",
}


def _looked(row: dict[str, str]) -> Looked:
    infected, excluded = (
        weights(row[column]) if ":" in row[column] else Choice([(row[column], 1.0)])
        for column in ("infected", "excluded")
    )
    return Looked(
        row["question"], row["when"], float(row["asked"]), infected, excluded,
        float(row["spread"] or 0), float(row["step"] or 1),
    )  # fmt: skip


def _looked_for(kind: str) -> tuple[Looked, ...]:
    return tuple(_looked(row) for row in table("examination") if kind in _names(row["kinds"]))


LOOKED_FOR: Final = {kind: _looked_for(kind) for kind in EPISODE_KINDS.values()}
