"""A sieve over many words at once: which of them could be one error, a beginning or an abbreviation away from a listed
word.

Words become rows of bytes and polynomial hashes; a row of bits says which hashes the listed words have. It may let a
word through that is nothing like a listed word (the caller looks again), and never holds back one that is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmic_screen.resolve.letters import WIDEST, Hashes, Letters, ending, sized, sums, without_one
from cmic_screen.resolve.misspelt import MOST_ERRORS, STEM_FROM, TWO_FROM
from cmic_screen.resolve.vowelless import LONGEST, VOWEL, letter_bits
from cmic_screen.resolve.words import weights
from cmic_screen.resolve.wordtable import WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from numpy.typing import NDArray

LEAST_MIXED = 5  # letters of a word in which one digit may be a slip


class Sifted(NamedTuple):
    """Of each word: whether it may stand for a listed word; whether it has two letters; whether it is letters alone."""

    likely: NDArray[np.bool_]
    short: NDArray[np.bool_]
    plain: NDArray[np.bool_]


class Sieve:
    """Hashes of the listed words."""

    def __init__(
        self,
        words: Collection[str],
        shortened: Collection[str],
        beginnings: Collection[str],
        skeletons: NDArray[np.uint32],
    ) -> None:
        """`words`: the listed words; `shortened`: what they are cut to, with one error at most; `beginnings`: other
        texts that a word may be as a whole; `skeletons`: the letters of words without vowels (`vowelless`).
        """
        self._whole = Hashes(_letters({*beginnings, *words, *shortened}).whole)
        wrong = _letters(x for x in (*words, *shortened) if len(x) >= 4)
        _, hashes, places = wrong.deleted()
        self._right, self._dropped = Hashes(wrong.whole), Hashes(hashes)
        # The same place without its letter: another letter there; the place before: two that changed places.
        self._other = Hashes(np.concatenate((sized(hashes, places), sized(hashes, places - 1))))
        self._fours, self._endings = Hashes(wrong.sums[:, 4]), Hashes(ending(wrong.sums, wrong.sizes, 4))
        long = _letters(x for x in words if len(x) >= TWO_FROM - MOST_ERRORS)
        common = _letters(x for x in words if x in weights())
        self._two = Hashes(_beside(long.sums[:, 4], long.sizes))
        late = common.at(np.flatnonzero(common.sizes >= TWO_FROM))
        self._late = Hashes(_beside(ending(late.sums, late.sizes, 4), late.sizes))
        stems = (common.sums[common.sizes >= size, size] for size in range(STEM_FROM, WIDTH + 1))
        self._stems = Hashes(np.concatenate(list(stems)))
        self._skeletons = skeletons

    def passing(self, letters: NDArray[np.uint8], sizes: NDArray[np.intp], common: NDArray[np.bool_]) -> Sifted:
        """Sift words in capitals: rows of WIDTH bytes, and their lengths; one of WIDTH letters or more always passes.

        One that many issuers use (`common`) has all its vowels.
        """
        hashes, lengths = sums(letters), np.minimum(sizes, WIDTH)
        every = np.arange(len(letters))
        whole, stem = hashes[every, lengths], hashes[every, np.maximum(STEM_FROM, -(-7 * lengths // 10))]
        out = self._whole.has(whole) | (lengths >= WIDTH) | (self._stems.has(stem) & (lengths >= STEM_FROM))
        four, end = hashes[:, 4], ending(hashes, lengths, 4)
        two = self._two.has(sized(four, lengths)) & (lengths >= TWO_FROM - MOST_ERRORS)
        two |= self._late.has(sized(end, lengths)) & (lengths >= TWO_FROM)
        # One error anywhere leaves the first or the last four letters of a word of nine as they are.
        out |= two | self._dropped.has(whole)
        near = (lengths < TWO_FROM) | self._fours.has(four) | self._endings.has(end)
        doubtful = np.flatnonzero(~out & near & (lengths >= 4))
        for size in np.flatnonzero(np.bincount(lengths[doubtful])).tolist():
            here = doubtful[lengths[doubtful] == size]
            less = without_one(hashes[here], size)
            out[here] = (self._right.has(less) | self._other.has(sized(less, np.arange(size)))).any(axis=1)
        short = np.flatnonzero(~out & ~common & (lengths >= 3) & (lengths <= LONGEST))
        out[short] = self._bare(letters[short])
        digits = np.count_nonzero((letters > 0) & (letters < ord("A")), axis=1)
        return Sifted(out & ((digits == 0) | ((digits == 1) & (lengths >= LEAST_MIXED))), lengths == 2, digits == 0)

    def _bare(self, letters: NDArray[np.uint8]) -> NDArray[np.bool_]:
        """Words that may be a listed one without its vowels: none of their other letters is strange to those."""
        few: NDArray[np.bool_] = np.count_nonzero(VOWEL[letters[:, 1:]], axis=1) <= 1
        rows = letters[few]
        first = rows[:, 0]
        other = ~VOWEL[rows] & (rows != first[:, None])
        known = self._skeletons[first, rows[np.arange(len(rows)), other.argmax(axis=1)]]
        own = np.uint32(1) << (first & 31).astype(np.uint32)  # a first letter that is doubled stands once
        few[few] = (known > 0) & (letter_bits(rows) & ~(known | own) == 0)
        return few


def _beside(hashes: NDArray[np.uint32], sizes: NDArray[np.intp]) -> NDArray[np.uint32]:
    """The hashes with each size that two errors may make of a word's."""
    found = [(hashes, sizes + more) for more in range(-MOST_ERRORS, MOST_ERRORS + 1)]
    return np.concatenate([sized(x[long], y[long]) for x, y in found for long in [np.maximum(sizes, y) >= TWO_FROM]])


def _letters(words: Iterable[str]) -> Letters:
    return Letters.of(sorted(x for x in words if len(x) <= WIDEST and x.isascii()))
