"""The trend: prohibited and review rows and value of the last accepted runs, a table on Changes drawn on Summary.

In comes the record's `trend` alone, oldest first; nothing is judged, and no two currencies are ever added together.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report.tables import Cell, Column, Page, day, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.report.tables import Table, Value

TABLE: Final = "tbl_trend"
_CHART_POINTS: Final = 108.0
"""Height of the row the charts stand in; chart.py draws them a little lower."""
_MONEY: Final = re.compile(r"(-?\d+(?:\.\d+)?) ([^;]+)")
_DRAWN: Final = re.compile(r"[A-Za-z][A-Za-z ]{2,19}")
"""Currencies that can head a column: a code or `not stated`, not a sentence a file put there."""


def table(page: Page, record: Mapping[str, Any]) -> None:
    """Add the table under the changes, a line an accepted run; a record without a trend adds nothing."""
    points = record.get("trend", [])
    if not points:
        return
    currency = _currency(points)
    heads = (
        ("Period", "text"), ("Prohibited rows", "count"), ("To review", "count"), ("As of", "date"), ("Run", "id"),
        (f"Prohibited, {currency or 'no value'}", "money"), (f"To review, {currency or 'no value'}", "money"),
        ("Value in every currency", "text"),
    )  # fmt: skip
    columns = [Column(header=h, width=w, style=s) for (h, s), w in zip(heads, page.widths, strict=False)]
    entries: list[list[Cell | Value]] = [
        [
            p["period"], int(p["prohibited"]), int(p["review"]), day(p["as_of"]), p["run_id"],
            number(_value(p["value_prohibited"], currency)), number(_value(p["value_review"], currency)),
            f"prohibited {p['value_prohibited'] or 'none stated'}; to review {p['value_review'] or 'none stated'}",
        ]
        for p in points
    ]  # fmt: skip
    page.gap()
    page.line(f"{_title(points)}: prohibited and to review (drawn on Summary)", style="section")
    page.table(TABLE, columns, entries)


def charts(page: Page, record: Mapping[str, Any], changes: Page) -> None:
    """Draw the table of `changes` on `page`: rows on the left, value in one currency beside them; nothing without one.

    The currency of the most figures is drawn; the others are named here and stand in the table.
    """
    made = next((t for t in changes.tables if t.name == TABLE), None)
    if made is None:
        return
    points = record["trend"]
    currency = _currency(points)
    page.gap()
    shown = f"Value in {currency}" if currency else None
    page.line(f"{_title(points)}: rows", None, None, shown, style="section")
    at = page.line(None, style="plain", height=_CHART_POINTS)
    page.charts.append(_spec(f"A{at}", changes.name, made, ("B", "C"), _said_rows(points)))
    if currency:
        said = _said_value(points, currency)
        page.charts.append(_spec(f"D{at}", changes.name, made, ("F", "G"), said))
    others = sorted({c for p in points for _, c in _figures(p)} - {currency})
    more = f" Other currencies: {', '.join(c[:20] for c in others[:6])}." if others else ""
    page.line(f"Figures of every run: foot of Changes.{more}", style="note", across=True)


def _spec(at: str, sheet: str, made: Table, columns: tuple[str, str], alt: str) -> dict[str, Any]:
    """A column chart of two columns of the table, their headers its legend, the periods below."""
    return {
        "at": at, "kind": "columns", "alt": alt,
        "series": [f"'{sheet}'!${c}${made.header}:${c}${made.last}" for c in columns],
        "categories": f"'{sheet}'!$A${made.first}:$A${made.last}",
    }  # fmt: skip


def _title(points: Sequence[Mapping[str, str]]) -> str:
    return "The accepted run before" if len(points) == 1 else f"The last {len(points)} accepted runs"


def _said_rows(points: Sequence[Mapping[str, str]]) -> str:
    said = "; ".join(f"{p['period']}: prohibited {p['prohibited']}, to review {p['review']}" for p in points)
    return f"Column chart of prohibited rows and rows to review, by accepted run. {said}."


def _said_value(points: Sequence[Mapping[str, str]], currency: str) -> str:
    said = "; ".join(
        f"{p['period']}: prohibited {_value(p['value_prohibited'], currency) or 'none'}, to review "
        f"{_value(p['value_review'], currency) or 'none'}"
        for p in points
    )
    return f"Column chart of value prohibited and to review in {currency}, by accepted run. {said}."


def _currency(points: Sequence[Mapping[str, str]]) -> str:
    """The currency to draw: the one of the most figures that are not 0, else of the most, else by name; or ""."""
    loud: Counter[str] = Counter()
    stated: Counter[str] = Counter()
    for value, currency in (found for p in points for found in _figures(p)):
        if _DRAWN.fullmatch(currency):
            stated[currency] += 1
            loud[currency] += bool(re.search("[1-9]", value))
    return min(stated, key=lambda c: (-loud[c], -stated[c], c), default="")


def _figures(point: Mapping[str, str]) -> list[tuple[str, str]]:
    """Value and currency of everything prohibited or to review in a point."""
    return [figure for key in ("value_prohibited", "value_review") for figure in _MONEY.findall(point[key])]


def _value(text: str, currency: str) -> str:
    return next((value for value, stated in _MONEY.findall(text) if stated == currency), "")
