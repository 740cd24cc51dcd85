"""The listed names in Latin script by their words: which of them a held word may meet, and what it gains there. Scores
nothing.

What their words meet is kept as arrays, so that many names are compared with many listed ones at once (`reach`,
`near`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cmic_screen.resolve import words as w
from cmic_screen.resolve.align import CUT_FROM, Alignment, align, missing_cost
from cmic_screen.resolve.legal import LONG_FORMS, STOP, strip_forms
from cmic_screen.resolve.letters import WIDEST
from cmic_screen.resolve.light import is_light
from cmic_screen.resolve.postings import Postings
from cmic_screen.resolve.ragged import added
from cmic_screen.resolve.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

MOST_ALIGNED = 24
MARGIN = 0.15  # a variant that cannot come this near the best is not aligned; `contest` would drop it
NEAR_ENOUGH = 0.06  # by so much an alignment's score may exceed its estimate, but for what a cut left of a word
SAYS_NOTHING, NO_WORD = -1, -2  # in place of a variant's first or second word
_NONE: frozenset[str] = frozenset()
_HONGKONG = re.compile(r"\bHONG ?K(?:O|ON|ONG)?\b|\bHK\b|\bHKG\b|\bHGKG\b")


def split_words(normal: str) -> list[str]:
    """The words of a normalised name; Hong Kong, however cut or abbreviated, is one word."""
    return _HONGKONG.sub("HONGKONG", normal).split()


def core_words(normal: str, length: int = 0) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words without legal form and small words, legal forms) of a normalised name `length` characters wide."""
    core, forms = strip_forms(split_words(normal), cut=length >= CUT_FROM)
    kept = tuple(x for x in core if x not in STOP)
    return kept or tuple(core), tuple(forms)


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
        self.vocabulary = Vocabulary({*LONG_FORMS, *(x for v in self.all for x in v.words)}, alone)
        self._own_of = [_NONE.union(*(own.get(uid, _NONE) for uid in v.uids)) for v in self.all]
        self.totals = np.array([sum(v.weights) for v in self.all], dtype=np.float64)
        each = list(zip(self.vocabulary.all, self.vocabulary.weight.tolist(), strict=True))
        self.spared = np.array([missing_cost(x, y) for x, y in each], dtype=np.float64)
        """Of each word of the vocabulary what it costs a listed name not to be met."""
        self.said = np.where([len(x) == 1 for x in self.vocabulary.all], 0.0, self.spared)
        """The same, but for single letters."""
        begins = [[*(self._said(x) for x in v.words[:2]), NO_WORD][:2] for v in self.all]
        self.begins = np.array(begins, dtype=np.intp).reshape(len(self.all), 2)
        """The first two words of each variant; SAYS_NOTHING of who issued a security, NO_WORD where there is none."""
        self.postings = Postings(self.all, self.vocabulary.number, self._own_of)
        stands = self.postings.variants.counts(np.arange(len(self.vocabulary.all))) > 0
        self.missing, self.missing_said = self._missing(self.spared), self._missing(self.said)
        """What it costs each variant not to be met at all."""
        self.gainful = np.where(stands, self.vocabulary.weight, 0.0)
        self.heads, self.fragments = dict[str, int](), set[str]()
        """Beginnings of words that may be printed in pieces, with the lengths of these as bits; all pieces."""
        for word, weight in zip(self.vocabulary.all, self.gainful.tolist(), strict=True):
            if len(word) >= 4 and weight >= 0.4:  # a word that pinyin spacing may print in pieces
                size = 1 << len(word) if len(word) <= WIDEST else 0  # longer ones are never near another (`Vocabulary`)
                for i in range(2, len(word)):
                    self.heads[word[:i]] = self.heads.get(word[:i], 0) | size
                self.fragments.update(word[i:] for i in range(1, len(word) - 1))
        self.fragments |= self.heads.keys()

    def _said(self, word: str) -> int:
        return SAYS_NOTHING if is_light(word) else self.vocabulary.number[word]

    def _missing(self, each: NDArray[np.float64]) -> NDArray[np.float64]:
        words = self.postings.words
        return added(words.rows, each[words.values], len(self.all))

    @property
    def own(self) -> frozenset[str]:
        """Words that may stand beside a name of their entity."""
        return _NONE.union(*self._own_of)

    @property
    def pieces(self) -> frozenset[str]:
        """Words that are no listed words but may be read with their neighbours, or are several listed words in one."""
        return frozenset(self.fragments | self.postings.wholes.row.keys())

    def shares(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """The greatest part of a variant's weight that each word of the vocabulary makes up, and each of `wholes`."""
        words, wholes = self.postings.words, self.postings.wholes
        out, whole = np.zeros(len(self.vocabulary.all)), np.zeros(len(wholes.row))
        np.maximum.at(out, words.values, self.vocabulary.weight[words.values] / self.totals[words.rows])
        np.maximum.at(whole, wholes.variants.rows, wholes.gain / self.totals[wholes.variants.values])
        return out, whole

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
