"""Rows of unequal length as two arrays, and their expansion without a loop. Knows nothing of names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

Number = TypeVar("Number", bound="np.integer[Any]")


def spans(starts: NDArray[np.intp], counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """starts[0], starts[0] + 1, ... as many as counts[0] says, then from starts[1] on, and so forth."""
    before = np.cumsum(counts) - counts
    return np.repeat(starts - before, counts) + np.arange(int(counts.sum()))


def added(at: NDArray[np.intp], values: NDArray[Any], size: int) -> NDArray[np.float64]:
    """The sum of the values at each place from 0 up to `size`."""
    return np.bincount(at, values, minlength=size).astype(np.float64, copy=False)


def distinct(values: NDArray[Number]) -> NDArray[Number]:
    """The values once each, rising. (`np.unique` of numpy 2.4 hashes whole numbers: 7 to 30 times as long.)"""
    out = np.sort(values)
    return np.compress(np.append(True, out[1:] != out[:-1])[: len(out)], out)


def numbered(values: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """(the values once each, rising; the place of each among these). None is negative, nor much beyond their count."""
    there = np.bincount(values) > 0
    return np.flatnonzero(there), (np.cumsum(there) - 1)[values]


def firsts(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Of each place that of the first with its row; `rows` rise."""
    begin = np.flatnonzero(np.append(True, rows[1:] != rows[:-1])[: len(rows)])
    return np.repeat(begin, np.diff(begin, append=len(rows)))


def lasts(rows: NDArray[np.intp]) -> NDArray[np.intp]:
    """Of each place that of the last with its row; `rows` rise."""
    end = np.flatnonzero(np.append(rows[1:] != rows[:-1], True)[: len(rows)])
    return np.repeat(end, np.diff(end, prepend=-1))


def sum_before(rows: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each value the sum of those before it in its row; `rows` rise."""
    before = np.cumsum(values) - values
    out: NDArray[np.float64] = before - before[firsts(rows)]
    return out


def most_yet(rows: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each value the greatest of its row up to and with it; `rows` rise, no value is negative."""
    step = rows * (2.0 * values.max(initial=0.0) + 1.0)
    out: NDArray[np.float64] = np.maximum.accumulate(values + step) - step
    return out


def most_before(rows: NDArray[np.intp], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The same without it; 0 at the first."""
    out = np.zeros(len(values))
    out[1:] = np.where(rows[1:] == rows[:-1], most_yet(rows, values)[:-1], 0.0)
    return out


def found(keys: NDArray[np.intp], wanted: NDArray[np.intp]) -> NDArray[np.intp]:
    """Where each stands among the rising keys, -1 for nowhere."""
    if not len(keys):
        return np.full(len(wanted), -1, dtype=np.intp)
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, at, -1)


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

    @property
    def rows(self) -> NDArray[np.intp]:
        """Of each of `values` the row in which it stands."""
        return np.repeat(np.arange(len(self.starts) - 1), np.diff(self.starts))

    def counts(self, rows: NDArray[np.intp]) -> NDArray[np.intp]:
        """How much stands in each of some rows."""
        return self.starts[rows + 1] - self.starts[rows]

    def expanded(self, rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position in `rows`, place in `values`) of everything in some rows, in their order."""
        counts = self.counts(rows)
        return np.repeat(np.arange(len(rows)), counts), spans(self.starts[rows], counts)
