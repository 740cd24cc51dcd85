"""The words of many held names as arrays, and which of them are pieces of one listed word. Scores nothing."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.align import CUT_FROM, extra_cost
from cmic_screen.resolve.letters import WIDEST
from cmic_screen.resolve.ragged import added, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.variants import Variants
    from cmic_screen.resolve.vocabulary import Vocabulary

MOST_PIECES: Final = 4  # words of a name that may be pieces of one
PIECED: Final = 7  # letters from which a word in pieces may hold an error (`align`)
_ONE_OFF: Final = np.int64(0b111)
_NONE: Final[frozenset[str]] = frozenset()


class Ends(NamedTuple):
    """Words that may be what a cut left of listed ones: the name, rising; the place among the words, -1 for a letter
    that is none of them; the numbers of these listed words, from `low` up to `high`.
    """

    names: NDArray[np.intp]
    words: NDArray[np.intp]
    low: NDArray[np.intp]
    high: NDArray[np.intp]

    @classmethod
    def of(
        cls,
        names: NDArray[np.intp],
        words: NDArray[np.intp],
        texts: Sequence[str],
        at: NDArray[np.intp],
        vocabulary: Vocabulary,
    ) -> Ends:
        """Those of some words, in order of name, with which listed ones begin: each is one of the texts."""
        low, high = (x[at] for x in vocabulary.beginning(texts))
        kept = low < high
        return cls(names[kept], words[kept], low[kept], high[kept])


class HeldWords(NamedTuple):
    """The words of many held names, in order. Of each: its name (numbered from 0), its text's place in `distinct`, and
    what it costs unmet. Of each distinct word: its row in what the vocabulary says words stand for (-1: nothing). Of
    each name: whether it may have been cut. `ends`: what a cut may have left of words. `light`: notation and legal
    forms were left out, within names and not only at their end.
    """

    names: NDArray[np.intp]
    words: NDArray[np.intp]
    costs: NDArray[np.float64]
    distinct: Sequence[str]
    rows: NDArray[np.intp]
    cut: NDArray[np.bool_]
    ends: Ends
    light: bool = False


class Pieces(NamedTuple):
    """Neighbours in a name that make up one listed word: the first of them, how many, the listed word."""

    first: NDArray[np.intp]
    many: NDArray[np.intp]
    listed: NDArray[np.intp]

    @property
    def places(self) -> NDArray[np.intp]:
        """The words that they are, piece by piece."""
        return spans(self.first, self.many)

    def at(self, which: NDArray[np.intp]) -> Pieces:
        """Some of them."""
        return Pieces(self.first[which], self.many[which], self.listed[which])

    def sums(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of each, the sum of its words' values."""
        of = np.repeat(np.arange(len(self.first)), self.many)
        return added(of, values[self.places], len(self.first))


def held_words(held: Sequence[tuple[tuple[str, ...], int]], vocabulary: Vocabulary) -> HeldWords:
    """Of (words, length as in `align`)."""
    numbers: dict[str, int] = {}
    words = np.array([numbers.setdefault(x, len(numbers)) for core, _ in held for x in core], dtype=np.intp)
    counts = np.array([len(core) for core, _ in held], dtype=np.intp)
    distinct = tuple(numbers)
    costs = np.array([extra_cost(x, _NONE) for x in distinct], dtype=np.float64)[words]
    cut = np.array([length >= CUT_FROM and len(core) > 1 for core, length in held], dtype=bool)  # as `align` has it
    some = np.flatnonzero(cut)
    ends = (np.cumsum(counts) - 1)[some]
    at = Ends.of(some, ends, distinct, words[ends], vocabulary)
    names = np.repeat(np.arange(len(held)), counts)
    return HeldWords(names, words, costs, distinct, vocabulary.rows(distinct), cut, at)


def in_pieces(held: HeldWords, variants: Variants) -> Pieces:
    """Neighbours which make up one word of a listed name (HANG ZHOU)."""
    lengths = np.array([variants.heads.get(x, 0) for x in held.distinct], dtype=np.int64)[held.words]
    sizes = np.array([len(x) for x in held.distinct], dtype=np.intp)[held.words]
    found = list[tuple[int, int, str]]()
    for count in range(2, MOST_PIECES + 1):
        alike = held.names[: 1 - count] == held.names[count - 1 :]
        first = np.flatnonzero(alike & (lengths[: 1 - count] > 0))
        size = np.minimum(np.sum([sizes[first + i] for i in range(count)], axis=0), WIDEST)
        first = first[lengths[first] & (_ONE_OFF << (size - 1)) > 0]  # there is a word that long, or one letter off
        words = (map(held.distinct.__getitem__, held.words[first + i].tolist()) for i in range(count))
        found += zip(first.tolist(), repeat(count), map("".join, zip(*words, strict=True)))
    out = []
    for i, n in zip(*(x.tolist() for x in variants.vocabulary.near([x[2] for x in found])), strict=True):
        (at, count, joined), full = found[i], variants.vocabulary.all[n]
        near = joined == full or (joined[0] == full[0] and max(len(joined), len(full)) >= PIECED)
        if near and variants.gainful[n] > 0.0:
            out.append((at, count, n))
    return Pieces(*np.array(out, dtype=np.intp).reshape(len(out), 3).T)
