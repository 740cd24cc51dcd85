"""The list as values: entity, publication, and the securities master's rows beside it; it parses and decides nothing.

Fields are those of OFAC's Sanctions List Service; dates are calendar days in New York.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.terms import NameKind

if TYPE_CHECKING:
    from datetime import date

    from cmic_screen.held import RejectedIdentifier, SecurityIdentifier


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
