"""Digests of what a reviewer decided on, and the decisions that lapse because it has changed since.

A decision is bound to a security, a listed entity and the evidence between them (issue 8.5, pains E6): when the list
entry or the evidence changes, it lapses and says why. Nothing here brings a decision into force.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.model import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmic_screen.model import DecisionOnMatch, ListedEntity, Match, MatchEvidence

EVIDENCE: Final = ("kind", "searched", "found", "score", "weight", "result", "source")
"""The fields of a piece of evidence, as the record prints them, that a decision depends on; its wording is not one."""


def of_match(match: Match) -> str:
    """Digest of what is judged in a match: `ENTITY.EVIDENCE`, 32 hex digits each. "" for a fund's exposure, whose
    constituents change with every publication and which no decision can dismiss.
    """
    if match.relation is Relation.FUND_EXPOSURE:
        return ""
    return of_parts(match.entity, match.relation.value, map(facts, match.evidence))


def facts(evidence: MatchEvidence) -> dict[str, str | float]:
    """The fields of `EVIDENCE`, as the record prints them: what a decision was bound to is what the record shows."""
    return {
        "kind": evidence.kind.value,
        "searched": evidence.searched,
        "found": evidence.found,
        "score": round(evidence.score, 4),
        "weight": round(evidence.weight, 4),
        "result": evidence.result.value,
        "source": evidence.source,
    }


def of_parts(entity: ListedEntity, relation: str, evidence: Iterable[Mapping[str, Any]]) -> str:
    """`of_match` from a list entry and a record's `relation` and `evidence`, so that a stored run can be decided on."""
    if relation == Relation.FUND_EXPOSURE.value:
        return ""
    facts = sorted(_digest([e[name] for name in EVIDENCE]) for e in evidence)
    return f"{_digest(asdict(entity))}.{_digest([relation, facts])}"


def lapse(decisions: Sequence[DecisionOnMatch], found: Mapping[str, Sequence[Match]]) -> tuple[DecisionOnMatch, ...]:
    """The decisions in the same order; those that no longer fit what was found are out of force, `why_not` saying why.

    `found` holds the matches by security fingerprint. A decision on a security that is not held is left as it is.
    """
    uids = {m.entity.uid for matches in found.values() for m in matches}
    return tuple(
        replace(d, in_force=False, why_not=why) if d.in_force and (why := _why_not(d, found, uids)) else d
        for d in decisions
    )


def _why_not(decision: DecisionOnMatch, found: Mapping[str, Sequence[Match]], uids: set[str]) -> str:
    """Why a decision does not fit any more; "" where it does."""
    if not decision.evidence_digest:
        return ""
    if decision.fingerprint not in found:
        same = decision.uid in uids
        return "lapsed: the security as judged is not held; another description matches the same entity" if same else ""
    match = next((m for m in found[decision.fingerprint] if m.entity.uid == decision.uid), None)
    if match is None:
        return "lapsed: the match that was judged is no longer found"
    entity, _, evidence = decision.evidence_digest.partition(".")
    entity_now, _, evidence_now = of_match(match).partition(".")
    changed = [
        what
        for what, differs in (("the list entry", entity != entity_now), ("the evidence", evidence != evidence_now))
        if differs
    ]
    return f"lapsed: {' and '.join(changed)} changed since it was judged" if changed else ""


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
