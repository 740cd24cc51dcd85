"""Derivatives tied to a listed entity by what they derive from: an identifier, ticker or exchange's short name.

E.O. 13959 s.1(a) reaches securities derivative of a listed company's (FAQ 860). Names of underlyings are `by_name`'s.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cmic_screen.identifiers import classify, parse_ticker
from cmic_screen.model import EvidenceKind, MatchEvidence, Security
from cmic_screen.names.hkex import parse_structured
from cmic_screen.resolve import by_identifier, by_ticker
from cmic_screen.resolve.clues import Clue, Says

if TYPE_CHECKING:
    from datetime import date

    from cmic_screen.resolve.index import Fact, SecurityIndex


def find(index: SecurityIndex, security: Security, on: date) -> list[Clue]:
    """A clue for each company that a stated underlying, or an HKEX short name's underlying, belongs to."""
    found: list[Clue] = []
    if security.underlying:
        ticker = parse_ticker(security.underlying)
        inner = Security(identifiers=classify(security.underlying).identifiers, ticker=ticker.code, mic=ticker.mic)
        for clue in [*by_identifier.find(index, inner), *by_ticker.find(index, inner, on)]:
            detail = f"underlying: {clue.evidence.detail}"
            evidence = replace(clue.evidence, kind=EvidenceKind.UNDERLYING, detail=detail)
            found.append(replace(clue, evidence=evidence, underlying=True))
    for name in security.names:
        product = parse_structured(name) if "@" in name or "#" in name else None
        if product:
            found += [_clue(name, product.underlying, f) for f in index.underlyings.get(product.underlying, ())]
    return found


def _clue(name: str, short: str, fact: Fact) -> Clue:
    evidence = MatchEvidence(
        kind=EvidenceKind.UNDERLYING, searched=name, found=fact.value, source=fact.source,
        detail=f"{short} is the exchange's short name of the underlying",
    )  # fmt: skip
    says = Says.PROVES if fact.confidence == "high" else Says.LIKE  # an abbreviation that may be another's asks
    return Clue(fact.uid, fact.relation, says, evidence, fact, fact.policy, underlying=True)
