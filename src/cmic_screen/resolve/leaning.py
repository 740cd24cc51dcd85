"""Whether a held word may stand for a listed word where all other words of its name are met plainly (CHINA MDBIKE,
CN NATL NUKL). Compares single words, never names.

Two errors in one word, or one in an abbreviation of few letters, say too little by themselves: `align` counts them for
the one word that is left in both names. An error is that of `misspelt` (optimal string alignment distance).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA

from cmic_screen.resolve.words import abbreviations, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LEAST: Final = 4  # letters of an abbreviation in which one may be wrong, and of a held word that is read so
LEAST_TWICE: Final = 6  # letters of the longer of two words that are two errors apart
MOST_ERRORS: Final = 2
_COST: Final = 2.4  # of two errors, in letters: never more credit than `misspelt` gives a long word with as many
_SHORT_CREDIT, _SHORT_COST = 0.93, 1.2


class Leaning:
    """What words were found to stand for so far, where all others of their names are met plainly."""

    def __init__(self) -> None:
        self._said = defaultdict[str, dict[int, tuple[float, bool]]](dict)

    def ask(self, pairs: Iterable[tuple[str, int]], listed: Sequence[str]) -> set[str]:
        """Of held words, with the numbers of the listed words that are left out of their names, those that stand for
        one as was not known before; a word that many issuers use is itself.
        """
        out = set[str]()
        for word, n in pairs:
            said = self._said[word]
            if n not in said and len(word) >= LEAST and word not in weights():
                far = two_errors(word, listed[n])
                said[n] = (far, True) if far > 0.0 else (few_letters(word, listed[n]), False)
                if said[n][0] > 0.0:
                    out.add(word)
        return out

    def of(self, words: Sequence[str]) -> Iterator[tuple[int, int, float, bool]]:
        """(position, number of a listed word, credit, whether by two errors or else by few letters) of words."""
        for i, word in enumerate(words):
            if word in self._said:
                yield from ((i, n, credit, far) for n, (credit, far) in self._said[word].items() if credit > 0.0)


def two_errors(word: str, full: str) -> float:
    """Credit of a word two errors away from a listed one; 0 where it is not."""
    longest = max(len(word), len(full))
    near = longest >= LEAST_TWICE and OSA.distance(word, full, score_cutoff=MOST_ERRORS) == MOST_ERRORS
    return 1 - _COST / longest if near else 0.0


def few_letters(word: str, full: str) -> float:
    """Credit of a word one error away from what a listed word that everybody uses is abbreviated or cut to; 0 where it
    is not.
    """
    size = len(word)
    near = [
        max(len(x), size)
        for x in _short(full)
        if abs(len(x) - size) <= 1 and OSA.distance(word, x, score_cutoff=1) == 1
    ]
    return _SHORT_CREDIT - _SHORT_COST / max(near) if near else 0.0


@cache
def _short(full: str) -> frozenset[str]:
    """Abbreviations of a word, and its beginnings where everybody uses it."""
    forms = {x for word in abbreviations().get(full, (full,)) for x in _forms().get(word, ())}
    if full in weights():
        forms |= {full[:size] for size in range(LEAST, len(full) - 1)}
    return frozenset(x for x in forms if len(x) >= LEAST and x != full)


@cache
def _forms() -> dict[str, list[str]]:
    """Full word -> its abbreviations."""
    out = defaultdict[str, list[str]](list)
    for form, of in abbreviations().items():
        for word in of:
            out[word].append(form)
    return out
