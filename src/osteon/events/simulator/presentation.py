"""How it begins: who the person is, what was found, first bloods and pictures, the meeting."""

from __future__ import annotations

from osteon.events.simulator.figures import COHORT, FOLLOW_UP, WORDS, WORK_UP, Picture
from osteon.events.simulator.findings import tell, tell_size, tell_temperature
from osteon.events.simulator.host import ILLNESSES
from osteon.events.simulator.journey import Journey, Visit
from osteon.events.simulator.laboratory import draw_bloods
from osteon.events.simulator.microbiology import take_blood_cultures
from osteon.events.simulator.story import CORE, FULL, MINUTES_PER_DAY

_ALLERGIES = {
    "penicillin": ("penicillin", "Penicillin: rash"),
    "penicillin-severe": ("penicillin", "Penicillin: anaphylaxis"),
    "other": ("trimethoprim", "Trimethoprim: rash"),
    "": ("none-known", "No known allergies"),
}


def tell_person(journey: Journey) -> None:
    """Birth, sex, illnesses, tablets and allergies, as the referral states them."""
    story, host = journey.story, journey.host
    midnight = journey.midnight + journey.referred * MINUTES_PER_DAY
    referral = midnight + 9 * 60
    story.add(CORE, midnight - host.age_days * MINUTES_PER_DAY, "MEDS_BIRTH", known=referral)
    story.add(CORE, None, "GENDER//M" if host.sex else "GENDER//F", known=referral)
    for illness in host.illnesses:
        code, words = ILLNESSES[illness]
        level = CORE if illness == "diabetes" else FULL
        story.add(level, referral, code, text=words)
    if host.smoker:
        tell(journey, referral, "smoker", True)
    if host.allergy in _ALLERGIES:
        substance, words = _ALLERGIES[host.allergy]
        level = CORE if host.allergy else FULL
        story.add(level, referral, f"OSTEON//allergy//{substance}", text=words)


def tell_diagnosis(journey: Journey, day: int) -> None:
    case = journey.case
    journey.story.add(CORE, journey.at(day, 12), f"ICD10//{case.icd10}", text=case.words)


def first_contact(journey: Journey, day: int) -> None:
    """The emergency department or the first clinic: questions, bloods, pictures, blood cultures."""
    case, at = journey.case, journey.at(day, 9)
    if case.urgent:
        words = WORDS["clinic", "emergency"].format(words=f"suspected infection, {case.place}")
        journey.story.add(FULL, at, "OSTEON//admission//emergency", text=words)
    else:
        journey.story.add(FULL, at, "OSTEON//admission//clinic", text=WORDS["clinic", "new"])
    tell_size(journey, at)
    _examine(journey, at)
    draw_bloods(journey, Visit(day, "baseline", 10))
    tell_pictures(journey, day, WORK_UP.get(case.diagnosis, ()))
    if case.urgent:
        _take_blood(journey, day)


def _examine(journey: Journey, at: int) -> None:
    figures, random = journey.case.figures, journey.random
    infected = not journey.case.excluded
    tell(journey, at, "sinus", infected and random.random() < figures["sinus"] and not journey.case.urgent)
    tell(journey, at, "fever", infected and random.random() < figures["fever"])
    tell_temperature(journey, at, figures["temperature"])
    pain = round(figures["pain"] * (0.8 + 0.4 * random.random()))
    journey.story.add(FULL, at, "OSTEON//finding//pain", float(pain), "{score}", original="0 to 10")


def _take_blood(journey: Journey, day: int) -> None:
    shares = COHORT["bacteraemia"]
    diagnosis = journey.case.diagnosis
    share = shares.get(diagnosis, shares.get(f"{diagnosis}_acute"))
    if share is not None:
        take_blood_cultures(journey, day, 10, journey.random.random() < share)


def tell_pictures(journey: Journey, day: int, pictures: tuple[Picture, ...]) -> None:
    """Examinations within a few days of the contact."""
    for number, picture in enumerate(pictures):
        drawn = journey.random.random()
        if drawn < picture.share:
            report = picture.report.format(site=journey.case.place)
            at = journey.at(day + number, 13)
            journey.story.add(
                CORE if picture.core else FULL, at, picture.code, text=report[0].upper() + report[1:]
            )


def tell_meeting(journey: Journey, day: int, decision: str, level: int = CORE) -> None:
    journey.story.add(
        level,
        journey.at(day, 14),
        "OSTEON//meeting//decision",
        text=decision.format(site=journey.case.place),
    )


def follow_up_pictures(journey: Journey, day: int) -> None:
    tell_pictures(journey, day, FOLLOW_UP.get(journey.case.diagnosis, ()))
