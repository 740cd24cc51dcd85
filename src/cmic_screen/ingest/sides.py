"""Which columns belong to each of the tables that stand side by side under one row of headers; it drops no column.

An empty column parts two tables only where each says anew what is held and how much: reports set empty columns between
the columns of one table, too (pains B1).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import vocabulary
from cmic_screen.ingest.fields import NUMBERS, WHAT
from cmic_screen.ingest.headings import header_score, names_security

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.sheet import Sheet


def spanned(sheet: Sheet, i: int, j: int) -> str:
    """The text of a cell, or of the merged cell that covers it in the same row."""
    if sheet.text[j][i] or not sheet.grid.merged:
        return sheet.text[j][i]
    row, column = sheet.numbers[i], j + 1
    for first, left, last, right in sheet.grid.merged:
        if first == row and first <= row <= last and left <= column <= right:
            return sheet.text[left - 1][i]
    return ""


_WORD: Final = re.compile(r"[a-z]+|[^\W\d_]")
"""A word, or a character of a script that parts none."""


def of_header(
    sheet: Sheet, headers: Sequence[str], stacked: Sequence[Sequence[str]], start: int, stop: int
) -> list[tuple[int, int]]:
    """Column spans of the tables under one header: parted by empty columns or by the headers starting again, where one
    row of a header of several (the one beneath the titles `Portfolio A`, `Portfolio B`) names what is held in each.
    """
    filled = [bool(headers[j]) or any(sheet.text[j][start:stop]) for j in range(sheet.width)]
    for words in (headers, *stacked):
        spans: list[tuple[int, int]] = []
        begin: int | None = None
        for j in range(sheet.width + 1):
            on = j < sheet.width and filled[j]
            if on and begin is None:
                begin = j
            elif not on and begin is not None:
                spans += _again(words, begin, j)
                begin = None
        good = [s for s in spans if header_score(words[s[0] : s[1]])[0] >= 2 and names_security(words[s[0] : s[1]])]
        if len(good) > 1 and _say_again(words, good) and repeated(stacked, good):
            return list(pairwise([0, *(s[0] for s in good[1:]), sheet.width]))
    return [(0, max((j for j in range(sheet.width) if filled[j]), default=-1) + 1)] if any(filled) else []


def repeated(stacked: Sequence[Sequence[str]], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether each row of a header that says what is held, or how much, says it in each span: group titles come again
    over one table (`Position | Valuation | Position`), and then what stands beneath them does not.
    """
    return all(_say_again(row, spans) for row in stacked if _says(row))


def _says(headers: Sequence[str]) -> bool:
    """Whether a row of a header says what is held, or how much: titles over tables and units beneath headers do not."""
    return any(not (WHAT | NUMBERS).isdisjoint(vocabulary.fields_of(h)) for h in headers if h)


def _say_again(headers: Sequence[str], spans: Sequence[tuple[int, int]]) -> bool:
    """Whether each span says again what the first does: an amount, two things that tell what is held, or one in the
    same words, or where none has amounts in quite other ones. Else an empty column is a space within one table: ticker
    and ISIN before it, names and amounts behind it; a name, and behind it the name in English.
    """
    first, *others = (_said(headers[a:b]) for a, b in spans)
    return all(_shares(first, other) for other in others)


def _said(headers: Sequence[str]) -> dict[str, str]:
    """The fields of what is held, and how much, with the heading of each."""
    known = {h: max(f, key=lambda n: f[n]) for h in headers if h and (f := vocabulary.fields_of(h))}
    return {field: h.casefold() for h, field in known.items() if field in WHAT | NUMBERS}


def _shares(one: dict[str, str], other: dict[str, str]) -> bool:
    both = one.keys() & other.keys()
    if len(both) > 1 or both & NUMBERS or any(one[f] == other[f] for f in both):
        return True
    if (one.keys() | other.keys()) & NUMBERS:
        return False
    # lists without amounts: `Security` beside `Name` heads other names, `Name (Eng)` the same ones
    said = [[set(_WORD.findall(heads[f])) for heads in (one, other)] for f in both]
    return any(not (a <= b or b <= a) for a, b in said)


def _again(headers: Sequence[str], start: int, stop: int) -> list[tuple[int, int]]:
    """Two tables without a gap: the whole row of headers starts again."""
    first = headers[start]
    starts = [j for j in range(start, stop) if first and headers[j] == first]
    if len(starts) < 2 or starts[1] - starts[0] < 2:
        return [(start, stop)]
    return list(pairwise([*starts, stop]))
