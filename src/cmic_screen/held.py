"""What a row holds, as values: where it stands, its security, the identifiers read and refused, the cells repaired.

Words follow docs/glossary.md; money and quantities are decimal strings. It reads nothing and judges nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from cmic_screen.terms import InstrumentKind, Origin, Scheme


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
