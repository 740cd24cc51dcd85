"""The schema of the table in which rows travel: column, dtype, unit, meaning, and its check; nothing else lives here.

One pandas frame, one row a position (or a trade), every column a string of one fixed dtype, "" where nothing is stated,
so that an identifier is never a number and a missing cell never NaN. Column names are the canonical fields of
the header vocabulary (headers.toml); amounts are plain decimal strings (`-1234.50`), dates ISO (`2026-11-22`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    from pandas.api.extensions import ExtensionArray

    TEXT: pd.StringDtype
    """The one dtype of every text column, whether pyarrow is installed or not."""


def __getattr__(name: str) -> object:
    """`TEXT`, made when first asked for: a check of one security must not wait for pandas."""
    if name != "TEXT":
        raise AttributeError(name)
    import pandas as pd

    globals()["TEXT"] = pd.StringDtype(storage="python", na_value=float("nan"))
    return globals()["TEXT"]


SOURCE: Final = {
    "file": "relative to the argument given",
    "sheet": "sheet name; the file's name for delimited text",
    "row": "row number, from 1 (see model.SourceRef)",
    "more_rows": "further rows of the same position, comma-separated",
}
WHAT: Final = {
    "issuer": "issuer's name",
    "security_name": "name of the security as the file prints it",
    "isin": "text of the ISIN cell", "cusip": "text of the CUSIP cell", "sedol": "text of the SEDOL cell",
    "figi": "text of the FIGI cell", "lei": "text of the LEI cell", "wkn": "text of the WKN cell",
    "valor": "text of the Valoren cell", "other_id": "text of a column of mixed or unnamed codes",
    "ticker": "ticker as stated, with any exchange suffix", "exchange": "exchange as stated (name, code or MIC)",
    "currency": "ISO 4217 of the market value",
    "local_currency": "ISO 4217 the security trades in, where not the value's; XXX: not said",
    "country": "country as stated",
    "asset_class": "as stated", "security_type": "as stated", "sector": "as stated",
    "put_call": "as stated", "strike": "decimal", "maturity_date": "ISO date", "coupon": "decimal, percent",
    "named_in": "where the row is no position of the file but names a listed entity: where that name stands",
    "underlying_name": "as stated", "underlying_id": "as stated", "underlying_ticker": "as stated",
}  # fmt: skip
NO_CURRENCY: Final = "XXX"
"""ISO 4217's code for none: the file states the currency of values and not that of the security."""
ACCOUNT: Final = ("account_id", "account_name", "portfolio")
"""The columns that say whose a position is, in the order in which they are believed."""
HOW_MUCH: Final = {
    "account_id": "account number or name", "account_name": "account's title", "portfolio": "as stated",
    "custodian": "as stated", "quantity": "decimal, units or nominal", "price": "decimal, in `currency` unless stated",
    "market_value": "decimal, in `currency`", "weight_pct": "decimal, percent",
    "as_of_date": "ISO date the holdings are stated for", "acquired_date": "ISO date a lot was acquired",
}  # fmt: skip
TRADE: Final = {
    "transaction_type": "action as stated", "side": "side as stated", "trade_date": "ISO date or date and time",
    "trade_time": "as stated", "settle_date": "ISO date", "status": "blotter status as stated",
    "notes": "free text",
}  # fmt: skip
READING: Final = {
    "section": "section title the row stands under", "hidden": "'row', 'column' or 'sheet' where hidden, else ''",
    "repairs": "JSON list of {field, before, after, rule}, '' where none",
    "flags": "space-separated codes, e.g. DUPLICATE_SHEET, CASH_LINE, 13F",
    "cells": "the row's cells as read, joined by ' | '",
}  # fmt: skip

COLUMNS: Final[dict[str, str]] = {**SOURCE, **WHAT, **HOW_MUCH, **TRADE, **READING}
"""Every column of the table, in order, with its meaning."""

SECURITY_COLUMNS: Final = tuple(WHAT)
"""The columns whose values make a security what it is; rows equal in these are the same security."""


def frame(rows: Iterable[Mapping[str, object]] | Mapping[str, list[str]]) -> pd.DataFrame:
    """A position table from row mappings, or from whole columns.

    Missing columns are "", unknown ones are refused with ValueError; `row` becomes int64, all others TEXT. No rows
    yield an empty table that still has every column and dtype.
    """
    import pandas as pd

    text = pd.StringDtype(storage="python", na_value=float("nan"))
    table = pd.DataFrame(rows if isinstance(rows, dict) else list(rows))
    unknown = set(table.columns) - set(COLUMNS)
    if unknown:
        msg = f"not columns of a position table: {sorted(unknown)}"
        raise ValueError(msg)
    size = len(table)
    blank = pd.Series([""] * size, dtype=text)
    data = {
        name: table[name].fillna("").astype(str).astype(text) if name in table else blank
        for name in COLUMNS
        if name != "row"
    }
    row = table["row"].astype("int64") if "row" in table else pd.Series([0] * size, dtype="int64")
    return pd.DataFrame({name: (row if name == "row" else data[name]) for name in COLUMNS}).reset_index(drop=True)


def check(table: pd.DataFrame) -> None:
    """Raise ValueError where a table is not of this schema: a column missing, a wrong dtype, a missing value."""
    text = __getattr__("TEXT")
    if list(table.columns) != list(COLUMNS):
        msg = f"columns differ from the schema: {sorted(set(table.columns) ^ set(COLUMNS))}"
        raise ValueError(msg)
    for name, column in table.items():
        expected = "int64" if name == "row" else text
        cells = column.array
        if cells.dtype != expected:
            msg = f"column {name} is {cells.dtype}, not {expected}"
            raise ValueError(msg)
        if _one_for_all(cells).isna().any():
            msg = f"column {name} has a missing value; nothing stated is ''"
            raise ValueError(msg)


def _one_for_all(cells: ExtensionArray) -> ExtensionArray:
    """The first of a column's cells that are all one in memory (ingest.assemble), else the column's cells."""
    return cells[:1] if cells.to_numpy(copy=False).strides == (0,) else cells
