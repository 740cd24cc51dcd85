"""Which tables of a file are lists of positions, and which are pivots of them, covers, notes; it drops no row: a table
that is not read has its rows set aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords, vocabulary
from cmic_screen.ingest.ends import Kind
from cmic_screen.ingest.fields import WHAT
from cmic_screen.ingest.headings import PIVOT
from cmic_screen.ingest.numbers import looks_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.parts import Table

_LIST: Final = 8
GUESSED: Final = 0.4
"""Confidence of a column that was taken for names because no header names any."""
_VALUED: Final = frozenset({"price", "market_value", "market_value_base", "market_value_local", "cost_basis"})
_CODED: Final = WHAT - {"security_name", "issuer", "ticker", "other_id"}


def choose(tables: Sequence[Table]) -> None:
    """Mark the tables of a file that are no lists of positions where others are: pivots of them, covers, summaries.

    Where a file has nothing better, everything is read: a question is cheaper than a miss.
    """
    for table in tables:
        if _says_nothing(table.body):
            table.used, table.why_not = False, "no names or codes"
        elif _is_prose(table):
            table.used, table.why_not = False, "running text"
    strong = [t for t in tables if t.used and _strength(t) == "strong"]
    if not strong:
        return
    for table in (t for t in tables if t.used):
        kind = _strength(table)
        if kind == "pivot":
            table.used, table.why_not = False, "pivot table"
        elif kind == "weak":
            table.used, table.why_not = False, "no position table"


def _is_prose(table: Table) -> bool:
    """Whether what stands without a header is a letter or a note: a third of its lines are sentences, no codes, and no
    line has several amounts.
    """
    body = table.body
    if body.block.header_rows or any(u.field in _CODED for u in body.uses):
        return False
    if any(sum(map(looks_number, body.cells(i))) > 1 for i in body.rows):
        return False
    lines = [" ".join(c for c in body.cells(i) if c) for i in body.rows if body.sheet.filled[i]]
    written = sum(1 for line in lines if rowwords.prose(line))
    return written * 3 >= len(lines) > 0 or (written > 0 and rowwords.salutation(lines[0]))


def _says_nothing(body: Body) -> bool:
    """Whether a table under no known header holds only figures too short for a code (`a,b,c` over `1,2,3`), or one
    line of single letters: there is nothing to screen, and to call it an unscreened position would ask the adviser to
    look for a holding that is none.
    """
    if body.block.right - body.block.left < 2 or any(map(vocabulary.exact, filter(None, body.block.headers))):
        return False
    texts = {t for i in body.rows for t in body.cells(i) if t}
    letters = sum(1 for i in body.rows if body.sheet.filled[i]) == 1 and all(len(t) == 1 and t.isascii() for t in texts)
    return letters or all(len(t) < 3 and t.isdigit() for t in texts)


def _strength(table: Table) -> str:
    """`pivot`, `strong` (a header or check digits name what is held), `list` (bare names) or `weak`."""
    body = table.body
    headers = [h.casefold() for h in body.block.headers if h]
    if any(h.startswith(PIVOT) for h in headers):
        return "pivot"
    pairs = 0 < len(headers) <= 2 and not any(map(vocabulary.exact, headers))  # `Report | Custody Holdings`: no header
    said = any(u.field in WHAT and u.confidence > GUESSED for u in body.uses) or _counts_what(body)
    if not pairs and said and any(e.kind is Kind.POSITION for e in table.told.ends.values()):
        return "strong"
    held = [i for i, e in table.told.ends.items() if e.kind is Kind.POSITION]
    alone = sum(1 for i in held if body.sheet.filled[i] == 1)
    return "list" if len(held) >= _LIST and alone * 5 >= len(held) * 4 else "weak"


def _counts_what(body: Body) -> bool:
    """Whether headers count what is held and value it, beside a column that was taken for its names by its content: a
    list of positions whose heading for names is a word we do not know.
    """
    fields = {u.field for u in body.uses}
    return bool("quantity" in fields and fields & _VALUED and fields & WHAT and body.block.header_rows)


def main_table(tables: Sequence[Table]) -> Table | None:
    """The table that speaks for its sheet: a used one, the longest."""
    return max(tables, key=lambda t: (t.used, len(t.body.rows)), default=None)
