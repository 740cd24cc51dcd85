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
from cmic_screen.resolve.prefix import Prefix
from cmic_screen.resolve.ragged import distinct

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.heldwords import HeldWords
    from cmic_screen.resolve.variants import Variants

Reached = list[tuple[float, int]]
"""(upper bound of the score, number) of variants, most promising first."""


class Reach:
    """Bounds of held names against all variants, as far as they reach a floor."""

    def __init__(self, variants: Variants, floor: float) -> None:
        self._variants, self._floor, self._prefix = variants, floor, Prefix(variants, floor)

    def of_many(self, held: Sequence[tuple[tuple[str, ...], int]]) -> list[Reached]:
        """Of each name, as (words, length as in `align`), the variants that could reach the floor; none depends on the
        others.
        """
        out: list[Reached] = [[] for _ in held]
        for name, bound, number in self._found(held_words(held, self._variants.vocabulary)):
            out[name].append((bound, number))
        return out

    def names(self, held: HeldWords) -> NDArray[np.intp]:
        """The names that could reach the floor with any variant."""
        return distinct(np.fromiter((name for name, _, _ in self._found(held)), dtype=np.intp))

    def _found(self, held: HeldWords) -> Iterable[tuple[int, float, int]]:
        return Batch(self._variants, held, self._prefix, self._floor).found() if len(held.names) else ()
