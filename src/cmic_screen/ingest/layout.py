"""Where the tables of a sheet stand: header rows, columns, side-by-side blocks; it assigns no field and drops no row.

A header row is told by its words (vocabulary) and by what it lacks (amounts), never by its place: brokers put anything
above it (pains B1), repeat it page after page, stack tables or set them side by side.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import vocabulary
from cmic_screen.ingest.cells import column_text
from cmic_screen.ingest.columns import NAMES, WHAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.grid import Cell, Grid

_EDGE: Final = frozenset("0123456789")
_TOP: Final = 60
"""Rows from the top in which every row is weighed as a header; below, only rows that lack amounts."""


@dataclass(slots=True)
class Sheet:
    """A grid turned to columns. `raw` and `text` are columns of equal length; `numbers[i]` is the row's own number."""

    name: str
    grid: Grid
    numbers: Sequence[int]
    raw: list[Sequence[Cell]]
    text: list[list[str]]
    filled: list[int] = field(default_factory=list)

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.text)

    def row(self, i: int) -> list[str]:
        """The texts of row index `i`, all columns."""
        return [column[i] for column in self.text]


@dataclass(frozen=True, slots=True)
class Block:
    """One table: header row indices (several for one header over several rows; none for a list without header), first
    row index of its body, one past the last, and its columns (first, one past the last). `headers` has one text a column.
    """

    header_rows: tuple[int, ...]
    start: int
    stop: int
    left: int
    right: int
    headers: tuple[str, ...]


def sheet_of(grid: Grid) -> Sheet:
    """A grid's cells as columns of text beside the raw ones; rows keep their own numbers."""
    rows = grid.rows
    width = max(map(len, rows), default=0)
    columns: list[Sequence[Cell]]
    if rows and all(len(r) == width for r in rows):
        columns = list(zip(*rows, strict=True))
    else:
        columns = [list(c) for c in zip_longest(*rows)] if len(rows) < 50_000 else _ragged(rows, width)
    text = [column_text(c) for c in columns]
    filled = [0] * len(rows)
    for column in text:
        filled = [n + 1 if t else n for n, t in zip(filled, column, strict=True)]
    numbers = grid.row_numbers or range(1, len(rows) + 1)
    return Sheet(name=grid.name, grid=grid, numbers=numbers, raw=columns, text=text, filled=filled)


def _ragged(rows: Sequence[Sequence[Cell]], width: int) -> list[Sequence[Cell]]:
    return [[row[j] if j < len(row) else None for row in rows] for j in range(width)]


def amounts(sheet: Sheet) -> list[int]:
    """How many cells of each row begin or end with a digit: what header rows lack."""
    counts = [0] * len(sheet.filled)
    for column in sheet.text:
        counts = [n + 1 if t and (t[-1] in _EDGE or t[0] in _EDGE) else n for n, t in zip(counts, column, strict=True)]
    return counts


def header_score(cells: Sequence[str]) -> tuple[int, int]:
    """How many filled cells of a row are known headers, and how many different fields they speak for."""
    known = [c for c in cells if c and len(c) < 80 and vocabulary.exact(c)]
    fields = {max(f, key=lambda n: f[n]) for c in known if (f := vocabulary.fields_of(c))}
    return len(known), len(fields)


def names_security(cells: Sequence[str]) -> bool:
    """Whether some cell may head a column by which a holding can be screened."""
    return any(name in WHAT or name in NAMES for c in cells if c for name in vocabulary.fields_of(c))


def is_header(cells: Sequence[str], digits: int) -> bool:
    """Whether a row reads like a table's header."""
    filled = sum(1 for c in cells if c)
    if filled < 2 or digits > filled * 0.34:
        return False
    known, fields = header_score(cells)
    return known >= 2 and fields >= 2 and known >= filled * 0.4


def header_rows(sheet: Sheet) -> list[int]:
    """Row indices that read like headers, top to bottom."""
    digits = amounts(sheet)
    size = len(sheet.filled)
    near = [i for i in range(min(_TOP, size)) if sheet.filled[i] >= 2]
    far = [i for i in range(_TOP, size) if sheet.filled[i] >= 2 and digits[i] <= sheet.filled[i] * 0.34]
    if len(far) > 2000:
        far = _quick(sheet, far)
    return [i for i in (*near, *far) if is_header(sheet.row(i), digits[i])]


def _quick(sheet: Sheet, rows: list[int]) -> list[int]:
    """Of many rows without amounts, those in which at least two cells are header words as they stand."""
    known = vocabulary.words()
    hits = dict.fromkeys(rows, 0)
    for column in sheet.text:
        words = {t for t in set(column) if t and len(t) < 60 and t.casefold() in known}
        if words:
            for i in rows:
                hits[i] += column[i] in words
    return [i for i, n in hits.items() if n >= 2]


def blocks(sheet: Sheet) -> list[Block]:
    """The tables of a sheet, top to bottom, left to right. A sheet without header yields at most one, without header."""
    size = len(sheet.filled)
    groups = _group(sheet, header_rows(sheet))
    out: list[Block] = []
    for k, rows in enumerate(groups):
        stop = groups[k + 1][0] if k + 1 < len(groups) else size
        headers = _joined(sheet, rows)
        out += [
            Block(tuple(rows), rows[-1] + 1, stop, left, right, tuple(headers[left:right]))
            for left, right in _sides(sheet, headers, rows, stop)
        ]
    return _repeated(out)


def _group(sheet: Sheet, found: list[int]) -> list[list[int]]:
    """Header rows that stand directly under one another and say different things are one header of up to three rows."""
    groups: list[list[int]] = []
    for i in found:
        if groups and i == groups[-1][-1] + 1 and len(groups[-1]) < 3 and sheet.row(i) != sheet.row(groups[-1][0]):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _joined(sheet: Sheet, rows: Sequence[int]) -> list[str]:
    """One header a column: the words of its header rows from top to bottom, a merged one carried over its span."""
    out = []
    for j in range(sheet.width):
        parts = [_spanned(sheet, i, j) if len(rows) > 1 else sheet.text[j][i] for i in rows]
        out.append(" ".join(dict.fromkeys(p for p in parts if p)))
    return out


def _spanned(sheet: Sheet, i: int, j: int) -> str:
    if sheet.text[j][i]:
        return sheet.text[j][i]
    row, column = sheet.numbers[i], j + 1
    for first, left, last, right in sheet.grid.merged:
        if first <= row <= last and left <= column <= right and first - sheet.numbers[i] <= 0:
            return sheet.text[left - 1][i]
    return ""


def _sides(sheet: Sheet, headers: Sequence[str], rows: Sequence[int], stop: int) -> list[tuple[int, int]]:
    """Column spans of the tables under one header row: parted by empty columns or by the headers starting again."""
    spans: list[tuple[int, int]] = []
    start: int | None = None
    for j in range(sheet.width + 1):
        empty = j == sheet.width or (not headers[j] and not any(sheet.text[j][rows[-1] + 1 : stop]))
        if not empty and start is None:
            start = j
        elif empty and start is not None:
            spans += _again(headers, start, j)
            start = None
    good = [
        s for s in spans if sum(header_score(headers[s[0] : s[1]])[:1]) >= 2 and names_security(headers[s[0] : s[1]])
    ]
    if len(good) < 2:
        used = [j for j in range(sheet.width) if headers[j] or any(sheet.text[j][rows[-1] + 1 : stop])]
        return [(0, used[-1] + 1)] if used else []
    edges = [0, *(s[0] for s in good[1:]), sheet.width]
    return list(zip(edges, edges[1:], strict=False))


def _again(headers: Sequence[str], start: int, stop: int) -> list[tuple[int, int]]:
    first = headers[start]
    starts = [j for j in range(start, stop) if first and headers[j] == first]
    if len(starts) < 2 or starts[1] - starts[0] < 2:
        return [(start, stop)]
    return list(zip(starts, [*starts[1:], stop], strict=True))


def _repeated(found: list[Block]) -> list[Block]:
    """A header that says the same as the one before it continues that table; its row is a header of it."""
    out: list[Block] = []
    for b in found:
        last = next((o for o in reversed(out) if (o.left, o.right) == (b.left, b.right)), None)
        if last is not None and last.headers == b.headers and last is out[-1]:
            out[-1] = Block((*last.header_rows, *b.header_rows), last.start, b.stop, b.left, b.right, b.headers)
        else:
            out.append(b)
    return out


def headerless(sheet: Sheet) -> Block | None:
    """A sheet without a known header as one table: a list of names, or columns told by content alone; None if empty."""
    used = [i for i, n in enumerate(sheet.filled) if n]
    if not used:
        return None
    columns = [j for j in range(sheet.width) if any(sheet.text[j])]
    left, right = columns[0], columns[-1] + 1
    return Block((), used[0], used[-1] + 1, left, right, ("",) * (right - left))
