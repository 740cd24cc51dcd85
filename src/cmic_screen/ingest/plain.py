"""A large delimited text whose lines have as many cells each, quoted by the rule if at all, cut by pandas' tokenizer;
any other is left to the csv module (RFC 4180), which must never be contradicted: what both may cut differently is one.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import grid, limits

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from cmic_screen.ingest.grid import Columns

    Mask = npt.NDArray[np.bool_]

_BLOCK: Final = 1 << 20
"""Characters looked at together."""
_ROWS: Final = 20_000
"""Rows cut at a time: among so many most texts repeat, and each is made only once."""


class _Slices(io.TextIOBase):
    """A text as a file: `io.StringIO` would hold it once more, four bytes a character."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def read(self, size: int | None = -1, /) -> str:
        start = self.at
        self.at = len(self.text) if size is None or size < 0 else min(len(self.text), start + size)
        return self.text[start : self.at]

    def readable(self) -> bool:
        return True


def read(text: str, separator: str) -> Columns | None:
    """The text's cells column by column, exactly as csv.reader cuts them; None where the text is of no such kind."""
    if not _simple(text):
        return None
    first = io.StringIO(text[: text.find("\n")], newline="")
    width = len(next(csv.reader(first, delimiter=separator), ()))
    if width < 2 or not _even(text, separator, width):
        return None
    import pandas as pd

    frames = pd.read_csv(
        _Slices(text), sep=separator, header=None, dtype=object, na_filter=False, quoting=csv.QUOTE_MINIMAL,
        skip_blank_lines=False, index_col=False, engine="c", chunksize=_ROWS,
    )  # fmt: skip
    with frames:
        return grid.of_columns([frame[j].tolist() for j in frame] for frame in frames)


def _simple(text: str) -> bool:
    """No zero, no byte order mark, no line that may hold a cell past csv's limit."""
    if "\0" in text or text.startswith("\ufeff"):
        return False
    half = limits.CELL_CHARACTERS // 2
    return all(text.find("\n", at, at + half) >= 0 for at in range(0, len(text) - half, half))


def _even(text: str, separator: str, width: int) -> bool:
    """Whether each line is whole and has as many cells, and no carriage return stands but before a line's end."""
    import numpy as np

    at = 0
    while at < len(text):
        stop = text.find("\n", at + _BLOCK) + 1 or len(text)
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
