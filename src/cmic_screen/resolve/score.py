"""From raw likeness to a score that means what it says (of 100 similar names with score 0.9, some 90 are the entity's),
and from which score a name asks. Compares no names.

The steps were set on the labelled names (tests/quality); `make quality` prints how they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS: Final = ((0.0, 0.0), (0.5, 0.02), (0.7, 0.1), (0.8, 0.6), (0.9, 0.88), (0.96, 0.93), (1.0, 0.94))
"""(raw likeness, score), straight lines between."""


def calibrated(raw: float) -> float:
    """The score of a raw likeness (0 to 1), rounded to four places; rises with it."""
    for (low, a), (high, b) in pairwise(STEPS):
        if raw <= high:
            return round(a + (b - a) * (raw - low) / (high - low), 4)
    return STEPS[-1][1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """When a name asks. The values in force, what each means and the measurement that chose them are in programme.toml,
    [matching]; these are the same, for a caller who has no programme.
    """

    floor: float = 0.8
    foreign: float = 0.8
    formless: float = 0.95
    weak: float = 0.6
    pinyin: float = 0.9

    @classmethod
    def of(cls, table: Mapping[str, float]) -> Thresholds:
        """From programme.toml's [matching]; a key that is none of ours is a TypeError, so that no slip passes."""
        return cls(**table)
