"""Names of which all words but one are those of a listed name: which they are among many held names, at once. Judges no
word that is left.

A word counts as its class: full words and all their market abbreviations together (`words`). Notation and legal forms
count nothing, so that it does not matter whether they are taken off yet; nor does the order of the words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.resolve.align import LEAST_BESIDE, said_beside
from cmic_screen.resolve.leaning import MOST_ERRORS
from cmic_screen.resolve.ragged import Ragged, distinct
from cmic_screen.resolve.wordclass import CHINA, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

_ENDS: Final = np.uint64(48)


class AllButOne:
    """The listed names without any one of their words, as sums of their words' numbers, and that word."""

    def __init__(self, names: Iterable[Sequence[str]], numbers: Mapping[str, int]) -> None:
        """`names`: words of listed names; `numbers`: the vocabulary's, from 0 on and in this order."""
        said, own = (np.array([f(x) for x in numbers], dtype=t) for f, t in ((said_beside, float), (number, np.uint64)))
        plain = np.array([x.isascii() for x in numbers], dtype=bool)
        rows = Ragged.of([[numbers[x] for x in words] for words in names])
        of, word = rows.rows, rows.values
        beside = np.bincount(of, said[word])[of] - said[word]
        total = np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(own[word])))[rows.starts]
        whole = np.diff(total)
        keys, self._whole = whole[of] - own[word], distinct(whole)
        kept = (beside >= LEAST_BESIDE) & plain[word]
        # CN behind a name is a market, and counts as CHINA.
        keys = np.concatenate((keys[kept], keys[kept] + np.uint64(number(CHINA))))
        left = np.tile(word[kept], 2)
        order = np.lexsort((left, keys))
        keys, left = keys[order], left[order]
        other = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
        new = other | np.append(True, left[1:] != left[:-1])[: len(keys)]
        self._sums, first = keys[other], np.flatnonzero(other[new])
        self._left = Ragged(np.append(first, np.count_nonzero(new)), left[new])
        self._ends = np.zeros(1 << 16, dtype=bool)  # most sums are none of these, which their first bits tell
        self._ends[self._sums >> _ENDS] = True
        self._sizes, self._bits = np.zeros(len(numbers), dtype=np.intp), np.zeros(len(numbers), dtype=np.uint32)
        for text, n in numbers.items():
            self._sizes[n] = len(text)
            self._bits[n] = sum(1 << x for x in {ord(x) & 31 for x in text})

    def among(self, sums: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position, place among these) of the sums of names' known words that are those of a listed name but one."""
        maybe = np.flatnonzero(self._ends[sums >> _ENDS])
        if not len(maybe):
            return maybe, maybe
        at = np.minimum(np.searchsorted(self._sums, sums[maybe]), len(self._sums) - 1)
        equal = self._sums[at] == sums[maybe]
        return maybe[equal], at[equal]

    def wholly(self, sums: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Which sums of names' known words are those of all words of a listed name."""
        if not len(self._whole):
            return np.zeros(len(sums), dtype=bool)
        at = np.minimum(np.searchsorted(self._whole, sums), len(self._whole) - 1)
        return np.asarray(self._whole[at] == sums, dtype=bool)

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
