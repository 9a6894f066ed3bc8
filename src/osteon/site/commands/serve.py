"""Start a unit's own web server and background worker, with the unit's own settings.

This is for a hospital, behind a proxy that speaks TLS. It asks for what must be secret or true
(OSTEON_SECRET_KEY, OSTEON_ALLOWED_HOSTS; OSTEON_DATABASE_URL for PostgreSQL) and makes nothing up.
To look at Osteon on one machine use ./osteon demo.
"""

from __future__ import annotations

import argparse

from django.core.management import call_command

from osteon.site import opening
from osteon.site.commands import DONE, processes
from osteon.site.commands.printing import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
    parser.add_argument("--workers", type=int, default=2, help="web processes (default %(default)s)")
    parser.add_argument("--threads", type=int, default=8, help="threads in each (default %(default)s)")
    parser.add_argument("--without-worker", action="store_true", help="leave the background work to another")


def run(args: argparse.Namespace) -> int:
    processes.require_free(args.host, args.port)
    call_command("collectstatic", verbosity=0, interactive=False)
    logs = opening.opened_home().folder / "logs"
    web = processes.web_command(args.host, args.port, workers=args.workers, threads=args.threads)
    parts = [processes.start("web", web, logs)]
    try:
        if not args.without_worker:
            parts.append(processes.start("worker", processes.worker_command(), logs))
        processes.wait_until_answering(processes.address(args.host, args.port), parts)
        say(f"Osteon listens on {processes.address(args.host, args.port)} (logs in {logs}). Ctrl-C stops it.")
        processes.watch(parts)
    except KeyboardInterrupt:
        say("Stopping.")
    finally:
        processes.stop(parts)
    return DONE
