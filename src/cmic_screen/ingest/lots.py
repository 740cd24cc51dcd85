"""Rows that repeat a position lot by lot beneath its summary, told by a column that says so (Interactive Brokers'
`DataDiscriminator`, Flex's `LevelOfDetail`) or by a name that is nothing but `Lot`; it joins such rows to their summary
and never drops one.

A lot without a summary above it stays a position of its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.ends import End, Kind
from cmic_screen.ingest.records import CODES, COUNTED, NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.ends import Told

_WHOLE: Final = frozenset({"summary", "position", "positions", "total", "subtotal", "consolidated", "aggregate"})
_LOT: Final = frozenset({"lot", "lots", "tax lot", "taxlot", "open lot", "closed lot", "closedlot", "lot detail"})
_SAMPLE: Final = 60
_CALLED: Final = re.compile(r"(?:(?:tax|open)[ -]?)?lots?(?: ?(?:no\.?|#)? ?\d{1,5})?", re.IGNORECASE)
"""A name that says no more than that the row is a lot: `Lot`, `Tax lot 3`."""


def join(body: Body, told: Told) -> None:
    """Make rows that are called lots continuations of the summary of the same security above them, in place."""
    _called(body, told)
    levels = _levels(body)
    if not levels:
        return
    whole: dict[tuple[str, ...], int] = {}
    for i in body.rows:
        end = told.ends.get(i)
        if end is None or end.kind is not Kind.POSITION:
            continue
        level, what = levels[i].casefold(), (body.first(NAMES, i), body.first(CODES, i))
        if level in _WHOLE:
            whole[what] = i
        elif level in _LOT and what in whole:
            told.ends[i] = End(Kind.CONTINUATION, of=whole[what])


def _called(body: Body, told: Told) -> None:
    """Rows called `Lot` without an identifier of their own are those of the line above them that names a holding and
    has no amounts: its amounts stand in them.
    """
    if not any(_CALLED.fullmatch(t) for column in body.columns(NAMES) for t in set(column)):
        return
    amounts, above = body.amounts(COUNTED), -1
    for i in body.rows:
        end = told.ends.get(i)
        if end is None or end.kind is not Kind.POSITION:
            above = above if end is None or end.kind is Kind.CONTINUATION else -1
        elif not _CALLED.fullmatch(body.first(NAMES, i)) or body.first(CODES, i):
            above = -1 if any(c[i] and c[i] not in DASHES for c in amounts) else i
        elif above >= 0:
            told.ends[i] = End(Kind.CONTINUATION, of=above)


def _levels(body: Body) -> Sequence[str]:
    """The column that says of each row whether it is a summary or a lot; empty where none does."""
    for column in body.sheet.text[body.block.left : body.block.right]:
        stated = [t for i in body.rows[:_SAMPLE] if (t := column[i].casefold())]
        if stated and all(t in _WHOLE or t in _LOT for t in stated) and not _LOT.isdisjoint(stated):
            return column
    return ()
