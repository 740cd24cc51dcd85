"""From raw likeness to a score that means what it says: of 100 similar names with score 0.9, about 90 are the entity's.

The steps were set on the labelled names (tests/quality); `make quality` prints how they hold.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

STEPS: Final = ((0.0, 0.0), (0.5, 0.02), (0.7, 0.1), (0.8, 0.6), (0.9, 0.88), (0.96, 0.93), (1.0, 0.94))
"""(raw likeness, score), straight lines between."""


def calibrated(raw: float) -> float:
    """The score of a raw likeness (0 to 1), rounded to four places; rises with it."""
    for (low, a), (high, b) in pairwise(STEPS):
        if raw <= high:
            return round(a + (b - a) * (raw - low) / (high - low), 4)
    return STEPS[-1][1]
