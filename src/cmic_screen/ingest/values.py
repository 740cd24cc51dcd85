"""A table's mapped columns as the columns of the position table: texts, decimals and ISO dates; it decides no row's end.

One number style and one date order a column, each said in an issue where it was not proven by the values.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import dates, numbers
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.columns import DATES, IDS, NUMBERS, TICKERS
from cmic_screen.intake import DataIssue
from cmic_screen.positions import COLUMNS, SOURCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.grid import Cell
    from cmic_screen.ingest.rows import Body

SOURCES: Final = {
    "issuer": ("issuer",), "other_id": ("other_id", "ric", "bloomberg_id"), "market_value": ("market_value", "market_value_base", "market_value_local"),
    "currency": ("currency", "transaction_currency", "base_currency"), "portfolio": ("portfolio", "portfolio_name"), "account_name": ("account_name", "client"),
    "quantity": ("quantity", "nominal", "original_face"), "price": ("price", "price_local"), "underlying_name": ("underlying_name", "underlying_issuer"),
    "as_of_date": ("as_of_date", "report_date", "period_end"), "asset_class": ("asset_class", "asset_subclass"), "notes": ("notes", "transaction_desc"),
}  # fmt: skip
"""Where a column of the position table comes from, best first, when not simply from the field of its own name."""

JOINED: Final = frozenset({"other_id", "notes"})
_MONEY_WORD: Final = re.compile(
    r"\b(USD|EUR|CHF|GBP|JPY|CNY|RMB|HKD|SEK|NOK|DKK|PLN|CAD|AUD|NZD|SGD|INR|BRL|MXN|TWD|KRW|ZAR)\b"
)
_SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "HK$": "HKD", "US$": "USD", "C$": "CAD", "A$": "AUD"}


def columns_of(
    body: Body, keep: Sequence[int], *, decimal: str, order: str
) -> tuple[dict[str, list[str]], list[DataIssue]]:
    """The position table's columns for the rows `keep`, and what a person should know of how they were read."""
    issues: list[DataIssue] = []
    out: dict[str, list[str]] = {}
    for name in COLUMNS:
        if name in SOURCE:
            continue
        found = [(f, j) for f in SOURCES.get(name, (name,)) for j in body.fields.get(f, ())]
        if not found:
            continue
        if name in NUMBERS:
            out[name] = _numbers(body, found[0][1], keep, name, decimal, issues)
        elif name in DATES:
            out[name] = _dates(body, found[0][1], keep, name, order, issues)
        else:
            _texts(body, name, [j for _, j in found], keep, out)
    if "currency" not in out or not any(out["currency"]):
        stated = _header_currency(body)
        if stated:
            out["currency"] = [stated] * len(keep)
    return out, issues


def _texts(body: Body, name: str, found: Sequence[int], keep: Sequence[int], out: dict[str, list[str]]) -> None:
    """Text columns: the first is the field's; a second name goes to `issuer`, further codes to `other_id`."""
    blank = (
        DASHES
        if name in IDS or name in TICKERS or name in {"currency", "country", "exchange"}
        else frozenset({"-", "--", "—", "–"})
    )
    columns = [[("" if t in blank else t) for t in _pick(body.sheet.text[j], keep)] for j in found]
    first, rest = columns[0], columns[1:]
    if not rest:
        out[name] = first if name not in out else out[name]
        return
    if name == "security_name":
        names, other = _two_names(columns)
        out[name] = names
        if not body.fields.get("issuer"):
            out["issuer"] = other
        return
    if name in JOINED or name in IDS:
        out[name] = ["; ".join(dict.fromkeys(t for t in row if t)) for row in zip(*columns, strict=True)]
        return
    out[name] = [next((t for t in row if t), "") for row in zip(*columns, strict=True)]


def _two_names(columns: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Latin text first, the other name beside it: both are resolved, none is lost. More than two are joined."""
    latin = [sum(1 for t in c if t.isascii()) for c in columns]
    order = sorted(range(len(columns)), key=lambda k: (-(latin[k] > len(columns[k]) / 2), k))
    first = columns[order[0]]
    others = [columns[k] for k in order[1:]]
    rest = [" ".join(dict.fromkeys(t for t in row if t)) for row in zip(*others, strict=True)]
    return [a or b for a, b in zip(first, rest, strict=True)], [
        b if a else "" for a, b in zip(first, rest, strict=True)
    ]


def _numbers(body: Body, j: int, keep: Sequence[int], name: str, fallback: str, issues: list[DataIssue]) -> list[str]:
    raw = _pick(body.sheet.raw[j], keep)
    kinds = set(map(type, raw))
    if kinds <= {float, int, type(None)}:
        return [_typed(v) for v in raw]
    texts = _pick(body.sheet.text[j], keep)
    only_text = texts if kinds == {str} else [t for t, v in zip(texts, raw, strict=True) if isinstance(v, str)]
    style = numbers.style_of(only_text, fallback)
    header = body.uses[j - body.block.left].header
    values = (
        numbers.normalise(texts, style.decimal)
        if kinds == {str}
        else [
            _typed(v) if isinstance(v, (int, float)) and not isinstance(v, bool) else numbers.amount(t, style.decimal)
            for v, t in zip(raw, texts, strict=True)
        ]
    )
    if not style.sure or style.mixed:
        code = "NUMBER_STYLE_MIXED" if style.mixed else "NUMBER_STYLE_ASSUMED"
        mark = "comma" if style.decimal == numbers.COMMA else "point"
        issues.append(DataIssue(
            code=code, text=f"Column '{header}' does not say by itself which mark parts the decimals." if not style.mixed else f"Column '{header}' writes decimals in two ways.",
            rows=len(keep), examples=tuple(dict.fromkeys(t for t in only_text if t))[:3], done=f"Read with a decimal {mark}.", effect=f"{name} could be off by a factor of a thousand where that is wrong.",
        ))  # fmt: skip
    lost = [t for t, v in zip(texts, values, strict=True) if v is None]
    if lost:
        issues.append(DataIssue(
            code="NOT_A_NUMBER", text=f"Column '{header}' holds text where {name} is expected.", rows=len(lost), examples=tuple(dict.fromkeys(lost))[:3],
            done="Left empty; the row is screened all the same.", effect="Totals leave these rows out.",
        ))  # fmt: skip
    return [v or "" for v in values]


def _typed(value: Cell) -> str:
    return numbers.from_float(float(value)) if isinstance(value, (int, float)) else ""


def _dates(body: Body, j: int, keep: Sequence[int], name: str, fallback: str, issues: list[DataIssue]) -> list[str]:
    texts, raw = _pick(body.sheet.text[j], keep), _pick(body.sheet.raw[j], keep)
    order = dates.order_of((t for t, v in zip(texts, raw, strict=True) if isinstance(v, str)), fallback)
    if order.name:
        header = body.uses[j - body.block.left].header
        said = "day, month, year" if order.name == "DMY" else "month, day, year"
        issues.append(DataIssue(
            code="DATE_ORDER" if order.sure else "DATE_ORDER_ASSUMED", text=f"Column '{header}' writes dates as numbers.", rows=len(keep),
            examples=tuple(dict.fromkeys(t for t in texts if t))[:3], done=f"Read as {said}" + ("." if order.sure else ", which no value proves."), effect=f"{name} follows.",
        ))  # fmt: skip
    seen: dict[str, str] = {}
    out = []
    for text, value in zip(texts, raw, strict=True):
        if isinstance(value, date):
            out.append(text)
        elif isinstance(value, float) and not text.startswith(("19", "20")):
            out.append(dates.from_serial(value))
        else:
            if text not in seen:
                iso = dates.parse(text, order.name or fallback)
                clock = re.search(r"\d{1,2}:\d{2}(?::\d{2})?", text) if name in {"trade_date"} else None
                seen[text] = f"{iso} {clock[0]}" if iso and clock else iso
            out.append(seen[text])
    return out


def _header_currency(body: Body) -> str:
    for name in SOURCES["market_value"]:
        for j in body.fields.get(name, ()):
            header = body.uses[j - body.block.left].header
            if m := _MONEY_WORD.search(header):
                return m[1]
            for sign, code in _SIGNS.items():
                if sign in header:
                    return code
    return ""


def _pick(column: Sequence[Cell] | list[str], keep: Sequence[int]) -> list:  # type: ignore[type-arg]
    return list(column) if len(keep) == len(column) else [column[i] for i in keep]
