"""After the first treatment: second stages, readmissions, failure and what is then done, follow-up, outcome."""

from __future__ import annotations

from typing import Final

from osteon.events.simulator.chance import Choice, uniform_day
from osteon.events.simulator.figures import COHORT, WORDS
from osteon.events.simulator.findings import ask
from osteon.events.simulator.journey import Journey, Visit, meeting_day, working_day
from osteon.events.simulator.laboratory import draw_bloods
from osteon.events.simulator.operating import operate, stay, tell_admission
from osteon.events.simulator.presentation import follow_up_pictures, tell_meeting
from osteon.events.simulator.response import respond
from osteon.events.simulator.story import CORE, FULL
from osteon.events.simulator.treatment import Plan, treat

_FAILURE: Final = COHORT["failure"]
_READMISSION: Final = COHORT["readmission"]
_REASONS: Final = Choice(
    (reason, float(share)) for reason, share in (p.split(":") for p in _READMISSION["reasons"].split("|"))
)
_IMPLANTS: Final = frozenset({"prosthetic-joint", "fracture-related"})


def second_stage(journey: Journey, plan: Plan) -> None:
    """Reimplantation, when the first stage has not failed."""
    stage = journey.case.strategy.second
    if stage is None:
        return
    day = working_day(plan.start + uniform_day(journey.random, *stage.after))
    if not journey.is_alive(day) or (journey.failed is not None and journey.failed < day + 30):
        return
    operate(journey, day, ((stage.operation, stage.words),), ())
    stay(journey, day, journey.case.strategy.stay_days, urgent=False)
    treat(journey, Plan(day, day + 5, day + stage.days))


def readmit(journey: Journey, home: int) -> None:
    """Unplanned, within 30 days of going home."""
    random = journey.random
    drawn, reason = random.random(), _REASONS.draw(random)
    day = home + 1 + int(random.random() * (_READMISSION["window_days"] - 1))
    days = uniform_day(random, _READMISSION["stay_low"], _READMISSION["stay_high"])
    if drawn >= journey.case.figures["readmission"] or journey.case.excluded or not journey.is_alive(day):
        return
    words = WORDS["readmission", reason].format(site=journey.case.place)
    tell_admission(journey, day, day + days, WORDS["admission", "readmission"].format(words=words))
    if reason in ("infection worse", "other illness"):
        journey.crp.illnesses.append((float(day), 40.0 + 60.0 * random.random(), 4.0))


def fail(journey: Journey) -> None:
    """The infection is back or never went: recognised, discussed, treated again."""
    failed = journey.failed
    if failed is None:
        return
    story, random = journey.story, journey.random
    words = WORDS["recurrence", "on treatment" if journey.on(failed) else "after"]
    story.add(
        CORE,
        journey.at(failed, 10),
        "OSTEON//outcome//recurrence",
        text=words.format(site=journey.case.place),
    )
    draw = random.random()
    if draw < _FAILURE["suppression"]:
        _suppress(journey, failed)
    else:
        _operate_again(journey, failed, amputate=draw < _FAILURE["suppression"] + _FAILURE["amputation"])


def _suppress(journey: Journey, failed: int) -> None:
    day = meeting_day(failed)
    _stop_everything(journey, day)
    tell_meeting(journey, day, WORDS["decision", "suppression"])
    respond(journey, day)
    treat(journey, Plan(day, day, day + _FAILURE["suppression_days"]), blind_first=False)


def _operate_again(journey: Journey, failed: int, *, amputate: bool) -> None:
    day = working_day(failed + uniform_day(journey.random, 1, 12))
    _stop_everything(journey, day)
    operation = _second_operation(journey, amputate)
    words = WORDS["operation", operation]
    plan = WORDS["failure-plan", operation]
    tell_meeting(journey, min(meeting_day(failed), day), WORDS["decision", "failure"].format(plan=plan))
    isolates = () if amputate else journey.case.isolates
    operate(journey, day, ((operation, words),), isolates)
    stay(journey, day, 8, urgent=False)
    respond(journey, day)
    days = 7 if amputate else 42
    treat(journey, Plan(day, day + 6, day + days))
    if amputate:
        text = WORDS["operation", "amputation"].format(site=journey.case.place)
        journey.story.add(CORE, journey.at(day, 12), "OSTEON//outcome//amputation", text=text)


def _second_operation(journey: Journey, amputate: bool) -> str:
    if amputate:
        return "amputation"
    return "explant" if journey.case.diagnosis in _IMPLANTS else "debridement"


def _stop_everything(journey: Journey, day: int) -> None:
    """What was running stops; what was planned after is not given."""
    journey.courses = [course for course in journey.courses if course.start < day]
    for course in journey.courses:
        course.end = min(course.end, day)
    journey.visits = [visit for visit in journey.visits if visit.day < day]


def follow_up(journey: Journey, plan: Plan) -> None:
    """Six weeks, three, six, twelve and twenty-four months; some do not come."""
    for days in COHORT["follow_up"]["days"]:
        day = working_day(plan.start + days)
        missed = journey.random.random() < COHORT["visits"]["not_attended"]
        if not missed and journey.is_alive(day):
            _review(journey, day, days)


def _review(journey: Journey, day: int, days: int) -> None:
    at = journey.at(day, 11)
    when = WORDS["when", str(days)]
    text = WORDS["clinic", "follow-up"].format(when=when)
    journey.story.add(FULL, at, "OSTEON//admission//clinic", text=text)
    ask(journey, day, at)
    draw_bloods(journey, Visit(day, "end" if days < 60 else "follow-up", 11, is_telling=days in (91, 730)))
    if days in (91, 365):
        follow_up_pictures(journey, day)
    if days >= 365 and (journey.failed is None or journey.failed > day):
        level = CORE if days >= 730 else FULL
        journey.story.add(level, at, "OSTEON//outcome//infection-free", text=f"{when} outcome")


def die(journey: Journey) -> None:
    """Death of any cause; nothing is told after it."""
    if journey.story.last is not None:
        journey.story.add(CORE, journey.story.last, "MEDS_DEATH")
        journey.story.add(FULL, journey.story.last, "OSTEON//outcome//died", text="Died")
