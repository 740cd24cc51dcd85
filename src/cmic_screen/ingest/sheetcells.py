"""Cells of a workbook through calamine, as plain values, in the parsing child; each workbook waits for its imports, so
it has few. It never lets a library guess what a cell means (ECMA-376, MS-XLS, MS-XLSB, ODF 1.3).
"""

from __future__ import annotations

import contextlib
import gc
import io
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.ingest import kinds, limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    import python_calamine as calamine

    from cmic_screen.ingest.grid import Cell

_SHEETS: Final = frozenset({"WorkSheet", "MacroSheet", "DialogSheet"})


def parse(data: bytes, *, where: str, kind: str) -> tuple[list[Any], dict[str, Any]]:
    """Cells and facts of a workbook, as plain values."""
    from cmic_screen.ingest import biff, odsfacts, sheetfacts

    if kind in {"xlsx", "xlsm"}:
        facts = sheetfacts.parse(data, where=where)
        return parse_cells(data, where=where, sparsely=far(facts)), facts
    facts = odsfacts.parse(data, where=where) if kind == "ods" else {}
    if kind == "xls":
        with contextlib.suppress(biff.NotBiff8Error):  # an older version: then the person is told what is not known
            facts = biff.parse(data)
    return parse_cells(data, where=where), facts


def parse_cells(data: bytes, *, where: str, sparsely: Sequence[str] = ()) -> list[Any]:
    """The sheets' cells, as plain values: (name, hidden, row numbers, rows, merged ranges).

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


def far(facts: dict[str, Any]) -> list[str]:
    """Names of the sheets whose last cell lies too far out for calamine, by their facts."""
    return [name for name, f in facts.items() if limits.far(f["rows"], f["columns"], f["filled"])]
