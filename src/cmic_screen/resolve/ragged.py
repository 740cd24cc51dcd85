"""Rows of unequal length as two arrays, and their expansion without a loop. Knows nothing of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray


def spans(starts: NDArray[np.intp], counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """starts[0], starts[0] + 1, ... as many as counts[0] says, then from starts[1] on, and so forth."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def added(at: NDArray[np.intp], values: NDArray[Any], size: int) -> NDArray[np.float64]:
    """The sum of the values at each place from 0 up to `size`."""
    return np.bincount(at, values, minlength=size).astype(np.float64, copy=False)


class Ragged(NamedTuple):
    """Row i is what stands in `values` from starts[i] up to starts[i + 1]."""

    starts: NDArray[np.intp]
    values: NDArray[np.intp]

    @classmethod
    def of(cls, rows: Sequence[Iterable[int]]) -> Ragged:
        """Rows of whole numbers."""
        kept = [list(row) for row in rows]
        starts = np.cumsum([0, *map(len, kept)])
        return cls(starts, np.array([x for row in kept for x in row], dtype=np.intp))

    def counts(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """How much stands in each of some rows."""
        return self.starts[rows + 1] - self.starts[rows]

    def expanded(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position in `rows`, place in `values`) of everything in some rows, in their order."""
        counts = self.counts(rows)
        return np.repeat(np.arange(len(rows)), counts), spans(self.starts[rows], counts)
