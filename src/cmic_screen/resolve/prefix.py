"""By which of its words a listed name is looked up: a prefix filter. Decides nothing.

The words of a variant stand from the rarest to the commonest. Where a held name meets none before one of them, and all
from that one on would not be enough, the variant is not looked up by it: ENERGY leads to no listed name of which it is
the lesser part (prefix filtering of set similarity joins; issue 4: cost hardly grows with the list).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.align import CUT_CREDIT
from cmic_screen.resolve.ragged import most_before, spans, sum_before
from cmic_screen.resolve.variants import NO_WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmic_screen.resolve.variants import Variants

_HAIR: Final = 1e-9


class Lookup(NamedTuple):
    """Of word w the places from starts[w] up to ends[0][w], which are `plain`; up to ends[1][w] where a cut may have
    left one more word of the name, which one is not known.
    """

    starts: NDArray[np.intp]
    ends: NDArray[np.intp]
    places: NDArray[np.intp]
    plain: NDArray[np.bool_]

    def counts(self, words: NDArray[np.intp], more: NDArray[np.intp]) -> NDArray[np.intp]:
        """How many places some words lead to; `more`, of each: 0 or 1 (above)."""
        out: NDArray[np.intp] = self.ends[more, words] - self.starts[words]
        return out

    def expanded(self, words: NDArray[np.intp], more: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position in `words`, place) of all of them."""
        counts = self.counts(words, more)
        return np.repeat(np.arange(len(words)), counts), self.places[spans(self.starts[words], counts)]


class Prefix:
    """A place is a word in a variant: `variant`; what it costs it that no rarer word is met (`before`), and what all
    commoner ones gain at most (`after`): [0], and [1] where one rarer word is given. `first`: the places that lead to
    a variant; `begun`: those that lead to one of which a cut left the beginning, and forgives the rest.
    """

    def __init__(self, variants: Variants, floor: float) -> None:
        words, width = variants.postings.words, len(variants.vocabulary.all)
        self.rank = np.empty(width + 1, dtype=np.intp)
        """Of each word of the vocabulary its place from the rarest to the commonest; last, that of no word."""
        counts = variants.postings.variants.counts(np.arange(width))
        self.rank[np.lexsort((-variants.gainful, counts))] = np.arange(width)
        self.rank[width] = width
        of = words.rows
        order = np.lexsort((self.rank[words.values], of))
        listed = words.values[order]
        own, missing = variants.gainful[listed], variants.said[listed]
        gain = own * variants.postings.times[order].astype(np.float64)
        lacking, given = sum_before(of, missing), CUT_CREDIT * most_before(of, own)
        left = np.bincount(of, gain, len(variants.all))[of] - sum_before(of, gain)
        self.variant, self.before = of, np.stack((lacking, lacking - most_before(of, missing)))
        after = left - own
        self.after = np.stack((after, after + given))
        enough = self.after + own >= floor**2 * (self.after + own + self.before) - _HAIR
        begins = self._beginning(variants, listed)
        self.first, self.begun = (_lookup(listed, plain, more, width) for plain, more in (enough, begins))
        self.letters = np.array([1 << (ord(x[0]) & 31) for x in variants.vocabulary.all], dtype=np.intp)
        """Of each word its first letter, as a bit."""
        self.begin_with = np.zeros(len(variants.all), dtype=np.intp)
        """Of each variant those of its words."""
        np.bitwise_or.at(self.begin_with, of, self.letters[listed])

    def _beginning(self, variants: Variants, listed: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Places of the rarer of a variant's first two words, and of either, as far as they say something; of all its
        words where neither does.
        """
        begins = variants.begins[self.variant]
        said, rank = begins >= 0, np.where(begins >= 0, self.rank[begins], len(self.rank))
        here = (begins == listed[:, None]).T
        two, none = begins[:, 1] != NO_WORD, ~said.any(axis=1)
        rarer = np.where(rank[:, 0] <= rank[:, 1], here[0], here[1])
        return two & (rarer | none), two & (here[0] | here[1] | none)


def _lookup(listed: NDArray[np.intp], plain: NDArray[np.bool_], more: NDArray[np.bool_], width: int) -> Lookup:
    """Of places by their word: those that are plain before those that count only where one more word is given."""
    some = np.flatnonzero(plain | more)
    places = some[np.lexsort((~plain[some], listed[some]))]
    counts = np.stack([np.bincount(listed[x], minlength=width) for x in (plain, plain | more)])
    starts = np.cumsum(counts[1]) - counts[1]
    return Lookup(starts, starts + counts, places, plain)
