"""The page of the language itself."""

from __future__ import annotations

import inspect

from osteon.knowledge.manual.layout import GENERATED
from osteon.rules import language

_KLEENE = """\
| and | yes | no | unknown |
| --- | --- | --- | --- |
| **yes** | yes | no | unknown |
| **no** | no | no | no |
| **unknown** | unknown | no | unknown |

| or | yes | no | unknown |
| --- | --- | --- | --- |
| **yes** | yes | yes | yes |
| **no** | yes | no | unknown |
| **unknown** | yes | unknown | unknown |

Not yes is no, not no is yes, not unknown is unknown.
"""


def language_page() -> str:
    """Every word with its signature, and how answers combine."""
    words = [(name, f) for name, f in vars(language).items() if _is_word(f)]
    lines = [
        GENERATED,
        "# The language of the rules",
        "",
        "A rule is written with these words. A value is a number in a unit, or unknown; a condition is yes,",
        "no or unknown. Nothing missing is ever taken for normal.",
        "",
    ]
    for name, function in words:
        parameters = ", ".join(inspect.signature(function).parameters)
        lines += [f"## `{name}({parameters})`", "", inspect.getdoc(function) or "", ""]
    lines += [
        "## Comparing",
        "",
        "`>`, `>=`, `<` and `<=` compare two values of one unit. A laboratory limit (`< 4`) and two different",
        "results at one moment are intervals: the answer is yes or no only when every number in the interval",
        "gives the same answer, else unknown.",
        "",
        "## `&`, `|` and `~`: and, or, not",
        "",
        _KLEENE,
    ]
    return "\n".join(lines)


def _is_word(thing: object) -> bool:
    return inspect.isfunction(thing) and thing.__module__ == language.__name__
