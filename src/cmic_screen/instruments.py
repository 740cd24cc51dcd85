"""What kind of instrument a row is, and what says so; whether that kind is covered by the order is programme.toml's.

Evidence in order of weight: an option symbol (OCC), the asset-class and security-type columns with their codes (CFI,
ISO 10962; CIC, EIOPA), put/call, the notation within the name, maturity and coupon. A fund called by its asset class
("Equity") must come out as a fund, and cash never on a word alone: both mistakes would end a question unasked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen.instrument_words import (
    OPTION_NOTATION,
    Said,
    fund_by_name,
    index_by_name,
    said_by_columns,
    said_by_name,
)
from cmic_screen.model import InstrumentKind as Kind
from cmic_screen.model import Origin, Scheme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cmic_screen.model import SecurityIdentifier

_US_FUND: Final = re.compile(r"[A-Z]{4}X")
_YELLOW: Final = re.compile(r".+ INDEX")
_US: Final = frozenset({"", "US", "USA", "UNITED STATES", "USD"})
_PUT_CALL: Final = re.compile(r"(?i)\s*(?:c|p|k|v|call|put|calls|puts|kauf|verkauf|购|沽|认购|认沽)\s*")
_CODES_OF_SECURITIES: Final = frozenset({Scheme.ISIN, Scheme.CUSIP, Scheme.SEDOL, Scheme.FIGI, Scheme.WKN})
_NEAR: Final = frozenset({Kind.SHARE, Kind.RECEIPT, Kind.PREFERRED, Kind.BOND, Kind.CONVERTIBLE, Kind.RIGHT})
"""Kinds that a column tells apart loosely: between these the name's own notation is the better witness."""
_NO_FUND: Final = frozenset({Kind.BOND, Kind.LOAN, Kind.PRIVATE})
"""Kinds a column states firmly enough that a fund word in the name is the issuer's (a note issued by a fund)."""


def classify(row: Mapping[str, str], identifiers: Iterable[SecurityIdentifier] = ()) -> tuple[Kind, str]:
    """The instrument kind of a row and a sentence that says why. Nothing that tells yields UNKNOWN.

    `row` maps canonical columns (positions.WHAT) to cells; missing ones are not stated. Never raises on bad text.
    A derivative of a fund counts as the fund (FAQ 860), one of an index as INDEX_FUTURE.
    """
    known = tuple(identifiers)
    name = row.get("security_name", "") or row.get("issuer", "")
    column = said_by_columns(row.get("security_type", ""), row.get("asset_class", ""))
    named = said_by_name(name)
    fund = fund_by_name(name) or _fund_by_ticker(row)
    said = next(_derivative(row, known, column, named), None)
    if said is not None:
        if fund := fund_by_name(name, derived=True) or _fund_by_ticker(row):
            return Kind.FUND, f"{said.reason}, on a fund: {fund}"
        word = index_by_name(name, said.kind) or index_by_name(row.get("underlying_name", ""), said.kind)
        return (Kind.INDEX_FUTURE, f"{said.reason}, on an index: {word!r}") if word else (said.kind, said.reason)
    if fund and (column is None or column.broad or column.kind not in _NO_FUND):
        return Kind.FUND, fund
    said = _plain(row, known, column, named)
    return (said.kind, said.reason) if said is not None else (Kind.UNKNOWN, "nothing in the row says what it is")


def _derivative(
    row: Mapping[str, str], identifiers: tuple[SecurityIdentifier, ...], column: Said | None, named: Said | None
) -> Iterator[Said]:
    """Evidence of an option, future, warrant and the like, the weightiest first; it goes before all else."""
    if any(i.scheme is Scheme.OCC for i in identifiers):
        yield Said(Kind.OPTION, "OCC option symbol")
    ticker = row.get("ticker", "").upper()
    if " " in ticker and _YELLOW.fullmatch(ticker):
        yield Said(Kind.INDEX_FUTURE, f"ticker {ticker!r}")
    by_name = named if named is not None and named.kind.derives else None
    stated = column if column is not None and not column.broad else None
    if stated is not None and (stated.kind.derives or stated.kind is Kind.INDEX_FUTURE):
        yield by_name if by_name is not None and stated.kind is Kind.OPTION else stated
    put_call = row.get("put_call", "")
    bond = stated is not None and stated.kind is Kind.BOND  # a bond's "call" is its call date
    if put_call and not bond and _PUT_CALL.fullmatch(put_call):
        yield by_name or Said(Kind.OPTION, f"put/call column {put_call!r}")
    if by_name is not None and (stated is None or stated.kind in _NEAR):
        yield by_name
    if len(ticker) > 10 and OPTION_NOTATION.search(ticker):
        yield Said(Kind.OPTION, f"option symbol {ticker!r}")


def _plain(
    row: Mapping[str, str], identifiers: tuple[SecurityIdentifier, ...], column: Said | None, named: Said | None
) -> Said | None:
    """Evidence of anything else: a specific column, the name's notation, maturity and coupon, the asset class."""
    codes = any(i.scheme in _CODES_OF_SECURITIES and i.origin is Origin.STATED for i in identifiers)
    dated = bool(row.get("maturity_date", "").strip()) or row.get("coupon", "").strip() not in {"", "0"}
    if column is not None and column.kind is Kind.CASH and codes:
        column = Said(Kind.UNKNOWN, f"{column.reason}, yet it has a security's identifier", broad=True)
    if column is not None and column.kind is Kind.PRIVATE and dated:
        return Said(Kind.BOND, f"{column.reason}, with a maturity or coupon")  # Rule 144A paper is called a placement
    if column is not None and not column.broad and not (column.kind in _NEAR and named is not None):
        return column
    if named is not None:
        return named
    if dated and (column is None or column.kind is Kind.BOND):
        return Said(Kind.BOND, "it has a maturity date or a coupon")
    return column


def _fund_by_ticker(row: Mapping[str, str]) -> str:
    """A five-letter U.S. ticker that ends in X is a mutual fund's (Nasdaq's fifth-letter convention)."""
    ticker = row.get("ticker", "").strip().upper()
    if not _US_FUND.fullmatch(ticker):
        return ""
    home = all(row.get(c, "").strip().upper() in _US for c in ("exchange", "currency", "country"))
    return f"ticker {ticker!r} of a U.S. mutual fund" if home else ""
