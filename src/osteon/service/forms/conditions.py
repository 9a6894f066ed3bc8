"""Questions that are asked only after a certain answer, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Condition:
    """Under the answers ``values`` to ``field`` the question ``asks`` is shown."""

    field: str
    values: tuple[str, ...]
    asks: str = ""
    required: bool = False

    def require(self, name: str) -> Condition:
        return replace(self, asks=name, required=True)

    def ask(self, name: str) -> Condition:
        return replace(self, asks=name, required=False)

    def is_met_by(self, answer: object) -> bool:
        """Whether ``answer`` (one value, or a list of several) contains one of ``values``."""
        given_answers = answer if isinstance(answer, list | tuple | set) else [answer]
        return any(str(value) in self.values for value in given_answers)


def given(field: str, *values: str) -> Condition:
    """Starts a declaration: ``given("reason", "other").require("other_reason")``."""
    return Condition(field, tuple(str(value) for value in values))
