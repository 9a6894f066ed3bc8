"""The marker lane as SVG: axis, reference band, thresholds, line and points; a second measure over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from osteon.service.patients.timeline import ink, words
from osteon.service.patients.timeline.ink import n
from osteon.service.patients.timeline.labels import text_width
from osteon.service.patients.timeline.marker import Point, Series
from osteon.service.patients.timeline.moments import language_now, seconds
from osteon.service.patients.timeline.scale import Scale, thinned, value_scale
from osteon.service.patients.timeline.svg_lanes import Setting

COLUMN: Final = 2.0  # width of a pixel column when points are thinned
POINT: Final = 3.4
CROWDED: Final = 11.0  # points nearer than this are drawn smaller
TAKEN_BOX = tuple[float, float, float, float]


@dataclass(frozen=True)
class Plot:
    """A series between ``top`` and ``bottom``; ``second`` when it is laid over another."""

    series: Series
    setting: Setting
    top: float
    bottom: float
    log: bool = False
    second: bool = False

    @cached_property
    def scale(self) -> Scale:
        limits = (value for _label, value in self.series.thresholds)
        return value_scale(self.series.values, self.series.reference, limits, self.log)

    @property
    def colour(self) -> str:
        return ink.SECOND if self.second else ink.MAIN

    def y(self, value: float) -> float:
        """How far down a value lies."""
        return self.bottom - self.scale.share(value) * (self.bottom - self.top)

    def x(self, point: Point) -> float:
        return self.setting.ruler.x(point.at)

    @cached_property
    def shown(self) -> list[Point]:
        """The points worth drawing: where hundreds share a pixel, its outline."""
        return thinned(self.series.points, lambda p: int(self.x(p) / COLUMN), lambda p: p.value)

    @cached_property
    def size(self) -> float:
        """Radius of a point, smaller where they stand close."""
        spread = self.setting.ruler.width / max(len(self.shown), 1)
        return POINT if spread >= CROWDED else max(1.2, POINT * spread / CROWDED)

    @cached_property
    def places(self) -> list[tuple[float, float]]:
        """Where the points lie; one known only by its month may lie at the edge."""
        return [(self.setting.ruler.held(point.at), self.y(point.value)) for point in self.shown]

    def touches(self, box: TAKEN_BOX) -> bool:
        """Whether the line or one of its points runs through a box."""
        return any(_passes(one, other, box) for one, other in pairwise([*self.places, self.places[-1]]))

    @cached_property
    def full_point(self) -> str:
        """The drawing of a value."""
        return _point_body(self, self.colour)

    @cached_property
    def open_point(self) -> str:
        """The drawing of a limit."""
        return _point_body(self, ink.PAPER)


def draw_background(plot: Plot) -> Iterator[str]:
    """Reference band and the main axis with its hairlines."""
    yield from _reference(plot)
    yield from _axis(plot)


def draw_plot(plot: Plot, others: list[Plot], taken: list[TAKEN_BOX]) -> Iterator[str]:
    """Thresholds, line, points, and the few values worth writing.

    ``others`` are all plots of the lane, this one too; ``taken`` remembers where text stands: no text crosses a
    line, and none another text.
    """
    yield from _thresholds(plot, others, taken)
    yield _line(plot)
    for point, (x, y) in zip(plot.shown, plot.places, strict=True):
        yield _point(plot, point, x, y)
    yield from _written_values(plot, others, taken)


def _reference(plot: Plot) -> Iterator[str]:
    low, high = plot.series.reference
    if low is None and high is None:
        return
    ruler = plot.setting.ruler
    bottom = plot.y(plot.scale.low if low is None else low)
    top = plot.y(plot.scale.high if high is None else high)
    paint = f'class="tl-reference" fill="{ink.RANGE}"'
    yield ink.rect(ruler.left, top, ruler.width, max(bottom - top, 1.5), paint)


def _axis(plot: Plot) -> Iterator[str]:
    ruler, sheet = plot.setting.ruler, plot.setting.sheet
    x, anchor = _axis_place(plot)
    attributes = f' font-size="{sheet.small}" fill="{plot.colour if plot.second else ink.QUIET}"{anchor}'
    for tick in plot.scale.ticks:
        y = plot.y(tick)
        if not plot.second:
            yield ink.line(ruler.left, y, ruler.right, y, f'stroke="{ink.HAIR}"')
        yield ink.text(x, y + sheet.small * 0.35, words.number_words(tick), attributes)


def _axis_place(plot: Plot) -> tuple[float, str]:
    ruler = plot.setting.ruler
    if plot.second:
        return ruler.right + 6, ""
    return ruler.left - 7, ' text-anchor="end"'


def draw_second_axis(plot: Plot) -> Iterator[str]:
    """Numbers of the second measure on the right."""
    yield from _axis(plot)


def _thresholds(plot: Plot, others: list[Plot], taken: list[TAKEN_BOX]) -> Iterator[str]:
    ruler, size = plot.setting.ruler, plot.setting.sheet.small
    for label, value in plot.series.thresholds:
        reached = plot.scale.low <= value <= plot.scale.high
        y = plot.y(value) if reached else plot.top
        told = f"{label} {words.number_words(value)}" + ("" if reached else " ↑")
        if reached:
            look = f'class="tl-threshold" stroke="{plot.colour}" stroke-width="1.4" stroke-dasharray="1 4"'
            yield ink.line(ruler.left, y, ruler.right, y, f'{look} stroke-linecap="round"')
        box = _threshold_box(plot, others, y, text_width(told, size), taken)
        attributes = f' class="tl-threshold-label" font-size="{size}" fill="{ink.TEXT}"{ink.HALO}'
        yield ink.text(box[0], box[3], told, attributes)


def _threshold_box(
    plot: Plot, others: list[Plot], y: float, width: float, taken: list[TAKEN_BOX]
) -> TAKEN_BOX:
    """Above its line at the right end; where a marker runs through that, below it or at the left end."""
    ruler, size = plot.setting.ruler, plot.setting.sheet.small
    places = [ruler.right - 4 - width, ruler.left + 4]
    boxes = [(x, foot - size, x + width, foot) for x in places for foot in (y - 4, y + size + 2)]
    clear = (box for box in boxes if not any(other.touches(box) for other in others))
    return _free(next(clear, boxes[0]), size, taken)


def _free(box: TAKEN_BOX, size: float, taken: list[TAKEN_BOX]) -> TAKEN_BOX:
    """The box of a text, moved up until it touches no other; remembered in ``taken``."""
    for _attempt in range(4):
        if not any(_touch(box, other) for other in taken):
            break
        box = (box[0], box[1] - size - 2, box[2], box[3] - size - 2)
    taken.append(box)
    return box


def _passes(one: tuple[float, float], other: tuple[float, float], box: TAKEN_BOX) -> bool:
    """Whether the straight line between two points, drawn two units thick, runs through a box."""
    (x, y), (to_x, to_y) = one, other
    left, right = max(x, box[0] - 2), min(to_x, box[2] + 2)
    if left > right:
        return False
    slope = (to_y - y) / (to_x - x) if to_x - x > 0.01 else 0.0
    ends = [y + slope * (left - x), y + slope * (right - x)] if slope else [y, to_y]
    return min(ends) - 2 < box[3] and max(ends) + 2 > box[1]


def _touch(one: TAKEN_BOX, other: TAKEN_BOX) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _line(plot: Plot) -> str:
    before = [plot.series.before] if plot.series.before else []
    after = [plot.series.after] if plot.series.after else []
    ends = [[(plot.x(p), plot.y(p.value)) for p in beyond] for beyond in (before, after)]
    places = [f"{n(x)} {n(y)}" for x, y in (*ends[0], *plot.places, *ends[1])]
    dashes = ' stroke-dasharray="5 3"' if plot.second else ""
    look = f'fill="none" stroke="{plot.colour}" stroke-width="2" stroke-linejoin="round"{dashes}'
    return f'<polyline clip-path="url(#{plot.setting.prefix}-clip)" points="{",".join(places)}" {look}/>'


def _point(plot: Plot, point: Point, x: float, y: float) -> str:
    kind = "tl-point tl-open" if point.open else "tl-point"
    body = [*_vague(plot, point, x), plot.open_point if point.open else plot.full_point]
    return ink.mark(point.fact.name, point.fact.href, body, kind, ink.moved(x, y))


def _point_body(plot: Plot, fill: str) -> str:
    """A point around 0 0: a circle, or a square for the second measure."""
    size = n(plot.size)
    paint = f'fill="{fill}" stroke="{plot.colour}" stroke-width="{n(min(1.6, plot.size * 0.6))}"'
    if plot.second:
        return ink.hit(-8, -8, 8, 8) + ink.rect(-plot.size, -plot.size, 2 * plot.size, 2 * plot.size, paint)
    return f'{ink.hit(-8, -8, 8, 8)}<circle r="{size}" {paint}/>'


def _vague(plot: Plot, point: Point, x: float) -> list[str]:
    first, last = point.fact.span
    if first == last:
        return []
    left, right = (plot.setting.ruler.held(seconds(moment)) - x for moment in (first, last))
    return ink.whisker(left, right, 0, plot.colour)


def _written_values(plot: Plot, others: list[Plot], taken: list[TAKEN_BOX]) -> Iterator[str]:
    """The latest and the highest value, beside their points."""
    if not plot.shown:
        return
    places = range(len(plot.shown))
    highest = max(places, key=lambda place: plot.shown[place].value)
    latest = len(plot.shown) - 1
    yield from _written_value(plot, others, latest, ("right", "above", "below", "left"), taken)
    if highest != latest and not plot.second:
        yield from _written_value(plot, others, highest, ("above", "right", "left"), taken)


def _written_value(
    plot: Plot, others: list[Plot], place: int, sides: tuple[str, ...], taken: list[TAKEN_BOX]
) -> Iterator[str]:
    """The value on the first side where it touches no text and no line; nowhere if there is none."""
    point, size = plot.shown[place], plot.setting.sheet.text
    told = " ".join(filter(None, [point.fact.event.comparator, words.short_number(point.value)]))
    width = text_width(told, size, bold=True)
    for side in sides:
        box = _beside(plot, point, side, width)
        lines_clear = not any(other.touches(box) for other in others)
        if _on_paper(box, plot) and lines_clear and not any(_touch(box, other) for other in taken):
            taken.append(box)
            look = f' class="tl-value" font-size="{size}" font-weight="bold" fill="{plot.colour}"{ink.HALO}'
            yield ink.text(box[0], box[3] - 1, told, look)
            return


def _beside(plot: Plot, point: Point, side: str, width: float) -> TAKEN_BOX:
    x, y, height = plot.x(point), plot.y(point.value), plot.setting.sheet.text * 0.8
    if side in ("above", "below"):
        bottom = y - 6 if side == "above" else y + 6 + height
        return x - width / 2, bottom - height, x + width / 2, bottom
    left = x + 7 if side == "right" else x - 7 - width
    return left, y - height / 2, left + width, y + height / 2


def _on_paper(box: TAKEN_BOX, plot: Plot) -> bool:
    ruler = plot.setting.ruler
    return (
        box[0] >= ruler.left
        and box[2] <= ruler.right
        and box[1] >= plot.top - 14
        and box[3] <= plot.bottom + 6
    )


def legend_words(plot: Plot) -> str:
    """What is read beside the lane: ``CRP``, ``mg/L``."""
    low, high = plot.series.reference
    reference = words.reference_words(low, high, language_now())
    return ", ".join(part for part in (plot.series.title, reference, _log_words(plot)) if part)


def short_reference(series: Series) -> str:
    """``ref. below 5``, for the narrow place beside the lane."""
    low, high = series.reference
    if low is not None and high is not None and low > 0:
        return _("ref. %(low)s to %(high)s") % {
            "low": words.number_words(low),
            "high": words.number_words(high),
        }
    if high is not None:
        return _("ref. below %(high)s") % {"high": words.number_words(high)}
    return "" if low is None else _("ref. above %(low)s") % {"low": words.number_words(low)}


def _log_words(plot: Plot) -> str:
    return _("logarithmic") if plot.scale.log else ""
