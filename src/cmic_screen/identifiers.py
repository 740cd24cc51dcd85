"""Security identifiers in canonical form, or the rule of their standard that broke; never a guess passed off as stated.

ISO 6166 (ISIN), ANSI X9.6 (CUSIP, CINS, PPN), SEDOL (LSE), ANSI X9.145 (FIGI), ISO 17442 (LEI), GB 32100 (USCC), WKN,
Valoren and the OCC option symbol. python-stdnum is the reference; its slow paths are replaced by tables here and the
two are tested against each other. Content decides, the column's header (`hint`) only settles what content leaves open.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from stdnum import figi as std_figi
from stdnum import isin as std_isin
from stdnum.cn import uscc as std_uscc

from cmic_screen.markets import Ticker, parse_ticker
from cmic_screen.model import Origin, RejectedIdentifier, Scheme, SecurityIdentifier
from cmic_screen.standards import (
    CUSIP,
    ISIN,
    ISIN_LIKE,
    LEI,
    SCIENTIFIC,
    SEDOL,
    cusip_digit,
    cusip_fault,
    cusips_of_issuer,
    cusips_of_number,
    isin_fault,
    lei_fault,
    look_alikes,
    prefix_sums,
    sedol_fault,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Classified", "Ticker", "classify", "cusips_of_number", "derive", "parse_ticker"]


@dataclass(frozen=True, slots=True)
class Classified:
    """What a cell holds: identifiers that passed their standard's test, and texts that failed it with the rule."""

    identifiers: tuple[SecurityIdentifier, ...] = ()
    rejected: tuple[RejectedIdentifier, ...] = ()


NOTHING: Final = Classified()

_BLANK: Final = frozenset(
    {"", "-", "--", "---", "N/A", "NA", "#N/A", "NONE", "NULL", "NIL", "NAN", "0", "UNASSIGNED", "TBD"}
)
_LABEL: Final = re.compile(r"^(ISIN|CUSIP|CINS|SEDOL|FIGI|LEI|WKN|VALOR|VALOREN|USCC)\b[\s:#=.]*")
_SEPARATORS: Final = re.compile(r"[\s,;/|()\[\]]+")
_JOINERS: Final = re.compile(r"[\s.\-‐-―]+")
_JOINERS_BUT_DOTS: Final = re.compile(r"[\s\-‐-―]+")
_INTEGRAL: Final = re.compile(r"([0-9]+)\.0+")
_DECIMAL: Final = re.compile(r"[0-9.\s]+")
_LONG: Final = 12
"""The length of an ISIN: a shorter text with a dot in it is a ticker with its market, or a number."""

_FIGI: Final = re.compile(r"[B-DF-HJ-NP-TV-Z]{2}G[B-DF-HJ-NP-TV-Z0-9]{8}[0-9]")
_CUSIP_BASE: Final = re.compile(r"[0-9A-Z][0-9][0-9A-Z]{3,5}[0-9A-Z*@#]{2}")
_USCC: Final = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")
_WKN: Final = re.compile(r"[0-9A-HJ-NP-Z]{6}")
_VALOR: Final = re.compile(r"[0-9]{5,9}")
_OCC: Final = re.compile(r"([A-Z][A-Z0-9]{0,5}) *([0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([CP])([0-9]{8})")
_CINS_ISIN: Final = frozenset({"AN", "BB", "BM", "BS", "BZ", "KY", "LR", "MH", "PA", "PR", "VG", "VI"})
"""Countries whose ISIN is built on the CINS number that CUSIP Global Services gives."""


def _as(scheme: Scheme, value: str, origin: Origin) -> Classified:
    return Classified((SecurityIdentifier(scheme=scheme, value=value, origin=origin),))


def _no(scheme: Scheme, text: str, fault: str, restored: Iterable[str] = ()) -> Classified:
    found = tuple(SecurityIdentifier(scheme=scheme, value=v, origin=Origin.RESTORED) for v in restored)
    return Classified(found, (RejectedIdentifier(scheme=scheme, text=text, fault=fault),))


# ------------------------------------------------------------------------------------------------ what a cell holds


def classify(text: str, hint: Scheme | None = None, *, origin: Origin = Origin.STATED) -> Classified:
    """What identifiers a cell's text holds, whatever its header says.

    `hint` is the scheme its column claims: it settles what no check digit can (a WKN, a Valor, nine digits) and is the
    scheme a failing text is rejected under. `origin` is STATED, or RESTORED where the reader has already put zeros
    back. Text that is blank, or that without a hint has no identifier's shape, yields nothing at all. Several
    identifiers in one cell are all returned. Spaces, hyphens, dots (in no number), full-width forms and a label
    before the value are forgiven; a whole number with decimals (`37833100.0`) is read as its digits, RESTORED; a
    missing character, a wrong check digit or a lost zero is a rejection, with the value that the standard would allow
    as RESTORED beside it.
    """
    if len(text) == 12 and ISIN.fullmatch(text) and text[2] != "G" and not isin_fault(text):
        return Classified((SecurityIdentifier(scheme=Scheme.ISIN, value=text, origin=origin),))
    return _classify(text, hint, origin)


@lru_cache(maxsize=65536)
def _classify(text: str, hint: Scheme | None, origin: Origin) -> Classified:
    plain = unicodedata.normalize("NFKC", text).strip().strip("'\"`=").upper()
    label = _LABEL.match(plain)
    if label:
        plain = plain[label.end() :]
        hint = Scheme({"CINS": "cusip", "VALOREN": "valor"}.get(label[1], label[1].lower()))
    if plain in _BLANK:
        return NOTHING
    option = _OCC.fullmatch(plain)
    if option:
        return _as(Scheme.OCC, f"{option[1]:<6}{''.join(option.groups()[1:])}", origin)
    number = _of_number(plain, hint)
    if number:
        return number
    whole = _one(_compact(plain, hint), hint, origin)
    parts = [p for p in _SEPARATORS.split(plain) if p]
    if whole.identifiers or len(parts) < 2:
        return whole
    found = [_one(_compact(p, None), None, origin) for p in parts]
    if any(f.identifiers for f in found):
        return Classified(
            tuple(dict.fromkeys(i for f in found for i in f.identifiers)),
            tuple(r for f in found for r in f.rejected),
        )
    return whole


def _of_number(text: str, hint: Scheme | None) -> Classified | None:
    """What a number that a program made of an identifier was; None where a text is no such number. One with decimals
    (`169426103.0`) is its digits: nothing in it is as stated, and zeros before it may be lost.
    """
    whole = _INTEGRAL.fullmatch(text)
    if whole:
        found = _classify(whole[1], hint, Origin.RESTORED)
        return replace(found, rejected=tuple(replace(r, text=text) for r in found.rejected))
    if hint is Scheme.CUSIP and SCIENTIFIC.fullmatch(text) and not CUSIP.fullmatch(text):
        return _of_power(text)
    return None


def _of_power(text: str) -> Classified:
    """A CUSIP that a spreadsheet read as a power of ten, or rounded to its issuer's six digits: rejected."""
    candidates = (*cusips_of_number(text), *cusips_of_issuer(text))
    then = "the values given beside it are what it may have been" if candidates else "its last digits are lost"
    return _no(Scheme.CUSIP, text, f"CUSIP: a spreadsheet read it as a power of ten; {then}", candidates)


def _compact(text: str, hint: Scheme | None) -> str:
    """A text without what people put between its groups. A dot is such a mark in a long text and where the column says
    a scheme, never in a number: `600941.0` without its dot would be a valid SEDOL of somebody else.
    """
    whole = _JOINERS.sub("", text)
    kept = _DECIMAL.fullmatch(text) and hint is not Scheme.VALOR
    return _JOINERS_BUT_DOTS.sub("", text) if kept or (hint is None and len(whole) < _LONG) else whole


def _one(text: str, hint: Scheme | None, origin: Origin) -> Classified:
    """A single compact text: first what its shape and check digits say, then what the hint alone can."""
    if not text.isascii():
        return _no(hint, text, "only letters and digits of ASCII occur in identifiers") if hint else NOTHING
    by_shape = _by_shape(text, hint, origin)
    if by_shape.identifiers or hint is None:
        return by_shape
    by_hint = _by_hint(text, hint, origin)
    return by_hint if by_hint.identifiers or not by_shape.rejected else by_shape


def _by_shape(text: str, hint: Scheme | None, origin: Origin) -> Classified:
    size = len(text)
    found = NOTHING
    if size == 12 and ISIN_LIKE.fullmatch(text):
        found = _twelve(text, hint, origin)
    elif size == 20 and LEI.fullmatch(text):
        fault = lei_fault(text)
        found = _no(Scheme.LEI, text, fault) if fault else _as(Scheme.LEI, text, origin)
    elif size == 18 and _USCC.fullmatch(text) and std_uscc.is_valid(text):
        found = _as(Scheme.USCC, text, origin)
    elif size == 9 and CUSIP.fullmatch(text) and not cusip_fault(text):
        # nine digits pass one time in ten: where the column says Valor they are one
        found = NOTHING if hint is Scheme.VALOR and text.isdigit() else _as(Scheme.CUSIP, text, origin)
    elif size == 7 and SEDOL.fullmatch(text) and not sedol_fault(text):
        elsewhere = text.isdigit() and hint in {Scheme.CUSIP, Scheme.VALOR}
        found = NOTHING if elsewhere else _as(Scheme.SEDOL, text, origin)
    return found


def _twelve(text: str, hint: Scheme | None, origin: Origin) -> Classified:
    """Twelve characters: a FIGI or an ISIN. BB and others begin both; the hint settles what satisfies both."""
    fault = isin_fault(text)
    if _FIGI.fullmatch(text) and std_figi.is_valid(text) and (fault or hint is not Scheme.ISIN):
        return _as(Scheme.FIGI, text, origin)
    if not fault:
        return _as(Scheme.ISIN, text, origin)
    if text.startswith("BBG") or hint is Scheme.FIGI:
        return _no(Scheme.FIGI, text, "FIGI: alphabet or check digit differs from ANSI X9.145")
    if hint or (prefix_sums(text[:2]) and any(c.isdigit() for c in text)):
        return _no(Scheme.ISIN, text, fault, look_alikes(text, Scheme.ISIN))
    return NOTHING


def _by_hint(text: str, hint: Scheme, origin: Origin) -> Classified:
    if hint is Scheme.CUSIP:
        return _cusip(text)
    if hint is Scheme.SEDOL:
        return _sedol(text)
    if hint is Scheme.WKN and _WKN.fullmatch(text):
        return _as(Scheme.WKN, text, origin)
    if hint is Scheme.VALOR and _VALOR.fullmatch(text):
        return _as(Scheme.VALOR, text.lstrip("0"), origin)
    if hint is Scheme.COMPANY_NO:
        return _as(Scheme.COMPANY_NO, text, origin)
    return _no(hint, text, f"{hint.upper()}: {_NEEDS[hint]}, here {len(text)} characters")


_NEEDS: Final = {
    Scheme.ISIN: "two letters, nine letters or digits and a check digit are 12 (ISO 6166)",
    Scheme.FIGI: "12 characters without vowels, the third a G (ANSI X9.145)",
    Scheme.LEI: "20 letters or digits (ISO 17442)",
    Scheme.WKN: "six letters or digits without I and O",
    Scheme.VALOR: "five to nine digits",
    Scheme.OCC: "root, six digits of date, C or P, eight digits of strike",
    Scheme.USCC: "18 characters with a check character (GB 32100)",
}


def _cusip(text: str) -> Classified:
    """A text in a CUSIP column that is no valid CUSIP: which rule broke, and what it may have been."""
    if len(text) == 9 and CUSIP.fullmatch(text):
        return _no(Scheme.CUSIP, text, cusip_fault(text), look_alikes(text, Scheme.CUSIP))
    if text.isdigit() and 5 <= len(text) <= 8:
        padded = text.zfill(9)
        restored = [] if cusip_fault(padded) else [padded]
        if len(text) == 8:
            restored.append(text + cusip_digit(text))
        fault = f"CUSIP: 9 characters needed, here {len(text)}; leading zeros or the check digit missing"
        return _no(Scheme.CUSIP, text, fault, restored)
    if len(text) == 8 and _CUSIP_BASE.fullmatch(text):
        return _no(Scheme.CUSIP, text, "CUSIP: check digit missing", [text + cusip_digit(text)])
    return _no(
        Scheme.CUSIP,
        text,
        f"CUSIP: 9 characters needed (ANSI X9.6), here {len(text)}",
        look_alikes(text, Scheme.CUSIP),
    )


def _sedol(text: str) -> Classified:
    if len(text) == 7 and SEDOL.fullmatch(text):
        return _no(Scheme.SEDOL, text, sedol_fault(text))
    if text.isdigit() and 4 <= len(text) <= 6:
        padded = text.zfill(7)
        fault = f"SEDOL: 7 characters needed, here {len(text)}; leading zeros missing"
        return _no(Scheme.SEDOL, text, fault, [] if sedol_fault(padded) else [padded])
    return _no(Scheme.SEDOL, text, f"SEDOL: 7 characters without vowels needed, here {len(text)}")


# ------------------------------------------------------------------------------------------------ one inside another


def derive(identifiers: Iterable[SecurityIdentifier]) -> tuple[SecurityIdentifier, ...]:
    """The identifiers that stand inside or follow from the given ones, origin DERIVED, none of the given repeated.

    A CUSIP inside a US, CA or CINS-based ISIN and the US ISIN round a CUSIP; a SEDOL in a GB or IE, a WKN in a DE, a
    Valor in a CH or LI ISIN. They raise a question and neither prove nor clear (architecture §4).
    """
    given = tuple(identifiers)
    stated = {(i.scheme, i.value) for i in given}
    found: dict[tuple[Scheme, str], None] = {}
    for one in given:
        for pair in _within(one.scheme, one.value):
            if pair not in stated:
                found[pair] = None
    return tuple(SecurityIdentifier(scheme=s, value=v, origin=Origin.DERIVED) for s, v in found)


def _within(scheme: Scheme, value: str) -> list[tuple[Scheme, str]]:
    if scheme is Scheme.CUSIP and value[0].isdigit() and value.isalnum():
        body = "US" + value
        return [(Scheme.ISIN, body + std_isin.calc_check_digit(body))]
    if scheme is not Scheme.ISIN:
        return []
    country, inner = value[:2], value[2:11]
    cusip = (country in {"US", "CA"} or (country in _CINS_ISIN and inner[0].isalpha())) and not cusip_fault(inner)
    sedol = country in {"GB", "IE"} and SEDOL.fullmatch(inner[2:]) and not sedol_fault(inner[2:])
    wkn = country == "DE" and inner.startswith("000") and _WKN.fullmatch(inner[3:])
    valor = country in {"CH", "LI"} and inner.isdigit()
    every = (
        (cusip and inner[8].isdigit(), Scheme.CUSIP, inner),
        (sedol, Scheme.SEDOL, inner[2:]),
        (wkn, Scheme.WKN, inner[3:]),
        (valor, Scheme.VALOR, inner.lstrip("0")),
    )
    return [(kind, text) for holds, kind, text in every if holds]
