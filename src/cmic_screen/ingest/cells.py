"""Cells as text: what stood there, in the form a person saw it; it never guesses and never drops a character of
meaning.

Integral floats lose their `.0` up to 15 digits (IEEE 754), booleans are TRUE and FALSE again, dates ISO 8601.
"""

from __future__ import annotations

import contextlib
import math
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, cast

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmic_screen.ingest.grid import Cell

EXACT: Final = 10**15
"""Whole floats below this print every digit that was typed."""

INVISIBLE: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
)
"""Soft hyphens, zero-width and direction marks, control characters: never part of a name or an identifier."""

ESCAPED: Final = re.compile("_x00[01][0-9A-Fa-f]_")
"""A control character as a workbook writes it (ECMA-376 part 1, 22.9.2.19), left in text that a script exported."""
_SPACES: Final = re.compile(r"[\s\u00a0]+")
NO_VALUE: Final = "=?"
"""Stands in a cell whose formula has no stored value: never blank, never a value."""

ERRORS: Final = frozenset(
    {
        "#N/A",
        "#REF!",
        "#NAME?",
        "#VALUE!",
        "#DIV/0!",
        "#NUM!",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
        "#BLOCKED!",
    }
)
"""What a spreadsheet shows where a formula failed."""

DASHES: Final = (
    frozenset(
        {
            "-",
            "--",
            "---",
            "–",
            "—",
            "―",
            "n/a",
            "N/A",
            "n.a.",
            "N.A.",
            "n.v.",
            "k.A.",
            ".",
            "N.D.",
            "n.d.",
            "s.o.",
            "S.O.",
            "*",
            NO_VALUE,
        }
    )
    | ERRORS
)
"""What stands for "nothing" in a value or identifier column (never in a name or ticker column: `NA` is a ticker)."""


_FEW: Final = 1_000
"""Cells to each blank one in a column of few blanks (those in lines above and below a table)."""
_SAMPLE: Final = 2_000
_TEXT: Final = {str, type(None)}
_GAPS: Final = ("  ", "~ ", " ~")


def text_of(cell: Cell) -> str:
    """One cell as text, "" for a blank one (a non-breaking space is blank)."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if -EXACT < cell < EXACT and cell.is_integer() else repr(cell)
    return _timed(cell) if isinstance(cell, (date, time, timedelta)) else str(cell)


def _timed(cell: date | time | timedelta) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="seconds")
    return str(cell) if isinstance(cell, timedelta) else cell.isoformat()


def clean(text: str) -> str:
    """Text without invisible characters, runs of any white space as one space, ends trimmed."""
    if "_x00" in text:
        text = ESCAPED.sub(" ", text)
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", INVISIBLE.sub("", text)).strip()


def column_text(cells: Sequence[Cell]) -> list[str]:
    """A whole column as text; the common cases (all text, all numbers) without a call per cell."""
    sample = cells[:: 1 + len(cells) // _SAMPLE]
    few = set(cells) if len(set(sample)) * 2 < len(sample) and set(map(type, sample)) <= _TEXT else None
    kinds = set(map(type, cells if few is None else few))  # nothing that is no text equals a text
    if str in kinds and kinds <= _TEXT:
        stated = cells if few is None else few
        joined = "~".join(stated if kinds == {str} else filter(None, stated))  # type: ignore[arg-type]
        if joined.isprintable() and "_x00" not in joined and not (" " in joined and _spaced(joined)):
            return _without_none(cells, kinds)
    if kinds <= _TEXT:
        seen: dict[Cell, str] = {c: clean(c) for c in (set(cells) if few is None else few) if isinstance(c, str)}
        seen[None] = ""
        return [seen[c] for c in cells]
    if kinds <= {*_TEXT, float, int} and not _unusual(cells):
        return [
            repr(c + 0.0).removesuffix(".0")  # adding nothing takes the sign from minus nothing
            if type(c) is float
            else ""
            if c is None
            else str(c)
            if type(c) is int
            else clean(c)  # type: ignore[arg-type]
            for c in cells
        ]
    return [text_of(c) for c in cells]


def _without_none(cells: Sequence[Cell], kinds: set[type]) -> list[str]:
    """Clean texts as they are, and "" for what is blank: in a large table that is a few lines above it at most."""
    if kinds == {str} and isinstance(cells, list):
        return cells
    out = list(cells)
    for i in places(out, None):
        out[i] = ""
    return cast("list[str]", out)


def filled(column: Sequence[str], other: Sequence[str]) -> list[str]:
    """A column with the texts of another where it has none."""
    if not few_blank(column):
        return [a or b for a, b in zip(column, other, strict=True)]
    out = list(column)
    for i in places(column, ""):
        out[i] = other[i]
    return out


def places(cells: Sequence[Cell], wanted: Cell) -> Iterator[int]:
    """Where a value stands in a column, in order; a few in a long column are found without a look at each cell."""
    at = -1
    with contextlib.suppress(ValueError):
        while True:
            at = cells.index(wanted, at + 1)
            yield at


def few_blank(column: Sequence[str]) -> bool:
    """Whether a column has so few blanks that they are found one by one."""
    return column.count("") * _FEW < len(column)


def _spaced(joined: str) -> bool:
    """Whether blanks follow one another or stand at the end of one of the texts joined."""
    return any(gap in joined for gap in _GAPS) or joined.strip() != joined


def _unusual(cells: Sequence[Cell]) -> bool:
    """Whether a number is none a person types: not finite, or too long to be exact."""
    floats = [c for c in cells if type(c) is float]
    return bool(floats) and not (min(floats) > -EXACT and max(floats) < EXACT and not math.isnan(sum(floats)))
