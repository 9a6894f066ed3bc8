"""Rebuild the style sheet, scripts and icons that every page loads.

Needed only after a change in assets/: the built files are committed, so that nobody else needs Node.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

from osteon.site.commands import DONE
from osteon.site.commands.errors import Stop
from osteon.site.commands.printing import say

ROOT = Path(__file__).resolve().parents[4]
SOURCES = ROOT / "assets"
BUILT = ROOT / "src" / "osteon" / "site" / "static" / "osteon"
# Version 4, the current major. The Python package carries it, so that it needs no Node.
HTMX = files("django_htmx") / "static" / "django_htmx" / "htmx-4.min.js"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--into", type=Path, default=BUILT, metavar="FOLDER", help="write somewhere else")


def run(args: argparse.Namespace) -> int:
    if shutil.which("npm") is None:
        raise Stop("Node and npm were not found.", "On Debian and Ubuntu: apt-get install nodejs npm")
    _step("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    _step("node", "build.mjs", str(args.into.resolve()))
    (args.into / "htmx.js").write_bytes(HTMX.read_bytes())
    say(f"Built into {args.into}.")
    return DONE


def _step(*command: str) -> None:
    done = subprocess.run(command, cwd=SOURCES, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"{' '.join(command)} failed:", (done.stdout + done.stderr).strip())
