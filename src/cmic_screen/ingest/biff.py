"""What an .xls workbook's records say beside its values: hidden rows and columns, error cells, number formats; reads no
value and runs nothing (MS-CFB 2.2 for the container, MS-XLS 2.4 for the records; BIFF8 only).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.ingest.formats import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

_END_OF_CHAIN: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks, not sectors."""
_BOF, _EOF, _SHEET, _XF, _FORMAT = 0x0809, 0x000A, 0x0085, 0x00E0, 0x041E
_ROW, _COLUMNS, _NUMBER, _RK, _RKS, _FORMULA, _ERROR = 0x0208, 0x007D, 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
_BIFF8: Final = 0x0600
_HIDDEN_ROW: Final = 0x20
_ERRORS: Final = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip


class NotBiff8Error(ValueError):
    """The container or its records are not as MS-XLS says; the facts are then unknown."""


def parse(data: bytes) -> dict[str, Any]:
    """The facts of each sheet by its name, in the shape of `sheetfacts`. NotBiff8Error where they cannot be told.

    A formula always has a stored value in this format, so `no_value` is empty.
    """
    try:
        stream = _stream(data)
        formats, styles, sheets = _globals(stream)
        codes = [formats.get(number) or BUILT_IN.get(str(number), "") for number in styles]
        codes = ["" if code.lower() == "general" else code for code in codes]
        return {name: _sheet(stream, at, codes) for name, at in sheets}
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise NotBiff8Error(str(error)) from error


# ------------------------------------------------------------------------------------------------ container


def _stream(data: bytes) -> bytes:
    """The workbook stream of a compound file."""
    shift, mini_shift = struct.unpack_from("<HH", data, 30)
    directory, cutoff, mini_first = struct.unpack_from("<I4xII", data, 48)
    if shift not in {9, 12} or mini_shift != 6:
        raise NotBiff8Error
    size = 1 << shift
    table = _allocation(data, size)
    entries = _chain(data, table, directory, size)
    root = b""
    for at in range(0, len(entries), 128):
        length, kind = struct.unpack_from("<HB", entries, at + 64)
        first, long = struct.unpack_from("<II", entries, at + 116)
        name = entries[at : at + max(length - 2, 0)].decode("utf-16-le")
        if kind == 5:
            root = _chain(data, table, first, size)
        elif name == "Workbook":
            if long >= cutoff:
                return _chain(data, table, first, size)[:long]
            small = struct.unpack(f"<{size // 4}I", _chain(data, table, mini_first, size)[:size])
            return _chain(b"\0" * 64 + root, list(small), first, 64)[:long]
    raise NotBiff8Error


def _allocation(data: bytes, size: int) -> list[int]:
    """The sector after each sector, out of the table's own sectors (the first 109 stand in the header)."""
    following, count = struct.unpack_from("<II", data, 68)
    sectors = list(struct.unpack_from("<109I", data, 76))
    for _ in range(min(count, len(data) // size)):
        more = struct.unpack_from(f"<{size // 4}I", data, (following + 1) * size)
        sectors += more[:-1]
        following = more[-1]
    table: list[int] = []
    for sector in sectors:
        if sector < _END_OF_CHAIN:
            table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    return table


def _chain(data: bytes, table: list[int], sector: int, size: int) -> bytes:
    """The sectors of one chain; one that bites its own tail is none."""
    found: list[bytes] = []
    while sector < _END_OF_CHAIN:
        found.append(data[(sector + 1) * size : (sector + 2) * size])
        sector = table[sector]
        if len(found) > len(table):
            raise NotBiff8Error
    return b"".join(found)


# ------------------------------------------------------------------------------------------------ records


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one substream, from its BOF to its EOF."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        if kind == _EOF:
            return
        at += 4 + length


def _globals(stream: bytes) -> tuple[dict[int, str], list[int], list[tuple[str, int]]]:
    """Number formats by number, each style's format number, and the sheets with their places."""
    formats: dict[int, str] = {}
    styles: list[int] = []
    sheets: list[tuple[str, int]] = []
    for kind, record in _records(stream, 0):
        if kind == _BOF and struct.unpack_from("<H", record)[0] != _BIFF8:
            raise NotBiff8Error
        if kind == _FORMAT:
            number, length = struct.unpack_from("<HH", record)
            formats[number] = _text(record, 4, length)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", record, 2)[0])
        elif kind == _SHEET:
            sheets.append((_text(record, 7, record[6]), struct.unpack_from("<I", record)[0]))
    return formats, styles, sheets


def _text(record: bytes, at: int, length: int) -> str:
    """A string whose flags stand at `at`: one byte a character, or two."""
    wide = record[at] & 1
    return record[at + 1 : at + 1 + length * (1 + wide)].decode("utf-16-le" if wide else "latin-1")


def _sheet(stream: bytes, at: int, codes: list[str]) -> dict[str, Any]:
    facts = _Facts(codes)
    for kind, record in _records(stream, at):
        facts.take(kind, record)
    return {
        "rows": facts.rows, "columns": facts.columns, "filled": facts.filled, "hidden_rows": facts.hidden_rows,
        "hidden_columns": facts.hidden_columns, "no_value": [], "errors": facts.errors, "merged": [],
        "formats": facts.runs,
    }  # fmt: skip


class _Facts:
    """Gathers the facts of one sheet, record by record."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        self.rows = self.columns = self.filled = 0
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.errors: dict[tuple[int, int], str] = {}
        self.runs: dict[int, list[tuple[int, int, str]]] = {}

    def take(self, kind: int, record: bytes) -> None:
        """One record; kinds that tell nothing of the cells are passed over."""
        if kind in {_NUMBER, _RK, _FORMULA}:
            row, column, style = struct.unpack_from("<HHH", record)
            self._number(row + 1, column + 1, style)
            if kind == _FORMULA and record[6] == 2 and record[12:14] == b"\xff\xff":
                self.errors[row + 1, column + 1] = _ERRORS.get(record[8], "#ERROR")
        elif kind == _RKS:
            row, first = struct.unpack_from("<HH", record)
            for i in range((len(record) - 6) // 6):
                self._number(row + 1, first + i + 1, struct.unpack_from("<H", record, 4 + i * 6)[0])
        elif kind == _ERROR and record[7]:
            row, column = struct.unpack_from("<HH", record)
            self.errors[row + 1, column + 1] = _ERRORS.get(record[6], "#ERROR")
        elif kind == _ROW and record[12] & _HIDDEN_ROW:
            self.hidden_rows.append(struct.unpack_from("<H", record)[0] + 1)
        elif kind == _COLUMNS and record[8] & 1:
            first, last = struct.unpack_from("<HH", record)
            self.hidden_columns.append((first + 1, min(last, 255) + 1))

    def _number(self, row: int, column: int, style: int) -> None:
        self.filled += 1
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)
        code = self.codes[style] if style < len(self.codes) else ""
        if not code:
            return
        runs = self.runs.setdefault(column, [])
        if runs and runs[-1][2] == code and runs[-1][1] <= row:
            runs[-1] = (runs[-1][0], row, code)
        else:
            runs.append((row, row, code))
