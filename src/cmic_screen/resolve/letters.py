"""Many words at once by their letters: rows of bytes, hashes of their beginnings, and which words share one. Knows no
names.

Hashes are polynomial, so that the hash of a word without one of its letters, or of its end, follows from those of its
beginnings. Equal hashes are never taken for equal words: who joins by them compares the letters.
"""

from __future__ import annotations

from itertools import chain, count
from operator import mul
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.ragged import Ragged, distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

WIDEST: Final = 32
"""Letters of a word that a row holds; longer words have no row."""
_BASE: Final = 0x9E3779B1  # odd, so that it has an inverse modulo 2 ** 32
LONGEST: Final = 128
"""Letters of words run together that have a hash."""
_POWERS: Final = np.array([pow(_BASE, i, 1 << 32) for i in range(LONGEST + 1)], dtype=np.uint32)
_FIRST_POWERS: Final[tuple[int, ...]] = tuple(_POWERS.tolist())
_INVERSES: Final = np.array([pow(pow(_BASE, -1, 1 << 32), i, 1 << 32) for i in range(WIDEST + 1)], dtype=np.uint32)
_WIDER: Final = 64  # bits a hash: one in 64 that is not among them is looked for in vain
_MIX: Final = np.uint32(0x85EBCA6B)


def sums(rows: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """The hash of every beginning of every word, from none of its letters to all the columns."""
    width = rows.shape[1]
    out = np.zeros((len(rows), width + 1), dtype=np.uint32)
    np.cumsum(rows * _POWERS[:width], axis=1, dtype=np.uint32, out=out[:, 1:])
    return out


def without_one(sums_: NDArray[np.uint32], size: int) -> NDArray[np.uint32]:
    """The hashes of words of `size` letters, each without one of them: a column a letter."""
    tail = sums_[:, size][:, None] - sums_[:, 1 : size + 1]
    out: NDArray[np.uint32] = sums_[:, :size] + tail * _INVERSES[1]
    return out


def ending(sums_: NDArray[np.uint32], sizes: NDArray[np.intp], last: int) -> NDArray[np.uint32]:
    """The hashes of the words' `last` letters; the whole word's where it has fewer."""
    start, every = np.maximum(sizes - last, 0), np.arange(len(sizes))
    return (sums_[every, sizes] - sums_[every, start]) * _INVERSES[start]


def sized(hashes: NDArray[np.uint32], sizes: NDArray[np.intp]) -> NDArray[np.uint32]:
    """Hashes that are the same only with the same size beside them."""
    return hashes + sizes.astype(np.uint32) * _MIX


def run_hash(text: str) -> int:
    """The hash of one text, whatever its length."""
    powers = chain(_FIRST_POWERS, (pow(_BASE, i, 1 << 32) for i in count(len(_FIRST_POWERS))))
    out: int = sum(map(mul, map(ord, text), powers)) % (1 << 32)
    return out


def beginnings(
    hashes: NDArray[np.uint32], sizes: NDArray[np.intp], first: NDArray[np.intp]
) -> tuple[NDArray[np.uint32], NDArray[np.intp]]:
    """(hash, letters) of each word with all words before it in its name, run together; no hash beyond LONGEST letters.
    `first`: the position of the first word of the word's name.
    """
    before = np.cumsum(sizes) - sizes
    offset = before - before[first]
    added = hashes * _POWERS[np.minimum(offset, LONGEST)]
    total = np.cumsum(added, dtype=np.uint32)
    letters = offset + sizes
    return np.where(letters <= LONGEST, total - (total - added)[first], np.uint32(0)), letters


class Letters(NamedTuple):
    """Words as rows of WIDEST bytes, 0 after their end, their sizes, and the hashes of their beginnings."""

    rows: NDArray[np.uint8]
    sizes: NDArray[np.intp]
    sums: NDArray[np.uint32]

    @classmethod
    def of(cls, words: Sequence[str]) -> Letters:
        """Words in ASCII of at most WIDEST letters."""
        rows = np.array(words, dtype=f"S{WIDEST}").view(np.uint8).reshape(len(words), WIDEST)
        sizes = np.fromiter(map(len, words), dtype=np.intp, count=len(words))
        return cls(rows, sizes, sums(rows))

    @property
    def whole(self) -> NDArray[np.uint32]:
        """The hash of each word."""
        return self.sums[np.arange(len(self.sizes)), self.sizes]

    def at(self, which: NDArray[np.intp]) -> Letters:
        """Some of the words."""
        return Letters(self.rows[which], self.sizes[which], self.sums[which])

    def deleted(self) -> tuple[NDArray[np.intp], NDArray[np.uint32], NDArray[np.intp]]:
        """(word, hash, place) of what is left of each word without the letter at each place."""
        owners, hashes, places = ([np.zeros(0, dtype=x)] for x in (np.intp, np.uint32, np.intp))
        for size in np.flatnonzero(np.bincount(self.sizes)).tolist():
            here = np.flatnonzero(self.sizes == size)
            owners.append(np.repeat(here, size))
            hashes.append(without_one(self.sums[here], size).ravel())
            places.append(np.tile(np.arange(size), len(here)))
        return np.concatenate(owners), np.concatenate(hashes), np.concatenate(places)


class Hashes:
    """A set of hashes. A row of bits, those of the hashes set, answers for nearly all that are none of them."""

    def __init__(self, hashes: NDArray[np.uint32]) -> None:
        self.sorted = distinct(hashes)
        self._bits = np.zeros(1 << max(12, (_WIDER * len(self.sorted)).bit_length()), dtype=bool)
        self._shift = np.uint32(33 - len(self._bits).bit_length())
        self._bits[self._slots(self.sorted)] = True

    def has(self, hashes: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Whether each, of one row or many, is one of the hashes."""
        out: NDArray[np.bool_] = self._bits[self._slots(hashes)]
        out[out] = self.places(hashes[out])[1]
        return out

    def places(self, hashes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """(the place of each among the sorted ones, whether it stands there)."""
        at = np.searchsorted(self.sorted, hashes)
        at[at == len(self.sorted)] = 0
        return at, self.sorted[at] == hashes if len(self.sorted) else np.zeros(len(hashes), dtype=bool)

    def maybe(self, hashes: NDArray[np.uint32]) -> NDArray[np.intp]:
        """Positions of those that may be among them: all that are, and few of the others."""
        return np.flatnonzero(self._bits[self._slots(hashes)])

    def _slots(self, hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        return (hashes * _MIX) >> self._shift


class Join:
    """Numbers under hashes; several may share one."""

    def __init__(self, hashes: NDArray[np.uint32], numbers: NDArray[np.intp]) -> None:
        order = np.argsort(hashes, kind="stable")
        self._keys = Hashes(hashes)
        first = np.searchsorted(hashes[order], self._keys.sorted)
        self._numbers = Ragged(np.append(first, len(order)), numbers[order])

    def pairs(self, hashes: NDArray[np.uint32]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position of the hash, number) of everything found under the hashes, in the order of these."""
        maybe = self._keys.maybe(hashes)
        at, found = self._keys.places(hashes[maybe])
        of, places = self._numbers.expanded(at[found])
        return maybe[found][of], self._numbers.values[places]
