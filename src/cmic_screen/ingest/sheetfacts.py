"""What an xlsx sheet's XML says beside its values: extent, hidden rows and columns, formulas without a stored value,
error cells, number formats, merged ranges; one expat pass that reads no value and refuses document types (ECMA-376).

calamine gives values and cannot tell these (pains A1, A3, B7, B12, C1).
"""

from __future__ import annotations

import contextlib
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from cmic_screen.ingest import bookparts, drawn, limits, xmlwalk
from cmic_screen.ingest.bookparts import COLUMN

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmic_screen.ingest.sheetscan import Rows

SCAN_FROM: Final = 2_000_000
"""Bytes of a sheet from which scanning pays for loading what it needs."""
_ATTRIBUTE: Final = re.compile(r'(\w+)="([^"]*)"')
_REFERENCE: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)


def parse(data: bytes, *, where: str) -> dict[str, Any]:
    """The facts of each worksheet of an xlsx or xlsm, by sheet name, as plain values (see `Sheet.plain`).

    A sheet whose part is missing is left out. InputError where an XML part is malformed or declares a document type.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        try:
            names = {name.lower().lstrip("/"): name for name in book.namelist()}
            main = next(iter(bookparts.targets(book, names, "", where, "/officeDocument").values()), "xl/workbook.xml")
            styles = bookparts.styles(book, names, main, where)
            return {
                title: _sheet(book, names[part], f"{where}, sheet {title}", styles).plain()
                | drawn.of_sheet(book, names, part, where)
                for title, part in bookparts.sheets(book, names, main, where)
                if part in names
            }
        except limits.ZIP_FAULTS as error:
            raise limits.damaged(str(error), where) from error


class Sheet:
    """The facts of one sheet, gathered while expat walks through it."""

    def __init__(self, styles: list[str]) -> None:
        self.styles = styles
        self.rows = self.columns = self.filled = 0
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.no_value: list[tuple[int, int]] = []
        self.errors: dict[tuple[int, int], str] = {}
        self.merged: list[tuple[int, int, int, int]] = []
        self.runs: dict[int, list[list[Any]]] = {}

    def plain(self) -> dict[str, Any]:
        """The facts as plain values. `formats` holds, per column, runs of (first row, last row, number format)."""
        facts = {name: value for name, value in vars(self).items() if name not in {"styles", "runs"}}
        code = dict(enumerate(self.styles))
        formats = {}
        for column, runs in self.runs.items():
            joined = _joined([[code[int(style)], first, last] for style, first, last in runs])
            if shown := [(first, last, name) for name, first, last in joined if name]:
                formats[column] = shown
        return {**facts, "formats": formats}


def _sheet(book: zipfile.ZipFile, part: str, where: str, styles: list[str]) -> Sheet:
    if book.getinfo(part).file_size >= SCAN_FROM:
        with contextlib.suppress(expat.ExpatError, LookupError, ValueError):  # the walk says what is wrong, if anything
            return _scanned(book, part, styles)
    return _walked(book, part, where, styles)


def _walked(book: zipfile.ZipFile, part: str, where: str, styles: list[str]) -> Sheet:
    """The facts by walking through every element."""
    sheet = Sheet(styles)
    parser, finish = _walker(sheet)
    with book.open(part) as stream:
        xmlwalk.streamed(parser, stream, where)
    finish()
    return sheet


def _scanned(book: zipfile.ZipFile, part: str, styles: list[str]) -> Sheet:
    """The same facts by scanning plain rows and walking through the rest. NotPlainError where they cannot be told."""
    from cmic_screen.ingest import sheetscan  # needs numpy, which a small book can do without

    sheet, rows = Sheet(styles), sheetscan.Rows([styles.index(code) for code in styles])
    parser, finish = _walker(sheet, joining=False)
    with book.open(part) as stream:
        sheetscan.scan(stream, lambda text: parser.Parse(text, False), rows)
    parser.Parse(b"", True)
    finish()
    _add(sheet, rows)
    return sheet


def _add(sheet: Sheet, rows: Rows) -> None:
    """What scanned rows told, added to what the walk through the others told."""
    sheet.filled += rows.filled
    sheet.rows = max(sheet.rows, rows.last_row)
    sheet.columns = max(sheet.columns, rows.columns)
    found = ((n, dict(_ATTRIBUTE.findall(others.decode("utf-8", "replace")))) for n, others in rows.hidden)
    sheet.hidden_rows = sorted([*sheet.hidden_rows, *(n for n, given in found if _row_hidden(given))])
    for column, style, first, last in rows.runs:
        sheet.runs.setdefault(column, []).append([str(style), first, last])


def _joined(runs: list[list[Any]]) -> list[list[Any]]:
    """Runs in row order, neighbours of one format made one."""
    joined: list[list[Any]] = []
    for style, first, last in sorted(runs, key=lambda run: (run[1], run[2])):
        if joined and joined[-1][0] == style:
            joined[-1][2] = max(joined[-1][2], last)
        else:
            joined.append([style, first, last])
    return joined


def _walker(sheet: Sheet, *, joining: bool = True) -> tuple[Any, Callable[[], None]]:
    """A parser that fills `sheet`, and what to call at its end. Without `joining` each cell is a run of its own."""
    finish: list[Callable[[], None]] = []

    def root(name: str, _attributes: list[str]) -> None:
        # the first element tells the namespace prefix; after it whole names are compared, which is fast
        prefix = name[: name.index(":") + 1] if ":" in name else ""
        parser.StartElementHandler, last = _handler(_Walk(parser, sheet, prefix, joining=joining))
        finish.append(last)

    parser = xmlwalk.parser(root)
    parser.ordered_attributes = True

    def end() -> None:
        for step in finish:
            step()

    return parser, end


_TEXTUAL: Final = frozenset({"s", "inlineStr", "str", "b", "d"})


def _handler(walk: _Walk) -> tuple[Callable[[str, list[str]], None], Callable[[], None]]:
    """The handler of every element's start, and what ends the last row. It runs millions of times:
    the common cell (its reference first, in the row it stands in) is dealt with in place, all else by `_Walk`.
    """
    cell, row_tag, latest = walk.cell_tag, walk.row_tag, walk.latest
    rare = {row_tag, walk.formula_tag, walk.column_tag, walk.merge_tag}
    row, digits, filled = 0, 0, 0
    at: list[str] | None = None

    def start(name: str, attributes: list[str]) -> None:
        nonlocal row, digits, filled, at
        if name == cell:
            filled += 1
            at = attributes
            size = len(attributes)
            if size == 2 and attributes[0] == "r":
                return  # neither style nor type: a number shown as it is, or blank
            if size == 4 and attributes[2] == "t":
                if attributes[3] in _TEXTUAL:
                    return
            elif size > 2 and attributes[0] == "r" and attributes[2] == "s":
                if size == 4 or (size == 6 and attributes[5] == "n"):
                    run = latest.get(attributes[1][:digits])
                    if run is not None and run[0] == attributes[3] and run[2] <= row:
                        run[2] = row
                        return
                elif attributes[5] in _TEXTUAL:
                    return
            walk.cell(row, filled, attributes)
        elif name in rare:
            if name == row_tag:
                walk.row_ends(row, filled, at)
                row, at = walk.row(row, attributes), None
                digits = -len(str(row))
            else:
                walk.other(name, attributes, row, filled, at)

    return start, lambda: walk.row_ends(row, filled, at)


class _Walk:
    """The less common part of the walk through a sheet: rows, odd cells, formulas, errors, merged ranges."""

    def __init__(self, parser: Any, sheet: Sheet, prefix: str, *, joining: bool) -> None:
        self.parser, self.sheet, self.joining = parser, sheet, joining
        self.cell_tag, self.value_tag, self.row_tag = prefix + "c", prefix + "v", prefix + "row"
        self.formula_tag, self.data_tag = prefix + "f", prefix + "sheetData"
        self.column_tag, self.merge_tag = prefix + "col", prefix + "mergeCell"
        self.latest: dict[str, list[Any]] = {}
        self.styles = {str(i) for i in range(len(sheet.styles))}
        self.text: list[str] = []
        self.place, self.kind, self.value = (0, 0), "", ""
        self.valued = False

    def row(self, row: int, attributes: list[str]) -> int:
        """A row starts: its number, which is the last one's successor where it does not say."""
        given = _given(attributes)
        number = given.get("r", "")
        row = int(number) if number.isascii() and number.isdigit() and len(number) < 8 else row + 1
        if _row_hidden(given):
            self.sheet.hidden_rows.append(row)
        return row

    def row_ends(self, row: int, filled: int, at: list[str] | None) -> None:
        """A row has ended with the cell `at`, the sheet's cell number `filled`: how far does it reach."""
        if at is not None:
            last_row, column = self._place(row, filled, _given(at))
            self.sheet.columns = max(self.sheet.columns, column)
            self.sheet.rows = max(self.sheet.rows, last_row)
        self.sheet.filled = filled

    def cell(self, row: int, filled: int, attributes: list[str]) -> None:
        """A cell that is not the common one: a new format in its column, an error, attributes in another order."""
        given = _given(attributes)
        row, column = self._place(row, filled, given)
        kind, style = given.get("t", "n"), given.get("s", "")
        if kind == "e":
            self._follow((row, column), kind)
        elif kind == "n" and style in self.styles:
            runs = self.sheet.runs.setdefault(column, [])
            if self.joining and runs and runs[-1][0] == style and runs[-1][2] <= row:
                runs[-1][2] = row
            else:
                runs.append([style, row, row])
            if self.joining and "r" in given:
                self.latest[given["r"].rstrip("0123456789")] = runs[-1]
            else:
                self.latest.clear()  # a cell that names no place: the next of its column must not go on over it

    def other(self, name: str, attributes: list[str], row: int, filled: int, at: list[str] | None) -> None:
        """An element that is neither cell, value nor row; `at` is the cell it may stand in."""
        if name == self.formula_tag and at is not None:
            given = _given(at)
            self._follow(self._place(row, filled, given), given.get("t", "n"))
        elif name == self.column_tag:
            _column_range(self.sheet, _given(attributes))
        elif name == self.merge_tag:
            _merge(self.sheet, _given(attributes))

    def _place(self, row: int, filled: int, given: dict[str, str]) -> tuple[int, int]:
        """Row and column of a cell; one without a reference stands behind the cells before it in its row."""
        match = _REFERENCE.fullmatch(given.get("r", ""))
        return (int(match[2]), COLUMN[match[1]]) if match else (row, filled - self.sheet.filled)

    def _follow(self, place: tuple[int, int], kind: str) -> None:
        """Follow a cell with a formula or an error to its end: does it hold a value, and which error."""
        self.place, self.kind, self.value, self.valued = place, kind, "", False
        self.text.clear()
        self.parser.CharacterDataHandler = self.text.append
        self.parser.EndElementHandler = self._end

    def _end(self, name: str) -> None:
        if name == self.value_tag:
            self.value, self.valued = "".join(self.text).strip(), True
        self.text.clear()
        if name != self.cell_tag:
            return
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None
        if self.kind == "e":
            self.sheet.errors[self.place] = self.value or "#ERROR"
        elif not self.value and not (self.valued and self.kind == "str"):
            self.sheet.no_value.append(self.place)  # `t="str"` with an empty value: the formula's result is ""


_ZERO: Final = frozenset({"0", "0.0"})


def _given(attributes: list[str]) -> dict[str, str]:
    return dict(zip(attributes[::2], attributes[1::2], strict=True))


def _true(text: str | None) -> bool:
    return (text or "").lower() in {"1", "true", "on"}


def _row_hidden(given: dict[str, str]) -> bool:
    return _true(given.get("hidden")) or given.get("ht") in _ZERO


def _column_range(sheet: Sheet, given: dict[str, str]) -> None:
    first, last = given.get("min", ""), given.get("max", "")
    hidden = _true(given.get("hidden")) or given.get("width") in _ZERO
    if hidden and first.isdecimal() and last.isdecimal():
        sheet.hidden_columns.append((int(first), min(int(last), limits.COLUMNS)))


def _merge(sheet: Sheet, given: dict[str, str]) -> None:
    ends = [_REFERENCE.fullmatch(end) for end in given.get("ref", "").split(":")]
    if len(ends) == 2 and ends[0] and ends[1]:
        sheet.merged.append((int(ends[0][2]), COLUMN[ends[0][1]], int(ends[1][2]), COLUMN[ends[1][1]]))
