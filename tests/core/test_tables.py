"""T53: a table that leaves the house is text and numbers in any spreadsheet, however that is set, and comes back as it was."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.tables import csv_lines, plain_cell, read_csv, safe_cell
from tests.support.spreadsheets import FORMULA

HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "＝1",
    "＋1",
    "－1",
    "＠A1",
    " =1+1",
    '=HYPERLINK("http://x.example","y")',
    "=cmd|' /C calc'!A0",
    "Ada;=1+1;",
    "Ada\t=1+1\t",
    "Ada\r\n=1+1",
    'Ada";=1+1;"',
    "Ada;;  -1",
    "'=1+1",
    "''=1+1",
    ";@A1",
]


def written(*cells: object) -> str:
    """A file of one row, without its mark of order and its head."""
    return "".join(csv_lines(["head"] * len(cells), [cells])).removeprefix("\ufeff").split("\r\n", 1)[1]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_nothing_begins_a_formula_wherever_a_spreadsheet_splits(text):
    line = written("Ada", text, "Sales")
    assert not FORMULA.search(line)
    (row,) = csv.reader(io.StringIO(line, newline=""))
    assert row[::2] == ["Ada", "Sales"]
    assert not FORMULA.search(row[1])
    assert plain_cell(row[1]) == text.replace("\x00", "")


@pytest.mark.parametrize(("number", "shown"), [(-5, "-5"), (0, "0"), (2.5, "2.5"), (True, "1"), (False, "0"), (None, "")])
def test_numbers_stay_numbers(number, shown):
    assert safe_cell(number) == shown


@pytest.mark.parametrize("text", ["", "Ada de Wit", "'s-Hertogenbosch", "O'Brien", "a=b", "1-2", "ada@meridian.example", "a; b", "C++", "é"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert safe_cell(text) == text


@given(st.text(alphabet=st.sampled_from([*"=+-@' ab;\t\r\n\",|", "＝"]), max_size=12))
def test_whatever_is_written_is_safe_and_comes_back(text):
    assert not FORMULA.search(safe_cell(text))
    assert plain_cell(safe_cell(text)) == text


def test_an_export_can_be_imported():
    names = [text for text in HOSTILE if text.strip(" \t\r\n\x00") == text]
    _head, rows = read_csv("".join(csv_lines(["name", "job"], [[name, "Nurse"] for name in names])).encode(), most_rows=100)
    assert [row[0] for row in rows] == names
