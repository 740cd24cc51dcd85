"""Chinese listed names spelled in Latin letters, in every spacing, for names that files print in pinyin. Proves
nothing.

Syllables are Hanyu Pinyin without tones as anyascii gives them, with the readings that company names use where a
character has several (长 in 长城, 重 in 重工, 厦 in 厦门).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from anyascii import anyascii

from cmic_screen.resolve.words import deletions

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

READINGS = dict(zip("长厦都行乐曾藏重", ["CHANG", "XIA", "DU", "HANG", "LE", "ZENG", "CANG", "ZHONG"], strict=True))
# Legal words as pinyin prints them; a name's letters are compared without them.
LEGAL = (
    "GUFENYOUXIANGONGSI", "YOUXIANZERENGONGSI", "YOUXIANGONGSI", "GUFENGONGSI", "GUFENYOUXIAN", "YOUXIAN", "GONGSI",
    "GUFEN", "ZEREN",
)  # fmt: skip
ENGLISH = frozenset({"GROUP", "GRP", "HOLDING", "HOLDINGS"})
"""What stands for 集团 and 控股 behind a name in pinyin."""
HALF_ENGLISH = {"中国": "CHINA", "中航": "AVIC", "中船": "CSSC"}
"""How short names in pinyin begin where their first word is put into English: CHINA HAIFANG, AVIC SHENFEI."""
SHORTEST = 8
LONG = 12
"""Letters from which one may be wrong."""
BEGUN = 5
"""Syllables from which the beginning of a longer name says that name: HANGZHOU HAIKANG WEISHI."""


def syllables(text: str) -> tuple[str, ...]:
    """One syllable a Chinese character, in capitals; other characters are left out."""
    return tuple(READINGS.get(c) or anyascii(c).upper() for c in text if "\u3400" <= c <= "\u9fff")


class PinyinIndex:
    """Listed Chinese names by their letters."""

    def __init__(self, cores: Iterable[tuple[str, int]]) -> None:
        """`cores`: a Chinese name without legal form, and the number under which it is to be found."""
        self._exact: dict[str, list[int]] = defaultdict(list)
        self._begun: dict[str, list[int]] = defaultdict(list)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._halves: set[str] = set()
        self.fragments: set[str] = set()
        for core, number in cores:
            spelled = syllables(core)
            letters = "".join(spelled)
            if len(letters) < SHORTEST:
                continue
            self._exact[letters].append(number)
            if (english := HALF_ENGLISH.get(core[:2])) and len(letters) >= SHORTEST + len(spelled[0]):
                self._exact[english + "".join(spelled[2:])].append(number)
            for size in range(BEGUN, len(spelled)):
                self._begun["".join(spelled[:size])].append(number)
            self._halves.update((letters[:4], letters[-4:]))  # one error leaves either of them as it is
            for short in deletions(letters):
                self._near[short].add(letters)
            for size in range(1, 5):
                self.fragments.update("".join(spelled[i : i + size]) for i in range(len(spelled) - size + 1))
            self.fragments.update((letters, *(letters + legal for legal in LEGAL)))
        self._longest = max(map(len, self._exact), default=0)

    def search(self, words: Sequence[str]) -> tuple[list[int], float]:
        """(numbers, likeness) of the names whose letters these words spell: 1.0 equal, 0.9 but for one letter or for
        what follows in the name.
        """
        named = list(words)
        while len(named) > 1 and named[-1] in ENGLISH:
            named.pop()
        letters = "".join(named)
        for legal in LEGAL:
            letters = letters.removesuffix(legal)
        group = letters + "JITUAN" * (len(named) < len(words))
        for plain in (group, letters, letters.replace("SHI", "", 1)):  # 市 after the city that opens a name is left out
            if plain in self._exact:
                return self._exact[plain], 1.0
            if plain in self._begun:
                return self._begun[plain], 0.9
        fits = LONG <= len(letters) <= self._longest + 1  # 32,000 letters would be a gigabyte of deletions
        if fits and (letters[:4] in self._halves or letters[-4:] in self._halves):
            near = {full for short in (letters, *deletions(letters)) for full in self._near.get(short, ())}
            near |= {short for short in deletions(letters) if short in self._exact}
            if len(near) == 1:
                return self._exact[near.pop()], 0.9
        return [], 0.0
