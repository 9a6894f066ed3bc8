"""The whole drawing as one SVG: paper, time axis, lanes, today, and what was known when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _
from markupsafe import Markup

from osteon.service.patients.timeline import ink
from osteon.service.patients.timeline.ink import n
from osteon.service.patients.timeline.labels import cut, text_width
from osteon.service.patients.timeline.lanes import Lane
from osteon.service.patients.timeline.marker import Series
from osteon.service.patients.timeline.moments import day_of, plain_day, seconds, short_day
from osteon.service.patients.timeline.sheet import Sheet, ruler_for
from osteon.service.patients.timeline.svg_lanes import FADE, PeriodLink, Setting, draw_lane, lane_spots
from osteon.service.patients.timeline.svg_marker import (
    Plot,
    draw_background,
    draw_plot,
    draw_second_axis,
    legend_words,
    short_reference,
)
from osteon.service.patients.timeline.ticks import Axis, Tick, time_axis
from osteon.service.patients.timeline.window import Window

FONT: Final = "Arial, Helvetica, 'Liberation Sans', sans-serif"
LANE_PAD: Final = 5.0
NAME_LINE: Final = 19.0  # height of a lane's name where it stands above the lane
FLAG: Final = 19.0  # height of the strip with today's flag
AXIS_ROW: Final = 17.0
BANNER: Final = 30.0
FOOT: Final = 2.0


@dataclass(frozen=True)
class Picture:
    """Everything that is drawn, whatever the paper."""

    window: Window
    lanes: tuple[Lane, ...]
    now: datetime
    main: Series | None = None
    second: Series | None = None
    log: bool = False
    known_at: datetime | None = None
    period: Window | None = None
    period_link: PeriodLink | None = None
    identity: str = "timeline"

    @property
    def present(self) -> datetime:
        """The moment the picture speaks from: now, or the day it was rewound to."""
        return self.known_at or self.now

    @property
    def plotted(self) -> list[Series]:
        """The series that have points in the window; the first one has the main axis."""
        return [series for series in (self.main, self.second) if series is not None and series.points]


def draw(picture: Picture, sheet: Sheet) -> Markup:
    """The picture on a sheet of paper, as an ``<svg>`` that scales with its container.

    The same picture always gives the same text.
    """
    return Markup(_Drawing(picture, sheet).svg())  # noqa: S704 - every word in it went through escape()


class _Drawing:
    """Lays lanes one below the other, then puts the time axis behind them."""

    def __init__(self, picture: Picture, sheet: Sheet) -> None:
        self.picture, self.sheet = picture, sheet
        self.ruler = ruler_for(sheet, picture.window, second_axis=len(picture.plotted) > 1)
        prefix = f"{picture.identity}-{sheet.key}"
        self.setting = Setting(sheet, self.ruler, picture.present, prefix, picture.period_link)
        self.axis: Axis = time_axis(picture.window, self.ruler.width, text_width("0", sheet.small))
        self.banner = BANNER if picture.known_at else 0.0
        self.head = self.banner + FLAG + AXIS_ROW * (2 if self.axis.upper else 1) + 4
        self.y = self.head

    def svg(self) -> str:
        lanes = "".join([*self._marker_lane(), *self._lanes(), *self._nothing()])
        bottom = self.y + FOOT
        lines = [*self._paper(bottom), *self._tick_lines(bottom), *self._moments(bottom)]
        behind = "".join([*lines, *self._time_axis()])
        before = "".join(self._banner())
        return (
            f"{self._open(bottom)}{self._definitions(bottom)}"
            f'<g class="tl-behind" aria-hidden="true">{behind}</g>{lanes}'
            f'<g class="tl-before" aria-hidden="true" pointer-events="none">{before}</g></svg>'
        )

    def _open(self, bottom: float) -> str:
        begin, finish = self.picture.window.bounds
        label = _("Timeline, %(period)s") % {"period": self.picture.window}
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="tl-svg tl-svg--{self.sheet.key}" role="group" '
            f'aria-label="{ink.safe(label)}" viewBox="0 0 {n(self.sheet.width)} {n(bottom)}" '
            f'font-family="{FONT}" font-size="{n(self.sheet.text)}" fill="{ink.TEXT}" '
            f'data-begin="{begin:.0f}" data-finish="{finish:.0f}" '
            f'data-left="{n(self.ruler.left)}" data-right="{n(self.ruler.right)}">'
        )

    def _definitions(self, bottom: float) -> str:
        prefix, today = self.setting.prefix, self.setting.today
        fades = "".join(_fades(prefix, today))
        clip = ink.rect(self.ruler.left, 0, self.ruler.width, bottom, "")
        return (
            f'<defs><clipPath id="{prefix}-clip">{clip}</clipPath>{fades}'
            f'<pattern id="{prefix}-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate(45)"><path d="M0 0v6" stroke="{ink.STRONG_HAIR}"/></pattern></defs>'
        )

    # what lies behind the lanes

    def _paper(self, bottom: float) -> Iterator[str]:
        ruler, sheet = self.ruler, self.sheet
        yield ink.rect(0, 0, sheet.width, bottom, f'fill="{ink.PAPER}"')
        ahead = self.setting.today
        if ahead < ruler.right:
            fill = f"url(#{self.setting.prefix}-hatch)" if self.picture.known_at else ink.AHEAD
            yield ink.rect(
                ahead, self.head, ruler.right - ahead, bottom - self.head, f'class="tl-ahead" fill="{fill}"'
            )
        if self.picture.period:
            yield self._chosen(bottom)

    def _chosen(self, bottom: float) -> str:
        left, right = (self.ruler.held(at) for at in self.picture.period.bounds)
        look = f'class="tl-chosen" fill="{ink.CHOSEN}" stroke="#8a6d00" stroke-dasharray="4 3"'
        return ink.rect(left, self.head, max(right - left, 1), bottom - self.head, look)

    def _tick_lines(self, bottom: float) -> Iterator[str]:
        for tick in (*self.axis.lower, *self.axis.upper):
            x = self.ruler.x(tick.at)
            if x > self.ruler.left + 0.5:
                paint = ink.STRONG_HAIR if tick.strong else ink.HAIR
                yield ink.line(x, self.head - AXIS_ROW, x, bottom, f'stroke="{paint}"')
        yield ink.line(0, self.head, self.sheet.width, self.head, f'stroke="{ink.STRONG_HAIR}"')

    def _time_axis(self) -> Iterator[str]:
        yield f'<g class="tl-axis" font-size="{n(self.sheet.small)}" fill="{ink.QUIET}"{ink.HALO}>'
        yield from self._tick_labels(self.axis.upper, self.banner + FLAG + AXIS_ROW - 5, bold=True)
        yield from self._tick_labels(self.axis.lower, self.head - 8, bold=False)
        yield "</g>"

    def _tick_labels(self, ticks: tuple[Tick, ...], y: float, bold: bool) -> Iterator[str]:
        """Labels stand right of their tick; one that would run into the next, or off the paper, is left out."""
        weight = f' font-weight="bold" fill="{ink.TEXT}"' if bold else ""
        ends = [*(self.ruler.x(tick.at) for tick in ticks[1:]), self.sheet.width]
        for tick, end in zip(ticks, ends, strict=False):
            x = self.ruler.x(tick.at) + 4
            if x + text_width(tick.label, self.sheet.small, bold) <= end:
                yield ink.text(x, y, tick.label, weight)

    # the lanes

    def _marker_lane(self) -> Iterator[str]:
        if not self.picture.plotted:
            return
        top = self.y + LANE_PAD + (NAME_LINE + 12 if self.sheet.stacked else 10)
        bottom = top + self.sheet.marker
        plots = [
            Plot(series, self.setting, top, bottom, self.picture.log, second=place == 1)
            for place, series in enumerate(self.picture.plotted)
        ]
        label = " · ".join(legend_words(plot) for plot in plots)
        yield f'<g class="tl-lane tl-lane--marker" role="group" aria-label="{ink.safe(label)}">'
        yield from self._marker_names(plots)
        yield from draw_background(plots[0])
        taken: list[tuple[float, float, float, float]] = []
        for plot in reversed(plots):
            yield from draw_second_axis(plot) if plot.second else ()
            yield from draw_plot(plot, plots, taken)
        yield "</g>"
        self.y = bottom + LANE_PAD + 8
        yield self._rule()

    def _marker_names(self, plots: list[Plot]) -> Iterator[str]:
        """``CRP mg/L``, in the colour and with the point of its line; beside the lane or above it."""
        x, y = 0.0, self.y + LANE_PAD + 13
        for plot in plots:
            yield _legend_point(plot, x + 5, y - 4.5)
            yield ink.text(x + 15, y, plot.series.label, f' font-weight="bold" fill="{plot.colour}"')
            lines = [line for line in (plot.series.unit, short_reference(plot.series)) if line]
            if self.sheet.stacked:
                x += 19 + text_width(plot.series.label, self.sheet.text, bold=True)
                told = ", ".join(lines)
                yield self._quiet(x, y, told)
                x += text_width(told, self.sheet.small) + 14
            else:
                yield from (self._quiet(15, y + 15 * place, line) for place, line in enumerate(lines, 1))
                y += 15 * len(lines) + 22

    def _quiet(self, x: float, y: float, content: str) -> str:
        return ink.text(x, y, content, f' font-size="{n(self.sheet.small)}" fill="{ink.QUIET}"{ink.HALO}')

    def _lanes(self) -> Iterator[str]:
        for lane in self.picture.lanes:
            spots = lane_spots(lane, self.setting)
            rows = 1 + max(spot.row for spot in spots)
            top = self.y + LANE_PAD + (NAME_LINE - 4 if self.sheet.stacked else 0)
            yield f'<g class="tl-lane tl-lane--{lane.key}" role="group" aria-label="{ink.safe(lane.label)}">'
            yield self._lane_name(lane.label)
            yield from draw_lane(spots, self.setting, top)
            yield "</g>"
            self.y = top + rows * self.sheet.row + LANE_PAD
            yield self._rule()

    def _lane_name(self, label: str) -> str:
        size, bold = self.sheet.text, ' font-weight="bold" aria-hidden="true"'
        if self.sheet.stacked:
            return ink.text(0, self.y + LANE_PAD + 10, label, f'{bold} font-size="{n(self.sheet.small)}"')
        label = cut(label, self.sheet.gutter - 8, size * 1.07)
        return ink.text(0, self.y + LANE_PAD + self.sheet.row / 2 + size * 0.35, label, bold)

    def _rule(self) -> str:
        return ink.line(0, self.y, self.sheet.width, self.y, f'stroke="{ink.HAIR}"')

    def _nothing(self) -> Iterator[str]:
        if self.y == self.head:
            middle = (self.ruler.left + self.ruler.right) / 2
            words = _("Nothing recorded in this period.")
            yield ink.text(middle, self.y + 34, words, f' text-anchor="middle" fill="{ink.QUIET}"{ink.HALO}')
            self.y += 60

    # what stands before them

    def _moments(self, bottom: float) -> Iterator[str]:
        """Today, and the day the picture was rewound to, as lines with a flag."""
        picture = self.picture
        if picture.known_at and picture.window.holds(picture.known_at):
            words = _("Known on %(day)s") % {"day": short_day(day_of(picture.known_at))}
            yield from self._flag(picture.known_at, words, bottom, ink.REWOUND, "5 3")
        if picture.window.holds(picture.now):
            words = _("Today %(day)s") % {"day": short_day(day_of(picture.now))}
            yield from self._flag(picture.now, words, bottom, ink.TEXT, "")

    def _flag(self, moment: datetime, words: str, bottom: float, colour: str, dashes: str) -> Iterator[str]:
        x = self.ruler.x(seconds(moment))
        size = self.sheet.small
        width = text_width(words, size, bold=True) + 12
        left = min(max(x - width / 2, 0), self.sheet.width - width)
        kind = "tl-known" if dashes else "tl-today"
        look = f'class="{kind}" stroke="{colour}" stroke-width="1.6"'
        yield ink.line(
            x, self.banner + FLAG - 2, x, bottom, look + (f' stroke-dasharray="{dashes}"' if dashes else "")
        )
        yield ink.rect(left, self.banner + 1, width, FLAG - 3, f'rx="3" fill="{colour}"')
        look = f' text-anchor="middle" font-size="{size}" font-weight="bold" fill="{ink.PAPER}"'
        yield ink.text(left + width / 2, self.banner + FLAG - 6.5, words, look)

    def _banner(self) -> Iterator[str]:
        if not self.picture.known_at:
            return
        size, day = self.sheet.text, {"day": plain_day(day_of(self.picture.known_at))}
        short = _("As known on %(day)s") % day
        long = _("As known on %(day)s. What was learnt later is left out.") % day
        told = long if text_width(long, size, bold=True) <= self.sheet.width - 20 else short
        look = f'class="tl-rewound" rx="3" fill="{ink.REWOUND}"'
        yield ink.rect(0, 0, self.sheet.width, BANNER - 6, look)
        yield ink.text(10, 16.5, told, f' font-weight="bold" fill="{ink.PAPER}"')


def _legend_point(plot: Plot, x: float, y: float) -> str:
    if plot.second:
        return ink.rect(x - 3.5, y - 3.5, 7, 7, f'fill="{plot.colour}"')
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="4" fill="{plot.colour}"/>'


def _fades(prefix: str, today: float) -> Iterator[str]:
    """For each look of a bar, its fill and its outline running out towards today."""
    for look, (fill, outline, _text) in ink.LOOKS.items():
        for identity, colour in ((f"{prefix}-fade-{look}", fill), (f"{prefix}-fade-{look}-line", outline)):
            yield (
                f'<linearGradient id="{identity}" gradientUnits="userSpaceOnUse" x1="{n(today - FADE)}" '
                f'x2="{n(today)}" y1="0" y2="0"><stop stop-color="{colour}"/>'
                f'<stop offset="1" stop-color="{colour}" stop-opacity=".12"/></linearGradient>'
            )
