import io
import json

import pytest

from osteon.site.commands.printing import Progress, paragraph, say_json, table


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_a_table_is_as_wide_as_its_longest_cells():
    assert table(["rule", "red"], [["alt", 3], ["crp-rising", 1200]]) == (
        "rule          red\n----------  -----\nalt             3\ncrp-rising  1,200"
    )


def test_a_table_without_rows_still_has_its_headings():
    assert table(["rule", "red"], []) == "rule  red\n----  ---"


def test_words_are_not_taken_for_numbers():
    assert table(["a"], [["1"], ["two"]]).splitlines()[2] == "1"


def test_a_paragraph_is_wrapped_and_indented():
    lines = paragraph("word " * 60, 4).splitlines()
    assert len(lines) > 1
    assert all(line.startswith("    word") and len(line) <= 110 for line in lines)


def test_data_is_printed_with_its_letters_and_dates(capsys):
    say_json({"name": "Zofia Łukasz"})
    assert json.loads(capsys.readouterr().out) == {"name": "Zofia Łukasz"}


@pytest.mark.parametrize(
    ("done", "total", "line"),
    [
        (0, 0, "Reading: 0"),
        (1234, 0, "Reading: 1,234"),
        (0, 10, "Reading [........................] 0 %"),
        (5, 10, "Reading [############............] 50 %"),
        (10, 10, "Reading [########################] 100 %"),
        (12, 10, "Reading [########################] 100 %"),
    ],
)
def test_the_progress_line_counts_or_fills(done, total, line):
    progress = Progress("Reading", total, io.StringIO())
    progress.done = done
    assert progress.line() == line


def test_progress_is_drawn_on_a_terminal_and_wiped_at_the_end():
    terminal = Terminal()
    with Progress("Reading", 2, terminal) as progress:
        progress.advance()
    assert "Reading [" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_progress_says_nothing_into_a_file():
    file = io.StringIO()
    with Progress("Reading", 2, file) as progress:
        progress.advance(2)
    assert progress.done == 2
    assert file.getvalue() == ""
