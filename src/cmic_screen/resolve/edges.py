"""Each word of a batch of held names with each listed word that it may mean, and the most that the name's other words
gain beside it. Decides nothing.

For `bounds`: where a listed word is the rarest that a name meets in a variant, the others meet words that are no rarer;
what meets none of these stays unexplained.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.align import CUT_CREDIT
from cmic_screen.resolve.ragged import Ragged, added, firsts, found, lasts, most_yet, spans

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmic_screen.resolve.gained import Gains
    from cmic_screen.resolve.heldwords import HeldWords
    from cmic_screen.resolve.prefix import Prefix

FEW: Final = 64
"""Listed words that are looked at one by one where a cut may have left any of them."""


class Edges(NamedTuple):
    """By name, rising, and of each the commonest listed words first: the held word's place, -1 for what a cut left; the
    listed word; what is gained by it, and spared, and what the held word costs unmet; the most that the other words
    gain, and spare, and the least that stays unexplained.
    """

    names: NDArray[np.intp]
    words: NDArray[np.intp]
    listed: NDArray[np.intp]
    gain: NDArray[np.float64]
    spared: NDArray[np.float64]
    cost: NDArray[np.float64]
    rest: NDArray[np.float64]
    rest_spared: NDArray[np.float64]
    extra: NDArray[np.float64]

    def at(self, which: NDArray[np.intp]) -> Edges:
        """Some of them."""
        names, words, listed, *figures = self
        return Edges(names[which], words[which], listed[which], *(x[which] for x in figures))


class Gift(NamedTuple):
    """Of each name the first letters, as bits, of what a cut left of words, where any of many listed ones may be meant;
    the most that it gains by one, and spares, and what the word that was cut costs.
    """

    letters: NDArray[np.intp]
    gain: NDArray[np.float64]
    spared: NDArray[np.float64]
    cost: NDArray[np.float64]


class Met:
    """What each name meets: by the listed word."""

    def __init__(self, edges: Edges, rank: NDArray[np.intp]) -> None:
        keys = edges.names * len(rank) - rank[edges.listed]
        first = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])[: len(keys)])
        self._rank, self._keys, self.words = rank, keys[first], edges.words
        self._each = Ragged(np.append(first, len(keys)), edges.words)
        self.gain, self.cost = (np.maximum.reduceat(x, first) if len(x) else x for x in (edges.gain, edges.cost))
        """The most that a word of the name gains by the listed one, and that such a word costs."""
        self.gains = edges.gain

    def found(self, names: NDArray[np.intp], listed: NDArray[np.intp]) -> NDArray[np.intp]:
        """Where these stand, -1 for nowhere."""
        return found(self._keys, names * len(self._rank) - self._rank[listed])

    def each(self, at: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position in `at`, place in `words` and `gains`) of all words that meet these."""
        return self._each.expanded(at)


def edges(held: HeldWords, gains: Gains, prefix: Prefix) -> tuple[Edges, Edges, Gift]:
    """All of a batch: where the other words meet none that is rarer, and where they meet any. What a cut left of a word
    may be a letter beside the name's words.
    """
    ends, rank = held.ends, prefix.rank
    nothing = len(rank) - 1
    own = np.where(ends.words >= 0, ends.words, len(held.words) + np.arange(len(ends.names)))
    names, costs = np.concatenate((held.names, ends.names)), np.concatenate((held.costs, np.zeros(len(own))))
    names[own] = ends.names
    many = ends.high - ends.low
    few, big = np.flatnonzero(many <= FEW), np.flatnonzero(many > FEW)
    by, place = gains.meets.expanded(held.words)
    met, cut = gains.meets.values[place], spans(ends.low[few], many[few])
    gift = [greatest(x, ends.low[big], ends.high[big]) for x in (CUT_CREDIT * gains.weight, gains.spared)]
    word = np.concatenate((by, np.repeat(own[few], many[few]), own[big]))
    read = np.concatenate((by, np.full(len(word) - len(by), -1)))
    listed = np.concatenate((met, cut, np.full(len(big), nothing)))
    gain = np.concatenate((gains.gains[place], CUT_CREDIT * gains.weight[cut], gift[0]))
    spared = np.concatenate((gains.spared[met], gains.spared[cut], gift[1]))
    order = np.argsort(word * len(rank) - rank[listed])  # of a word the commonest first
    word, listed = word[order], listed[order]
    by_name = _ByName(word, names[word], rank[listed])
    beside = [by_name.beside(x) for x in (gain[order], spared[order], costs[word])]
    said = by_name.order[listed[by_name.order] != nothing]
    word, order = word[said], order[said]
    whole = added(held.names, held.costs, len(held.cut))[names[word]] - costs[word]
    each = (names[word], read[order], listed[said], gain[order], spared[order], costs[word])
    first, either = (
        Edges(*each, rest[said], rest_spared[said], np.maximum(whole - covered[said], 0.0))
        for rest, rest_spared, covered in zip(*beside, strict=True)
    )
    letters = np.zeros(len(held.cut), dtype=np.intp)
    np.bitwise_or.at(letters, ends.names[big], prefix.letters[ends.low[big]])
    return first, either, Gift(letters, *_most(ends.names[big], len(held.cut), *gift, costs[own[big]]))


class _ByName:
    """The same in the order of names, of each the commonest listed word first."""

    def __init__(self, words: NDArray[np.intp], names: NDArray[np.intp], rank: NDArray[np.intp]) -> None:
        """`words` rise, and in each of them `rank` falls."""
        keys = names * (rank.max(initial=0) + 1) - rank
        self._words, self._names, self.order = words, names, np.argsort(keys, kind="stable")
        self._last = lasts(keys[self.order])  # of those with the same listed word
        self._ends, self._firsts = lasts(words), firsts(names[self.order])
        self._first = np.append(True, words[1:] != words[:-1])[: len(words)]

    def beside(self, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each the sum of what is greatest of each other word of its name: among no rarer ones, and among all."""
        most = most_yet(self._words, values)
        step = np.diff(most, prepend=0.0)
        step[self._first] = most[self._first]
        so_far, in_order = np.empty(len(most)), step[self.order]
        total = np.cumsum(in_order)
        so_far[self.order] = total[self._last] - (total - in_order)[self._firsts]
        whole = added(self._names, step, int(self._names.max(initial=-1)) + 1)[self._names]
        return np.maximum(so_far - most, 0.0), np.maximum(whole - most[self._ends], 0.0)


def greatest(values: NDArray[np.float64], low: NDArray[np.intp], high: NDArray[np.intp]) -> NDArray[np.float64]:
    """The greatest value of each span."""
    edges = np.stack((low, high), axis=1).ravel()
    return np.maximum.reduceat(np.append(values, 0.0), edges)[::2] if len(edges) else np.zeros(0)


def _most(names: NDArray[np.intp], count: int, *values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each name the greatest of each of the values; 0 where it has none."""
    out = np.zeros((len(values), count))
    for row, each in zip(out, values, strict=True):
        np.maximum.at(row, names, each)
    return out
