"""The arrays behind `reach`: bounds of one batch of held names against the variants worth looking at. Decides nothing.

A variant is looked up by its rarest words that a name may meet (`prefix`, `edges`), or as a whole. What the name's
words gain there is summed up by the words of the variant; only where that could reach the floor also by the words of
the name (`gained`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.resolve.align import FORGIVEN
from cmic_screen.resolve.edges import Met, edges, greatest
from cmic_screen.resolve.gained import Gained, Gains
from cmic_screen.resolve.ragged import added, distinct
from cmic_screen.resolve.variants import NO_WORD, SAYS_NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from cmic_screen.resolve.edges import Edges
    from cmic_screen.resolve.heldwords import HeldWords
    from cmic_screen.resolve.prefix import Prefix
    from cmic_screen.resolve.variants import Variants

CELLS: Final = 500_000
"""Pairs of a held name and a variant that are in memory at once, but for those of a single name."""
_HAIR: Final = 1e-9


class Batch:
    """One batch of held names, and what each of their distinct words meets."""

    def __init__(self, variants: Variants, held: HeldWords, prefix: Prefix, floor: float) -> None:
        """`prefix`: of these variants, for this floor."""
        self._held, self._floor, self._variants, self._prefix = held, floor, variants, prefix
        self._missing = variants.missing_said if held.light else variants.missing
        self._gains = Gains(variants, held)
        self._cost = added(held.names, held.costs, len(held.cut))

    def found(self) -> Iterator[tuple[int, float, int]]:
        """(name, bound, variant) of all that could reach the floor, in order of name, most promising first."""
        held, gains, prefix, names = self._held, self._gains, self._prefix, len(self._held.cut)
        first, either, self._gift = edges(held, gains, prefix)
        self._meeting = np.flatnonzero(gains.meeting())
        self._met = Met(either, prefix.rank)
        # Of a name that was cut all else must be forgiven: it begins as the variant does.
        may = held.cut[either.names] & (either.extra <= _HAIR)
        first, begun = self._enough(first), either.at(np.flatnonzero(may))
        given = self._given = (self._gift.letters > 0).astype(np.intp)
        load = np.cumsum(
            added(first.names, prefix.first.counts(first.listed, given[first.names]), names)
            + added(begun.names, prefix.begun.counts(begun.listed, given[begun.names]), names)
        )
        others = self._as_a_whole()
        start = 0
        while start < names:
            before = load[start - 1] if start else 0
            end = max(start + 1, int(np.searchsorted(load, before + CELLS, side="right")))
            here = [x.at(np.arange(*np.searchsorted(x.names, (start, end)))) for x in (first, begun)]
            beside = others[slice(*np.searchsorted(others, (start * gains.count, end * gains.count)))]
            cells = distinct(np.concatenate((self._looked_up(*here), beside)))
            if len(cells):
                yield from self._bounds(cells, start, end)
            start = end

    def _enough(self, met: Edges) -> Edges:
        """Those by which any variant could reach the floor."""
        gain = met.gain + met.rest
        return met.at(np.flatnonzero(gain >= self._floor**2 * (gain + met.extra) - _HAIR))

    def _looked_up(self, first: Edges, begun: Edges) -> NDArray[np.intp]:
        """Pairs of a name and a variant, as name * variants + variant, rising: those found by a word of the variant
        that could reach the floor if each of its words gained the most that the name gains by it.
        """
        prefix, given = self._prefix, self._given
        at, place = prefix.first.expanded(first.listed, given[first.names])
        names, variant = first.names[at], prefix.variant[place]
        more = given[names]
        gain = first.gain[at] + np.minimum(first.rest[at], prefix.after[more, place])
        missing = self._missing[variant] - (first.spared + first.rest_spared)[at]
        missing = np.maximum(missing, prefix.before[more, place])
        kept = self._reaches(gain, first.extra[at], missing)
        kept &= prefix.first.plain[place] | self._gifted(names, variant)
        cells = names[kept] * self._gains.count + variant[kept]
        at, place = prefix.begun.expanded(begun.listed, given[begun.names])
        names, variant = begun.names[at], prefix.variant[place]
        kept = prefix.begun.plain[place] | self._gifted(names, variant)
        kept[kept] = self._begun(names[kept], variant[kept], begun.listed[at[kept]])
        cells = distinct(np.concatenate((cells, names[kept] * self._gains.count + variant[kept])))
        return cells[self._may_reach(cells)]

    def _gifted(self, names: NDArray[np.intp], variants: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether a variant has a word that begins with the letter of one that a cut left anything of."""
        out: NDArray[np.bool_] = self._gift.letters[names] & self._prefix.begin_with[variants] > 0
        return out

    def _begun(
        self, names: NDArray[np.intp], variants: NDArray[np.intp], met: NDArray[np.intp] | int = SAYS_NOTHING
    ) -> NDArray[np.bool_]:
        """Whether a cut may have left the beginning of these variants: their first two words are met. `met`: the word
        by which each was found, which is.
        """
        begins = self._variants.begins[variants].T
        out: NDArray[np.bool_] = self._held.cut[names] & (begins[1] != NO_WORD)
        letters = self._gift.letters[names]
        for word in begins:
            some = np.flatnonzero(out & (word >= 0) & (word != met))
            there = self._met.found(names[some], word[some]) >= 0
            out[some] = there | (letters[some] & self._prefix.letters[word[some]] > 0)
        return out

    def _may_reach(self, cells: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether pairs could reach the floor, by the words of the variant that the name meets."""
        variants, gift = self._variants, self._gift
        name, number = cells // self._gains.count, cells % self._gains.count
        of, place = variants.postings.words.expanded(number)
        listed, times = variants.postings.words.values[place], variants.postings.times[place]
        at = self._met.found(name[of], listed)
        met = np.flatnonzero(at >= 0)
        of, at, times = of[met], at[met], times[met]
        gain, covered = (added(of, x[at] * times, len(cells)) for x in (self._met.gain, self._met.cost))
        spared, given = added(of, variants.spared[listed[met]], len(cells)), self._gifted(name, number)
        gain += gift.gain[name] * given
        covered += gift.cost[name] * given
        spared += gift.spared[name] * given
        extra = np.maximum(self._cost[name] - covered, 0.0)
        missing = np.maximum(self._missing[number] - spared, 0.0)
        out = self._reaches(gain, extra, missing)
        may = ~out & (extra <= _HAIR) & self._reaches(gain, extra, FORGIVEN * missing)
        out[may] = self._begun(name[may], number[may])
        return out

    def _reaches(
        self, gain: NDArray[np.float64], extra: NDArray[np.float64], missing: NDArray[np.float64]
    ) -> NDArray[np.bool_]:
        """Whether so much may reach the floor."""
        out: NDArray[np.bool_] = gain * gain >= self._floor**2 * (gain + extra) * (gain + missing) - _HAIR
        return out

    def _as_a_whole(self) -> NDArray[np.intp]:
        """Pairs, rising, found by what is several listed words in one, one in several, or an entity's own short name:
        those that could reach the floor if all the name's words gained the most that they gain anywhere.
        """
        held, gains, names, ends = self._held, self._gains, len(self._held.cut), self._held.ends
        pieces, postings = gains.pieces, gains.postings
        by, at = gains.whole(np.arange(len(held.words)))
        piece, place = postings.variants.expanded(pieces.listed)
        name = np.concatenate((held.names[by], held.names[pieces.first[piece]]))
        number = np.concatenate((postings.wholes.variants.values[at], postings.variants.values[place]))
        top, spared = (
            added(held.names, own[held.words], names)
            + added(ends.names, greatest(each, ends.low, ends.high), names)
            + added(held.names[pieces.first], each[pieces.listed], names)
            for own, each in ((gains.top, gains.weight), (gains.most_spared, gains.spared))
        )
        covered = added(held.names[self._meeting], held.costs[self._meeting], names)
        missing = np.maximum(self._missing[number] - spared[name], 0.0)
        missing[held.cut[name]] *= FORGIVEN
        reaches = self._reaches(top[name], np.maximum(self._cost - covered, 0.0)[name], missing)
        return distinct((name * gains.count + number)[reaches])

    def _bounds(self, cells: NDArray[np.intp], start: int, end: int) -> Iterator[tuple[int, float, int]]:
        """The pairs, of names from `start` up to `end`, that could reach the floor (as `found`)."""
        held, pieces = self._held, self._gains.pieces
        meeting = self._meeting[slice(*np.searchsorted(held.names[self._meeting], (start, end)))]
        of = held.names[pieces.first]
        pieces = pieces.at(np.flatnonzero((of >= start) & (of < end)))
        bound, kept = self._bound(cells, self._gains.at(cells, meeting, pieces, self._met))
        name, number = cells // self._gains.count, cells % self._gains.count
        kept = kept[np.lexsort((number[kept], -bound[kept], name[kept]))]
        return zip(name[kept].tolist(), bound[kept].tolist(), number[kept].tolist(), strict=True)

    def _bound(self, cells: NDArray[np.intp], gained: Gained) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
        """(the bound of each pair, which pairs may reach the floor)."""
        name, number = cells // self._gains.count, cells % self._gains.count
        gain = gained.gain
        missing = np.maximum(self._missing[number] - gained.spared, 0.0)
        extra = np.maximum(self._cost[name] - gained.covered, 0.0)
        missing[self._held.cut[name] & gained.begun & (extra <= _HAIR)] *= FORGIVEN
        bound = np.zeros(len(cells))
        np.divide(gain * gain, (gain + extra + gained.lost) * (gain + missing), out=bound, where=gain > 0.0)
        np.sqrt(bound, out=bound)
        return bound, np.flatnonzero((gain > 0.0) & (bound >= self._floor))
