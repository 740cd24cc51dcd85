"""Tables that hold one security a column, their headings down the first: turned, so that all else reads rows.

It turns a sheet only where no row of it reads like a header, and loses no cell; rows of a turned sheet bear the numbers
of the columns they were, and an issue says so (pains B1).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import vocabulary
from cmic_screen.ingest.fields import NUMBERS, WHAT
from cmic_screen.ingest.headings import is_header
from cmic_screen.ingest.layout import header_rows
from cmic_screen.intake import DataIssue

if TYPE_CHECKING:
    from cmic_screen.ingest.grid import Grid
    from cmic_screen.ingest.sheet import Sheet

_TALLEST: Final = 200
"""Rows of a sheet that may be headings; more are a list."""


def upright(sheet: Sheet) -> Grid | None:
    """The sheet's grid with its columns as rows, None where its headings do not stand down its first column: known
    words with something beside them, one for what is held and one for another such or an amount, over two columns of
    holdings at least (or a single one with a quantity: a cover sheet states a fund's name and ISIN in the same way).
    """
    grid = sheet.grid
    if grid.mapped or grid.row_numbers or not 1 < len(sheet.filled) <= _TALLEST or sheet.width < 2:
        return None
    first = next((column for column in sheet.text if any(column)), [])
    stated = [t for t in first if t]
    if not is_header(stated) or len(set(stated)) < len(stated):
        return None
    beside = [column for column in sheet.text if column is not first and any(column)]
    said = [t for i, t in enumerate(first) if t and any(column[i] for column in beside if i < len(column))]
    fields = {max(f, key=lambda n: f[n]) for t in said if vocabulary.exact(t) and (f := vocabulary.fields_of(t))}
    what, held = fields & WHAT, len(beside)
    asked = bool(what) and len(fields & (WHAT | NUMBERS)) > 1 and (held > 1 or (held == 1 and "quantity" in fields))
    return _turned(sheet) if asked and not header_rows(sheet) else None


def _turned(sheet: Sheet) -> Grid:
    grid = sheet.grid
    return replace(
        grid,
        rows=[list(column) for column in sheet.raw],
        hidden_rows=grid.hidden_columns,
        hidden_columns=grid.hidden_rows,
        merged=tuple((left, first, right, last) for first, left, last, right in grid.merged),
        formats={(column, row): code for (row, column), code in grid.formats.items()},
        no_value=frozenset((column, row) for row, column in grid.no_value),
        errors={(column, row): text for (row, column), text in grid.errors.items()},
        turned=True,
    )


def issue(positions: int) -> DataIssue:
    """What a person should know of a turned sheet; its file and name are for the caller to add."""
    return DataIssue(
        code="TABLE_TURNED",
        text="The headings stand down the first column, one holding in each column beside it.",
        rows=positions,
        done="Read turned: a row's number is that of its column (row 2 is column B), a column's that of its row.",
        effect="None on what is screened; look for a holding in its column.",
    )
