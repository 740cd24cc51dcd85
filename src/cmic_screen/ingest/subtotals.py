"""Rows that sum the rows beneath them (a group's line in portfolio systems' exports); only arithmetic tells, no word.

Such a row has a value and neither a code nor, under a name, a quantity; a name it bears goes with it into the account
of rows set aside, where a listed one is asked about.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import numbers
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.ends import VALUES, End, Kind
from cmic_screen.ingest.headings import PIVOT
from cmic_screen.ingest.records import CODES, NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.ends import Told

_CENT: Final = Decimal("0.05")
_BLANK: Final = DASHES | {""}
_GROUPS: Final = 500
"""A table with more rows that lack codes is no list with groups."""


def put_aside(body: Body, told: Told) -> None:
    """Turn rows that sum those beneath into totals, in place; nothing where codes do not tell holdings from groups."""
    codes, values = body.columns(CODES), body.columns(VALUES)
    if values and not codes and any(h.casefold().startswith(PIVOT) for h in body.block.headers):
        _of_pivot(body, told, values[0])
    if values and body.columns(("quantity",)):
        _of_all(body, told, values[0])
    if not codes or not values or not body.block.header_rows:
        return
    uncoded = body.rows
    for column in codes:
        uncoded = [] if _BLANK.isdisjoint(column) else [i for i in uncoded if column[i] in _BLANK]
    uncoded = [i for i in uncoded if i in told.ends]
    lost = [i for i, e in told.ends.special.items() if e.kind is Kind.PROBLEM]
    if lost and body.lines:  # a problem's further lines are no rows of the body
        lost = sorted({*lost} & {*body.rows})
    bare = [i for i in sorted({*uncoded, *lost}) if _group_like(body, told, i)]
    rows = [i for i in body.rows if i in told.ends] if 0 < len(bare) <= _GROUPS else []
    if not rows or len(bare) * 2 > len(rows) + 1:
        return
    worth = numbers.stated(values[0], numbers.style_of(values[0]))
    place = {i: k for k, i in enumerate(rows)}
    for i in bare:
        if (stated := Decimal(worth[i] or 0)) > 0 and _sums(rows[place[i] + 1 :], set(bare), told, worth, stated):
            told.ends[i] = End(Kind.ASIDE, "total")


def _of_all(body: Body, told: Told, column: Sequence[str]) -> None:
    """The last line of a table where it bears a name (the portfolio's), no code and no quantity, and the value of all
    holdings above it, three at least of which have a quantity.
    """
    last = next((i for i in reversed(body.rows) if (e := told.ends.get(i)) is not None and e.kind is Kind.POSITION), -1)
    if last < 0 or body.codes(CODES, last) or not _group_like(body, told, last):
        return
    above = [
        i for i in body.rows if i < last and (e := told.ends.get(i)) and (e.kind is Kind.POSITION or e.reason == "cash")
    ]
    worth = numbers.stated(column, numbers.style_of(column))
    stated = Decimal(worth[last] or 0)
    if stated and sum(1 for i in above[:3] if body.first(("quantity",), i)) == 3:
        ours = sum((Decimal(worth[i] or 0) for i in above), Decimal(0))
        if abs(ours - stated) <= max(_CENT, abs(stated) / 1_000_000):
            told.ends[last] = End(Kind.ASIDE, "total")


def _of_pivot(body: Body, told: Told, column: Sequence[str]) -> None:
    """Groups of a pivot table in compact form, whose names and those of its holdings share a column: told only where
    all its rows divide into groups of which the first line sums the rest, and one at least has several.
    """
    worth = numbers.stated(column, numbers.style_of(column))
    rows = [i for i in body.rows if i in told.ends and told.ends[i].kind is Kind.POSITION]
    heads: list[int] = []
    left, several, run = Decimal(0), False, 0
    for i in rows:
        amount = Decimal(worth[i] or 0)
        if amount <= 0:
            return
        if not left:
            heads, left, run = [*heads, i], amount, 0
            continue
        left, run = left - amount, run + 1
        if abs(left) <= _CENT:
            left, several = Decimal(0), several or run > 1
        elif left < 0:
            return
    if not left and several:
        told.ends.update({i: End(Kind.ASIDE, "total") for i in heads})
        told.titles = sorted([*told.titles, *((i, body.first(NAMES, i)) for i in heads)])


def _group_like(body: Body, told: Told, i: int) -> bool:
    """Whether a row without a code, or without anything to screen by, stands for a group."""
    end = told.ends[i]
    if end.kind is Kind.PROBLEM:
        return end.reason == "NOTHING_TO_SCREEN_BY"
    return end.kind is Kind.POSITION and bool(body.first(NAMES, i)) and not body.first(("quantity", "price"), i)


def _sums(after: Sequence[int], groups: set[int], told: Told, worth: Sequence[str | None], stated: Decimal) -> bool:
    """Whether the holdings that follow add up to what is stated, up to the next group or the end."""
    ours, seen = Decimal(0), 0
    for i in after:
        end = told.ends[i]
        if i in groups or end.reason == "total":
            if seen and abs(ours - stated) <= max(_CENT, stated / 1_000_000):
                return True
            continue
        if end.kind is Kind.POSITION or end.reason == "cash":
            ours += Decimal(worth[i] or 0)
            seen += 1
        if ours > stated * 2:
            return False
    return seen > 0 and abs(ours - stated) <= max(_CENT, stated / 1_000_000)
