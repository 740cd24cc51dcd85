"""Which listed words many held words may be without their vowels (CMNCTNS, HKVSN). Compares single words, never names.

A word that everybody writes may lose some consonants as well; of a brand all must stand. What is left of a word is its
skeleton: its first letter and its consonants, doubled letters once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.resolve.letters import WIDEST, Join, Letters, sums
from cmic_screen.resolve.misspelt import Offers
from cmic_screen.resolve.words import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LONGEST: Final = 12
"""Letters of the longest held word that is read so."""
_SHORTER: Final = 0.75  # of the letters of the listed word; a word that is nearly whole is no abbreviation
VOWEL: Final = np.isin(np.arange(256), np.frombuffer(b"AEIOUY", dtype=np.uint8))
"""Of each byte value whether it is an ASCII vowel, Y included; shape (256,), bool."""


class Vowelless:
    """Skeletons of the listed words."""

    def __init__(self, words: Sequence[str]) -> None:
        """`words`: the listed words, ASCII, of at most WIDEST letters."""
        letters = Letters.of(words)
        self._sizes, self._rows = letters.sizes, letters.rows
        self._bare = skeletons(letters.rows)
        lengths = np.count_nonzero(self._bare, axis=1)
        common = np.array([x in weights() for x in words], dtype=bool) & (letters.sizes > 5)
        self._common = np.flatnonzero(common & (letters.sizes >= 4))
        self._brands = np.flatnonzero(~common & (letters.sizes >= 4) & (lengths >= 4))
        self._by_two = Join(_two(self._bare[self._common]), self._common)
        self._by_all = Join(sums(self._bare[self._brands])[:, -1], self._brands)

    def letters(self) -> NDArray[np.uint32]:
        """By the first two letters of skeletons, as bytes, all letters that stand in these, as bits."""
        bare = self._bare[np.concatenate((self._common, self._brands))]
        out = np.zeros((256, 256), dtype=np.uint32)
        np.bitwise_or.at(out, (bare[:, 0], bare[:, 1]), letter_bits(bare))
        return out

    def offers(self, held: Letters, common: NDArray[np.bool_]) -> Offers:
        """Held words of at most one vowel after the first letter, which few issuers use (not `common`), for longer ones
        with their consonants.
        """
        few = np.count_nonzero(VOWEL[held.rows[:, 1:]], axis=1) <= 1
        few &= held.rows[:, 0] >= ord("A")
        some = np.flatnonzero(few & (held.sizes >= 3) & (held.sizes <= LONGEST) & ~common)
        bare = skeletons(held.rows[some])
        of, listed = self._by_two.pairs(_two(bare))
        within = _subsequence(bare[of], self._bare[listed])
        of, listed = of[within], listed[within]
        by, brands = self._by_all.pairs(sums(bare)[:, -1])
        same = (bare[by] == self._bare[brands]).all(axis=1)
        # a vowel that a brand keeps is its own: ARCMI is not AEROCOM
        same &= _subsequence(held.rows[some][by], self._rows[brands])
        by, brands = by[same], brands[same]
        credit = np.concatenate((np.full(len(of), 0.88), np.full(len(by), 0.85)))
        of, listed = some[np.concatenate((of, by))], np.concatenate((listed, brands))
        short = held.sizes[of] <= self._sizes[listed] * _SHORTER
        return Offers(of[short], listed[short], credit[short])


def letter_bits(rows: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """The letters behind the first that stand in each word and are no vowels, as bits."""
    bits = np.where((rows > 0) & ~VOWEL[rows], np.uint32(1) << (rows & 31).astype(np.uint32), np.uint32(0))
    out: NDArray[np.uint32] = np.bitwise_or.reduce(bits[:, 1:], axis=1)
    return out


def skeletons(rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Words as rows of bytes: first letter and consonants, doubled letters once, 0 after their end."""
    kept = rows > 0
    kept[:, 1:] &= ~VOWEL[rows[:, 1:]]
    bare = _closed(rows, kept)
    kept = bare > 0
    kept[:, 1:] &= bare[:, 1:] != bare[:, :-1]
    return _closed(bare, kept)


def _closed(rows: NDArray[np.uint8], kept: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """The letters that are kept, moved together."""
    out = np.zeros_like(rows)
    row, column = np.nonzero(kept)
    place = np.cumsum(kept, axis=1)[row, column] - 1
    out[row, place] = rows[row, column]
    return out


def _two(bare: NDArray[np.uint8]) -> NDArray[np.uint32]:
    return bare[:, 0].astype(np.uint32) * np.uint32(256) + bare[:, 1]


def _subsequence(short: NDArray[np.uint8], long: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Of rows in pairs, whether the letters of the first stand in the second, in their order."""
    at, every = np.zeros(len(short), dtype=np.intp), np.arange(len(short))
    for column in long.T:
        at += (short[every, np.minimum(at, WIDEST - 1)] == column) & (column > 0)
    out: NDArray[np.bool_] = at == np.count_nonzero(short, axis=1)
    return out
