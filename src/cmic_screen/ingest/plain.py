"""A large delimited text whose lines have as many cells each, quoted by the rule if at all, cut by pandas' tokenizer;
any other is left to the csv module (RFC 4180), which must never be contradicted: what both may cut differently is one.
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
from collections import Counter
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import grid, limits

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cmic_screen.ingest.grid import Cell, Columns

    Mask = npt.NDArray[np.bool_]

_BLOCK: Final = 1 << 20
"""Characters looked at together."""
_EDGE: Final = 120
"""Lines at the head of a text of which the first half may stand above the table; half as many may stand below it."""
_ROWS: Final = 20_000
"""Rows cut at a time: among so many most texts repeat, and each is made only once."""


class _Slices(io.TextIOBase):
    """A stretch of a text as a file: `io.StringIO` would hold it once more, four bytes a character."""

    def __init__(self, text: str, start: int, stop: int) -> None:
        self.text, self.at, self.stop = text, start, stop

    def read(self, size: int | None = -1, /) -> str:
        start = self.at
        self.at = self.stop if size is None or size < 0 else min(self.stop, start + size)
        return self.text[start : self.at]

    def readable(self) -> bool:
        return True


def read(text: str, separator: str) -> Columns | None:
    """The text's cells column by column, exactly as csv.reader cuts them; None where the text is of no such kind.

    A few lines of other lengths may stand above and below the table (preambles, footers): these csv.reader cuts.
    """
    if not _simple(text):
        return None
    start, stop = _table(text, separator)
    above, below = _cut(text[:start], separator), _cut(text[stop:], separator)
    first = io.StringIO(text[start : text.find("\n", start)], newline="")
    width = len(next(csv.reader(first, delimiter=separator), ()))
    if (
        start == stop
        or text.startswith("\ufeff", start)
        or above is None
        or below is None
        or width < 2
        or not _even(text, separator, width, start, stop)
    ):
        return None
    import pandas as pd

    frames = pd.read_csv(
        _Slices(text, start, stop), sep=separator, header=None, dtype=object, na_filter=False,
        quoting=csv.QUOTE_MINIMAL, skip_blank_lines=False, index_col=False, engine="c", chunksize=_ROWS,
    )  # fmt: skip
    wide = max([width, *map(len, above), *map(len, below)])
    with frames:
        body = ([*(frame[j].tolist() for j in frame), *[[None] * len(frame)] * (wide - width)] for frame in frames)
        return grid.of_columns(itertools.chain(_columns(above, wide), body, _columns(below, wide)))


def _table(text: str, separator: str) -> tuple[int, int]:
    """Where the lines of a table begin and end in a text: below the last of the first lines, and above the first of
    the last ones, that have another number of cells than the table's.
    """
    top, bottom = _lines(text, 0, _EDGE), _lines(text, *_tail(text))
    usual = Counter(_width(text[a:b], separator) for a, b in top[len(top) // 2 :]).most_common(1)
    width = usual[0][0] if usual else 0
    start = max((b for a, b in top[: len(top) // 2] if _width(text[a:b], separator) != width), default=0)
    stop = min((a for a, b in bottom if a >= start and _width(text[a:b], separator) != width), default=len(text))
    return start, stop


def _lines(text: str, start: int, count: int) -> list[tuple[int, int]]:
    """Begin and end of so many lines from a place."""
    out: list[tuple[int, int]] = []
    while len(out) < count and start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        out.append((start, end))
        start = end
    return out


def _tail(text: str) -> tuple[int, int]:
    """Where the last lines of a text begin, and how many they are."""
    start = len(text)
    for _ in range(_EDGE // 2):
        start = text.rfind("\n", 0, max(0, start - 1)) + 1
    return start, _EDGE


def _width(line: str, separator: str) -> int:
    """How many cells a line has, -1 where a carriage return stands within it."""
    with contextlib.suppress(csv.Error):
        return len(next(csv.reader([line], delimiter=separator), ()))
    return -1


def _cut(text: str, separator: str) -> list[list[Cell]] | None:
    """The records of a few lines; None where one of them is not a record by itself."""
    lines = list(io.StringIO(text, newline=""))
    records: list[list[Cell]] = [list(r) for r in csv.reader([*lines, "end"], delimiter=separator)]
    return records[:-1] if len(records) == len(lines) + 1 and records[-1] == ["end"] else None


def _columns(rows: list[list[Cell]], width: int) -> list[list[list[Cell]]]:
    """Rows as one piece of so many columns; no piece without rows."""
    return [[[row[j] if j < len(row) else None for row in rows] for j in range(width)]] if rows else []


def _simple(text: str) -> bool:
    """No zero, no byte order mark, no line that may hold a cell past csv's limit."""
    if "\0" in text or text.startswith("\ufeff"):
        return False
    half = limits.CELL_CHARACTERS // 2
    return all(text.find("\n", at, at + half) >= 0 for at in range(0, len(text) - half, half))


def _even(text: str, separator: str, width: int, at: int, end: int) -> bool:
    """Whether each line is whole and has as many cells, and no carriage return stands but before a line's end."""
    import numpy as np

    while at < end:
        stop = min(text.find("\n", at + _BLOCK) + 1 or end, end)
        lines = b"\n" + text[at:stop].encode().removesuffix(b"\n") + b"\n"
        piece = np.frombuffer(lines, dtype=np.uint8)
        ends = piece == ord("\n")
        parts = ends | (piece == ord(separator))
        returns = piece == ord("\r")
        if not ends[1:][returns[:-1]].all():
            return False
        if b'"' in lines:
            quotes = piece == ord('"')
            inside = np.logical_xor.accumulate(quotes)
            if (ends & inside).any() or not _by_rule(quotes, inside, parts, returns):
                return False
            parts &= ~inside
        marks = ends[parts][1:]
        if len(marks) % width or not marks[width - 1 :: width].all() or marks.sum() * width != len(marks):
            return False
        at = stop
    return True


def _by_rule(quotes: Mask, inside: Mask, parts: Mask, returns: Mask) -> bool:
    """Whether each quote opens a cell, closes one, or is one of two that stand for one within (RFC 4180)."""
    opening, closing = (quotes & inside)[1:], (quotes & ~inside)[:-1]
    before, after = (quotes | parts)[:-1], (quotes | parts | returns)[1:]
    return bool(before[opening].all() and after[closing].all())
