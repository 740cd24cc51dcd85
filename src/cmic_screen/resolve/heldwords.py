"""The words of many held names as arrays, and which of them are pieces of one listed word. Scores nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.align import CUT_FROM, extra_cost
from cmic_screen.resolve.ragged import added, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.variants import Variants
    from cmic_screen.resolve.vocabulary import Vocabulary

MOST_PIECES: Final = 4  # words of a name that may be pieces of one
PIECED: Final = 7  # letters from which a word in pieces may hold an error (`align`)
_HAIR: Final = 1e-9
_NONE: Final[frozenset[str]] = frozenset()


class HeldWords(NamedTuple):
    """The words of many held names, in order. Of each: its name (numbered from 0), its text's place in `distinct`, and
    what it costs unmet. Of each distinct word: its row in what the vocabulary says words stand for (-1: nothing). Of
    each name: whether it may have been cut, whether what a cut left of a word may end it, and how much may be unmet
    where a cut forgives what is missing. `light`: notation and legal forms were left out, within names and not only at
    their end.
    """

    names: NDArray[np.intp]
    words: NDArray[np.intp]
    costs: NDArray[np.float64]
    distinct: Sequence[str]
    rows: NDArray[np.intp]
    cut: NDArray[np.bool_]
    tail: NDArray[np.bool_]
    forgiven: NDArray[np.float64]
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


def held_words(
    held: Sequence[tuple[tuple[str, ...], int]], vocabulary: Vocabulary, *, rough: bool = False
) -> HeldWords:
    """Of (words, length as in `align`). `rough`: notation of the instrument may still stand behind the words."""
    numbers: dict[str, int] = {}
    words = np.array([numbers.setdefault(x, len(numbers)) for core, _ in held for x in core], dtype=np.intp)
    counts = np.array([len(core) for core, _ in held], dtype=np.intp)
    distinct = tuple(numbers)
    costs = np.array([extra_cost(x, _NONE) for x in distinct], dtype=np.float64)[words]
    last, cut = np.cumsum(counts) - 1, np.array([length >= CUT_FROM for _, length in held], dtype=bool)
    short = np.array([len(x) < 3 for x in distinct], dtype=bool)
    ends = np.array([vocabulary.may_be_cut(x) for x in distinct], dtype=bool)
    tail = cut & (rough | (counts > 1))
    if not rough:
        tail[tail] = ends[words[last[tail]]]
    several = last[cut & (counts > 1)]
    costs[several[short[words[several]]]] = 0.0  # what a cut left of a word
    # Only a name whose words before the last are all met was cut (align); a cut may leave anything of the last.
    forgiven = np.full(len(held), np.inf)
    if not rough:
        some = counts > 0
        forgiven[some] = costs[last[some]] + _HAIR
    names = np.repeat(np.arange(len(held)), counts)
    return HeldWords(names, words, costs, distinct, vocabulary.rows(distinct), cut, tail, forgiven)


def in_pieces(held: HeldWords, variants: Variants) -> Pieces:
    """Neighbours which make up one word of a listed name (HANG ZHOU)."""
    begins = np.array([x in variants.fragments for x in held.distinct], dtype=bool)[held.words]
    words, found = held.words.tolist(), list[tuple[int, int, str]]()
    for count in range(2, MOST_PIECES + 1):
        alike = held.names[: 1 - count] == held.names[count - 1 :]
        for at in np.flatnonzero(alike & begins[: 1 - count]).tolist():
            found.append((at, count, "".join(held.distinct[x] for x in words[at : at + count])))
    out = []
    for i, n in zip(*(x.tolist() for x in variants.vocabulary.near([x[2] for x in found])), strict=True):
        (at, count, joined), full = found[i], variants.vocabulary.all[n]
        near = joined == full or (joined[0] == full[0] and max(len(joined), len(full)) >= PIECED)
        if near and variants.gainful[n] > 0.0:
            out.append((at, count, n))
    return Pieces(*np.array(out, dtype=np.intp).reshape(len(out), 3).T)
