"""Short names of HKEX derivative warrants, inline warrants and bull/bear contracts, taken apart; knows no underlying's
full name.

Form, by HKEX's naming of structured products in 15 characters: issuer's two letters, `-` or nothing, underlying in
four or five, `@` (warrant) or `#` before it (CBBC), E or R, C or P, expiry as year and month, series letter or digit:
`SG-SMIC@EC2607B`, `UBCNOOC@EP2603A`, `HS#C MOBRC2710C`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cmic_screen.model import InstrumentKind

_WARRANT = re.compile(
    r"(?P<by>[A-Z]{2})[ -]?(?P<what>[A-Z0-9&][A-Z0-9& ]{1,4}?) ?@ ?(?P<type>[ERI][CP]?)(?P<end>\d{4})[A-Z0-9]?\$?"
)
_CBBC = re.compile(
    r"(?P<by>[A-Z]{2}) ?# ?(?P<what>[A-Z0-9&][A-Z0-9& ]{1,4}?) ?(?P<type>R[CP])(?P<end>\d{4})[A-Z0-9]?\$?"
)


@dataclass(frozen=True, slots=True)
class StructuredProduct:
    """`issuer` is HKEX's code of who wrote it, `underlying` HKEX's abbreviation, `expiry` year and month as `YYMM`."""

    issuer: str
    underlying: str
    call: bool
    expiry: str
    kind: InstrumentKind


def parse_structured(name: str) -> StructuredProduct | None:
    """The parts of a structured product's short name, or None where the name has not that form."""
    text = " ".join(name.upper().split())
    for pattern, kind in ((_WARRANT, InstrumentKind.WARRANT), (_CBBC, InstrumentKind.CBBC)):
        m = pattern.fullmatch(text)
        if m:
            return StructuredProduct(m["by"], m["what"].strip(), not m["type"].endswith("P"), m["end"], kind)
    return None
