"""Words that say nothing of who issued a security: legal forms, small words, notation of instruments. Reads no name."""

from __future__ import annotations

from typing import Final

from cmic_screen.names.notation import CLASS_WORDS, LINKING, ONLY_BESIDE, STATES, WRITER_WORDS
from cmic_screen.names.notation import WORDS as NOTATION
from cmic_screen.resolve.legal import CANONICAL, FORMS, STOP
from cmic_screen.resolve.pinyin import LEGAL as PINYIN_LEGAL

LIGHT: Final = frozenset(
    {
        *STOP,
        *FORMS,
        *CANONICAL,
        *PINYIN_LEGAL,
        *CLASS_WORDS,
        *ONLY_BESIDE,
        *WRITER_WORDS,
        *" ".join([*NOTATION, *STATES]).split(),
        *LINKING - {"SU", "DI"},
    }
)
"""Banks that write derivatives are among them; SU and DI are not: they are syllables of Chinese names as well."""


def is_light(word: str) -> bool:
    """Whether the word is one of them, or holds digits: par values, coupons, days."""
    return word in LIGHT or not word.isalpha()
