"""Names that hold the whole name of a listed entity and more words, like no name known here: HIKVISION and ROBOTICS,
中国移动 and 多媒体. Finds; it never says that the entity itself is meant.

Most are affiliates or namesakes, which the order does not reach (no 50 percent rule: FAQ 857); to drop them in silence
would hide the one that is the entity itself, in words that nobody foresaw (issue 4).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz import fuzz

from cmic_screen.model import NameKind
from cmic_screen.names import has_han, normalise
from cmic_screen.names.han import core_han
from cmic_screen.resolve.heldname import held_name
from cmic_screen.resolve.variants import core_words
from cmic_screen.resolve.words import weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cmic_screen.resolve.listed import ListedName

LEAST: Final = 0.6
"""What the words of a name weigh that says whose it is: CHINA MOBILE (0.76) does, CHINA ELECTRONICS (0.53) does not."""
ANYWHERE: Final = 6
"""Letters of a name of one word from which it is looked for behind other words as well; DJI is an index there."""
_CODE: Final = 2
_FORMS: Final = ("LIMITED", "COMPANY", "CORPORATION", "COMPANYLIMITED", "COLTD")
_LIKE_FORM: Final = 75
"""Likeness, of 100, from which the rest is rather a legal form badly read than words (LIRNITED, LIMI TED)."""
_PLACES: Final = frozenset({"UK", "US", "EU", "HK"})
"""Of two letters, where a company's branch is; any others are rather a code (CHINA MOBILE LN)."""
_WORD: Final = re.compile("[A-Z0-9]+")
_WEAK: Final = 4  # letters of a weak alias that may be a group's brand (AVIC, CETC); shorter ones are many others' too
_HAN: Final = 4  # characters of a Chinese name


class Borne(NamedTuple):
    """A listed name within a held one; the words of it that stand there, all but its legal form; what else stands
    there; how much of the held name's weight the listed one is; whether the rest may as well be a code of a market or
    a currency, or a legal form.
    """

    listed: ListedName
    words: str
    rest: str
    share: float
    asks: bool


class Bearers:
    """The listed names that may be borne."""

    def __init__(self, names: Iterable[ListedName]) -> None:
        self._latin: dict[tuple[str, ...], list[ListedName]] = {}
        self._han: dict[str, list[ListedName]] = {}
        for name in names:
            normal = normalise(name.text) if name.is_listed else ""
            if has_han(normal):
                short, _ = core_han(normal)
                if len(short) >= _HAN:
                    self._han.setdefault(short, []).append(name)
            elif normal.isascii() and _is_brand(core := core_words(normal)[0], name.kind):
                self._latin.setdefault(core, []).append(name)
        self._alone = frozenset(core[0] for core in self._latin if len(core) == 1)
        self._begun = frozenset(core[:2] for core in self._latin if len(core) > 1)
        self._heads = self._alone.union(head for head, _ in self._begun)
        self._most = max((len(core) for core in self._latin), default=0)

    def of(self, name: str) -> list[Borne]:
        """The longest listed name that the name bears, once for each of its entities; [] where it bears none."""
        if name.isascii() and not self._may(_WORD.findall(name.upper())):
            return []
        held = held_name(name)
        if has_han(held.issuer):
            return self._of_han(core_han(held.issuer)[0])
        core = held.core
        for size in range(min(len(core) - 1, self._most), 0, -1):
            for at in range(len(core) - size + 1):
                part, rest = core[at : at + size], core[:at] + core[at + size :]
                if part in self._latin and (at == 0 or _is_plain(part)):
                    return _borne(self._latin[part], part, rest)
        return []

    def _may(self, words: list[str]) -> bool:
        """Whether these words hold a listed name of one word, or how one of several begins."""
        if self._heads.isdisjoint(words):
            return False
        return not self._alone.isdisjoint(words) or not self._begun.isdisjoint(pairwise(words))

    def _of_han(self, core: str) -> list[Borne]:
        for size in range(len(core) - 1, _HAN - 1, -1):
            for at in range(len(core) - size + 1):
                if found := self._han.get(part := core[at : at + size]):
                    rest = f"{core[:at]} {core[at + size :]}".strip()
                    return [Borne(n, part, rest, round(size / len(core), 4), asks=False) for n in _one_each(found)]
        return []


def _is_brand(core: tuple[str, ...], kind: NameKind) -> bool:
    """Whether a name of these words says whose it is wherever it stands."""
    if kind is NameKind.WEAK:
        return len(core) == 1 and len(core[0]) >= _WEAK
    return bool(core) and sum(map(weight, core)) >= LEAST


def _is_plain(core: tuple[str, ...]) -> bool:
    """Whether such a name is one behind other words too."""
    return len(core) > 1 or len(core[0]) >= ANYWHERE


def _borne(found: Sequence[ListedName], core: tuple[str, ...], rest: tuple[str, ...]) -> list[Borne]:
    own = sum(map(weight, core))
    share = round(own / (own + sum(map(weight, rest))), 4)
    code = len(rest) == 1 and len(rest[0]) == _CODE and rest[0] not in _PLACES
    asks = code or any(fuzz.ratio("".join(rest), form) >= _LIKE_FORM for form in _FORMS)
    return [Borne(n, " ".join(core), " ".join(rest), share, asks=asks) for n in _one_each(found)]


def _one_each(found: Sequence[ListedName]) -> list[ListedName]:
    """The first name of each entity."""
    return list({n.uid: n for n in reversed(found)}.values())[::-1]
