"""A table's mapped columns as the columns of the position table: texts, decimals and ISO dates; it decides no row's
end.

One number style and one date order a column, each said in an issue where it was not proven by the values.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from cmic_screen.ingest import dates, names, numbers, placed, units
from cmic_screen.ingest.body import picked
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.content import CURRENCIES, NEXT_LABEL, all_labelled
from cmic_screen.ingest.fields import DATES, IDS, NUMBERS, TICKERS
from cmic_screen.intake import DataIssue
from cmic_screen.positions import COLUMNS, NO_CURRENCY, SOURCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.grid import Cell

SOURCES: Final = {
    "other_id": ("other_id", "ric", "bloomberg_id"),
    "market_value": ("market_value", "market_value_base", "market_value_local"),
    "currency": ("currency", "transaction_currency", "base_currency"),
    "portfolio": ("portfolio", "portfolio_name"),
    "account_name": ("account_name", "client"),
    "quantity": ("quantity", "nominal", "original_face"),
    "price": ("price", "price_local"),
    "underlying_name": ("underlying_name", "underlying_issuer"),
    "as_of_date": ("as_of_date", "report_date", "period_end"),
    "asset_class": ("asset_class", "asset_subclass"),
    "notes": ("notes", "transaction_desc"),
}
"""Where a column of the position table comes from, best first, when not simply from the field of its own name."""

_JOINED: Final = IDS | {"notes"}
_ZEROS: Final = frozenset("0" * n for n in range(1, 21))
"""What stands for no identifier: the SEC has filers write nine zeros, which pass a CUSIP's check digit."""
_FEW: Final = frozenset({"-", "--", "—", "–"})
_STRICT: Final = IDS | TICKERS - {"ticker"} | {"currency", "country", "exchange"}
_CODE: Final = re.compile(
    r"\b(USD|EUR|CHF|GBP|JPY|CNY|RMB|HKD|SEK|NOK|DKK|PLN|CAD|AUD|NZD|SGD|INR|BRL|MXN|TWD|KRW|ZAR)\b"
)
_SIGNS: Final = {
    "HK$": "HKD", "US$": "USD", "NT$": "TWD", "C$": "CAD", "A$": "AUD", "S$": "SGD", "R$": "BRL", "€": "EUR",
    "£": "GBP", "円": "JPY", "港元": "HKD", "港币": "HKD", "港幣": "HKD", "美元": "USD", "美金": "USD", "人民币": "CNY",
    "人民幣": "CNY", "HKドル": "HKD", "USドル": "USD", "米ドル": "USD",
}  # fmt: skip
_MEANT: Final = {"CAN": "CAD", "USA": "USD", "EURO": "EUR", "Euro": "EUR", "GBp": "GBX", "GBX": "GBX"}
"""What stands in columns of currencies for one, a country's letters at times (Desjardins)."""
_WEAK_SIGN: Final = "$"
"""Ten countries write it: a header with it and nothing better means U.S. dollars, a cell with it nothing."""
_PLAIN_CHARS: Final = frozenset("0123456789.-\n")


def columns_of(
    body: Body, keep: Sequence[int], *, decimal: str, order: str
) -> tuple[dict[str, list[str]], list[DataIssue]]:
    """The position table's columns for the rows `keep`, and what a person should know of how they were read.

    `decimal` and `order` are the file's own habit, used where a column's values leave its style open.
    """
    issues: list[DataIssue] = []
    out: dict[str, list[str]] = {}
    for name in COLUMNS:
        found = [j for f in SOURCES.get(name, (name,)) for j in body.fields.get(f, ())]
        if not found or name in SOURCE or name in {"security_name", "issuer"}:
            continue
        if name in NUMBERS:
            out[name] = _numbers(body, found[0], keep, name, decimal, issues)
            if name in units.COUNTED and (factor := units.factor_of(body.header(found[0]))) != 1:
                out[name] = cast("list[str]", units.times(out[name], factor))
                issues.append(_multiplied(body.header(found[0]), name, factor, out[name]))
        elif name in DATES:
            out[name] = _dates(body, found[0], keep, name, order, issues)
        else:
            out[name] = _texts(body, name, found, keep)
    names.fill(body, keep, out)
    placed.settle(body, out)
    _money(body, keep, out)
    return out, issues


_BASE: Final = re.compile(r"\b(?:base|pc|portfolio|fund|reporting)\b", re.IGNORECASE)
_LOCAL: Final = re.compile(r"\b(?:local|asset|issue|native|quot\w*|security|instrument)\b", re.IGNORECASE)
_SIGN_ONLY: Final = re.compile(r"(?<![A-Z])\(?\$\)?\s*$")
"""A header such as `Market Value ($)`: a column of currencies says more than its sign."""


def _texts(body: Body, name: str, found: Sequence[int], keep: Sequence[int]) -> list[str]:
    """A text column; of several, codes are joined, else the first stated wins. Dashes are nothing."""
    blank = DASHES if name in _STRICT else _FEW
    columns = [_without(pick(body.sheet.text[j], keep), blank) for j in found]
    if name in IDS:
        columns = [_parted(_without(c, _ZEROS)) for c in columns]
    if len(columns) == 1:
        return columns[0]
    if name in _JOINED:
        return ["; ".join(dict.fromkeys(t for t in row if t)) for row in zip(*columns, strict=True)]
    return [next((t for t in row if t), "") for row in zip(*columns, strict=True)]


def _parted(column: list[str]) -> list[str]:
    """Several labelled identifiers in one cell as several."""
    several = {t for t in set(column) if len(t) > 20 and all_labelled(t)}
    return [NEXT_LABEL.sub("; ", t) if t in several else t for t in column] if several else column


def _without(column: list[str], blank: frozenset[str]) -> list[str]:
    return column if blank.isdisjoint(column) else [("" if t in blank else t) for t in column]


def _money(body: Body, keep: Sequence[int], out: dict[str, list[str]]) -> None:
    """The currency of the market value, of its header where that states one, else of the row; and the currency the
    security trades in where that is another (a Hong Kong code is told by it).
    """
    stated, signed = "", False
    for field in SOURCES["market_value"]:
        for j in body.fields.get(field, ()):
            stated = stated or currency_in(body.header(j))
            signed = signed or bool(_SIGN_ONLY.search(body.header(j)))
    if "currency" in out:
        seen = {t: _currency(t) for t in set(out["currency"])}
        out["currency"] = [seen[t] for t in out["currency"]]
    if not stated and "currency" in out and _in_base(body):
        base = next((pick(body.sheet.text[j], keep) for j in body.fields.get("base_currency", ())), [""] * len(keep))
        out["local_currency"], out["currency"] = out["currency"], [t if t in CURRENCIES else "" for t in base]
    traded = next((j for j in body.fields.get("transaction_currency", ())), -1)
    if not stated and "currency" not in out and (found := _of_cells(body, keep)):
        out["currency"], out["local_currency"] = found, [NO_CURRENCY] * len(keep)
    elif stated and not (signed and "currency" in out):
        if "currency" not in out:
            out["local_currency"] = [NO_CURRENCY] * len(keep)
        elif set(out["currency"]) - {stated, ""}:
            out["local_currency"] = out["currency"]
        out["currency"] = [stated] * len(keep)
    elif traded >= 0 and body.fields.get("currency"):
        out["local_currency"] = [
            t.upper() if t.upper() in CURRENCIES else "" for t in pick(body.sheet.text[traded], keep)
        ]


def _currency(text: str) -> str:
    """A cell's currency, ISO 4217 where it is one: what it means first, since case tells pence (`GBp`) from pounds."""
    return _MEANT.get(text) or (text.upper() if text.upper() in CURRENCIES else sign_in(text) or text)


def _in_base(body: Body) -> bool:
    """Whether the value stands in the fund's currency while the column of currencies is the security's own."""
    value = next((j for f in SOURCES["market_value"] for j in body.fields.get(f, ())), -1)
    money = next((j for j in body.fields.get("currency", ())), -1)
    return value >= 0 and money >= 0 and bool(_BASE.search(body.header(value)) and _LOCAL.search(body.header(money)))


def currency_in(text: str) -> str:
    """The currency a header or line states, ISO 4217, "" where none."""
    if m := _CODE.search(text):
        return m[1]
    return sign_in(text) or ("USD" if _WEAK_SIGN in text else "")


def sign_in(text: str) -> str:
    """The currency whose own sign or name stands in a text, ISO 4217; "" where none (`$` is no one country's)."""
    return next((code for sign, code in _SIGNS.items() if sign in text), "")


def _of_cells(body: Body, keep: Sequence[int]) -> list[str]:
    """The currency written beside the amounts of the value column (`6.205,00 €`), row by row; [] where none is."""
    j = next((j for f in SOURCES["market_value"] for j in body.fields.get(f, ())), -1)
    texts = pick(body.sheet.text[j], keep) if j >= 0 else []
    joined = "".join(texts)
    if joined.isascii() and joined.upper() == joined.lower() and _WEAK_SIGN not in joined:
        return []
    found = [m[1] if (m := _CODE.search(t)) else sign_in(t) for t in texts]
    return found if any(found) else []


def _numbers(body: Body, j: int, keep: Sequence[int], name: str, fallback: str, issues: list[DataIssue]) -> list[str]:
    raw, texts = pick(body.sheet.raw[j], keep), pick(body.sheet.text[j], keep)
    kinds = set(map(type, raw))
    if str not in kinds or (kinds != {str} and not any(v for v in raw if isinstance(v, str))):
        if set("\n".join(texts)) <= _PLAIN_CHARS:
            return list(texts)
        return [_typed(v) for v in raw]
    written = texts if kinds == {str} else [t for t, v in zip(texts, raw, strict=True) if isinstance(v, str)]
    style = numbers.style_of(written, fallback)
    values = numbers.stated(texts, style) if kinds == {str} else [
        numbers.amount(t, numbers.mark_of(t, style)) if isinstance(v, str) else _typed(v)
        for v, t in zip(raw, texts, strict=True)
    ]  # fmt: skip
    issues += _style_issues(body.header(j), name, style, written)
    if None not in values:
        return cast("list[str]", values)
    issues.append(_no_number(body.header(j), name, [t for t, v in zip(texts, values, strict=True) if v is None]))
    return [v or "" for v in values]


def _multiplied(header: str, name: str, factor: int, values: Sequence[str]) -> DataIssue:
    return DataIssue(
        code="UNITS_MULTIPLIED",
        text=f"Column '{header}' states its amounts in units of {factor:,}.",
        rows=sum(1 for v in values if v),
        examples=tuple(dict.fromkeys(v for v in values if v))[:3],
        done=f"Multiplied by {factor:,}.",
        effect=f"{name} and totals are in single units or currency; no verdict depends on it.",
    )


def _no_number(header: str, name: str, lost: Sequence[str]) -> DataIssue:
    return DataIssue(
        code="NOT_A_NUMBER",
        text=f"Column '{header}' holds text where {name} is expected.",
        rows=len(lost),
        examples=tuple(dict.fromkeys(lost))[:3],
        done="Left empty; the row is screened all the same.",
        effect="Totals leave these rows out.",
    )


def _style_issues(header: str, name: str, style: numbers.Style, written: Sequence[str]) -> list[DataIssue]:
    if style.sure and not style.mixed:
        return []
    mark = "comma" if style.decimal == numbers.COMMA else "point"
    text = f"Column '{header}' does not say by itself which mark parts the decimals."
    if style.mixed:
        text = f"Column '{header}' writes decimals in two ways."
    return [
        DataIssue(
            code="NUMBER_STYLE_MIXED" if style.mixed else "NUMBER_STYLE_ASSUMED",
            text=text,
            rows=len(written),
            examples=tuple(dict.fromkeys(t for t in written if t))[:3],
            done=f"Read with a decimal {mark}" + (", but for values that prove the other." if style.mixed else "."),
            effect=f"{name} would be off by a factor of a thousand where that is wrong; no verdict depends on it.",
        )
    ]


def _typed(value: Cell) -> str:
    return numbers.from_float(float(value)) if isinstance(value, (int, float)) and not isinstance(value, bool) else ""


def _dates(body: Body, j: int, keep: Sequence[int], name: str, fallback: str, issues: list[DataIssue]) -> list[str]:
    texts, raw = pick(body.sheet.text[j], keep), pick(body.sheet.raw[j], keep)
    words = set(map(type, raw)) == {str}
    written = set(texts) if words else {t for t, v in zip(texts, raw, strict=True) if isinstance(v, str)}
    order = dates.order_of(written, fallback)
    if order.name:
        said = "day, month, year" if order.name == "DMY" else "month, day, year"
        issues.append(
            DataIssue(
                code="DATE_ORDER" if order.sure else "DATE_ORDER_ASSUMED",
                text=f"Column '{body.header(j)}' writes dates as numbers.",
                rows=len(keep),
                examples=tuple(dict.fromkeys(t for t in texts if t))[:3],
                done=f"Read as {said}" + ("." if order.sure else ", which no value proves."),
                effect=f"{name} follows from it.",
            )
        )
    clock = name == "trade_date"
    seen = {
        t: dates.moment(t, order.name or fallback) if clock else dates.parse(t, order.name or fallback) for t in written
    }
    if words:
        return [seen[t] for t in texts]
    return [_date_cell(v, t, seen) for v, t in zip(raw, texts, strict=True)]


def _date_cell(value: Cell, text: str, seen: dict[str, str]) -> str:
    if isinstance(value, date):
        return text
    if isinstance(value, (int, float)):
        return dates.parse(text) or dates.from_serial(float(value))
    return seen.get(text, "")


def pick(column: Sequence[Cell] | list[str], keep: Sequence[int]) -> list:  # type: ignore[type-arg]
    """The cells of the rows `keep`."""
    found = picked(column, keep)
    return found if isinstance(found, list) else list(found)
