"""Text that never runs into other text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osteon.service.patients.timeline.labels import CLEAR, GAP, Room, Spot, cut, placed, text_width

ROOM = Room(left=0, right=600, rows=3, size=13)


def mark(x: float, *labels: str, **more) -> Spot:
    return Spot(f"{labels[0] if labels else ''}@{x}", x - 6, x + 6, labels, **more)


def bar(left: float, right: float, *labels: str, **more) -> Spot:
    return Spot(labels[0], left, right, labels, room=max(0, right - left - 12), **more)


def told(spots) -> list[tuple[int, str, str]]:
    return [(spot.row, spot.label, spot.side) for spot in spots]


def test_wider_letters_make_wider_text():
    assert text_width("iiii", 13) < text_width("aaaa", 13) < text_width("WWWW", 13)
    assert text_width("aaaa", 26) == pytest.approx(2 * text_width("aaaa", 13))
    assert text_width("aaaa", 13, bold=True) > text_width("aaaa", 13)


def test_letters_of_every_script_have_a_width():
    assert text_width("骨", 10) > text_width("a", 10) > 0
    assert text_width("λ", 10) > 0


def test_text_is_cut_with_an_ellipsis_at_a_word_where_it_can():
    text = "Excision, five samples and a circular frame"
    short = cut(text, text_width("Excision, five…", 13), 13)
    assert short == "Excision, five…"
    assert cut(text, 1000, 13) == text


def test_too_little_to_read_is_not_written():
    assert cut("Debridement", 12, 13) == ""


def test_labels_with_room_stand_right_of_their_marks_in_one_row():
    assert told(placed([mark(50, "Debridement"), mark(300, "Flap")], ROOM)) == [
        (0, "Debridement", "right"),
        (0, "Flap", "right"),
    ]


def test_a_label_at_the_right_edge_stands_left_of_its_mark():
    assert told(placed([mark(590, "Frame removal")], ROOM)) == [(0, "Frame removal", "left")]


def test_a_label_is_shortened_before_its_neighbour_moves_down():
    first = mark(50, "Debridement: left tibia, washout", "Debridement")
    assert told(placed([first, mark(160, "Flap")], ROOM)) == [
        (0, "Debridement", "right"),
        (0, "Flap", "right"),
    ]


def test_a_fact_moves_down_when_no_shorter_label_helps():
    assert told(placed([mark(50, "Debridement"), mark(70, "Flap")], ROOM)) == [
        (0, "Debridement", "right"),
        (1, "Flap", "right"),
    ]


def test_a_label_is_cut_when_there_are_no_more_rows():
    one_row = Room(0, 600, 1, 13)
    spots = placed([mark(50, "Debridement of the left tibia"), mark(140, "Flap")], one_row)
    assert [spot.row for spot in spots] == [0, 0]
    assert spots[0].label.endswith("…")
    assert spots[0].end + CLEAR <= spots[1].start


def test_only_the_mark_is_drawn_when_not_even_a_cut_label_fits():
    one_row = Room(0, 600, 1, 13)
    assert told(placed([mark(50, "Debridement"), mark(80, "Flap")], one_row)) == [
        (0, "", "right"),
        (0, "Flap", "right"),
    ]


def test_marks_that_would_cover_each_other_share_a_place_and_none_is_lost():
    one_row = Room(0, 600, 1, 13)
    [spot] = placed([mark(50, "One"), mark(53, "Two"), mark(56, "Three")], one_row)
    assert spot.crowd == ["Two@53", "Three@56"]


def test_a_sentence_is_cut_to_the_place_there_is():
    sentence = "Excision, five samples, circular frame, free flap"
    spots = placed([mark(50, sentence, elastic=True), mark(250, "DAIR")], ROOM)
    assert spots[0].row == spots[1].row == 0
    assert spots[0].label.startswith("Excision, five samples")
    assert spots[0].label.endswith("…")


def test_a_sentence_at_the_right_edge_is_cut_rather_than_lost():
    sentence = "Excision, five samples, circular frame, free flap and six weeks of antibiotics at home"
    [spot] = placed([mark(420, sentence, elastic=True)], ROOM)
    assert spot.label.endswith("…")
    assert spot.end <= ROOM.right


def test_the_text_of_a_bar_stands_inside_where_it_fits():
    assert told(placed([bar(50, 250, "Ceftriaxone IV")], ROOM)) == [(0, "Ceftriaxone IV", "inside")]


def test_the_text_of_a_short_bar_stands_beside_it():
    assert told(placed([bar(50, 60, "Ceftriaxone IV OPAT", "Ceftriaxone")], ROOM)) == [
        (0, "Ceftriaxone IV OPAT", "right")
    ]


def test_overlapping_bars_are_stacked():
    spots = placed(
        [bar(0, 200, "Rifampicin"), bar(100, 300, "Ciprofloxacin"), bar(220, 400, "Linezolid")], ROOM
    )
    assert [spot.row for spot in spots] == [0, 1, 0]


def test_courses_of_one_drug_keep_to_one_row():
    first, second = bar(0, 90, "Teicoplanin", family="t"), bar(50, 160, "Rifampicin", family="r")
    again = bar(200, 320, "Rifampicin", family="r")
    assert [spot.row for spot in placed([first, second, again], ROOM)] == [0, 1, 1]


def test_bars_that_start_together_have_the_longer_one_on_top():
    spots = placed([bar(50, 90, "Latency"), bar(50, 300, "Circular frame")], ROOM)
    assert [spot.payload for spot in spots] == ["Circular frame", "Latency"]


def test_phases_follow_each_other_without_a_gap_in_a_row_of_their_own():
    frame = bar(50, 400, "Circular frame", family="frame")
    phases = [
        bar(a, b, name, family="phase", snug=True)
        for a, b, name in ((50, 70, "Latency"), (70, 200, "Distraction"))
    ]
    assert told(placed([frame, *phases], ROOM)) == [
        (0, "Circular frame", "inside"),
        (1, "", "inside"),
        (1, "Distraction", "inside"),
    ]


def test_a_mark_without_words_is_placed():
    assert told(placed([mark(50), mark(52)], ROOM)) == [(0, "", "right"), (1, "", "right")]


words = st.sampled_from(["Flap", "Debridement", "Removal of implant and spacer", "Frame: distraction", "X"])
spots = st.builds(
    lambda x, width, text, short, elastic: Spot(
        (x, text), x, min(x + width, 600.0), (text, short), room=max(0.0, width - 12), elastic=elastic
    ),
    st.floats(0, 590), st.sampled_from([4.0, 12.0, 60.0, 250.0]), words, words, st.booleans(),
)  # fmt: skip


@given(st.lists(spots, max_size=25), st.integers(1, 6))
def test_nothing_ever_overlaps_and_nothing_is_lost(wanted, rows):
    done = placed(wanted, Room(0, 600, rows, 13))
    assert sum(1 + len(spot.crowd) for spot in done) == len(wanted)
    for row in range(rows):
        line = sorted((spot for spot in done if spot.row == row), key=lambda spot: spot.start)
        for one, following in pairwise(line):
            assert one.end + CLEAR <= following.start + 1e-6


@given(st.lists(spots, max_size=25))
def test_labels_stay_on_the_paper(wanted):
    for spot in placed(wanted, ROOM):
        assert 0 <= spot.row < ROOM.rows
        assert spot.width == pytest.approx(text_width(spot.label, ROOM.size))
        if spot.side == "inside":
            assert spot.width <= spot.room + 1e-6
        elif spot.label:
            assert spot.start >= -1e-6
            assert spot.end <= ROOM.right + GAP + 1e-6
