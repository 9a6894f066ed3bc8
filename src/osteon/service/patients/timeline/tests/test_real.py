"""Whole lives that nobody here wrote, drawn: ../shared/data/synthea_r4."""

from pathlib import Path
from xml.etree import ElementTree

import polars as pl
import pytest

from osteon.events.schema import COLUMNS, Event
from osteon.service.patients.timeline.sheet import SHEETS
from osteon.service.patients.timeline.tests.outline import view_of
from osteon.standards.sources import open_source

pytestmark = pytest.mark.real

LIVES = sorted((Path(__file__).resolve().parents[7] / "shared" / "data" / "synthea_r4").glob("*.json.gz"))


def events_of(path: Path) -> list[Event]:
    rows = pl.concat(list(open_source(path).events())).select(COLUMNS).rows(named=True)
    return [Event(**row) for row in rows]


@pytest.mark.skipif(not LIVES, reason="../shared/data/synthea_r4 is not on this machine")
def test_a_whole_life_is_drawn_on_every_sheet_and_every_dated_fact_is_in_the_table():
    for path in LIVES[:4]:
        events = events_of(path)
        view = view_of(events, params={"span": "all", "marker": "creatinine", "overlay": "haemoglobin"})
        for sheet in SHEETS:
            assert ElementTree.fromstring(str(view.svg(sheet))) is not None  # noqa: S314
        dated = [one for one in events if one.time is not None and view.window.start <= one.time]
        assert view.table.count >= len(dated) > 50
