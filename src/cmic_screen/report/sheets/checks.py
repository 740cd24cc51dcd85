"""The figures of Summary that prove: value by currency and check lines, as live formulas with their results stored.

Every difference must be 0. Results are worked out here from the very cells that the formulas add up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report.sheets import words
from cmic_screen.report.tables import Cell, Column, Page, Table, amount, number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cmic_screen.report.sheets.rows import AllRows
    from cmic_screen.report.tables import Value

WIDTHS: Final = (25.0, 11.0, 23.0, 19.0, 19.0, 17.0)
SHEETS: Final = {"PROHIBITED": "Prohibited", "REVIEW": "Review", "UPCOMING": "Upcoming and permitted",
                  "PERMITTED": "Upcoming and permitted", "UNSCREENED": "Unscreened"}  # fmt: skip
"""Where the rows of each verdict that is not clear stand."""


def money(page: Page, record: Mapping[str, Any], every: AllRows) -> Table:
    """Value per currency; the last column re-adds All rows and must be 0."""
    page.line("Market value by currency, as the files state it; repeated sheets count once", style="section")
    columns = (
        Column(header="Currency", width=WIDTHS[0]),
        Column(header="Rows", width=WIDTHS[1], style="count"),
        Column(header="All positions", width=WIDTHS[2], style="money"),
        Column(header="Prohibited", width=WIDTHS[3], style="money"),
        Column(header="To review", width=WIDTHS[4], style="money"),
        Column(header="Check, 0", width=WIDTHS[5], style="zero"),
    )
    sums = _sums(every)
    entries: list[list[Cell | Value]] = []
    values = record["totals"]["market_value"]
    for at, (currency, money) in enumerate(sorted(values.items()), len(page.rows) + 2):
        rows, added, restricted = sums.get(currency, (0, 0.0, 0.0))
        stated = number(money["prohibited"] if every.partial else money["all"])
        diff = round((stated if isinstance(stated, float) else 0.0) - (restricted if every.partial else added), 2)
        entries.append(
            [
                clean_currency(currency), rows if not every.partial else None,
                amount(money["all"], "money"), amount(money["prohibited"], "money"), amount(money["review"], "money"),
                _check(diff, _value_formula(every, at)),
            ]
        )  # fmt: skip
    return page.table("tbl_money", columns, entries, empty="No row states a value.")


def clean_currency(text: str) -> str:
    """A currency as printed, shortened where a file put a sentence there."""
    return text[:20]


def _value_formula(every: AllRows, at: int) -> str:
    """What the sheet All rows adds up to for the currency in column A of this row."""
    t, name = every.table, every.page.name
    ranges = (t.range("Market value", name), t.range("Ccy", name), f"$A{at}", t.range("Counted", name))
    value, currency, own, counted = ranges
    more = f',{t.range("Verdict", name)},"PROHIBITED"' if every.partial else ""
    column = "D" if every.partial else "C"
    return f'=ROUND({column}{at}-SUMIFS({value},{currency},{own},{counted},"yes"{more}),2)'


def _sums(every: AllRows) -> dict[str, tuple[int, float, float]]:
    """Rows, value and prohibited value per currency as the cells of All rows hold them."""
    out: dict[str, tuple[int, float, float]] = {}
    if every.table.empty:
        return out
    verdict_at, value_at, currency_at, counted_at = 1, 8, 9, 10
    for row in every.page.rows[every.table.first - 1 : every.table.last]:
        value, verdict_cell = row.cells[value_at], row.cells[verdict_at]
        amount_there = value.value if isinstance(value, Cell) else None
        if row.cells[counted_at] != "yes" or amount_there is None or not isinstance(amount_there, float):
            continue
        currency = str(row.cells[currency_at] or "not stated")
        rows, total, restricted = out.get(currency, (0, 0.0, 0.0))
        worst = isinstance(verdict_cell, Cell) and verdict_cell.value == "PROHIBITED"
        out[currency] = (rows + 1, total + amount_there, restricted + (amount_there if worst else 0.0))
    return out


def _check(difference: float, formula: str) -> Cell:
    return Cell(value=difference, style="off" if difference else "zero", formula=formula)


def checks(page: Page, record: Mapping[str, Any], counts: Table, findings: Sequence[Page], every: AllRows) -> Table:
    """Lines whose difference must be 0: nothing was lost, and the sheets agree with each other."""
    page.line("Checks: each difference must be 0 (live formulas)", style="section")
    columns = (
        Column(header="Check", width=WIDTHS[0]),
        Column(header="Here", width=WIDTHS[1], style="count"),
        Column(header="There", width=WIDTHS[2], style="count"),
        Column(header="Difference", width=WIDTHS[3], style="zero"),
        Column(header="What is compared", width=WIDTHS[4], style="overflow"),
    )
    t = record["totals"]
    entries: list[list[Cell | Value]] = []
    start = len(page.rows) + 2

    def add(label: str, here: int, there: int, what: str, here_formula: str = "", there_formula: str = "") -> None:
        at = start + len(entries)
        entries.append(
            [
                label,
                Cell(value=here, formula=here_formula), Cell(value=there, formula=there_formula),
                _check(here - there, f"=B{at}-C{at}"), what,
            ]
        )  # fmt: skip

    ends = sum(t[n.lower()] for n in words.CONCLUSIONS)
    add(
        "Rows read", t["rows_read"],
        t["headers"] + t["positions"] + t["continuations"] + t["set_aside_rows"] + t["problems"],
        "and headers, positions, continued, aside, problems",
    )  # fmt: skip
    add(
        "Every row has one end", ends, t["positions"] + t["problems"], "verdicts above; positions plus problems",
        f"=SUM(B{counts.first}:B{counts.last})",
    )  # fmt: skip
    _sheet_checks(add, t, counts, findings, every)
    stated = [c for f in record["inputs"] for s in f["sheets"] for c in s["total_checks"]]
    footing = sum(c["stated"] == c["ours"] for c in stated)
    add("The files' own totals", len(stated), footing, "totals stated; those that foot (Data quality)")
    return page.table("tbl_checks", columns, entries)


def _sheet_checks(
    add: Callable[..., None], totals: Mapping[str, Any], counts: Table, findings: Sequence[Page], every: AllRows
) -> None:
    verdicts = every.table.range("Verdict", every.page.name)
    for i, name in enumerate(words.CONCLUSIONS):
        if name in SHEETS and not every.table.empty:
            formula = f'=COUNTIF({verdicts},"{name}")'
            here = f"=B{counts.first + i}"
            add(
                f"{name.title()} on All rows",
                totals[name.lower()],
                _count(every, name),
                "above, and on All rows",
                here,
                formula,
            )
    page = findings[0]
    table = page.tables[0]
    there = 0 if table.empty else table.last - table.header
    formula = "" if table.empty else f"=COUNTA({table.range('Ref', page.name)})"
    add(
        "Prohibited, own sheet",
        totals["prohibited"],
        there,
        "above, and lines on Prohibited",
        f"=B{counts.first}",
        formula,
    )


def _count(every: AllRows, name: str) -> int:
    rows = every.page.rows[every.table.first - 1 : every.table.last]
    return sum(isinstance(r.cells[1], Cell) and r.cells[1].value == name for r in rows)
