"""The arrays behind `reach`: bounds of one batch of held names against the variants worth looking at. Decides nothing.

For each name the words that meet the fewest variants are chosen until what they cost could not stay unexplained: a
variant that meets none of them cannot reach the floor. Only the others are looked at, word by word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.heldwords import in_pieces
from cmic_screen.resolve.ragged import Ragged, added, spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmic_screen.resolve.heldwords import HeldWords, Pieces
    from cmic_screen.resolve.variants import Variants

CELLS: Final = 500_000
"""Pairs of a held name and a variant that are in memory at once, but for those of a single name."""
CUT_ALLOWANCE: Final = 0.93  # the last word of a cut name may gain more than `vocabulary` says of it
LAST: Final = 0.93  # the most that a cut last word may gain beyond what its readings say (`align`)
_HAIR: Final = 1e-9
_NEVER: Final = float("inf")


class _Gained(NamedTuple):
    """Of each pair of a name and a variant, the most that the name's words gain there, what is not missing there for
    them, what those cost that gain or stand there, and whether the variant's first word may be met: only then may the
    name be one that was cut.
    """

    gain: NDArray[np.float64]
    spared: NDArray[np.float64]
    covered: NDArray[np.float64]
    begun: NDArray[np.bool_]


class Batch:
    """One batch of held names, and what each of their distinct words meets."""

    def __init__(self, variants: Variants, held: HeldWords, floor: float) -> None:
        self._held, self._floor, self._postings = held, floor, variants.postings
        self._missing, self._spared = variants.missing_said if held.light else variants.missing, variants.spared
        self._weight, self._first = variants.gainful, variants.first
        self._width = len(variants.vocabulary.all)
        distinct, stands = len(held.distinct), variants.vocabulary.stands
        known = np.flatnonzero(held.rows >= 0)
        of, places = stands.listed.expanded(held.rows[known])
        listed = stands.listed.values[places]
        posted = self._postings.variants.counts(listed)
        kept = posted > 0
        of, listed, posted = known[of[kept]], listed[kept], posted[kept]
        self._keys, self._gains = of * self._width + listed, self._weight[listed] * stands.credit[places[kept]]
        self._meets = Ragged(np.concatenate(([0], np.cumsum(np.bincount(of, minlength=distinct)))), listed)
        self._met = self._spared[listed]
        self._top, self._most_spared = np.zeros(distinct), np.zeros(distinct)
        np.maximum.at(self._top, of, self._gains)
        np.maximum.at(self._most_spared, of, self._met)
        self._sizes = added(of, posted, distinct).astype(np.intp)
        wholes = self._postings.wholes
        self._whole = np.array([wholes.row.get(x, -1) for x in held.distinct], dtype=np.intp)
        whole = np.flatnonzero(self._whole >= 0)
        self._sizes[whole] += wholes.variants.counts(self._whole[whole])
        self._top[whole] = np.maximum(self._top[whole], wholes.most[self._whole[whole]])
        self._most_spared[whole] = np.maximum(self._most_spared[whole], wholes.most_spared[self._whole[whole]])
        self._pieces = in_pieces(held, variants)

    def found(self) -> Iterator[tuple[int, float, int]]:
        """(name, bound, variant) of all that could reach the floor, in order of name, most promising first."""
        held, pieces, names = self._held, self._pieces, len(self._held.cut)
        sizes = self._sizes[held.words]
        met = sizes > 0
        np.add.at(sizes, pieces.places, np.repeat(self._postings.variants.counts(pieces.listed), pieces.many))
        top = added(held.names, self._top[held.words], names)
        top += added(held.names[pieces.first], self._weight[pieces.listed], names)
        # More than this of the name's cost cannot stay unexplained where all that can be gained is gained.
        allowed = top * ((1 / self._floor**2 - 1) / CUT_ALLOWANCE**2) if self._floor else np.full(names, _NEVER)
        unmet = added(held.names, np.where(sizes > 0, 0.0, held.costs), names)
        worth = (top > 0.0) & (unmet <= allowed)
        chosen = _chosen(held.names, held.costs, sizes, allowed) & worth[held.names]
        self._meeting = np.flatnonzero(met & worth[held.names])
        self._chosen, self._cost = chosen, added(held.names, held.costs, names)
        self._least = self._cost - allowed
        left = self._meeting[~chosen[self._meeting]]
        self._unchosen_top = added(held.names[left], self._top[held.words[left]], names)
        self._unchosen_spared = added(held.names[left], self._most_spared[held.words[left]], names)
        self._unchosen_cost = added(held.names[left], held.costs[left], names)
        part = np.repeat(np.arange(len(pieces.first)), pieces.many)
        other = pieces.at(np.flatnonzero(added(part, chosen[pieces.places], len(pieces.first)) == 0))
        self._unchosen_top += added(held.names[other.first], self._weight[other.listed], names)
        self._unchosen_spared += added(held.names[other.first], self._spared[other.listed], names)
        self._unchosen_cost += added(held.names[other.first], other.sums(held.costs), names)
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
        meeting = self._meeting[lo:hi]
        here = (held.names[self._pieces.first] >= start) & (held.names[self._pieces.first] < end)
        pieces = self._pieces.at(np.flatnonzero(here))
        count = len(self._missing)
        cells = self._worth_a_look(meeting, pieces)
        name, number = cells // count, cells % count
        gained = self._gained(cells, meeting)
        self._gained_in_pieces(cells, pieces, gained)
        bound, kept = self._bound(name, number, gained)
        kept = kept[np.lexsort((number[kept], -bound[kept], name[kept]))]
        return zip(name[kept].tolist(), bound[kept].tolist(), number[kept].tolist(), strict=True)

    def _bound(
        self,
        name: NDArray[np.intp],
        number: NDArray[np.intp],
        gained: _Gained,
    ) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
        """(the bound of each pair, which pairs may reach the floor), from the most that is gained and covered there."""
        gain, spared, covered, begun = gained
        most = gain + LAST * self._held.tail[name]
        missing = np.maximum(self._missing[number] - spared - self._held.tail[name], 0.0)
        extra, cut = np.maximum(self._cost[name] - covered, 0.0), self._held.cut[name]
        tail = self._held.tail[name]
        share = np.where(
            cut & begun & (extra <= self._held.forgiven[name]),
            1.0,
            most / np.maximum(most + missing, _HAIR),
        )
        worth = (covered >= self._least[name] - _HAIR) & (gain > 0.0)
        bound = np.zeros(len(name))
        np.divide(gain * share, gain + extra, out=bound, where=worth)
        np.sqrt(bound, out=bound)
        return bound, np.flatnonzero(worth & (bound >= np.where(tail, self._floor * CUT_ALLOWANCE, self._floor)))

    def _worth_a_look(self, meeting: NDArray[np.intp], pieces: Pieces) -> NDArray[np.intp]:
        """Pairs of a name and a variant that one of its chosen words meets, as name * variants + variant, rising: those
        that could reach the floor if all words that were not chosen gained the most that they can gain anywhere.
        """
        held, variants, wholes = self._held, self._postings.variants, self._postings.wholes
        some = meeting[self._chosen[meeting]]
        of, places = self._meets.expanded(held.words[some])
        by, at = variants.expanded(self._meets.values[places])
        whole, met = self._met_whole(some)
        part = np.repeat(np.arange(len(pieces.first)), pieces.many)
        chosen = pieces.at(np.unique(part[self._chosen[pieces.places]]))
        piece, place = variants.expanded(chosen.listed)
        words = np.concatenate((some[of[by]], some[whole], chosen.first[piece]))
        number = np.concatenate((variants.values[at], wholes.variants.values[met], variants.values[place]))
        gains = (self._gains[places[by]], wholes.gain[met], self._weight[chosen.listed[piece]])
        spared = (self._met[places[by]], wholes.spared[met], self._spared[chosen.listed[piece]])
        costs = np.concatenate((held.costs[words[: len(by) + len(met)]], chosen.sums(held.costs)[piece]))
        cells, at = np.unique(held.names[words] * len(self._missing) + number, return_inverse=True)
        name, number = cells // len(self._missing), cells % len(self._missing)
        gain = added(at, np.concatenate(gains), len(cells)) + self._unchosen_top[name]
        covered = added(at, costs, len(cells)) + self._unchosen_cost[name]
        begun = np.ones(len(cells), dtype=bool)
        less = added(at, np.concatenate(spared), len(cells)) + self._unchosen_spared[name]
        out: NDArray[np.intp] = cells[self._bound(name, number, _Gained(gain, less, covered, begun))[1]]
        return out

    def _met_whole(self, words: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position in `words`, place in `wholes`) of what words of the batch meet as a whole."""
        rows = self._whole[self._held.words[words]]
        some = np.flatnonzero(rows >= 0)
        of, places = self._postings.wholes.variants.expanded(rows[some])
        return some[of], places

    def _gained(self, cells: NDArray[np.intp], meeting: NDArray[np.intp]) -> _Gained:
        """Of each pair, what the name's words can gain there."""
        held, words = self._held, self._postings.words
        name, number = cells // len(self._missing), cells % len(self._missing)
        starts = np.searchsorted(held.names[meeting], name)
        counts = np.searchsorted(held.names[meeting], name, side="right") - starts
        slot = np.repeat(np.arange(len(cells)), counts)  # a slot is a pair and a word of its name
        word = meeting[spans(starts, counts)]
        of, places = words.expanded(number[slot])
        listed = words.values[places]
        wanted = held.words[word][of] * self._width + listed
        at = np.minimum(np.searchsorted(self._keys, wanted), max(0, len(self._keys) - 1))
        gains = np.where(self._keys[at] == wanted, self._gains[at], 0.0) if len(self._keys) else np.zeros(len(wanted))
        spared = np.where(gains > 0.0, self._spared[listed], 0.0)
        first = np.searchsorted(of, np.arange(len(slot)))
        gained, less = (np.maximum.reduceat(x, first) if len(slot) else x for x in (gains, spared))
        stands, begun = gained > 0.0, self._first[number] < 0
        begun[slot[of[(gains > 0.0) & (listed == self._first[number][slot[of]])]]] = True
        by, place = self._met_whole(meeting)
        wholes = self._postings.wholes
        cell = _found(cells, held.names[meeting[by]] * len(self._missing) + wholes.variants.values[place])
        some = np.flatnonzero(cell >= 0)
        cell, by, place = cell[some], by[some], place[some]
        slots = np.cumsum(counts)[cell] - counts[cell] + by - starts[cell]
        np.maximum.at(gained, slots, wholes.gain[place])
        np.maximum.at(less, slots, wholes.spared[place])
        stands[slots] = begun[cell] = True
        covered = np.where(stands, held.costs[word], 0.0)
        gain, spared, covered = (added(slot, x, len(cells)) for x in (gained, less, covered))
        return _Gained(gain, spared, covered, begun)

    def _gained_in_pieces(self, cells: NDArray[np.intp], pieces: Pieces, gained: _Gained) -> None:
        """Add what is gained by neighbours that make up one listed word."""
        variants = self._postings.variants
        of, places = variants.expanded(pieces.listed)
        at = self._held.names[pieces.first[of]] * len(self._missing) + variants.values[places]
        cell = _found(cells, at)
        some = np.flatnonzero(cell >= 0)
        gained.begun[cell[some]] = True
        np.add.at(gained.spared, cell[some], self._spared[pieces.listed[of[some]]])
        np.add.at(gained.gain, cell[some], self._weight[pieces.listed[of[some]]])
        np.add.at(gained.covered, cell[some], pieces.sums(self._held.costs)[of[some]])


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


def _found(keys: NDArray[np.intp], wanted: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each stands among the rising keys, -1 for nowhere."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.intp)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)
