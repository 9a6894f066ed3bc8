"""The one place where clinical rows are written many at a time: always with their history.

simple-history does not see ``bulk_create`` and ``bulk_update``. Its helper for updates is used as it is. For new
rows the database itself copies them into their history, which is twice as fast as building every row a second
time; ``tests/test_bulk.py`` holds that copy against what the helper would have written.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeVar

from django.db import connection, transaction
from django.utils import timezone
from simple_history.utils import bulk_update_with_history, get_history_manager_for_model

from osteon.service.accounts.models import Person
from osteon.service.patients.facts import Versioned

ROWS_AT_ONCE: Final = 2000
KEYS_AT_ONCE: Final = 900
IMPORTED: Final = "Imported"
CORRECTED: Final = "Corrected by the sender"

Row = TypeVar("Row", bound=Versioned)


def create_all(model: type[Row], rows: Sequence[Row], *, by: Person) -> list[Row]:
    """Stores new rows with one row of history each; the rows with their keys."""
    if not rows:
        return []
    with transaction.atomic():
        made: list[Row] = model._default_manager.bulk_create(rows, batch_size=ROWS_AT_ONCE)
        for start in range(0, len(made), KEYS_AT_ONCE):
            _remember(model, [row.pk for row in made[start : start + KEYS_AT_ONCE]], by)
    return made


def _remember(model: type[Versioned], keys: list[int], by: Person) -> None:
    """Copies rows as they stand into their history, as created by ``by``."""
    history = get_history_manager_for_model(model).model
    quote = connection.ops.quote_name
    copied = ", ".join(quote(field.column) for field in history.tracked_fields)
    own = ", ".join(map(quote, ("history_date", "history_change_reason", "history_type", "history_user_id")))
    places = ", ".join(["%s"] * len(keys))
    # Every name comes from the models, every value is a parameter.
    statement = (
        f"INSERT INTO {quote(history._meta.db_table)} ({copied}, {own}) "  # noqa: S608
        f"SELECT {copied}, %s, %s, %s, %s FROM {quote(model._meta.db_table)} "
        f"WHERE id IN ({places}) ORDER BY id"
    )
    moment = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(statement, [moment, IMPORTED, "+", by.pk, *keys])


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
