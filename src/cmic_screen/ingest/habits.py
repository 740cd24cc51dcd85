"""How a sheet writes its numbers and dates where a column leaves it open, told by what its other columns prove; it
parses no value itself.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import dates, numbers
from cmic_screen.ingest.body import picked
from cmic_screen.ingest.fields import DATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmic_screen.ingest.grid import RawFile
    from cmic_screen.ingest.parts import Table
    from cmic_screen.ingest.sheet import Sheet

_SAMPLE: Final = 400
"""Rows that are asked for the decimal mark."""
_WIDEST: Final = 40
"""Columns that are."""


def of_sheet(raw: RawFile, sheet: Sheet, tables: Sequence[Table]) -> tuple[str, str]:
    """(decimal mark, order of day and month) of a sheet, the order first from its columns of dates."""
    mark = _mark(c[:_SAMPLE] for c in sheet.text) or (numbers.COMMA if raw.delimiter == ";" else numbers.POINT)
    days = [dates.order_of([c[i] for i in t.body.rows]) for t in tables for c in t.body.columns(sorted(DATES))]
    proven = Counter(order.name for order in days if order.name and order.sure)
    return mark, max(proven, key=lambda o: proven[o]) if proven else "DMY" if mark == numbers.COMMA else "MDY"


def of_table(table: Table, usual: tuple[str, str], *, alone: bool) -> tuple[str, str]:
    """The same of one table: its layout's, else the mark that its own columns prove where others stand on the sheet."""
    mark, order = usual
    if not alone:
        body = table.body
        own = (picked(c, body.rows[:_SAMPLE]) for c in body.sheet.text[body.block.left : body.block.right])
        mark = _mark(own) or mark
    return (table.layout.decimal or mark, table.layout.dates or order) if table.layout else (mark, order)


def _mark(columns: Iterable[Sequence[str]]) -> str:
    """The decimal mark that most of these columns prove, "" where none does."""
    styles = (numbers.style_of([t for t in c if numbers.looks_number(t)]) for c in islice(columns, _WIDEST))
    votes = Counter(s.decimal for s in styles if s.sure and s.proven)
    return max(votes, key=lambda m: votes[m]) if votes else ""
