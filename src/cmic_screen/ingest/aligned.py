"""Text whose columns are held apart by their position, as custodians print reports, cut into cells; a line that does
not keep to the columns stays one cell, and no character but padding is dropped.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from cmic_screen.ingest.grid import Cell

_SAMPLE_LINES: Final = 2_000
_LEAST_LINES: Final = 4
_GAP: Final = re.compile(r"\S {2,}(?=\S)")
_DASHED: Final = re.compile(r"[-=_]{2,}")
_LEAST_RULED: Final = 4
_RULE: Final = re.compile(r"[\s\-=_+|]+")


def edges(text: str) -> list[int]:
    """The positions at which columns start, the first being 0; [] where the text is not laid out in columns.

    A column ends where nearly all lines that hold several cells are blank at the same two places or more.
    """
    lines = [line.expandtabs().rstrip() for line in text[:2_000_000].splitlines()[:_SAMPLE_LINES]]
    written = [line for line in lines if line.strip()]
    table = [line for line in written if _GAP.search(line) and not _RULE.fullmatch(line)]
    if len(table) < _LEAST_LINES or len(table) * 3 < len(written):
        return []
    if ruled := max((_starts(line) for line in written if _RULE.fullmatch(line)), key=len, default=[]):
        return ruled
    width = max(map(len, table))
    filled = [0] * (width + 1)
    for line in table:
        for match in re.finditer(r"\S", line):
            filled[match.start()] += 1
    tolerated = len(table) // 50
    starts, blank = [0], 0
    for at in range(width):
        if filled[at] <= tolerated:
            blank += 1
        else:
            if blank >= 2 and any(filled[:at]):
                starts.append(at)
            blank = 0
    return starts if len(starts) > 1 else []


def _starts(rule: str) -> list[int]:
    """Where the dashes of a rule begin that underlines each header, the first column from the margin; [] for few."""
    found = [m.start() for m in _DASHED.finditer(rule)]
    return [0, *found[1:]] if len(found) >= _LEAST_RULED else []


def cut(text: str, starts: list[int]) -> list[list[Cell]]:
    """Each line's cells without their padding, row i being line i + 1; a text that crosses an edge is one cell."""
    rows: list[list[Cell]] = []
    for line in io.StringIO(text, newline=""):
        bare = line.rstrip("\r\n").expandtabs()
        crossed = any(start < len(bare) and bare[start] != " " and bare[start - 1] != " " for start in starts[1:])
        if not bare.strip() or (crossed and not _GAP.search(bare.strip())):
            rows.append([bare.strip()] if bare.strip() else [])
        else:
            pieces = _pieces(bare, starts)
            phrase = sum(1 for p in pieces if p) > 1 and not _GAP.search(bare.strip())
            rows.append([bare.strip()] if phrase else pieces)
    return rows


def _pieces(bare: str, starts: list[int]) -> list[Cell]:
    """A line cut at the edges; where a word or a phrase crosses one, its rest stays with the cell it begins in."""
    pieces: list[Cell] = []
    since = 0
    for k, start in enumerate(starts):
        end = starts[k + 1] if k + 1 < len(starts) else len(bare)
        if 0 < end < len(bare) and bare[end] != " " and bare[end - 1] != " ":
            pieces.append("")  # what stands here runs on: the next cell that ends at an edge takes it
            continue
        text = bare[since:end].strip()
        if since < start:
            pieces[starts.index(since)] = text
            pieces.append("")
        else:
            pieces.append(text)
        since = end
    return pieces
