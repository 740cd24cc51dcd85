"""What a column holds, told from a sample of its values alone: shares of codes, amounts, dates, names; no header is
read.

Check digits: ISO 6166 (ISIN), ANSI X9.6 (CUSIP), ISO 17442 (LEI), SEDOL and FIGI by their publishers, by python-stdnum.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Final

from stdnum import cusip, figi, isin, lei
from stdnum.gb import sedol

from cmic_screen import actions
from cmic_screen.ingest import dates
from cmic_screen.ingest.cells import DASHES
from cmic_screen.ingest.numbers import looks_number
from cmic_screen.markets import is_line
from cmic_screen.model import Action

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SAMPLE: Final = 240
"""Values looked at per column, spread over its whole length."""

CODES: Final[Mapping[str, Callable[[str], bool]]] = {
    "isin": isin.is_valid,
    "lei": lei.is_valid,
    "figi": figi.is_valid,
    "cusip": cusip.is_valid,
    "sedol": sedol.is_valid,
}
_LENGTHS: Final = {12: ("isin", "figi"), 20: ("lei",), 9: ("cusip",), 7: ("sedol",)}
NO_CODE: Final = frozenset({"NA", "NULL", "NONE", "NIL", "NAN", "TBD", "0"}) | DASHES
"""What stands in a column of identifiers where there is none (in a ticker column `NA` is National Bank of Canada)."""

CURRENCIES: Final = frozenset(
    [
        *(
            "USD",
            "EUR",
            "CHF",
            "GBP",
            "GBX",
            "JPY",
            "CNY",
            "CNH",
            "RMB",
            "HKD",
            "SEK",
            "NOK",
            "DKK",
            "PLN",
            "CAD",
            "AUD",
            "NZD",
        ),
        *(
            "SGD",
            "INR",
            "BRL",
            "MXN",
            "TWD",
            "KRW",
            "ZAR",
            "THB",
            "MYR",
            "IDR",
            "PHP",
            "ILS",
            "TRY",
            "HUF",
            "CZK",
            "RUB",
            "SAR",
        ),
        *(
            "AED",
            "QAR",
            "KWD",
            "EGP",
            "CLP",
            "COP",
            "PEN",
            "ARS",
            "VND",
            "PKR",
            "RON",
            "BGN",
            "ISK",
            "MOP",
            "LKR",
            "KES",
            "NGN",
        ),
    ]
)
"""ISO 4217 codes seen in holdings files, with GBX, CNH and RMB as people write them."""

ACTION: Final = re.compile(
    r"\b(?:buy|buys|bought|sell|sells|sold|sale|purchase|redemption|subscription|reinvest\w*|dividends?|interest|deposit"
    r"|withdraw\w*|transfer|journal|fee|fees|tax|debit|credit|split|merger|spin-?off|exercise|assign\w*|expire\w*|short"
    r"|open(?:ed)? position|position (?:open|clos)ed|payment"
    r"|cover|kauf|verkauf|ausschüttung|achat|vente|dividende|souscription|rachat|acquisto|vendita|sottoscrizione|compra"
    r"|venta|venda|resgate|köp|köpt|sälj|sålt|utdelning|kjøp|salg|utbytte|køb|udbytte|osto|myynti|osinko|koop|verkoop"
    r"|aankoop|kupno|sprzedaż|b|s|bot|sld)\b|买|卖|買|賣|売|配当|分红|매수|매도",
    re.IGNORECASE,
)
"""Words of what was done with a security: what a column of actions holds."""

_NOTHING_DONE: Final = frozenset({Action.UNKNOWN, Action.HOLD})
_LINK: Final = re.compile(r"[a-z]{3,5}://|www\.", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"^(ISIN|CUSIP|CINS|SEDOL|FIGI|LEI|WKN|VALOR(?:EN)?)\b(?:[ -]?(?:No|Nr|Code|Number|Nummer))?[\s.:#=]*",
    re.IGNORECASE,
)
NEXT_LABEL: Final = re.compile(
    r"(?<![\s,;/|])[\s,;/|]+(?=(?:ISIN|CUSIP|CINS|SEDOL|FIGI|LEI|WKN|VALOR(?:EN)?)\b)", re.IGNORECASE
)
_WITHOUT_DIGIT: Final = re.compile(r"(?:WKN|VALOR(?:EN)?)\b[\s.:#=]*(?=[A-Z]*[0-9])[A-Z0-9]{5,9}", re.IGNORECASE)
"""A labelled number of a scheme that has no check digit."""
_FIRST: Final = re.compile(r"[A-Z0-9]+", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[\s,;/|()-]+")
_NUMBERED: Final = re.compile(r"(?:[^\W\d_][\w.]{1,11}[.:#=]*)?[A-Z0-9.]*\d[A-Z0-9.]*", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_][\w.]{0,11}[.:#=]*")
"""Behind an identifier: a further number, and the one word that may stand before it (`- Telekurs 507170`): no name."""
_LONGEST_PART: Final = 60
"""No number is longer; and each part is looked at for itself, as a pattern over all of them tried every way to part a
cell of ten ISINs for minutes.
"""
_LONGEST: Final = 40
"""A disclaimer beneath a column of codes must not make it one of names."""
_READ: Final = 200
"""Characters of a cell that say whether it is a name: a pattern would go through 65,000 of them for a minute."""
_LEAST_LABELLED, _MOST_LABELLED = 11, 4_000
"""Characters of a cell of labelled identifiers; the longest list of them known has some forty."""
_YELLOW: Final = re.compile(r"\S{1,12} (?:[A-Z]{2}|[CH][12]) (?:EQUITY|INDEX)", re.IGNORECASE)
"""A Bloomberg code with its yellow key (`C1` and `C2`, `H1` and `H2` are the Stock Connects)."""
_NAMELIKE: Final = re.compile(
    r"[^\W\d_]{2,}.*[\s.&].*[^\W\d_]|[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]{2,}|[^\W\d_]{5,}"
)
_CODELIKE: Final = re.compile(
    r"[A-Z0-9][A-Z0-9.*/-]{0,12}(?: [A-Z])?(?: (?:[A-Z]{2}|[CH][12]))?(?: (?:EQUITY|CORP|GOVT|INDEX|COMDTY|PFD))?"
    r"|[A-Z0-9.-]{1,10}:[A-Z0-9.-]{1,10}|[A-Z]{1,6} ?\d{6}[CP]\d{8}",
)


@dataclass(frozen=True, slots=True)
class Profile:
    """What a column holds: shares of its non-blank sample, 0 to 1; `length` is the mean number of characters."""

    filled: int = 0
    distinct: float = 0.0
    number: float = 0.0
    fraction: float = 0.0
    date: float = 0.0
    name: float = 0.0
    ticker: float = 0.0
    currency: float = 0.0
    words: float = 0.0
    yellow: float = 0.0
    line: float = 0.0
    action: float = 0.0
    link: float = 0.0
    labelled: float = 0.0
    length: float = 0.0
    codes: Mapping[str, float] = field(default_factory=dict)
    example: str = ""


def profile(texts: Sequence[str]) -> Profile:
    """What a column holds, from a sample spread over its length; all zero for an empty column."""
    step = max(1, len(texts) // SAMPLE)
    seen = [t for t in texts[::step] if t and t not in DASHES][: SAMPLE * 2]
    if len(seen) < 20 and step > 1:
        seen = [t for t in texts if t and t not in DASHES][:SAMPLE]
    if not seen:
        return Profile()
    led = [t[:_MOST_LABELLED] for t in seen if len(t) > _LEAST_LABELLED]
    seen = [t[:_READ] if t.isascii() else unicodedata.normalize("NFKC", t[:_READ]) for t in seen]
    size = len(seen)
    counts = dict.fromkeys(CODES, 0)
    for text in seen:
        for scheme in schemes_of(text):
            counts[scheme] += 1
    numbers = [t for t in seen if looks_number(t)]
    return Profile(
        filled=size,
        distinct=len(set(seen)) / size,
        number=len(numbers) / size,
        fraction=sum(1 for t in numbers if "." in t or "," in t) / size,
        date=sum(map(dates.looks_date, seen)) / size,
        name=sum(1 for t in seen if _NAMELIKE.search(t)) / size,
        link=sum(1 for t in seen if _LINK.match(t)) / size,
        ticker=sum(1 for t in seen if _CODELIKE.fullmatch(t.upper())) / size,
        currency=sum(1 for t in seen if t.upper() in CURRENCIES) / size,
        words=sum(1 for t in seen if any(c.isalpha() for c in t)) / size,
        yellow=sum(1 for t in seen if _YELLOW.fullmatch(t)) / size,
        line=sum(map(is_line, seen)) / size,
        action=sum(map(tells_deal, seen)) / size,
        labelled=sum(1 for t in led if all_labelled(t) or _led(t)) / size,
        length=sum(min(len(t), _LONGEST) for t in seen) / size,
        codes={s: n / size for s, n in counts.items() if n},
        example=seen[0][:40],
    )


@cache
def tells_deal(text: str) -> bool:
    """Whether a text has a word of what was done in it, in any language that blotters are read in."""
    return bool(ACTION.search(text)) or actions.parse(text, "") not in _NOTHING_DONE


@cache
def schemes_of(text: str) -> tuple[str, ...]:
    """Schemes whose check digit a text passes, a label such as `ISIN:` before it forgiven.

    A pure number of seven or nine digits passes by chance one time in ten: never proof on its own.
    """
    bare = _LABEL.sub("", text).replace(" ", "").replace("-", "").upper()
    if not bare[-1:].isdigit():  # every scheme ends in a check digit; "National Bank of Canada" passes LEI's arithmetic
        return ()
    return tuple(s for s in _LENGTHS.get(len(bare), ()) if bare.isascii() and bare.isalnum() and CODES[s](bare))


@cache
def sure_code(text: str) -> bool:
    """Whether a text is an identifier beyond reasonable chance: a check digit over letters, or a label before it."""
    if len(text) > _MOST_LABELLED:
        return False
    found = schemes_of(text)
    if not found and (all_labelled(text) or _led(text) or _WITHOUT_DIGIT.fullmatch(text)):
        return True
    if not found or dates.looks_date(text):
        return False
    return bool(_LABEL.match(text)) or any(c.isalpha() for c in text)


@cache
def all_labelled(text: str) -> bool:
    """Whether a text is nothing but several labelled identifiers (`SEDOL: 6559335  ISIN: CNE1000002V2`)."""
    parts = NEXT_LABEL.split(text)
    return len(parts) > 1 and all(
        _LABEL.match(p) and (schemes_of(p) or _WITHOUT_DIGIT.fullmatch(p.strip())) for p in parts
    )


def _led(text: str) -> bool:
    """Whether a text is a labelled identifier that other numbers follow (`ISIN FR0000121014 - Telekurs 507170`)."""
    label = _LABEL.match(text)
    first = _FIRST.match(text, label.end()) if label else None
    return bool(first and schemes_of(first[0]) and _only_numbers(text[first.end() :]))


def _only_numbers(tail: str) -> bool:
    """Whether what follows is nothing but separated numbers, each with a word before it at most; time is linear."""
    begins, *parts = _BETWEEN.split(tail)
    word = False
    for part in parts:
        if part and len(part) <= _LONGEST_PART and _NUMBERED.fullmatch(part):
            word = False
        elif part.strip(".:#="):
            if word or not _WORD.fullmatch(part):
                return False
            word = True
    return not begins and not word


def name_like(text: str) -> bool:
    """Whether a text has the shape of a name: several words, or five letters together, or Chinese script."""
    return bool(_NAMELIKE.search(text[:_READ]))


@cache
def code_like(text: str) -> bool:
    """Whether a text has the shape of a ticker or code rather than of a word or a sentence."""
    return (
        len(text) <= 30
        and bool(_LABEL.match(text) or _CODELIKE.fullmatch(text.upper()))
        and text.upper() not in NO_CODE
    )


def label_of(text: str) -> tuple[str, str]:
    """A labelled identifier parted: `ISIN: US0378331005` gives (`isin`, `US0378331005`); ("", text) without a label."""
    found = _LABEL.match(text)
    if not found:
        return "", text
    scheme = {"CINS": "cusip", "VALOREN": "valor"}.get(found[1].upper(), found[1].lower())
    return scheme, text[found.end() :].strip()
