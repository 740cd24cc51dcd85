"""Values for what a row holds: its place in the file, its security, identifiers accepted and rejected, repaired cells.

Terms follow docs/glossary.md.
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
    """A cell that was read as something other than its text says; every repair is shown in the report."""

    field: str
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """What is resolved: once, however many rows hold it. "" means not stated.

    `ticker` is the code without its market (`941`), `mic` the ISO 10383 market it was stated with. `exchange` and
    `country` are as the file states them, `currency` is ISO 4217, the one the security trades in. `underlying` is the
    name or identifier of a derivative's underlying. `instrument_reason` says how the kind was recognised.
    `fingerprint` is made by `securities.fingerprint`.
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
