"""The simulated patients that all measurements share, written once below ``bench/work``."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from osteon.events.simulator import simulate_frames

UNTIL = datetime(2026, 11, 1)  # noqa: DTZ001 - the stream is UTC without a zone
WORK = Path(__file__).parent / "work"
SEED = 1


def cohort(patients: int, detail: str = "core") -> list[str]:
    """Parquet files of that many simulated patients; made when they are not there yet."""
    folder = WORK / (f"cohort-{patients}" if detail == "core" else f"cohort-{patients}-{detail}")
    done = folder / "done"
    if not done.exists():
        folder.mkdir(parents=True, exist_ok=True)
        for number, frame in enumerate(simulate_frames(patients, SEED, UNTIL, detail=detail, workers=2)):
            frame.write_parquet(folder / f"{number:05d}.parquet")
        done.touch()
    return sorted(str(path) for path in folder.glob("*.parquet"))
