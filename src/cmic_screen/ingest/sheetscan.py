"""The fast way through a sheet's XML: plain rows are scanned, all else goes to expat; the facts are those of the full
walk, or the sheet is declined (a property test holds the two against each other).

A plain row has neither formula nor error nor markup beyond cells and values, and is written the way Excel, LibreOffice
and openpyxl write it. Scanning takes about half of expat's time, which is most of the time a large book takes.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_CHUNK: Final = 1 << 20
_LONGEST_ROW: Final = 1 << 24
_TOKEN: Final = re.compile(
    rb'<(?:c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="([0-9]{1,5})")?(?: t="([a-zA-Z]{1,9})")?/?>'
    rb'|row r="([0-9]{1,7})"([^<>]*)>)'
)
_SPECIAL: Final = re.compile(rb'<f[\s/>]|t="e"|<[!?]')
_ROW_END: Final = b"</row>"


class NotPlainError(ValueError):
    """The sheet is not written in the plain way; walk through all of it."""


def scan(stream: IO[bytes], feed: Callable[[bytes], object], rows: Rows) -> None:
    """Read a sheet's XML, giving plain rows to `rows` and everything else, in order, to `feed`.

    NotPlainError where that cannot be told apart; then nothing that was gathered counts.
    """
    head = stream.read(_CHUNK)
    start = head.find(b"<sheetData>")
    if start < 0 or b"<!" in head[:start]:
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
    """Some whole rows: those with a formula or an error are cut out of the plain ones."""
    done = 0
    while special := _SPECIAL.search(part, done):
        if special.group() in {b"<!", b"<?"}:
            raise NotPlainError
        start = part.rfind(b"<row", done, special.start())
        end = part.find(_ROW_END, special.start()) + len(_ROW_END)
        if start < 0:
            raise NotPlainError
        rows.take(part[done:start])
        rows.interrupt()
        feed(part[start:end])
        done = end
    rows.take(part[done:])


class Rows:
    """What plain rows tell: how many cells, how far they reach, which are hidden, runs of styles down each column."""

    def __init__(self) -> None:
        self.filled = 0
        self.last_row = 0
        self.columns: set[bytes] = set()
        self.hidden: list[tuple[int, bytes]] = []
        self.runs: dict[bytes, list[list[Any]]] = {}
        self._latest: dict[bytes, list[Any]] = {}
        self._number, self._text = 0, b""

    def interrupt(self) -> None:
        """A row that is not plain stands here: no run of styles goes across it."""
        self._latest = {}

    def take(self, part: bytes) -> None:
        """Some whole plain rows. NotPlainError where not every cell and row is recognised."""
        found = _TOKEN.findall(part)
        cells = part.count(b"<c ") + part.count(b"<c>")
        if len(found) != cells + part.count(b"<row"):
            raise NotPlainError
        self.filled += cells
        self.last_row = max(self.last_row, next((int(t[1]) for t in reversed(found) if t[0]), 0))
        latest, number, text = self._latest, self._number, self._text
        for letters, digits, style, kind, row, others in found:
            if row:
                number, text = int(row), row
                if b"hidden" in others or b"ht=" in others:
                    self.hidden.append((number, others))
            elif digits != text:
                raise NotPlainError
            elif style and (not kind or kind == b"n"):
                run = latest.get(letters)
                if run is not None and run[0] == style:
                    run[2] = number
                else:
                    latest[letters] = run = [style, number, number]
                    self.runs.setdefault(letters, []).append(run)
        self._number, self._text = number, text
        self.columns.update({letters for letters, *_ in found} - {b""})
