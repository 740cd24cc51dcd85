"""The vocabulary every stage shares: frozen values (closed sets: terms.py); it decides nothing.

Words follow E.O. 13959 as amended by E.O. 14032, 31 CFR part 586 and the field's own use (docs/glossary.md).
Dates are calendar days in New York unless a name says otherwise; money and quantities are decimal strings.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cmic_screen.terms import (
    DERIVATIVES,
    Action,
    EvidenceKind,
    EvidenceResult,
    InstrumentKind,
    NameKind,
    Origin,
    Phase,
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

# --------------------------------------------------------------------------------------------- a row and its security


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where a row stands. `file` is relative to the argument given. `row` counts from 1: as Excel numbers it; for
    delimited text the record as Python's csv module counts; for XML the line on which the element starts.
    `more_rows` are further rows that belong to the same position.
    """

    file: str
    sheet: str
    row: int
    more_rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}!{self.sheet}!{self.row}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityIdentifier:
    """An identifier in canonical form that passed its standard's own test."""

    scheme: Scheme
    value: str
    origin: Origin = Origin.STATED


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedIdentifier:
    """Text that stood where an identifier belongs, and the rule of the standard that it broke."""

    scheme: Scheme
    text: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A cell that was read as something other than it stood there; shown in the report, never silent."""

    field: str
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """What is resolved, once, however many rows hold it. Empty string means: not stated.

    `ticker` is the code alone (`941`, `HIKVISION` is not one), `mic` the ISO 10383 market it was stated with or "" .
    `country` is ISO 3166 alpha-2. `underlying` is the name or identifier text of a derivative's underlying, if stated.
    `bare` is true where nothing but a name was given. `fingerprint` is filled by `securities.fingerprint`.
    """

    issuer_name: str = ""
    security_name: str = ""
    identifiers: tuple[SecurityIdentifier, ...] = ()
    rejected: tuple[RejectedIdentifier, ...] = ()
    ticker: str = ""
    mic: str = ""
    exchange: str = ""
    instrument: InstrumentKind = InstrumentKind.UNKNOWN
    instrument_reason: str = ""
    currency: str = ""
    country: str = ""
    underlying: str = ""
    fingerprint: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The distinct names to resolve, issuer first."""
        issuer, own = self.issuer_name, self.security_name
        if issuer and own and issuer != own:
            return (issuer, own)
        return (issuer or own,) if issuer or own else ()


# --------------------------------------------------------------------------------------------- the list


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityName:
    """One name of a listed entity as published. `script` is `Latin`, `Han`… `source` names who says so."""

    text: str
    kind: NameKind
    script: str = "Latin"
    source: str = "OFAC"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityTicker:
    """An `Equity Ticker` as OFAC publishes it, with code and country suffix parted (a country, not a MIC).
    `venue` is OFAC's own comment on it (`HKEX`), where there is one.
    """

    text: str
    code: str
    country: str
    venue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """Why an entity is on the list, in our words and attributed: `text` always names who stated it."""

    text: str
    source: str
    stated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntity:
    """One entry of the NS-CMIC List. Dates are OFAC's own fields, calendar days in New York; `removed` is the day
    from which a later publication no longer carries it, if known.
    """

    uid: str
    names: tuple[EntityName, ...]
    identifiers: tuple[SecurityIdentifier, ...] = ()
    rejected: tuple[RejectedIdentifier, ...] = ()
    tickers: tuple[EntityTicker, ...] = ()
    listed: date
    effective: date
    divestment_ends: date
    removed: date | None = None
    target_type: str = ""
    linked_to: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    legal_authority: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    basis: Basis

    @property
    def name(self) -> str:
        """The primary name."""
        return next(n.text for n in self.names if n.kind is NameKind.PRIMARY)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSnapshot:
    """One publication of the list. `sha256` is of the file as published; `digest` of our own canonical form.
    `checked_at` is when somebody last confirmed that nothing newer is published, or "": then age counts from
    `published`. Times are ISO 8601 UTC text. `notes` are sentences a reader must know: a publication date
    that the file does not carry, a truncated file accepted by hand, a second-hand source. `records` counts the
    published file's records, other lists' included.
    """

    publisher: str
    published: date
    retrieved_at: str
    sha256: str
    source: str
    format: str
    entities: tuple[ListedEntity, ...]
    digest: str = ""
    checked_at: str = ""
    embedded: bool = False
    notes: tuple[str, ...] = ()
    records: int = 0

    def entity(self, uid: str) -> ListedEntity:
        """The entity with that uid; KeyError where there is none."""
        for e in self.entities:
            if e.uid == uid:
                return e
        raise KeyError(uid)


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterRow:
    """One row of the securities master: a fact that is not OFAC's, with its source.

    `relation`: `issuer` (a security or name of the listed entity), `receipt`, `derivative`, `related` (unlisted
    relative), `not` (known non-match: a reused ticker, a false friend). `scheme` is a Scheme value, `ticker` or
    `name`. `policy` may be `REVIEW`. `mic` is the ISO 10383 market for tickers.
    """

    uid: str
    relation: str
    scheme: str
    value: str
    mic: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    policy: str = ""
    source: str = ""
    confidence: str = ""
    note: str = ""


# --------------------------------------------------------------------------------------------- evidence and match


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchEvidence:
    """One fact: what was searched with, what was found, how alike (0 to 1), how much it weighs, and who says so.
    `detail` is the explanation a person reads (which words met which, what was stripped).
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
    `relation` UNCERTAIN says: not proven; `reason` says in a sentence why. `policy` is the master's (`REVIEW`).
    `public_security` is False where neither OFAC nor the master knows a publicly traded security of the entity.
    """

    entity: ListedEntity
    relation: Relation
    evidence: tuple[MatchEvidence, ...]
    score: float = 1.0
    reason: str = ""
    policy: str = ""
    public_security: bool = True


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
    """An OFAC licence an account holder says they have; permits only `actions`, within the dates, for `uids`
    (empty: any listed entity).
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
    """Who owns an account and who benefits (rules T4 to T6). The empty default is: nobody told us."""

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
    """A reviewer's conclusion on a pair (security fingerprint, entity), as the ledger keeps it."""

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
    """When something is judged: a UTC interval, both ends included, equal where the instant is known.
    `text` is as stated. `assumed` says what was assumed to get here ("whole day in Asia/Hong_Kong").
    """

    earliest: datetime
    latest: datetime
    text: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """All that a verdict may depend on; equal questions get one answer. `fund_state` is `none` (not a fund),
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
    cleared_by: str = ""  # identifier | name: what the row had to be cleared with
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedMatch:
    """A match under the law at the instant: phase, ruling on the action, verdict, and the decision that touched it."""

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
    """One row's end: where it stands, what it is, and its judgement. `ref` is `F-001`… for rows that are not clear,
    "" otherwise. Amounts are decimal strings, "" where not stated.
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
