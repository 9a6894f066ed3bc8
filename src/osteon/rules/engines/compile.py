"""Trees as column expressions over the wide table.

A truth is a pair of columns that are never null, ``yes`` and ``no``; neither holds when the answer is
unknown. That way no engine's own treatment of null is relied on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatchmethod
from typing import NamedTuple

import narwhals as nw

from osteon.rules.answers import STATES
from osteon.rules.chart import BIRTHDAY_US, YEAR_US
from osteon.rules.criteria import Age, Answered, Chosen, Graded, Named, Points, Said
from osteon.rules.engines.plan import (
    DAY_US,
    Feature,
    Plan,
    answers_of,
    birth_of,
    course_feature,
    courses_of,
    results_of,
    said_of,
)
from osteon.rules.monitoring import OVERDUE_AFTER, Clause, Every, Monitoring
from osteon.rules.tree import (
    And,
    Compare,
    Constant,
    DaysOn,
    DaysSince,
    Difference,
    Gap,
    Happened,
    Known,
    Latest,
    Node,
    Not,
    OfCourse,
    On,
    Or,
    Overrun,
    Present,
    Previous,
    Ratio,
    Scaled,
    Sum,
    Unplanned,
    UpperLimit,
)

_OVERDUE_US = OVERDUE_AFTER.days * DAY_US
_NOT_DUE = -(10**17)  # microseconds; longer ago than any record
_RANK = {"amber": 1, "red": 2}


class Span(NamedTuple):
    """A value as two columns, null together when it is unknown."""

    low: nw.Expr
    high: nw.Expr


class Truth(NamedTuple):
    """A condition as two columns that are never null."""

    yes: nw.Expr
    no: nw.Expr


def column(number: int, part: str) -> str:
    """The name of a feature's column in the wide table."""
    return f"f{number}_{part}"


def _sure(condition: nw.Expr) -> nw.Expr:
    return condition.fill_null(False)


def never() -> nw.Expr:
    """A column of no."""
    return nw.lit(1) == nw.lit(0)


class Compiler:
    """Compiles the trees of a plan's rules.

    ``ready``: conditions whose truth already stands in two columns, by identity.
    """

    def __init__(self, plan: Plan, ready: Mapping[int, Truth] | None = None) -> None:
        self.plan = plan
        self._ready = ready or {}

    def read(self, feature: Feature, part: str) -> nw.Expr:
        """A column of a feature."""
        return nw.col(column(self.plan.features[feature], part))

    # Values

    @singledispatchmethod
    def value(self, node: Node) -> Span:
        """A value node as two columns."""
        raise TypeError(f"the engines cannot read {type(node).__name__}")

    def _span(self, feature: Feature, low: str = "low", high: str = "high") -> Span:
        return Span(self.read(feature, low), self.read(feature, high))

    @value.register
    def _(self, node: Constant) -> Span:
        return Span(nw.lit(node.quantity.number), nw.lit(node.quantity.number))

    @value.register
    def _(self, node: Latest) -> Span:
        return self._span(Feature("last", results_of(node.measure)))

    @value.register
    def _(self, node: UpperLimit) -> Span:
        return self._span(Feature("last", results_of(node.measure)), "limit_low", "limit_high")

    @value.register
    def _(self, node: Previous) -> Span:
        return self._span(Feature("before", results_of(node.measure)))

    @value.register
    def _(self, node: OfCourse) -> Span:
        return self._span(course_feature(node))

    def _in_days(self, microseconds: nw.Expr) -> Span:
        length = microseconds.cast(nw.Float64) / float(DAY_US)
        return Span(length, length)

    @value.register
    def _(self, node: DaysOn) -> Span:
        return self._in_days(self.read(Feature("course", courses_of(node.drugs)), "age"))

    @value.register
    def _(self, node: DaysSince) -> Span:
        return self._in_days(self.read(Feature("last", results_of(node.measure)), "age"))

    @value.register
    def _(self, node: Gap) -> Span:
        last = self.read(Feature("last", results_of(node.measure)), "age")
        before = self.read(Feature("before", results_of(node.measure)), "age")
        return self._in_days(before - last)

    @value.register
    def _(self, node: Scaled) -> Span:
        inner = self.value(node.value)
        return Span(inner.low * node.factor, inner.high * node.factor)

    @value.register
    def _(self, node: Sum) -> Span:
        left, right = self.value(node.left), self.value(node.right)
        return Span(left.low + right.low, left.high + right.high)

    @value.register
    def _(self, node: Difference) -> Span:
        left, right = self.value(node.left), self.value(node.right)
        return Span(left.low - right.high, left.high - right.low)

    @value.register
    def _(self, node: Ratio) -> Span:
        left, right = self.value(node.left), self.value(node.right)
        # Engines differ on division by zero: such a divisor becomes unknown before dividing.
        low = nw.when(right.low > 0).then(right.low)
        high = nw.when(right.low > 0).then(right.high)
        return Span(left.low / high, left.high / low)

    @value.register
    def _(self, node: Answered) -> Span:
        return self._span(said_of(node.question))

    @value.register
    def _(self, node: Age) -> Span:
        lived = self.read(birth_of(node), "age") + BIRTHDAY_US
        years = (lived // YEAR_US).cast(nw.Float64)
        return Span(years, years)

    @value.register
    def _(self, node: Points) -> Span:
        low = high = nw.lit(0.0)
        for part in node.parts:
            truth = self.truth(part.condition)
            low = low + _chosen(truth, part.points, min(part.points, 0.0), 0.0)
            high = high + _chosen(truth, part.points, max(part.points, 0.0), 0.0)
        return Span(low, high)

    @value.register
    def _(self, node: Graded) -> Span:
        possible: list[tuple[float, nw.Expr]] = []
        open_still = ~never()  # no earlier part surely holds
        for part in node.asked:
            truth = self.truth(part.condition)
            possible.append((part.points, open_still & ~truth.no))
            open_still = open_still & ~truth.yes
        possible.append((node.remains, open_still))
        least, most = (sorted(possible, key=_points, reverse=back) for back in (False, True))
        return Span(_first(least, node.remains), _first(most, node.remains))

    # Conditions

    def truth(self, node: Node) -> Truth:
        """A condition node as two columns."""
        return self._ready.get(id(node)) or self._truth(node)

    @singledispatchmethod
    def _truth(self, node: Node) -> Truth:
        raise TypeError(f"the engines cannot read {type(node).__name__}")

    @_truth.register
    def _(self, node: Compare) -> Truth:
        left, right = self.value(node.left), self.value(node.right)
        yes, no = {
            ">": (left.low > right.high, left.high <= right.low),
            ">=": (left.low >= right.high, left.high < right.low),
            "<": (left.high < right.low, left.low >= right.high),
            "<=": (left.high <= right.low, left.low > right.high),
        }[node.sign]
        return Truth(_sure(yes), _sure(no))

    def _flag(self, condition: nw.Expr) -> Truth:
        yes = _sure(condition)
        return Truth(yes, ~yes)

    @_truth.register
    def _(self, node: On) -> Truth:
        return self._flag(~self.read(Feature("course", courses_of(node.drugs)), "age").is_null())

    @_truth.register
    def _(self, node: Overrun) -> Truth:
        return self._flag(self.read(Feature("course", courses_of(node.drugs)), "low") > 0.5)

    @_truth.register
    def _(self, node: Unplanned) -> Truth:
        return self._flag(self.read(Feature("course", courses_of(node.drugs)), "high") > 0.5)

    @_truth.register
    def _(self, node: Present) -> Truth:
        answer = self.read(Feature("answer", answers_of(node)), "high")
        return Truth(_sure(answer >= 1.0), _sure(answer < 1.0))

    @_truth.register
    def _(self, node: Happened) -> Truth:
        return self._flag(~self.read(Feature("answer", answers_of(node)), "age").is_null())

    @_truth.register
    def _(self, node: Known) -> Truth:
        return self._flag(~self.value(node.value).low.is_null())

    @_truth.register
    def _(self, node: Said) -> Truth:
        answer = self._span(said_of(node.question))
        return Truth(_sure(answer.low >= 1.0), _sure(answer.high < 1.0))

    @_truth.register
    def _(self, node: Chosen) -> Truth:
        answer = self._span(said_of(node.question))
        is_one = _sure(answer.low == answer.high)
        chosen = _sure(answer.low.is_in(list(node.numbers)))
        return Truth(is_one & chosen, is_one & ~chosen)

    @_truth.register
    def _(self, node: Named) -> Truth:
        return self.truth(node.condition)

    @_truth.register
    def _(self, node: And) -> Truth:
        left, right = self.truth(node.left), self.truth(node.right)
        return Truth(left.yes & right.yes, left.no | right.no)

    @_truth.register
    def _(self, node: Or) -> Truth:
        left, right = self.truth(node.left), self.truth(node.right)
        return Truth(left.yes | right.yes, left.no & right.no)

    @_truth.register
    def _(self, node: Not) -> Truth:
        inner = self.truth(node.condition)
        return Truth(inner.no, inner.yes)

    # Answers

    def late(self, rule: Monitoring, schedule: Every) -> nw.Expr:
        """Microseconds since the test became due; negative when it is not due yet."""
        assert rule.course is not None  # Monitoring refuses a schedule without one
        start = self.read(Feature("course", courses_of(rule.course)), "age")
        last = self.read(Feature("last", results_of(schedule.measure)), "age")
        interval = int(schedule.interval.total_seconds() * 1_000_000)
        if schedule.baseline:
            return nw.when(last.is_null()).then(start).otherwise(_smaller(last - interval, start))
        return nw.when(last.is_null()).then(start).otherwise(_smaller(last, start)) - interval

    def worst_late(self, rule: Monitoring) -> nw.Expr:
        """The latest of a rule's schedules, in microseconds."""
        latest = nw.lit(_NOT_DUE)
        for schedule in rule.due:
            late = self.late(rule, schedule)
            latest = nw.when(late > latest).then(late).otherwise(latest)
        return latest

    def clause_columns(self, rule: Monitoring) -> dict[str, nw.Expr]:
        """Each threshold once as yes and no; everything after reads these columns."""
        columns: dict[str, nw.Expr] = {}
        for position, clause in enumerate(rule.out_of_range):
            truth = self.truth(clause.condition)
            columns[clause_column(rule, position, "yes")] = truth.yes
            columns[clause_column(rule, position, "no")] = truth.no
        return columns

    def rank(self, rule: Monitoring) -> nw.Expr:
        """2 when a red threshold is surely crossed, 1 for amber, else 0."""
        crossed = [nw.col(clause_column(rule, i, "yes")) for i in range(len(rule.out_of_range))]
        return _worst(zip(rule.out_of_range, crossed, strict=True))

    def asking_rank(self, rule: Monitoring) -> nw.Expr:
        """The same for thresholds that cannot be judged although there is something to judge."""
        return _worst((c, self._asks(rule, i, c)) for i, c in enumerate(rule.out_of_range) if c.ask)

    def _asks(self, rule: Monitoring, position: int, clause: Clause) -> nw.Expr:
        yes, no = (nw.col(clause_column(rule, position, part)) for part in ("yes", "no"))
        unknown = ~(yes | no)
        if clause.measure is None:
            return unknown
        return unknown & ~self.read(Feature("last", results_of(clause.measure)), "age").is_null()


def _chosen(truth: Truth, yes: float, unknown: float, no: float) -> nw.Expr:
    """One of three by a truth."""
    known = nw.when(truth.no).then(nw.lit(no)).otherwise(nw.lit(unknown))
    return nw.when(truth.yes).then(nw.lit(yes)).otherwise(known)


def _points(option: tuple[float, nw.Expr]) -> float:
    return option[0]


def _first(options: Iterable[tuple[float, nw.Expr]], end: float) -> nw.Expr:
    """The points of the first option that is possible."""
    found = nw.lit(end)
    for points, is_possible in reversed(list(options)):
        found = nw.when(is_possible).then(nw.lit(points)).otherwise(found)
    return found


def clause_column(rule: Monitoring, position: int, part: str) -> str:
    """The name of a threshold's column."""
    return f"{rule.id}|clause {position} {part}"


def _worst(judged: Iterable[tuple[Clause, nw.Expr]]) -> nw.Expr:
    rank = nw.lit(0)
    for clause, holds in sorted(judged, key=lambda pair: _RANK[pair[0].level]):
        rank = nw.when(holds).then(nw.lit(_RANK[clause.level])).otherwise(rank)
    return rank


def state_code(applies: str, known: str, late: str, rank: str, asking: str) -> nw.Expr:
    """The state as its position in ``STATES``, from the columns of one rule."""
    code = nw.lit(STATES.index("quiet"))
    for state, holds in (
        ("due", nw.col(late) >= 0),
        ("unknown", nw.col(asking) > nw.col(rank)),
        ("overdue", nw.col(late) >= _OVERDUE_US),
        ("amber", nw.col(rank) == 1),
        ("red", nw.col(rank) == 2),
        ("does not apply", ~nw.col(applies)),
        ("unknown", ~nw.col(known)),
    ):
        code = nw.when(holds).then(nw.lit(STATES.index(state))).otherwise(code)
    return code


def _smaller(left: nw.Expr, right: nw.Expr) -> nw.Expr:
    return nw.when(left < right).then(left).otherwise(right)
