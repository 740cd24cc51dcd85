"""The fast way through a large sheet's XML: plain rows are told by their bytes, whole chunks at a time, all else goes
to expat; the facts are those of the full walk, or the sheet is declined (a property test holds the two together).

A plain row is written the way Excel, LibreOffice and openpyxl write it (ECMA-376 part 1 §18.3.1.73) and has no error
cell, no formula without a value and no attribute beyond reference, style and type. No value is read here.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]
    Places = NDArray[np.int64]
    Mask = NDArray[np.bool_]

_CHUNK: Final = 1 << 20
_LONGEST_ROW: Final = 1 << 24
_ROW_END: Final = b"</row>"
_ENCODING: Final = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)")
_ROW: Final = re.compile(rb'<row r="([0-9]{1,7})"([^<>]*)>')
_PADDING: Final = bytes(64)
"""Behind each chunk, so that looking a few bytes ahead of its last cell stays inside."""
_DIGITS: Final = 7
_STYLE_DIGITS: Final = 5
_LT, _GT, _SLASH, _SPACE, _QUOTE = b'<>/ "'
_C, _F, _N, _O, _R, _S, _T, _V, _W = b"cfnorstvw"
_A, _Z, _ZERO, _NINE = b"AZ09"


class NotPlainError(ValueError):
    """The sheet is not written in the plain way; walk through all of it."""


class Rows:
    """What plain rows tell: how many cells, how far they reach, attributes of rows that may be hidden, and runs of
    (column, style, first row, last row). `same` maps each style to the first style of the same number format.
    """

    def __init__(self, same: Sequence[int]) -> None:
        self.same = np.array([*same, 0], dtype=np.int64)
        self.styles = len(same)
        self.filled = self.last_row = self.columns = 0
        self.hidden: list[tuple[int, bytes]] = []
        self.runs: list[tuple[int, int, int, int]] = []
        self.at = 0
        """The last row met; the next must stand below it."""


class Cells(NamedTuple):
    """Cells in document order: column, style (-1 where no format counts), and whether they are plain."""

    columns: Places
    styles: Places
    plain: Mask


def scan(stream: IO[bytes], feed: Callable[[bytes], object], rows: Rows) -> None:
    """Read a sheet's XML, giving plain rows to `rows` and everything else, in order, to `feed`.

    NotPlainError where that cannot be told apart; then nothing that was gathered counts.
    """
    head = stream.read(_CHUNK)
    start = head.find(b"<sheetData>")
    said = _ENCODING.search(head[:200])
    if start < 0 or b"<!" in head[:start] or (said and said[1].lower() != b"utf-8"):
        raise NotPlainError
    start += len(b"<sheetData>")
    feed(head[:start])
    rest = head[start:]
    while True:
        end = rest.rfind(_ROW_END)
        if end >= 0:
            end += len(_ROW_END)
            _part(rest[:end], feed, rows)
            rest = rest[end:]
        chunk = stream.read(_CHUNK)
        if not chunk:
            break
        rest += chunk
        if len(rest) > _LONGEST_ROW:
            raise NotPlainError
    if b"<c" in rest.partition(b"</sheetData>")[0]:
        raise NotPlainError
    feed(rest)


def _part(part: bytes, feed: Callable[[bytes], object], rows: Rows) -> None:
    """Some whole rows: those that are not plain are cut out of the others."""
    text: Bytes = np.frombuffer(part + _PADDING, dtype=np.uint8)
    tags: Places = np.flatnonzero(text == _LT)
    first, second = text[tags + 1], text[tags + 2]
    ends = (second == _SPACE) | (second == _GT) | (second == _SLASH)
    odd_name = ((first == _C) | (first == _F)) & (second < _A) & ~ends
    if ((first == ord("!")) | (first == ord("?")) | odd_name).any():
        raise NotPlainError
    starts = tags[(first == _R) & (second == _O) & (text[tags + 3] == _W)]
    numbers, behind = _rows(text, starts)
    if len(numbers) and (numbers[0] <= rows.at or (np.diff(numbers) <= 0).any()):
        raise NotPlainError
    cells = tags[(first == _C) & ends]
    row: Places = np.searchsorted(starts, cells, side="right") - 1
    if len(row) and row[0] < 0:
        raise NotPlainError
    found = _cells(text, cells, starts[row] + 8, (behind - starts - 8)[row])
    found.plain[1:] &= (row[1:] > row[:-1]) | (found.columns[1:] > found.columns[:-1])
    odd = np.zeros(len(starts), dtype=np.bool_)
    odd[row[~found.plain]] = True
    formulas = np.flatnonzero((first == _F) & ends)
    if len(formulas):
        unsure = tags[formulas[~_valued(text, tags, formulas)]]
        odd[np.searchsorted(starts, unsure, side="right") - 1] = True
    _take(rows, numbers, odd, row, found)
    _hidden(part, rows, numbers, odd)
    _feed(part, feed, np.append(starts, len(part)), odd)


def _rows(text: Bytes, starts: Places) -> tuple[Places, Places]:
    """The numbers of rows whose tags start at `starts`, and where the quote behind each stands."""
    at = starts + 8
    for offset, byte in enumerate(b'<row r="'):
        if (text[starts + offset] != byte).any():
            raise NotPlainError
    if (text[at] == _ZERO).any():
        raise NotPlainError
    numbers, behind = _number(text, at, _DIGITS)
    if (text[behind] != _QUOTE).any() or (behind == at).any():
        raise NotPlainError
    return numbers, behind


def _number(text: Bytes, at: Places, digits: int) -> tuple[Places, Places]:
    """The numbers that stand at places, of at most so many digits, and the places behind them."""
    value = np.zeros(len(at), dtype=np.int64)
    behind = at.copy()
    going: Mask = np.ones(len(at), dtype=np.bool_)
    for _ in range(digits):
        byte = text[behind]
        going &= (byte >= _ZERO) & (byte <= _NINE)
        if not going.any():
            break
        value = np.where(going, value * 10 + (byte - _ZERO), value)
        behind += going
    return value, behind


def _cells(text: Bytes, cells: Places, row_at: Places, width: Places) -> Cells:
    """What the tags at `cells` say. The digits of the row each stands in are at `row_at`, `width` of them; its own
    reference must repeat them.
    """
    good: Mask = np.ones(len(cells), dtype=np.bool_)
    for offset, byte in enumerate(b'<c r="'):
        good &= text[cells + offset] == byte
    at = cells + 6
    columns = np.zeros(len(cells), dtype=np.int64)
    going = good.copy()
    for _ in range(3):
        letter: Bytes = text[at]
        going &= (letter >= _A) & (letter <= _Z)
        columns = np.where(going, columns * 26 + letter - 64, columns)
        at += going
    good &= columns > 0
    for k in range(int(width.max(initial=0)) + 1):
        good &= (text[at + k] == text[row_at + k]) | (k > width)  # at `width` both have their closing quote
    at += np.where(good, width + 1, 0)
    styles = np.full(len(cells), -1, dtype=np.int64)
    styled = _attribute(text, at, _S, good)
    number, behind = _number(text, at[styled] + 4, _STYLE_DIGITS)
    size = behind - at[styled] - 4
    good[styled] &= (text[behind] == _QUOTE) & (size > 0) & ((size == 1) | (text[at[styled] + 4] != _ZERO))
    at[styled] = behind + 1
    styles[styled] = number
    typed = _attribute(text, at, _T, good)
    at[typed], numeric, known = _types(text, at[typed] + 4)
    good[typed] &= known
    styles[typed[~numeric]] = -1
    at += text[at] == _SPACE  # openpyxl and lxml write `<c r="A1" />`
    at += text[at] == _SLASH
    good &= text[at] == _GT
    return Cells(columns, styles, good)


def _attribute(text: Bytes, at: Places, letter: int, good: Mask) -> Places:
    """Which cells have, at `at`, an attribute of this one-letter name."""
    has = good & (text[at] == _SPACE) & (text[at + 1] == letter) & (text[at + 2] == ord("=")) & (text[at + 3] == _QUOTE)
    found: Places = np.flatnonzero(has)
    return found


def _types(text: Bytes, at: Places) -> tuple[Places, Mask, Mask]:
    """Behind the closing quotes of the types at `at`; which say number; which are known here (an error is not)."""
    letter: Bytes = text[at]
    one: Mask = text[at + 1] == _QUOTE
    numeric: Mask = one & (letter == _N)
    short = one & ((letter == _S) | (letter == _N) | (letter == ord("b")) | (letter == ord("d")))
    string = (letter == _S) & (text[at + 1] == _T) & (text[at + 2] == _R) & (text[at + 3] == _QUOTE)
    inline = np.ones(len(at), dtype=np.bool_)
    for k, byte in enumerate(b'inlineStr"'):
        inline &= text[at + k] == byte
    return at + np.where(inline, 10, np.where(string, 4, 2)), numeric, short | string | inline


def _valued(text: Bytes, tags: Places, formulas: Places) -> Mask:
    """Which formulas have a stored value right behind them: `<f>…</f><v>5` or `<f …/><v>5`."""
    tags = np.append(tags, [len(text) - 8] * 3)
    closed = (text[tags[formulas + 1] + 1] == _SLASH) & (text[tags[formulas + 1] + 2] == _F)
    value = tags[formulas + 1 + closed]
    byte: Bytes = text[value + 3]
    held: Mask = (byte > _SPACE) & (byte < 128) & (byte != _LT) & (byte != ord("&"))  # white space alone is no value
    held &= (text[value + 1] == _V) & (text[value + 2] == _GT)
    return held


def _take(rows: Rows, numbers: Places, odd: Mask, row: Places, found: Cells) -> None:
    """Add the cells of rows that are not odd. No run of a format goes across an odd row."""
    plain, columns, styles = ~odd[row], found.columns, found.styles
    rows.filled += int(plain.sum())
    if len(numbers):
        rows.at = int(numbers[-1])
    if plain.any():
        rows.last_row = max(rows.last_row, int(numbers[row[plain][-1]]))
        rows.columns = max(rows.columns, int(columns[plain].max()))
    chosen = np.flatnonzero(plain & (styles >= 0) & (styles < rows.styles))
    chosen = chosen[np.argsort(columns[chosen], kind="stable")]
    if not len(chosen):
        return
    column, style, place = columns[chosen], rows.same[styles[chosen]], numbers[row[chosen]]
    keys = np.stack([column, style, np.cumsum(odd)[row[chosen]]])
    first = np.flatnonzero(np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0)))
    last = np.append(first[1:], len(chosen)) - 1
    rows.runs += zip(
        column[first].tolist(), style[first].tolist(), place[first].tolist(), place[last].tolist(), strict=True
    )


def _hidden(part: bytes, rows: Rows, numbers: Places, odd: Mask) -> None:
    """Note the other attributes of plain rows that may be hidden."""
    if b"hidden" not in part and b"ht=" not in part:
        return
    given: list[Any] = _ROW.findall(part)
    if len(given) != len(numbers):
        raise NotPlainError
    for (digits, others), fed in zip(given, odd.tolist(), strict=True):
        if not fed and (b"hidden" in others or b"ht=" in others):
            if b"'" in others or b"&" in others:
                raise NotPlainError
            rows.hidden.append((int(digits), others))


def _feed(part: bytes, feed: Callable[[bytes], object], bounds: Places, odd: Mask) -> None:
    """Feed the rows that are not plain, neighbours together."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], odd, [False])).astype(np.int8)))
    for start, stop in zip(bounds[edges[::2]].tolist(), bounds[edges[1::2]].tolist(), strict=True):
        feed(part[start:stop])
