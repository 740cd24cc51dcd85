"""The arrays behind `reach`: bounds of one batch of held names against the variants worth looking at. Decides nothing.

For each name the words that meet the fewest variants are chosen until what they cost could not stay unexplained: a
variant that meets none of them cannot reach the floor. Only the others are looked at, word by word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.resolve.align import CUT_CREDIT, FORGIVEN
from cmic_screen.resolve.gained import Gained, Gains
from cmic_screen.resolve.ragged import added
from cmic_screen.resolve.variants import NO_WORD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmic_screen.resolve.heldwords import HeldWords, Pieces
    from cmic_screen.resolve.variants import Variants

CELLS: Final = 500_000
"""Pairs of a held name and a variant that are in memory at once, but for those of a single name."""
_HAIR: Final = 1e-9
_NEVER: Final = float("inf")


class Batch:
    """One batch of held names, and what each of their distinct words meets."""

    def __init__(self, variants: Variants, held: HeldWords, floor: float) -> None:
        self._held, self._floor, self._variants = held, floor, variants
        self._missing = variants.missing_said if held.light else variants.missing
        self._gains = Gains(variants, held)

    def found(self) -> Iterator[tuple[int, float, int]]:
        """(name, bound, variant) of all that could reach the floor, in order of name, most promising first."""
        held, gains, pieces, names = self._held, self._gains, self._gains.pieces, len(self._held.cut)
        sizes = gains.sizes[held.words]
        np.add.at(sizes, pieces.places, np.repeat(gains.postings.variants.counts(pieces.listed), pieces.many))
        costs = held.costs.copy()  # what a cut may have left of any word costs nothing until a variant is looked at
        costs[held.ends.words[held.ends.unread & (held.ends.words >= 0)]] = 0.0
        top_end, spared_end = self._of_ends()
        top = added(held.names, gains.top[held.words], names) + top_end
        top += added(held.names[pieces.first], gains.weight[pieces.listed], names)
        # More than this of the name's cost cannot stay unexplained where all that can be gained is gained.
        allowed = top * (1 / self._floor**2 - 1) if self._floor else np.full(names, _NEVER)
        unmet = added(held.names, np.where(sizes > 0, 0.0, costs), names)
        worth = (top > top_end) & (unmet <= allowed)
        chosen = _chosen(held.names, costs, sizes, allowed) & worth[held.names]
        self._meeting = np.flatnonzero(gains.meeting() & worth[held.names])
        self._chosen, self._cost = chosen, added(held.names, costs, names)
        self._least = self._cost - allowed
        left = self._meeting[~chosen[self._meeting]]
        part = np.repeat(np.arange(len(pieces.first)), pieces.many)
        other = pieces.at(np.flatnonzero(added(part, chosen[pieces.places], len(pieces.first)) == 0))
        beside = held.names[left], held.names[other.first]
        self._top, self._spared, self._covered = (
            added(beside[0], x, names) + added(beside[1], y, names)
            for x, y in (
                (gains.top[held.words[left]], gains.weight[other.listed]),
                (gains.most_spared[held.words[left]], gains.spared[other.listed]),
                (held.costs[left], other.sums(held.costs)),
            )
        )
        self._top += top_end
        self._spared += spared_end
        load = np.cumsum(added(held.names, sizes * chosen, names))
        start = 0
        while start < names:
            before = load[start - 1] if start else 0
            end = max(start + 1, int(np.searchsorted(load, before + CELLS, side="right")))
            if load[end - 1] > before:
                yield from self._bounds(start, end)
            start = end

    def _bounds(self, start: int, end: int) -> Iterator[tuple[int, float, int]]:
        """The same of the names from `start` up to `end`."""
        held = self._held
        lo, hi = np.searchsorted(held.names[self._meeting], (start, end))
        meeting, pieces = self._meeting[lo:hi], self._gains.pieces
        here = (held.names[pieces.first] >= start) & (held.names[pieces.first] < end)
        pieces = pieces.at(np.flatnonzero(here))
        cells = self._worth_a_look(meeting, pieces)
        cost = added(held.names, held.costs, len(held.cut))
        bound, kept = self._bound(cells, self._gains.at(cells, meeting, pieces), cost)
        name, number = cells // self._gains.count, cells % self._gains.count
        kept = kept[np.lexsort((number[kept], -bound[kept], name[kept]))]
        return zip(name[kept].tolist(), bound[kept].tolist(), number[kept].tolist(), strict=True)

    def _of_ends(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Of each name the most that what a cut left of a word may gain, and spare, beyond the word's own readings."""
        ends, gains = self._held.ends, self._gains
        edges, own = np.stack((ends.low, ends.high), axis=1).ravel(), ends.words >= 0
        gain, spared = (
            np.maximum.reduceat(np.append(x, 0.0), edges)[::2] if len(edges) else np.zeros(0)
            for x in (CUT_CREDIT * gains.weight, gains.spared)
        )
        words = self._held.words[ends.words[own]]
        gain[own] -= np.minimum(gains.top[words], gain[own])
        spared[own] -= np.minimum(gains.most_spared[words], spared[own])
        out = np.zeros((2, len(self._held.cut)))
        np.maximum.at(out[0], ends.names, gain)
        np.maximum.at(out[1], ends.names, spared)
        return out[0], out[1]

    def _bound(
        self, cells: NDArray[np.intp], gained: Gained, cost: NDArray[np.float64]
    ) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
        """(the bound of each pair, which pairs may reach the floor), where names cost so much."""
        name, number = cells // self._gains.count, cells % self._gains.count
        gain = gained.gain
        missing = np.maximum(self._missing[number] - gained.spared, 0.0)
        extra = np.maximum(cost[name] - gained.covered, 0.0)
        missing[self._held.cut[name] & gained.begun & (extra <= self._held.forgiven[name])] *= FORGIVEN
        worth = (gained.covered >= self._least[name] - _HAIR) & (gain > 0.0)
        bound = np.zeros(len(cells))
        np.divide(gain * gain, (gain + extra + gained.lost) * (gain + missing), out=bound, where=worth)
        np.sqrt(bound, out=bound)
        return bound, np.flatnonzero(worth & (bound >= self._floor))

    def _worth_a_look(self, meeting: NDArray[np.intp], pieces: Pieces) -> NDArray[np.intp]:
        """Pairs of a name and a variant that one of its chosen words meets, as name * variants + variant, rising: those
        that could reach the floor if all words that were not chosen gained the most that they can gain anywhere.
        """
        held, gains = self._held, self._gains
        variants, wholes = gains.postings.variants, gains.postings.wholes
        some = meeting[self._chosen[meeting]]
        of, places = gains.meets.expanded(held.words[some])
        by, at = variants.expanded(gains.meets.values[places])
        whole, met = gains.whole(some)
        part = np.repeat(np.arange(len(pieces.first)), pieces.many)
        chosen = pieces.at(np.unique(part[self._chosen[pieces.places]]))
        piece, place = variants.expanded(chosen.listed)
        listed = gains.meets.values[places[by]], chosen.listed[piece]
        words = np.concatenate((some[of[by]], some[whole], chosen.first[piece]))
        number = np.concatenate((variants.values[at], wholes.variants.values[met], variants.values[place]))
        most = (
            (gains.gains[places[by]], wholes.gain[met], gains.weight[listed[1]]),
            (gains.spared[listed[0]], wholes.spared[met], gains.spared[listed[1]]),
            (held.costs[words[: len(by) + len(met)]], chosen.sums(held.costs)[piece]),
        )
        cells, at = np.unique(held.names[words] * gains.count + number, return_inverse=True)
        name, number = cells // gains.count, cells % gains.count
        gain, spared, covered = (
            added(at, np.concatenate(x), len(cells)) + y[name]
            for x, y in zip(most, (self._top, self._spared, self._covered), strict=True)
        )
        begun = self._variants.begins[number, 1] != NO_WORD
        gained = Gained(gain, spared, covered, np.zeros(len(cells)), begun)
        out: NDArray[np.intp] = cells[self._bound(cells, gained, self._cost)[1]]
        return out


def _chosen(
    names: NDArray[np.intp], costs: NDArray[np.float64], sizes: NDArray[np.intp], allowed: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Words of which every variant worth looking at meets one: together they cost more than may stay unexplained.
    Those of a name which meet the fewest variants are taken.
    """
    order = np.lexsort((sizes, names))
    cost = np.cumsum(costs[order])
    before = cost - costs[order]
    first = np.searchsorted(names, names[order])  # of the word's name, whose words stand together in `order` as well
    out = np.zeros(len(names), dtype=bool)
    out[order] = before - before[first] <= allowed[names[order]]
    return out
