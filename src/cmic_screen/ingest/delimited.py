"""Delimited text of any usual encoding and delimiter into rows of strings; never changes a cell's text and never
guesses a type (RFC 4180 as Python's csv module reads it; pains B8, B9).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import Final

from cmic_screen.errors import InputError
from cmic_screen.ingest.encodings import decode
from cmic_screen.ingest.grid import Cell, Grid

DELIMITERS: Final = (",", ";", "\t", "|")
FIELD_LIMIT: Final = 1_000_000
_SAMPLE_RECORDS: Final = 200


def read(data: bytes, where: str, *, name: str, encoding: str | None = None) -> tuple[Grid, str, str]:
    """The text's one grid (every cell a string), the encoding used and the delimiter ("" for one column).

    Row numbers are record numbers from 1 as csv counts them: a record over two lines is one, a blank line counts.
    Empty text yields a grid without rows. InputError where no encoding or no record structure fits.
    """
    text, used = decode(data, where, encoding=encoding)
    delimiter = sniff(text)
    csv.field_size_limit(FIELD_LIMIT)
    rows: list[list[Cell]] = []
    try:
        if delimiter:
            rows.extend(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))  # type: ignore[arg-type]
        else:
            rows.extend([line] for line in text.splitlines())
    except csv.Error as error:
        raise InputError(
            f"record {len(rows) + 1} cannot be read as delimited text ({error}).",
            where=where,
            why="Rows after it would be lost.",
            do="Check the quotes around that record, or save the file again from the program that made it.",
        ) from error
    return Grid(name=name, rows=rows), used, delimiter


def sniff(text: str) -> str:
    """The delimiter of a text: `,`, `;`, tab or `|`; "" where each line is one cell.

    The one under which most records agree on their number of fields, the wider agreement first. An Excel
    `sep=` line decides alone.
    """
    first = re.match(r"\ufeff?\"?sep=(.)\"?\r?\n", text, re.IGNORECASE)
    if first:
        return first.group(1)
    sample = text[:200_000]
    best, best_score = "", 0.0
    for delimiter in DELIMITERS:
        score = _score(sample, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _score(sample: str, delimiter: str) -> float:
    widths: Counter[int] = Counter()
    try:
        for i, record in enumerate(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)):
            if i >= _SAMPLE_RECORDS:
                break
            if any(cell.strip() for cell in record):
                widths[len(record)] += 1
    except csv.Error:
        return 0.0
    total = sum(widths.values())
    if not total:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    if width < 2 or (count * 2 < total and count < 3):
        return 0.0
    if delimiter == "," and width <= 3 and sample.count(", ") * 5 > sample.count(",") * 4:
        return 0.0  # "Acer, Inc.": commas inside a plain list of names
    return (width - 1) ** 0.5 * count / total
