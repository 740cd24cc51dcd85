"""Whether a row of texts reads like a table's header, told by its words alone; it looks at no row beneath it.

Brokers number the columns of their own (`UDF1`, `Address 2`, `Rating 2024`): a heading may end in a number, an amount
may not be a heading (pains B1).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen.ingest import rowwords, vocabulary
from cmic_screen.ingest.fields import WHAT

if TYPE_CHECKING:
    from collections.abc import Sequence

_DIGITS: Final = frozenset("0123456789")
_REPEATS: Final = 6
"""Times that a header's texts repeat within it at most: tables side by side; a row of a few words over is content."""
_NUMBERED: Final = re.compile(r"([^\W\d_]\D{0,40}?)[ _.#/-]*(?:\d{1,2}|(?:19|20)\d\d|(?<=[a-z][ _])\d{3})")
"""A heading that bears a number of its own: `UDF1`, `Address 2`, `Q3`, `Rating 2024`."""
_ACCOUNTS: Final = re.compile(r"([^\W\d_]\D{0,20}?)[ _.#/-]*\d{3,12}")
"""A heading of a word and a longer number."""
_SPAN: Final = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[ -]?(?:[dwmy]|mo|mth|yr|day|week|month|year)s?\b.{0,20}", re.IGNORECASE
)
"""A heading that is a year, or a length of time (`3Y`, `12 months return`)."""
PIVOT: Final = (
    "row labels",
    "column labels",
    "sum of ",
    "count of ",
    "average of ",
    "zeilenbeschriftungen",
    "étiquettes de lignes",
    "etiquetas de fila",
    "etichette di riga",
    "rijlabels",
    "summe von ",
    "somme de ",
)
"""How the headings of pivot tables begin, folded."""


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row reads like a table's header: known words for two fields at least, hardly an amount."""
    stated = _without_accounts([c for c in cells if c])
    amounts = sum(map(figure, stated))
    if (
        len(stated) < 2
        or amounts * 3 > len(stated)
        or (amounts and any(c.casefold() in rowwords.TOTAL for c in stated))
    ):
        return False
    known, fields = header_score(stated)
    distinct = len(set(stated))
    if distinct * _REPEATS < len(stated) or stated[0].endswith(":"):
        return False
    return known >= 2 and fields >= 2 and known * 5 >= len(set(map(stem, stated))) * 2


def _without_accounts(stated: list[str]) -> list[str]:
    """A row's texts with those that differ only in a number (`A/C 1001`, `A/C 1002`: a column an account) as one."""
    words = [found[1] if (found := _ACCOUNTS.fullmatch(t)) else "" for t in stated]
    repeated = {w for w in words if w and words.count(w) > 1}
    kept = [w if w in repeated else t for t, w in zip(stated, words, strict=True)]
    return list(dict.fromkeys(kept)) if repeated else stated


def header_score(cells: Sequence[str]) -> tuple[int, int]:
    """How many different cells of a row are known headers, and how many different fields they speak for."""
    known = [c for c in dict.fromkeys(cells) if c and len(c) < 80 and vocabulary.exact(c)]
    fields = {max(f, key=lambda n: f[n]) for c in known if (f := vocabulary.fields_of(c))}
    return len(known), len(fields)


def names_security(cells: Sequence[str]) -> bool:
    """Whether some cell may head a column by which a holding can be screened."""
    return any(name in WHAT for c in cells if c for name in vocabulary.fields_of(c))


def stem(text: str) -> str:
    """What a heading says without the number that tells it from its like, so that `Note 1` to `Note 9` are one word;
    "" for a year or a length of time.
    """
    if vocabulary.exact(text):
        return text
    if _SPAN.fullmatch(text):
        return ""
    found = _NUMBERED.fullmatch(text)
    return found[1] if found else text


def figure(text: str) -> bool:
    """Whether a cell begins or ends with a digit and is no heading that may do so."""
    return (text[0] in _DIGITS or text[-1] in _DIGITS) and stem(text) == text and not vocabulary.exact(text)
