from osteon.events.simulator.story import CORE, FULL, Story


def story(detail=FULL, until=None):
    return Story(7, detail, until)


def test_a_row_is_told_with_a_source_that_says_it_is_invented():
    told = story()
    assert told.add(CORE, 100, "LOINC//1988-5", 12.0, "mg/L") == "sim:7/1"
    assert told.rows[0][0:4] == (100, 1, None, "LOINC//1988-5")


def test_core_leaves_out_the_rest_but_keeps_the_numbers():
    full, core = story(FULL), story(CORE)
    for told in (full, core):
        told.add(CORE, 1, "a")
        told.add(FULL, 2, "b")
        told.add(CORE, 3, "c")
    assert [row[1] for row in full.rows] == [1, 2, 3]
    assert [row[1] for row in core.rows] == [1, 3]
    assert set(core.rows) <= set(full.rows)


def test_reserved_numbers_are_not_given_again():
    told = story()
    first = told.reserve(3)
    told.add(CORE, 1, "later")
    told.add(CORE, 1, "reserved", number=first + 1)
    assert [row[1] for row in told.rows] == [4, 2]


def test_what_is_not_known_by_the_cut_off_is_left_out():
    told = story(until=1000)
    assert told.add(CORE, 990, "known", known=1000) == "sim:7/1"
    assert told.add(CORE, 990, "reported later", known=1001) is None
    assert told.add(CORE, 1001, "happens later") is None


def test_what_lasts_beyond_the_cut_off_has_no_end_yet():
    told = story(until=1000)
    told.add(CORE, 10, "running", end=1001)
    told.add(CORE, 10, "over", end=1000)
    assert [row[2] for row in told.rows] == [None, 1000]


def test_nothing_is_told_after_death_and_what_lasts_ends_with_it():
    told = story()
    told.last = 500
    assert told.add(CORE, 501, "after") is None
    told.add(CORE, 500, "at death")
    told.add(CORE, 10, "course", end=900)
    assert [(row[3], row[2]) for row in told.rows] == [("at death", None), ("course", 500)]


def test_a_result_reported_after_death_is_told_when_taken_before():
    told = story()
    told.last = 500
    assert told.add(CORE, 499, "blood", known=700)


def test_rows_are_in_order_of_time_then_of_telling_with_the_timeless_first():
    told = story()
    for at, code in ((50, "b"), (50, "c"), (10, "a"), (None, "sex")):
        told.add(CORE, at, code)
    assert [row[3] for row in told.in_order()] == ["sex", "a", "b", "c"]


def test_birth_before_1970_comes_before_everything_but_what_has_no_time():
    told = story()
    told.add(CORE, 10, "now")
    told.add(CORE, -20_000_000, "birth")
    told.add(CORE, None, "sex")
    assert [row[3] for row in told.in_order()] == ["sex", "birth", "now"]


def test_what_has_no_time_is_told_once_it_is_known():
    told = story(until=1000)
    assert told.add(CORE, None, "sex", known=1001) is None
    assert told.add(CORE, None, "sex", known=1000)
