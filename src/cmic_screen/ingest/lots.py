"""Rows that repeat a position lot by lot beneath its summary, told by a column that says so (Interactive Brokers'
`DataDiscriminator`, Flex's `LevelOfDetail`) or by a name that is nothing but `Lot`; it joins such rows to their summary
and never drops one.

A lot without a summary above it, or under one that has other amounts, stays a position of its own.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import numbers, rowwords
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.ends import VALUES, End, Kind
from cmic_screen.ingest.records import CODES, COUNTED, NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.ends import Told

_WHOLE: Final = frozenset({"summary", "position", "positions", "total", "subtotal", "consolidated", "aggregate"})
_LOT: Final = frozenset({"lot", "lots", "tax lot", "taxlot", "open lot", "closed lot", "closedlot", "lot detail"})
_SAMPLE: Final = 60
_CENT: Final = Decimal("0.02")
"""Of rounding, a lot."""


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
    """Rows called `Lot` without an identifier of their own are those of the line above them that names a holding, where
    that has no amounts (its amounts stand in them) or has the sum of theirs: else they would count twice.
    """
    if not any(rowwords.lot(t) for column in body.columns(NAMES) for t in set(column)):
        return
    above, lots = -1, list[int]()
    for i in (*body.rows, -1):
        end = told.ends.get(i) if i >= 0 else End(Kind.ASIDE)
        if end is None or end.kind is Kind.CONTINUATION:
            continue
        own = end.kind is Kind.POSITION
        if own and above >= 0 and rowwords.lot(body.first(NAMES, i)) and not body.first(CODES, i):
            lots.append(i)
            continue
        if lots and _sums(body, above, lots):
            told.ends.update({lot: End(Kind.CONTINUATION, of=above) for lot in lots})
        above, lots = i if own else -1, []


def _sums(body: Body, above: int, lots: Sequence[int]) -> bool:
    """Whether a line has no amounts, or of each column of what is held in them the sum of its lots."""
    if not any(c[above] and c[above] not in DASHES for c in body.amounts(COUNTED)):
        return True
    stated = [numbers.stated(c, numbers.style_of(c)) for c in body.columns(("quantity", *VALUES))]
    held = [c for c in stated if c[above] and all(c[i] for i in lots)]
    return bool(held) and all(
        abs(Decimal(c[above] or 0) - sum(Decimal(c[i] or 0) for i in lots)) <= _CENT * len(lots) for c in held
    )


def _levels(body: Body) -> Sequence[str]:
    """The column that says of each row whether it is a summary or a lot; empty where none does."""
    for column in body.sheet.text[body.block.left : body.block.right]:
        stated = [t for i in body.rows[:_SAMPLE] if (t := column[i].casefold())]
        if stated and all(t in _WHOLE or t in _LOT for t in stated) and not _LOT.isdisjoint(stated):
            return column
    return ()
