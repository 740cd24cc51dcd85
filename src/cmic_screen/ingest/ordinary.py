"""Rows of the common kind, told column-wise: something to screen by, amounts, no suspicious word; it judges no other
row and sets none aside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import pages, rowwords
from cmic_screen.ingest.cells import DASHES, ERRORS, NO_VALUE
from cmic_screen.ingest.content import schemes_of
from cmic_screen.ingest.ends import ORDINARY, End
from cmic_screen.ingest.records import CODES, COUNTED, NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body

FAILED: Final = (ERRORS | {NO_VALUE}) - {"#N/A"}
"""In a name or identifier these hide what the sheet meant to say; `#N/A` says that a lookup found nothing."""


def fill(body: Body, ends: dict[int, End]) -> list[int]:
    """Fill in the ordinary rows; give back the others that hold anything, in order."""
    sheet, rows = body.sheet, body.rows
    count = len(sheet.filled)
    name = _merged([*body.columns(NAMES)], count)
    code = _merged(body.columns(CODES), count)
    counted = body.amounts(COUNTED)
    amount = _merged(counted, count) if counted and body.block.right - body.block.left > 1 else None
    kinds = {t for c in body.columns(("asset_class", "security_type")) for t in set(c) if t and rowwords.cash(t)}
    money = (
        [bool(kinds & {c[i] for c in body.columns(("asset_class", "security_type"))}) for i in range(count)]
        if kinds
        else None
    )
    text = sheet.text[body.block.left : body.block.right]
    doubt = {t for t in set(name) if t and (not t.strip("-=_–— ") or t in DASHES or rowwords.suspect(t))}
    doubt |= set(name) & pages.above(body).cells
    failed = {
        i for c in body.columns((*NAMES, *CODES)) if not FAILED.isdisjoint(c) for i, t in enumerate(c) if t in FAILED
    }
    odd = []
    for i in rows:
        label = name[i]
        if i in failed:
            odd.append(i)
            continue
        if (label or code[i]) and (amount is None or amount[i]) and not (money and money[i]):
            if label and label not in doubt:
                ends[i] = ORDINARY
                continue
            if not label and any(schemes_of(c[i]) for c in body.columns(CODES)):
                ends[i] = ORDINARY
                continue
        if label or code[i] or any(c[i] for c in text):
            odd.append(i)
    return odd


def _merged(columns: Sequence[list[str]], count: int) -> list[str]:
    """The first stated text of several columns, row by row."""
    if not columns:
        return [""] * count
    out = columns[0]
    for column in columns[1:]:
        out = [a or b for a, b in zip(out, column, strict=True)] if "" in out else out
    return out
