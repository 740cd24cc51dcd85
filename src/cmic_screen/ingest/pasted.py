"""Sheets whose lines of delimited text were pasted or opened into one column (`Name;ISIN;Units` in A1): parted as the
text they are, by the delimiter that parts every line alike under a row of known headings (RFC 4180); else left whole.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import limits
from cmic_screen.ingest.headings import is_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.grid import Cell, Grid

_DELIMITERS: Final = (";", "\t", "|", ",")
_SAMPLE: Final = 200
_HEAD: Final = 40


def parted(grid: Grid) -> Grid:
    """The grid with its one column as several; the grid itself where it is no such sheet. Rows keep their numbers."""
    rows = grid.rows
    lines = [_line(row) for row in rows[:_SAMPLE]]
    if grid.mapped or grid.merged or grid.formats or len(lines) < 2 or any(line is None for line in lines):
        return grid
    for delimiter in _DELIMITERS:
        cut = [_cut(line or "", delimiter) for line in lines]
        head = next((i for i, cells in enumerate(cut[:_HEAD]) if len(cells) > 2 and is_header(cells)), -1)
        below = [cells for cells in cut[head + 1 :] if cells] if head >= 0 else []
        if below and sum(1 for cells in below if len(cells) == len(cut[head])) * 5 >= len(below) * 4:
            every = [_line(row) for row in rows]
            if any(line is None for line in every):
                return grid
            return replace(grid, rows=[list(_cut(line or "", delimiter)) for line in every])
    return grid


def _line(row: Sequence[Cell]) -> str | None:
    """The text of a row that has one cell at most, at its left; None for any other row."""
    stated = [c for c in row if c not in {None, ""}]
    if not stated:
        return ""
    text = stated[0] if len(stated) == 1 and row[0] == stated[0] else None
    return " ".join(text.splitlines()) if isinstance(text, str) and len(text) <= limits.CELL_CHARACTERS // 2 else None


def _cut(line: str, delimiter: str) -> list[str]:
    return [c.strip() for c in next(csv.reader([line], delimiter=delimiter), [])] if line else []
