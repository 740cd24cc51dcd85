"""Investment registers in QIF, as Quicken, Money, GnuCash and banks write them (.qif), into a grid of transactions with
the tickers of the file's list of securities, and one of the securities there that have none; never reads a bank's or a
card's entries, which name no security (Quicken Interchange Format, Intuit's description).

An entry is lines that begin with a letter for their field, up to a line `^`; `!Type:` says what those after it are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from cmic_screen.errors import InputError
from cmic_screen.ingest.grid import Cell, Grid

_WORDS: Final = {
    "BUY": "Buy", "SELL": "Sell", "SHTSELL": "Sell short", "CVRSHRT": "Buy to cover", "SHRSIN": "Transfer in",
    "SHRSOUT": "Transfer out", "DIV": "Dividend", "CGLONG": "Dividend", "CGSHORT": "Dividend", "CGMID": "Dividend",
    "INTINC": "Interest", "REINVDIV": "Reinvest dividend", "REINVINT": "Reinvest dividend",
    "REINVLG": "Reinvest dividend", "REINVSH": "Reinvest dividend", "REINVMD": "Reinvest dividend",
    "STKSPLIT": "Split", "RTRNCAP": "Return of capital", "EXERCISE": "Exercise", "EXERCIS": "Exercise",
    "EXPIRE": "Expired",
}  # fmt: skip
"""Actions in words; one that ends in X moves its money to another account and is the same deal. Others stay as read."""
_COLUMNS: Final = (
    ("Account", "account_id"), ("Security", "security_name"), ("Symbol", "ticker"), ("Security type", "security_type"),
)  # fmt: skip
_DEALS: Final = (
    ("Action", "transaction_type"), ("Date", "trade_date"), ("Quantity", "quantity"), ("Price", "price"),
    ("Amount", "net_amount"), ("Memo", "notes"),
)  # fmt: skip
_MONEY: Final = frozenset({"bank", "cash", "ccard", "oth a", "oth l"})
"""Sections of entries that move money and name no security."""
_YEAR: Final = re.compile(r"'\s*(\d{1,4})$")


@dataclass(slots=True)
class _Entry:
    section: str
    line: int
    account: str
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Register:
    """The grids of a file, and how many of its entries name no security."""

    grids: tuple[Grid, ...]
    left: int = 0


def read(text: str, where: str) -> Register:
    """Transactions, and a list of the file's securities that have none: row 1 names the columns, rows are numbered by
    the line on which an entry starts. InputError where the file has neither.
    """
    entries = _entries(text)
    known = [e for e in entries if e.section == "security" and e.values.get("N")]
    listed = {e.values["N"].casefold(): e.values for e in known}
    deals = [e for e in entries if e.section == "invst" and e.values.get("Y")]
    done = {e.values["Y"].casefold() for e in deals}
    others = [e for e in known if e.values["N"].casefold() not in done]
    grids = []
    if deals:
        rows = [_deal(e, listed.get(e.values["Y"].casefold(), {})) for e in deals]
        grids.append(_grid("transactions", deals, rows, (*_COLUMNS, *_DEALS)))
    if others:
        grids.append(_grid("securities", others, [_listed(e.values) for e in others], _COLUMNS))
    if not grids:
        raise InputError(
            "the QIF file holds no investment entries.",
            where=where,
            why="Nothing was screened: a bank's or a card's register names no securities.",
            do="Export the investment account, or its positions as .csv or .xlsx.",
        )
    return Register(tuple(grids), sum(1 for e in entries if e.section in _MONEY or e.section == "invst") - len(deals))


def _entries(text: str) -> list[_Entry]:
    """Every entry with its section; a last one that nothing closes counts as well."""
    out: list[_Entry] = []
    now: _Entry | None = None
    section = account = ""
    for number, line in enumerate(text.splitlines(), 1):
        code, value = line.strip()[:1], line.strip()[1:].strip()
        if code == "!":
            section, now = value.casefold().removeprefix("type:").strip(), None
        elif code == "^":
            now = None
        elif code and section:
            if now is None:
                now = _Entry(section, number, account)
                out.append(now)
            now.values.setdefault(code.upper(), value)
            if section == "account" and code in "nN":
                account = value
    return out


def _grid(title: str, entries: list[_Entry], found: list[dict[str, str]], columns: tuple[tuple[str, str], ...]) -> Grid:
    rows: list[list[Cell]] = [[header for header, _ in columns]]
    rows += [[said.get(name, "") for _, name in columns] for said in found]
    lines = [max(entries[0].line - 1, 1), *(e.line for e in entries)]
    return Grid(name=title, rows=rows, row_numbers=lines, mapped={i: f for i, (_, f) in enumerate(columns, 1)})


def _listed(said: dict[str, str]) -> dict[str, str]:
    named = {"security_name": said.get("N", ""), "ticker": said.get("S", ""), "security_type": said.get("T", "")}
    return {k: v for k, v in named.items() if v}


def _deal(entry: _Entry, listed: dict[str, str]) -> dict[str, str]:
    """A transaction in our fields. Of a split, the quantity is its ratio times ten: it is no number of shares."""
    said = entry.values
    word = said.get("N", "")
    action = _WORDS.get(word.upper()) or _WORDS.get(word.upper().removesuffix("X"), word)
    return {
        **_listed(listed),
        "security_name": said["Y"],
        "account_id": entry.account,
        "transaction_type": action,
        "trade_date": _day(said.get("D", "")),
        "quantity": "" if action == "Split" else said.get("Q", ""),
        "price": said.get("I", ""),
        "net_amount": said.get("T") or said.get("U") or said.get("$", ""),
        "notes": said.get("M", ""),
    }


def _day(text: str) -> str:
    """A date with its year behind a slash: QIF writes `9/ 4'26` and `9/ 4' 6`."""
    return _YEAR.sub(lambda m: f"/{m[1].zfill(2)}", text.strip()).replace(" ", "")
