"""Cuts a name into the pieces that may be notation: at spaces, brackets, slashes, and the hyphen before a class.

It takes nothing off and says of no piece that it is notation, only what a key means by itself (`notation.py`: market
data providers' and exchanges' shorthand).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from cmic_screen.names import notation as n

if TYPE_CHECKING:
    from cmic_screen.model import InstrumentKind

_PIECE = re.compile(r"[^\s()\[\]]+")
_TAIL = re.compile(
    r"(?<=[A-Z).,&\u3040-\u30ff\uac00-\ud7af])(?:\s*[-–]\s*|\.)(?P<tail>[A-Z]{1,2}|[A-Z]{3,9}|(?:CW|WTS?)\d{2,4})$"
)
_PARTED = re.compile(r"[-–.]")
_SLASHED = re.compile(r"(?P<form>\S*[A-Z]\.?)/(?P<tail>[A-Z]{1,9})/?")  # CNOOC LTD/ADR, as EDGAR conforms names
_DIGIT = re.compile(r"\d")
EDGES = "-–'\"“”()[],;:/*.`´’‘ "
CLASS = frozenset("ABHN")
FORMS = frozenset({"LTD", "LIMITED", "CORP", "CORPORATION", "CO", "COMPANY", "INC", "PLC", "AG", "SA", "NV"})
_NO_STEM = FORMS | n.CLASS_WORDS  # CL-A
_SLASHED_OFF = CLASS | n.WORDS.keys()
_RECEIPTS = frozenset({"ADR", "ADRS", "ADS", "GDR", "GDRS"})


@dataclass(slots=True)
class Pieces:
    """The name cut at spaces, brackets and the hyphen before a class or receipt; consumed from both ends."""

    words: list[str]
    keys: list[str]
    dashed: list[bool]


def cut(name: str) -> Pieces:
    """The pieces of a name, and of each its key: capitals without punctuation at the ends."""
    words, dashed, stems = [], [], set[int]()
    for m in _PIECE.finditer(name):
        word, hyphen = m[0].rstrip("-–") or m[0], m.start() > 0 and name[m.start() - 1] in "-–"  # CLASS-H-
        slashed = _SLASHED.fullmatch(word.upper()) if "/" in word else None
        formed = slashed is not None and slashed["form"].strip(".") in FORMS and slashed["tail"] in _SLASHED_OFF
        if slashed and (formed or slashed["tail"] in _RECEIPTS):
            words += [word[: slashed.end("form")], word[slashed.start("tail") :]]
            dashed += [hyphen, True]
            continue
        tail = _TAIL.search(word.upper()) if _PARTED.search(word) else None
        noted = tail is not None and (
            known(tail["tail"]) or tail["tail"] in n.CLASS_WORDS | n.CURRENCIES
        )  # INC-CLASS B, -CW27
        if tail and not noted and (len(tail["tail"]) > 2 or tail["tail"] in ("CO", "AG", "SA", "NV")):
            tail = None
        if tail and tail.start() > 0 and word.upper() not in n.WORDS:
            behind = words and words[-1].strip(EDGES).upper() in FORMS
            if tail.start() == 2 and not behind and word[:2].upper() not in _NO_STEM:
                stems.add(len(words))  # CHINA RAIL CN-H, CHINA RAIL GR-H: a cut word of the name, no country
            words += [word[: tail.start()], word[tail.start("tail") :]]
            dashed += [hyphen or word.startswith("-"), True]
        else:
            words.append(word)
            market = m.start() > 0 and name[m.start() - 1] == "(" and word.upper() in n.MAINLAND
            dashed.append(hyphen or market or word[0] in "-–'\"")
    return Pieces(words, [w.strip(EDGES).upper() + "-" * (i in stems) for i, w in enumerate(words)], dashed)


@lru_cache(maxsize=50_000)  # the last words of names repeat
def known(key: str) -> tuple[str, InstrumentKind | None] | None:
    """What a key is as notation by itself, and the kind it speaks for; None where it is none."""
    found = n.WORDS.get(key)
    if found or not _DIGIT.search(key):  # every pattern has a digit in it
        return found
    return next(((what, kind) for pattern, what, kind in n.PATTERNS if pattern.fullmatch(key)), None)
