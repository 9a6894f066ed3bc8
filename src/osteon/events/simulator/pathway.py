"""From referral to the two-year outcome, chapter by chapter."""

from __future__ import annotations

from typing import Final

from osteon.events.simulator.access import place_lines
from osteon.events.simulator.aftermath import die, fail, follow_up, readmit, second_stage
from osteon.events.simulator.chance import uniform_day
from osteon.events.simulator.examination import examine
from osteon.events.simulator.figures import COHORT, DOSES, WORDS
from osteon.events.simulator.findings import ask
from osteon.events.simulator.frame import put_on
from osteon.events.simulator.journey import Course, Journey, meeting_day, working_day
from osteon.events.simulator.laboratory import draw_bloods
from osteon.events.simulator.operating import operate, stay
from osteon.events.simulator.presentation import first_contact, tell_diagnosis, tell_meeting, tell_person
from osteon.events.simulator.response import answer_treatment, begin_infection, fall_ill_otherwise
from osteon.events.simulator.story import CORE, FULL
from osteon.events.simulator.treatment import Plan, draw_plan, treat
from osteon.events.vocabulary import DRUGS, ORGANISMS

_WAIT: Final = COHORT["waiting"]


def tell_story(journey: Journey) -> None:
    """Everything that happens to the patient. The order of the chapters is the order of the draws."""
    begin_infection(journey)
    operation = _begin(journey)
    report_days = operate(
        journey,
        operation,
        journey.case.strategy.operations,
        journey.case.isolates,
        minor=journey.case.strategy.minor,
    )
    home = stay(journey, operation, journey.case.strategy.stay_days, urgent=journey.case.urgent)
    plan = _plan(journey, operation)
    treat(journey, plan)
    answer_treatment(journey, plan)
    _tell_results(journey, operation + report_days)
    if journey.case.strategy.frame:
        put_on(journey, operation)
    second_stage(journey, plan)
    readmit(journey, home)
    fail(journey)
    fall_ill_otherwise(journey, plan)
    place_lines(journey)
    _tell_courses(journey)
    _tell_visits(journey)
    follow_up(journey, plan)
    examine(journey, operation + report_days)
    die(journey)


def _begin(journey: Journey) -> int:
    """Referral to operation; answers the day of the operation."""
    case, random = journey.case, journey.random
    if case.urgent:
        seen = journey.referred
        operation = seen + uniform_day(random, *_WAIT["urgent_operation"])
        decided = meeting_day(operation + 1)
    else:
        seen = working_day(journey.referred + uniform_day(random, *_WAIT["clinic"]))
        decided = meeting_day(seen + uniform_day(random, *_WAIT["meeting"]))
        operation = working_day(decided + uniform_day(random, *_WAIT["operation"]))
    _fix_death(journey, operation)
    journey.seen = seen
    journey.started = operation
    tell_person(journey)
    if not case.excluded:
        tell_diagnosis(journey, seen)
    first_contact(journey, seen)
    tell_meeting(journey, decided, case.strategy.decision)
    return operation


def _fix_death(journey: Journey, operation: int) -> None:
    if journey.case.death_day is not None:
        journey.died = operation + journey.case.death_day
        journey.story.last = journey.at(journey.died, 4)


def _plan(journey: Journey, start: int) -> Plan:
    case, random = journey.case, journey.random
    if case.excluded:
        days = uniform_day(random, *_WAIT["excluded_treatment"])
        return Plan(start, start, start + days)
    days = random.choice(case.strategy.days)
    if case.diagnosis == "vertebral" and any(i.germ.key == "mrsa" for i in case.isolates):
        days = max(days, COHORT["treatment"]["mrsa_spine_days"])
    return draw_plan(journey, start, days)


def _tell_results(journey: Journey, day: int) -> None:
    """The meeting hears the cultures."""
    case = journey.case
    if case.excluded:  # only now does anybody know
        tell_diagnosis(journey, day)
        words = WORDS["decision", "excluded"]
    elif case.isolates:
        names = " and ".join(ORGANISMS[isolate.germ.key].name for isolate in case.isolates)
        words = WORDS["decision", "results"].format(organisms=names)
    else:
        words = WORDS["decision", "no-growth"]
    tell_meeting(journey, meeting_day(day), words, FULL)


def _tell_courses(journey: Journey) -> None:
    if journey.host.warfarin:
        _tell_warfarin(journey)
    for course in journey.courses:
        if course.end > course.start:
            _tell_course(journey, course)


def _tell_warfarin(journey: Journey) -> None:
    """For life, since before anybody here knew the patient."""
    journey.story.add(
        CORE,
        journey.at(journey.referred - 300, 12),
        DRUGS["warfarin"].code,
        text=DOSES["warfarin", "oral"].words,
        known=journey.at(journey.referred, 9),
    )


def _tell_course(journey: Journey, course: Course) -> None:
    """With its planned length in days."""
    journey.story.add(
        CORE,
        journey.at(course.start, 12),
        DRUGS[course.drug].code,
        float(course.planned - course.start),
        "d",
        course.dose,
        end=journey.at(course.end, 11),
    )


def _tell_visits(journey: Journey) -> None:
    for visit in sorted(journey.visits, key=lambda visit: visit.day):
        if journey.is_alive(visit.day):
            draw_bloods(journey, visit)
            if visit.kind == "monitoring":
                ask(journey, visit.day, journey.at(visit.day, visit.hour))
