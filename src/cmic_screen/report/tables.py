"""The words of a workbook before it is drawn: cells, tables and pages as plain values, and how tall a row must be.

Pure: knows neither openpyxl nor a run. What is drawn, sealed, dumped for the golden test and verified is this alone.
Text is always text: a value that starts with `=` is text too unless it is a `Cell` with a `formula` of our own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Value = str | int | float | date | None

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_PLAIN_NUMBER: Final = re.compile(r"-?\d{1,15}(\.\d{1,10})?")
_LONGEST: Final = 32_000
"""Excel holds 32,767 characters in a cell."""
_CAPITALS: Final = bytes(range(ord("A"), ord("Z") + 1))
POINTS_A_LINE: Final = 12.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell. `style` "" is the column's own. `link` is a place in this workbook (`'All rows'!A12`). `formula` is
    ours alone and `value` then its stored result. An unsealed cell is not covered by the workbook digest.
    """

    value: Value = None
    style: str = ""
    link: str = ""
    formula: str = ""
    sealed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: header (unique in its table), width in characters, style, drop-down list for its cells."""

    header: str
    width: float = 12
    style: str = "text"
    choices: str = ""

    @property
    def is_input(self) -> bool:
        """Whether the reviewer fills it: yellow, and outside the workbook digest."""
        return self.style.startswith("input")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a page: its cells from column A on, the style of each where the cell has none, height in points."""

    cells: tuple[Cell | Value, ...]
    styles: tuple[str, ...]
    height: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Where a table stands on its page: header row, last row, columns."""

    name: str
    header: int
    last: int
    columns: tuple[Column, ...]
    empty: bool = False

    @property
    def first(self) -> int:
        """Row of the first entry."""
        return self.header + 1

    def letter(self, header: str) -> str:
        """Letter of the column with that header; KeyError where there is none."""
        for i, c in enumerate(self.columns, 1):
            if c.header == header:
                return letters(i)
        raise KeyError(header)

    def range(self, header: str, sheet: str = "") -> str:
        """The column's entries as an absolute range, with the sheet's name in front where given."""
        at = self.letter(header)
        place = f"${at}${self.first}:${at}${self.last}"
        return f"'{sheet}'!{place}" if sheet else place


@dataclass(slots=True, kw_only=True)
class Page:
    """One sheet being laid out, top to bottom. A1 title, A2 what it is for, A3 source, procedure and conclusion."""

    name: str
    title: str
    purpose: str
    trail: str
    widths: tuple[float, ...]
    portrait: bool = False
    one_page: bool = False
    break_after: int = 0  # column after which the second page across begins
    frozen: int = 0  # columns that stay when scrolling
    head_first: bool = False  # the first table's header stays in sight though another table follows
    continued: str = ""  # title of the second page across
    tab: str = ""
    hidden: bool = False
    rows: list[Row] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    page_breaks: list[int] = field(default_factory=list)
    charts: list[Mapping[str, Any]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rest = (None,) * (self.break_after - 1) + (self.continued,) if self.break_after else ()
        self.line(self.title, *rest, style="title", height=24, across=not self.hidden)
        self.line(self.purpose, style="purpose", across=not self.hidden)
        self.line(self.trail, style="trail", across=not self.hidden)

    @property
    def width(self) -> float:
        """Characters over all columns."""
        return sum(self.widths)

    @property
    def span(self) -> int:
        """Columns a line across runs over: those of the first page when printed."""
        return self.break_after or len(self.widths)

    def line(self, *cells: Cell | Value, style: str = "text", height: float | None = None, across: bool = False) -> int:
        """Add one row; with `across` the first cell runs over the page's width. Returns its row number."""
        at = len(self.rows) + 1
        if across and self.span > 1:
            self.merges.append(f"A{at}:{letters(self.span)}{at}")
            if height is None and cells:
                first = cells[0].value if isinstance(cells[0], Cell) else cells[0]
                height = _height(first, sum(self.widths[: self.span]), style)
        self.rows.append(Row(_clean_all(cells), (style,) * len(cells), height))
        return at

    def gap(self) -> None:
        """Add an empty row."""
        self.rows.append(Row((), ()))

    def table(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell | Value]], *, empty: str = "None."
    ) -> Table:
        """Add a table; without rows it says so in its one row, so that Excel accepts it."""
        header = len(self.rows) + 1
        columns = tuple(columns)
        self.rows.append(Row(tuple(c.header for c in columns), ("head",) * len(columns), _head_height(columns)))
        styles = tuple(c.style for c in columns)
        body = [Row(_clean_all(r), styles, _row_height(r, columns)) for r in rows]
        if not body:
            cells: list[Cell | Value] = [None] * len(columns)
            cells[0] = Cell(value=empty, style="text")
            self.merges.append(f"A{header + 1}:{letters(min(len(columns), self.span))}{header + 1}")
            self.rows.append(Row(tuple(cells), ("text",) * len(columns)))
        self.rows.extend(body)
        made = Table(name=name, header=header, last=len(self.rows), columns=columns, empty=not body)
        self.tables.append(made)
        return made


_LANDSCAPE_MM: Final = 254.0
_PORTRAIT_MM: Final = 190.0
"""What is left between the margins of the narrower paper: letter across, A4 upright."""
_MM_A_CHARACTER: Final = 1.9


def scale(page: Page) -> int:
    """Percent at which each half of a page that prints two sheets across fits letter and A4 alike."""
    halves = (sum(page.widths[: page.break_after]), sum(page.widths[page.break_after :]))
    room = _PORTRAIT_MM if page.portrait else _LANDSCAPE_MM
    return min(100, math.floor(100 * room / (max(halves) * _MM_A_CHARACTER)))


@lru_cache(maxsize=1024)
def letters(column: int) -> str:
    """Column number from 1 as letters: 1 is A, 27 is AA."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def clean(text: str) -> tuple[str, int]:
    """Text as a cell may hold it: control characters become U+FFFD, over-long text is cut; and how many there were."""
    if _plain(text):
        return text, 0
    made, count = _CONTROL.subn("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(made) > _LONGEST:
        made = made[:_LONGEST] + " … [cut]"
    return made, count


def _plain(text: str) -> bool:
    """Whether nothing of the text needs cleaning, told quickly: what is printable has no control character."""
    return text.isprintable() and len(text) <= _LONGEST


def _clean_all(cells: Sequence[Cell | Value]) -> tuple[Cell | Value, ...]:
    return tuple([_clean_cell(c) for c in cells])


def _clean_cell(cell: Cell | Value) -> Cell | Value:
    if isinstance(cell, str):
        return clean(cell)[0]
    if isinstance(cell, Cell) and isinstance(cell.value, str) and not _plain(cell.value):
        return replace(cell, value=clean(cell.value)[0])
    return cell


def number(text: str) -> float | str | None:
    """A decimal string as a number where a double holds its digits (15); else the text itself, "" as None."""
    if not text:
        return None
    digits = text.replace("-", "").replace(".", "").lstrip("0")
    if _PLAIN_NUMBER.fullmatch(text) and len(digits) <= 15:
        return float(text)
    return text


def amount(text: str, style: str) -> Cell:
    """A decimal string as a cell of style `quantity` or `money`; whole quantities show no decimals."""
    value = number(text)
    if isinstance(value, float) and style == "quantity" and value == int(value):
        return Cell(value=value, style="whole")
    return Cell(value=value, style=style if isinstance(value, float) else "text")


def day(iso: str) -> date | str | None:
    """An ISO date as a date; other text stays text, "" is None."""
    try:
        return date.fromisoformat(iso) if iso else None
    except ValueError:
        return iso


def display_width(text: str) -> float:
    """How wide the text is in digits of the sheet's font: capitals are wider, Chinese and full-width signs take two."""
    if text.isascii():
        return 0.93 * len(text) + 0.27 * (len(text) - len(text.encode().translate(None, _CAPITALS)))
    wide = sum(0.9 for c in text if unicodedata.east_asian_width(c) in "WF")
    return 0.93 * len(text) + 0.27 * sum(map(str.isupper, text)) + wide


@lru_cache(maxsize=1 << 15)
def lines(text: str, width: float) -> int:
    """How many lines the text takes in a column `width` characters wide, words kept whole."""
    room = max(width - 1.2, 3)
    whole = "\n" not in text and display_width(text) <= room
    return 1 if whole else sum(_wrapped(part, room) for part in text.split("\n"))


def _wrapped(text: str, room: float) -> int:
    count, used = 1, 0.0
    for word in text.split(" "):
        size = display_width(word)
        if used and used + 0.6 + size > room:
            count, used = count + 1, 0.0
        if size > room:
            extra = math.ceil(size / room) - 1
            count, used = count + extra, size - extra * room
        else:
            used += size + (0.6 if used else 0)
    return count


_NARROW: Final = frozenset({"whole", "quantity", "money", "date", "score", "count", "check", "overflow", "zero"})


def _row_height(cells: Sequence[Cell | Value], columns: Sequence[Column]) -> float | None:
    most = 1
    for cell, column in zip(cells, columns, strict=False):
        value = cell.value if isinstance(cell, Cell) else cell
        if isinstance(value, str) and len(value) > 4 and column.style not in _NARROW:
            most = max(most, lines(value, column.width))
    return None if most == 1 else min(most * POINTS_A_LINE + 4, 409)


def _head_height(columns: Sequence[Column]) -> float:
    return max(lines(c.header, c.width - 2) for c in columns) * POINTS_A_LINE + 6


_SIZES: Final = {"title": 1.5, "verdict": 1.4, "banner": 1.15, "card": 1.2, "purpose": 1.0, "trail": 0.95}


def _height(value: Value, width: float, style: str) -> float | None:
    size = _SIZES.get(style, 1.0)
    if not isinstance(value, str):
        return None
    return max(lines(value, width / size) * POINTS_A_LINE * size + 4, 16)
