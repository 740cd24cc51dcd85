"""Sheets of nothing but names in several columns: each column is a list of its own, so that no name is lost.

It never takes a column beside others where one of them holds codes, amounts or what a known heading says: such columns
are a table (pains B1).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords, vocabulary
from cmic_screen.ingest.content import name_like, sure_code
from cmic_screen.ingest.headings import stem
from cmic_screen.ingest.layout import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.sheet import Sheet

_DIGITS: Final = frozenset("0123456789")
_LETTERED: Final = re.compile(r"(\w.*\S) [A-Z]")
"""A title told from its like by a letter: `Fund A`."""
_WORDS: Final = 8
"""A name of more words is a sentence."""


def lists_of_names(sheet: Sheet) -> list[Block]:
    """Where nothing but names stands, without a header, in several columns (`Apple Inc,China Mobile Ltd` on one line,
    or lists side by side, each under a title or none): each column a list of its own, so that no name is lost behind
    another; else none.
    """
    used = [i for i, n in enumerate(sheet.filled) if n]
    held = [j for j in range(sheet.width) if any(sheet.text[j])]
    if len(held) < 2 or not used:
        return []
    columns = [[t for t in sheet.text[j] if t] for j in held]
    titles: tuple[int, ...] = ()
    if not all(_apart(texts) and all(_bare_name(t, alone=len(used) == 1) for t in texts) for texts in columns):
        first = [sheet.text[j][used[0]] for j in held]
        if len(used) < 3 or any(map(vocabulary.exact, first)) or not all(map(_of_names, columns)):
            return []
        titles = (used[0],) if _numbered(first) else ()
    start, stop = used[0] + len(titles), used[-1] + 1
    return [
        Block(titles, start, stop, left, right, ("",) * (right - left), holds="security_name")
        for left, right in pairwise([*held, sheet.width])
    ]


def _apart(texts: Sequence[str]) -> bool:
    return len(set(texts)) == len(texts)


def _of_names(texts: Sequence[str]) -> bool:
    """Whether what stands under a title is names: different ones, half of them plainly so, the rest such as `SMIC`."""
    below = texts[1:]
    if not below or not _apart(texts) or any(t[:1].islower() or len(t.split()) > _WORDS for t in below):
        return False
    if any(sum(map(str.isalpha, t)) < 3 or sure_code(t) or rowwords.general(t) or rowwords.total(t) for t in below):
        return False
    return sum(1 for t in below if _bare_name(t, alone=False)) * 2 >= len(below)


def _numbered(first: Sequence[str]) -> bool:
    """Whether a row of texts is titles that number what is held (`Fund A | Fund B`, `Portfolio 1 | Portfolio 2`)."""
    stems = {found[1] if (found := _LETTERED.fullmatch(t)) else stem(t) for t in first}
    word = stems.pop()
    return not stems and word not in first and bool(vocabulary.exact(word) or rowwords.general(word))


def _bare_name(text: str, *, alone: bool) -> bool:
    """Whether a cell reads like a name: five letters together or several words, no digit, no heading's general word. On
    a line `alone` three letters are enough: columns of codes beside names (`Apple Inc,AAPL`) take more lines to tell.
    """
    if text[:1].islower() or rowwords.salutation(text):
        return False  # a letter's commas part no names
    if alone and sum(map(str.isalpha, text)) > 2 and not rowwords.general(text):
        return not text.isupper() or " " in text
    return name_like(text) and not _DIGITS & set(text) and not rowwords.general(text) and not text.endswith(":")
