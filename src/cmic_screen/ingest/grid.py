"""Raw cells of one file, before anybody asks what they mean; the seam between opening files and understanding them.

`files.open_raw` (formats, encodings, limits, child) makes a RawFile; `tables.read` makes positions of its grids.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.intake import DataIssue

Cell = str | float | int | bool | date | datetime | time | timedelta | None
"""A cell as the format stores it; None is blank. Delimited text holds only str ("" for blank)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet. `rows[i]` is row `row_numbers[i]` (from 1; `i + 1` where `row_numbers` is empty); rows may be ragged.
    Cell positions in the sets and maps are (row number, column number), both from 1. `formats` holds the number
    format of numeric cells whose format is not General. `no_value` are formulas without a stored value, `errors` error
    cells with their text (`#N/A`), `merged` are (first row, first column, last row, last column).
    """

    name: str
    rows: list[list[Cell]]
    row_numbers: list[int] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    no_value: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    mapped: Mapping[int, str] = field(default_factory=dict)
    """Column number to canonical field where the format itself says so (13F, N-PORT): then row 1 is the header."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """One file opened: its digest, what it was taken for, its grids, and what a person should know about the opening.
    `format` is xlsx, xlsm, xlsb, xls, ods, csv, parquet, spreadsheetml, html, 13f, nport.
    """

    file: str
    sha256: str
    bytes: int
    format: str
    grids: tuple[Grid, ...]
    encoding: str = ""
    delimiter: str = ""
    issues: tuple[DataIssue, ...] = ()
    as_of: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
