"""Hong Kong printed with one slip in either of its two words (HONK KONG, HONG KOGN), as a kind: finds it, and no other
place.

A slip is a letter dropped, doubled, added, changed or swapped with its neighbour, the first letter apart; the other
word must stand beside it as it should. Syllables of Chinese names (HANG, KING) are no slips.
"""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import Final

_SYLLABLES: Final = frozenset(first + vowel + "NG" for first in "HK" for vowel in "AEIOU")


def _slips(word: str) -> frozenset[str]:
    cuts = [(word[:i], word[i:]) for i in range(1, len(word) + 1)]
    wrong = {a + c + b[skip:] for a, b in cuts for c in ("", *ascii_uppercase) for skip in (0, 1)}
    wrong |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    return frozenset(x for x in wrong if len(x) > 2) - _SYLLABLES


_HONG, _KONG = _slips("HONG"), _slips("KONG")
WORDS: Final = _HONG | _KONG | {"HONG", "KONG"}
"""All words that may be HONG or KONG beside the other."""
_MISSPELT: Final = re.compile(rf"\b(?:(?:{'|'.join(sorted(_HONG))}) KONG|HONG (?:{'|'.join(sorted(_KONG))}))\b")


def put_right(text: str) -> str:
    """A normalised name with Hong Kong as it is spelled."""
    return _MISSPELT.sub("HONG KONG", text) if " KONG" in text or "HONG " in text else text
