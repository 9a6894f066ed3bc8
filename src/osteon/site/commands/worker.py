"""Run the background work: look at each patient whose facts changed or whose time has come, and let the
alerts follow.

Any number of workers may run beside each other. Ctrl-C or SIGTERM ends it when the patient in hand is
finished; killed in the middle it loses nothing: what it held is looked at again by whichever worker is next.
"""

from __future__ import annotations

import argparse
import signal
from datetime import timedelta
from types import FrameType

from osteon.service.worklist.worker import Worker
from osteon.site.commands import DONE
from osteon.site.commands.printing import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="stop when nothing is left to do")
    parser.add_argument(
        "--idle", type=float, default=2.0, metavar="SECONDS", help="rest between looks at an empty queue (2)"
    )
    parser.add_argument(
        "--lease",
        type=float,
        default=60.0,
        metavar="SECONDS",
        help="after how long the patients of a worker that was killed are free again (60)",
    )


def run(args: argparse.Namespace) -> int:
    worker = Worker(idle_seconds=args.idle, lease=timedelta(seconds=args.lease))

    def end(signum: int, frame: FrameType | None) -> None:
        worker.stop()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    say(f"Worker {worker.name} is running. Ctrl-C ends it.")
    count = worker.run(until_idle=args.once)
    say(f"Worker {worker.name} looked at {count} patients.")
    return DONE
