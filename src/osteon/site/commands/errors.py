"""What a command says when it cannot go on.

::

    Stop            the work cannot be done as things are (exit code 1)
    └── WrongUse    it was asked for in a way that means nothing (exit code 2)

Both carry a sentence for the person at the keyboard and, where there is one, the next thing to try.
"""

from __future__ import annotations

from osteon.site.commands import PROBLEMS, WRONG_USE


class Stop(Exception):
    code = PROBLEMS

    def __init__(self, what: str, hint: str = "") -> None:
        super().__init__(what)
        self.hint = hint

    def __str__(self) -> str:
        return "\n".join(filter(None, [super().__str__(), self.hint]))


class WrongUse(Stop):
    code = WRONG_USE
