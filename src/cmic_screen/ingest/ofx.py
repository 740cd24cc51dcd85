"""Investment statements in OFX, as brokers export them for Quicken and Money (.ofx, .qfx), into grids of positions and
of transactions; never opens what a statement links to, expands no entity of its own (OFX 1.6 and 2.3, chapter 13).

OFX 1 is SGML whose leaves are not closed, OFX 2 is XML: both are read by their tags alone, in one pass.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cmic_screen.errors import InputError
from cmic_screen.ingest import limits
from cmic_screen.ingest.grid import Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_TAG: Final = re.compile(r"<(/?)([A-Za-z0-9.]{1,32})>[ \t]*([^<\r\n]*)")
_END: Final = re.compile(r"</OFX\s*>\s*\Z", re.IGNORECASE)
_HELD: Final = frozenset({"POSSTOCK", "POSMF", "POSDEBT", "POSOPT", "POSOTHER"})
_DONE: Final = frozenset(
    {
        *("BUYSTOCK", "BUYMF", "BUYDEBT", "BUYOPT", "BUYOTHER", "SELLSTOCK", "SELLMF", "SELLDEBT", "SELLOPT"),
        *("SELLOTHER", "REINVEST", "INCOME", "TRANSFER", "SPLIT", "RETOFCAP", "CLOSUREOPT", "JRNLSEC", "INVEXPENSE"),
    }
)
_LISTED: Final = frozenset({"STOCKINFO", "MFINFO", "DEBTINFO", "OPTINFO", "OTHERINFO"})
_KINDS: Final = {"STOCK": "Stock", "MF": "Mutual fund", "DEBT": "Bond", "OPT": "Option", "OTHER": "Other"}
_WORDS: Final = {
    "REINVEST": "Reinvest dividend", "INCOME": "Dividend", "TRANSFER": "Transfer", "SPLIT": "Split",
    "RETOFCAP": "Return of capital", "CLOSUREOPT": "Option closure", "JRNLSEC": "Journal", "INVEXPENSE": "Fee",
}  # fmt: skip
_SCHEMES: Final = {"CUSIP": "cusip", "ISIN": "isin", "SEDOL": "sedol", "FIGI": "figi"}
_COLUMNS: Final = (
    ("Account", "account_id"), ("Name", "security_name"), ("Ticker", "ticker"), ("CUSIP", "cusip"), ("ISIN", "isin"),
    ("SEDOL", "sedol"), ("FIGI", "figi"), ("Other identifier", "other_id"), ("Security type", "security_type"),
    ("Units", "quantity"), ("Unit price", "price"), ("Market value", "market_value"), ("Currency", "currency"),
)  # fmt: skip
_DEALS: Final = (("Action", "transaction_type"), ("Trade date", "trade_date"), ("Total", "net_amount"))


@dataclass(slots=True)
class _Record:
    kind: str
    line: int
    account: str
    money: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Statement:
    """The grids of a statement, the day it states (ISO, "" for none), and whether rows are numbered by element."""

    grids: list[Grid]
    as_of: str
    ordinal: bool = False


def read(text: str, where: str) -> Statement:
    """Positions and transactions, row 1 of each grid naming its columns, rows numbered by the line on which an entry
    starts. InputError where the statement has neither (a bank's or a card's), and where it was cut off.
    """
    if not _END.search(text):
        raise limits.damaged("</OFX> is missing, which ends a statement", where)
    records, as_of = _records(text)
    names = {_key(r.values): r.values for r in records if r.kind in _LISTED}
    made = Statement([], as_of)
    for title, kinds, more in (("positions", _HELD, ()), ("transactions", _DONE, _DEALS)):
        found = [r for r in records if r.kind in kinds and r.values.get("UNIQUEID")]
        if found:
            made.grids.append(_grid(made, title, found, names, (*_COLUMNS, *more)))
    if not made.grids:
        raise InputError(
            "the OFX file holds no investment positions.",
            where=where,
            why="Nothing was screened: a bank's or a card's statement lists no securities.",
            do="Download the statement of the investment account, or its positions as .csv or .xlsx.",
        )
    return made


def _records(text: str) -> tuple[list[_Record], str]:
    """Every entry of a kind we read, and the latest day a statement is for."""
    out: list[_Record] = []
    now: _Record | None = None
    account = money = as_of = ""
    line, at = 1, 0
    for found in _TAG.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        closing, name, value = found[1], found[2].upper(), html.unescape(found[3].strip())
        if closing:
            now = None if now and name == now.kind else now
        elif name in _HELD | _DONE | _LISTED:
            now = _Record(name, line, account, money)
            out.append(now)
        elif now is not None and value:
            now.values.setdefault(name, value)
        elif name == "ACCTID":
            account = value
        elif name == "CURDEF":
            money = value
        elif name == "DTASOF":
            as_of = max(as_of, _day(value))
    return out, as_of


def _grid(
    made: Statement,
    title: str,
    records: list[_Record],
    names: Mapping[tuple[str, str], Mapping[str, str]],
    columns: tuple[tuple[str, str], ...],
) -> Grid:
    rows: list[list[Cell]] = [[header for header, _ in columns]]
    for record in records:
        known = _values(record, names.get(_key(record.values), {}))
        rows.append([known.get(name, "") for _, name in columns])
    lines = [max(records[0].line - 1, 1), *(r.line for r in records)]
    if any(b <= a for a, b in pairwise(lines)):
        made.ordinal, lines = True, list(range(1, len(rows) + 1))
    return Grid(name=title, rows=rows, row_numbers=lines, mapped={i: f for i, (_, f) in enumerate(columns, 1)})


def _values(record: _Record, listed: Mapping[str, str]) -> dict[str, str]:
    """What an entry says, in our fields; its name and ticker stand in the statement's list of securities."""
    said = record.values
    scheme = _SCHEMES.get(said.get("UNIQUEIDTYPE", "").upper(), "other_id")
    out = {scheme: said.get("UNIQUEID", ""), **dict(_kept(listed, ("SECNAME", "security_name"), ("TICKER", "ticker")))}
    out.update(
        _kept(
            said, ("UNITS", "quantity"), ("UNITPRICE", "price"), ("MKTVAL", "market_value"), ("TOTAL", "net_amount"),
            ("CURSYM", "currency"),
        )
    )  # fmt: skip
    out.setdefault("currency", record.money)
    if not out.get("security_name"):
        out["security_name"] = said.get("MEMO", "")
    kind = next((k for k in ("STOCK", "DEBT", "OPT", "OTHER", "MF") if record.kind.endswith(k)), "")
    action = record.kind.removesuffix(kind).capitalize() if kind else _WORDS[record.kind]
    short = said.get("POSTYPE", "").upper() == "SHORT" or "SHORT" in said.get("SELLTYPE", "").upper()
    return {
        **out,
        "account_id": record.account,
        "security_type": _KINDS.get(kind, ""),
        "transaction_type": f"{action} short" if short and kind else action,
        "trade_date": _day(said.get("DTTRADE", "")),
    }


def _kept(said: Mapping[str, str], *pairs: tuple[str, str]) -> Iterator[tuple[str, str]]:
    return ((name, said[tag]) for tag, name in pairs if said.get(tag))


def _key(said: Mapping[str, str]) -> tuple[str, str]:
    return said.get("UNIQUEIDTYPE", "").upper(), said.get("UNIQUEID", "")


def _day(text: str) -> str:
    """The day of an OFX date (`20230526160000.000[-5:EST]`), ISO, "" for none."""
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if text[:8].isdigit() and len(text) >= 8 else ""
