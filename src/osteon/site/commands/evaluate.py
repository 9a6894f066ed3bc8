"""All rules, or all definitions, over files, folders or the record, and a table of what they say.

SOURCE is anything the readers know (FHIR bundles and NDJSON, MEDS Parquet or folders, Osteon's own event files),
or the word "record" for this home's record. Nothing is changed.

  ./osteon evaluate events.parquet --as-of last            each patient at their last laboratory result
  ./osteon evaluate bundle.json.gz --as-of 2026-03-05      at the end of that day (UTC)
  ./osteon evaluate record --rules alt,crp-rising          two rules, now
  ./osteon evaluate events.parquet --engine duckdb --out fired.jsonl
  ./osteon evaluate events.parquet --rules definitions     every definition, for the patients it concerns
  ./osteon evaluate events.parquet --rules ebjis-2021,icm-2013 --out answers.jsonl

The file of --out holds one JSON object per line and fired rule: subject_id, rule, state, as_of, due_at, evidence.
Each piece of evidence, whichever engine answered, holds what, code, value, value_at_most, unit, time, threshold.
value_at_most is null unless the value is only known to lie between two numbers; 1e18 means no upper end.
The patient, the code and the time lead back to the event; its source is shown on the pages, not exported.

With definitions it holds one object per line, patient and definition: subject_id, rule, as_of, answer (both ends while
it is open), low, high, axes, score. They read what was recorded; what specimens hold already is computed on the pages.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyarrow.parquet as pq

from osteon.events.parquet import MARK, write_file
from osteon.events.report import ReadReport
from osteon.events.schema import COLUMNS, EARLIEST, Event
from osteon.events.vocabulary import LABORATORY_CODES
from osteon.knowledge import all_definitions, all_rules
from osteon.rules.answers import FIRED, STATES, Answer
from osteon.rules.definition import Definition
from osteon.rules.engines.evaluate import ENGINES, EngineMissing, evaluate, open_engine
from osteon.rules.engines.evidence import events_reader, evidence
from osteon.rules.engines.plan import plan_for
from osteon.rules.judge import judge
from osteon.rules.monitoring import Monitoring
from osteon.site.commands import DONE, evaluate_definitions
from osteon.site.commands.dispatcher import with_record
from osteon.site.commands.errors import Stop, WrongUse
from osteon.site.commands.printing import Progress, say, say_json, table
from osteon.site.commands.rules import rule_named
from osteon.standards.sources import open_source

RECORD = "record"
GROUPS = {"duckdb": "analytics", "spark": "spark"}
COLUMNS_SHOWN = ("red", "amber", "overdue", "due", "unknown", "quiet")
END_OF_DAY = timedelta(days=1) - timedelta(microseconds=1)
DAY_LENGTH = len("2026-03-05")


@dataclass(frozen=True)
class Said:
    """What an engine said: how many patients there were, the states of each rule, the rules that fired."""

    subjects: int
    counts: dict[str, Counter[str]]
    fired: Callable[[], Iterator[dict[str, object]]]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="+", metavar="SOURCE", help='a file, a folder, or "record"')
    parser.add_argument(
        "--as-of", type=moment, default=datetime.now(UTC).replace(tzinfo=None), metavar="DATE|last"
    )
    parser.add_argument("--engine", choices=(*ENGINES, "judge"), default="polars", help="default %(default)s")
    parser.add_argument("--rules", metavar="ID,ID", help='only these rules, "definitions" or "monitoring"')
    parser.add_argument(
        "--out", type=Path, metavar="FILE.jsonl", help="write every fired rule, with its evidence"
    )
    parser.add_argument("--json", action="store_true", help="the summary as data")


def moment(text: str) -> datetime | None:
    """``last`` is nothing: each patient's last laboratory result. A day means its end; a zone is turned into UTC."""
    if text == "last":
        return None
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f'{text!r} is neither "last" nor a date such as 2026-03-05 or 2026-03-05T14:00'
        ) from error
    if len(text) == DAY_LENGTH:
        return given + END_OF_DAY
    return given.astimezone(UTC).replace(tzinfo=None) if given.tzinfo else given


def run(args: argparse.Namespace) -> int:
    definitions = evaluate_definitions.chosen_definitions(args.rules)
    rules = () if definitions else chosen_rules(args.rules)
    started = time.monotonic()
    with TemporaryDirectory(prefix="osteon-evaluate-") as scratch:
        paths, reports = gather(args.source, Path(scratch))
        told = _definitions(args, definitions, paths) if definitions else _rules(args, rules, paths)
    summary = {
        "sources": [report.as_dict() for report in reports],
        "engine": args.engine,
        "as_of": args.as_of.isoformat() if args.as_of else "last",
        "seconds": round(time.monotonic() - started, 2),
        **told.summary,
    }
    say_json(summary) if args.json else _show(summary, told, args.out)
    return DONE


@dataclass(frozen=True)
class Told:
    """What is told of an evaluation: its part of the summary, how the table is shown, how many lines were written."""

    summary: dict[str, object]
    show: Callable[[dict[str, object]], None]
    written: int | None


def _rules(args: argparse.Namespace, rules: Sequence[Monitoring], paths: Sequence[str]) -> Told:
    with Progress(f"Asking {len(rules)} rules of {args.engine}"):
        said = ask(args.engine, rules, paths, args.as_of)
    written = write_lines(args.out, said.fired()) if args.out else None
    return Told(
        {
            "patients": said.subjects,
            "rules": [{"rule": r.id, "status": r.status, **_by_state(said.counts[r.id])} for r in rules],
            "fired": sum(said.counts[r.id][state] for r in rules for state in FIRED),
        },
        _show_rules,
        written,
    )


def _definitions(args: argparse.Namespace, wanted: Sequence[Definition], paths: Sequence[str]) -> Told:
    with Progress(f"Asking {len(wanted)} definitions of {args.engine}"):
        if args.engine == "judge":
            said = evaluate_definitions.ask_judge(wanted, paths, args.as_of)
        else:
            with installed(args.engine):
                said = evaluate_definitions.ask_engine(args.engine, wanted, paths, args.as_of)
    written = write_lines(args.out, iter(said.lines)) if args.out else None
    rules = evaluate_definitions.summary_of(wanted, said)
    return Told({"patients": said.subjects, "rules": rules}, evaluate_definitions.show, written)


@contextmanager
def installed(engine: str) -> Iterator[None]:
    """An engine that is missing, in words and with what brings it."""
    try:
        yield
    except EngineMissing as error:
        raise Stop(f"The engine {engine} is not installed.", f"./osteon add {GROUPS[engine]}") from error


def chosen_rules(names: str | None) -> tuple[Monitoring, ...]:
    if not names or names == "monitoring":
        return tuple(all_rules())
    wanted = [name.strip() for name in names.split(",")]
    if any(name == one.id for one in all_definitions() for name in wanted):
        raise WrongUse(
            "Rules that watch over patients and definitions are evaluated apart.", "Name one kind."
        )
    return tuple(rule_named(name) for name in wanted)


def _by_state(counts: Counter[str]) -> dict[str, int]:
    return {state: counts[state] for state in STATES}


# Reading --------------------------------------------------------------------------------------------


def gather(sources: Sequence[str], scratch: Path) -> tuple[list[str], list[ReadReport]]:
    """Every source as a Parquet file of events, with its reader's report."""
    found = [_gathered(source, scratch / f"{number}.parquet") for number, source in enumerate(sources)]
    return [path for path, _ in found], [report for _, report in found]


def _gathered(source: str, target: Path) -> tuple[str, ReadReport]:
    if source == RECORD:
        record = with_record("osteon.site.commands.evaluate_record")
        rows = _written(source, record.batches(), target)
        return str(target), ReadReport(source, read=rows, mapped=Counter(record=rows))
    path = Path(source)
    if not path.exists():
        raise WrongUse(f"There is no file or folder {source}.")
    if _is_event_file(path):
        rows = pq.read_metadata(path).num_rows
        return source, ReadReport(path.name, read=rows, mapped=Counter(events=rows))
    opened = open_source(path)
    _written(opened.name, opened.events(), target)
    return str(target), opened.report


def _is_event_file(path: Path) -> bool:
    """Our own event file needs no reader: its columns are the engine's."""
    if not path.is_file() or path.suffix != ".parquet":
        return False
    try:
        schema = pq.read_schema(path)
    except ValueError:  # not Parquet: its reader says so in better words
        return False
    return MARK in (schema.metadata or {}) and tuple(schema.names) == COLUMNS


def _written(name: str, batches: Iterable[pl.DataFrame], target: Path) -> int:
    with Progress(f"Reading {name}, rows") as progress:
        return write_file(_counted(batches, progress), target)


def _counted(batches: Iterable[pl.DataFrame], progress: Progress) -> Iterator[pl.DataFrame]:
    for batch in batches:
        progress.advance(batch.height)
        yield batch


# Asking ---------------------------------------------------------------------------------------------


def ask(engine: str, rules: Sequence[Monitoring], paths: Sequence[str], as_of: datetime | None) -> Said:
    if engine == "judge":
        return ask_judge(rules, paths, as_of)
    with installed(engine):
        bench = open_engine(engine, paths)
    with closing(bench):
        outcome = evaluate(rules, bench, as_of)
    counts = {rule.id: Counter(dict(outcome.counts(rule))) for rule in rules}
    return Said(outcome.subjects, counts, outcome.fired)


def ask_judge(rules: Sequence[Monitoring], paths: Sequence[str], as_of: datetime | None) -> Said:
    """The plain engine, patient by patient: slow, and right by definition."""
    counts: dict[str, Counter[str]] = {rule.id: Counter() for rule in rules}
    fired: list[dict[str, object]] = []
    subjects = 0
    for subject_id, last, events in patients(rules, paths):
        subjects += 1
        for answer in judge(rules, events, as_of or last):
            counts[answer.rule.id][answer.state] += 1
            if answer.fired:
                fired.append(_as_line(subject_id, answer, events))
    order = {rule.id: place for place, rule in enumerate(rules)}
    fired.sort(key=lambda line: (order[str(line["rule"])], line["subject_id"]))
    return Said(subjects, counts, lambda: iter(fired))


def patients(
    rules: Sequence[Monitoring], paths: Sequence[str]
) -> Iterator[tuple[int, datetime, list[Event]]]:
    """Each patient, the moment ``last`` means for them, and the events that any of the rules may read."""
    codes = [code for code, *_ in plan_for(rules).code_rows("results", "answers", "courses")]
    rows = pl.scan_parquet(list(paths))
    result = pl.when(pl.col("code").is_in(LABORATORY_CODES)).then(pl.col("time"))
    last_moment = pl.coalesce(result.max(), pl.col("time").max())
    everybody = rows.group_by("subject_id").agg(last_moment).sort("subject_id").collect()
    read = rows.filter(pl.col("code").is_in(codes)).sort("subject_id", "time", maintain_order=True).collect()
    stories = {subject: part for (subject,), part in read.partition_by("subject_id", as_dict=True).items()}
    for subject_id, last in everybody.iter_rows():
        story = stories.get(subject_id)
        events = [Event(**row) for row in story.iter_rows(named=True)] if story is not None else []
        yield subject_id, last or EARLIEST, events


def _as_line(subject_id: int, answer: Answer, events: Sequence[Event]) -> dict[str, object]:
    rule, told = answer.rule, answer.as_dict()
    keys = {clause.key for clause in answer.fired_clauses}
    crossed = [rule.clause_key(place) in keys for place in range(len(rule.out_of_range))]
    return {
        "subject_id": subject_id,
        **{key: told[key] for key in ("rule", "state", "as_of", "due_at")},
        "evidence": evidence(rule, crossed, events_reader(events, answer.as_of)),
    }


# Telling --------------------------------------------------------------------------------------------


def write_lines(path: Path, lines: Iterator[dict[str, object]]) -> int:
    """One object per line; written beside and moved into place, so that half a file is never seen."""
    draft = path.with_name(f".{path.name}.partial")
    count = 0
    try:
        with draft.open("w", encoding="utf-8") as out, Progress("Writing lines") as progress:
            for line in lines:
                out.write(json.dumps(line, ensure_ascii=False, default=_plain) + "\n")
                count += 1
                progress.advance()
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _show(summary: dict[str, object], told: Told, out: Path | None) -> None:
    for report in summary["sources"]:  # type: ignore[attr-defined]
        say(_report_line(report))
    told.show(summary)
    if out:
        say(f"{told.written:,} lines written to {out}.")


def _show_rules(summary: dict[str, object]) -> None:
    rows = [rule for rule in summary["rules"] if sum(rule[state] for state in COLUMNS_SHOWN)]  # type: ignore[attr-defined]
    if rows:
        shown = ([row["rule"], *(row[state] for state in COLUMNS_SHOWN), row["status"]] for row in rows)
        say("\n" + table(["rule", *COLUMNS_SHOWN, "status"], shown))
    silent = len(summary["rules"]) - len(rows)  # type: ignore[arg-type]
    say(
        f"\n{summary['patients']:,} patients; {summary['fired']:,} answers need somebody; "
        f"{silent} rules apply to nobody; {summary['seconds']} s on {summary['engine']}."
    )


def _report_line(report: dict[str, object]) -> str:
    counts = {key: sum(report[key].values()) for key in ("mapped", "kept_unmapped", "refused")}  # type: ignore[attr-defined]
    return (
        f"{report['source']}: {report['read']:,} rows read, {counts['mapped']:,} mapped, "
        f"{counts['kept_unmapped']:,} kept as they were, {counts['refused']:,} refused"
    )
