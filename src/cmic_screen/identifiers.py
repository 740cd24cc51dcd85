"""Security identifiers in canonical form, or the rule of their standard that broke; never a guess passed off as stated.

ISO 6166 (ISIN), ANSI X9.6 (CUSIP, CINS, PPN), SEDOL (LSE), ANSI X9.145 (FIGI), ISO 17442 (LEI), GB 32100 (USCC), WKN,
Valoren and the OCC option symbol. python-stdnum is the reference; its slow paths are replaced by tables here and the
two are tested against each other. Content decides, the column's header (`hint`) only settles what content leaves open.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, Final

from stdnum import figi as std_figi
from stdnum import isin as std_isin
from stdnum import lei as std_lei
from stdnum.cn import uscc as std_uscc
from stdnum.gb import sedol as std_sedol

from cmic_screen.markets import Ticker, parse_ticker
from cmic_screen.model import Origin, RejectedIdentifier, Scheme, SecurityIdentifier

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

_ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_ISIN_LIKE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{8,10}")
_FIGI: Final = re.compile(r"[B-DF-HJ-NP-TV-Z]{2}G[B-DF-HJ-NP-TV-Z0-9]{8}[0-9]")
_CUSIP: Final = re.compile(r"[0-9A-Z*@#]{8}[0-9]")
_CUSIP_BASE: Final = re.compile(r"[0-9A-Z][0-9][0-9A-Z]{3,5}[0-9A-Z*@#]{2}")
_SEDOL: Final = re.compile(r"(?:[0-9]{6}|[B-DF-HJ-NP-TV-Z][0-9B-DF-HJ-NP-TV-Z]{5})[0-9]")
_LEI: Final = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
_USCC: Final = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")
_WKN: Final = re.compile(r"[0-9A-HJ-NP-Z]{6}")
_VALOR: Final = re.compile(r"[0-9]{5,9}")
_OCC: Final = re.compile(r"([A-Z][A-Z0-9]{0,5}) *([0-9]{2})(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])([CP])([0-9]{8})")
_SCIENTIFIC: Final = re.compile(r"([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,3})")

_EXPAND: Final = {chr(48 + n): str(n) for n in range(10)} | {chr(55 + n): str(n) for n in range(10, 36)}
_PLAIN: Final = bytes(max(0, n - 48) % 256 for n in range(256))
_DOUBLED: Final = bytes((2 * (n - 48) - 9 * (n >= 53)) % 256 if 48 <= n <= 57 else 0 for n in range(256))
_CUSIP_VALUE: Final = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*@#")}
_MISREAD: Final = {"O": "0", "I": "1", "L": "1"}
_CINS_ISIN: Final = frozenset({"AN", "BB", "BM", "BS", "BZ", "KY", "LR", "MH", "PA", "PR", "VG", "VI"})
"""Countries whose ISIN is built on the CINS number that CUSIP Global Services gives."""


# ------------------------------------------------------------------------------------------------ one standard each


def _isin_fault(text: str) -> str:
    """The clause of ISO 6166 that a text of 12 letters and digits breaks, "" where none."""
    sums = _prefix_sums(text[:2])
    if sums is None:
        return f"ISO 6166: {text[:2]} is neither a country nor a prefix reserved for ISINs"
    if not text[-1].isdigit():
        return "ISO 6166: the last character must be the check digit"
    rest = text[2:]
    digits = (rest if rest.isdigit() else "".join([_EXPAND[c] for c in rest])).encode()
    total = sums[len(digits) & 1] + sum(digits[::-2].translate(_PLAIN)) + sum(digits[-2::-2].translate(_DOUBLED))
    if total % 10:
        return f"ISO 6166: check digit is {text[-1]}, {(int(text[-1]) - total) % 10} by the standard"
    return ""


@lru_cache(maxsize=2048)
def _prefix_sums(prefix: str) -> tuple[int, int] | None:
    """What the country letters add to the Luhn sum before an even and an odd number of digits; None if unknown.

    python-stdnum keeps the table of prefixes; it is asked once each, by an ISIN made to be right in all else.
    """
    body = prefix + "0" * 9
    if not std_isin.is_valid(body + std_isin.calc_check_digit(body)):
        return None
    digits = "".join(_EXPAND[c] for c in prefix).encode()
    one = sum(digits[::-2].translate(_PLAIN)) + sum(digits[-2::-2].translate(_DOUBLED))
    other = sum(digits[::-2].translate(_DOUBLED)) + sum(digits[-2::-2].translate(_PLAIN))
    return one, other


def _cusip_digit(base: str) -> str:
    """The check digit of eight CUSIP characters (modulus 10 double-add-double)."""
    total = 0
    for position, char in enumerate(base):
        value = _CUSIP_VALUE[char] << (position & 1)
        total += value // 10 + value % 10
    return str(-total % 10)


def _cusip_fault(text: str) -> str:
    digit = _cusip_digit(text[:8])
    return "" if digit == text[8] else f"CUSIP: check digit is {text[8]}, {digit} by ANSI X9.6"


def _sedol_fault(text: str) -> str:
    digit = std_sedol.calc_check_digit(text[:6])
    return "" if digit == text[6] else f"SEDOL: check digit is {text[6]}, {digit} by the standard"


def _lei_fault(text: str) -> str:
    return "" if std_lei.is_valid(text) else "ISO 17442: the two check digits do not satisfy ISO 7064 mod 97-10"


def _as(scheme: Scheme, value: str, origin: Origin) -> Classified:
    return Classified((SecurityIdentifier(scheme=scheme, value=value, origin=origin),))


def _no(scheme: Scheme, text: str, fault: str, restored: Iterable[str] = ()) -> Classified:
    found = tuple(SecurityIdentifier(scheme=scheme, value=v, origin=Origin.RESTORED) for v in restored)
    return Classified(found, (RejectedIdentifier(scheme=scheme, text=text, fault=fault),))


# ------------------------------------------------------------------------------------------------ repairs, never proof


def cusips_of_number(text: str) -> tuple[str, ...]:
    """Every valid CUSIP that a spreadsheet would have turned into this number (`2.9364E+112` was 29364E108).

    A CUSIP of the shape digits, E, digits is read as a power of ten (pains A2); the check digit leaves one candidate
    in 96 of 100 cases. Empty where the text is no such number or nothing fits. Candidates are never proof.
    """
    number = _SCIENTIFIC.fullmatch(text.strip().upper())
    if not number:
        return ()
    mantissa = (number[1] + (number[2] or "")).rstrip("0") or "0"
    found = set()
    for before in range(1, 8):  # digits before the E; 8 - before stand after it
        for significant in range(len(mantissa), before + 1):  # the rest are leading zeros, lost as well
            power = int(number[3]) - (significant - 1)
            candidate = f"{mantissa.ljust(significant, '0').zfill(before)}E{power:0{8 - before}d}"
            if power >= 0 and len(candidate) == 9 and not _cusip_fault(candidate):
                found.add(candidate)
    return tuple(sorted(found))


def _look_alikes(text: str, scheme: Scheme) -> tuple[str, ...]:
    """The one valid reading of a text in which the letter O stands for 0, or I or L for 1, in at most two places."""
    spots = [i for i, c in enumerate(text) if c in _MISREAD and not (scheme is Scheme.ISIN and i < 2)]
    if not spots or len(text) != (12 if scheme is Scheme.ISIN else 9):
        return ()
    found = set()
    for some in [*combinations(spots, 1), *combinations(spots, 2)]:
        candidate = "".join(_MISREAD[c] if i in some else c for i, c in enumerate(text))
        fault = _isin_fault(candidate) if scheme is Scheme.ISIN else _cusip_fault(candidate)
        if candidate[-1].isdigit() and not fault:
            found.add(candidate)
    return tuple(found) if len(found) == 1 else ()


# ------------------------------------------------------------------------------------------------ what a cell holds


def classify(text: str, hint: Scheme | None = None, *, origin: Origin = Origin.STATED) -> Classified:
    """What identifiers a cell's text holds, whatever its header says.

    `hint` is the scheme its column claims: it settles what no check digit can (a WKN, a Valor, nine digits) and is the
    scheme a failing text is rejected under. `origin` is STATED, or RESTORED where the reader has already put zeros
    back. Text that is blank, or that without a hint has no identifier's shape, yields nothing at all. Several
    identifiers in one cell are all returned. Spaces, hyphens, dots, full-width forms and a label before the value
    are forgiven; a missing character, a wrong check digit or a lost zero is a rejection, with the value that the
    standard would allow as RESTORED beside it.
    """
    if len(text) == 12 and _ISIN.fullmatch(text) and text[2] != "G" and not _isin_fault(text):
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
    if hint is Scheme.CUSIP and _SCIENTIFIC.fullmatch(plain) and not _CUSIP.fullmatch(plain):
        fault = "CUSIP: a spreadsheet read it as a power of ten; the check digit allows the values given beside it"
        return _no(Scheme.CUSIP, plain, fault, cusips_of_number(plain))
    whole = _one(_JOINERS.sub("", plain), hint, origin)
    parts = [p for p in _SEPARATORS.split(plain) if p]
    if whole.identifiers or len(parts) < 2:
        return whole
    found = [_one(_JOINERS.sub("", p), None, origin) for p in parts]
    if any(f.identifiers for f in found):
        return Classified(
            tuple(dict.fromkeys(i for f in found for i in f.identifiers)),
            tuple(r for f in found for r in f.rejected),
        )
    return whole


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
    if size == 12 and _ISIN_LIKE.fullmatch(text):
        found = _twelve(text, hint, origin)
    elif size == 20 and _LEI.fullmatch(text):
        fault = _lei_fault(text)
        found = _no(Scheme.LEI, text, fault) if fault else _as(Scheme.LEI, text, origin)
    elif size == 18 and _USCC.fullmatch(text) and std_uscc.is_valid(text):
        found = _as(Scheme.USCC, text, origin)
    elif size == 9 and _CUSIP.fullmatch(text) and not _cusip_fault(text):
        # nine digits pass one time in ten: where the column says Valor they are one
        found = NOTHING if hint is Scheme.VALOR and text.isdigit() else _as(Scheme.CUSIP, text, origin)
    elif size == 7 and _SEDOL.fullmatch(text) and not _sedol_fault(text):
        elsewhere = text.isdigit() and hint in {Scheme.CUSIP, Scheme.VALOR}
        found = NOTHING if elsewhere else _as(Scheme.SEDOL, text, origin)
    return found


def _twelve(text: str, hint: Scheme | None, origin: Origin) -> Classified:
    """Twelve characters: a FIGI or an ISIN. BB and others begin both; the hint settles what satisfies both."""
    fault = _isin_fault(text)
    if _FIGI.fullmatch(text) and std_figi.is_valid(text) and (fault or hint is not Scheme.ISIN):
        return _as(Scheme.FIGI, text, origin)
    if not fault:
        return _as(Scheme.ISIN, text, origin)
    if text.startswith("BBG") or hint is Scheme.FIGI:
        return _no(Scheme.FIGI, text, "FIGI: alphabet or check digit differs from ANSI X9.145")
    if hint or (_prefix_sums(text[:2]) and any(c.isdigit() for c in text)):
        return _no(Scheme.ISIN, text, fault, _look_alikes(text, Scheme.ISIN))
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
    if len(text) == 9 and _CUSIP.fullmatch(text):
        return _no(Scheme.CUSIP, text, _cusip_fault(text), _look_alikes(text, Scheme.CUSIP))
    if text.isdigit() and 5 <= len(text) <= 8:
        padded = text.zfill(9)
        restored = [] if _cusip_fault(padded) else [padded]
        if len(text) == 8:
            restored.append(text + _cusip_digit(text))
        fault = f"CUSIP: 9 characters needed, here {len(text)}; leading zeros or the check digit missing"
        return _no(Scheme.CUSIP, text, fault, restored)
    if len(text) == 8 and _CUSIP_BASE.fullmatch(text):
        return _no(Scheme.CUSIP, text, "CUSIP: check digit missing", [text + _cusip_digit(text)])
    return _no(
        Scheme.CUSIP,
        text,
        f"CUSIP: 9 characters needed (ANSI X9.6), here {len(text)}",
        _look_alikes(text, Scheme.CUSIP),
    )


def _sedol(text: str) -> Classified:
    if len(text) == 7 and _SEDOL.fullmatch(text):
        return _no(Scheme.SEDOL, text, _sedol_fault(text))
    if text.isdigit() and 4 <= len(text) <= 6:
        padded = text.zfill(7)
        fault = f"SEDOL: 7 characters needed, here {len(text)}; leading zeros missing"
        return _no(Scheme.SEDOL, text, fault, [] if _sedol_fault(padded) else [padded])
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
    cusip = (country in {"US", "CA"} or (country in _CINS_ISIN and inner[0].isalpha())) and not _cusip_fault(inner)
    sedol = country in {"GB", "IE"} and _SEDOL.fullmatch(inner[2:]) and not _sedol_fault(inner[2:])
    wkn = country == "DE" and inner.startswith("000") and _WKN.fullmatch(inner[3:])
    valor = country in {"CH", "LI"} and inner.isdigit()
    every = (
        (cusip and inner[8].isdigit(), Scheme.CUSIP, inner),
        (sedol, Scheme.SEDOL, inner[2:]),
        (wkn, Scheme.WKN, inner[3:]),
        (valor, Scheme.VALOR, inner.lstrip("0")),
    )
    return [(kind, text) for holds, kind, text in every if holds]
