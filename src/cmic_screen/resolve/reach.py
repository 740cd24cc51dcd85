"""Which listed names many held names could be like at all: an upper bound of the aligner's score for each pair. Decides
nothing.

The bound holds: a variant left out here cannot reach the floor in `align`. All names of a batch go through arrays
together (`bounds`), so that the cost hardly grows with the list (issue 4; docs/explanation/matching.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cmic_screen.resolve.bounds import Batch
from cmic_screen.resolve.heldwords import held_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.heldwords import HeldWords
    from cmic_screen.resolve.variants import Variants

Reached = list[tuple[float, int]]
"""(upper bound of the score, number) of variants, most promising first."""


class Reach:
    """Bounds of held names against all variants."""

    def __init__(self, variants: Variants) -> None:
        self._variants = variants

    def of_words(self, held: HeldWords, floor: float) -> list[Reached]:
        """Of each name the variants that could reach the floor; none depends on the others."""
        out: list[Reached] = [[] for _ in held.cut]
        if len(held.names):
            for name, bound, number in Batch(self._variants, held, floor).found():
                out[name].append((bound, number))
        return out

    def names(self, held: HeldWords, floor: float) -> NDArray[np.intp]:
        """The names that could reach the floor with any variant."""
        found = (name for name, _, _ in Batch(self._variants, held, floor).found()) if len(held.names) else ()
        return np.unique(np.fromiter(found, dtype=np.intp))

    def of_many(
        self, held: Sequence[tuple[tuple[str, ...], int]], floor: float, *, rough: bool = False
    ) -> list[Reached]:
        """The same of (words, length as in `align`). `rough`: the instrument's notation may still stand behind them."""
        return self.of_words(held_words(held, self._variants.vocabulary, rough=rough), floor)
