"""The verbs of ``./osteon``: a table that needs nothing but Python, so that listing them installs nothing.

Each verb is one module: its docstring is the help text, ``add_arguments(parser)`` declares what it takes and
``run(args)`` does it and returns the exit code (0 done, 1 the work found problems, 2 wrong use).
"""

from __future__ import annotations

from dataclasses import dataclass

DONE, PROBLEMS, WRONG_USE = 0, 1, 2


@dataclass(frozen=True)
class Verb:
    """``needs`` says what must stand before the module is loaded.

    "nothing"; "demo" or "unit": Django with these settings (a unit asks for its secrets); "home": Django with
    the settings this home has; "library": Django with those of the second site. "shell": the launcher itself does it, since it changes what is installed.
    """

    name: str
    summary: str
    module: str = ""
    needs: str = "nothing"

    @property
    def path(self) -> str:
        return self.module or f"osteon.site.commands.{self.name}"


GROUPS: dict[str, tuple[Verb, ...]] = {
    "Run it": (
        Verb("demo", "a working unit with invented patients, on this machine", needs="demo"),
        Verb("serve", "a unit's own web server, with its own settings", needs="unit"),
        Verb("library", "the public pages for patients, GPs and everybody", needs="library"),
        Verb("worker", "the background work: alerts when facts change and when time passes", needs="home"),
        Verb("upgrade", "bring this home's record up to this version", needs="home"),
        Verb("doctor", "what is off on this machine, and how to turn it on"),
        Verb("add", "install an optional part: analytics, spark, postgres", needs="shell"),
    ),
    "Use it on data": (
        Verb("import", "bring FHIR or MEDS files into the record", "osteon.site.commands.import_", "home"),
        Verb("evaluate", "all rules over a file, a folder or the record"),
        Verb("rules", "list, show and explain the rules"),
        Verb("answer", "what a definition or score says of facts you type"),
        Verb("simulate", "write an invented cohort as events"),
    ),
    "Work on it": (
        Verb("test", "every check and every test", "tests.support.run"),
        Verb("bench", "the measurements of bench/RESULTS.md", "bench.run"),
        Verb("manual", "write the clinical manual from the rule files"),
        Verb("assets", "rebuild the style sheet and scripts (needs Node)"),
    ),
}
VERBS: dict[str, Verb] = {verb.name: verb for group in GROUPS.values() for verb in group}
