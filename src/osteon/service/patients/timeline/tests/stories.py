"""Invented patients for the timeline: believable stories as events, the same ones every time.

``limb_story`` a tibia with a frame · ``spine_story`` a discitis on daptomycin at home · ``long_story`` three
years of weekly CRP and twelve courses · ``crowded_story`` more results than pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from osteon.events.schema import Event
from osteon.events.vocabulary import DRUGS, MEASURES, ORGANISMS

NOW = datetime(2026, 11, 24, 8, 12)
LONDON = ZoneInfo("Europe/London")
SUBJECT = 7


def at(text: str) -> datetime:
    """``2026-11-24 08:12`` on the London clock, or ``2026-11-24`` alone (midnight UTC), as the stream keeps it."""
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), datetime.min.time())
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC).replace(tzinfo=None)


def event(code: str, when: str | datetime | None, value: float | None = None, **more: object) -> Event:
    """One event; ``when`` as text on the London clock."""
    time = at(when) if isinstance(when, str) else when
    if isinstance(more.get("end"), str):
        more["end"] = at(str(more["end"]))
    return Event(SUBJECT, time, code, numeric_value=value, **more)  # type: ignore[arg-type]


def own(code: str, when: str | datetime, value: float | None = None, **more: object) -> Event:
    """An event of our own codes: ``operation//debridement``."""
    return event(f"OSTEON//{code}", when, value, **more)


def result(key: str, when: str | datetime, value: float | None, **more: object) -> Event:
    """A laboratory result in its measure's unit."""
    measure = MEASURES[key]
    given = {"unit": measure.unit, "source": f"record:results.result/{key}-{when}", **more}
    return event(measure.code, when, value, **given)


def crp(when: str | datetime, value: float | None, **more: object) -> Event:
    """A CRP with the usual range."""
    return result("crp", when, value, **{"reference_high": 5.0, **more})


def course(drug: str, start: str, end: str | None, dose: str, days: float | None = None) -> Event:
    """An antimicrobial course."""
    return event(
        DRUGS[drug].code,
        start,
        days,
        end=at(end) if end else None,
        unit="d" if days else None,
        text_value=dose,
        source=f"record:courses.course/{drug}-{start}",
    )


def specimens(
    when: str, kind: str, grew: list[str | None], resistant: tuple[str, ...] = ()
) -> Iterator[Event]:
    """Specimens of one taking; each grew an organism (its key), nothing (``""``) or is pending (``None``)."""
    for number, organism in enumerate(grew, 1):
        source = f"record:results.specimen/{kind}-{when}-{number}"
        label = f"S{number}"
        found = None if organism is None else float(bool(organism))
        yield own(f"specimen//{kind}", when, found, text_value=label, source=source)
        if organism:
            code = ORGANISMS[organism].code
            yield event(code, when, text_value=label, source=f"{source}/isolate/1")
            for drug in resistant:
                tested = code.removeprefix("SNOMED//")
                amr = DRUGS[drug].amr_code
                row = f"{source}/isolate/1/{amr}"
                yield event(f"SUSCEPTIBILITY//{tested}//{amr}", when, text_value="R", source=row)


def falling_crp(start: date, days: list[int], peak: float, half_life: float) -> Iterator[Event]:
    """CRP halving after a debridement, one wobble included."""
    for place, day in enumerate(days):
        value = round(3 + peak * math.pow(0.5, day / half_life) * (1.12 if place % 3 == 1 else 1), 0)
        when = datetime.combine(start + timedelta(days=day), datetime.min.time()) + timedelta(
            hours=8, minutes=12
        )
        limit = {"comparator": "<", "text_value": None} if value <= 4 else {}
        yield crp(when, 4.0 if limit else value, source=f"record:results.result/crp{when:%Y%m%d}", **limit)


def limb_story() -> list[Event]:
    """Left tibia, chronic osteomyelitis: excision, frame, distraction, consolidation."""
    events = [
        event("ICD10//M86.6", "2026-06-30", text_value="Chronic osteomyelitis of left tibia"),
        own("admission//clinic", "2026-07-14 10:00"),
        own("imaging//xray", "2026-07-14 11:00", text_value="Non-union with sequestrum"),
        own("imaging//mri", "2026-07-28 15:00", text_value="Marrow oedema and intramedullary abscess"),
        own(
            "meeting//decision", "2026-08-06", text_value="Excision, five samples, circular frame, free flap"
        ),
        own("finding//sinus", "2026-07-14", 1),
        own("admission//inpatient", "2026-08-31 07:30", end="2026-09-18 14:00", text_value="Limb ward"),
        own("operation//excision", "2026-09-01 09:00", text_value="left tibia"),
        own("operation//frame-application", "2026-09-01 13:00"),
        own("operation//flap", "2026-09-04 08:30", text_value="free gracilis"),
        *specimens(
            "2026-09-01 09:40", "bone", ["staphylococcus-aureus"] * 3 + ["", ""], ("benzylpenicillin",)
        ),
        *specimens("2026-10-20 10:00", "tissue", ["", "", "", "", ""]),
        *specimens("2026-11-20 10:00", "swab", [None]),
        course("teicoplanin", "2026-09-01 10:30", "2026-09-05 09:00", "800 mg IV every 24 hours"),
        course("flucloxacillin", "2026-09-05 09:00", "2026-09-18 09:00", "2 g IV every 6 hours"),
        course("ceftriaxone", "2026-09-18 12:00", "2026-10-13 12:00", "2 g IV every 24 hours, OPAT", 28),
        course("rifampicin", "2026-09-22 08:00", None, "450 mg oral every 12 hours", 84),
        course("ciprofloxacin", "2026-10-13 08:00", None, "750 mg oral every 12 hours", 63),
        own("line//picc", "2026-09-10 15:00", end="2026-10-14 11:00"),
        own("line-event//occlusion", "2026-10-09 17:00"),
        own("frame//circular", "2026-09-01 13:00"),
        own("frame-phase//latency", "2026-09-01 13:00", end="2026-09-10"),
        own("frame-phase//distraction", "2026-09-10", end="2026-10-26"),
        own("frame-phase//consolidation", "2026-10-26"),
        own("imaging//xray", "2026-09-02 09:00"),
        own("imaging//xray", "2026-09-24 09:00"),
        own("imaging//xray", "2026-10-22 09:00"),
        own("imaging//xray", "2026-11-19 09:00"),
        own("meeting//decision", "2026-10-22", text_value="Change to oral rifampicin and ciprofloxacin"),
        own("admission//emergency", "2026-10-09 18:20", text_value="Blocked line"),
        *(own("finding//pain", f"2026-{day}", score, unit="{score}") for day, score in PAIN),
        *(own("admission//clinic", f"2026-{day} 10:00") for day in ("09-24", "10-22", "11-19")),
    ]
    events += falling_crp(date(2026, 7, 14), [0, 14, 35], 62, 90)
    events += falling_crp(date(2026, 9, 2), [0, 2, 5, 8, 12, 19, 26, 33, 40, 47, 54, 61, 68, 75, 82], 178, 8)
    events += monitoring(date(2026, 9, 2), 12)
    return events


PAIN = (("09-24", 7.0), ("10-08", 5.0), ("10-22", 4.0), ("11-05", 3.0), ("11-19", 2.0))


def monitoring(start: date, weeks: int) -> Iterator[Event]:
    """The weekly bloods beside the CRP."""
    for week in range(weeks):
        when = datetime.combine(start + timedelta(weeks=week), datetime.min.time()) + timedelta(
            hours=8, minutes=12
        )
        yield result("esr", when, 96 - 6.0 * week, reference_high=20.0)
        yield result("creatinine", when, 78 + 2.0 * (week % 4), reference_low=60.0, reference_high=110.0)
        yield result("platelets", when, 410 - 14.0 * week, reference_low=150.0, reference_high=400.0)
        yield result("alt", when, 24 + 3.0 * (week % 5), reference_high=40.0)


def spine_story() -> list[Event]:
    """T7/8 discitis, home daptomycin, creatine kinase ten times its upper limit."""
    events = [
        own("finding//fever", "2026-10-28", 1),
        *specimens("2026-10-29 22:10", "blood", ["staphylococcus-aureus", "staphylococcus-aureus", ""]),
        *specimens("2026-11-02 11:00", "tissue", ["staphylococcus-aureus", None]),
        own("imaging//mri", "2026-10-30 16:00", text_value="T7/8 discitis, small epidural collection"),
        own("meeting//decision", "2026-11-01", text_value="No operation; daptomycin at home for six weeks"),
        own("admission//inpatient", "2026-10-29 20:00", end="2026-11-05 15:00", text_value="Spinal unit"),
        own("operation//biopsy", "2026-11-02 11:00"),
        course("flucloxacillin", "2026-10-30 02:00", "2026-11-05 09:00", "2 g IV every 4 hours"),
        course("daptomycin", "2026-11-05 14:00", None, "700 mg IV every 24 hours, OPAT", 42),
        own("line//picc", "2026-11-04 15:00"),
        own("finding//muscle-symptoms", "2026-11-23", 1),
        own("admission//clinic", "2026-11-12 10:00"),
    ]
    events += falling_crp(date(2026, 10, 29), [0, 1, 3, 5, 7, 11, 14, 18, 21, 25], 210, 9)
    levels = ((5, 84.0), (7, 96.0), (12, 130.0), (19, 610.0), (25, 2140.0))
    for day, value in levels:
        when = datetime(2026, 10, 30, 7, 50) + timedelta(days=day)
        events.append(result("creatine-kinase", when, value, reference_high=200.0))
    return events


def long_story() -> list[Event]:
    """Nearly three years: weekly CRP with two relapses, twelve courses, six operations, meetings in between."""
    start = date(2023, 12, 11)
    events = [
        crp(datetime.combine(start + timedelta(weeks=week), datetime.min.time()), _relapsing(week))
        for week in range(154)
    ]
    drugs = [*DRUGS][:60:5]
    for place, drug in enumerate(drugs):
        begin = start + timedelta(days=20 + place * 88)
        end = begin + timedelta(days=24 + 9 * (place % 5))
        dose = "600 mg oral every 12 hours" if place % 2 else "2 g IV every 24 hours"
        events.append(course(drug, begin.isoformat(), end.isoformat(), dose, 42))
    for place in range(6):
        day = (start + timedelta(days=14 + place * 176)).isoformat()
        events.append(own("operation//debridement", f"{day} 09:00"))
        events += specimens(
            f"{day} 09:30", "tissue", ["pseudomonas-aeruginosa"] * (place % 4) + [""] * (5 - place % 4)
        )
        events.append(own("meeting//decision", day, text_value="Debride and sample again, then suppress"))
        events.append(own("imaging//ct" if place % 2 else "imaging//mri", f"{day} 14:00"))
    return events


def _relapsing(week: int) -> float:
    since = week % 70
    return round(4 + 150 * math.exp(-since / 5) + (60 * math.exp(-((since - 45) ** 2) / 30)), 0)


def crowded_story(points: int = 5000) -> list[Event]:
    """Points far closer than pixels, with one peak among them."""
    begin = datetime(2026, 9, 1)
    numbered = zip(range(points), count())
    events = [crp(begin + timedelta(minutes=20 * n), 20 + (n * 7) % 13) for n, _same in numbered]
    peak = begin + timedelta(minutes=20 * (points // 2), seconds=30)
    return [*events, crp(peak, 391.0, source="record:results.result/peak")]
