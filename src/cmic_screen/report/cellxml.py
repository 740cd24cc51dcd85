"""The cells of a sheet as SpreadsheetML: the one place where a value becomes a cell, so that text can only be text.

openpyxl writes all that is not a cell (styles, tables, rules, print set-up, chart); through it a hundred thousand cells
take ten times as long. A string is an inline string, whatever it begins with; a formula comes from `Cell.formula`
alone, with its stored result. ECMA-376 part 1, 18.3.1.4 (c), 18.3.1.73 (row), 18.3.1.47 (hyperlink).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from cmic_screen.report.tables import Cell, letters

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmic_screen.report.tables import Page, Row, Value

_EPOCH: Final = date(1899, 12, 30)


def sheet_data(page: Page, style_id: Callable[[str, bool], int]) -> bytes:
    """The sheetData element of a page. `style_id` gives the index of a named style, with quotePrefix where true."""
    known: dict[tuple[str, bool], int] = {}

    def number(style: str, text: bool) -> int:
        key = (style, text)
        if key not in known:
            known[key] = style_id(style, text)
        return known[key]

    columns = [letters(i) for i in range(1, 1 + max((len(r.cells) for r in page.rows), default=0))]
    rows = (_row(at, row, columns, number) for at, row in enumerate(page.rows, 1) if row.cells or row.height)
    return ("<sheetData>" + "".join(rows) + "</sheetData>").encode()


def hyperlinks(page: Page) -> bytes:
    """The hyperlinks element: places in this workbook only; b"" where the page has none."""
    links = [
        f'<hyperlink ref="{letters(i)}{at}" location={quoteattr(cell.link)}/>'
        for at, row in enumerate(page.rows, 1)
        for i, cell in enumerate(row.cells, 1)
        if isinstance(cell, Cell) and cell.link
    ]
    return f"<hyperlinks>{''.join(links)}</hyperlinks>".encode() if links else b""


def dimension(page: Page) -> str:
    """The used range, which readers that stream rely on."""
    wide = max((len(r.cells) for r in page.rows), default=1)
    return f"A1:{letters(max(wide, 1))}{max(len(page.rows), 1)}"


def _row(at: int, row: Row, columns: list[str], number: Callable[[str, bool], int]) -> str:
    height = f' ht="{row.height:g}" customHeight="1"' if row.height is not None else ""
    cells = [
        _cell(f"{column}{at}", value.value, value.style or style, value.formula, number)
        if isinstance(value, Cell)
        else _cell(f"{column}{at}", value, style, "", number)
        for column, value, style in zip(columns, row.cells, row.styles, strict=False)
    ]
    return f'<row r="{at}"{height}>' + "".join(cells) + "</row>"


def _cell(place: str, value: Value, style: str, formula: str, number: Callable[[str, bool], int]) -> str:
    if formula:
        return f'<c r="{place}" s="{number(style, False)}"><f>{escape(formula[1:])}</f><v>{value!r}</v></c>'
    if value is None or value == "":
        return f'<c r="{place}" s="{number(style, False)}"/>'
    if isinstance(value, str):
        text = f'<is><t xml:space="preserve">{escape(value)}</t></is>'
        return f'<c r="{place}" s="{number(style, True)}" t="inlineStr">{text}</c>'
    shown = (value - _EPOCH).days if isinstance(value, date) else value
    return f'<c r="{place}" s="{number(style, False)}"><v>{shown!r}</v></c>'
