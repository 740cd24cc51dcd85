"""Identifiers against identifiers: a stated one that is equal proves; a restored or derived one only asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmic_screen.model import EvidenceKind, MatchEvidence, Origin, Scheme
from cmic_screen.resolve.clues import Clue, Says

if TYPE_CHECKING:
    from cmic_screen.model import Security, SecurityIdentifier
    from cmic_screen.resolve.index import Fact, SecurityIndex

_NAMES = {s: s.value.upper() for s in Scheme} | {Scheme.COMPANY_NO: "company number", Scheme.VALOR: "Valor"}


def find(index: SecurityIndex, security: Security) -> list[Clue]:
    """A clue for each company that one of the security's identifiers belongs to; [] where none is known."""
    found: list[Clue] = []
    for one in security.identifiers:
        facts = index.identifiers.get((one.scheme, one.value))
        if facts:
            found += [_clue(one, fact) for fact in facts]
    return found


def _clue(one: SecurityIdentifier, fact: Fact) -> Clue:
    stated = one.origin is Origin.STATED and not fact.derived
    if stated:
        detail = f"the stated {_NAMES[one.scheme]} is equal"
    elif one.origin is Origin.STATED:
        detail = f"the {_NAMES[one.scheme]} {fact.note}"
    else:
        detail = f"the {_NAMES[one.scheme]} was {one.origin.value}, not stated"
    evidence = MatchEvidence(
        kind=EvidenceKind.IDENTIFIER,
        searched=f"{_NAMES[one.scheme]} {one.value}",
        found=f"{fact.value} ({fact.note})" if fact.note and stated else fact.value,
        score=1.0,
        weight=1.0 if stated else 0.5,
        source=fact.source,
        detail=detail,
    )
    return Clue(fact.uid, fact.relation, Says.PROVES if stated else Says.WEAK, evidence, fact, fact.policy)
