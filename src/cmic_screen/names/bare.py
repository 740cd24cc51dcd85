"""Which names are plainly without notation, as those of most companies are. Takes nothing off, and never guesses: what
might be notation is left to `instrument.py`, whose words (`notation.py`) it follows.
"""

from __future__ import annotations

import re
from typing import Final

from cmic_screen.names import notation as n

_PLAIN: Final = re.compile(
    r"((?:(?:[A-Za-z]{2,}(?:\.?,[A-Za-z]{2,})*[.,;]*|&) )*[A-Za-z]{2,}(?:\.?,[A-Za-z]{2,})*[.,;]*)"
    r"(?: (?:S\.A\.|S\.[Pp]\.A\.|N\.V\.))?"
)
"""Words of letters alone, and a legal form with dots: no rule of notation takes these off."""
_KEYS: Final = frozenset().union(
    n.WORDS, n.STATES, n.CLASS_WORDS, n.ONLY_BESIDE, n.CURRENCIES, n.MARKET_CODES, n.PAR_WORDS
)
_NOTING: Final = frozenset(word for key in _KEYS for word in key.split())
"""Words of notation: two of them may be one together (LIMITED PARTNERSHIP), one only where it is in `_KEYS`."""


def is_bare(name: str) -> bool:
    """Whether a name, with single spaces, is plainly without notation: `split_instrument` takes nothing off.

    Empty in, False out.
    """
    plain = _PLAIN.fullmatch(name)
    return plain is not None and not _noted(plain[1])


def _noted(name: str) -> bool:
    """Whether a name of plain words may hold notation."""
    found = _NOTING.intersection(re.split("[^A-Z]+", name.upper()))
    return len(found) > 1 or not found.isdisjoint(_KEYS)
