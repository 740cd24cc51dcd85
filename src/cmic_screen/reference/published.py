"""What a reader of one format hands over: the NS-CMIC records as published, and facts about the file; it never judges.

Labels are OFAC's own, whatever the format (`Equity Ticker`, `ISIN`, `Listing Date (CMIC)`…).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from cmic_screen.model import EntityName

PROGRAMME = "CMIC-"
"""How the sanctions programmes of the list begin (`CMIC-EO13959`)."""
_UID_DIGITS = 9


def is_uid(text: str) -> bool:
    """Whether a text is a record's number as OFAC writes them: up to nine plain digits."""
    return text.isascii() and text.isdigit() and len(text) <= _UID_DIGITS


@dataclass(slots=True, kw_only=True)
class PublishedRecord:
    """A record as a format's reader found it. `fields` are (label, value) pairs with OFAC's labels, tickers' venue
    comments in `venues` by ticker text; `invalid` are document numbers that OFAC itself marks as not valid.
    """

    uid: str
    names: list[EntityName] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)
    venues: dict[str, str] = field(default_factory=dict)
    invalid: set[str] = field(default_factory=set)
    linked_to: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    legal_authority: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Publication:
    """`file` is the name of the file read, of several the first; `all_records` counts its records, other lists'
    included. `published` is the day the file says its data are as of, None where it says nothing. `truncated` says how
    one can tell that the file was cut, "" where it was not.
    """

    format: str
    file: str = ""
    sha256: str = ""
    records: list[PublishedRecord] = field(default_factory=list)
    all_records: int = 0
    published: date | None = None
    truncated: str = ""
    notes: list[str] = field(default_factory=list)
