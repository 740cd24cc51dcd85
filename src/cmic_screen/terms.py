"""The closed sets of the vocabulary: schemes, kinds, relations, phases, actions, rulings, verdicts, instruments.

Nothing here decides; an enum's members are the words that data files and records may use, and no others. Words follow
E.O. 13959 as amended by E.O. 14032, 31 CFR part 586 and docs/glossary.md. `model` re-exports all of it.
"""

from __future__ import annotations

from enum import IntEnum, StrEnum
from typing import Final

LIST_AGE_LIMIT: Final = 7
"""Days since a list was last known to be current, after which a run is qualified, where no setting says otherwise."""


class Scheme(StrEnum):
    """Identifier schemes. The listed issuer's registry numbers (USCC, COMPANY_NO) identify a person, not a security."""

    ISIN = "isin"
    CUSIP = "cusip"
    SEDOL = "sedol"
    FIGI = "figi"
    LEI = "lei"
    WKN = "wkn"
    VALOR = "valor"
    OCC = "occ"
    USCC = "uscc"
    COMPANY_NO = "company_no"


class Origin(StrEnum):
    """Where an identifier's text came from. Only STATED proves or clears."""

    STATED = "stated"
    RESTORED = "restored"
    DERIVED = "derived"


class NameKind(StrEnum):
    """Kind of a listed entity's name. WEAK is what OFAC marks as a weak alias; ISSUER is OFAC's `Issuer Name` field;
    MASTER is a name from the securities master (registered or short Chinese name, former name): not OFAC's.
    """

    PRIMARY = "primary"
    AKA = "aka"
    FKA = "fka"
    WEAK = "weak"
    ISSUER = "issuer"
    MASTER = "master"


class Relation(StrEnum):
    """How a security is related to a listed entity. UNCERTAIN: a person must decide. RELATED_UNLISTED: the issuer is
    not listed itself, and the order does not apply to it.
    """

    ISSUER = "ISSUER"
    DERIVATIVE = "DERIVATIVE"
    FUND_EXPOSURE = "FUND_EXPOSURE"
    RELATED_UNLISTED = "RELATED_UNLISTED"
    UNCERTAIN = "UNCERTAIN"


class Policy(StrEnum):
    """A qualifier of a match, or of a row of the securities master, beside its relation.

    REVIEW: a person decides about a relative. NOT_TRADED: the line, or the entity's only one, was delisted. BEARS_NAME,
    of a match alone: nothing but a listed name within a longer one ties the two together.
    """

    REVIEW = "REVIEW"
    NOT_TRADED = "NOT_TRADED"
    BEARS_NAME = "BEARS_NAME"


class EvidenceKind(StrEnum):
    """What sort of fact ties a security to an entity, strongest first."""

    IDENTIFIER = "IDENTIFIER"
    TICKER = "TICKER"
    NAME_EXACT = "NAME_EXACT"
    NAME_NO_LEGAL_FORM = "NAME_NO_LEGAL_FORM"
    NAME_SIMILAR = "NAME_SIMILAR"
    NAME_WEAK = "NAME_WEAK"
    UNDERLYING = "UNDERLYING"
    CONSTITUENT = "CONSTITUENT"
    COUNTRY = "COUNTRY"
    INSTRUMENT = "INSTRUMENT"


class EvidenceResult(StrEnum):
    """What a fact says of the match."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NEUTRAL = "neutral"


class Phase(StrEnum):
    """Of an entity at an instant (rules.md §3.1)."""

    OUT_OF_MODEL = "OUT_OF_MODEL"
    NOT_LISTED = "NOT_LISTED"
    PENDING = "PENDING"
    WINDOW = "WINDOW"
    CLOSED = "CLOSED"
    REMOVED = "REMOVED"


class Action(StrEnum):
    """What is done with a position; the rows of decision_table.csv."""

    HOLD = "HOLD"
    BUY = "BUY"
    SELL = "SELL"
    FORCED_SALE = "FORCED_SALE"
    SELL_SHORT = "SELL_SHORT"
    BUY_TO_COVER = "BUY_TO_COVER"
    EXERCISE = "EXERCISE"
    EXPIRE = "EXPIRE"
    CASH_DIVIDEND = "CASH_DIVIDEND"
    COUPON = "COUPON"
    STOCK_SPLIT = "STOCK_SPLIT"
    BONUS_ISSUE = "BONUS_ISSUE"
    DIVIDEND_REINVESTMENT = "DIVIDEND_REINVESTMENT"
    SCRIP_DIVIDEND = "SCRIP_DIVIDEND"
    RIGHTS_RECEIVED = "RIGHTS_RECEIVED"
    RIGHTS_EXERCISED = "RIGHTS_EXERCISED"
    RIGHTS_SOLD = "RIGHTS_SOLD"
    RECEIPT_CONVERSION = "RECEIPT_CONVERSION"
    BOND_CONVERSION = "BOND_CONVERSION"
    TENDER = "TENDER"
    MANDATORY_EXCHANGE = "MANDATORY_EXCHANGE"
    REDEMPTION = "REDEMPTION"
    TRANSFER = "TRANSFER"
    TRANSFER_OWNER_UNKNOWN = "TRANSFER_OWNER_UNKNOWN"
    GIFT = "GIFT"
    LOAN = "LOAN"
    UNKNOWN = "UNKNOWN"


class Ruling(StrEnum):
    """What the decision table says of one action in one phase."""

    PERMITTED = "PERMITTED"
    PERMITTED_HOLD = "PERMITTED_HOLD"
    PERMITTED_DIVESTMENT_ONLY = "PERMITTED_DIVESTMENT_ONLY"
    REVIEW = "REVIEW"
    PROHIBITED = "PROHIBITED"


class Verdict(IntEnum):
    """Of a row; the worst leads (architecture §4). `.name` is what is printed."""

    CLEAR = 0
    SET_ASIDE = 1
    PERMITTED = 2
    REVIEW = 3
    UPCOMING = 4
    UNSCREENED = 5
    PROHIBITED = 6


QUIET: Final = frozenset({Verdict.CLEAR, Verdict.SET_ASIDE})
"""Verdicts that ask nothing of anybody: such rows have no reference and are not among a run's findings."""
QUIET_NAMES: Final = frozenset(v.name for v in QUIET)
"""The same as tables and records hold them."""

NAMED_IN_SET_ASIDE: Final = "NAMED_IN_SET_ASIDE"
"""Flag of a position made from a set-aside row (total, title, cash line) that names a listed entity."""
NAMED_IN_UNREAD_COLUMN: Final = "NAMED_IN_UNREAD_COLUMN"
"""Flag of a position made from a cell that is not read for what is held and names a listed entity; also the code of
the data issue that reports it.
"""

OWN_RELATIONS: Final = frozenset({"issuer", "receipt", "derivative"})
"""Relations of the securities master that tie a security or name to the listed entity itself."""
OTHER_RELATIONS: Final = frozenset({"related", "not"})
"""Relations of the securities master that speak of another company: an unlisted relative, a known non-match."""


class InstrumentKind(StrEnum):
    """What a row is an amount of. Coverage of each kind is law and stands in programme.toml."""

    SHARE = "SHARE"
    PREFERRED = "PREFERRED"
    RECEIPT = "RECEIPT"
    BOND = "BOND"
    CONVERTIBLE = "CONVERTIBLE"
    WARRANT = "WARRANT"
    RIGHT = "RIGHT"
    OPTION = "OPTION"
    FUTURE = "FUTURE"
    INDEX_FUTURE = "INDEX_FUTURE"
    CBBC = "CBBC"
    STRUCTURED_NOTE = "STRUCTURED_NOTE"
    SWAP = "SWAP"
    FUND = "FUND"
    MONEY_MARKET_PAPER = "MONEY_MARKET_PAPER"
    LOAN = "LOAN"
    PRIVATE = "PRIVATE"
    CASH = "CASH"
    COMMODITY = "COMMODITY"
    UNKNOWN = "UNKNOWN"

    @property
    def derives(self) -> bool:
        """Whether the instrument is a derivative of another issuer's security (E.O. s.1(a), FAQ 860)."""
        return self in DERIVATIVES


DERIVATIVES = frozenset(
    {
        InstrumentKind.WARRANT, InstrumentKind.OPTION, InstrumentKind.FUTURE,
        InstrumentKind.CBBC, InstrumentKind.STRUCTURED_NOTE, InstrumentKind.SWAP,
    }
)  # fmt: skip


class UsPerson(StrEnum):
    """Of an account: whether owner and beneficiary are U.S. persons (31 CFR 586.307). UNKNOWN is treated as YES."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
