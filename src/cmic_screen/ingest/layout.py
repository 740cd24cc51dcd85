"""Where the tables of a sheet stand: header rows, columns, side-by-side blocks; it assigns no field and drops no row.

A header row is told by its words (vocabulary) and by what it lacks (amounts), never by its place: brokers put anything
above it (pains B1), repeat it page after page, stack tables or set them side by side.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords, sides, vocabulary
from cmic_screen.ingest.content import code_like, sure_code
from cmic_screen.ingest.fields import DATES, MONEY_CODES, NUMBERS, OWNERS, WHAT
from cmic_screen.ingest.headings import figure, header_score, is_header, names_security
from cmic_screen.ingest.numbers import looks_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.sheet import Sheet

_DIGITS: Final = frozenset("0123456789")
_TOP: Final = 60
"""Rows from the top in which every row is weighed as a header; below, only rows that lack amounts."""
_MANY: Final = 2000
_PAIR: Final = 2
"""Cells of a line that is a label and what it names."""
_DEEP: Final = 3
"""A header stands over at most so many rows."""
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
    without header), first row index of its body (above the header where that was sorted into it), one past the last,
    and its columns (first, one past the last). `headers` has one text a column; `stacked` the single rows of the header
    where it has several. `holds` is the field of the column `held_at` (from `left`) where no heading says it: of a list
    of nothing else, or of one beside another.
    """

    header_rows: tuple[int, ...]
    start: int
    stop: int
    left: int
    right: int
    headers: tuple[str, ...]
    stacked: tuple[tuple[str, ...], ...] = ()
    holds: str = ""
    held_at: int = 0


def blocks(sheet: Sheet) -> list[Block]:
    """The tables of a sheet, top to bottom, left to right; none where no row reads like a header."""
    size = len(sheet.filled)
    groups = _groups(sheet, header_rows(sheet))
    out: list[Block] = []
    for k, rows in enumerate(groups):
        stop = groups[k + 1][0] if k + 1 < len(groups) else size
        stacked = [
            [sides.spanned(sheet, i, j) if len(rows) > 1 else sheet.text[j][i] for j in range(sheet.width)]
            for i in rows
        ]
        headers = [" ".join(dict.fromkeys(p for p in parts if p)) for parts in zip(*stacked, strict=True)]
        for left, right in sides.of_header(sheet, headers, stacked, rows[-1] + 1, stop):
            single = tuple(tuple(s[left:right]) for s in stacked) if len(rows) > 1 else ()
            start = rows[-1] + 1 if k else _sorted_away(sheet, rows, headers[left:right], left)
            out.append(Block(tuple(rows), start, stop, left, right, tuple(headers[left:right]), single))
    return _repeated(out)


def _sorted_away(sheet: Sheet, rows: Sequence[int], headers: Sequence[str], left: int) -> int:
    """Where the body of the first table begins: above its header where that was sorted into its rows (or the first page
    went missing), so that rows stand there with numbers where the header says so, as wide as it.
    """
    fields = [max(f, key=lambda n: f[n]) if h and (f := vocabulary.fields_of(h)) else "" for h in headers]
    counted = [left + k for k, f in enumerate(fields) if f in NUMBERS]
    said = [left + k for k, f in enumerate(fields) if f and f not in NUMBERS]
    first = rows[0]
    for i in range(rows[0] - 1, -1, -1):
        numbers = [t for j in counted if (t := sheet.text[j][i])]
        others = [t for j in said if (t := sheet.text[j][i])]
        fits = numbers and all(map(looks_number, numbers)) and not all(map(looks_number, others))
        if (
            fits
            and not any(map(rowwords.total, others))
            and not all(map(rowwords.general, others))  # `Equities | 5 | 2,000`: a summary
            and (len(numbers) + len(others)) * 2 >= len(counted) + len(said)
            and len(numbers) + len(others) > _PAIR
        ):
            first = i
        elif sheet.filled[i] > 1:
            break
    return first if first < rows[0] else rows[-1] + 1


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


def _unknown_header(sheet: Sheet, used: Sequence[int]) -> int | None:
    """The row index that heads a table in words we do not know: all text, at least as wide as what follows, and over
    columns that hold amounts or codes, or with a known word for what is held. For a single column: a known word over a
    list.
    """
    if sheet.width == 1 or max(sheet.filled) == 1:
        word = next((t for t in sheet.row(used[0]) if t), "")
        known = vocabulary.fields_of(word) if vocabulary.exact(word) else {}
        return used[0] if len(used) > 1 and any(n in WHAT for n in known) and word.casefold() != "cash" else None
    for place, i in enumerate(used[:_TOP]):
        below = used[place + 1 : place + 6]
        if sheet.filled[i] < 2 or not below or any(figure(t) for t in sheet.row(i) if t):
            continue
        if any(_labels(next(filter(None, sheet.row(b)))) for b in below if sheet.filled[b] == sheet.filled[i] == _PAIR):
            continue
        if _names_what(sheet, i, below):
            return i
        wide = sum(1 for b in below if sheet.filled[b] >= 2 and sheet.filled[b] <= sheet.filled[i] + 1)
        if wide * 2 > len(below) and any(sheet.digits(b) for b in below):
            return i
    return None


def _names_what(sheet: Sheet, i: int, below: Sequence[int]) -> bool:
    """Whether a row of different texts has one that is a heading for what is held, over rows as wide as it with other
    texts in that column: names beside comments or grades, in which no figure stands.
    """
    stated = [t for t in sheet.row(i) if t]
    if len(below) < 2 or len(set(stated)) < len(stated) or any(sheet.filled[b] != len(stated) for b in below):
        return False
    for column in sheet.text:
        known = vocabulary.fields_of(column[i]) if column[i] and vocabulary.exact(column[i]) else {}
        if known and max(known, key=lambda n: known[n]) in WHAT and column[i].casefold() != "cash":
            return all(column[b] and column[b] != column[i] for b in below)
    return False


def _labels(text: str) -> bool:
    """Whether a text is itself a heading, of no name (`Currency` beneath `Name`): labels stand down that column."""
    known = vocabulary.fields_of(text) if vocabulary.exact(text) else {}
    return bool(known) and max(known, key=lambda n: known[n]) in MONEY_CODES | DATES | OWNERS


def under_first_row(sheet: Sheet) -> Block:
    """The one table of a grid whose format itself says what its columns are (13F, N-PORT): row 1 is the header."""
    size = len(sheet.filled)
    headers = tuple(sheet.row(0)) if size else ()
    return Block((0,) if size else (), min(1, size), size, 0, sheet.width, headers)
