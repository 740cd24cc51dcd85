"""Where the tables of a sheet stand: header rows, columns, side-by-side blocks; it assigns no field and drops no row.

A header row is told by its words (vocabulary) and by what it lacks (amounts), never by its place: brokers put anything
above it (pains B1), repeat it page after page, stack tables or set them side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords, vocabulary
from cmic_screen.ingest.content import code_like, name_like, sure_code
from cmic_screen.ingest.fields import WHAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.sheet import Sheet

_DIGITS: Final = frozenset("0123456789")
_TOP: Final = 60
"""Rows from the top in which every row is weighed as a header; below, only rows that lack amounts."""
_MANY: Final = 2000
_DEEP: Final = 3
"""A header stands over at most so many rows."""
_REPEATS: Final = 6
"""Times that a header's texts repeat within it at most: tables side by side; a row of a few words over is content."""
_WIDE: Final = 8
"""Cells of a row from which a few known words may head a table with many unknown columns."""
_UNIT: Final = re.compile(
    r"\(?\[?(?:%|[A-Z]{3}|in [A-Z]{3}|[$€£¥]|local|base|units?"
    r"|lcl|ccy|pct|shares|amount|000s?|'000|mio|m|k|no\.?|nr\.?)\]?\)?\.?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Block:
    """One table: header row indices (several for one header over several rows or one that is repeated; none for a list
    without header), first row index of its body, one past the last, and its columns (first, one past the last).
    `headers` has one text a column; `stacked` the single rows of the header where it has several.
    """

    header_rows: tuple[int, ...]
    start: int
    stop: int
    left: int
    right: int
    headers: tuple[str, ...]
    stacked: tuple[tuple[str, ...], ...] = ()


def blocks(sheet: Sheet) -> list[Block]:
    """The tables of a sheet, top to bottom, left to right; none where no row reads like a header."""
    size = len(sheet.filled)
    groups = _groups(sheet, header_rows(sheet))
    out: list[Block] = []
    for k, rows in enumerate(groups):
        stop = groups[k + 1][0] if k + 1 < len(groups) else size
        stacked = [
            [spanned(sheet, i, j) if len(rows) > 1 else sheet.text[j][i] for j in range(sheet.width)] for i in rows
        ]
        headers = [" ".join(dict.fromkeys(p for p in parts if p)) for parts in zip(*stacked, strict=True)]
        for left, right in _sides(sheet, headers, rows[-1] + 1, stop):
            single = tuple(tuple(s[left:right]) for s in stacked) if len(rows) > 1 else ()
            out.append(Block(tuple(rows), rows[-1] + 1, stop, left, right, tuple(headers[left:right]), single))
    return _repeated(out)


def header_rows(sheet: Sheet) -> list[int]:
    """Row indices that read like headers, top to bottom."""
    near = [i for i in range(min(_TOP, len(sheet.filled))) if sheet.filled[i] >= 2]
    far = [i for i in sheet.wordy(_TOP) if sheet.filled[i] >= 2] if len(sheet.filled) > _TOP else []
    if len(far) > _MANY:
        far = _quick(sheet, far)
    found = [i for i in (*near, *far) if is_header(sheet.row(i))]
    return found or [i for i in near if _heads_codes(sheet, i)][:1]


def _heads_codes(sheet: Sheet, i: int) -> bool:
    """Whether a row of many different texts, few of them known headers, heads a column of identifiers: exports with
    hundreds of a firm's own columns.
    """
    cells = sheet.row(i)
    stated = [c for c in cells if c]
    if len(stated) < _WIDE or len(set(stated)) < len(stated) or any(c[0] in _DIGITS for c in stated):
        return False
    known, fields = header_score(stated)
    below = [j for j, c in enumerate(cells) if c and vocabulary.exact(c) and names_security([c])]
    codes = any(sure_code(t) for j in below for t in sheet.text[j][i + 1 : i + 1 + _TOP] if t)
    return codes and known >= 2 and fields >= 2


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row reads like a table's header: known words for two fields at least, hardly an amount."""
    stated = [c for c in cells if c]
    amounts = sum(1 for c in stated if (c[0] in _DIGITS or c[-1] in _DIGITS) and not vocabulary.exact(c))
    if len(stated) < 2 or amounts * 3 > len(stated):
        return False
    known, fields = header_score(stated)
    distinct = len(set(stated))
    if distinct * _REPEATS < len(stated) or stated[0].endswith(":"):
        return False
    return known >= 2 and fields >= 2 and known * 5 >= distinct * 2


def header_score(cells: Sequence[str]) -> tuple[int, int]:
    """How many different cells of a row are known headers, and how many different fields they speak for."""
    known = [c for c in dict.fromkeys(cells) if c and len(c) < 80 and vocabulary.exact(c)]
    fields = {max(f, key=lambda n: f[n]) for c in known if (f := vocabulary.fields_of(c))}
    return len(known), len(fields)


def names_security(cells: Sequence[str]) -> bool:
    """Whether some cell may head a column by which a holding can be screened."""
    return any(name in WHAT for c in cells if c for name in vocabulary.fields_of(c))


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


def _groups(sheet: Sheet, found: list[int]) -> list[list[int]]:
    """Header rows that stand directly under one another and say different things are one header; rows of group titles
    above and of units below belong to it.
    """
    groups: list[list[int]] = []
    for i in found:
        last = groups[-1] if groups else None
        if last and i == last[-1] + 1 and len(last) < _DEEP and sheet.row(i) != sheet.row(last[0]):
            last.append(i)
        else:
            groups.append([i])
    used = {i for g in groups for i in g}
    for g in groups:
        while len(g) < _DEEP and g[0] - 1 not in used and _is_group_title(sheet, g[0] - 1, g[0]):
            g.insert(0, g[0] - 1)
        while len(g) < _DEEP and g[-1] + 1 not in used and _is_units(sheet, g[-1] + 1, g[-1]):
            g.append(g[-1] + 1)
    return groups


def _is_group_title(sheet: Sheet, i: int, under: int) -> bool:
    """Whether row `i` holds titles over groups of the headers in row `under`: merged over them, or words of headers."""
    if i < 0 or sheet.filled[i] == 0:
        return False
    cells = [(j, t) for j, t in enumerate(sheet.row(i)) if t]
    if any(_DIGITS & set(t) or t.endswith(":") or len(t) > 40 for _, t in cells):
        return False
    row = sheet.numbers[i]
    merged = [m for m in sheet.grid.merged if m[0] <= row <= m[2] and m[3] > m[1]]
    whole = any(m[3] - m[1] + 1 >= sum(1 for c in sheet.row(under) if c) for m in merged)
    if merged and not whole and len(cells) > 1:
        return True
    known = sum(1 for _, t in cells if vocabulary.fields_of(t))
    return len(cells) >= 2 and known * 2 > len(cells) and all(not sure_code(t) for _, t in cells)


def _is_units(sheet: Sheet, i: int, above: int) -> bool:
    """Whether row `i` holds units or second halves of the headers in row `above`."""
    if i >= len(sheet.filled) or not sheet.filled[i] or sheet.filled[i] > sheet.filled[above]:
        return False
    cells = [t for t in sheet.row(i) if t]
    return all(_UNIT.fullmatch(t) for t in cells) and not all(code_like(t) and len(t) == 3 for t in cells[:1])


def spanned(sheet: Sheet, i: int, j: int) -> str:
    """The text of a cell, or of the merged cell that covers it in the same row."""
    if sheet.text[j][i] or not sheet.grid.merged:
        return sheet.text[j][i]
    row, column = sheet.numbers[i], j + 1
    for first, left, last, right in sheet.grid.merged:
        if first == row and first <= row <= last and left <= column <= right:
            return sheet.text[left - 1][i]
    return ""


def _sides(sheet: Sheet, headers: Sequence[str], start: int, stop: int) -> list[tuple[int, int]]:
    """Column spans of the tables under one header row: parted by empty columns or by the headers starting again."""
    filled = [bool(headers[j]) or any(sheet.text[j][start:stop]) for j in range(sheet.width)]
    spans: list[tuple[int, int]] = []
    begin: int | None = None
    for j in range(sheet.width + 1):
        on = j < sheet.width and filled[j]
        if on and begin is None:
            begin = j
        elif not on and begin is not None:
            spans += _again(headers, begin, j)
            begin = None
    good = [s for s in spans if header_score(headers[s[0] : s[1]])[0] >= 2 and names_security(headers[s[0] : s[1]])]
    if len(good) < 2:
        return [(0, max((j for j in range(sheet.width) if filled[j]), default=-1) + 1)] if any(filled) else []
    edges = [0, *(s[0] for s in good[1:]), sheet.width]
    return list(pairwise(edges))


def _again(headers: Sequence[str], start: int, stop: int) -> list[tuple[int, int]]:
    """Two tables without a gap: the whole row of headers starts again."""
    first = headers[start]
    starts = [j for j in range(start, stop) if first and headers[j] == first]
    if len(starts) < 2 or starts[1] - starts[0] < 2:
        return [(start, stop)]
    return list(pairwise([*starts, stop]))


def _repeated(found: list[Block]) -> list[Block]:
    """A header that says the same as the one before it continues that table; its row is a header of it."""
    out: list[Block] = []
    for b in found:
        at = next((k for k in range(len(out) - 1, -1, -1) if (out[k].left, out[k].right) == (b.left, b.right)), None)
        if at is not None and out[at].headers == b.headers and out[at].stop == b.header_rows[0]:
            out[at] = replace(out[at], header_rows=(*out[at].header_rows, *b.header_rows), stop=b.stop)
        else:
            out.append(b)
    return out


def headerless(sheet: Sheet) -> Block | None:
    """A sheet without a known header as one table: under the row that stands over amounts like a header in unknown
    words, or a bare list told by its content alone. None where the sheet is empty.
    """
    used = [i for i, n in enumerate(sheet.filled) if n]
    if not used:
        return None
    left, right = 0, sheet.width
    head = _unknown_header(sheet, used)
    if head is None:
        return Block((), used[0], used[-1] + 1, left, right, ("",) * (right - left))
    return Block((head,), head + 1, used[-1] + 1, left, right, tuple(sheet.row(head)))


def lists_of_names(sheet: Sheet) -> list[Block]:
    """Where nothing but names stands, without a header, in several columns (`Apple Inc,China Mobile Ltd` on one line,
    or lists side by side): each column a list of its own, so that no name is lost behind another; else none.
    """
    used = [i for i, n in enumerate(sheet.filled) if n]
    held = [j for j in range(sheet.width) if any(sheet.text[j])]
    if len(held) < 2 or not used:
        return []
    for j in held:
        texts = [t for t in sheet.text[j] if t]
        if len(set(texts)) < len(texts) or not all(_bare_name(t, alone=len(used) == 1) for t in texts):
            return []
    edges = [0, *held[1:], sheet.width]
    return [Block((), used[0], used[-1] + 1, left, right, ("",) * (right - left)) for left, right in pairwise(edges)]


def _bare_name(text: str, *, alone: bool) -> bool:
    """Whether a cell reads like a name: five letters together or several words, no digit, no heading's general word. On
    a line `alone` three letters are enough: columns of codes beside names (`Apple Inc,AAPL`) take more lines to tell.
    """
    if text[:1].islower() or rowwords.salutation(text):
        return False  # a letter's commas part no names
    if alone and sum(map(str.isalpha, text)) > 2 and not rowwords.general(text):
        return not text.isupper() or " " in text
    return name_like(text) and not _DIGITS & set(text) and not rowwords.general(text) and not text.endswith(":")


def _unknown_header(sheet: Sheet, used: Sequence[int]) -> int | None:
    """The row index that heads a table in words we do not know: all text, at least as wide as what follows, and over
    columns that hold amounts or codes. For a single column: a known word over a list.
    """
    if sheet.width == 1 or max(sheet.filled) == 1:
        word = next((t for t in sheet.row(used[0]) if t), "")
        known = vocabulary.fields_of(word) if vocabulary.exact(word) else {}
        return used[0] if len(used) > 1 and any(n in WHAT for n in known) and word.casefold() != "cash" else None
    for place, i in enumerate(used[:_TOP]):
        below = used[place + 1 : place + 6]
        if sheet.filled[i] < 2 or sheet.digits(i) or not below:
            continue
        wide = sum(1 for b in below if sheet.filled[b] >= 2 and sheet.filled[b] <= sheet.filled[i] + 1)
        if wide * 2 > len(below) and any(sheet.digits(b) for b in below):
            return i
    return None


def under_first_row(sheet: Sheet) -> Block:
    """The one table of a grid whose format itself says what its columns are (13F, N-PORT): row 1 is the header."""
    size = len(sheet.filled)
    headers = tuple(sheet.row(0)) if size else ()
    return Block((0,) if size else (), min(1, size), size, 0, sheet.width, headers)
