"""Rows written many at a time have the history they would have had one by one."""

from datetime import UTC, datetime

import pytest
from simple_history.utils import bulk_create_with_history

from osteon.service.imports.bulk import IMPORTED, create_all, update_all
from osteon.service.patients.models import ImportedFact
from osteon.service.results.models import Result

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
OWN = ("id", "public_id", "history_id", "history_date", "source")


def results(cast, prefix, number=3):
    return [
        Result(
            patient=cast.ruth,
            source=f"{prefix}{n}",
            recorded_by=cast.lead,
            recorded_at=NOON,
            code="LOINC//1988-5",
            taken_at=NOON,
            numeric_value=n / 3,
            text_value="%s 'quoted' ö",
            reference_high=5.0,
        )
        for n in range(number)
    ]


def told(row):
    return {
        name: value for name, value in row.__dict__.items() if name not in OWN and not name.startswith("_")
    }


def test_history_of_new_rows_is_what_the_helper_would_write(cast):
    create_all(Result, results(cast, "ours"), by=cast.lead)
    theirs = results(cast, "theirs")
    bulk_create_with_history(theirs, Result, default_user=cast.lead, default_change_reason=IMPORTED)
    history = Result.history.order_by("history_id")
    ours = [told(row) for row in history.filter(source__startswith="ours")]
    assert ours == [told(row) for row in history.filter(source__startswith="theirs")]
    assert len(ours) == 3


def test_history_knows_row_person_moment_and_reason(cast):
    (made,) = create_all(Result, results(cast, "r", 1), by=cast.lead)
    (entry,) = made.history.all()
    assert (entry.history_type, entry.history_user, entry.history_change_reason) == (
        "+",
        cast.lead,
        "Imported",
    )
    assert (entry.id, entry.public_id, entry.numeric_value) == (made.pk, made.public_id, made.numeric_value)
    assert abs(datetime.now(UTC) - entry.history_date).total_seconds() < 600
    assert entry.instance.text_value == made.text_value


@pytest.mark.parametrize("number", [0, 1, 2500])
def test_every_row_has_one_row_of_history_however_many(cast, number):
    create_all(Result, results(cast, "r", number), by=cast.lead)
    assert (Result.objects.count(), Result.history.count()) == (number, number)
    assert list(Result.history.order_by("history_id").values_list("id", flat=True)) == sorted(
        Result.objects.values_list("pk", flat=True)
    )


def test_changed_rows_get_their_next_version_and_a_second_row_of_history(cast):
    made = create_all(Result, results(cast, "r"), by=cast.lead)
    made[0].numeric_value = 99
    update_all(Result, made[:1], ["numeric_value"], by=cast.physician)
    changed = Result.objects.get(pk=made[0].pk)
    assert (changed.numeric_value, changed.version) == (99, 2)
    latest = changed.history.first()
    assert (latest.history_type, latest.history_user, latest.numeric_value) == ("~", cast.physician, 99)


def test_nothing_to_change_writes_nothing(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        create_all(ImportedFact, [], by=cast.lead)
        update_all(ImportedFact, [], ["code"], by=cast.lead)
