"""HTML tables, which exports often name .xls, and web archives around them, into one grid as Excel lays them out; runs
no script, loads nothing and follows no link (WHATWG HTML §4.9).
"""

from __future__ import annotations

import email
import email.policy
import re
from html.parser import HTMLParser
from typing import Any, Final

from cmic_screen.errors import InputError
from cmic_screen.ingest import child, encodings, limits
from cmic_screen.ingest.grid import Grid

_SKIPPED: Final = frozenset({"script", "style", "title", "head", "noscript", "template", "select", "object"})
_BREAKS: Final = frozenset({"br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "caption", "pre"})
_CHARSET: Final = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_DISPLAY_NONE: Final = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read(data: bytes, where: str, *, name: str, encoding: str | None = None) -> tuple[Grid, str]:
    """The one grid of an HTML page, every cell a string, and the encoding used.

    Each table row is a row, one below the other over all tables, with a blank row between tables, and each line of text
    outside of tables is a row of one cell. A cell over several columns or rows stands in the first (see `merged`).
    InputError where there is no table in it.
    """
    stated = _CHARSET.search(data[:4096])
    used = encoding
    if not used and stated:
        used = _usable(stated.group(1).decode("ascii", "replace"), data)
    text, used = encodings.decode(data, where, encoding=used)
    rows, merged, hidden, tables = child.run("html", text.encode("utf-8", "replace"), where, where=where)
    if not tables:
        raise InputError(
            "the page holds no table.",
            where=where,
            why="Nothing was screened.",
            do="If it is a login or error page, download the file again; else export the holdings as .xlsx or .csv.",
        )
    grid = Grid(name=name, rows=rows, merged=tuple(map(tuple, merged)), hidden_rows=frozenset(hidden))
    return grid, used


def _usable(encoding: str, data: bytes) -> str | None:
    """The encoding a page states, where its bytes fit; a page saved again often still states the old one."""
    try:
        if not (codec := encodings.text_codec(encoding)):
            return None  # a page that names no encoding there is says nothing
        data.decode(codec)
    except UnicodeError:
        return None
    return encoding


def unwrap(data: bytes, where: str) -> bytes:
    """The HTML page inside a web archive (.mht), as Excel saves one. InputError where there is none."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            body = part.get_payload(decode=True)
            if isinstance(body, bytes) and b"<td" in body.lower():
                return body
    raise InputError(
        "the web archive holds no page with a table.",
        where=where,
        why="Nothing was screened.",
        do="Open it in a spreadsheet program and save it as .xlsx.",
    )


def parse_html(data: bytes, *, where: str) -> tuple[list[Any], list[Any], list[int], int]:
    """Rows, merged ranges, hidden rows and the number of tables of a page in UTF-8. Runs in the child."""
    page = _Page(where)
    page.feed(data.decode("utf-8"))
    page.close()
    page.outside_ends()
    return page.rows, page.merged, page.hidden, page.tables


class _Page(HTMLParser):
    """Walks through a page and lays its rows one below the other; an inner table's before the row they stand in."""

    def __init__(self, where: str) -> None:
        super().__init__(convert_charrefs=True)
        self.where = where
        self.rows: list[list[str | None]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden: list[int] = []
        self.tables = 0
        self.room = limits.CELLS
        self.outside: list[str] = []
        self.stack: list[_Row | None] = []  # one entry an open table: its open row
        self.skipping: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SKIPPED:
            self.skipping.append(tag)
        elif tag == "body":
            self.skipping.clear()
        if tag == "table":
            self.outside_ends()
            if self.rows and self.rows[-1]:
                self.rows.append([])
            self.stack.append(None)
            self.tables += 1
        elif tag == "tr" and self.stack:
            self._row_ends()
            given = dict(attrs)
            self.stack[-1] = _Row("hidden" in given or bool(_DISPLAY_NONE.search(given.get("style") or "")))
        elif tag in {"td", "th"} and self.stack:
            row = self.stack[-1] = self.stack[-1] or _Row(hidden=False)
            given = dict(attrs)
            row.cell(_span(given.get("colspan")), _span(given.get("rowspan")))
        elif tag in _BREAKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if self.skipping and tag == self.skipping[-1]:
            self.skipping.pop()
        elif tag == "tr":
            self._row_ends()
        elif tag == "table" and self.stack:
            self._row_ends()
            self.stack.pop()
        elif tag in _BREAKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self.skipping:
            return
        row = self.stack[-1] if self.stack else None
        if row is not None and row.cells:
            row.cells[-1].append(data)
        else:
            self.outside.append(data)

    def _break(self) -> None:
        row = self.stack[-1] if self.stack else None
        if row is not None and row.cells:
            row.cells[-1].append("\n")
        else:
            self.outside_ends()

    def outside_ends(self) -> None:
        """A line of text outside of any cell has ended."""
        text = _tidy("".join(self.outside))
        self.outside.clear()
        if text:
            self.rows.append([text])

    def _row_ends(self) -> None:
        if not self.stack or self.stack[-1] is None:
            return
        row, self.stack[-1] = self.stack[-1], None
        number = len(self.rows) + 1
        cells: list[str | None] = []
        for parts, across, down in zip(row.cells, row.across, row.down, strict=True):
            column = len(cells) + 1
            cells.append(_tidy("".join(parts)) or None)
            cells.extend([None] * (across - 1))
            if across > 1 or down > 1:
                self.merged.append((number, column, number + down - 1, column + across - 1))
        self.room -= len(cells)
        if self.room < 0:
            raise limits.too_big("its table has too many cells.", self.where)
        self.rows.append(cells)
        if row.hidden:
            self.hidden.append(number)


class _Row:
    """A table row while it is open."""

    def __init__(self, hidden: bool) -> None:
        self.hidden = hidden
        self.cells: list[list[str]] = []
        self.across: list[int] = []
        self.down: list[int] = []

    def cell(self, across: int, down: int) -> None:
        """A cell starts."""
        self.cells.append([])
        self.across.append(across)
        self.down.append(down)


def _span(text: str | None) -> int:
    return min(int(text), 1000) if text and text.isascii() and text.isdigit() and len(text) < 6 and int(text) else 1


def _tidy(text: str) -> str:
    """Text as a browser shows it: runs of ordinary white space are one space; other characters stay."""
    lines = [re.sub(r"[ \t\r\n\f]+", " ", line).strip(" ") for line in re.split(r"\n", text)]
    return " ".join(line for line in lines if line)
