"""What stands outside the positions: lines above and between tables, set aside with their text, and what they and the
tables that hold none say of account, date and currency; it reads no position and drops no line.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cmic_screen.ingest import context
from cmic_screen.ingest.ends import Kind
from cmic_screen.intake import SetAside
from cmic_screen.model import SourceRef

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from cmic_screen.ingest.grid import RawFile
    from cmic_screen.ingest.parts import Part, Table


def read(raw: RawFile, part: Part, tally: Counter[Kind], order: str) -> context.Section:
    """Rows outside every table, set aside with their text; what they say of date, account and currency. `order` is that
    of day and month in the file.
    """
    sheet = part.sheet
    covered = bytearray(len(sheet.filled))
    for b in (t.body.block for t in part.tables):
        first = min((b.start, *b.header_rows))
        covered[first : b.stop] = b"\1" * (b.stop - first)
    reason = "preamble" if part.tables else "no table"
    said = context.Section()
    for i in [m.start() for m in re.finditer(b"\0", covered) if sheet.filled[m.start()]]:
        tally[Kind.ASIDE] += 1
        text = " | ".join(c for c in sheet.row(i) if c)
        where = SourceRef(file=raw.file, sheet=sheet.name, row=sheet.numbers[i])
        part.set_aside.append(SetAside(source=where, reason=reason, text=text))
        part.as_of = part.as_of or context.as_of(text, order)
        said = context.Section(
            account=said.account or context.account(text), currency=said.currency or context.currency(text)
        )
    account, day = "", ""
    for text in _unused(part):
        account, day = account or context.account(text), day or context.as_of(text, order)
    part.as_of = part.as_of or day
    return replace(said, account=said.account or account)


def _unused(part: Part) -> Iterator[str]:
    """The lines of tables without positions (a statement's `Account Information`, its `Period`)."""
    for table in part.tables:
        b = table.body.block
        for i in range(min((b.start, *b.header_rows)), b.stop) if not table.used else ():
            yield " | ".join(c for c in part.sheet.row(i) if c)


def account(table: Table, i: int, above: context.Section) -> str:
    """Whose row this is: the row's own account, else that of the titles above it, else what `above` states."""
    own = table.body.first(("account_id", "account_name"), i)
    under = context.sections(table.told.titles, [i]).get(i) if table.told.titles else None
    return own or (under.account if under else "") or above.account
