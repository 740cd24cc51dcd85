"""The texts of columns that no field is read from: what a heading we do not know may name; it judges none of them.

A second table beside the first, a guarantor, a parent: elsewhere.py compares these texts with the list, so that a
column whose heading nobody knows hides no holding (architecture §1.2).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import dates, rowwords
from cmic_screen.ingest.ends import Kind
from cmic_screen.ingest.numbers import looks_number
from cmic_screen.intake import UnreadText
from cmic_screen.markets import is_line
from cmic_screen.model import SourceRef

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cmic_screen.ingest.parts import Part, Table

_LONGEST: Final = 80
_SPACES: Final = 9
"""What is longer, or has more words, is a remark and no name."""
_TWO_LETTERS: Final = re.compile(r"[^\W\d_].*[^\W\d_]", re.DOTALL)


def texts(file: str, part: Part, table: Table) -> Iterator[UnreadText]:
    """Each text of a used table's unread columns that may be a name or a code: once a column, where it stands first.
    Rows that are no position and continue none are left out: what they say is kept as text and looked at as such.
    """
    body, ends = table.body, table.told.ends
    read = {j for places in body.fields.values() for j in places}
    rows = sorted({
        *ends.held(body.rows),
        *(i for i, e in ends.special.items() if e.kind is Kind.CONTINUATION and not body.origin),
    })  # fmt: skip
    for j in range(body.block.left, body.block.right):
        if j in read:
            continue
        column = body.sheet.text[j]
        first = {column[i]: i for i in reversed(rows)}
        for text, i in first.items():
            if _may_name(text) and text != body.header(j):
                row, number = body.place(i, j)
                where = SourceRef(file=file, sheet=part.sheet.name, row=row)
                yield UnreadText(source=where, header=body.header(j), column=number, text=text)


def _may_name(text: str) -> bool:
    if len(text) > _LONGEST or text.count(" ") > _SPACES or not _TWO_LETTERS.search(text):
        return False
    return is_line(text) or not (looks_number(text) or dates.looks_date(text) or rowwords.general(text))
