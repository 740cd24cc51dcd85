"""Raw cells of one file, before anybody asks what they mean; the seam between opening files and understanding them.

`files.open_raw` (formats, encodings, limits, child) makes a RawFile; `tables.read` makes positions of its grids.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice, zip_longest
from typing import TYPE_CHECKING, Final, overload

from cmic_screen import progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cmic_screen.intake import DataIssue

_ONCE: Final = 20_000
"""Distinct texts of a column from which it must repeat them for each to be kept only once."""
_REPEATED: Final = 0.5
"""Distinct texts a row above which a column does not repeat them: the first rows repeat few of what is to come."""
_BATCH: Final = 250
"""Rows turned to columns at a time: few enough to stay in the processor's cache."""

_TELL: Final = 10_000
"""Rows after which progress is told."""

Cell = str | float | int | bool | date | datetime | time | timedelta | None
"""A cell as the format stores it; None is blank. Delimited text holds only str ("" for blank)."""


class Columns(Sequence["list[Cell]"]):
    """The rows of a large grid, held column by column: a list a row would take more memory than what stands in it, and
    all that follows goes down columns anyway. `columns` are of equal length, None where a shorter row has ended.
    """

    __slots__ = ("columns", "size")

    def __init__(self, columns: list[list[Cell]], size: int) -> None:
        self.columns, self.size = columns, size

    def __len__(self) -> int:
        return self.size

    @overload
    def __getitem__(self, at: int) -> list[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> list[list[Cell]]: ...
    def __getitem__(self, at: int | slice) -> list[Cell] | list[list[Cell]]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(self.size))]
        if not -self.size <= at < self.size:
            raise IndexError(at)
        return _ended([column[at] for column in self.columns])

    def __iter__(self) -> Iterator[list[Cell]]:
        return map(_ended, map(list, zip(*self.columns, strict=True))) if self.columns else iter([[]] * self.size)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(other) == self.size and all(map(_same, self, other))

    __hash__ = None  # type: ignore[assignment]


def _ended(row: list[Cell]) -> list[Cell]:
    while row and row[-1] is None:
        row.pop()
    return row


def _same(one: object, other: object) -> bool:
    return one == other


def in_columns(rows: Iterable[Sequence[Cell]]) -> Columns:
    """Rows of text as they come, held column by column, each text of a column that repeats its texts kept once."""
    held = _Held()
    source = iter(rows)
    while batch := list(islice(source, _BATCH)):
        width = max(len(held.columns), *map(len, batch))
        held.add(len(batch), (cells[:-1] for cells in zip_longest(*batch, (None,) * width)))
    return Columns(held.columns, held.size)


def of_columns(pieces: Iterable[Sequence[Sequence[Cell]]]) -> Columns:
    """The same of pieces that each have some rows, in columns, and all as many columns."""
    held = _Held()
    for piece in pieces:
        held.add(len(piece[0]), piece)
    return Columns(held.columns, held.size)


class _Held:
    """Columns as they grow, piece by piece."""

    def __init__(self) -> None:
        self.columns: list[list[Cell]] = []
        self.known: list[dict[Cell, Cell] | None] = []
        self.size = 0

    def add(self, size: int, piece: Iterable[Sequence[Cell]]) -> None:
        """So many rows more, as columns; those beyond the ones before were blank until now."""
        before = self.size
        self.size += size
        for j, cells in enumerate(piece):
            if j == len(self.columns):
                self.columns.append([None] * before)
                self.known.append({})
            seen = self.known[j]
            if seen is None:
                self.columns[j] += cells
                continue
            self.columns[j] += map(seen.setdefault, cells, cells)
            if len(seen) > _ONCE and len(seen) > self.size * _REPEATED:
                self.known[j] = None
        if self.size // _TELL != before // _TELL:
            progress.rows(self.size)


@contextmanager
def without_collecting() -> Iterator[None]:
    """No search for garbage meanwhile: millions of new cells, none of them garbage, would be walked through again and
    again.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """One sheet. `rows[i]` is row `row_numbers[i]` (from 1; `i + 1` where `row_numbers` is empty); rows may be ragged.
    Cell positions in the sets and maps are (row number, column number), both from 1. `formats` holds the number
    format of numeric cells whose format is not General. `no_value` are formulas without a stored value, `errors` error
    cells with their text (`#N/A`), `merged` are (first row, first column, last row, last column).
    """

    name: str
    rows: Sequence[list[Cell]]
    row_numbers: list[int] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    formats: Mapping[tuple[int, int], str] = field(default_factory=dict)
    no_value: frozenset[tuple[int, int]] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    notes: tuple[tuple[int, str], ...] = ()
    """(row, line) of comments and text boxes over the cells."""
    pictures: int = 0
    embedded: int = 0
    """Files within the file."""
    mapped: Mapping[int, str] = field(default_factory=dict)
    """Column number to canonical field where the format itself says so (13F, N-PORT): then row 1 is the header."""
    turned: bool = False
    """Whether rows and columns have changed places, so that a row's number is that of its column in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawFile:
    """One file opened: its digest, what it was taken for, its grids, and what a person should know about the opening.
    `format` is xlsx, xlsm, xlsb, xls, ods, csv, parquet, spreadsheetml, html, 13f, nport; `unreadable` for one among
    others that could not be opened, with what happened and what to do in `fault`.
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
    fault: tuple[str, ...] = ()
    meta: Mapping[str, str] = field(default_factory=dict)
