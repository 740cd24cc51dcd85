"""The distinct securities of a position table, each built once; it resolves nothing and drops no row.

A book holds few securities many times over (architecture §2): rows equal in every identifying column are one Security,
and every row keeps its security's fingerprint. Identifiers are read by content, whatever column held them.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import identifiers, instruments
from cmic_screen.markets import is_line
from cmic_screen.model import Origin, RejectedIdentifier, Scheme, Security, SecurityIdentifier
from cmic_screen.names.written import comparable, without_partly
from cmic_screen.positions import NO_CURRENCY, SECURITY_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from cmic_screen.model import InstrumentKind

_KEY: Final = tuple(c for c in SECURITY_COLUMNS if c != "sector")
"""A sector never tells two securities apart, and is often typed by hand."""

_HINTS: Final = {
    "isin": Scheme.ISIN,
    "cusip": Scheme.CUSIP,
    "sedol": Scheme.SEDOL,
    "figi": Scheme.FIGI,
    "lei": Scheme.LEI,
    "wkn": Scheme.WKN,
    "valor": Scheme.VALOR,
    "other_id": None,
}
REMEMBERED: Final = 10_000
"""Securities last built, kept for the next who asks: some 2 KB each."""
_LONGEST_TICKER: Final = 24
_SHORTEST_IDENTIFIER: Final = 7
"""A SEDOL; shorter text in a ticker column is a ticker."""

_PADDED: Final = re.compile(r"0[0-9]{4}")
"""The form in which Hong Kong's exchange writes its codes; a value in its currency then says enough of the market."""
_FOREIGN: Final = re.compile(r"[A-Z]{4}[FY]")
"""FINRA's symbols of foreign issuers' securities over the counter: the fifth letter says share or receipt."""
_FINGERPRINTED: Final = (
    "issuer_name", "security_name", "ticker", "mic", "exchange", "currency", "country", "underlying",
)  # fmt: skip
_compact: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_CLEARING: Final = frozenset({Scheme.ISIN, Scheme.CUSIP, Scheme.SEDOL, Scheme.FIGI})
"""Schemes that name one security; an LEI names its issuer and a WKN or Valor has no check digit to trust."""


@dataclass(frozen=True, slots=True)
class Distinct:
    """`fingerprints` has one entry a table row, same index; `by_fingerprint` holds each Security once, in the order
    in which it first stands in the table.
    """

    fingerprints: pd.Series[str]
    by_fingerprint: Mapping[str, Security]


def distinct(table: pd.DataFrame) -> Distinct:
    """The securities of a position table (schema: positions.py). An empty table yields none."""
    import pandas as pd

    varying = [c for c in _KEY if (table[c] != "").any()]
    if not varying:
        security = build({})
        return Distinct(table["file"].map(lambda _: security.fingerprint).astype(str), {security.fingerprint: security})
    group = table.groupby(varying, sort=False).ngroup()
    firsts = table.loc[~group.duplicated(), varying]
    blank = [""] * len(firsts)
    cells = zip(*(firsts[c].tolist() if c in varying else blank for c in _KEY), strict=True)
    built = [_built(row) for row in cells]
    prints = pd.Series([s.fingerprint for s in built], dtype=str)
    return Distinct(prints.take(group.to_numpy()).set_axis(table.index), {s.fingerprint: s for s in built})


@lru_cache(maxsize=REMEMBERED)
def _built(cells: tuple[str, ...]) -> Security:
    """The Security of the cells of `_KEY`, remembered: the page works it out while a person looks at what was read."""
    return build({c: text for c, text in zip(_KEY, cells, strict=True) if text})


def build(row: Mapping[str, str]) -> Security:
    """One Security from the identifying columns of a row (missing ones are not stated). Never raises on bad text."""
    row = _coded(row)
    found, rejected = _identifiers(row)
    text, traded = _ticker_text(row), _traded_in(row)
    ticker = identifiers.parse_ticker(
        text,
        exchange=row.get("exchange", ""),
        currency=traded or (row.get("currency", "") if _PADDED.fullmatch(text) else ""),
        country=row.get("country", ""),
    )
    kind, reason = instruments.classify(row, found)
    stated: dict[str, Any] = {
        "issuer_name": row.get("issuer", ""),
        "security_name": row.get("security_name", ""),
        "identifiers": found,
        "rejected": rejected,
        "ticker": ticker.code,
        "mic": ticker.mic,
        "exchange": row.get("exchange", ""),
        "instrument": kind,
        "instrument_reason": reason,
        "currency": traded,
        "country": row.get("country", ""),
        "underlying": row.get("underlying_name", "")
        or row.get("underlying_id", "")
        or row.get("underlying_ticker", ""),
    }
    return Security(**stated, fingerprint=fingerprint(**stated, named_in=row.get("named_in", "")))


def _coded(row: Mapping[str, str]) -> Mapping[str, str]:
    """The row with a line's code on its market that stands where the name belongs read as its ticker as well: as a name
    it would meet nothing, and clear (issue 5.9: a cell is told by its content). What was read stays (`SMIC HK`).
    """
    if row.get("ticker", ""):
        return row
    for column in ("security_name", "issuer"):
        text = row.get(column, "")
        if text and (is_line(text) or _FOREIGN.fullmatch(text)):
            return {**row, "ticker": text}
    return row


def _traded_in(row: Mapping[str, str]) -> str:
    """The currency a security trades in, "" where the file states only that of its value (`Market Value (JPY)`): it
    must neither give a bare code its market nor rule one out.
    """
    local = row.get("local_currency", "")
    return "" if local == NO_CURRENCY else local or row.get("currency", "")


def _ticker_text(row: Mapping[str, str]) -> str:
    """The text to read a ticker from: the ticker cell, unless an identifier stands there (Symbol/CUSIP columns), else a
    cell of codes that is no identifier: files mix `941`, `941 HK` and ISINs in one column (pains A5, A7).
    """
    for column in ("ticker", *_HINTS):
        text = row.get(column, "")
        if text and len(text) <= _LONGEST_TICKER and not identifiers.classify(text, _HINTS.get(column)).identifiers:
            return text
    return ""


def _identifiers(
    row: Mapping[str, str],
) -> tuple[tuple[SecurityIdentifier, ...], tuple[RejectedIdentifier, ...]]:
    """Every identifier a row states, and those derived from them, without repeats, in column order."""
    found: dict[SecurityIdentifier, None] = {}
    rejected: dict[RejectedIdentifier, None] = {}
    for column, hint in {**_HINTS, "ticker": None}.items():
        text = row.get(column, "")
        if text and (column != "ticker" or len(text) >= _SHORTEST_IDENTIFIER):
            classified = identifiers.classify(text, hint)
            found.update(dict.fromkeys(classified.identifiers))
            rejected.update(dict.fromkeys(classified.rejected))
    for derived in identifiers.derive(tuple(found)):
        if not any(f.scheme is derived.scheme and f.value == derived.value for f in found):
            found[derived] = None
    return tuple(found), tuple(rejected)


def cleared_by(security: Security) -> str:
    """What a row with this security could be cleared by: `identifier`, `name`, or "" where nothing usable is stated.

    Only a stated, valid identifier of the security itself counts (architecture §1.2); a restored one never clears, nor
    does a name in letters in which no listed entity's name is known.
    """
    if any(i.scheme in _CLEARING and i.origin is Origin.STATED for i in security.identifiers):
        return "identifier"
    return "name" if any(usable_name(comparable(n)) and not is_line(n) for n in security.names) else ""


def cleared_in_part(security: Security) -> bool:
    """Whether only a name clears it, in letters in which the names of some listed entities only are known."""
    if all(map(str.isascii, security.names)) or cleared_by(security) != "name":
        return False
    return not any(usable_name(without_partly(comparable(n))) for n in security.names)


def repeats_its_code(security: Security) -> bool:
    """Whether only a name clears it that is its own ticker, of which no market is known."""
    if not security.ticker or security.mic or cleared_by(security) != "name":
        return False
    return all(n.upper() == security.ticker.upper() for n in security.names)


def usable_name(text: str) -> bool:
    """Whether a text can be a company's name: two letters or digits, a letter of any script among them (3M, 6K)."""
    kinds = [unicodedata.category(c)[0] for c in text]
    return "L" in kinds and sum(1 for k in kinds if k in "LN") >= 2


def fingerprint(
    *,
    instrument: InstrumentKind,
    identifiers: Iterable[SecurityIdentifier],
    rejected: Iterable[RejectedIdentifier],
    named_in: str = "",
    **texts: str,
) -> str:
    """Twenty hex digits over all fields of a Security that resolving looks at: equal securities, equal fingerprint, in
    every run. `named_in`: what a remark or a side line names is not what a position holds, so that a reviewer who
    dismisses the one does not dismiss the other.
    """
    parts = [
        *[texts[name] for name in _FINGERPRINTED], instrument.value,
        [[i.scheme.value, i.value, i.origin.value] for i in identifiers],
        [[r.scheme.value, r.text] for r in rejected],
        *filter(None, [named_in]),
    ]  # fmt: skip
    return hashlib.sha256(_compact(parts).encode()).hexdigest()[:20]
