"""General name matchers to stand beside ours: rapidfuzz token_sort and token_set, trigram TF-IDF. Nothing here
decides.

Each gets the same listed names and the spelling folded as ours is, and answers for each name and listed entity how
alike.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def token_sort(held: Sequence[str], listed: Sequence[str]) -> NDArray[np.float32]:
    """Rapidfuzz token_sort_ratio of each held with each listed name, 0 to 1."""
    return process.cdist(held, listed, scorer=fuzz.token_sort_ratio, dtype=np.float32, workers=1).astype(
        np.float32
    ) / np.float32(100)


def token_set(held: Sequence[str], listed: Sequence[str]) -> NDArray[np.float32]:
    """Rapidfuzz token_set_ratio, 0 to 1."""
    return process.cdist(held, listed, scorer=fuzz.token_set_ratio, dtype=np.float32, workers=1).astype(
        np.float32
    ) / np.float32(100)


def trigrams(held: Sequence[str], listed: Sequence[str]) -> NDArray[np.float32]:
    """Cosine of trigram TF-IDF vectors, 0 to 1; a trigram that no listed name has weighs as one that one has."""
    counted = [_trigrams(x) for x in listed]
    counts = Counter(t for c in counted for t in c)
    number = {t: i for i, t in enumerate(counts)}
    idf = {t: math.log((1 + len(listed)) / (1 + n)) + 1 for t, n in counts.items()}
    rarest = math.log((1 + len(listed)) / 2) + 1
    matrix = np.zeros((len(number), len(listed)), dtype=np.float32)
    for j, c in enumerate(counted):
        for t, n in c.items():
            matrix[number[t], j] = n * idf[t]
    matrix /= np.maximum(np.linalg.norm(matrix, axis=0), 1e-9)
    out = np.zeros((len(held), len(listed)), dtype=np.float32)
    for i, name in enumerate(held):
        found = _trigrams(name)
        norm = math.sqrt(sum((n * idf.get(t, rarest)) ** 2 for t, n in found.items())) or 1.0
        for t, n in found.items():
            if t in number:
                out[i] += matrix[number[t]] * (n * idf[t] / norm)
    return out


def _trigrams(name: str) -> Counter[str]:
    text = f"  {name} "
    return Counter(text[i : i + 3] for i in range(len(text) - 2))


BASELINES = {"token_sort": token_sort, "token_set": token_set, "trigram TF-IDF": trigrams}
