"""Write the clinical manual from the rule files.

manual               writes docs/manual (or --out FOLDER)
manual --check       says which pages differ from the rule files, and writes nothing
"""

from __future__ import annotations

import argparse
from pathlib import Path

from osteon.knowledge.manual import pages
from osteon.site.commands import DONE, PROBLEMS
from osteon.site.commands.printing import say

FOLDER = Path("docs/manual")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER", help="where to (docs/manual)")
    parser.add_argument("--check", action="store_true", help="compare only")


def run(args: argparse.Namespace) -> int:
    differing = stale_pages(args.out)
    if args.check:
        say("\n".join(differing) or "The manual says what the rule files say.")
        return PROBLEMS if differing else DONE
    for path, text in pages().items():
        target = args.out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    say(f"{len(pages())} pages written to {args.out}.")
    return DONE


def stale_pages(folder: Path) -> list[str]:
    """The pages of a folder that differ from the rule files, with those that should not be there."""
    wanted = pages()
    there = {str(path.relative_to(folder)) for path in folder.rglob("*.md")}
    changed = [p for p, text in wanted.items() if p not in there or (folder / p).read_text("utf-8") != text]
    return sorted({*changed, *(there - wanted.keys())})
