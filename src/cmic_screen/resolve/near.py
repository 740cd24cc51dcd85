"""For held names that are no hits: which few listed names are most like each. Chooses whom to align; scores nothing.

All names of a batch against all variants at once, by the words they share: an estimate of the aligner's score, so that
only a handful of listed names is aligned. It explains a cleared row and decides nothing (issue 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.resolve.align import missing_cost
from cmic_screen.resolve.heldwords import held_words, in_pieces
from cmic_screen.resolve.ragged import Ragged, added, distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.heldwords import HeldWords
    from cmic_screen.resolve.variants import Variants

CELLS: Final = 1_000_000
"""Names times variants that are in memory at once."""
MOST: Final = 4
"""Variants looked at for one name, and twice as many more as entities are asked for."""

PARTS: Final = 64
"""Into how many parts the variants are cut, of which the greatest estimates say how much is worth looking at."""
TINY: Final = 1e-300


class Near:
    """Listed variants by likeness to held names."""

    def __init__(self, variants: Variants) -> None:
        self._variants = variants
        self._missing = np.array([sum(map(missing_cost, v.words, v.weights)) for v in variants.all])
        self._listed = np.array([bool(v.uids) for v in variants.all], dtype=bool)

    def likeliest(self, cores: Sequence[tuple[str, ...]], n: int) -> list[list[tuple[float, int]]]:
        """For each held name's words (estimate, number) of the variants worth aligning for its `n` nearest, likeliest
        first; [] for none.
        """
        out: list[list[tuple[float, int]]] = [[] for _ in cores]
        rows = max(1, CELLS // max(1, len(self._missing)))
        some = [i for i, core in enumerate(cores) if core]
        for start in range(0, len(some), rows):
            part = some[start : start + rows]
            held = held_words([(cores[i], 0) for i in part], self._variants.vocabulary)
            for i, best in zip(part, self._best(held, MOST + 2 * n), strict=True):
                out[i] = best
        return out

    def _met(self, held: HeldWords) -> tuple[Ragged, NDArray[np.float64], NDArray[np.float64]]:
        """Of each distinct word the variants it meets, its most gain there, and what is missing there without it."""
        stands, postings, variants = self._variants.vocabulary.stands, self._variants.postings, self._variants
        of, places = stands.listed.expanded(held.rows)
        listed = stands.listed.values[places]
        by, at = postings.variants.expanded(listed)
        gains = variants.gainful[listed] * stands.credit[places]
        found = [(of[by], postings.variants.values[at], gains[by], variants.spared[listed[by]])]
        whole = np.array([postings.wholes.row.get(x, -1) for x in held.distinct], dtype=np.intp)
        some = np.flatnonzero(whole >= 0)
        of, at = postings.wholes.variants.expanded(whole[some])
        found.append((some[of], postings.wholes.variants.values[at], *2 * (postings.wholes.gain[at],)))
        word, number, gain, spared = (np.concatenate(x) for x in zip(*found, strict=True))
        order = np.lexsort((-spared, -gain, number, word))
        word, number = word[order], number[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (word[1:] != word[:-1]) | (number[1:] != number[:-1])
        counts = np.bincount(word[first], minlength=len(held.distinct))
        kept = order[first]
        return Ragged(np.concatenate(([0], np.cumsum(counts))), number[first]), gain[kept], spared[kept]

    def _best(self, held: HeldWords, most: int) -> list[list[tuple[float, int]]]:
        size = len(held.cut), len(self._missing)
        met, gains, spare = self._met(held)
        top = np.zeros(len(held.distinct))
        np.maximum.at(top, np.repeat(np.arange(len(top)), np.diff(met.starts)), gains)
        some = np.flatnonzero(top[held.words] > 0.0)  # a short name that may stand beside a full one says nothing
        of, at = met.expanded(held.words[some])
        pieces = in_pieces(held, self._variants)
        by, place = self._variants.postings.variants.expanded(pieces.listed)
        weight = self._variants.gainful[pieces.listed[by]]
        posted = self._variants.postings.variants.values[place]
        number, names = (
            np.concatenate((met.values[at], posted)),
            held.names[np.concatenate((some[of], pieces.first[by]))],
        )
        cells, cost = names * size[1] + number, (held.costs[some[of]], pieces.sums(held.costs)[by])
        gain, spared, covered = (
            added(cells, np.concatenate(x), size[0] * size[1]) for x in ((gains[at], weight), (spare[at], weight), cost)
        )
        whole = added(held.names, held.costs, size[0])
        some = distinct(cells)
        name, number = np.divmod(some, size[1])
        gain, spared, covered = gain[some], spared[some], covered[some]
        extra, missing = np.maximum(whole[name] - covered, 0.0), np.maximum(self._missing[number] - spared, 0.0)
        estimate = np.sqrt(gain * gain / np.maximum((gain + extra) * (gain + missing), 1e-9))
        estimate[~self._listed[number]] = 0.0
        return _likeliest(name, number, estimate, size, most)


def _likeliest(
    row: NDArray[np.intp], column: NDArray[np.intp], value: NDArray[np.float64], size: tuple[int, int], most: int
) -> list[list[tuple[float, int]]]:
    """Of each row the `most` greatest (value, column), greatest first, of equal ones the first; none that is 0.

    Never by numpy's partition: which of equal values that leaves depends on the processor, and an auditor's may differ.
    """
    whole = np.zeros(size)
    whole[row, column] = value
    edges = np.arange(0, size[1], max(1, -(-size[1] // PARTS)))
    least = np.full(size[0], TINY)
    if len(edges) >= most:  # the greatest of so many parts are no less than the last that is wanted
        tops = np.maximum.reduceat(whole, edges, axis=1)
        np.maximum(least, np.sort(tops, axis=1)[:, len(edges) - most], out=least)
    kept = value >= least[row]
    row, column, value = row[kept], column[kept], value[kept]
    out: list[list[tuple[float, int]]] = [[] for _ in range(size[0])]
    order = np.lexsort((column, -value, row))
    for r, v, c in zip(*(x[order].tolist() for x in (row, value, column)), strict=True):
        if len(out[r]) < most:
            out[r].append((v, c))
    return out
