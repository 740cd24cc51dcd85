"""Which variants each listed word stands in, and which words stand in each variant, as arrays. Scores nothing.

A variant is the words of a listed name without its legal form. A held word may also meet a variant as a whole: as
several of its words run together (CHINAMOBILE), or as one of the entity's own short names, which may stand beside it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmic_screen.resolve.align import missing_cost
from cmic_screen.resolve.ragged import Ragged

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.variants import Variant


class Wholes(NamedTuple):
    """Words that meet variants as a whole: the row of each; the variants of a row, and what is gained at each (0 at the
    entity's own short name), and is not missing there; the most that is gained, and spared, in a row.
    """

    row: Mapping[str, int]
    variants: Ragged
    gain: NDArray[np.float64]
    spared: NDArray[np.float64]
    most: NDArray[np.float64]
    most_spared: NDArray[np.float64]


class Postings:
    """Variants by word, words by variant."""

    def __init__(self, variants: Sequence[Variant], number: Mapping[str, int], own: Sequence[Iterable[str]]) -> None:
        """`number`: of each word in the vocabulary; `own`: of each variant the short names of its entities."""
        each = [Counter(sorted(number[x] for x in v.words)) for v in variants]
        self.words = Ragged.of(each)
        self.times = np.array([n for count in each for n in count.values()], dtype=np.intp)
        """How often each of `words` stands in its variant."""
        self.variants = _turned(self.words, len(number))
        self.wholes = _wholes(variants, own)


def _turned(rows: Ragged, width: int) -> Ragged:
    """Of each value, the rows in which it stands, rising."""
    order = np.argsort(rows.values, kind="stable")
    counts = np.bincount(rows.values, minlength=width)
    return Ragged(np.concatenate(([0], np.cumsum(counts))), rows.rows[order])


def _wholes(variants: Sequence[Variant], own: Sequence[Iterable[str]]) -> Wholes:
    row: dict[str, int] = {}
    met = list[tuple[int, int, float, float]]()  # row, variant, gain, spared; of a pair the last counts
    for number, v in enumerate(variants):
        met += [(row.setdefault(word, len(row)), number, 0.0, 0.0) for word in own[number]]
        spared = list(map(missing_cost, v.words, v.weights))
        for size in {2, 3, max(2, len(v.words))}:
            for at in range(len(v.words) - size + 1):
                part = slice(at, at + size)
                word = row.setdefault("".join(v.words[part]), len(row))
                met.append((word, number, sum(v.weights[part]), sum(spared[part])))
    rows, of, gain, saved = np.array(met, dtype=np.float64).reshape(-1, 4).T
    order = np.lexsort((np.arange(len(rows)), of, rows))
    last = np.ones(len(rows), dtype=bool)
    last[:-1] = (rows[order][1:] != rows[order][:-1]) | (of[order][1:] != of[order][:-1])
    kept = order[last]
    starts = np.concatenate(([0], np.cumsum(np.bincount(rows[kept].astype(np.intp), minlength=len(row)))))
    most = (np.maximum.reduceat(x[kept], starts[:-1]) if len(kept) else np.zeros(0) for x in (gain, saved))
    return Wholes(row, Ragged(starts, of[kept].astype(np.intp)), gain[kept], saved[kept], *most)
