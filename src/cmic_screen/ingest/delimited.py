"""Delimited and column-aligned text into rows of strings; never changes a cell's text and never guesses a type
(RFC 4180 as Python's csv module reads it; pains B8, B9).
"""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import math
import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from cmic_screen.errors import InputError
from cmic_screen.ingest import aligned, limits, plain, spaced
from cmic_screen.ingest.grid import Cell, Columns, Grid, in_columns, without_collecting
from cmic_screen.ingest.headings import is_header

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DELIMITERS: Final = (",", ";", "\t", "|", "^", "~", "\x01", "\x1f", "\x1e", "\x02")
"""The last four are control characters that databases put between fields because no text holds them."""
ALIGNED: Final = "aligned"
"""What stands for the delimiter where columns are held apart by their position."""
SPACED: Final = "blanks"
"""The same where runs of blanks part the cells of each line by itself."""
_SAMPLE: Final = 100_000
_SAMPLE_RECORDS: Final = 300
_WIDE: Final = 9
"""Cells a record by which commas count as a delimiter unless they mostly stand between digits."""
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_TEXT_FORMULA: Final = re.compile(r'="([^"]*)"')
"""How exports keep Excel from dropping zeros: `="002415"` is the text 002415."""
_BLOCK: Final = 1 << 20
"""Characters that are cut into lines at a time: the whole would be held once more, four bytes a character."""
COLUMNS_FROM: Final = 20_000
"""Lines from which a text is held by columns."""
_UNUSED: Final = "\x1f\x1e\x1d\x1c\x01\x02"


class Reading(NamedTuple):
    """A text as read: its grid, the delimiter ("" for one column, `aligned`), and lines whose quote never closed."""

    grid: Grid
    delimiter: str
    open_quotes: tuple[int, ...] = ()


def read(text: str, where: str, *, name: str) -> Reading:
    """The text's one grid, every cell a string.

    Row numbers are record numbers from 1 as csv counts them: a record over two lines is one, a blank line counts.
    Where a quote is opened and never closed, csv would make one cell of all that follows; then each line is a record.
    Empty text yields a grid without rows. InputError past a limit.
    """
    delimiter = sniff(text)
    _check_size(text, delimiter, where)
    loose = not delimiter or (delimiter == "," and _comma_weight(text[:_SAMPLE], _WIDE) < 1)
    if loose and (told := _by_blanks(text, name)):
        return told
    if delimiter in {"", ","} and (names := spaced.enumerated(text)):
        return Reading(Grid(name=name, rows=names), ",")
    separator = delimiter or next((c for c in _UNUSED if c not in text), "\x1f")
    opened: list[int] = []
    with without_collecting():
        rows, lines = _records(text, separator)
        if lines < 0 or (lines > len(rows) and _swallowed(rows, separator)):
            rows, opened = _line_by_line(text, separator, where)
        if '="' in text:
            _bare(rows.columns if isinstance(rows, Columns) else rows)
    return Reading(Grid(name=name, rows=rows), delimiter, tuple(opened))


def _by_blanks(text: str, name: str) -> Reading | None:
    """A text whose cells blanks hold apart: under one another, or where that leaves several in one, line by line."""
    edges = aligned.edges(text)
    rows = aligned.cut(text, edges) if edges else []
    gaps = sum(1 for row in rows if any(isinstance(c, str) and spaced.several(c) for c in row))
    if (not edges or gaps * 2 > sum(map(spaced.several, text.splitlines()))) and (cut := spaced.cut(text)):
        return Reading(Grid(name=name, rows=cut), SPACED)
    if not edges and (cut := spaced.behind_names(text)):
        return Reading(Grid(name=name, rows=cut), SPACED)
    return Reading(Grid(name=name, rows=rows), ALIGNED) if edges else None


def _bare(lines: Iterable[list[Cell]]) -> None:
    """Take texts out of the formulas that only quote them; no other formula is touched, none is evaluated."""
    for cells in lines:
        for k, cell in enumerate(cells):
            if isinstance(cell, str) and cell.startswith('="') and (quoted := _TEXT_FORMULA.fullmatch(cell)):
                cells[k] = quoted[1]


def _check_size(text: str, delimiter: str, where: str) -> None:
    lines = text.count("\n") or text.count("\r")
    if lines > limits.ROWS:
        raise limits.too_big(f"it has {lines:,} lines; the limit is {limits.ROWS:,}.", where)
    cells = lines + (text.count(delimiter) if delimiter else 0)
    if cells > limits.CELLS:
        raise limits.too_big(f"it has about {cells:,} cells; the limit is {limits.CELLS:,}.", where)


def _records(text: str, separator: str) -> tuple[Sequence[list[Cell]], int]:
    """All records and the number of lines they took; -1 lines where a cell outgrew csv's limit."""
    large = text.count("\n") >= COLUMNS_FROM
    if large and separator in DELIMITERS and (whole := plain.read(text, separator)) is not None:
        return whole, len(whole)
    reader = csv.reader(_lines(text), delimiter=separator)
    records = cast("Iterable[list[Cell]]", reader)
    try:
        rows = in_columns(records) if large else list(records)
    except csv.Error:
        return [], -1
    return rows, reader.line_num


def _lines(text: str) -> Iterator[str]:
    """The lines of a text with their ends, as a file opened without newline translation gives them."""
    start = 0
    while start < len(text):
        stop = text.find("\n", start + _BLOCK) + 1 or len(text)
        yield from io.StringIO(text[start:stop], newline="")
        start = stop


def _swallowed(rows: Iterable[list[Cell]], separator: str) -> bool:
    """Whether some cell holds lines that look like records: a quote was opened there and never closed."""
    widths = Counter(len(row) for row in rows if row)
    width = widths.most_common(1)[0][0] if widths else 1
    least = max(1, (width - 1) * 3 // 5)
    for row in rows:
        for cell in row:
            if isinstance(cell, str) and ("\n" in cell or "\r" in cell):
                inner = _LINE_END.split(cell)[1:]
                alike = sum(line.count(separator) >= least for line in inner)
                if (width > 1 and alike > 1) or (width == 1 and len(inner) > 2):
                    return True
    return False


def _line_by_line(text: str, separator: str, where: str) -> tuple[list[list[Cell]], list[int]]:
    """Each line a record; one with an odd number of quotes is cut at every delimiter, its quotes kept as text."""
    rows: list[list[Cell]] = []
    opened: list[int] = []
    for number, line in enumerate(_lines(text), 1):
        bare = line.rstrip("\r\n")
        if len(bare) > limits.CELL_CHARACTERS:
            raise InputError(
                f"line {number:,} has {len(bare):,} characters, which is no table's line.",
                where=where,
                why="Rows after it would be lost.",
                do="Check that line, or export the file again.",
            )
        if bare.count('"') % 2:
            opened.append(number)
            rows.append(list(bare.split(separator)))
        else:
            rows.append(list(next(csv.reader([bare], delimiter=separator), [])))
    return rows, opened


# ------------------------------------------------------------------------------------------------ which delimiter


def sniff(text: str) -> str:
    """The delimiter of a text: one of `DELIMITERS`, or "" where each line is one cell.

    The one under which most records agree on their number of cells, more cells before fewer. An Excel `sep=` line
    decides alone.
    """
    stated = re.match(r"\ufeff?\"?sep=(.)\"?[\r\n]", text, re.IGNORECASE)
    if stated:
        return stated.group(1)
    sample = text[:_SAMPLE]
    scores = {delimiter: _score(sample, delimiter) for delimiter in DELIMITERS if delimiter in sample}
    best = max(scores, key=scores.__getitem__, default="")
    if best and scores[best] > 0:
        return best
    return next((d for d in scores if _headed(sample, d)), "")


def _headed(sample: str, delimiter: str) -> bool:
    """Whether a delimiter parts a row of known headings and the row beneath it alike: a table of few rows under many
    lines of preamble, most of which it does not part.
    """
    records = _sample_records(sample, delimiter)
    return any(len(a) == len(b) and is_header([c.strip() for c in a]) for a, b in itertools.pairwise(records))


def _score(sample: str, delimiter: str) -> float:
    """Agreement (0 to 1) times breadth of the reading under a delimiter; 0 where it divides nothing."""
    widths = [len(record) for record in _sample_records(sample, delimiter)]
    counted = Counter(width for width in widths if width > 1)
    if not counted:
        return 0.0
    width, agreeing = max(counted.items(), key=lambda item: (item[1], item[0]))
    near = sum(count for other, count in counted.items() if abs(other - width) <= 1 and other != width)
    share = (agreeing + 0.5 * near) / len(widths)
    if share < 0.3 and agreeing < 5:
        return 0.0
    score = share * math.sqrt(width - 1)
    if delimiter == ",":
        score *= _comma_weight(sample, width)
    return score


def _comma_weight(sample: str, width: int) -> float:
    """Commas are also decimal signs (1,5) and parts of names (Acer, Inc.): then they weigh less, or nothing."""
    unquoted = re.sub(r'"[^"\n]*"', "", sample)
    commas = unquoted.count(",")
    if not commas:
        return 1.0
    if width <= 3 and unquoted.count(", ") * 5 > commas * 4:
        return 0.0
    decimal = len(re.findall(r"(?<=\d),(?=\d)", unquoted))
    return 0.4 if decimal * 2 > commas else 1.0


def _sample_records(sample: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    found: list[list[str]] = []
    with contextlib.suppress(csv.Error):  # a cell past csv's limit: what came before it is enough to judge by
        found.extend(itertools.islice(reader, _SAMPLE_RECORDS))
    return [record for record in found if any(cell.strip() for cell in record)]
