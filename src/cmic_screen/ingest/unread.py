"""The texts of cells that are not read for what is held: under a heading nobody knows, shifted into another column, or
headings themselves; it judges none of them.

A second table beside the first, a guarantor, a name where the ISIN belongs, a column for each security: elsewhere.py
compares these texts with the list, so that none of them hides a holding (architecture §1.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import dates, rowwords, vocabulary
from cmic_screen.ingest.content import code_like, sure_code
from cmic_screen.ingest.ends import Kind
from cmic_screen.ingest.fields import IDS, NAMES, OWNERS, TICKERS
from cmic_screen.ingest.numbers import looks_number
from cmic_screen.intake import UnreadText
from cmic_screen.markets import is_line
from cmic_screen.model import SourceRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.parts import Part, Table

_ELSEWHERE: Final = frozenset(
    {"issuer_group", "issuer_group_id", "custodian", "broker", "counterparty", "advisor", "other_manager", "source"}
)
"""Fields of companies that are none held: whom the row belongs to, or who stands above the issuer (the 50 percent rule
does not apply)."""
_LONGEST: Final = 80
_SPACES: Final = 9
"""What is longer, or has more words, is a remark and no name."""
_TWO_LETTERS: Final = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)
_TICKERS_END: Final = 7
"""Letters from which one word in a column of codes is a name."""


def texts(file: str, part: Part, table: Table) -> Iterator[UnreadText]:
    """Each such text of a used table that may be a name or a code: once a column, where it stands first. Rows that are
    no position and continue none are left out: what they say is kept as text and looked at as such.
    """
    body, ends = table.body, table.told.ends
    fields = {j: field for field, places in body.fields.items() for j in places}
    rows = sorted({
        *ends.held(body.rows),
        *(i for i, e in ends.special.items() if e.kind is Kind.CONTINUATION and not body.origin),
    })  # fmt: skip
    for j in range(body.block.left, body.block.right):
        field = fields.get(j, "")
        if field in OWNERS | _ELSEWHERE:
            continue
        for text, i in _first(body, j, rows).items():
            other = is_line(text) if field in NAMES else _may_name(text, coded=field in IDS | TICKERS)
            if other and text != body.header(j):
                row, column = body.place(i, j)
                where = SourceRef(file=file, sheet=part.sheet.name, row=row)
                yield UnreadText(source=where, header=body.header(j), column=column, text=text)
    for i in body.block.header_rows if not body.origin else ():
        for j in range(body.block.left, body.block.right):
            text = body.sheet.text[j][i]
            if _may_name(text, coded=False) and not vocabulary.exact(text):
                where = SourceRef(file=file, sheet=part.sheet.name, row=part.sheet.numbers[i])
                yield UnreadText(source=where, header=text, column=j + 1, text=text, heads=True)


def _first(body: Body, j: int, rows: list[int]) -> dict[str, int]:
    """Each text of a column with the row in which it stands first; {} where no cell has a letter."""
    column = body.sheet.text[j]
    whole = "".join([column[i] for i in rows])
    return {column[i]: i for i in reversed(rows)} if whole.upper() != whole.lower() or not whole.isascii() else {}


def _may_name(text: str, *, coded: bool) -> bool:
    if len(text) > _LONGEST or text.count(" ") > _SPACES or not _TWO_LETTERS.search(text):
        return False
    if is_line(text) or sure_code(text):
        return True
    if coded and code_like(text) and not (text.isalpha() and len(text) >= _TICKERS_END):
        return False
    return not (looks_number(text) or dates.looks_date(text) or rowwords.general(text))
