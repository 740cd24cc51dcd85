"""Chinese names against Chinese names: equal, equal but for the legal form, cut, or one character off. Finds only.

Chinese registered names are exact things: a name that ends in 公司 and differs by a word is another company, so a full
name must meet a full name, while a short name may be a piece of one. Pairs of characters are weighed by rarity in the
list.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.names.han import core_han

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_PIECE = 5
LONG_PIECE = 6
CONFLICT = 0.85
MARKED = 3
"""Characters of a short name that mainland exchanges show behind a mark (XD中国电: eight bytes, as without it)."""
SHORT_NAME = 4
LIKE = 0.95
GROUP = "集团"
# What Taiwan says for the mainland's words in names of these industries, both in simplified script.
TAIWAN = {
    "网路": "网络", "通讯": "通信", "资讯": "信息", "行动通讯": "移动通信", "行动通信": "移动通信",
    "积体电路": "集成电路", "软体": "软件", "数位": "数字", "程式": "程序", "雷射": "激光",
}  # fmt: skip
_TAIWAN = re.compile("|".join(sorted(TAIWAN, key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class HanHit:
    """Number of a listed name, how alike (1.0: equal but for the legal form), and the words that say how."""

    number: int
    score: float
    how: str


def pairs(text: str) -> list[str]:
    """The text's pairs of neighbouring characters."""
    return [text[i : i + 2] for i in range(len(text) - 1)]


class HanIndex:
    """Listed Chinese names, normalised to simplified script, by core and by pair of characters."""

    def __init__(self, names: Sequence[str]) -> None:
        self.cores = [core_han(n) for n in names]
        self._by_core: dict[str, list[int]] = defaultdict(list)
        self._by_pair: dict[str, list[int]] = defaultdict(list)
        for number, (core, _) in enumerate(self.cores):
            self._by_core[core].append(number)
        counts = Counter(p for core in self._by_core for p in set(pairs(core)))
        self._weight = {p: 1 / (1 + math.log(c)) for p, c in counts.items()}
        for core, numbers in self._by_core.items():
            for p in dict.fromkeys(pairs(core)):
                self._by_pair[p] += numbers

    def search(self, issuer: str, *, marked: bool = False) -> list[HanHit]:
        """The listed names that a normalised Chinese issuer name may mean, in the mainland's words or in Taiwan's.

        `marked`: a mark such as XD stood before it, so that it may be a short name's first three characters.
        """
        hits = self._search(issuer)
        if not hits and marked and len(issuer) == MARKED:
            return self._begun(issuer)
        if not hits and (mainland := _TAIWAN.sub(lambda m: TAIWAN[m[0]], issuer)) != issuer:
            hits = [HanHit(h.number, min(h.score, LIKE), f"{h.how} (Taiwan's words)") for h in self._search(mainland)]
        return hits

    def _search(self, issuer: str) -> list[HanHit]:
        core, legal = core_han(issuer)
        if core in self._by_core:
            return [self._same(number, core, legal) for number in self._by_core[core]]
        if len(short := core.removesuffix(GROUP)) >= SHORT_NAME and short != core and short in self._by_core:
            return [HanHit(n, CONFLICT, f"{core} is {short} and a group") for n in self._by_core[short]]
        near = {number for p in pairs(core) if self._weight.get(p, 0.0) > 0.2 for number in self._by_pair[p]}
        return [hit for number in sorted(near) if (hit := self._like(number, core, full=bool(legal))) is not None]

    def _begun(self, issuer: str) -> list[HanHit]:
        """The short names of which only the first characters have room behind an exchange's mark."""
        return [
            HanHit(number, CONFLICT, f"{issuer} is {core} as far as a mark before it leaves room")
            for core, numbers in self._by_core.items()
            if len(core) == SHORT_NAME and core.startswith(issuer)
            for number in numbers
            if not self.cores[number][1]
        ]

    def _same(self, number: int, core: str, legal: str) -> HanHit:
        known = self.cores[number][1]
        if legal and known and ("股份" in legal) != ("股份" in known):
            return HanHit(number, CONFLICT, f"{core} is equal, the legal forms differ ({legal}, {known})")
        return HanHit(number, 1.0, f"{core} equals the listed name once the legal form is dropped")

    def _like(self, number: int, core: str, *, full: bool) -> HanHit | None:
        listed, legal = self.cores[number]
        begun = len(core) >= LONG_PIECE and listed.startswith(core)
        if not full and (legal or begun) and len(core) >= SHORTEST_PIECE and core in listed:
            share = self._share(core, listed)
            if listed.startswith(core) or share >= 0.5:
                return HanHit(number, round(0.8 + 0.15 * share, 4), f"{core} is a piece of {listed}")
        if len(core) >= SHORTEST_PIECE and listed == f"中国{core}":
            return HanHit(number, CONFLICT, f"{core} is {listed} without its country")
        if len(core) >= 8 and len(core) == len(listed):
            off = [(a, b) for a, b in zip(core, listed, strict=True) if a != b]
            if len(off) == 1:
                return HanHit(number, 0.85, f"one character off: {off[0][0]} for {off[0][1]}")
        return None

    def _share(self, piece: str, whole: str) -> float:
        total = sum(self._weight.get(p, 1.0) for p in pairs(whole))
        return sum(self._weight.get(p, 1.0) for p in pairs(piece)) / total if total else 0.0

    def nearest(self, issuer: str, n: int) -> list[HanHit]:
        """The `n` listed names that share most with the issuer's, whether or not they are hits."""
        core, _ = core_han(issuer)
        shared: dict[int, float] = defaultdict(float)
        for p in dict.fromkeys(pairs(core)):
            for number in self._by_pair.get(p, ()):
                shared[number] += self._weight[p]
        own = sum(self._weight.get(p, 1.0) for p in pairs(core)) or 1.0
        hits = [
            HanHit(
                number,
                round((gain / own * min(1.0, self._share(core, self.cores[number][0]))) ** 0.5, 4),
                "shares pairs",
            )
            for number, gain in shared.items()
        ]
        return sorted(hits, key=lambda h: (-h.score, h.number))[:n]
