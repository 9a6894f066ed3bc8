"""The timeline of one patient, ready for a page, a letter or the meeting screen.

>>> view = timeline(events, now=now, path="/patients/…/timeline/", params=request.GET)   # doctest: +SKIP
>>> view.figure, view.table, view.svg("medium")                                           # doctest: +SKIP

The page hands ``view`` to the macro in ``templates/components/timeline.jinja``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from osteon.events.schema import Event
from osteon.events.vocabulary import MEASURES
from osteon.service.patients.timeline import lanes, marker
from osteon.service.patients.timeline.address import WINDOW_PARAMETERS, Address
from osteon.service.patients.timeline.facts import Fact, Reading
from osteon.service.patients.timeline.marker import Series, Threshold
from osteon.service.patients.timeline.moments import day_of, plain_day
from osteon.service.patients.timeline.scale import can_be_log
from osteon.service.patients.timeline.sheet import SHEETS
from osteon.service.patients.timeline.svg import Picture, draw
from osteon.service.patients.timeline.table import COLUMNS, USUAL_SORT, Table, build_table
from osteon.service.patients.timeline.window import (
    SPANS,
    BadPeriod,
    Story,
    Window,
    parse_period,
    parse_window,
    preset,
)

Thresholds = Mapping[str, Sequence[Threshold]]


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go. ``current`` when it is what is already shown."""

    label: str
    href: str
    current: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a select."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the table: its name, how it is sorted now, and the link that sorts by it."""

    label: str
    direction: str
    href: str


@dataclass(frozen=True)
class Wishes:
    """What the address asked for, made possible. ``problem`` says what could not be understood."""

    window: Window
    period: Window | None
    marker: str
    overlay: str | None
    log: bool
    sort: str
    page: int
    problem: str = ""


@dataclass
class TimelineView:
    """Everything the template shows. Built by ``timeline``."""

    address: Address
    now: datetime
    story: Story
    wishes: Wishes
    facts: list[Fact]
    known_at: datetime | None = None
    thresholds: Thresholds = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """The id of the section."""
        return self.address.anchor

    @property
    def window(self) -> Window:
        return self.wishes.window

    @property
    def href(self) -> str:
        """This very view; the script builds other ones from it."""
        return self.address.link()

    @property
    def zone(self) -> str:
        """The unit's time zone, in which the script reads days."""
        return timezone.get_default_timezone_name()

    @property
    def problem(self) -> str:
        return self.wishes.problem

    # the drawing

    @cached_property
    def _by_lane(self) -> lanes.Sorted:
        return lanes.sort_into_lanes(self.facts, self.window)

    def _series(self, key: str | None) -> Series | None:
        if key is None:
            return None
        return marker.series_of(key, self.facts, self.window, self.thresholds.get(key, ()))

    @cached_property
    def main(self) -> Series:
        """The chosen measure."""
        return marker.series_of(
            self.wishes.marker, self.facts, self.window, self.thresholds.get(self.wishes.marker, ())
        )

    @cached_property
    def second(self) -> Series | None:
        """The measure laid over it."""
        return self._series(self.wishes.overlay)

    @cached_property
    def picture(self) -> Picture:
        """What is drawn, whatever the paper."""
        return Picture(
            window=self.window,
            lanes=tuple(lanes.build_lanes(self._by_lane)),
            now=self.now,
            main=self.main,
            second=self.second,
            log=self.wishes.log,
            known_at=self.known_at,
            period=self.wishes.period,
            period_link=self.address.periods(),
            identity=self.anchor,
        )

    def svg(self, sheet: str = "wide") -> Markup:
        """The drawing on one sheet (``wide``, ``medium``, ``narrow``): for a letter or the meeting screen."""
        return draw(self.picture, SHEETS[sheet])

    @cached_property
    def figure(self) -> Markup:
        """The drawing on every sheet; the style sheet shows the one that fits the page."""
        return Markup("").join(self.svg(key) for key in SHEETS)

    @property
    def notes(self) -> list[str]:
        """Sentences below the drawing: what is not drawn, and why."""
        told = [
            marker.absent_words(self.main),
            *lanes.missing_words(self._by_lane),
            marker.unplaced_words(self.main),
        ]
        if self.second is not None:
            told += [marker.absent_words(self.second), marker.unplaced_words(self.second)]
        return [sentence for sentence in (*told, self._undated()) if sentence]

    def _undated(self) -> str:
        count = len([fact for fact in self._by_lane.undated if fact.kind not in ("other",)])
        if not count:
            return ""
        return ngettext("%(count)s fact has no date.", "%(count)s facts have no date.", count) % {
            "count": count
        }

    @property
    def rewound(self) -> str:
        """The banner while the record is shown as it was known; empty otherwise."""
        if self.known_at is None:
            return ""
        return _("As known on %(day)s. What was learnt later is left out.") % {
            "day": plain_day(day_of(self.known_at))
        }

    @property
    def present_link(self) -> Link:
        """Back from a rewound view to what is known today."""
        return Link(_("Show what is known today"), self.address.link(known=None))

    # ways to move

    @property
    def spans(self) -> list[Link]:
        """2 weeks, 3 months, 1 year, 3 years, all."""
        today = day_of(self.story.now)
        windows = [(str(label), preset(self.window, key, today)) for key, (label, _length) in SPANS.items()]
        windows.append((_("All"), self.story.whole))
        return [Link(label, self.address.window(w), w.length == self.window.length) for label, w in windows]

    @property
    def moves(self) -> list[Link]:
        """Earlier, later, closer, wider."""
        length, today = self.window.length, day_of(self.story.now)
        return [
            Link(_("Earlier"), self.address.window(self.window.moved(-length / 2)), hint="earlier"),
            Link(_("Later"), self.address.window(self.window.moved(length / 2)), hint="later"),
            Link(_("Zoom in"), self.address.window(self.window.resized(length / 2, today)), hint="in"),
            Link(_("Zoom out"), self.address.window(self.window.resized(length * 2, today)), hint="out"),
        ]

    # what may be chosen

    @cached_property
    def _measures(self) -> list[Choice]:
        present = [(measure.key, _(measure.short)) for measure in marker.measures_in(self.facts)]
        keys = [key for key, _short in present]
        chosen = [(key, _(MEASURES[key].short)) for key in (self.wishes.marker, self.wishes.overlay) if key]
        return [
            Choice(key, label, False) for key, label in [*(c for c in chosen if c[0] not in keys), *present]
        ]

    @property
    def markers(self) -> list[Choice]:
        """The measures there are results of."""
        return [
            Choice(c.value, c.label, c.value == self.wishes.marker) for c in dict.fromkeys(self._measures)
        ]

    @property
    def overlays(self) -> list[Choice]:
        """The same, with nothing as the first."""
        rest = [
            Choice(c.value, c.label, c.value == self.wishes.overlay)
            for c in dict.fromkeys(self._measures)
            if c.value != self.wishes.marker
        ]
        return [Choice("", _("Nothing"), self.wishes.overlay is None), *rest]

    @property
    def scale_link(self) -> Link | None:
        """The other kind of value axis, where a logarithmic one makes sense."""
        if not can_be_log(self.main.values):
            return None
        if self.wishes.log:
            return Link(_("Linear scale"), self.address.link(scale=None))
        return Link(_("Logarithmic scale"), self.address.link(scale="log"))

    @property
    def form_action(self) -> str:
        return f"{self.address.path}#{self.anchor}"

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form carries on."""
        return self.address.hidden(*WINDOW_PARAMETERS, "marker", "overlay", "period_from", "period_to")

    # the table

    @cached_property
    def table(self) -> Table:
        """Every fact of the window."""
        return build_table(self.facts, self.window, self.wishes.sort, self.wishes.page, self.main.label)

    @property
    def table_words(self) -> str:
        """``118 facts of this period as a table``."""
        template = ngettext(
            "%(count)s fact of this period as a table",
            "%(count)s facts of this period as a table",
            self.table.count,
        )
        return template % {"count": f"{self.table.count:,}"}

    @cached_property
    def period_table(self) -> Table | None:
        """The facts of the period that was picked out."""
        if self.wishes.period is None:
            return None
        return build_table(self.facts, self.wishes.period, self.wishes.sort, 1, self.main.label)

    def headings(self, table: Table) -> list[Heading]:
        """The table's columns."""
        return [
            Heading(str(label), table.direction(key), self._sorted(table, key))
            for key, label in COLUMNS.items()
        ]

    def _sorted(self, table: Table, column: str) -> str:
        anchor = f"{self.anchor}-period" if table is self.period_table else f"{self.anchor}-table"
        return self.address.link(anchor, sort=table.next_sort(column), page=None)

    @property
    def pages(self) -> list[Link]:
        """The pages of a table too long for one."""
        if self.table.pages == 1:
            return []
        anchor = f"{self.anchor}-table"
        return [
            Link(str(page), self.address.link(anchor, page=str(page)), page == self.table.page)
            for page in range(1, self.table.pages + 1)
        ]

    @property
    def table_open(self) -> bool:
        """Whether the table is unfolded: it was asked for, or it is all there is to see."""
        asked = {"sort", "page"} & set(self.address.params)
        return bool(asked) and self.wishes.period is None

    @property
    def period_zoom(self) -> Link:
        """The picked period as the window."""
        chosen = self.wishes.period or self.window
        return Link(_("Zoom to this period"), self.address.window(chosen.resized(chosen.length)))

    @property
    def period_clear(self) -> Link:
        return Link(_("Clear the selection"), self.address.link(period_from=None, period_to=None))


def timeline(
    events: Sequence[Event],
    *,
    now: datetime,
    path: str = "",
    params: Mapping[str, str] | None = None,
    known_at: datetime | None = None,
    episode_from: datetime | None = None,
    link_for: Callable[[Event], str | None] | None = None,
    precision_of: Callable[[Event], str] | None = None,
    thresholds: Thresholds | None = None,
    anchor: str = "timeline",
) -> TimelineView:
    """A patient's events as a timeline.

    Args:
        events: the patient's story, in any order. Read as known at ``known_at`` if that is given.
        now: this moment (UTC, no zone).
        path, params: the page's address without query, and its query; links are built from both.
        known_at: the day the record was rewound to (UTC, no zone).
        episode_from: the first fact of the running episode; decides the usual window.
        link_for: where a fact is opened; ``None`` for one that leads nowhere.
        precision_of: ``minute``, ``day``, ``month``, ``year`` or ``about``; ``day`` by default.
        thresholds: per measure key, labelled values drawn as dotted lines: ``{"crp": [("review above", 50)]}``.
        anchor: id of the section, when a page has more than one timeline.
    """
    chosen = {name: str(value) for name, value in (params or {}).items()}
    known = events if known_at is None else list(_as_known(events, known_at))
    facts = Reading(link_for, precision_of, known_at or now).facts(known)
    dated = [fact.time for fact in facts if fact.event.time is not None and fact.event.code != "MEDS_BIRTH"]
    story = Story(known_at or now, episode_from, min(dated, default=None), max(dated, default=None))
    view = TimelineView(
        Address(path, chosen, anchor),
        now,
        story,
        read_wishes(chosen, story),
        facts,
        known_at,
        thresholds or {},
    )
    _claim_for_marker(view)
    return view


def _as_known(events: Iterable[Event], known_at: datetime) -> Iterator[Event]:
    """What had been learnt by then. An end that had not come yet was not known to be one."""
    for event in events:
        learnt = event.recorded_at or event.time
        if learnt is None or learnt <= known_at:
            yield replace(event, end=None) if event.end and event.end > known_at else event


def _claim_for_marker(view: TimelineView) -> None:
    """The marker's own results stand in its lane, all other results below."""
    codes = {code for key in (view.wishes.marker, view.wishes.overlay) if key for code in MEASURES[key].codes}
    for fact in view.facts:
        if fact.event.code in codes:
            fact.lane = "marker"


def read_wishes(params: Mapping[str, str], story: Story) -> Wishes:
    """What an address asks for. What cannot be understood is said in ``problem`` and the usual is shown."""
    problem, window, period = "", story.usual, None
    try:
        window = parse_window(params, story)
        period = parse_period(params)
    except BadPeriod as error:
        problem = str(error)
    chosen = params.get("marker") if params.get("marker") in MEASURES else marker.USUAL_MARKER
    overlay = params.get("overlay") if params.get("overlay") in MEASURES else None
    return Wishes(
        window=window,
        period=period,
        marker=chosen or marker.USUAL_MARKER,
        overlay=None if overlay == chosen else overlay,
        log=params.get("scale") == "log",
        sort=params.get("sort", USUAL_SORT),
        page=_whole_number(params.get("page", "")),
        problem=problem,
    )


def _whole_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
