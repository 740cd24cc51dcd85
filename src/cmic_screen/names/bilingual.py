"""A name printed in two scripts, taken apart into its Latin and its Chinese half. Guesses nothing.

Brokers and exchanges of Hong Kong and the mainland print both beside each other (`HIKVISION 海康威视`,
`中芯国际 (SMIC)`); neither half may be lost because the other stands beside it.
"""

from __future__ import annotations

import re

from cmic_screen.names.fold import has_han
from cmic_screen.names.notation import WORDS

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_LATIN_RUN = re.compile(rf"[^{_HAN}]+")
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_EDGES = " ,;:/|()（）[]【】-–.、，"
SHORTEST = 3
FUNDS = frozenset({"ETF", "ETFS", "LOF", "FOF", "QDII", "REIT", "REITS"})
"""What names a fund in Chinese letters: what stands before it is its index, no company (`电信ETF`)."""


def halves(name: str) -> tuple[str, str] | None:
    """(Latin half, Chinese half) of a name in both scripts; None where there are not two.

    Letters that a Chinese name bears as notation (`A股`, `24电信MTN001`, `-W`) are no half: of the Latin half's words
    one has three letters or more and is no notation. The longest run of Latin letters is the half.
    """
    if not has_han(name):
        return None
    runs = [run.strip(_EDGES) for run in _LATIN_RUN.findall(name)]
    named = [run for run in runs if any(_names(word) for word in _WORD.findall(run))]
    if not named:
        return None
    rest = name
    for run in named:
        rest = rest.replace(run, " ", 1)
    return max(named, key=len), " ".join(rest.split()).strip(_EDGES)


def _names(word: str) -> bool:
    return len(word) >= SHORTEST and word.isascii() and word.upper() not in FUNDS and word.upper() not in WORDS
