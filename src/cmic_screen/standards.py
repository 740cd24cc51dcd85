"""The standards of security identifiers as functions: the clause a text breaks, and what a damaged text may have been.

ISO 6166 (ISIN), ANSI X9.6 (CUSIP, CINS, PPN), SEDOL (LSE), ISO 17442 (LEI). python-stdnum is the reference; its slow
paths are replaced by tables, and the two are tested against each other. Nothing here knows a column or a company.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations
from typing import Final

from stdnum import isin as std_isin
from stdnum import lei as std_lei
from stdnum.gb import sedol as std_sedol

from cmic_screen.model import Scheme

ISIN: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
ISIN_LIKE: Final = re.compile(r"[A-Z]{2}[A-Z0-9]{8,10}")
CUSIP: Final = re.compile(r"[0-9A-Z*@#]{8}[0-9]")
SEDOL: Final = re.compile(r"(?:[0-9]{6}|[B-DF-HJ-NP-TV-Z][0-9B-DF-HJ-NP-TV-Z]{5})[0-9]")
LEI: Final = re.compile(r"[0-9A-Z]{18}[0-9]{2}")
SCIENTIFIC: Final = re.compile(r"([0-9])(?:[.,]([0-9]+))?E\+?([0-9]{1,3})")

_EXPAND: Final = {chr(48 + n): str(n) for n in range(10)} | {chr(55 + n): str(n) for n in range(10, 36)}
_PLAIN: Final = bytes(max(0, n - 48) % 256 for n in range(256))
_DOUBLED: Final = bytes((2 * (n - 48) - 9 * (n >= 53)) % 256 if 48 <= n <= 57 else 0 for n in range(256))
_CUSIP_VALUE: Final = {c: n for n, c in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*@#")}
_MISREAD: Final = {"O": "0", "I": "1", "L": "1"}


# ------------------------------------------------------------------------------------------------ one standard each


def isin_fault(text: str) -> str:
    """The clause of ISO 6166 that a text of 12 letters and digits breaks, "" where none."""
    sums = prefix_sums(text[:2])
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
def prefix_sums(prefix: str) -> tuple[int, int] | None:
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


def cusip_digit(base: str) -> str:
    """The check digit of eight CUSIP characters (modulus 10 double-add-double)."""
    total = 0
    for position, char in enumerate(base):
        value = _CUSIP_VALUE[char] << (position & 1)
        total += value // 10 + value % 10
    return str(-total % 10)


def cusip_fault(text: str) -> str:
    """The clause of ANSI X9.6 that a text of the shape CUSIP breaks, "" where none."""
    digit = cusip_digit(text[:8])
    return "" if digit == text[8] else f"CUSIP: check digit is {text[8]}, {digit} by ANSI X9.6"


def sedol_fault(text: str) -> str:
    """The fault in the check digit of a text of the shape SEDOL, "" where none."""
    digit = std_sedol.calc_check_digit(text[:6])
    return "" if digit == text[6] else f"SEDOL: check digit is {text[6]}, {digit} by the standard"


def lei_fault(text: str) -> str:
    """The clause of ISO 17442 that a text of the shape LEI breaks, "" where none."""
    return "" if std_lei.is_valid(text) else "ISO 17442: the two check digits do not satisfy ISO 7064 mod 97-10"


# ------------------------------------------------------------------------------------------------ repairs, never proof


def cusips_of_number(text: str) -> tuple[str, ...]:
    """Every valid CUSIP that a spreadsheet would have turned into this number (`2.9364E+112` was 29364E108).

    A CUSIP of the shape digits, E, digits is read as a power of ten (pains A2); the check digit leaves one candidate
    in 96 of 100 cases. Empty where the text is no such number or nothing fits. Candidates are never proof.
    """
    number = SCIENTIFIC.fullmatch(text.strip().upper())
    if not number:
        return ()
    mantissa = (number[1] + (number[2] or "")).rstrip("0") or "0"
    found = set()
    for before in range(1, 8):  # digits before the E; 8 - before stand after it
        for significant in range(len(mantissa), before + 1):  # the rest are leading zeros, lost as well
            power = int(number[3]) - (significant - 1)
            candidate = f"{mantissa.ljust(significant, '0').zfill(before)}E{power:0{8 - before}d}"
            if power >= 0 and len(candidate) == 9 and not cusip_fault(candidate):
                found.add(candidate)
    return tuple(sorted(found))


def cusips_of_issuer(text: str) -> tuple[str, ...]:
    """The first equity issues of the issuer whose six digits are all that a rounded number kept (`1.69426E+08`).

    Equity issues of an issuer are numbered 10, 20 and so on (CUSIP Global Services). Candidates to ask about, never
    proof. Empty where the text is no number of nine digits of which six are stated.
    """
    number = SCIENTIFIC.fullmatch(text.strip().upper())
    issuer = number[1] + (number[2] or "") if number else ""
    if number is None or len(issuer) != 6 or int(number[3]) != 8:
        return ()
    return tuple(issuer + issue + cusip_digit(issuer + issue) for issue in ("10", "20", "30", "40"))


def look_alikes(text: str, scheme: Scheme) -> tuple[str, ...]:
    """The one valid reading of a text in which the letter O stands for 0, or I or L for 1, in at most two places."""
    spots = [i for i, c in enumerate(text) if c in _MISREAD and not (scheme is Scheme.ISIN and i < 2)]
    if not spots or len(text) != (12 if scheme is Scheme.ISIN else 9):
        return ()
    found = set()
    for some in [*combinations(spots, 1), *combinations(spots, 2)]:
        candidate = "".join(_MISREAD[c] if i in some else c for i, c in enumerate(text))
        fault = isin_fault(candidate) if scheme is Scheme.ISIN else cusip_fault(candidate)
        if candidate[-1].isdigit() and not fault:
            found.add(candidate)
    return tuple(found) if len(found) == 1 else ()
