"""The typed tree a rule is made of.

A node says what is meant and nothing about frames, joins or nulls. From the tree come the features to
compute, the expression on every engine, the sentence that explains it, the evidence and the manual page.

A *value* is a number in a unit, or unknown. A laboratory limit (``< 4``) and two different results at one
moment make it an interval: a comparison is yes or no only when the whole interval lies on one side
(``definitions.md`` 0.2). A *condition* is yes, no or unknown (Kleene).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta

from osteon.rules.quantities import Quantity, Unit, UnitMismatch, day, in_words, ratio
from osteon.rules.things import Drugs, Finding, Measured

# Opat.md (c): baseline within 7 days before OPAT. A sample of the first day of treatment still counts:
# many sources give the course a date and the sample a time of that date.
BASELINE_BEFORE = timedelta(days=7)
BASELINE_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Node:
    """A part of a rule."""

    def children(self) -> tuple[Node, ...]:
        """The nodes directly below this one."""
        return tuple(v for f in fields(self) for v in [getattr(self, f.name)] if isinstance(v, Node))

    def walk(self) -> Iterator[Node]:
        """This node and all below it, parents first. Found once: a node never changes."""
        below: tuple[Node, ...] | None = self.__dict__.get("_below")
        if below is None:
            below = tuple(node for child in self.children() for node in child.walk())
            object.__setattr__(self, "_below", below)
        yield self
        yield from below

    def words(self) -> str:
        """The node as a person reads it."""
        raise TypeError(f"{type(self).__name__} has no words")


# Values ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Value(Node):
    """A number in a unit, or unknown."""

    @property
    def unit(self) -> Unit:
        raise TypeError(f"{type(self).__name__} has no unit")

    def __gt__(self, other: Value | Quantity | float) -> Compare:
        return Compare(">", self, as_value(other, self.unit))

    def __ge__(self, other: Value | Quantity | float) -> Compare:
        return Compare(">=", self, as_value(other, self.unit))

    def __lt__(self, other: Value | Quantity | float) -> Compare:
        return Compare("<", self, as_value(other, self.unit))

    def __le__(self, other: Value | Quantity | float) -> Compare:
        return Compare("<=", self, as_value(other, self.unit))

    def __rmul__(self, factor: float) -> Scaled:
        return Scaled(float(factor), self)

    def __add__(self, other: Value) -> Sum:
        return Sum(self, other)

    def __sub__(self, other: Value) -> Difference:
        return Difference(self, other)

    def __truediv__(self, other: Value) -> Ratio:
        return Ratio(self, other)


def as_value(other: Value | Quantity | float, unit: Unit) -> Value:
    """The right-hand side of a comparison; a bare number is allowed only where there is no unit."""
    if isinstance(other, Value):
        value = other
    elif isinstance(other, Quantity):
        value = Constant(other)
    else:
        value = Constant(Quantity(float(other), ratio))
    if value.unit.ucum != unit.ucum:
        raise UnitMismatch(f"cannot compare {unit.ucum} with {value.unit.ucum}")
    return value


@dataclass(frozen=True)
class Constant(Value):
    quantity: Quantity

    @property
    def unit(self) -> Unit:
        return self.quantity.unit

    def words(self) -> str:
        return str(self.quantity)


@dataclass(frozen=True)
class OfMeasure(Value):
    """A value read from the results of one measurement."""

    measure: Measured

    @property
    def unit(self) -> Unit:
        return self.measure.unit


@dataclass(frozen=True)
class Latest(OfMeasure):
    """The last result; unknown when there is none, or when it came in a unit that is not understood."""

    @property
    def times_upper_limit(self) -> Ratio:
        """How many times the laboratory's own upper limit of that result."""
        return Ratio(self, UpperLimit(self.measure))

    def words(self) -> str:
        return self.measure.name


@dataclass(frozen=True)
class Previous(OfMeasure):
    """The result before the last one."""

    def words(self) -> str:
        return f"the {self.measure.name} before"


@dataclass(frozen=True)
class UpperLimit(OfMeasure):
    """The upper limit the laboratory printed with the last result."""

    def words(self) -> str:
        return f"upper limit of {self.measure.name}"


@dataclass(frozen=True)
class OfCourse(OfMeasure):
    """A value read from results around the start of the running course of a drug."""

    drugs: Drugs


@dataclass(frozen=True)
class Baseline(OfCourse):
    """The last result from 7 days before the running course began until one day after."""

    def words(self) -> str:
        return f"{self.measure.name} before {self.drugs.name}"


@dataclass(frozen=True)
class Lowest(OfCourse):
    """The lowest result since the running course began."""

    def words(self) -> str:
        return f"lowest {self.measure.name} since {self.drugs.name} began"


@dataclass(frozen=True)
class Highest(OfCourse):
    """The highest result since the running course began."""

    def words(self) -> str:
        return f"highest {self.measure.name} since {self.drugs.name} began"


@dataclass(frozen=True)
class InDays(Value):
    """A length of time in days."""

    @property
    def unit(self) -> Unit:
        return day


@dataclass(frozen=True)
class DaysOn(InDays):
    """Days since the running course began; unknown when there is no running course."""

    drugs: Drugs

    def words(self) -> str:
        return f"days on {self.drugs.name}"


@dataclass(frozen=True)
class DaysSince(InDays):
    """Days since the last result."""

    measure: Measured

    def words(self) -> str:
        return f"days since the last {self.measure.name}"


@dataclass(frozen=True)
class Gap(InDays):
    """Days between the last result and the one before."""

    measure: Measured

    def words(self) -> str:
        return f"days between the last two {self.measure.name}"


@dataclass(frozen=True)
class Scaled(Value):
    factor: float
    value: Value

    def __post_init__(self) -> None:
        if not self.factor > 0:
            raise ValueError("a factor is greater than zero")

    @property
    def unit(self) -> Unit:
        return self.value.unit

    def words(self) -> str:
        return f"{in_words(self.factor)} × {self.value.words()}"


@dataclass(frozen=True)
class Sum(Value):
    left: Value
    right: Value

    def __post_init__(self) -> None:
        if self.left.unit.ucum != self.right.unit.ucum:
            raise UnitMismatch(f"cannot add {self.right.unit.ucum} to {self.left.unit.ucum}")

    @property
    def unit(self) -> Unit:
        return self.left.unit

    def words(self) -> str:
        return f"{self.left.words()} plus {self.right.words()}"


@dataclass(frozen=True)
class Difference(Value):
    left: Value
    right: Value

    def __post_init__(self) -> None:
        if self.left.unit.ucum != self.right.unit.ucum:
            raise UnitMismatch(f"cannot subtract {self.right.unit.ucum} from {self.left.unit.ucum}")

    @property
    def unit(self) -> Unit:
        return self.left.unit

    def words(self) -> str:
        return f"{self.left.words()} minus {self.right.words()}"


@dataclass(frozen=True)
class Ratio(Value):
    """Left over right; unknown unless the right-hand side is surely above zero."""

    left: Value
    right: Value

    def __post_init__(self) -> None:
        if self.left.unit.ucum != self.right.unit.ucum:
            raise UnitMismatch(f"cannot divide {self.left.unit.ucum} by {self.right.unit.ucum}")

    @property
    def unit(self) -> Unit:
        return ratio

    def words(self) -> str:
        return f"{self.left.words()} over {self.right.words()}"


# Conditions -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Condition(Node):
    """Yes, no or unknown."""

    def __and__(self, other: Condition) -> And:
        return And(self, other)

    def __or__(self, other: Condition) -> Or:
        return Or(self, other)

    def __invert__(self) -> Not:
        return Not(self)

    def __bool__(self) -> bool:
        raise TypeError(
            "a condition is part of a rule: combine with & | ~ and put brackets around comparisons"
        )


_SIGNS = {">": "more than", ">=": "at least", "<": "less than", "<=": "at most"}


@dataclass(frozen=True)
class Compare(Condition):
    sign: str
    left: Value
    right: Value

    def words(self) -> str:
        return f"{self.left.words()} {_SIGNS[self.sign]} {self.right.words()}"


@dataclass(frozen=True)
class OfDrugs(Condition):
    """A condition on the courses of a drug. Never unknown: a course is recorded or it is not."""

    drugs: Drugs


@dataclass(frozen=True)
class On(OfDrugs):
    """A course of the drug is running."""

    def words(self) -> str:
        return f"on {self.drugs.name}"


@dataclass(frozen=True)
class Overrun(OfDrugs):
    """A running course of the drug has passed its planned stop."""

    def words(self) -> str:
        return f"a course of {self.drugs.name} is past its planned stop"


@dataclass(frozen=True)
class Unplanned(OfDrugs):
    """A running course of the drug has no planned stop."""

    def words(self) -> str:
        return f"a course of {self.drugs.name} has no planned stop"


@dataclass(frozen=True)
class InWindow(Condition):
    """A condition on what was recorded within the last days."""

    finding: Finding
    within: timedelta


@dataclass(frozen=True)
class Happened(InWindow):
    """Something of this kind happened within the last days. Never unknown: it is recorded or it is not."""

    def words(self) -> str:
        return f"{self.finding.name} in the last {self.within.days} days"


@dataclass(frozen=True)
class Present(InWindow):
    """The finding was recorded as present within the last days; unknown when nobody recorded it."""

    def words(self) -> str:
        return f"{self.finding.name} in the last {self.within.days} days"


@dataclass(frozen=True)
class Known(Condition):
    """The value is known; never unknown itself."""

    value: Value

    def words(self) -> str:
        return f"{self.value.words()} is known"


@dataclass(frozen=True)
class And(Condition):
    left: Condition
    right: Condition

    def words(self) -> str:
        return f"{_bracketed(self.left)} and {_bracketed(self.right)}"


@dataclass(frozen=True)
class Or(Condition):
    left: Condition
    right: Condition

    def words(self) -> str:
        return f"{self.left.words()}, or {self.right.words()}"


@dataclass(frozen=True)
class Not(Condition):
    condition: Condition

    def words(self) -> str:
        return f"not ({self.condition.words()})"


def _bracketed(condition: Condition) -> str:
    return f"({condition.words()})" if isinstance(condition, Or) else condition.words()
