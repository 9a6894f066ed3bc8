"""Write an invented cohort of bone infection patients as events.

  ./osteon simulate --patients 1000 --seed 1 --out cohort.parquet     one Parquet file
  ./osteon simulate --patients 1000 --seed 1 --out cohort             a MEDS data set (a folder)
  ./osteon simulate --patients 1000 --seed 1                          only counts

The same seed gives the same bytes, and patient 17 of a seed is the same person whether ten or a million are
asked for. Every figure comes from a table with its source (src/osteon/events/simulator/parameters); every row's
source begins with "sim:". Nobody in it exists.

By default each story is whole, two years long, with what the rules and outcomes read (about 60 events a
patient). --until stops the clock at a day: what is not known by then is left out, referrals reach up to it.
--detail full adds the rest of each panel, the questions answered with no, and every contact.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from osteon.events.parquet import write_dataset, write_file
from osteon.events.simulator import DETAILS, simulate_frames
from osteon.site.commands import DONE
from osteon.site.commands.errors import Stop, WrongUse
from osteon.site.commands.printing import Progress, say, table

PER_FRAME = 1000
KINDS = {"LOINC": "results", "ATC": "courses", "SNOMED": "isolates", "SUSCEPTIBILITY": "susceptibilities"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--patients", type=int, required=True, metavar="N", help="how many")
    parser.add_argument("--seed", type=int, required=True, metavar="S", help="which cohort: any whole number")
    parser.add_argument("--until", type=moment, metavar="DATE|now", help="tell nothing after it")
    parser.add_argument("--detail", choices=DETAILS, default="core", help="default %(default)s")
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes; default %(default)s")
    parser.add_argument("--out", type=Path, metavar="FOLDER|FILE.parquet", help="where to write")


def moment(text: str) -> datetime:
    """``now`` or a day or a moment in UTC."""
    if text == "now":
        return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    try:
        given = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f'{text!r} is neither "now" nor a date such as 2026-03-05'
        ) from error
    return given.astimezone(UTC).replace(tzinfo=None) if given.tzinfo else given


def run(args: argparse.Namespace) -> int:
    started = time.monotonic()
    counts: Counter[str] = Counter()
    try:
        frames = simulate_frames(
            args.patients,
            args.seed,
            args.until,
            detail=args.detail,
            per_frame=PER_FRAME,
            workers=args.workers,
        )
        with Progress("Simulating", args.patients) as progress:
            _write(_counted(frames, counts, progress), args)
    except ValueError as error:
        raise WrongUse(f"That cohort cannot be simulated: {error}.") from error
    except FileExistsError as error:
        raise Stop(f"{args.out} is there already.", "Choose another name, or move it away first.") from error
    except OSError as error:
        raise Stop(f"{args.out} could not be written: {error.strerror or error}.") from error
    _show(args, counts, time.monotonic() - started)
    return DONE


def _counted(
    frames: Iterable[pl.DataFrame], counts: Counter[str], progress: Progress
) -> Iterator[pl.DataFrame]:
    for frame in frames:
        parts = pl.col("code").str.split("//")
        system, kind = parts.list.get(0), parts.list.get(1, null_on_oob=True)
        named = pl.when(system == "OSTEON").then(kind).otherwise(system).alias("kind")
        counts.update(dict(frame.group_by(named).len().iter_rows()))
        progress.advance(frame["subject_id"].n_unique())
        yield frame


def _write(frames: Iterator[pl.DataFrame], args: argparse.Namespace) -> None:
    if args.out is None:
        for _ in frames:
            pass
    elif args.out.suffix == ".parquet":
        if args.out.exists():
            raise FileExistsError(args.out)
        write_file(frames, args.out)
    else:
        write_dataset(frames, args.out, name=f"osteon-simulated-{args.seed}")


def _show(args: argparse.Namespace, counts: Counter[str], seconds: float) -> None:
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    say(table(["what", "events"], ([KINDS.get(kind, kind.lower()), number] for kind, number in rows)))
    total = sum(counts.values())
    mean = total / args.patients if args.patients else 0
    say(f"\n{args.patients:,} invented patients, {total:,} events ({mean:.1f} each), {seconds:.1f} s.")
    say(
        f"Written to {args.out}."
        if args.out
        else "Nothing was written; --out FILE.parquet or --out FOLDER does."
    )
