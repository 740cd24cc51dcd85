"""The listed names in Latin script by their words: which of them a held word may meet, and what it gains there. Scores
nothing.

A word is looked up once and what it meets is kept as arrays, so that many names are compared with many listed ones at
once (`reach`, `near`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmic_screen.resolve import words as w
from cmic_screen.resolve.align import CUT_FROM, Alignment, align, missing_cost
from cmic_screen.resolve.legal import LONG_FORMS, STOP, strip_forms
from cmic_screen.resolve.sieve import Errors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

MOST_ALIGNED = 24
REMEMBERED = 100_000
MARGIN = 0.15  # a variant that cannot come this near the best is not aligned; `contest` would drop it
NEAR_ENOUGH = 0.06  # by so much an alignment's score may exceed its estimate, but for what a cut left of a word
_NONE: frozenset[str] = frozenset()
_HONGKONG = re.compile(r"\bHONG ?K(?:O|ON|ONG)?\b|\bHK\b")


def split_words(normal: str) -> list[str]:
    """The words of a normalised name; Hong Kong, however cut or abbreviated, is one word."""
    return _HONGKONG.sub("HONGKONG", normal).split()


def core_words(normal: str, length: int = 0) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words without legal form and small words, legal forms) of a normalised name `length` characters wide."""
    core, forms = strip_forms(split_words(normal), cut=length >= CUT_FROM)
    kept = tuple(x for x in core if x not in STOP)
    return kept or tuple(core), tuple(forms)


class Met(NamedTuple):
    """Where a word may meet the variants: their numbers, rising; the most that it gains at each (0 at the entity's own
    short name); what would be missing there without it; and the greatest of the gains.
    """

    numbers: NDArray[np.int64]
    gains: NDArray[np.float64]
    spared: NDArray[np.float64]
    top: float


Pieces = list[tuple[tuple[int, ...], Met]]
"""Neighbours of a held name which make up one listed word: where they stand, and what they meet together."""


@dataclass(frozen=True, slots=True)
class Variant:
    """Words that one or more listed names share once the legal form is dropped, and the uids whose names they are."""

    words: tuple[str, ...]
    weights: tuple[float, ...]
    uids: frozenset[str]


class Variants:
    """All variants, indexed by word."""

    def __init__(self, cores: Mapping[tuple[str, ...], frozenset[str]], own: Mapping[str, frozenset[str]]) -> None:
        """`cores`: words -> uids; `own`: uid -> its names of one word, which may stand beside its full name."""
        self.all = [Variant(c, tuple(w.weight(x) for x in c), uids) for c, uids in sorted(cores.items())]
        alone = (c[0] for c, uids in cores.items() if len(c) == 1 and uids)
        self.vocabulary = w.Vocabulary({*LONG_FORMS, *(x for v in self.all for x in v.words)}, alone)
        self.errors = Errors(self.vocabulary.words)
        self._own_of = [_NONE.union(*(own.get(uid, _NONE) for uid in v.uids)) for v in self.all]
        self.totals = [sum(v.weights) for v in self.all]
        self.fragments: set[str] = set()
        postings: dict[str, set[int]] = defaultdict(set)
        joined: dict[str, tuple[float, set[int]]] = {}
        own_at: dict[str, set[int]] = defaultdict(set)
        for number, v in enumerate(self.all):
            self._index(number, v, postings, joined)
            for word in self._own_of[number]:
                own_at[word].add(number)
        self._postings = {x: _numbers(numbers) for x, numbers in postings.items()}
        self._joined = {x: (gain, _numbers(numbers)) for x, (gain, numbers) in joined.items()}
        self._own_at = {x: _numbers(numbers) for x, numbers in own_at.items()}
        self._met: dict[str, Met | None] = {}

    def _index(
        self, number: int, v: Variant, postings: dict[str, set[int]], joined: dict[str, tuple[float, set[int]]]
    ) -> None:
        for word, weight in zip(v.words, v.weights, strict=True):
            postings[word].add(number)
            if len(word) >= 4 and weight >= 0.4:  # a word that pinyin spacing may print in pieces
                self.fragments.update(word[:i] for i in range(2, len(word)))
                self.fragments.update(word[i:] for i in range(1, len(word) - 1))
        for size in {2, 3, max(2, len(v.words))}:
            for at in range(len(v.words) - size + 1):
                whole = "".join(v.words[at : at + size])
                joined.setdefault(whole, (sum(v.weights[at : at + size]), set()))[1].add(number)

    @property
    def pieces(self) -> frozenset[str]:
        """Words that are no listed words but may be read with their neighbours, or are several listed words in one."""
        return frozenset(self.fragments | self._joined.keys())

    def shares(self) -> dict[str, float]:
        """Of each word, the greatest part of a variant's weight that it makes up."""
        out: dict[str, float] = {}
        for v, total in zip(self.all, self.totals, strict=True):
            for word, weight in zip(v.words, v.weights, strict=True):
                out[word] = max(out.get(word, 0.0), weight / total)
        return out

    def met(self, word: str) -> Met | None:
        """Where this word may meet the variants; None for nowhere. Remembered."""
        if word in self._met:
            return self._met[word]
        found = [self._meeting(f, r.credit) for f, r in self.vocabulary.readings(word).items() if f in self._postings]
        if word in self._joined:
            gain, numbers = self._joined[word]
            found.append((gain, gain, numbers))
        if word in self._own_at:
            found.append((0.0, 0.0, self._own_at[word]))
        if len(self._met) > REMEMBERED:
            self._met.clear()
        self._met[word] = met = _gathered(found)
        return met

    def _meeting(self, full: str, credit: float) -> tuple[float, float, NDArray[np.int64]]:
        weight = w.weight(full)
        return weight * credit, missing_cost(full, weight), self._postings[full]

    def in_pieces(self, cores: Sequence[tuple[str, ...]]) -> list[Pieces]:
        """The same, for each name, of neighbours which make up one listed word (HANG ZHOU)."""
        out: list[Pieces] = [[] for _ in cores]
        found = [
            (row, at, end, joined)
            for row, core in enumerate(cores)
            for at in range(len(core) - 1)
            if core[at] in self.fragments
            for end in range(at + 2, min(at + 4, len(core)) + 1)
            if (joined := "".join(core[at:end])).isascii()
        ]
        for (row, at, end, joined), may in zip(found, self.errors.among([x[3] for x in found]), strict=True):
            if may:
                whole = [
                    (w.weight(x), w.weight(x), self._postings[x])
                    for x in self.vocabulary.near(joined)
                    if x in self._postings
                ]
                met = _gathered(whole)
                if met is not None:
                    out[row].append((tuple(range(at, end)), met))
        return out

    def aligned(
        self, core: tuple[str, ...], length: int, reached: Sequence[tuple[float, int]]
    ) -> list[tuple[Variant, Alignment]]:
        """Of (upper bound of the score, number), most promising first, the variants aligned with the held words, best
        first.
        """
        out: list[tuple[Variant, Alignment]] = []
        best = 0.0
        for bound, number in reached[:MOST_ALIGNED]:
            if bound < best - MARGIN:
                break
            a = self._aligned(core, length, number)
            best = max(best, a.score)
            out.append((self.all[number], a))
        return sorted(out, key=lambda x: (-x[1].score, x[0].words))

    def aligned_with(
        self, core: tuple[str, ...], length: int, likely: Sequence[tuple[float, int]], most: int
    ) -> list[tuple[Variant, Alignment]]:
        """Of variants by (estimate of the score, number), likeliest first, aligned with the held words, best first:
        until `most` entities are met more plainly than the next may be.
        """
        out: list[tuple[Variant, Alignment]] = []
        for estimate, number in likely:
            uids = {uid for v, a in out if a.score > estimate + NEAR_ENOUGH for uid in v.uids}
            if len(uids) >= most:
                break
            out.append((self.all[number], self._aligned(core, length, number)))
        return sorted(out, key=lambda x: (-x[1].score, x[0].words))

    def _aligned(self, core: tuple[str, ...], length: int, number: int) -> Alignment:
        v = self.all[number]
        return align(core, v.words, v.weights, self.vocabulary, length=length, own_names=self._own_of[number])


def _numbers(numbers: Iterable[int]) -> NDArray[np.int64]:
    return np.array(sorted(numbers), dtype=np.int64)


def _gathered(found: Sequence[tuple[float, float, NDArray[np.int64]]]) -> Met | None:
    """(gain, spared, variants) with each variant once, at the most that can be gained there."""
    if len(found) == 1:
        gain, spared, numbers = found[0]
        return Met(numbers, np.full(len(numbers), gain), np.full(len(numbers), spared), gain)
    if not found:
        return None
    order = sorted(found, key=lambda x: -x[0])
    numbers, first = np.unique(np.concatenate([x[2] for x in order]), return_index=True)
    of = np.repeat(np.arange(len(order)), [len(x[2]) for x in order])[first]
    values = np.array([x[:2] for x in order])
    return Met(numbers, values[of, 0], values[of, 1], order[0][0])
