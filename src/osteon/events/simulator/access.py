"""Lines: chosen by days of treatment and kidneys, with events at the published rates."""

from __future__ import annotations

from osteon.events.simulator.chance import Choice
from osteon.events.simulator.figures import ACCESS, WORDS, Access
from osteon.events.simulator.findings import tell
from osteon.events.simulator.journey import Journey
from osteon.events.simulator.story import CORE, FULL

_INSERTED_AFTER = 3  # days of intravenous treatment, usually on the ward


def place_lines(journey: Journey) -> None:
    """One line for each unbroken time on intravenous treatment; the ward's cannula for a short one."""
    for start, end in _intravenous_times(journey):
        days = end - start - _INSERTED_AFTER
        choices = [(kind, kind.weight) for kind in ACCESS if _fits(kind, days, journey.host.egfr)]
        if choices:
            _place(journey, Choice(choices).draw(journey.random), start, end)


def _fits(kind: Access, days: int, egfr: float) -> bool:
    return kind.days[0] <= days <= kind.days[1] and kind.egfr[0] <= egfr < kind.egfr[1]


def _intravenous_times(journey: Journey) -> list[tuple[int, int]]:
    times: list[tuple[int, int]] = []
    for course in sorted(journey.courses, key=lambda c: (c.start, c.end)):
        if not course.is_intravenous:
            continue
        if times and course.start <= times[-1][1]:
            times[-1] = (times[-1][0], max(times[-1][1], course.end))
        else:
            times.append((course.start, course.end))
    return times


def _place(journey: Journey, kind: Access, start: int, end: int) -> None:
    story = journey.story
    is_cannula = kind.line == "cannula"
    inserted = start if is_cannula else min(start + _INSERTED_AFTER, end - 1)
    event_day = inserted + journey.random.expovariate(kind.event_rate / 1000.0)
    event = kind.events.draw(journey.random) if event_day < end else None
    ends_line = event in ("infection", "thrombosis", "migration")
    last = int(event_day) if event and ends_line else end
    if last <= inserted:
        last = inserted + 1
    level = FULL if is_cannula else CORE
    story.add(
        level,
        journey.at(inserted, 11),
        f"OSTEON//line//{kind.line}",
        end=journey.at(last, 15),
        text="Right basilic vein" if kind.line in ("picc", "midline") else None,
    )
    if event and not is_cannula:
        _tell_event(journey, event, max(int(event_day), inserted))


def _tell_event(journey: Journey, event: str, day: int) -> None:
    at = journey.at(day, 12)
    journey.story.add(CORE, at, f"OSTEON//line-event//{event}", text=WORDS["line-event", event])
    if event == "infection":
        journey.crp.illnesses.append((float(day), 70.0, 3.0))
        tell(journey, at, "fever", True)
