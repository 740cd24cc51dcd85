"""For held names that are no hits: which few listed names are most like each. Chooses whom to align; scores nothing.

All names of a batch against all variants at once, by the words they share: an estimate of the aligner's score, so that
only a handful of listed names is aligned. It explains a cleared row and decides nothing (issue 4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.resolve.align import extra_cost, missing_cost

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.variants import Met, Pieces, Variants

CELLS: Final = 1_000_000
"""Names times variants that are in memory at once."""
MOST: Final = 4
"""Variants looked at for one name, and twice as many more as entities are asked for."""
_NONE: Final[frozenset[str]] = frozenset()


class Near:
    """Listed variants by likeness to held names."""

    def __init__(self, variants: Variants) -> None:
        self._variants = variants
        self._missing = np.array([sum(map(missing_cost, v.words, v.weights)) for v in variants.all])
        self._unlisted = np.flatnonzero([not v.uids for v in variants.all])

    def likeliest(self, cores: Sequence[tuple[str, ...]], n: int) -> list[list[tuple[float, int]]]:
        """For each held name's words (estimate, number) of the variants worth aligning for its `n` nearest, likeliest
        first; [] for none.
        """
        out: list[list[tuple[float, int]]] = [[] for _ in cores]
        pieces = self._variants.in_pieces(cores)
        found = [(i, met) for i, core in enumerate(cores) if (met := self._meetings(core, pieces[i]))]
        rows = max(1, CELLS // max(1, len(self._missing)))
        for start in range(0, len(found), rows):
            part = found[start : start + rows]
            for (i, _), best in zip(part, self._best([(cores[i], met) for i, met in part], MOST + 2 * n), strict=True):
                out[i] = best
        return out

    def _meetings(self, core: tuple[str, ...], pieces: Pieces) -> list[tuple[float, Met]]:
        """What each word that meets anything costs alone, and what it meets."""
        out = [(extra_cost(x, _NONE), m) for x in core if (m := self._variants.met(x)) is not None and m.top]
        return out + [(sum(extra_cost(core[i], _NONE) for i in at), m) for at, m in pieces]

    def _best(
        self, part: Sequence[tuple[tuple[str, ...], list[tuple[float, Met]]]], most: int
    ) -> list[list[tuple[float, int]]]:
        width, size = len(self._missing), (len(part), len(self._missing))
        met = [m for _, meetings in part for _, m in meetings]
        counts = [len(m.numbers) for m in met]
        rows = np.repeat([row for row, (_, meetings) in enumerate(part) for _ in meetings], counts)
        cells = rows * width + np.concatenate([m.numbers for m in met])
        costs = np.repeat([cost for _, meetings in part for cost, _ in meetings], counts)
        gain = _added(cells, np.concatenate([m.gains for m in met]), size)
        spared = _added(cells, np.concatenate([m.spared for m in met]), size)
        covered = _added(cells, costs, size)
        whole = np.array([sum(extra_cost(word, _NONE) for word in core) for core, _ in part])
        extra, missing = np.maximum(whole[:, None] - covered, 0.0), np.maximum(self._missing - spared, 0.0)
        estimate = np.sqrt(gain * gain / np.maximum((gain + extra) * (gain + missing), 1e-9))
        estimate[:, self._unlisted] = 0.0
        top = np.argpartition(-estimate, min(most, width) - 1, axis=1)[:, :most]
        top.sort(axis=1)
        values = np.take_along_axis(estimate, top, axis=1)
        order = np.argsort(-values, axis=1, kind="stable")
        best = zip(
            np.take_along_axis(values, order, axis=1).tolist(),
            np.take_along_axis(top, order, axis=1).tolist(),
            strict=True,
        )
        return [[(v, n) for v, n in zip(*row, strict=True) if v] for row in best]


def _added(cells: NDArray[np.intp], values: NDArray[np.float64], size: tuple[int, int]) -> NDArray[np.float64]:
    return np.bincount(cells, values, minlength=size[0] * size[1]).astype(np.float64, copy=False).reshape(size)
