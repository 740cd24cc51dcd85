"""What the words of one batch of held names meet among the listed words, and the most that they gain in pairs of a name
and a variant. Decides nothing.

For `bounds`: each figure errs to the side of the name. A word that is met gains the most that any reading of it gains,
and loses the least; neighbours that make up one word add what they gain beyond their own; so does a last word that a
cut may have left (`align`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.align import CUT_CREDIT
from cmic_screen.resolve.heldwords import in_pieces
from cmic_screen.resolve.ragged import Ragged, added, found, spans
from cmic_screen.resolve.variants import NO_WORD, SAYS_NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmic_screen.resolve.edges import Met
    from cmic_screen.resolve.heldwords import HeldWords, Pieces
    from cmic_screen.resolve.variants import Variants

_NEVER: Final = float("inf")


class Gained(NamedTuple):
    """Of each pair of a name and a variant, the most that the name's words gain there, what is not missing there for
    them, what those cost that gain or stand there, the least that they lose by not being equal, and whether the
    variant's first two words may be met: only then may the name be one that was cut.
    """

    gain: NDArray[np.float64]
    spared: NDArray[np.float64]
    covered: NDArray[np.float64]
    lost: NDArray[np.float64]
    begun: NDArray[np.bool_]


class _Slots(NamedTuple):
    """Each pair with each word of its name that may be met, pair by pair: the pair and the word; where a pair's slots
    begin; the place among the meeting words at which the name's begin.
    """

    pair: NDArray[np.intp]
    word: NDArray[np.intp]
    first: NDArray[np.intp]
    begin: NDArray[np.intp]

    def of(self, pair: NDArray[np.intp], meeting: NDArray[np.intp]) -> NDArray[np.intp]:
        """The slots of pairs with words by their place among the meeting ones."""
        return self.first[pair] + meeting - self.begin[pair]


class Gains:
    """One batch of held names: of each distinct word the listed words that it meets, with the most that it gains by
    any (`top`) and what that spares. `pieces`: neighbours as one word.
    """

    def __init__(self, variants: Variants, held: HeldWords) -> None:
        self._held, self.postings, self.spared = held, variants.postings, variants.spared
        self.weight, self._begins = variants.gainful, variants.begins
        self.count = len(variants.all)
        distinct, stands = len(held.distinct), variants.vocabulary.stands
        known = np.flatnonzero(held.rows >= 0)
        of, places = stands.listed.expanded(held.rows[known])
        listed = stands.listed.values[places]
        kept = self.weight[listed] > 0.0  # those that stand in a variant
        of, listed = known[of[kept]], listed[kept]
        self.gains = self.weight[listed] * stands.credit[places[kept]]
        self.meets = Ragged(np.concatenate(([0], np.cumsum(np.bincount(of, minlength=distinct)))), listed)
        self.top, self.most_spared = np.zeros(distinct), np.zeros(distinct)
        np.maximum.at(self.top, of, self.gains)
        np.maximum.at(self.most_spared, of, self.spared[listed])
        wholes = self.postings.wholes
        self._whole = np.array([wholes.row.get(x, -1) for x in held.distinct], dtype=np.intp)
        whole = np.flatnonzero(self._whole >= 0)
        self._met = np.zeros(distinct, dtype=bool)
        self._met[of] = self._met[whole] = True
        self.top[whole] = np.maximum(self.top[whole], wholes.most[self._whole[whole]])
        self.most_spared[whole] = np.maximum(self.most_spared[whole], wholes.most_spared[self._whole[whole]])
        self.pieces = in_pieces(held, variants)

    def meeting(self) -> NDArray[np.bool_]:
        """Which words may be met: by themselves, with their neighbours, or as what a cut left of them."""
        out: NDArray[np.bool_] = self._met[self._held.words]
        ends = self._held.ends.words
        out[self.pieces.places] = out[ends[ends >= 0]] = True
        return out

    def whole(self, words: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position in `words`, place in `wholes`) of what words of the batch meet as a whole."""
        rows = self._whole[self._held.words[words]]
        some = np.flatnonzero(rows >= 0)
        of, places = self.postings.wholes.variants.expanded(rows[some])
        return some[of], places

    def at(self, cells: NDArray[np.intp], meeting: NDArray[np.intp], pieces: Pieces, met: Met) -> Gained:
        """Of pairs, as name * variants + variant, rising; `meeting`: the words of these names that may be met;
        `pieces`: the pieces of these names; `met`: what their words meet.
        """
        held, number = self._held, cells % self.count
        begin = np.searchsorted(held.names[meeting], cells // self.count)
        counts = np.searchsorted(held.names[meeting], cells // self.count, side="right") - begin
        pair = np.repeat(np.arange(len(cells)), counts)
        slots = _Slots(pair, meeting[spans(begin, counts)], np.cumsum(counts) - counts, begin)
        of, places = self.postings.words.expanded(number)
        listed = self.postings.words.values[places]
        at = met.found(cells[of] // self.count, listed)
        some = np.flatnonzero(at >= 0)
        by, edge = met.each(at[some])
        read = np.flatnonzero(met.words[edge] >= 0)
        of, listed, edge = of[some][by[read]], listed[some][by[read]], edge[read]
        at = slots.of(of, np.searchsorted(meeting, met.words[edge]))
        gain, spared, lost = np.zeros(len(pair)), np.zeros(len(pair)), np.full(len(pair), _NEVER)
        np.maximum.at(gain, at, met.gains[edge])
        np.maximum.at(spared, at, self.spared[listed])
        np.minimum.at(lost, at, self.weight[listed] - met.gains[edge])
        out = Gained(
            gain, spared, np.where(gain > 0.0, held.costs[slots.word], 0.0), lost, self._begun(number, of, listed)
        )
        self._as_a_whole(cells, slots, meeting, out)
        out.lost[out.covered == 0.0] = 0.0
        np.minimum(out.lost, out.covered, out=out.lost)
        beyond = self._in_pieces(cells, slots, meeting, pieces, out), self._cut_short(cells, slots, meeting, out)
        gain, spared, covered = (
            added(pair, x, len(cells)) + sum(more) for x, *more in zip(out[:3], *beyond, strict=True)
        )
        begun = out.begun.all(axis=1) & (self._begins[number, 1] != NO_WORD)
        return Gained(gain, spared, covered, added(pair, out.lost, len(cells)), begun)

    def _begun(self, number: NDArray[np.intp], pair: NDArray[np.intp], listed: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Of each pair whether the variant's first, and second, word is met; `pair`, `listed`: the words that are."""
        begins = self._begins[number]
        out: NDArray[np.bool_] = begins == SAYS_NOTHING
        for place in (0, 1):
            out[pair[begins[pair, place] == listed], place] = True
        return out

    def _as_a_whole(self, cells: NDArray[np.intp], slots: _Slots, meeting: NDArray[np.intp], out: Gained) -> None:
        """Words that are several listed ones run together, or an entity's own short name."""
        wholes = self.postings.wholes
        by, place = self.whole(meeting)
        pair = found(cells, self._held.names[meeting[by]] * self.count + wholes.variants.values[place])
        some = np.flatnonzero(pair >= 0)
        pair, place = pair[some], place[some]
        at = slots.of(pair, by[some])
        np.maximum.at(out.gain, at, wholes.gain[place])
        np.maximum.at(out.spared, at, wholes.spared[place])
        out.covered[at], out.lost[at] = self._held.costs[slots.word[at]], 0.0
        out.begun[pair] = True

    def _in_pieces(
        self, cells: NDArray[np.intp], slots: _Slots, meeting: NDArray[np.intp], pieces: Pieces, out: Gained
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """(gain, spared, covered) of neighbours that make up one listed word, beyond what each has by itself."""
        of, places = self.postings.variants.expanded(pieces.listed)
        pair = found(cells, self._held.names[pieces.first[of]] * self.count + self.postings.variants.values[places])
        some = np.flatnonzero(pair >= 0)
        pair, of = pair[some], of[some]
        first = slots.of(pair, np.searchsorted(meeting, pieces.first[of]))
        owner, at = np.repeat(np.arange(len(pair)), pieces.many[of]), spans(first, pieces.many[of])
        own = (added(owner, x[at], len(pair)) for x in out[:3])
        listed, cost = pieces.listed[of], added(owner, self._held.costs[slots.word[at]], len(pair))
        more = zip((self.weight[listed], self.spared[listed], cost), own, strict=True)
        out.lost[at] = 0.0
        for place in (0, 1):
            out.begun[pair[self._begins[cells[pair] % self.count, place] == listed], place] = True
        gain, spared, covered = (added(pair, np.maximum(x - y, 0.0), len(cells)) for x, y in more)
        return gain, spared, covered

    def _cut_short(
        self, cells: NDArray[np.intp], slots: _Slots, meeting: NDArray[np.intp], out: Gained
    ) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """The same of what a cut may have left of a listed word."""
        ends, name = self._held.ends, cells // self.count
        begin = np.searchsorted(ends.names, name)
        counts = np.searchsorted(ends.names, name, side="right") - begin
        pair, end = np.repeat(np.arange(len(cells)), counts), spans(begin, counts)
        of, places = self.postings.words.expanded(cells[pair] % self.count)
        listed = self.postings.words.values[places]
        begun = np.flatnonzero((listed >= ends.low[end[of]]) & (listed < ends.high[end[of]]))
        of, listed = of[begun], listed[begun]
        gain, spared = np.zeros(len(pair)), np.zeros(len(pair))
        np.maximum.at(gain, of, CUT_CREDIT * self.weight[listed])
        np.maximum.at(spared, of, self.spared[listed])
        out.begun[pair[of[self._begins[cells[pair[of]] % self.count, 1] == listed]], 1] = True
        met = np.flatnonzero((gain > 0.0) & (ends.words[end] >= 0))
        at = slots.of(pair[met], np.searchsorted(meeting, ends.words[end[met]]))
        gain[met], spared[met] = (
            np.maximum(gain[met] - out.gain[at], 0.0),
            np.maximum(spared[met] - out.spared[at], 0.0),
        )
        covered = np.zeros(len(pair))
        covered[met] = self._held.costs[slots.word[at]] - out.covered[at]
        out.lost[at] = 0.0
        most = np.zeros((3, len(cells)))  # only one word can be the last
        for row, each in zip(most, (gain, spared, covered), strict=True):
            np.maximum.at(row, pair, each)
        return most[0], most[1], most[2]
