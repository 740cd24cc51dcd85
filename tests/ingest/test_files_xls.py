"""Old workbooks: what their records tell beside the values, and what is said where they tell nothing."""

import pytest
import zoo_files as zoo
from hypothesis import given
from hypothesis import strategies as st

from cmic_screen.ingest import biff
from cmic_screen.ingest.files import open_bytes

SHEET = (
    zoo.record(
        0x007D, ("H", 1), ("H", 2), ("H", 0), ("H", 0), ("H", 1), ("H", 0)
    )  # columns B and C hidden, C without a cell
    + zoo.record(0x0208, ("H", 1), ("H", 0), ("H", 4), ("H", 255), ("I", 0), ("I", 0x20))  # row 2 hidden
    + zoo.record(0x0204, ("H", 0), ("H", 0), ("H", 0), text=zoo.biff_text("CUSIP"))
    + zoo.record(0x0203, ("H", 1), ("H", 0), ("H", 1), ("d", 37833100.0))
    + zoo.record(0x0203, ("H", 2), ("H", 0), ("H", 1), ("d", 38259508.0))
    + zoo.record(0x00BD, ("H", 3), ("H", 0), ("H", 1), ("I", (5 << 2) | 2), ("H", 0), ("I", (6 << 2) | 2), ("H", 1))
    + zoo.record(0x0205, ("H", 4), ("H", 0), ("H", 0), ("B", 0x2A), ("B", 1))
    + zoo.record(0x0006, ("H", 4), ("H", 1), ("H", 0), text=b"\x02\0\x07\0\0\0\xff\xff" + bytes(8))
)


def test_formats_hidden_rows_columns_and_sheets_and_error_cells():
    (raw,) = open_bytes(zoo.xls(SHEET, hidden=1), "old.xls")
    grid = raw.grids[0]
    assert (raw.format, grid.name, grid.hidden, raw.issues) == ("xls", "Alt", True, ())
    assert [row[0] for row in grid.rows[:3]] == ["CUSIP", 37833100.0, 38259508.0]
    assert dict(grid.formats) == dict.fromkeys([(2, 1), (3, 1), (4, 1)], "000000000")
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {2})
    assert grid.errors == {(5, 1): "#N/A", (5, 2): "#DIV/0!"}


def test_formats_given_by_number_alone_are_known():
    cells = zoo.record(0x0203, ("H", 0), ("H", 0), ("H", 2), ("d", 45000.0))
    assert biff.parse(zoo.xls(cells))["Alt"]["formats"] == {1: [(1, 1, "mm-dd-yy")]}


def test_where_the_records_are_of_another_version_it_is_said():
    with pytest.raises(biff.NotBiff8Error):
        biff.parse(zoo.xls(SHEET, version=0x0500))
    (raw,) = open_bytes(zoo.ods([["Name"], ["x"]]), "open.ods")
    assert [i.code for i in raw.issues] == ["FORMAT_TELLS_LESS"]


def test_open_documents_tell_hidden_rows_formulas_and_errors():
    rows = (
        '<table:table-row table:visibility="collapse"><table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:formula="of:=1"/><table:table-cell table:formula="of:=1" '
        'office:value-type="string" office:string-value="" calcext:value-type="error"><text:p>#N/A</text:p>'
        "</table:table-cell></table:table-row>"
    )
    columns = '<table:table-column/><table:table-column table:visibility="collapse" table:number-columns-repeated="2"/>'
    (raw,) = open_bytes(zoo.ods([["Name", "Code"]], raw=rows, columns=columns), "open.ods")
    grid = raw.grids[0]
    assert (grid.hidden_rows, grid.hidden_columns) == ({2}, {2, 3})
    assert (grid.no_value, grid.errors) == ({(5, 1)}, {(5, 2): "#N/A"})
    assert len(grid.rows) == 5
    assert [i.text for i in raw.issues] == ["In this .ods number formats cannot be told."]


@given(st.binary(max_size=40), st.integers(0, 5000))
def test_broken_containers_end_in_one_error(noise, at):
    data = zoo.xls(SHEET)
    broken = data[:at] + noise + data[at + len(noise) :]
    try:
        found = biff.parse(broken)
    except biff.NotBiff8Error:
        return
    assert all(facts["no_value"] == [] for facts in found.values())
