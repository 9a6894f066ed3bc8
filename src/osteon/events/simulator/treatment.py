"""Antimicrobial courses: empirical, targeted, by mouth; watched, stopped for harm, replaced, finished."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from osteon.events.simulator.chance import lognormal, uniform_day
from osteon.events.simulator.figures import COHORT, WATCHES, Regimen
from osteon.events.simulator.harm import draw_harms
from osteon.events.simulator.journey import Course, Journey, Suffered, Visit, working_day
from osteon.events.simulator.prescribing import choose, dose_of, empirical

_FIGURES: Final = COHORT["treatment"]
_VISITS: Final = COHORT["visits"]
_SHORTEST: Final = 4  # days; a rest shorter than this is not worth another drug
_MOST_CHANGES: Final = 5
_WARD_DAYS: Final = 7  # the ward takes its own bloods until then
_APART: Final = 3  # days; two drugs' tests are taken together


@dataclass(frozen=True, slots=True)
class Plan:
    """Days of the calendar: when treatment starts, goes by mouth and ends."""

    start: int
    by_mouth: int
    finish: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """What came of one regimen: its last day, and the drugs not to be given again."""

    end: int
    avoided: frozenset[str]


def draw_plan(journey: Journey, start: int, days: int) -> Plan:
    """How long, and by which way. Two thirds go by mouth in the first week, the others go home on a line."""
    random = journey.random
    finish = start + days
    if random.random() < _FIGURES["extended"]:
        finish += uniform_day(random, _FIGURES["extended_days_low"], _FIGURES["extended_days_high"])
    if random.random() < _FIGURES["oral_after_week_one"]:
        by_mouth = start + uniform_day(random, 4, 7)
    else:
        by_mouth = start + max(9, round(_intravenous_days(journey)))
    return Plan(start, min(by_mouth, finish), finish)


def _intravenous_days(journey: Journey) -> float:
    figures = COHORT["iv_days"].get(journey.case.diagnosis, COHORT["iv_days"]["other"])
    return lognormal(journey.random, figures["median"], figures["sigma"])


def treat(journey: Journey, plan: Plan, *, blind_first: bool = True) -> None:
    """Fills ``journey.courses``, ``suffered`` and the monitoring visits for this plan."""
    day, avoided = plan.start, frozenset[str]()
    if blind_first:
        day = _treat_blindly(journey, plan).end
    for _ in range(_MOST_CHANGES):
        if plan.finish - day < _SHORTEST:
            break
        way, regimen = _next(journey, "iv" if day < plan.by_mouth else "oral", avoided)
        if regimen is None:
            break
        until = plan.by_mouth if way == "iv" and day < plan.by_mouth else plan.finish
        stretch = _give(journey, plan, regimen, way, day, until)
        day, avoided = stretch.end, avoided | stretch.avoided
    _forget_the_stop(journey, plan)


def _treat_blindly(journey: Journey, plan: Plan) -> Stretch:
    """Until the cultures are known."""
    random = journey.random
    days = uniform_day(random, _FIGURES["empirical_days_low"], _FIGURES["empirical_days_high"])
    until = min(plan.start + days, plan.finish)
    return _give(journey, plan, empirical(random, journey.host), "iv", plan.start, until)


def _next(journey: Journey, way: str, avoided: frozenset[str]) -> tuple[str, Regimen | None]:
    """A regimen by that way; where no tablet fits, a line is kept."""
    regimen = choose(journey.random, journey.case, journey.host, way, avoided)
    if regimen is None and way == "oral":
        return "iv", choose(journey.random, journey.case, journey.host, "iv", avoided)
    return way, regimen


def _give(journey: Journey, plan: Plan, regimen: Regimen, way: str, day: int, until: int) -> Stretch:
    """Gives the regimen from ``day``, to ``until`` or earlier for harm or a drug's longest time."""
    longest = _longest(journey, regimen)
    avoided = frozenset[str]()
    if longest is not None and day + longest[1] < until:
        until, avoided = day + longest[1], frozenset({longest[0]})
    courses = [_course(journey, drug, way, day, until) for drug in regimen.drugs]
    visits = _schedule(journey, plan, courses, day, until)
    harmed = _first_harm(journey, courses, visits, day, until)
    if harmed is not None:
        until, avoided = harmed[0], frozenset({harmed[1].course.drug})
    for course in courses:
        course.end = until
    journey.visits.extend(visit for visit in visits if visit.day <= until + 1)
    return Stretch(until, avoided)


def _longest(journey: Journey, regimen: Regimen) -> tuple[str, int] | None:
    """A drug with a usual longest time; a third of courses go on beyond it."""
    for drug in regimen.drugs:
        limit = WATCHES[drug].longest_days
        if limit is not None and journey.random.random() > _FIGURES["beyond_longest"]:
            return drug, limit
    return None


def _course(journey: Journey, drug: str, way: str, day: int, until: int) -> Course:
    """The running course of that drug carried on, or a new one with its harms drawn."""
    for running in journey.courses:
        if running.drug == drug and running.way == way and running.end == day:
            running.planned = running.end = until
            return running
    course = Course(drug, way, day, until, until, dose_of(drug, way, journey.host))
    journey.courses.append(course)
    journey.suffered.extend(draw_harms(journey.random, journey.host, course))
    return course


def _schedule(journey: Journey, plan: Plan, courses: list[Course], day: int, until: int) -> list[Visit]:
    """Monitoring visits as they really happen: some missed, some late, some results filed days later."""
    random = journey.random
    visits = _at_start(journey, plan, courses, day)
    for due in sorted(_due(courses, max(day, plan.start + _WARD_DAYS), until)):
        if random.random() < _VISITS["missed"]:
            continue
        if random.random() < _VISITS["late"]:
            due += uniform_day(random, _VISITS["late_days_low"], _VISITS["late_days_high"])
        due = working_day(due)
        if visits and due - visits[-1].day < _APART:
            continue
        lost = random.random() < _VISITS["result_lost"]
        days = uniform_day(random, _VISITS["result_lost_days_low"], _VISITS["result_lost_days_high"])
        visits.append(Visit(due, "monitoring", 9 + int(random.random() * 6), days if lost else 0))
    return visits


def _at_start(journey: Journey, plan: Plan, courses: list[Course], day: int) -> list[Visit]:
    """Bloods before a drug that asks for a baseline; the first bloods of all serve the first drugs."""
    asks = any(WATCHES[course.drug].at_start and course.start == day for course in courses)
    if not asks or day == plan.start or journey.random.random() < _VISITS["missed"]:
        return []
    return [Visit(day, "start", 8)]


def _due(courses: list[Course], after: int, until: int) -> set[int]:
    """Days on which the drugs ask for blood."""
    days: set[int] = set()
    for course in courses:
        watch = WATCHES[course.drug]
        days.update(course.start + day for day in watch.first_days)
        if watch.every:
            days.update(range(course.start + watch.first_days[-1] + watch.every, until + 1, watch.every))
    return {day for day in days if after < day <= until}


def _first_harm(
    journey: Journey, courses: list[Course], visits: list[Visit], day: int, until: int
) -> tuple[int, Suffered] | None:
    """The first toxicity that stops a drug of this stretch, and the day it does."""
    found = [
        (noticed, number, each)
        for number, each in enumerate(journey.suffered)
        if each.is_acted_on and each.course in courses
        for noticed in [_noticed(each, visits)]
        if noticed is not None and day < noticed < until
    ]
    if not found:
        return None
    noticed, _, each = min(found)
    return noticed, each


def _noticed(each: Suffered, visits: list[Visit]) -> int | None:
    """Symptoms bring the patient to the telephone next day; a blood test only speaks when it is taken."""
    if each.harm.kind == "symptom":
        return int(each.onset) + 1
    for visit in visits:
        if visit.day >= each.onset:
            return visit.day + 1 + visit.lost_days
    return None


def _forget_the_stop(journey: Journey, plan: Plan) -> None:
    """Some courses run past their planned stop because nobody ends them."""
    random = journey.random
    if random.random() < _FIGURES["forgotten_stop"]:
        days = uniform_day(random, _FIGURES["forgotten_days_low"], _FIGURES["forgotten_days_high"])
        for course in journey.courses:
            if course.end == plan.finish:
                course.end += days
