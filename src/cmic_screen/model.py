"""The frozen values every stage shares, in one place to import from. Enums are defined in terms.py, what a row holds in
held.py, the list in entities.py, and re-exported here.

Words follow E.O. 13959 as amended by E.O. 14032, 31 CFR part 586 and the field's own use (docs/glossary.md).
Dates are calendar days in New York unless a name says otherwise; money and quantities are decimal strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cmic_screen.entities import Basis, EntityName, EntityTicker, ListedEntity, ListSnapshot, MasterRow
from cmic_screen.held import RejectedIdentifier, Repair, Security, SecurityIdentifier, SourceRef
from cmic_screen.terms import (
    DERIVATIVES,
    Action,
    EvidenceKind,
    EvidenceResult,
    InstrumentKind,
    NameKind,
    Origin,
    Phase,
    Policy,
    Relation,
    Ruling,
    Scheme,
    UsPerson,
    Verdict,
)

if TYPE_CHECKING:
    from datetime import date, datetime

__all__ = [
    "DERIVATIVES",
    "Action",
    "Basis",
    "DecisionOnMatch",
    "EntityName",
    "EntityTicker",
    "EvidenceKind",
    "EvidenceResult",
    "Finding",
    "Instant",
    "InstrumentKind",
    "JudgedMatch",
    "Judgement",
    "Licence",
    "ListSnapshot",
    "ListedEntity",
    "MasterRow",
    "Match",
    "MatchEvidence",
    "NameKind",
    "NearestName",
    "Origin",
    "Person",
    "Phase",
    "Policy",
    "Question",
    "RejectedIdentifier",
    "Relation",
    "Repair",
    "Ruling",
    "Scheme",
    "Security",
    "SecurityIdentifier",
    "SourceRef",
    "UsPerson",
    "Verdict",
]

# --------------------------------------------------------------------------------------------- evidence and match


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEvidence:
    """One fact: the text `searched` and `found`, how alike they are (`score`, 0 to 1), how much the fact counts
    (`weight`, 0 to 1) and its `source`. `detail` explains it to a person (which words met which, what was stripped).
    """

    kind: EvidenceKind
    searched: str
    found: str
    score: float = 1.0
    weight: float = 1.0
    result: EvidenceResult = EvidenceResult.SUPPORTS
    source: str = "OFAC"
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A security and a listed entity, the relation between them and every piece of evidence for and against.
    `relation` UNCERTAIN means not proven; `reason` says why in a sentence. `policy` is a `Policy` value or "".
    `public_security` is False where neither OFAC nor the master knows a publicly traded security of the entity.
    """

    entity: ListedEntity
    relation: Relation
    evidence: tuple[MatchEvidence, ...]
    score: float = 1.0
    reason: str = ""
    policy: str = ""
    public_security: bool = True

    @property
    def confirmable(self) -> bool:
        """Whether a reviewer may confirm that the entity itself is meant, because the evidence leaves it open."""
        return self.relation is Relation.UNCERTAIN or self.policy == Policy.BEARS_NAME


@dataclass(frozen=True, slots=True, kw_only=True)
class NearestName:
    """The listed name closest to a row's, and why it is no match."""

    uid: str
    name: str
    score: float
    why_not: str


# --------------------------------------------------------------------------------------------- judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """An OFAC licence as the account map or a decision states it: permits only `actions`, from `valid_from` to
    `valid_to` inclusive (days in New York), for `uids` (empty: every listed entity).
    """

    number: str
    actions: tuple[Action, ...]
    valid_from: date
    valid_to: date
    uids: tuple[str, ...] = ()
    scope: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whether an account's owner and beneficiary are U.S. persons, and its licences (rules T4 to T6). The default means
    that nothing is known of the account.
    """

    owner_us: UsPerson = UsPerson.UNKNOWN
    benefit_us: UsPerson = UsPerson.UNKNOWN
    licences: tuple[Licence, ...] = ()

    @property
    def us_person(self) -> UsPerson:
        """NO only where neither owner nor beneficiary is a U.S. person; YES where either is; else UNKNOWN."""
        both = {self.owner_us, self.benefit_us}
        if UsPerson.YES in both:
            return UsPerson.YES
        return UsPerson.NO if both == {UsPerson.NO} else UsPerson.UNKNOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionOnMatch:
    """A reviewer's conclusion on a security (`fingerprint`) and a listed entity (`uid`), as the ledger stores it.

    `until` is the last day in force. `in_force` false: `why_not` says why (lapsed, ended, revoked).
    """

    id: str
    fingerprint: str
    uid: str
    conclusion: str  # false-positive | true-match | licensed | look-through
    reason: str
    by: str
    on: str
    until: date
    signed_by: str = ""
    evidence_digest: str = ""
    in_force: bool = True
    why_not: str = ""
    licence: Licence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant:
    """The time for which a position or trade is judged: a UTC interval, both ends included, equal if known exactly.
    `text` is as stated. `assumed` says what was assumed to get here ("whole day in Asia/Hong_Kong").
    """

    earliest: datetime
    latest: datetime
    text: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Everything a verdict depends on; equal questions get equal answers. `fund_state` is `none` (not a fund),
    `complete`, `stale`, `partial` or `missing`: what is known of a fund's constituents.
    """

    matches: tuple[Match, ...]
    instrument: InstrumentKind
    action: Action
    instant: Instant
    person: Person = field(default_factory=Person)
    fund_state: str = "none"
    acquired: date | None = None
    proposed: str = ""  # trades: proposed | executed | unknown
    settlement: date | None = None
    decisions: tuple[DecisionOnMatch, ...] = ()
    cleared_by: str = ""  # identifier | name | "": what the row can be cleared by
    flags: tuple[str, ...] = ()
    named_in: str = ""  # where a name stands that is not read for what is held: `a comment`


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMatch:
    """A match under the law at the instant: phase, ruling on the action, verdict, and the decision that applied to it.

    `sub_reason` is the case of programme.toml that answered.
    """

    match: Match
    phase: Phase
    ruling: Ruling
    verdict: Verdict
    sub_reason: str = ""
    decision: DecisionOnMatch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer to a Question, in the words of programme.toml. `permitted` and `prohibited` are sentences."""

    verdict: Verdict
    matches: tuple[JudgedMatch, ...]
    ruling: Ruling | None
    reason: str
    permitted: tuple[str, ...] = ()
    prohibited: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    cleared_by: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The outcome of one row: its place, its security and its judgement.

    `ref` is `F-001`… for rows that are neither CLEAR nor SET_ASIDE, "" otherwise. Amounts are decimal strings, "" where
    not stated. `trade_at` is the trade's time as stated, "" for holdings. `cells` are the row's cells as read.
    """

    ref: str
    source: SourceRef
    security: Security
    judgement: Judgement
    account: str = ""
    quantity: str = ""
    market_value: str = ""
    currency: str = ""
    action: Action = Action.HOLD
    trade_at: str = ""
    us_person: UsPerson = UsPerson.UNKNOWN
    repairs: tuple[Repair, ...] = ()
    nearest: tuple[NearestName, ...] = ()
    cells: tuple[str, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The judgement's verdict."""
        return self.judgement.verdict
