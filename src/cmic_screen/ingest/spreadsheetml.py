"""Excel's XML spreadsheet of 2002/2003, which exports often name .xls, into grids; formulas are not evaluated and
document types are refused (Microsoft, XML Spreadsheet Reference).
"""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise
from typing import Final

from cmic_screen.ingest import limits, xmlwalk
from cmic_screen.ingest.grid import Cell, Grid

_SPACE: Final = "urn:schemas-microsoft-com:office:spreadsheet "
_OWN: Final = len(_SPACE)
_INTEGER: Final = re.compile(r"-?\d{1,15}")
_NAMED: Final = {
    "General Number": "", "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Scientific": "0.00E+00",
    "General": "",
}  # fmt: skip


def read(data: bytes, where: str) -> list[Grid]:
    """Every worksheet, hidden ones too; only rows that are written, each with its own number.

    InputError where the XML is malformed, declares a document type or spreads its cells too far apart.
    """
    book = _Book(where)
    parser = xmlwalk.parser(book.start, book.end, namespaces=True)
    parser.CharacterDataHandler = book.text.append
    xmlwalk.whole(parser, data.strip(), where)
    return book.grids


class _Book:
    """Gathers sheets while expat walks through them."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.grids: list[Grid] = []
        self.text: list[str] = []
        self.formats: dict[str, str] = {}
        self.style = ""
        self.room = limits.CELLS
        self._new_sheet("")

    def _new_sheet(self, name: str) -> None:
        self.name, self.hidden = name, False
        self.rows: list[list[Cell]] = []
        self.numbers: list[int] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.cell_formats: dict[tuple[int, int], str] = {}
        self.no_value: set[tuple[int, int]] = set()
        self.errors: dict[tuple[int, int], str] = {}
        self.row = self.column = self.column_mark = 0
        self.kind = ""
        self.formula = self.valued = False
        self.cell_style = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element starts; attributes are looked up under the spreadsheet namespace."""
        self.text.clear()
        if not name.startswith(_SPACE):
            return
        own = {key[_OWN:]: value for key, value in given.items() if key.startswith(_SPACE)}
        handler = getattr(self, f"_start_{name[_OWN:].lower()}", None)
        if handler is not None:
            handler(own)

    def end(self, name: str) -> None:
        """An element ends."""
        local = name.rpartition(" ")[2]
        if local == "Data":
            self._value("".join(self.text))
        elif local == "Cell":
            self._cell_ends()
        elif local == "Visible" and "".join(self.text).strip() in {"SheetHidden", "SheetVeryHidden"}:
            self.hidden = True
        elif local == "Worksheet":
            self._sheet_ends()
        if local not in {"B", "I", "U", "Font", "S", "Sup", "Sub"}:  # runs of formatted text inside a Data element
            self.text.clear()

    def _start_style(self, own: dict[str, str]) -> None:
        self.style = own.get("ID", "")

    def _start_numberformat(self, own: dict[str, str]) -> None:
        code = own.get("Format", "")
        self.formats[self.style] = _NAMED.get(code, code)

    def _start_worksheet(self, own: dict[str, str]) -> None:
        self._new_sheet(own.get("Name", ""))

    def _start_column(self, own: dict[str, str]) -> None:
        first = _number(own.get("Index"), self.column_mark + 1)
        last = min(first + _number(own.get("Span"), 0), limits.COLUMNS)
        self.column_mark = last
        if own.get("Hidden") == "1" or own.get("Width") == "0":
            self.hidden_columns.update(range(first, last + 1))

    def _start_row(self, own: dict[str, str]) -> None:
        self.row = _number(own.get("Index"), self.row + 1)
        self.column = 0
        self.rows.append([])
        self.numbers.append(self.row)
        if own.get("Hidden") == "1" or own.get("Height") == "0":
            self.hidden_rows.add(self.row)

    def _start_cell(self, own: dict[str, str]) -> None:
        self.column = _number(own.get("Index"), self.column + 1)
        if not self.rows:
            return
        row = self.rows[-1]
        missing = self.column - len(row)
        self.room -= max(missing, 1)
        if self.column > limits.COLUMNS or self.room < 0:
            raise limits.too_big("its cells lie too far apart to be read.", f"{self.where}, sheet {self.name}")
        row.extend([None] * missing)
        self.formula, self.valued, self.cell_style = "Formula" in own, False, own.get("StyleID", "")
        across, down = _number(own.get("MergeAcross"), 0), _number(own.get("MergeDown"), 0)
        if across or down:
            self.merged.append((self.row, self.column, self.row + down, self.column + across))
        self.across = across

    def _start_data(self, own: dict[str, str]) -> None:
        self.kind = own.get("Type", "String")

    def _value(self, text: str) -> None:
        if not self.rows or not self.rows[-1] or self.column < 1:
            return
        self.valued = True
        place = (self.row, self.column)
        if self.kind == "Error":
            self.errors[place] = text.strip() or "#ERROR"
            return
        if len(text) > limits.CELL_CHARACTERS:
            raise limits.too_big(f"a cell has {len(text):,} characters.", f"{self.where}, sheet {self.name}")
        cell = _typed(text, self.kind)
        self.rows[-1][self.column - 1] = cell
        code = self.formats.get(self.cell_style, "")
        if code and isinstance(cell, int | float):
            self.cell_formats[place] = code

    def _cell_ends(self) -> None:
        if self.formula and not self.valued:
            self.no_value.add((self.row, self.column))
        self.formula = False
        self.column += self.across

    def _sheet_ends(self) -> None:
        if any(b <= a for a, b in pairwise(self.numbers)):
            raise limits.damaged("its rows are not in order", f"{self.where}, sheet {self.name}")
        self.grids.append(
            Grid(
                name=self.name, rows=self.rows, row_numbers=self.numbers, hidden=self.hidden,
                hidden_rows=frozenset(self.hidden_rows), hidden_columns=frozenset(self.hidden_columns),
                merged=tuple(self.merged), formats=self.cell_formats, no_value=frozenset(self.no_value),
                errors=self.errors,
            )
        )  # fmt: skip

    across = 0


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 and int(text) else otherwise


def _typed(text: str, kind: str) -> Cell:
    """A value as its type says; text that does not fit its type stays text."""
    if not text:
        return None
    if kind == "Boolean":
        return {"1": True, "0": False}.get(text.strip(), text)
    try:
        if kind == "Number":
            return int(text) if _INTEGER.fullmatch(text.strip()) else float(text)
        if kind == "DateTime":
            moment = datetime.fromisoformat(text.strip())
            return moment if moment.time().isoformat() != "00:00:00" else moment.date()
    except ValueError:
        return text
    return text
