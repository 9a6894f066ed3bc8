"""The public library: health topics, treatments, pages for GPs, case studies and news, on a port of its own.

It is a second site: its own process, database, files and people, all in OSTEON_HOME/library. The first start
makes the tables and loads the first content. Editors sign in under /editors/.

  ./osteon library                    start it
  ./osteon library load               bring the first content up to date (an editor's changes are kept)
  ./osteon library upkeep             reviews that fell due, consents that ended, links that broke
  ./osteon library editor EMAIL       make an editor; asks for name and password
  ./osteon library reviewer EMAIL     make a clinical reviewer
  ./osteon library names FILE         learn which names no page may hold (kept only as keyed hashes)
  ./osteon library case FILE          make a case study from a case package
  ./osteon library topics FILE        take in health topics of MedlinePlus (--complete: FILE holds all there are)
  ./osteon library articles FILE      take in a file saved from PubMed (--topic SLUG: what they are about)
  ./osteon library trials FILE        take in studies of ClinicalTrials.gov
  ./osteon library query "articles: QUERY" --topic SLUG   ask this again at each refresh (or "trials: CONDITION")
  ./osteon library refresh            ask the saved queries that are due; only with OSTEON_NETWORK=on
  ./osteon library withdraw SLUG      consent was withdrawn: take a case study and its images down now
"""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from osteon.library.cases import actions as cases
from osteon.library.cases import demonstration
from osteon.library.content import loader
from osteon.library.editorial import actions, opening, people
from osteon.site.commands import DONE, PROBLEMS, library_gathering, processes
from osteon.site.commands.errors import WrongUse
from osteon.site.commands.printing import say


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", default="serve", choices=sorted(ACTS), metavar="WHAT")
    parser.add_argument("given", nargs="?", metavar="EMAIL|FILE|SLUG")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default %(default)s)")
    parser.add_argument("--port", type=int, default=8001, help="port to listen on (default %(default)s)")
    library_gathering.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    return ACTS[args.what](args)


def serve(args: argparse.Namespace) -> int:
    """Ends as the web server itself: whoever started this process can stop it."""
    processes.require_free(args.host, args.port)
    opening.make_ready()
    if settings.OSTEON_DEMONSTRATION:
        opening.invent_people()
        demonstration.load_invented()
    else:
        call_command("collectstatic", verbosity=0, interactive=False)
    address = processes.address(args.host, args.port)
    os.environ.setdefault("OSTEON_LIBRARY_ADDRESS", address)
    say(f"The library listens on {address}. Ctrl-C stops it.")
    connection.close()
    command = processes.web_command(args.host, args.port)
    os.execv(command[0], command)  # noqa: S606
    return DONE


def load(args: argparse.Namespace) -> int:
    report = loader.load()
    say(str(report))
    return PROBLEMS if report.refused else DONE


def upkeep(args: argparse.Namespace) -> int:
    lapsed = actions.withdraw_lapsed()
    ended = cases.withdraw_ended()
    broken = actions.check_links(fetch=actions.outside())
    say(
        f"{len(lapsed)} pages taken down for want of a review, {len(ended)} case studies whose consent ended."
    )
    say(f"{broken} broken links (the editors' desk lists them).")
    return DONE


def editor(args: argparse.Namespace) -> int:
    return _person(args, reviewer=False)


def reviewer(args: argparse.Namespace) -> int:
    return _person(args, reviewer=True)


def _person(args: argparse.Namespace, *, reviewer: bool) -> int:
    email = _given(args, "an email address")
    people.ensure()
    say("Name as readers should see it:")
    name = sys.stdin.readline().strip()
    people.make_person(email=email, name=name, reviewer=reviewer, password=getpass.getpass())
    say(f"{name} can sign in under /editors/ as {email.lower()}.")
    return DONE


def names(args: argparse.Namespace) -> int:
    text = Path(_given(args, "a file with one name a line")).read_text(encoding="utf-8")
    say(f"{actions.learn_names(lines=text.splitlines()):,} names learnt. The file can be deleted.")
    return DONE


def case(args: argparse.Namespace) -> int:
    page = cases.load_package(path=Path(_given(args, "a case package")))
    say(f"Case study: {page.url}")
    return DONE


def withdraw(args: argparse.Namespace) -> int:
    count = cases.withdraw(slug=_given(args, "the slug of the case study"), reason="consent withdrawn")
    say(f"{count} pages and all their images are down.")
    return DONE


def _given(args: argparse.Namespace, what: str) -> str:
    if not args.given:
        raise WrongUse(f"./osteon library {args.what} needs {what}.")
    return str(args.given)


ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "serve": serve,
    "load": load,
    "upkeep": upkeep,
    "editor": editor,
    "reviewer": reviewer,
    "names": names,
    "case": case,
    "withdraw": withdraw,
    **library_gathering.ACTS,
}
