"""Tickers against tickers, market by market and day by day; a bare or reused code asks for a second sign.

A numeric code printed within a name (`600050 CH X`) is read as the line's code where a name of the security was met.

OFAC's suffix is a country, not a market (rules.md §6.3); letters are reused (CHA is Chagee's since 2025, §6.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmic_screen.markets import mainland_mic, parse_ticker
from cmic_screen.model import EvidenceKind, MatchEvidence, Scheme
from cmic_screen.names import split_instrument
from cmic_screen.resolve.clues import Clue, Says
from cmic_screen.resolve.index import HOME_PREFIXES as CHINESE
from cmic_screen.resolve.index import NUMERIC_MARKETS, countries, same_market

if TYPE_CHECKING:
    from datetime import date

    from cmic_screen.model import Security
    from cmic_screen.resolve.index import Fact, SecurityIndex


_OTHER_NUMBERS = frozenset({"JPY", "KRW", "TWD", "MYR", "SAR"})
"""Currencies of other exchanges whose codes are numbers."""


def find(index: SecurityIndex, security: Security, on: date) -> list[Clue]:
    """A clue for each company that has, or had, the security's ticker on the stated market.

    Without a market every company with that code is a candidate, as BARE, if currency, country and ISIN leave it open.
    An OCC option symbol is read as its root on a U.S. market.
    """
    found = _of(index, security.ticker, security.mic, security, on) if security.ticker else []
    for one in security.identifiers:
        if one.scheme is Scheme.OCC:
            found += _of(index, one.value[:6].strip(), "US", security, on)
    return found


def find_in_names(index: SecurityIndex, security: Security, on: date) -> list[Clue]:
    """The same for the codes that the names bear beside the issuer: those that name one line of one exchange."""
    found: list[Clue] = []
    for part in (part for name in security.names for part in split_instrument(name).parts if part.what == "code"):
        ticker = parse_ticker(part.text)
        mic = ticker.mic or mainland_mic(ticker.code)
        if mic in NUMERIC_MARKETS:
            found += _of(index, ticker.code, mic, security, on)
    return found


def _of(index: SecurityIndex, code: str, mic: str, security: Security, on: date) -> list[Clue]:
    facts = index.tickers.get(code)
    if not facts:
        return []
    said = f"{code} {mic}".strip()
    if not mic:
        return [
            _clue(f, said, Says.BARE, "the code is equal; no market is stated") for f in facts if _open(f, security)
        ]
    # an exchange gives an expired warrant's number to the next one: such a code says nothing once it has run out
    here = [f for f in facts if same_market(mic, f.mic) and (f.relation != "derivative" or f.valid(on))]
    now = [f for f in here if f.valid(on)]
    reused = any(f.relation == "not" for f in now)
    found = []
    for fact in here:
        if not fact.valid(on):
            until = fact.valid_to.isoformat() if fact.valid_to and on > fact.valid_to else "a later day"
            found.append(_clue(fact, said, Says.LETTERS, f"code and market are equal, but held only until {until}"))
        elif reused and fact.relation != "not":
            found.append(
                _clue(fact, said, Says.LETTERS, "code and market are equal, but the code was given to another")
            )
        elif fact.mic in NUMERIC_MARKETS and mic in NUMERIC_MARKETS:
            found.append(_clue(fact, said, Says.TICKER, "code and market are equal"))
        else:
            found.append(
                _clue(fact, said, Says.LETTERS, "code and country of the market are equal; letters are reused")
            )
    return found


def _open(fact: Fact, security: Security) -> bool:
    """Whether nothing else the row states rules out the market of a bare code."""
    if fact.mic not in NUMERIC_MARKETS:
        return True
    stated = countries(security.identifiers)
    return security.currency not in _OTHER_NUMBERS and (not stated or any(c in CHINESE for c in stated))


def _clue(fact: Fact, said: str, says: Says, detail: str) -> Clue:
    weight = {Says.TICKER: 0.95, Says.LETTERS: 0.7, Says.BARE: 0.4}[says]
    evidence = MatchEvidence(
        kind=EvidenceKind.TICKER,
        searched=said,
        found=fact.said,
        score=1.0,
        weight=weight,
        source=fact.source,
        detail=detail,
    )
    return Clue(fact.uid, fact.relation, says, evidence, fact, fact.policy)
