"""Lanes of marks, bars and takings as SVG."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from osteon.service.patients.timeline import ink
from osteon.service.patients.timeline.cultures import GREW, NOTHING, PENDING, Specimen, Taking
from osteon.service.patients.timeline.facts import Fact
from osteon.service.patients.timeline.ink import n
from osteon.service.patients.timeline.labels import CLEAR, GAP, Room, Spot, placed, text_width
from osteon.service.patients.timeline.lanes import Bar, Item, Lane, Mark, names_together
from osteon.service.patients.timeline.moments import civil_day, seconds, short_day
from osteon.service.patients.timeline.sheet import Ruler, Sheet

RING: Final = 4.6  # radius of a specimen
RING_STEP: Final = 11.0
RINGS_DRAWN: Final = 12
FADE: Final = 26.0  # length over which a running bar fades towards today
INSIDE_PAD: Final = 6.0
LEAST_BAR: Final = 4.0
SIGN_HALF: Final = 8.0

PeriodLink = Callable[[date, date], str]


@dataclass(frozen=True)
class Setting:
    """What every lane is drawn with: the paper, the time axis, the present, and a prefix for ids."""

    sheet: Sheet
    ruler: Ruler
    present: datetime
    prefix: str
    period_link: PeriodLink | None = None

    @property
    def today(self) -> float:
        """Where running bars end."""
        return self.ruler.held(seconds(self.present))

    def link_of(self, facts: tuple[Fact, ...]) -> str | None:
        """Where a mark leads: its fact, or the list of the days when it stands for several."""
        if len(facts) == 1 or self.period_link is None:
            return facts[0].href
        times = [fact.time for fact in facts]
        return self.period_link(civil_day(min(times)), civil_day(max(times)))


def lane_spots(lane: Lane, setting: Setting) -> list[Spot[Item]]:
    """The lane's items with their places."""
    sheet, ruler = setting.sheet, setting.ruler
    rows = max(1, round(lane.rows * sheet.rows))
    room = Room(ruler.left, ruler.right, rows, sheet.text)
    return placed((_spot(item, setting) for item in lane.items), room)


def _spot(item: Item, setting: Setting) -> Spot[Item]:
    if isinstance(item, Bar):
        return _bar_spot(item, setting)
    if isinstance(item, Taking):
        return _taking_spot(item, setting)
    left, right = _reach(item.fact, setting.ruler)
    half = ink.GLYPHS[item.glyph][1]
    middle = (left + right) / 2
    return Spot(item, min(left, middle - half), max(right, middle + half), item.labels, elastic=item.elastic)


def _reach(fact: Fact, ruler: Ruler) -> tuple[float, float]:
    first, last = fact.span
    return ruler.held(seconds(first)), ruler.held(seconds(last))


def _taking_spot(taking: Taking, setting: Setting) -> Spot[Item]:
    width = (min(len(taking.specimens), RINGS_DRAWN) - 1) * RING_STEP + 2 * RING
    left, right = _reach(taking.fact, setting.ruler)
    start = min(max((left + right) / 2 - RING, setting.ruler.left), setting.ruler.right - width)
    return Spot(taking, min(start, left), max(start + width, right), taking.labels)


@dataclass(frozen=True, slots=True)
class BarPlaces:
    """Where the parts of a bar lie: vague start, what has happened, what is planned."""

    left: float
    certain: float  # from here on it surely lasted
    solid: float  # what has happened ends here
    planned: float | None  # the planned stop, wherever it lies
    right: float


def bar_places(fact: Fact, setting: Setting) -> BarPlaces:
    """Places of a bar's parts, held inside the drawing."""
    ruler, today = setting.ruler, setting.today
    left = ruler.held(seconds(fact.span[0]))
    certain = ruler.held(seconds(fact.span[1]))
    ends = ruler.held(seconds(fact.event.end)) if fact.event.end else max(left, today)
    stop = fact.planned_stop if fact.runs else None
    planned = ruler.x(seconds(stop)) if stop else None
    solid = max(ends, min(left + LEAST_BAR, ruler.right)) if fact.event.end else ends
    right = max(solid, min(planned, ruler.right) if planned else solid)
    return BarPlaces(left, min(certain, solid), solid, planned, right)


def _bar_spot(bar: Bar, setting: Setting) -> Spot[Item]:
    places = bar_places(bar.fact, setting)
    signs = [setting.ruler.held(seconds(sign.time)) for sign in bar.signs]
    first_sign = min(signs, default=places.solid + SIGN_HALF)
    fading = FADE * 0.6 if bar.fact.runs else 0
    text_end = min(places.solid - fading, first_sign - SIGN_HALF)
    if bar.look != "strong" and bar.fact.runs and not signs:
        text_end = places.right
    room = text_end - places.left - 2 * INSIDE_PAD - (INSIDE_PAD if _enters(bar.fact, setting) else 0)
    overdue = [places.solid + SIGN_HALF] if _is_overdue(places, setting) else []
    right = max([places.right, *overdue, *(x + SIGN_HALF for x in signs)])
    snug = bar.fact.kind == "frame-phase"
    return Spot(bar, places.left, right, bar.labels, max(room, 0.0), bar.family, snug)


def _enters(fact: Fact, setting: Setting) -> bool:
    """Whether it began before the window."""
    return setting.ruler.x(seconds(fact.span[0])) < setting.ruler.left - 0.5


def _is_overdue(places: BarPlaces, setting: Setting) -> bool:
    """Whether a planned stop has passed while the course runs."""
    return places.planned is not None and places.planned < setting.today - 1


def draw_lane(spots: list[Spot[Item]], setting: Setting, top: float) -> Iterator[str]:
    """The lane's marks, rows counted downwards from ``top``."""
    for spot in spots:
        y = top + spot.row * setting.sheet.row + setting.sheet.row / 2
        yield from _DRAW[type(spot.payload)](spot, setting, y)


def _draw_mark(spot: Spot[Mark], setting: Setting, y: float) -> Iterator[str]:
    """A mark for one fact has its hidden neighbours beside it; a mark for many takes them in."""
    item = spot.payload
    left, right = _reach(item.fact, setting.ruler)
    facts = (*item.facts, *_hidden(spot)) if item.many else item.facts
    body = [
        _hit(spot, setting, y),
        *ink.whisker(left, right, y, ink.QUIET),
        ink.glyph(item.glyph, (left + right) / 2, y),
        *_label(spot, setting, y),
    ]
    yield ink.mark(_name_of(facts), setting.link_of(facts), body)
    if not item.many:
        yield from _more(spot, setting, y)


def _name_of(facts: tuple[Fact, ...]) -> str:
    return facts[0].name if len(facts) == 1 else names_together(facts)


def _hidden(spot: Spot[Item]) -> tuple[Fact, ...]:
    """The facts that found no place of their own and share this one."""
    return tuple(fact for item in spot.crowd for fact in item.facts)


def _more(spot: Spot[Item], setting: Setting, y: float, also: tuple[Fact, ...] = ()) -> Iterator[str]:
    """A small plus that names the facts hidden here and leads to their list."""
    facts = (*also, *_hidden(spot))
    if facts:
        x, top = spot.right + 2, y - 8
        plus = f'<path d="M{n(x - 2.5)} {n(top)}h5m-2.5-2.5v5" stroke="{ink.TEXT}" stroke-width="1.4"/>'
        body = [ink.hit(x - 4, top - 4, x + 4, top + 4), plus]
        yield ink.mark(_name_of(facts), setting.link_of(facts), body, "tl-more")


def _hit(spot: Spot, setting: Setting, y: float) -> str:
    half = min(ink.HIT_HALF, setting.sheet.row / 2)
    middle = (spot.left + spot.right) / 2
    reach = max((spot.right - spot.left) / 2 + 2, half)
    left, right = min(spot.start - 2, middle - reach), max(spot.end + 2, middle + reach)
    return ink.hit(max(left, 0), y - half, min(right, setting.sheet.width), y + half)


def _label(spot: Spot, setting: Setting, y: float, inside: float = 0, fill: str = "") -> list[str]:
    if not spot.label:
        return []
    baseline = y + setting.sheet.text * 0.35
    paint = f' fill="{fill}"' if fill and spot.side == "inside" else ""
    if spot.side == "inside":
        return [ink.text(inside, baseline, spot.label, paint)]
    if spot.side == "left":
        return [ink.text(spot.left - GAP, baseline, spot.label, f' text-anchor="end"{ink.HALO}')]
    return [ink.text(spot.right + GAP, baseline, spot.label, ink.HALO)]


def _draw_taking(spot: Spot[Taking], setting: Setting, y: float) -> Iterator[str]:
    taking = spot.payload
    left, right = _reach(taking.fact, setting.ruler)
    x = max(spot.left, (left + right) / 2 - RING) + RING
    yield "".join(ink.whisker(left, right, y, ink.QUIET))
    for place, specimen in enumerate(taking.specimens[:RINGS_DRAWN]):
        yield _ring(specimen, x + place * RING_STEP, y)
    unseen = tuple(specimen.fact for specimen in taking.specimens[RINGS_DRAWN:])
    yield from _more(spot, setting, y, unseen)
    yield from _label(spot, setting, y)


def _ring_body(paint: str) -> str:
    area = ink.hit(-RING_STEP / 2, -11, RING_STEP / 2, 11)
    return f'{area}<circle r="{RING - 0.7:.1f}" stroke-width="1.4" {paint}/>'


RINGS: Final = {
    GREW: _ring_body(f'fill="{ink.TEXT}" stroke="{ink.TEXT}"'),
    NOTHING: _ring_body(f'fill="{ink.PAPER}" stroke="{ink.TEXT}"'),
    PENDING: _ring_body(f'fill="{ink.PAPER}" stroke="{ink.QUIET}" stroke-dasharray="2.2 1.8"'),
}


def _ring(specimen: Specimen, x: float, y: float) -> str:
    body = [RINGS[specimen.state]]
    return ink.mark(specimen.name, specimen.fact.href, body, f"tl-{specimen.state}", ink.moved(x, y))


def _draw_bar(spot: Spot[Bar], setting: Setting, y: float) -> Iterator[str]:
    bar = spot.payload
    places = bar_places(bar.fact, setting)
    body = [_bar_hit(spot, setting, y), *_bar_body(bar, places, setting, y)]
    indent = 2 * INSIDE_PAD if _enters(bar.fact, setting) else INSIDE_PAD
    body += _label(spot, setting, y, places.left + indent, ink.LOOKS[bar.look][2])
    yield ink.mark(bar.name, bar.fact.href, body, f"tl-{bar.look}")
    yield from _more(spot, setting, y)
    for sign in bar.signs:
        yield _sign(sign, setting, y)


def _bar_hit(spot: Spot, setting: Setting, y: float) -> str:
    half = setting.sheet.row / 2
    return ink.hit(max(spot.start - 2, 0), y - half, min(spot.end + 2, setting.sheet.width), y + half)


def _bar_body(bar: Bar, places: BarPlaces, setting: Setting, y: float) -> Iterator[str]:
    fill, outline, _text = ink.LOOKS[bar.look]
    top, height = y - setting.sheet.bar / 2, setting.sheet.bar
    if places.right > places.solid:
        yield _ahead(places, top, height, outline)
    if places.certain > places.left + 1:
        yield ink.rect(places.left, top, places.certain - places.left, height, _dashed(outline, "tl-vague"))
    start = places.certain if places.certain > places.left + 1 else places.left
    if places.solid > start:
        yield ink.rect(start, top, places.solid - start, height, _paint(bar, places, setting, fill, outline))
    if _enters(bar.fact, setting):
        yield _chevron(places.left + 7, y, -4, ink.LOOKS[bar.look][2])
    yield from _stop_mark(bar, places, setting, y)


def _dashed(outline: str, kind: str) -> str:
    return f'class="{kind}" rx="2" fill="{ink.PAPER}" stroke="{outline}" stroke-dasharray="3 2.5"'


def _paint(bar: Bar, places: BarPlaces, setting: Setting, fill: str, outline: str) -> str:
    if bar.fact.runs and places.solid >= setting.today - 0.1 and places.solid - places.left > FADE:
        fade = f"{setting.prefix}-fade-{bar.look}"
        return f'class="tl-runs" rx="2" fill="url(#{fade})" stroke="url(#{fade}-line)"'
    return f'rx="2" fill="{fill}" stroke="{outline}"'


def _ahead(places: BarPlaces, top: float, height: float, outline: str) -> str:
    return ink.rect(places.solid, top, places.right - places.solid, height, _dashed(outline, "tl-planned"))


def _chevron(x: float, y: float, size: float, colour: str) -> str:
    path = f"M{n(x)} {n(y - 4)}l{n(size)} 4 {n(-size)} 4"
    return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>'


def _stop_mark(bar: Bar, places: BarPlaces, setting: Setting, y: float) -> Iterator[str]:
    """The planned stop: a post at its place, an arrow where it lies beyond the edge, its day where there is room."""
    if places.planned is None:
        return
    if places.planned > setting.ruler.right:
        yield _chevron(setting.ruler.right - 8, y, 4, ink.QUIET)
        return
    half = setting.sheet.bar / 2 + 2.5
    if places.planned >= setting.ruler.left:
        paint = f'class="tl-stop" stroke="{ink.TEXT}" stroke-width="2.2"'
        yield ink.line(places.planned, y - half, places.planned, y + half, paint)
    if _is_overdue(places, setting):
        yield ink.glyph("alarm", setting.today + 1, y)
    yield from _stop_day(bar, places, setting, y)


def _stop_day(bar: Bar, places: BarPlaces, setting: Setting, y: float) -> Iterator[str]:
    if bar.fact.planned_stop is None or bar.look != "strong":
        return
    words = _("stop %(day)s") % {"day": short_day(civil_day(bar.fact.planned_stop))}
    if places.right - places.solid >= text_width(words, setting.sheet.small) + CLEAR:
        attributes = f' font-size="{setting.sheet.small}" text-anchor="end" fill="{ink.QUIET}"'
        yield ink.text(places.right - 5, y + setting.sheet.small * 0.35, words, attributes)


def _sign(fact: Fact, setting: Setting, y: float) -> str:
    x = setting.ruler.held(seconds(fact.time))
    body = [ink.hit(x - 9, y - 11, x + 9, y + 11), ink.glyph("alarm", x, y)]
    return ink.mark(fact.name, fact.href, body, "tl-alarm")


_DRAW: Final = {Mark: _draw_mark, Taking: _draw_taking, Bar: _draw_bar}
