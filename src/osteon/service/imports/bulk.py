"""The one place where clinical rows are written many at a time: always with their history.

simple-history does not see ``bulk_create`` and ``bulk_update``; its ``*_with_history`` helpers do, and
``tests/house/test_writes.py`` holds everybody else away from them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from osteon.service.accounts.models import Person
from osteon.service.patients.facts import Versioned

ROWS_AT_ONCE: Final = 2000
IMPORTED: Final = "Imported"
CORRECTED: Final = "Corrected by the sender"

Row = TypeVar("Row", bound=Versioned)


def create_all(model: type[Row], rows: Sequence[Row], *, by: Person) -> list[Row]:
    """Stores new rows with one row of history each; the rows with their keys."""
    if not rows:
        return []
    made: list[Row] = bulk_create_with_history(
        rows, model, batch_size=ROWS_AT_ONCE, default_user=by, default_change_reason=IMPORTED
    )
    return made


def update_all(model: type[Row], rows: Sequence[Row], fields: Iterable[str], *, by: Person) -> None:
    """Stores changed rows under their next version, with one row of history each."""
    for row in rows:
        row.version += 1
    if rows:
        bulk_update_with_history(
            rows,
            model,
            [*fields, "version"],
            batch_size=ROWS_AT_ONCE // 10,
            default_user=by,
            default_change_reason=CORRECTED,
        )
