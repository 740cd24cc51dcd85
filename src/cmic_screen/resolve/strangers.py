"""Whether a stated name plainly is somebody else's than a listed entity's; it needs a reason to say so, not a doubt.

A name that is short, cut, abbreviated or only notation is no stranger's: an identifier then stands alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cmic_screen.names import has_han, normalise, split_instrument
from cmic_screen.resolve.legal import strip_forms

if TYPE_CHECKING:
    from collections.abc import Iterable

_GENERIC_WORDS: Final = """
    A AN AND THE OF FOR CO COMPANY CORP CORPORATION LTD LIMITED INC INCORPORATED PLC AG SA NV SPA LLC LP GROUP
    GRP HOLDING HOLDINGS HLDG HLDGS INTERNATIONAL INTL NATIONAL GLOBAL CHINA CHINESE HONG KONG HK PRC TECHNOLOGY
    TECHNOLOGIES TECH INDUSTRY INDUSTRIES IND EQUITY EQUITIES STOCK STOCKS COMMON SHARE SHARES ORD ORDINARY BOND
    BONDS NOTE NOTES FUND CASH SECURITY SECURITIES UNKNOWN OTHER VARIOUS CLASS SERIES UNIT UNITS ADR GDR ADS
    CALL PUT OPTION WARRANT FUTURE SWAP
"""
_HAN_GENERIC: Final = re.compile("股份|有限|责任|公司|集团|控股|中国|科技|技术|工业|国际|电子")
_GENERIC: Final = frozenset(_GENERIC_WORDS.split())


def words_of(names: Iterable[str]) -> frozenset[str]:
    """What a company's names are recognised by: their particular words, initials, and pairs of Chinese characters."""
    found: set[str] = set()
    for name in names:
        text = normalise(name)
        if has_han(text):
            found.update(_pairs(text))
        else:
            words = text.split()
            found.update(w for w in words if w not in _GENERIC)
            found.add("".join(w[0] for w in words if w not in {"OF", "AND", "THE", "LIMITED", "LTD"}))
    return frozenset(found)


@lru_cache(maxsize=65536)
def particular(name: str) -> tuple[str, ...]:
    """The words of a stated name, notation taken off, that could tell one company from another; () where none can."""
    text = normalise(split_instrument(name).issuer)
    if has_han(text):
        return _pairs(text)
    words = tuple(w for w in text.split() if w not in _GENERIC and not w.isdigit())
    plain = 4 if strip_forms(text.split())[1] else 5  # four letters alone (CMHK) may be anybody's abbreviation
    return words if any(len(w) >= plain and w.isalpha() for w in words) else ()


def _pairs(text: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters of a Chinese name, what every company's name has left out."""
    parts = _HAN_GENERIC.split(text)
    return tuple(p[i : i + 2] for p in parts for i in range(len(p) - 1))


@lru_cache(maxsize=65536)
def has_form(name: str) -> bool:
    """Whether a stated name carries a legal form (LTD, CO, 有限公司…), notation of the instrument taken off."""
    text = normalise(split_instrument(name).issuer)
    return text.endswith("公司") or bool(strip_forms(text.split())[1])


def is_stranger(name: str, words: frozenset[str]) -> bool:
    """Whether the name has words to be known by and shares none, not even their first four letters, with `words`."""
    own = particular(name)
    if not own or (has_han(name) and not any(has_han(w) for w in words)):
        return False
    return not any(_shared(w, words) for w in own)


def resembles(name: str, words: frozenset[str]) -> bool:
    """Whether every word by which the name is known is one of `words`, abbreviated or cut perhaps: a second sign."""
    own = particular(name)
    return bool(own) and all(_shared(w, words) for w in own if len(w) > 2)


def _shared(word: str, words: frozenset[str]) -> bool:
    if word in words or not word.isascii():
        return word in words
    return any(known[:4] == word[:4] if len(word) >= 4 else False for known in words) or any(
        _spells(word, known) for known in words
    )


def _spells(word: str, known: str) -> bool:
    """Whether one is an abbreviation of the other's letters (`CNMOB`, `HIKVSN`): same first, others in order."""
    if not word.isascii() or not known.isascii() or len(word) < 3 or len(known) <= len(word) or word[0] != known[0]:
        return False
    rest = iter(known)
    return all(c in rest for c in word)
