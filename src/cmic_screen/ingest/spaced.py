"""Text whose cells are parted by runs of blanks without standing under one another, as a table comes out of a printed
statement; it cuts lines and drops no character but padding, and cuts nothing that has no header of known words.

Custodians' own reports, whose columns do stand under one another, are `aligned`'s.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords, vocabulary

if TYPE_CHECKING:
    from cmic_screen.ingest.grid import Cell

_RUN: Final = re.compile(r" {2,}|\t+")
_AMOUNTS: Final = re.compile(r"(?<!\s)(?:\s+\(?[-+]?[$€£]?\d[\d,.']*%?\)?){2,}$")
_AMOUNT: Final = re.compile(_AMOUNTS.pattern.replace("{2,}", "+"))
_ENUMERATION: Final = 20_000
"""Characters of the longest line of names that a person writes."""
_BETWEEN: Final = re.compile(r"[,;]\s+")
_LEGAL: Final = re.compile(rf"{rowwords.LEGAL}\.?", re.IGNORECASE)
_SAMPLE: Final = 2_000
_LONGEST: Final = 60
_WIDEST: Final = 2_000
"""Characters of a printed line."""
_LEAST_HEADERS: Final = 3
_LEAST_WHOLE: Final = 2
_LEAST_LINES: Final = 2


def cut(text: str) -> list[list[Cell]]:
    """Each line's cells, row i being line i + 1; [] where no line of known headers is followed by as wide lines.

    A line with fewer cells than the header keeps them in order from the left: what was left blank in print cannot be
    known, and the caller says so.
    """
    head = [_RUN.split(line.strip()) for line in text[:2_000_000].splitlines()[:_SAMPLE]]
    if not any(_alike(head, at) for at, cells in enumerate(head) if _heads(cells)):
        return []
    return [list(_RUN.split(bare)) if (bare := line.strip()) else [] for line in io.StringIO(text, newline="")]


def enumerated(text: str) -> list[list[Cell]]:
    """Names one after another on a single line (`Apple Inc, China Mobile Ltd, CNOOC Limited`), as one row of names, a
    legal form after a comma kept with its name (`Acer, Inc.`); [] for anything else.
    """
    lines = [line for line in text[:_ENUMERATION].splitlines() if line.strip()]
    if len(lines) != 1 or len(text) >= _ENUMERATION:
        return []
    names: list[Cell] = []
    for part in (p.strip() for p in _BETWEEN.split(lines[0].strip())):
        if names and _LEGAL.fullmatch(part):
            names[-1] = f"{names[-1]}, {part}"
        elif sum(map(str.isalpha, part)) > 1 and not part[:1].islower():
            names.append(part)
        else:
            return []
    return [names] if len(names) > 1 and not rowwords.prose(lines[0]) else []


def behind_names(text: str) -> list[list[Cell]]:
    """Lines that end in amounts (`CNOOC LTD 5,000 2.41 12,050.00`, as a printed page is pasted), parted into what
    stands before them and each amount; [] where not most lines do, three at least.
    """
    written = [cells for line in text[:2_000_000].splitlines()[:_SAMPLE] if (cells := _words(line))]
    ending = sum(1 for cells in written if len(cells) > _LEAST_WHOLE)
    if ending < _LEAST_HEADERS or ending * 5 < len(written) * 3:
        return []
    return [_words(line, _AMOUNT) for line in io.StringIO(text, newline="")]


def _words(line: str, amounts: re.Pattern[str] = _AMOUNTS) -> list[Cell]:
    """A line's text and the amounts behind it, where one of them is no bare integer; else the line."""
    bare = line.strip()
    found = amounts.search(bare) if len(bare) < _WIDEST else None
    if not found or not found.start() or not any(c in found[0] for c in ".,$€£%"):
        return [bare] if bare else []
    return [bare[: found.start()].rstrip(), *found[0].split()]


def several(text: str) -> bool:
    """Whether a run of blanks stands inside a text."""
    return bool(_RUN.search(text.strip()))


def _heads(cells: list[str]) -> bool:
    """Whether a line heads a table: two cells are header words as they stand, and most cells hold one."""
    words = [c for c in cells if c and len(c) < _LONGEST]
    if len(words) < _LEAST_HEADERS:  # nearly every line of a text that is not cut by blanks
        return False
    whole = sum(1 for c in words if vocabulary.exact(c))
    known = sum(1 for c in words if vocabulary.fields_of(c))
    return whole >= _LEAST_WHOLE and known >= _LEAST_HEADERS and known * 5 >= len(cells) * 3


def _alike(lines: list[list[str]], at: int) -> bool:
    """Whether the lines under a header mostly have as many cells as it has."""
    wide = [len(cells) for cells in lines[at + 1 :] if len(cells) >= _LEAST_HEADERS]
    same = sum(1 for n in wide if n == len(lines[at]))
    return same >= _LEAST_LINES and same * 2 >= len(wide)
