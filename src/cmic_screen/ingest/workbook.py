"""Raw cells of xlsx, xlsm, xlsb, xls and ods workbooks through calamine, in a child process; never evaluates a formula,
runs a macro, follows a link or lets a library guess what a cell means (ECMA-376, MS-XLS, MS-XLSB, ODF 1.3; pains A, C).
"""

from __future__ import annotations

import contextlib
import gc
import io
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.ingest import child, kinds, limits
from cmic_screen.ingest.formats import FormatRuns
from cmic_screen.ingest.grid import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    import python_calamine as calamine

TWO_CHILDREN_FROM: Final = 8_000_000
"""Unpacked bytes from which cells and facts are read in two processes at the same time."""
_SHEETS: Final = frozenset({"WorkSheet", "MacroSheet", "DialogSheet"})


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
        far = _far(facts)
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


# ------------------------------------------------------------------------------------------------- in the child


def parse(data: bytes, *, where: str, kind: str) -> tuple[list[Any], dict[str, Any]]:
    """Cells and facts of a workbook, as plain values. Runs in the child."""
    from cmic_screen.ingest import biff, odsfacts, sheetfacts

    if kind in {"xlsx", "xlsm"}:
        facts = sheetfacts.parse(data, where=where)
        return parse_cells(data, where=where, sparsely=_far(facts)), facts
    facts = odsfacts.parse(data, where=where) if kind == "ods" else {}
    if kind == "xls":
        with contextlib.suppress(biff.NotBiff8Error):  # an older version: then the person is told what is not known
            facts = biff.parse(data)
    return parse_cells(data, where=where), facts


def parse_cells(data: bytes, *, where: str, sparsely: Sequence[str] = ()) -> list[Any]:
    """The sheets' cells, as plain values: (name, hidden, row numbers, rows, merged ranges). Runs in the child.

    Sheets named in `sparsely` reach too far for calamine, which would ask for memory for every blank between.
    """
    import python_calamine as calamine

    gc.disable()
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [meta for meta in book.sheets_metadata if meta.typ.__str__().rpartition(".")[2] in _SHEETS]
        return [_sparse(data, meta, where) if meta.name in sparsely else _dense(book, meta, where) for meta in sheets]
    except calamine.PasswordError as error:
        raise kinds.locked(where) from error
    except (calamine.CalamineError, OSError, ValueError, OverflowError) as error:
        raise limits.damaged(str(error), where) from error
    except BaseException as error:
        if type(error).__module__ == "pyo3_runtime":  # a panic of the native reader, no Exception by design
            raise limits.damaged(f"its reader stopped: {error}", where) from error
        raise


def _dense(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, where: str) -> Any:
    sheet = book.get_sheet_by_name(meta.name)
    height, width = sheet.total_height, sheet.total_width
    if height * width > limits.CELLS:
        raise limits.too_big(
            f"the sheet reaches over {height:,} rows and {width:,} columns.", f"{where}, sheet {meta.name}"
        )
    known: dict[Cell, Cell] = {"": None}
    once = known.setdefault
    rows = [
        [once(cell, cell) if cell.__class__ is str else cell for cell in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    check_lengths(known, f"{where}, sheet {meta.name}")
    merged = [(r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in sheet.merged_cell_ranges or ()]
    return meta.name, _hidden(meta), [], rows, merged


def check_lengths(texts: Any, where: str) -> None:
    """Raise InputError where a text is longer than any cell may be."""
    longest = max(map(len, texts), default=0)
    if longest > limits.CELL_CHARACTERS:
        raise limits.too_big(f"a cell has {longest:,} characters; the limit is {limits.CELL_CHARACTERS:,}.", where)


def _sparse(data: bytes, meta: calamine.SheetMetadata, where: str) -> Any:
    """A sheet whose last cell lies far out: only its rows with something in them, by openpyxl's streaming reader."""
    import openpyxl

    sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)[meta.name]
    sheet.reset_dimensions()
    numbers: list[int] = []
    rows: list[list[Any]] = []
    width = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(cell is not None for cell in row):
            numbers.append(number)
            rows.append(list(row))
            width = max(width, len(row))
            if width * len(rows) > limits.DENSE_AREA:
                raise limits.too_far(width, f"{where}, sheet {meta.name}")
    return meta.name, _hidden(meta), numbers, rows, []


def _hidden(meta: calamine.SheetMetadata) -> bool:
    return not str(meta.visible).endswith(".Visible")


def _far(facts: dict[str, Any]) -> list[str]:
    return [name for name, f in facts.items() if limits.far(f["rows"], f["columns"], f["filled"])]
