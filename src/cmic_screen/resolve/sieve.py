"""A sieve over many words at once: which of them could be one error, a beginning or an abbreviation away from a listed
word.

Words become rows of bytes and polynomial hashes; a row of bits says which hashes the listed words have. It may let a
word through that is nothing like a listed word (the caller looks again), and never holds back one that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmic_screen.resolve.letters import WIDEST, Bits, Letters, ending, sums, without_one
from cmic_screen.resolve.vowelless import LONGEST
from cmic_screen.resolve.wordtable import WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

_VOWEL = np.isin(np.arange(256), np.frombuffer(b"AEIOUY", dtype=np.uint8))


class Sifted(NamedTuple):
    """Of each word: whether it may stand for a listed word; whether it has two letters; whether it is letters alone."""

    likely: NDArray[np.bool_]
    short: NDArray[np.bool_]
    plain: NDArray[np.bool_]


class Sieve:
    """Bits of the listed words' hashes."""

    def __init__(
        self, words: Collection[str], beginnings: Collection[str], skeletons: Collection[tuple[int, int]]
    ) -> None:
        """`words`: the listed words; `beginnings`: other texts that a word may be as a whole; `skeletons`: the first
        two letters, as bytes, of words that are written without vowels.
        """
        whole = _letters({*beginnings, *words})
        long = _letters(x for x in words if len(x) >= 4)
        self._whole = Bits(whole.whole)
        self._errors = Bits(long.deleted()[1])
        self._fours, self._fives = Bits(long.sums[:, 4]), Bits(long.sums[long.sizes > 4, 5])
        self._endings = Bits(ending(long.sums, long.sizes, 4))
        self._skeletons = np.zeros((256, 256), dtype=bool)
        for first, second in skeletons:
            self._skeletons[first, second] = True

    def passing(self, letters: NDArray[np.uint8], sizes: NDArray[np.intp], common: NDArray[np.bool_]) -> Sifted:
        """Sift words in capitals: rows of WIDTH bytes, and their lengths; one of WIDTH letters or more always passes.

        One that many issuers use (`common`) is no misspelling, but may be a beginning.
        """
        hashes, lengths = sums(letters), np.minimum(sizes, WIDTH)
        whole = hashes[np.arange(len(letters)), lengths]
        out = self._whole.has(whole) | (lengths >= WIDTH) | self._fives.has(hashes[:, 5])
        # One error anywhere: a word without one letter is a listed word, or a listed word without one letter. The error
        # leaves the first or the last four letters of a word of nine as they are.
        four, end = self._fours.has(hashes[:, 4]), self._endings.has(ending(hashes, lengths, 4))
        out |= ~common & (((four & (lengths >= 8)) | (end & (lengths >= 9))) | self._errors.has(whole))
        doubtful = np.flatnonzero(~out & ~common & (lengths >= 4) & (four | end | (lengths < 9)))
        for size in np.unique(lengths[doubtful]).tolist():
            here = doubtful[lengths[doubtful] == size]
            out[here] = self._errors.has(without_one(hashes[here], size)).any(axis=1)
        vowels = np.count_nonzero(_VOWEL[letters[:, 1:]], axis=1)
        second = np.where(_VOWEL[letters[:, 1]], letters[:, 2], letters[:, 1])
        second = np.where(second == letters[:, 0], letters[:, 2], second)
        bare = (vowels <= 1) & (lengths >= 3) & (lengths <= LONGEST) & self._skeletons[letters[:, 0], second]
        plain = ((letters >= ord("A")) | (letters == 0)).all(axis=1)
        return Sifted((out | (bare & ~common)) & plain, lengths == 2, plain)


def _letters(words: Iterable[str]) -> Letters:
    return Letters.of(sorted(x for x in words if len(x) <= WIDEST and x.isascii()))
