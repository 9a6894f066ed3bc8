"""A working unit with invented patients, on this machine.

The first start makes the home (see OSTEON_HOME), fills it with a demonstration unit and takes about a minute; later
starts take seconds and find everything as it was left. The page's address and one sign-in for each role are printed.
Ctrl-C stops it.

It listens on this machine only. To show it to others: --host with the name or address they will type. The sign-ins are
printed for everybody to see, so never do that with patients who are not invented.
"""

from __future__ import annotations

import argparse
import fcntl
import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection

from osteon.site import demonstration, opening
from osteon.site.commands import DONE, processes
from osteon.site.commands.errors import Stop
from osteon.site.commands.printing import Progress, say, table
from osteon.site.home import Home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default: this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default %(default)s)")
    parser.add_argument(
        "--library-port", type=int, help="port of the public library (default: the next free one)"
    )
    parser.add_argument("--without-library", action="store_true", help="leave the public library out")
    parser.add_argument(
        "--fresh", action="store_true", help="throw this home's demonstration away and start anew"
    )


def run(args: argparse.Namespace) -> int:
    home = opening.opened_home()
    address = processes.address(args.host, args.port)
    os.environ.setdefault("OSTEON_ALLOWED_HOSTS", args.host)
    with only_one(home, address):
        processes.require_free(args.host, args.port)
        library = library_port(args)
        if args.fresh:
            start_anew(home)
        fill()
        serve(args.host, args.port, home, library)
    return DONE


@contextmanager
def only_one(home: Home, address: str) -> Iterator[None]:
    """One demonstration a home: a second would share its record, and --fresh would pull it away."""
    with (home.folder / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.seek(0)
            raise Stop(
                f"A demonstration is already running in {home.folder}: {lock.read().strip()}",
                "Stop it first, or give this one a home of its own: OSTEON_HOME=~/another ./osteon demo",
            ) from error
        lock.truncate(0)
        lock.write(address)
        lock.flush()
        yield


def start_anew(home: Home) -> None:
    connection.close()
    home.empty()
    opening.make_ready(home)


def fill() -> None:
    """Invented patients, once: a home that has them is left as its people left it."""
    if not demonstration.is_loaded():
        with Progress("Inventing a unit, patients") as progress:
            demonstration.load_demonstration(progress=progress.advance)
    connection.close()
    settings.STATIC_ROOT.mkdir(exist_ok=True)  # nothing is collected, but whitenoise asks for the folder


def library_port(args: argparse.Namespace) -> int | None:
    """Where the library will listen; nothing, with the reason said, when it cannot run here."""
    if args.without_library:
        return None
    if importlib.util.find_spec("wagtail") is None:
        say("The public library is left out: Wagtail is not installed (./osteon library installs it).")
        return None
    port = args.library_port or processes.next_free(args.host, args.port + 1)
    processes.require_free(args.host, port)
    os.environ.setdefault("OSTEON_LIBRARY_URL", processes.address(args.host, port))
    return port


def serve(host: str, port: int, home: Home, library: int | None) -> None:
    logs = home.folder / "logs"
    parts = [processes.start("web", processes.web_command(host, port), logs)]
    # The demonstration goes on when its library falls: pages that ask it for reading say that it is down.
    apart: list[processes.Part] = []
    try:
        processes.wait_until_answering(processes.address(host, port), parts)
        greet(processes.address(host, port), home, processes.address(host, library) if library else "")
        # After the greeting: the pages work without them, and the first page comes sooner.
        parts.append(processes.start("worker", processes.worker_command(), logs))
        if library:
            apart.append(processes.start("library", processes.library_command(host, library), logs))
        processes.watch(parts)
    except KeyboardInterrupt:
        say("\nStopping.")
    finally:
        processes.stop([*parts, *apart])


def greet(address: str, home: Home, library: str = "") -> None:
    say(f"\nOsteon is ready at {address}. Every patient is invented.\n")
    rows = ((one.role, one.email, one.password) for one in demonstration.sign_ins())
    say(table(["sign in as", "email", "password"], rows))
    if library:
        say(f"\nThe public library comes up at {library} (the first time after about half a minute).")
        say(
            "Its editor@marlbury.example and reviewer@marlbury.example sign in under /editors/, same password."
        )
    say(f"\nAn invented GP's system that asks this unit while a record is open: {address}demonstration/ehr/")
    say(f"Its home is {home.folder}. Ctrl-C stops it.")
