"""The measurements, side by side in one run; writes bench/RESULTS.md.

bench                everything (about half an hour)
bench rules fhir     only these, written into the table beside what stands there
"""

from __future__ import annotations

import argparse
import os
import platform
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"
PARTS = {
    "rules": ("All rules over simulated patients", "rules_over_a_cohort"),
    "psdl": ("The same questions asked of psdl-lang", "rules_and_psdl"),
    "definitions": ("Definitions over a caseload", "definitions_over_a_caseload"),
    "patient": ("One patient's re-evaluation", "one_patient"),
    "fhir": ("Reading FHIR", "fhir_import"),
    "pages": ("Today and the patient page", "pages"),
    "search": ("Searching the library", "library_search"),
    "calculators": ("The calculators", "calculators"),
    "hooks": ("CDS Hooks, fifty in flight", "cds_hooks"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"some of: {', '.join(PARTS)}")


def run(args: argparse.Namespace) -> int:
    unknown = set(args.parts) - PARTS.keys()
    if unknown:
        print(f"There is no measurement called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}.")
        return 2
    sections = standing()
    for name in args.parts or PARTS:
        title, module = PARTS[name]
        print(f"{title} ...", flush=True)
        report: Callable[[], Iterator[str]] = import_module(f"bench.{module}").report
        sections[title] = "\n".join([f"*{machine()}*", "", *report()])
        print(sections[title], flush=True)
        RESULTS.write_text(written(sections), encoding="utf-8")
    return 0


def machine() -> str:
    """When and on what: enough to compare with, nothing that names a machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{datetime.now(UTC):%d %B %Y}, {os.cpu_count()} cores, {memory:.0f} GiB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def standing() -> dict[str, str]:
    """The sections of the results as they stand."""
    if not RESULTS.exists():
        return {}
    parts = re.split(r"^## (.+)\n", RESULTS.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return {title: text.strip() for title, text in zip(parts[::2], parts[1::2], strict=True)}


def written(sections: dict[str, str]) -> str:
    head = (
        "# Results\n\nWritten by `./osteon bench`. Medians of interleaved runs; the machine is shared and noisy, "
        "so read the ratios.\n"
    )
    ordered = [title for title, _ in PARTS.values() if title in sections]
    return head + "".join(f"\n## {title}\n\n{sections[title]}\n" for title in ordered)
