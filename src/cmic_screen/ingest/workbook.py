"""Raw cells of xlsx, xlsm, xlsb, xls and ods workbooks through calamine, in a child process; never evaluates a formula,
runs a macro, follows a link or lets a library guess what a cell means (ECMA-376, MS-XLS, MS-XLSB, ODF 1.3; pains A, C).
"""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.ingest import child, sheetcells
from cmic_screen.ingest.formats import FormatRuns
from cmic_screen.ingest.grid import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

TWO_CHILDREN_FROM: Final = 8_000_000
"""Unpacked bytes from which cells and facts are read in two processes at the same time."""


def read(data: bytes, where: str, *, kind: str, unpacked: int = 0) -> tuple[list[Grid], bool]:
    """Every worksheet of a workbook of `kind` (xlsx, xlsm, xlsb, xls, ods), hidden ones too, in workbook order; and
    whether hidden rows and columns, error cells, formulas and number formats are known of each.

    `unpacked` is the size of its parts. Row 1 is the sheet's first row, blank or not; a blank cell is None. A workbook
    without a sheet yields []. InputError where it is damaged, locked, or past a limit.
    """
    collecting = gc.isenabled()
    gc.disable()  # a million new lists would be walked through again and again, and none of them is garbage
    try:
        if kind in {"xlsx", "xlsm"} and unpacked >= TWO_CHILDREN_FROM:
            sheets, facts = _side_by_side(data, where)
        else:
            sheets, facts = child.run("workbook", data, where, where=where, kind=kind)
        return [_grid(sheet, facts.get(sheet[0], {})) for sheet in sheets], all(sheet[0] in facts for sheet in sheets)
    finally:
        if collecting:
            gc.enable()


def _side_by_side(data: bytes, where: str) -> tuple[list[Any], dict[str, Any]]:
    """Cells and facts of a large book at the same time. A far cell, which may have crashed the reader of cells, is
    known only afterwards; then that sheet is read once more, sparsely.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        cells = pool.submit(child.run, "cells", data, where, where=where)
        facts = child.run("facts", data, where, where=where)
        far = sheetcells.far(facts)
        if far:
            cells.exception()  # waited for and of no interest
            return child.run("cells", data, where, where=where, sparsely=far), facts
        return cells.result(), facts


def _grid(sheet: Sequence[Any], facts: dict[str, Any]) -> Grid:
    name, hidden, numbers, rows, merged = sheet
    errors, no_value = facts.get("errors", {}), facts.get("no_value", ())
    _make_room(rows, numbers, {*errors, *no_value})
    last_row = numbers[-1] if numbers else len(rows)
    last_column = max(map(len, rows), default=0)
    hidden_columns = ((first, min(last, last_column)) for first, last in facts.get("hidden_columns", ()))
    return Grid(
        name=name,
        rows=rows,
        row_numbers=numbers,
        hidden=hidden,
        hidden_rows=frozenset(row for row in facts.get("hidden_rows", ()) if row <= last_row),
        hidden_columns=frozenset(c for first, last in hidden_columns for c in range(first, last + 1)),
        merged=tuple(map(tuple, merged)),
        formats=FormatRuns(facts.get("formats", {})),
        no_value=frozenset(no_value),
        errors=errors,
        notes=tuple(map(tuple, facts.get("notes", ()))),
        pictures=facts.get("pictures", 0),
        embedded=facts.get("embedded", 0),
    )


def _make_room(rows: list[list[Cell]], numbers: list[int], places: set[tuple[int, int]]) -> None:
    """Rows and cells for `places`, blank: calamine leaves out what stands behind the last value of a sheet, and a row
    of formulas without a stored value must not vanish there.
    """
    if numbers:
        known = dict(zip(numbers, rows, strict=True))
        for row, _ in places:
            known.setdefault(row, [])
        numbers[:] = sorted(known)
        rows[:] = [known[number] for number in numbers]
    else:
        rows.extend([] for _ in range(max((row for row, _ in places), default=0) - len(rows)))
        known = {row: rows[row - 1] for row, _ in places}
    for row, column in places:
        known[row].extend([None] * (column - len(known[row])))
