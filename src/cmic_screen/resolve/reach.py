"""Which listed names many held names could be like at all: an upper bound of the aligner's score for each pair. Decides
nothing.

The bound holds: a variant left out here cannot reach the floor in `align`. All names of a batch go through arrays
together, so that the cost hardly grows with the list (issue 4; docs/explanation/matching.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.align import CUT_FROM, extra_cost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmic_screen.resolve.variants import Met, Pieces, Variants

CELLS: Final = 4_000_000
"""Held names times variants that are in memory at once, a byte each."""
CUT_ALLOWANCE: Final = 0.93  # the last word of a cut name may gain more than `words` says of it
LAST: Final = 0.93  # the most that a cut last word may gain beyond what its readings say (`align`)
_HAIR: Final = 1e-9
_NONE: Final[frozenset[str]] = frozenset()
_NEVER: Final = float("inf")

Reached = list[tuple[float, int]]
"""(upper bound of the score, number) of variants, most promising first."""


class _Row(NamedTuple):
    """One held name that may reach something: its number, what its words cost, how much of that must be met, how much
    may be unmet where a cut forgives what is missing, and each meeting (what, what it covers, whether the variants
    worth looking at are among its own).
    """

    number: int
    whole: float
    least: float
    cut: bool
    forgiven: float
    meetings: list[tuple[Met, float, bool]]


class Reach:
    """Bounds of held names against all variants."""

    def __init__(self, variants: Variants) -> None:
        self._variants = variants
        self._totals = np.array(variants.totals, dtype=np.float64)

    def of_many(
        self, held: Sequence[tuple[tuple[str, ...], int]], floor: float, *, rough: bool = False
    ) -> list[Reached]:
        """Of each (words, length as in `align`) the variants that could reach the floor; none depends on the others.

        `rough`: notation of the instrument may still stand behind the words.
        """
        out: list[Reached] = [[] for _ in held]
        pieces = self._variants.in_pieces([core for core, _ in held])
        rows = [
            r for i, (core, length) in enumerate(held) if (r := self._row(i, core, length, floor, pieces[i], rough))
        ]
        size = max(1, CELLS // max(1, len(self._totals)))
        for start in range(0, len(rows), size):
            part = rows[start : start + size]
            for row, bound, number in self._bounds(part, floor):
                out[part[row].number].append((bound, number))
        return out

    def _row(
        self, number: int, core: tuple[str, ...], length: int, floor: float, pieces: Pieces, rough: bool
    ) -> _Row | None:
        costs = [extra_cost(x, _NONE) for x in core]
        cut = length >= CUT_FROM
        if cut and len(core) > 1 and len(core[-1]) < 3:
            costs[-1] = 0.0  # what a cut left of a word
        met: Pieces = [((i,), m) for i, x in enumerate(core) if (m := self._variants.met(x)) is not None]
        met += pieces
        # More than this of the name's cost cannot stay unexplained where all that can be gained is gained.
        allowed = sum(m.top for _, m in met) * (1 / floor**2 - 1) / CUT_ALLOWANCE**2 if floor else _NEVER
        whole = sum(costs)
        if not met or whole - sum(costs[i] for i in {i for at, _ in met for i in at}) > allowed:
            return None
        chosen = _chosen(costs, met, allowed)
        meetings = [(m, sum(costs[i] for i in at), not chosen.isdisjoint(at)) for at, m in met]
        # Only a name whose words before the last are all met was cut (align); a cut may leave anything of the last.
        return _Row(number, whole, whole - allowed, cut, _NEVER if rough else costs[-1] + _HAIR, meetings)

    def _bounds(self, part: Sequence[_Row], floor: float) -> Iterator[tuple[int, float, int]]:
        """(row, bound, variant) in order of row, most promising first."""
        width = len(self._totals)
        rows = np.repeat(np.arange(len(part)), [len(r.meetings) for r in part])
        met, covers, chosen = zip(*(m for r in part for m in r.meetings), strict=True)
        sizes = [len(m.numbers) for m in met]
        cells = np.repeat(rows * width, sizes) + np.concatenate([m.numbers for m in met])
        possible = np.zeros(len(part) * width, dtype=bool)
        possible[cells[np.repeat(chosen, sizes)]] = True
        kept = possible[cells]
        gains, cover = np.concatenate([m.gains for m in met])[kept], np.repeat(covers, sizes)[kept]
        found, at = np.unique(cells[kept], return_inverse=True)
        gain, covered = np.bincount(at, gains, len(found)), np.bincount(at, cover, len(found))
        row, number = found // width, found % width
        whole, least, cut, forgiven = (np.array([r[i] for r in part])[row] for i in (1, 2, 3, 4))
        extra, most = np.maximum(whole - covered, 0.0), gain + LAST * cut
        share = np.where(cut & (extra <= forgiven), 1.0, np.minimum(1.0, most / self._totals[number]))
        worth = (covered >= least) & (gain > 0.0)
        bound = np.zeros(len(found))
        np.divide(gain * share, gain + extra, out=bound, where=worth)
        np.sqrt(bound, out=bound)
        here = np.flatnonzero(worth & (bound >= np.where(cut, floor * CUT_ALLOWANCE, floor)))
        here = here[np.lexsort((number[here], -bound[here], row[here]))]
        return zip(row[here].tolist(), bound[here].tolist(), number[here].tolist(), strict=True)


def _chosen(costs: Sequence[float], met: Sequence[tuple[tuple[int, ...], Met]], allowed: float) -> set[int]:
    """Words of which every variant worth looking at meets one: they cost more than may stay unexplained. Those which
    meet the fewest variants are taken.
    """
    sizes = [0] * len(costs)
    for at, m in met:
        for i in at:
            sizes[i] += len(m.numbers)
    chosen, cost = set[int](), 0.0
    for i in sorted(range(len(costs)), key=lambda i: (sizes[i], i)):
        chosen.add(i)
        cost += costs[i]
        if cost > allowed:
            break
    return chosen
