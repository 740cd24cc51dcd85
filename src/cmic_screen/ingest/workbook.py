"""Raw cells of xlsx, xlsm, xlsb, xls and ods workbooks through calamine; never evaluates a formula, runs a macro or
follows a link, and never lets a library guess what a cell means (ECMA-376, MS-XLS, MS-XLSB, ODF 1.3; pains A1-A6).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import python_calamine as calamine

from cmic_screen.errors import InputError
from cmic_screen.ingest.grid import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Iterable


def read(data: bytes, where: str) -> list[Grid]:
    """Every worksheet of a workbook, hidden ones too, in workbook order. `where` names the file in messages.

    Row 1 is the sheet's first row whether it is blank or not. A workbook without a sheet yields []. InputError where
    it cannot be opened.
    """
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    except calamine.PasswordError as error:
        raise locked(where) from error
    except calamine.CalamineError as error:
        raise broken(where, str(error)) from error
    return [_grid(book, meta, where) for meta in book.sheets_metadata if meta.typ in _WITH_CELLS]


_WITH_CELLS = (calamine.SheetTypeEnum.WorkSheet, calamine.SheetTypeEnum.MacroSheet, calamine.SheetTypeEnum.DialogSheet)


def _grid(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata, where: str) -> Grid:
    try:
        sheet = book.get_sheet_by_name(meta.name)
        rows = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except calamine.CalamineError as error:
        raise broken(f"{where}, sheet {meta.name}", str(error)) from error
    return Grid(
        name=meta.name,
        rows=[_blank_to_none(row) for row in rows],
        hidden=meta.visible is not calamine.SheetVisibleEnum.Visible,
        merged=tuple((r1 + 1, c1 + 1, r2 + 1, c2 + 1) for (r1, c1), (r2, c2) in merged),
    )


def _blank_to_none(row: Iterable[Cell]) -> list[Cell]:
    return [None if cell == "" else cell for cell in row]


def locked(where: str) -> InputError:
    """The one sentence for a workbook that needs a password."""
    return InputError(
        "the workbook is protected with a password and cannot be read.",
        where=where,
        why="Nothing in it was screened.",
        do="Open it, save a copy without a password (File > Info > Protect Workbook) and screen the copy.",
    )


def broken(where: str, detail: str) -> InputError:
    """A workbook whose parts do not fit together."""
    return InputError(
        f"the workbook is damaged or cut off ({detail}).",
        where=where,
        why="Rows could be missing without notice, so nothing in it was screened.",
        do="Download or export it again, or open it in a spreadsheet program and save it as .xlsx.",
    )
