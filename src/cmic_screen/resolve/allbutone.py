"""Names of which all words but one are those of a listed name: which they are among many held names, at once. Judges no
word that is left.

A word counts as its class: full words and all their market abbreviations together (`words`). Notation and legal forms
count nothing, so that it does not matter whether they are taken off yet; nor does the order of the words.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.resolve.align import LEAST_BESIDE, said_beside
from cmic_screen.resolve.leaning import MOST_ERRORS
from cmic_screen.resolve.ragged import Ragged
from cmic_screen.resolve.wordclass import CHINA, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

_ENDS: Final = np.uint64(48)


class AllButOne:
    """The listed names without any one of their words, as sums of their words' numbers, and that word."""

    def __init__(self, names: Iterable[Sequence[str]], numbers: Mapping[str, int]) -> None:
        """`names`: words of listed names; `numbers`: those of these words in the vocabulary."""
        found = defaultdict[int, set[str]](set)
        country = number(CHINA)  # CN behind a name is a market, and counts as CHINA
        each = {word: (said_beside(word), number(word)) for word in numbers}
        for words in names:
            told = [each[word] for word in words]
            said, total = sum(x for x, _ in told), sum(x for _, x in told)
            for word, (own, own_number) in zip(words, told, strict=True):
                if said - own >= LEAST_BESIDE and word.isascii():
                    for more in (0, country):
                        found[(total - own_number + more) % (1 << 64)].add(word)
        order = sorted(found)
        self._sums = np.array(order, dtype=np.uint64)
        self._ends = np.zeros(1 << 16, dtype=bool)  # most sums are none of these, which their first bits tell
        self._ends[self._sums >> _ENDS] = True
        self._left = Ragged.of([[numbers[x] for x in sorted(found[key])] for key in order])
        self._sizes, self._bits = np.zeros(len(numbers), dtype=np.intp), np.zeros(len(numbers), dtype=np.uint32)
        for word, n in numbers.items():
            self._sizes[n] = len(word)
            self._bits[n] = sum(1 << x for x in {ord(x) & 31 for x in word})

    def among(self, sums: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position, place among these) of the sums of names' known words that are those of a listed name but one."""
        maybe = np.flatnonzero(self._ends[sums >> _ENDS])
        if not len(maybe):
            return maybe, maybe
        at = np.minimum(np.searchsorted(self._sums, sums[maybe]), len(self._sums) - 1)
        equal = self._sums[at] == sums[maybe]
        return maybe[equal], at[equal]

    def left(
        self, places: NDArray[np.intp], letters: NDArray[np.uint8], sizes: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position, number) of words, as rows of bytes, and the listed ones left out at their places, which they may
        be by their letters: two errors away, or short for them but for one.
        """
        of, at = self._left.expanded(places)
        listed = self._left.values[at]
        bits = np.bitwise_or.reduce(np.uint32(1) << (letters & 31).astype(np.uint32), axis=1)[of] & ~np.uint32(1)
        strange, more = np.bitwise_count(bits & ~self._bits[listed]), sizes[of] - self._sizes[listed]
        twice = (np.bitwise_count(self._bits[listed] & ~bits) <= MOST_ERRORS) & (abs(more) <= MOST_ERRORS)
        kept = (twice & (strange <= MOST_ERRORS)) | ((strange <= 1) & (more < 0))
        return of[kept], listed[kept]
