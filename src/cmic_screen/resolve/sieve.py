"""A sieve over many words at once: which of them could be one error, a beginning or an abbreviation away from a listed
word.

Words become rows of bytes and polynomial hashes; a row of bits says which hashes the listed words have. It may let a
word through that is nothing like a listed word (the caller looks again), and never holds back one that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmic_screen.resolve.words import LONGEST_BARE, deletions
from cmic_screen.resolve.wordtable import WIDTH, packed, read

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

_BASE = 0x9E3779B1  # odd, so that it has an inverse modulo 2 ** 32
_INVERSE = pow(_BASE, -1, 1 << 32)
_POWERS = np.array([pow(_BASE, i, 1 << 32) for i in range(WIDTH + 1)], dtype=np.uint32)
_INVERSES = np.array([pow(_INVERSE, i, 1 << 32) for i in range(WIDTH + 1)], dtype=np.uint32)
WIDER = 256  # bits a text: one word in 30 that is nothing like a listed word passes by chance
_MIX = np.uint32(0x85EBCA6B)
_VOWEL = np.isin(np.arange(256), np.frombuffer(b"AEIOUY", dtype=np.uint8))


def _sums(letters: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """The hash of every beginning of every word, from none of its letters to WIDTH."""
    sums = np.zeros((len(letters), WIDTH + 1), dtype=np.uint32)
    np.cumsum(letters * _POWERS[:WIDTH], axis=1, dtype=np.uint32, out=sums[:, 1:])
    return sums


class Sifted(NamedTuple):
    """Of each word: whether it may be a listed word; whether only if it is one without its vowels; whether it has two
    letters; whether it is letters alone.
    """

    likely: NDArray[np.bool_]
    bare: NDArray[np.bool_]
    short: NDArray[np.bool_]
    plain: NDArray[np.bool_]


class Errors:
    """Bits of the listed words of four letters or more, and of what is left of each without one letter."""

    def __init__(self, words: Collection[str]) -> None:
        self._bits = _bits(sorted({d for x in words if len(x) >= 4 for d in (x, *deletions(x))}))

    def among(self, words: Sequence[str]) -> list[bool]:
        """Of each word in ASCII capitals, whether it may be a listed word, or one error away from one."""
        if not words:
            return []
        rows = read(packed(words))
        sums, lengths = _sums(rows.letters), np.minimum(rows.sizes, WIDTH)
        out = self.has(sums[np.arange(len(words)), lengths]) | (lengths >= WIDTH)
        left = np.flatnonzero(~out)
        out[left] = self.without_one(sums, lengths, left)
        return [bool(x) for x in out]

    def has(self, hashes: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Whether a text may be a listed word, or one without one of its letters."""
        return _has(self._bits, hashes)

    def without_one(
        self, sums: NDArray[np.uint32], lengths: NDArray[np.intp], which: NDArray[np.intp]
    ) -> NDArray[np.bool_]:
        """The same of some words without any one of their letters."""
        out = np.zeros(len(which), dtype=bool)
        for size in np.unique(lengths[which]).tolist():
            here = np.flatnonzero(lengths[which] == size)
            these = which[here]
            tail = sums[these, size][:, None] - sums[these, 1 : size + 1]
            out[here] = self.has(sums[these, :size] + tail * np.uint32(_INVERSE)).any(axis=1)
        return out


class Sieve:
    """Bits of the listed words' hashes."""

    def __init__(
        self, words: Collection[str], errors: Errors, beginnings: Collection[str], skeletons: Collection[str]
    ) -> None:
        """`words`: the listed words; `beginnings`: other texts that a word may be as a whole; `skeletons`: the first
        two consonants of words that are written without vowels.
        """
        long = sorted(x for x in words if len(x) >= 4)
        self._errors = errors
        self._whole = _bits(sorted({*beginnings, *words}))
        self._fours = _bits([x[:4] for x in long])
        self._fives = _bits([x[:5] for x in long if len(x) > 4])
        self._endings = _bits([x[-4:] for x in long])
        self._skeletons = np.zeros((256, 256), dtype=bool)
        for x in skeletons:
            self._skeletons[ord(x[0]), ord(x[-1])] = True

    def passing(self, letters: NDArray[np.uint8], sizes: NDArray[np.intp], common: NDArray[np.bool_]) -> Sifted:
        """Sift words in capitals: rows of WIDTH bytes, and their lengths; one of WIDTH letters or more always passes.

        One that many issuers use (`common`) is no misspelling, but may be a beginning.
        """
        sums, lengths, every = _sums(letters), np.minimum(sizes, WIDTH), np.arange(len(letters))
        whole = sums[every, lengths]
        out = _has(self._whole, whole) | (lengths >= WIDTH) | _has(self._fives, sums[:, 5])
        # One error anywhere: a word without one letter is a listed word, or a listed word without one letter. The error
        # leaves the first or the last four letters of a word of nine as they are.
        start = np.maximum(lengths - 4, 0)
        four = _has(self._fours, sums[:, 4])
        ending = _has(self._endings, (whole - sums[every, start]) * _INVERSES[start])
        out |= ~common & (((four & (lengths >= 8)) | (ending & (lengths >= 9))) | self._errors.has(whole))
        doubtful = np.flatnonzero(~out & ~common & (lengths >= 4) & (four | ending | (lengths < 9)))
        out[doubtful] = self._errors.without_one(sums, lengths, doubtful)
        vowels = np.count_nonzero(_VOWEL[letters[:, 1:]], axis=1)
        second = np.where(_VOWEL[letters[:, 1]], letters[:, 2], letters[:, 1])
        second = np.where(second == letters[:, 0], letters[:, 2], second)
        bare = (vowels <= 1) & (lengths >= 3) & (lengths <= LONGEST_BARE) & self._skeletons[letters[:, 0], second]
        plain = ((letters >= ord("A")) | (letters == 0)).all(axis=1)
        return Sifted(out & plain, bare & ~out & ~common & plain, lengths == 2, plain)


def _bits(texts: Sequence[str]) -> NDArray[np.bool_]:
    """A row of bits, a power of two and some WIDER times as wide as there are texts, those of their hashes set."""
    bits = np.zeros(1 << max(12, (WIDER * len(texts)).bit_length()), dtype=bool)
    if texts:
        words = read(packed(texts))
        bits[_slots(bits, _sums(words.letters)[np.arange(len(texts)), np.minimum(words.sizes, WIDTH)])] = True
    return bits


def _slots(bits: NDArray[np.bool_], hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return (hashes * _MIX) >> np.uint32(33 - len(bits).bit_length())


def _has(bits: NDArray[np.bool_], hashes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return bits[_slots(bits, hashes)]
