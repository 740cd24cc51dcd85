"""Parts the instrument's notation (`-A`, `SPON ADR`, `NPV`, `4.125% 05/06/26`) from the name; guesses no issuer.

The notation is that of custodians, Bloomberg, German exchanges and HKEX stock short names. Each part taken off is kept
with its meaning, for `instruments.py` and for the explanation of a match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cmic_screen.model import InstrumentKind as Kind


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of notation: its text as read, what it is (`share class`, `coupon`…), the kind it speaks for, if any."""

    text: str
    what: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class SplitName:
    """The issuer's name as far as it can be told, and what was taken off, in the order of reading."""

    issuer: str
    parts: tuple[Part, ...] = ()


_RECEIPT = r"(?:ADRS?|ADS|GDRS?|GDS|HDRS?|CDRS?|BDRS?|CEDEARS?)"
_SPONSORED = r"(?:(?:LEVEL \d )?(?:UN)?SPON(?:S(?:ORED)?)?|SPN|SP|REGD?)?"
_PAR = r"(?:HKD|USD|CNY|RMB|EUR|GBP|HK\$|US\$|CNH|YC|HD|DL|EO|LS|SF)"
_END: tuple[tuple[str, str, Kind | None], ...] = (
    (rf"[\s,(-]+{_SPONSORED}[\s.-]*{_RECEIPT}(?:\s*/\s*\d+|\s+REPR?\b.*|\s+EACH REP.*)?\)?$", "receipt", Kind.RECEIPT),
    (
        r"[\s,(-]+(?:CL(?:ASS|S)?|SER(?:IES)?)?[\s.-]*[ABHN][\s-]*(?:SHARES?|SHS?|SHRS|ORD|STOCK)\)?$",
        "share class",
        Kind.SHARE,
    ),
    (r"[\s,(-]+(?:CLASS|CL|CLS)\.?[\s-]*[A-HN]\)?$", "share class", Kind.SHARE),
    (r"\s*-\s*[ABHNSW]$", "share class", Kind.SHARE),
    (
        r"[\s,(-]+(?:ORDINARY|ORD|COMMON|COM|CAP|REG(?:ISTERED)?)[\s.]*(?:SHARES?|SHS|STOCK|NPV)?\)?$",
        "share",
        Kind.SHARE,
    ),
    (r"\s+(?:NPV|NO PAR(?: VALUE)?)$", "no par value", Kind.SHARE),
    (rf"\s+{_PAR}\s*[-.,]*\d+(?:[.,]\d+)*$", "par value", Kind.SHARE),
    (r"\s+\d+(?:[.,]\d+)?\s*%.*$", "coupon", Kind.BOND),
    (r"\s+(?:SHS|SHARES|SHRS|ORD|STOCK)$", "share", Kind.SHARE),
)
_GRAMMAR = tuple((re.compile(p, re.IGNORECASE), what, kind) for p, what, kind in _END)


def split_instrument(name: str) -> SplitName:
    """Take off what belongs to the instrument, again until nothing more comes off, since notations stack.

    A name that is nothing but notation is returned whole, without parts. Empty in, empty out.
    """
    issuer, parts = name.strip(), list[Part]()
    found = True
    while found:
        found = False
        for pattern, what, kind in _GRAMMAR:
            m = pattern.search(issuer)
            if m and issuer[: m.start()].strip(" ,-("):
                parts.insert(0, Part(m[0].strip(" ,-()"), what, kind))
                issuer, found = issuer[: m.start()].rstrip(" ,-("), True
    return SplitName(issuer, tuple(parts))
