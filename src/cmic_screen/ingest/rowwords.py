"""Whether a text can be a company's name, or only says total, cash, a heading or a footer; words are rowwords.toml.

A text counts as total, cash or heading only where every word of it is such a word: `TOTAL SE` and `Cash Converters` are
companies (pains B4), and a company set aside is a company not screened.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest.content import CURRENCIES
from cmic_screen.ingest.vocabulary import unaccented

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATA: Final = tomllib.loads(files(__package__).joinpath("rowwords.toml").read_text(encoding="utf-8"))


def _words(kind: str) -> frozenset[str]:
    """The words of a kind, with and without their accents: statements set in capitals leave them out."""
    return frozenset(_DATA[kind]) | frozenset(map(unaccented, _DATA[kind]))


TOTAL: Final = _words("total")
GENERAL: Final = _words("general")
CASH: Final = _words("cash")
MONEY: Final = _words("money")
SIGN: Final = _words("cash_sign")
FOOT: Final = re.compile("(?:" + "|".join(_DATA["foot"]) + ")", re.IGNORECASE)

_TOKENS: Final = re.compile(r"[^\W_]+(?:[-./'’״\"][^\W_]+)*|&|/")
_SMALL: Final = frozenset({"and", "of", "the", "in", "for", "und", "et", "y", "e", "&", "/", "or"})
_PLACES: Final = frozenset(_DATA["places"])
"""Words of currencies that say nothing of money by themselves."""

_SUSPECT: Final = (TOTAL | SIGN | (CASH - _SMALL) | MONEY | {c.lower() for c in CURRENCIES}) - _SMALL - _PLACES
_LED: Final = frozenset({"grand", "sub", "sous"})
"""Words that a word for total follows."""
_BALANCE: Final = frozenset({"saldo", "balance"})
"""A balance of cash (`Saldo contanten EUR`) sums no positions."""
_LOT: Final = re.compile(r"(?:(?:tax|open)[ -]?)?lots?(?: ?(?:no\.?|#)? ?\d{1,5})?", re.IGNORECASE)
_LOT_STARTS: Final = frozenset("lLtToO")
_FOOTNOTE: Final = re.compile(r"(?:\([0-9]{1,2}\)|[¹²³⁴⁵⁶⁷⁸⁹])\s?(?=\S)")
_SALUTATION: Final = re.compile(
    r"(?:dear|hi|hello|sehr geehrte|liebe|cher|chère|bonjour|madame|gentile|egregio|caro|estimad|hej"
    r"|bästa|beste|geachte)\b",
    re.IGNORECASE,
)
COIN: Final = frozenset(_DATA["coin"])
_MONEY_CODE: Final = re.compile("CASH|CURRENCY|" + "|".join(sorted(CURRENCIES)), re.IGNORECASE)
LEGAL: Final = (
    r"(?:inc|incorporated|corp|corporation|co|company|ltd|limited|plc|llc|lp|ag|se|sa|s\.a|nv|n\.v|spa|s\.p\.a|ab|asa|oyj"
    r"|a/s|kgaa|gmbh|bhd|pcl|tbk|pjsc)"
)
"""A company's legal form, as a pattern; in small letters."""
_ENDS_LEGAL: Final = re.compile(
    rf"\b{LEGAL}\b\.?(?:[\s-]+(?:cl(?:ass)?[\s-]*)?[a-h])?(?:[\s-]+(?:shs|ord|adr|gdr|reg|h shares?))*\s*$",
    re.IGNORECASE,
)
_SUMMED: Final = re.compile(r"[^\W\d_][^:]{2,40}: *[-+]?[\d.,' ]*\d *[A-Z]{0,3}")
_PARTS: Final = str.maketrans(dict.fromkeys(":;,.()[]|/*–—-_\"'", " "))
_HAN_TOTAL: Final = re.compile("|".join(w for w in TOTAL if not w.isascii() and ord(w[0]) > 0x2FFF))


def suspect(text: str) -> bool:
    """Whether a name needs a closer look before its row is taken for a position; cheap, and never false for a total."""
    if len(text) > 70 or not _SUSPECT.isdisjoint(text.casefold().translate(_PARTS).split()):
        return True
    return bool((not text.isascii() and _HAN_TOTAL.search(text)) or FOOT.match(text))


@cache
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text, folded; Chinese and Japanese runs stay whole."""
    found = _TOKENS.findall(unicodedata.normalize("NFKC", text).casefold())
    if "/" in text:  # `receivables/payables` are two words; a pair of currencies (`USD/INR`) is a contract's name
        found = [p for w in found for p in (w.split("/") if w.strip("/") and not _pair(w) else [w])]
    return tuple(found)


def _pair(word: str) -> bool:
    return all(p.upper() in CURRENCIES for p in word.split("/"))


def _number_or_currency(word: str) -> bool:
    return word.isdigit() or word.upper() in CURRENCIES


@cache
def total(text: str) -> str:
    """`pure` where every word speaks of a total of something general, `maybe` where one end of it does, else ""."""
    found = tokens(text)
    says = [w in TOTAL or bool(not w.isascii() and len(w) < 8 and _HAN_TOTAL.search(w)) for w in found]
    if not any(says) or (cash(text) and all(w in _BALANCE for s, w in zip(says, found, strict=True) if s)):
        return ""
    if all(s or w in GENERAL or w in CASH or _number_or_currency(w) for s, w in zip(says, found, strict=True)):
        return "pure"
    return "maybe" if says[0] or says[-1] or found[0] in _LED else ""


def filters(stated: Sequence[str]) -> bool:
    """Whether a row says what a download was filtered by, and filtered nothing (`All, All, All, Any`)."""
    return len(stated) > 2 and {t.casefold() for t in stated} <= {"all", "any", "none"}


def sums(stated: Sequence[str]) -> bool:
    """Whether a row's one cell says what it sums, and the sum (`Depotwert: 12.241,50 EUR`)."""
    return len(stated) == 1 and bool(_SUMMED.fullmatch(stated[0]))


@cache
def beside_total(text: str) -> str:
    """What stands beside the words for total, folded: the name of what is summed."""
    return " ".join(w for w in tokens(text) if w not in TOTAL and w not in {*_LED, "of", "for", "in"})


@cache
def cash(text: str) -> bool:
    """Whether every word of a text speaks of money and none could be a company."""
    found = tokens(text)
    if not all(w in CASH or w in MONEY or _number_or_currency(w) for w in found):
        return False
    return any((w in CASH and w not in _SMALL) or w.upper() in CURRENCIES for w in found)


@cache
def money(text: str) -> bool:
    """Whether every word of a text is a currency's or speaks of cash: cash where something else says so too."""
    found = tokens(text)
    known = all(w in CASH or w in MONEY or _number_or_currency(w) for w in found)
    return known and not all(w.isdigit() for w in found)


@cache
def coin(text: str) -> bool:
    """Whether a text is the name of a currency (`Hong Kong dollar`) and nothing else."""
    return money(text) and not COIN.isdisjoint(tokens(text))


def money_code(text: str) -> bool:
    """Whether a code stands for money: `CASH_USD`, `-CASH-`, `_CURRENCYHKD`, `999HKDZ92`; a ticker may look so too."""
    return bool(_MONEY_CODE.search(text))


@cache
def speaks_of_cash(text: str) -> bool:
    """Whether some word of a text speaks of cash: what else stands there is then screened, and flagged."""
    return any(w in SIGN for w in tokens(text))


@cache
def general(text: str) -> bool:
    """Whether a text is a heading such as `Equities` or `Fixed income: USD` and names no issuer."""
    found = tokens(text)
    return bool(found) and all(
        w in GENERAL or w in CASH or w in MONEY or w in TOTAL or _number_or_currency(w) for w in found
    )


def ends_legal(text: str) -> bool:
    """Whether a name ends in a legal form, a class of shares behind it at most: it is whole."""
    return bool(_ENDS_LEGAL.search(text))


def sentence(text: str) -> bool:
    """Whether a text is running prose (a disclaimer, a note, a page number) rather than a name."""
    return len(text) > 160 or (len(text) > 70 and text.count(" ") > 9) or bool(FOOT.match(text))


def salutation(text: str) -> bool:
    """Whether a line opens a letter."""
    return bool(_SALUTATION.match(text))


def remark(text: str) -> bool:
    """Whether a line alone is prose, or a footnote (`(1) Settled quantity`), and no company's whole name."""
    return bool(_FOOTNOTE.match(text)) or (prose(text) and not ends_legal(text))


def lot(text: str) -> bool:
    """Whether a name says no more than that the row is a lot: `Lot`, `Tax lot 3`."""
    return text[:1] in _LOT_STARTS and bool(_LOT.fullmatch(text))


def prose(text: str) -> bool:
    """Whether a line is written as people write letters: six words or more, most of them in small letters."""
    words = [w for w in text.split() if w[:1].isalpha()]
    return len(words) >= 6 and sum(1 for w in words if w[0].islower()) * 5 >= len(words) * 3
