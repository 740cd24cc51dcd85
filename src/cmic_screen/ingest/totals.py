"""The file's own totals beside ours: what each total line states and what the rows above it sum to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import numbers, units
from cmic_screen.ingest.ends import VALUES, Kind, adds

if TYPE_CHECKING:
    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.ends import Told

_CENT: Final = Decimal("0.05")


@dataclass(slots=True)
class _Level:
    near: Decimal = Decimal(0)
    section: Decimal = Decimal(0)
    every: Decimal = Decimal(0)


def checks(body: Body, told: Told, currency: str) -> tuple[tuple[str, str, str, str], ...]:
    """(label, stated, ours, currency) for every total line with a value; `ours` is the sum that comes closest of:
    since the
    last total, since the last section title, from the top. Cash set aside counts, as it does in the file.
    """
    columns = body.columns(VALUES)
    totals = {i for i, e in told.ends.special.items() if e.reason == "total"}
    if not columns or not totals:
        return ()
    factor = units.factor_of(body.header_of(VALUES))
    values = units.times(numbers.stated(columns[0], numbers.style_of(columns[0])), factor)
    titles = {i for i, _ in told.titles}
    level, out = _Level(), []
    for i in body.rows:
        end = told.ends.get(i)
        if end is None:
            continue
        if i in titles:
            level.section = Decimal(0)
        elif i in totals:
            if values[i]:
                out.append(_check(body, i, Decimal(values[i] or 0), level, currency))
            level.near = Decimal(0)
        elif values[i] and (
            end.kind is Kind.POSITION
            or end.reason == "cash"
            or (end.kind is Kind.CONTINUATION and (not values[end.of] or adds(body, end, i)))
        ):
            amount = Decimal(values[i] or 0)
            level.near, level.section, level.every = level.near + amount, level.section + amount, level.every + amount
    return tuple(out)


def _check(body: Body, i: int, stated: Decimal, level: _Level, currency: str) -> tuple[str, str, str, str]:
    label = next((c for c in body.cells(i) if any(ch.isalpha() for ch in c)), "total")
    ours = min((level.near, level.section, level.every), key=lambda v: abs(v - stated))
    return (label, format(stated, "f"), format(ours, "f"), currency)


def agrees(stated: str, ours: str) -> bool:
    """Whether a stated total equals ours, to five cents or a millionth."""
    a, b = Decimal(stated), Decimal(ours)
    return abs(a - b) <= max(_CENT, abs(b) / 1_000_000)
