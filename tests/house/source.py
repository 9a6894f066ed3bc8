"""The repository as data, for the tests about the repository."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "osteon"
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


@cache
def committed() -> tuple[Path, ...]:
    """What is, or is about to be, committed; in a copy without git everything but the hidden folders."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    if listing.returncode:
        return tuple(p for p in ROOT.rglob("*") if p.is_file() and not _hidden(p.relative_to(ROOT)))
    return tuple(path for line in listing.stdout.splitlines() if (path := ROOT / line).is_file())


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") or part == "node_modules" for part in path.parts)


def python_files(folder: Path = SRC, *, tests: bool = False) -> Iterator[Path]:
    for path in committed():
        own = path.suffix == ".py" and path.is_relative_to(folder)
        if own and "migrations" not in path.parts and (tests or not is_test(path)):
            yield path


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


def templates() -> Iterator[Path]:
    return (path for path in committed() if path.suffix in (".jinja", ".html") and path.is_relative_to(SRC))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported_roots(node: ast.AST) -> Iterator[str]:
    """The first word of every module that ``node`` imports."""
    if isinstance(node, ast.Import):
        yield from (alias.name.split(".")[0] for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module.split(".")[0]
