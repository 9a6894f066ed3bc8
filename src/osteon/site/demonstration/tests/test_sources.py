from osteon.events.schema import COLUMNS
from osteon.events.simulator import simulate
from osteon.site.demonstration.sources import PATIENTS_TOGETHER, InventedSource

STORIES = list(simulate(PATIENTS_TOGETHER + 5, 1))


def source():
    return InventedSource("A ward", STORIES)


def test_an_invented_source_tells_everybody_in_order():
    assert list(source().subjects()) == [subject for subject, _ in STORIES]


def test_an_invented_source_tells_whole_patients_in_tables_of_the_stream():
    tables = list(source().events())
    people = [set(table["subject_id"]) for table in tables]
    assert [len(ids) for ids in people] == [PATIENTS_TOGETHER, 5]
    assert people[0].isdisjoint(people[1])
    assert all(tuple(table.columns) == COLUMNS for table in tables)


def test_an_invented_source_reports_what_it_told_each_time_anew():
    told = source()
    total = sum(len(events) for _, events in STORIES)
    for _ in range(2):
        assert sum(table.height for table in told.events()) == total
        assert told.report.read == sum(told.report.mapped.values()) == total


def test_an_invented_source_of_nobody_is_empty():
    nobody = InventedSource("Nobody", [])
    assert list(nobody.subjects()) == list(nobody.events()) == []
