"""Brings FHIR or MEDS files into the record, with a report of what was and what was not mapped.

  ./osteon import bundle.json.gz                FHIR R4 Bundles, one file or many
  ./osteon import export/                       a folder of FHIR NDJSON, of Bundles, or of MEDS shards
  ./osteon import events.parquet --team limb    for the limb team

Each file is taken whole or not at all. The same file again changes nothing, and says so. Diagnoses and whatever else has
no place of its own yet are kept as imported facts; no episode is opened: a patient without one is seen by those who
register patients, who then open it.

The exit code is 1 when a file was refused, or when somebody's identity is in doubt.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from osteon.service.accounts.models import Person, Team
from osteon.service.imports.models import ImportRun
from osteon.service.imports.presenters import counted, news, totals
from osteon.service.imports.running import DiskFull, run_import
from osteon.site.commands import DONE, PROBLEMS
from osteon.site.commands.errors import Stop, WrongUse
from osteon.site.commands.printing import Progress, paragraph, say, say_json, table

LINES_SHOWN = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
    parser.add_argument(
        "--team", metavar="SLUG", help="whom the patients are for (default: the unit's only team)"
    )
    parser.add_argument("--all", action="store_true", help="every line of the report, not only the longest")
    parser.add_argument("--json", action="store_true", help="the report as data")


def run(args: argparse.Namespace) -> int:
    team = team_named(args.team)
    for path in args.path:
        if not path.exists():
            raise WrongUse(f"There is no file or folder {path}.")
    runs = [_imported(path, team) for path in args.path]
    if args.json:
        say_json([as_data(each) for each in runs])
    else:
        _show(runs, LINES_SHOWN if not args.all else None)
    return PROBLEMS if any(each.found_problems for each in runs) else DONE


def team_named(slug: str | None) -> Team | None:
    """The team of that name; without one, the unit's only team, or nobody's."""
    teams = {team.slug: team for team in Team.objects.all()}
    if slug is None:
        return next(iter(teams.values())) if len(teams) == 1 else None
    if slug not in teams:
        known = ", ".join(sorted(teams)) or "none yet"
        raise WrongUse(f"There is no team {slug!r}.", f"The unit's teams: {known}.")
    return teams[slug]


def _imported(path: Path, team: Team | None) -> ImportRun:
    with Progress(f"Reading {path.name}, rows") as progress:
        try:
            return run_import(
                by=Person.objects.system(),
                path=path,
                team=team,
                progress=lambda rows: progress.advance(rows - progress.done),
            )
        except DiskFull as error:
            raise Stop(str(error)) from error


def as_data(each: ImportRun) -> dict[str, Any]:
    """A run for another program."""
    return {
        "file": each.name,
        "kind": each.kind,
        "state": each.state,
        "message": each.message,
        "report": each.report,
        "record": each.added,
        "conflicts": each.conflicts,
    }


def _show(runs: list[ImportRun], limit: int | None) -> None:
    say(table(["file", "rows", "mapped", "kept", "refused", "new in the record"], map(_line, runs)))
    for part in counted(runs, limit):
        say()
        say(table([part.title, "rows"], part.rows))
        if part.rest:
            say(f"and {part.rest:,} more with {part.rest_rows:,} rows (--all shows them)")
    _show_problems(runs)


def _line(each: ImportRun) -> tuple[object, ...]:
    numbers = ("",) * 4 if each.state == ImportRun.State.REFUSED else totals(each)
    return each.name, *numbers, news(each)


def _show_problems(runs: list[ImportRun]) -> None:
    for text in _problems(runs):
        say()
        say(paragraph(text))


def _problems(runs: list[ImportRun]) -> Iterator[str]:
    for each in runs:
        if each.state == ImportRun.State.REFUSED:
            yield f"Refused, nothing of it was taken: {each.message}"
        if each.conflicts:
            why = "; ".join(sorted({conflict["why"] for conflict in each.conflicts}))
            yield (
                f"{each.name}: {len(each.conflicts)} of its patients were not taken, since it is not certain who "
                f"they are ({why}). Settle it in the record, then import the file again."
            )
