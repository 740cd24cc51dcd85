"""Rows of the common kind, told column-wise: something to screen by, amounts, no suspicious word; it judges no other
row and sets none aside.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import pages, rowwords
from cmic_screen.ingest.body import picked
from cmic_screen.ingest.cells import DASHES, ERRORS, NO_VALUE, filled
from cmic_screen.ingest.content import schemes_of
from cmic_screen.ingest.records import CODES, COUNTED, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.ends import Ends

FAILED: Final = (ERRORS | {NO_VALUE}) - {"#N/A"}
"""In a name or identifier these hide what the sheet meant to say; `#N/A` says that a lookup found nothing."""

AMOUNT: Final = re.compile(r"[-+(]?\d[\d.,' ]*[.,]\d+[)-]?")
"""An amount that no name is: digits parted by marks."""
_LEADING: Final = 4
_LINE_KINDS: Final = 6
_NOTHING: Final = frozenset({""})


def fill(body: Body, ends: Ends) -> list[int]:
    """Fill in the ordinary rows; give back the others that hold anything, in order."""
    sheet, rows = body.sheet, body.rows
    count = len(sheet.filled)
    name = _merged([*body.columns(NAMES)], count, rows)
    code = _merged(body.columns(CODES), count, rows)
    counted = body.amounts(COUNTED)
    amount = _merged(counted, count, rows) if counted and body.block.right - body.block.left > 1 else None
    kinds = {t for c in body.columns(("asset_class", "security_type")) for t in set(c) if t and rowwords.cash(t)}
    text = sheet.text[body.block.left : body.block.right]
    names = set(name)
    doubt = {t for t in names if t and (not t.strip("-=_–— ") or t in DASHES or rowwords.suspect(t) or _no_name(t))}
    doubt |= names & pages.above(body).cells
    doubt.discard("")
    failed = {i for c in body.columns((*NAMES, *CODES)) for i in _where(c, FAILED)}
    money = {i for c in body.columns(("asset_class", "security_type")) for i in _where(c, kinds)}
    without = set(_where(amount, _NOTHING)) if amount is not None else set()
    marked = {i for c in marks(body) for i in _where(c, {t for t in set(c) if says_total(t)})}
    apart = {*failed, *money, *without, *marked, *_where(name, doubt | _NOTHING)}
    odd, left = [], set()
    for i in sorted(i for i in apart if i in rows) if isinstance(rows, range) else [i for i in rows if i in apart]:
        label, ordinary = name[i], not any(i in odd_ones for odd_ones in (failed, money, without, marked))
        if ordinary and not label and any(schemes_of(c[i]) for c in body.columns(CODES) if code[i]):
            continue
        left.add(i)
        if i in failed or label or code[i] or any(c[i] for c in text):
            odd.append(i)
    ends.ordinary(rows, left)
    return odd


def marks(body: Body) -> list[list[str]]:
    """Columns at the left that say what kind of line each row is (`Data`, `SubTotal`, `Total`): columns without a field
    that hold few different words.
    """
    lead = [u for u in body.uses[:_LEADING] if u.field in {"", "ignore"}]
    columns = [body.sheet.text[j] for u in lead for j in [body.block.left + body.uses.index(u)]]
    return [c for c in columns if 1 < len(set(picked(c, body.rows)) - _NOTHING) <= _LINE_KINDS]


def says_total(text: str) -> bool:
    """Whether a text is a word for total and nothing else (`SubTotal`)."""
    return text.casefold() in rowwords.TOTAL


def _no_name(text: str) -> bool:
    """Whether a text where a name belongs is an amount (a total's, shifted) or a line that announces names."""
    return text[-1] == ":" or bool(AMOUNT.fullmatch(text))


def _where(column: Sequence[str], texts: AbstractSet[str]) -> Iterable[int]:
    """The rows in which one of these texts stands."""
    return () if texts.isdisjoint(column) else [i for i, t in enumerate(column) if t in texts]


def _merged(columns: Sequence[list[str]], count: int, rows: Sequence[int]) -> list[str]:
    """The first stated text of several columns, row by row, for these rows at least."""
    if not columns:
        return [""] * count
    out = columns[0]
    for column in columns[1:]:
        out = filled(out, column) if "" in picked(out, rows) else out
    return out
