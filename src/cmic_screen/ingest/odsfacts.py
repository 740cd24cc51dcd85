"""What an OpenDocument sheet says beside its values: hidden rows and columns, formulas without a stored value, error
cells, texts of comments and text boxes, pictures; number formats, which stand in styles of styles, are not told (ODF
1.3 part 3 §9, §10, §14).
"""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

from cmic_screen.ingest import limits, xmlwalk

_SPACE: Final = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE = f"{_SPACE}table:1.0 ", f"{_SPACE}office:1.0 "
_DRAWN: Final = f"{_SPACE}drawing:1.0 "
_OVER: Final = (_DRAWN, f"{_OFFICE}annotation")
_LINE: Final = f"{_SPACE}text:1.0 p"
_ERROR_TYPE: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 value-type"
_VALUES: Final = tuple(
    f"{_OFFICE}{name}" for name in ("value", "string-value", "date-value", "time-value", "boolean-value")
)
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_HIDDEN: Final = frozenset({"collapse", "filter"})


def parse(data: bytes, *, where: str) -> dict[str, Any]:
    """The facts of each sheet by its name, in the shape of `sheetfacts`, without number formats.

    InputError where the XML is malformed or declares a document type.
    """
    walk = _Walk()
    parser = xmlwalk.parser(walk.start, walk.end, namespaces=True)
    parser.CharacterDataHandler = walk.text.append
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book, book.open("content.xml") as stream:
            xmlwalk.streamed(parser, stream, where)
    except (*limits.ZIP_FAULTS, KeyError) as error:
        raise limits.damaged(str(error), where) from error
    return walk.sheets


class _Walk:
    """Gathers the facts of all sheets while expat walks through the document."""

    def __init__(self) -> None:
        self.sheets: dict[str, Any] = {}
        self.facts: dict[str, Any] | None = None
        self.text: list[str] = []
        self.row = self.column = self.column_mark = self.repeated = 0
        self.cell: dict[str, str] | None = None
        self.row_hidden = self.row_filled = False
        self.over = 0
        self.beneath = ""

    def start(self, name: str, given: dict[str, str]) -> None:
        """An element starts."""
        if name == f"{_TABLE}table":
            self.facts = {
                "rows": 0, "columns": 0, "filled": 0, "hidden_rows": [], "hidden_columns": [], "no_value": [],
                "errors": {}, "merged": [], "formats": {}, "notes": [], "pictures": 0,
            }  # fmt: skip
            self.sheets[given.get(f"{_TABLE}name", "")] = self.facts
            self.row = self.column_mark = 0
        elif self.facts is None:
            return
        elif name.startswith(_OVER):
            self._over_starts(name)
        elif self.over:
            self.text[:] = [] if name == _LINE else self.text
        elif name == f"{_TABLE}table-column":
            first = self.column_mark + 1
            self.column_mark += _times(given, "columns")
            if given.get(f"{_TABLE}visibility") in _HIDDEN:
                self.facts["hidden_columns"].append((first, min(self.column_mark, limits.COLUMNS)))
        elif name == f"{_TABLE}table-row":
            self.row, self.column, self.repeated = self.row + 1, 0, _times(given, "rows")
            self.row_hidden, self.row_filled = given.get(f"{_TABLE}visibility") in _HIDDEN, False
        elif name in _CELLS:
            self.column += 1
            self.cell = given
            self.text.clear()

    def end(self, name: str) -> None:
        """An element ends."""
        if self.facts is None:
            return
        if name.startswith(_OVER):
            self.over -= 1
            self.text[:] = [self.beneath] if not self.over else []
        elif self.over:
            if name == _LINE and (line := "".join(self.text).strip()):
                self.facts["notes"].append((max(self.row, 1), line))
        elif name in _CELLS and self.cell is not None:
            self._cell_ends(self.facts, self.cell, "".join(self.text).strip())
            self.column += _times(self.cell, "columns") - 1
            self.cell = None
        elif name == f"{_TABLE}table-row":
            if self.row_hidden and self.row_filled:
                self.facts["hidden_rows"].extend(range(self.row, self.row + min(self.repeated, 1000)))
            self.row += self.repeated - 1
        elif name == f"{_TABLE}table":
            self.facts = None

    def _over_starts(self, name: str) -> None:
        """A comment, a shape or a picture begins, maybe within another: what it says is no text of the cell beneath."""
        if self.facts is not None and name == f"{_DRAWN}image":
            self.facts["pictures"] += 1
        if not self.over:
            self.beneath = "".join(self.text)
        self.over += 1

    def _cell_ends(self, facts: dict[str, Any], cell: dict[str, str], text: str) -> None:
        place = (self.row, self.column)
        valued = bool(text) or any(name in cell for name in _VALUES)
        formula = f"{_TABLE}formula" in cell
        if not valued and not formula:
            return
        self.row_filled = True
        facts["filled"] += 1
        facts["rows"], facts["columns"] = max(facts["rows"], self.row), max(facts["columns"], self.column)
        if cell.get(_ERROR_TYPE) == "error":
            facts["errors"][place] = text or "#ERROR"
        elif formula and not valued:
            facts["no_value"].append(place)


def _times(given: dict[str, str], what: str) -> int:
    text = given.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text) else 1
