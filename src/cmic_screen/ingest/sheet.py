"""A grid turned to columns of text beside the raw cells: what layout, rows and values look at; it interprets nothing.

Merged cells that span rows are filled down (the person sees the name beside every lot), zeros a number format shows are
put back (pains A1), error cells show their error; which rows had something in them is counted before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from cmic_screen import progress
from cmic_screen.ingest.cells import NO_VALUE, column_text, few_blank, places
from cmic_screen.ingest.formats import runs_of
from cmic_screen.ingest.grid import Columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.grid import Cell, Grid

_DIGITS: Final = frozenset("0123456789")
_ZEROS: Final = re.compile(r"0{2,15}")


@dataclass(slots=True)
class Sheet:
    """`raw` and `text` are columns of equal length; `numbers[i]` is the row's own number, `filled[i]` how many of its
    cells hold something; `padded` are (row index, column index) of cells whose zeros came from the number format.
    `columns[j]` is the column number in the file (several for a table whose holdings span lines).
    """

    name: str
    grid: Grid
    numbers: Sequence[int]
    raw: list[Sequence[Cell]]
    text: list[list[str]]
    filled: list[int]
    padded: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.text)

    def row(self, i: int) -> list[str]:
        """The texts of row index `i`, all columns."""
        return [column[i] for column in self.text]

    def digits(self, i: int) -> int:
        """How many cells of row index `i` begin or end with a digit: what header rows lack."""
        return sum(1 for column in self.text if (t := column[i]) and (t[-1] in _DIGITS or t[0] in _DIGITS))

    def wordy(self, start: int) -> list[int]:
        """Row indices from `start` that may lack amounts: told by the column that nearly always has one, if any has."""
        size = len(self.filled)
        step = max(1, (size - start) // 50)
        best: list[str] | None = None
        most = 0.8
        for column in self.text:
            sample = [t for t in column[start::step] if t]
            share = (
                sum(1 for t in sample if t[-1] in _DIGITS or t[0] in _DIGITS) / len(sample) if len(sample) > 9 else 0
            )
            if share > most:
                best, most = column, share
        if best is None:
            return list(range(start, size))
        return [i for i in range(start, size) if not (t := best[i]) or not (t[-1] in _DIGITS or t[0] in _DIGITS)]


def sheet_of(grid: Grid) -> Sheet:
    """A grid as columns; rows keep their own numbers."""
    rows = grid.rows
    progress.sheet(grid.name, len(rows))
    raw = _columns(rows)
    numbers = grid.row_numbers or range(1, len(rows) + 1)
    text = [column_text(c) for c in raw]
    if grid.formats or grid.errors or grid.no_value or grid.merged:
        text = [list(t) if t is c else t for c, t in zip(raw, text, strict=True)]  # they will be written to
    sheet = Sheet(name=grid.name, grid=grid, numbers=numbers, raw=raw, text=text, filled=[])
    _patch(sheet)
    gaps = [column for column in sheet.text if "" in column]
    few = list(map(few_blank, gaps))
    open_ = [column for column, sparse in zip(gaps, few, strict=True) if not sparse]
    sheet.filled = [sheet.width - len(open_)] * len(rows)
    for column in open_:
        sheet.filled = [n + 1 if t else n for n, t in zip(sheet.filled, column, strict=True)]
    for i in (i for column, sparse in zip(gaps, few, strict=True) if sparse for i in places(column, "")):
        sheet.filled[i] -= 1
    _fill_merged(sheet)
    return sheet


def _columns(rows: Sequence[Sequence[Cell]]) -> list[Sequence[Cell]]:
    if isinstance(rows, Columns):
        return list(rows.columns)
    width = max(map(len, rows), default=0)
    if rows and min(map(len, rows)) == width:
        return list(zip(*rows, strict=True))
    return [list(c) for c in zip_longest(*rows)] if len(rows) < 50_000 else [_nth(rows, j) for j in range(width)]


def _nth(rows: Sequence[Sequence[Cell]], j: int) -> list[Cell]:
    return [row[j] if j < len(row) else None for row in rows]


def _patch(sheet: Sheet) -> None:
    """Zeros a number format shows, and the text of error cells, where the raw cell could not tell them."""
    grid = sheet.grid
    if not (grid.formats or grid.errors or grid.no_value):
        return
    index = {n: i for i, n in enumerate(sheet.numbers)}
    for column, first, last, shown in runs_of(grid.formats):
        if column > sheet.width or not _ZEROS.fullmatch(shown):
            continue
        texts = sheet.text[column - 1]
        for i in (index[row] for row in range(first, last + 1) if row in index):
            if texts[i].isdigit() and len(texts[i]) < len(shown):
                sheet.padded[i, column - 1] = texts[i]
                texts[i] = texts[i].zfill(len(shown))
    for (row, column), shown in {**dict.fromkeys(grid.no_value, NO_VALUE), **grid.errors}.items():
        i, j = index.get(row, -1), column - 1
        if i >= 0 and j < sheet.width:
            sheet.text[j][i] = sheet.text[j][i] or shown


def _fill_merged(sheet: Sheet) -> None:
    tall = [m for m in sheet.grid.merged if m[2] > m[0] and m[1] == m[3] and m[1] <= sheet.width]
    if not tall:
        return
    index = {n: i for i, n in enumerate(sheet.numbers)}
    for first, column, last, _ in tall:
        top = index.get(first)
        if top is None:
            continue
        text = sheet.text[column - 1]
        for row in range(first + 1, last + 1):
            i = index.get(row)
            if i is not None and not text[i] and sheet.filled[i]:
                text[i] = text[top]
