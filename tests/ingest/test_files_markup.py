"""Workbooks that are really XML or HTML: cells, numbers, hidden rows, merged cells, and what lies outside of tables."""

import datetime as dt

import pytest
import zoo_files as zoo

from cmic_screen.errors import InputError
from cmic_screen.ingest import limits, markup, spreadsheetml
from cmic_screen.ingest.files import open_bytes


def test_spreadsheetml():
    (raw,) = open_bytes(zoo.SPREADSHEETML.encode(), "a.xls")
    grid, away = raw.grids
    assert grid.rows == [
        ["Name", None, "CUSIP"],
        ["A & B", None, 37833100, None, None],
        [dt.date(2026, 10, 30), True, 1.5, "bold and plain"],
    ]
    assert grid.row_numbers == [1, 4, 5]
    assert grid.formats == {(4, 3): "000000000"}
    assert (grid.errors, grid.no_value, grid.merged) == ({(4, 4): "#N/A"}, {(4, 5)}, ((1, 1, 1, 2),))
    assert (grid.hidden_rows, grid.hidden_columns) == ({4}, {4})
    assert (away.name, away.hidden, away.rows) == ("Versteckt", True, [["x"]])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("</Workbook>", "", "damaged or cut off"),
        ('<?xml version="1.0"?>', '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY x "y">]>', "document type"),
        ('ss:Index="3"', 'ss:Index="99999"', "too far apart"),
        ('ss:Index="4" ss:Hidden="1"><Cell>', 'ss:Index="1"><Cell>', "not in order"),
    ],
)
def test_broken_spreadsheetml_is_refused(old, new, says):
    with pytest.raises(InputError, match=says):
        spreadsheetml.read(zoo.SPREADSHEETML.replace(old, new).encode(), "a.xls")


def test_html():
    (raw,) = open_bytes(zoo.HTML.encode(), "a.xls")
    grid = raw.grids[0]
    assert grid.rows == [
        ["Account\xa0123"], [],
        ["Name", "Code", None], ["Hikvision Digital", "002415", "SZ"], ["hidden & held", "1"],
        ["As of 30 October"], [], ["second"],
    ]  # fmt: skip
    assert grid.hidden_rows == {5}
    assert grid.merged == ((3, 2, 3, 3), (5, 1, 6, 1))


def test_nested_tables_and_a_stated_encoding():
    page = '<meta charset="gb2312"><table><tr><td>x<table><tr><td>海康威视</td></tr></table></td></tr></table>'
    (raw,) = open_bytes(page.encode("gb2312"), "a.htm")
    assert raw.encoding == "gb2312"
    assert [row for row in raw.grids[0].rows if row] == [["海康威视"], ["x"]]


def test_an_encoding_stated_wrongly_is_told_by_the_ladder():
    page = '<meta charset="utf-8"><table><tr><td>Société Générale</td></tr></table>'
    (raw,) = open_bytes(page.encode("cp1252"), "a.htm")
    assert (raw.encoding, raw.grids[0].rows) == ("cp1252", [["Société Générale"]])


@pytest.mark.parametrize("stated", ["hex", "x-none", "windows-1252"])
def test_xml_that_states_another_encoding_is_decoded_or_refused(stated):
    text = zoo.SPREADSHEETML.replace('version="1.0"?>', f'version="1.0" encoding="{stated}"?>', 1).replace(
        "A &amp; B", "Nestlé"
    )
    (raw,) = open_bytes(text.encode("cp1252"), "a.xls")
    assert raw.grids[0].rows[1][0] == "Nestlé"


def test_a_table_with_too_many_cells_is_refused(monkeypatch):
    monkeypatch.setattr(limits, "CELLS", 3)
    with pytest.raises(InputError, match="too many cells"):
        markup.parse_html(b"<table><tr><td colspan=9>x</table>", where="a.htm")


def test_a_page_that_names_no_encoding_there_is_is_read_by_the_ladder():
    page = '<html><head><meta charset="ut"></head><table><tr><th>Security</th><th>ISIN</th></tr>'
    page += "<tr><td>Apple Inc</td><td>US0378331005</td></tr></table></html>"
    grid = open_bytes(page.encode("ascii"), "page.xls")[0].grids[0]
    assert [list(row) for row in grid.rows][1] == ["Apple Inc", "US0378331005"]
