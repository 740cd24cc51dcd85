"""The listed names in Latin script by their words, and which of them a held name's words could reach. Scores nothing
finally.

The bound is an upper one: a variant left out here cannot reach the floor in `align`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.resolve import words as w
from cmic_screen.resolve.align import CUT_FROM, Alignment, align, extra_cost
from cmic_screen.resolve.legal import LONG_FORMS, STOP, strip_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ALIGNED = 24
REMEMBERED = 100_000
CUT_ALLOWANCE = 0.93  # the last word of a cut name may gain more than `words` says of it
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
        self.vocabulary = w.Vocabulary({*LONG_FORMS, *(x for v in self.all for x in v.words)})
        self._own_of = [_NONE.union(*(own.get(uid, _NONE) for uid in v.uids)) for v in self.all]
        self.totals = [sum(v.weights) for v in self.all]
        self._postings: dict[str, list[int]] = defaultdict(list)
        self._joined: dict[str, dict[int, float]] = defaultdict(dict)
        self._own_at: dict[str, list[int]] = defaultdict(list)
        self.fragments: set[str] = set()
        for number, v in enumerate(self.all):
            self._index(number, v)
        self._reached: dict[str, dict[int, float]] = {}

    def _index(self, number: int, v: Variant) -> None:
        for word, weight in zip(v.words, v.weights, strict=True):
            if not self._postings[word] or self._postings[word][-1] != number:
                self._postings[word].append(number)
            if len(word) >= 4 and weight >= 0.4:  # a word that pinyin spacing may print in pieces
                self.fragments.update(word[:i] for i in range(2, len(word)))
                self.fragments.update(word[i:] for i in range(1, len(word) - 1))
        for size in {2, 3, max(2, len(v.words))}:
            for at in range(len(v.words) - size + 1):
                self._joined["".join(v.words[at : at + size])][number] = sum(v.weights[at : at + size])
        for word in self._own_of[number]:
            self._own_at[word].append(number)

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

    def aligned(self, core: tuple[str, ...], length: int, floor: float) -> list[tuple[Variant, Alignment]]:
        """The variants that may reach the floor, aligned with the held words, best first."""
        out = []
        for number in self.candidates(core, length, floor):
            v = self.all[number]
            a = align(core, v.words, v.weights, self.vocabulary, length=length, own_names=self._own_of[number])
            out.append((v, a))
        return sorted(out, key=lambda x: (-x[1].score, x[0].words))

    def _reach(self, word: str) -> dict[int, float]:
        """Variant -> the most that this word can gain there; 0 where it is the entity's own short name."""
        found = self._reached.get(word)
        if found is None:
            found = dict.fromkeys(self._own_at.get(word, ()), 0.0) | self._joined.get(word, {})
            for full, reading in self.vocabulary.readings(word).items():
                gain = w.weight(full) * reading.credit
                for number in self._postings.get(full, ()):
                    if gain > found.get(number, 0.0):
                        found[number] = gain
            if len(self._reached) > REMEMBERED:
                self._reached.clear()
            self._reached[word] = found
        return found

    def _in_pieces(self, core: tuple[str, ...]) -> list[tuple[tuple[int, ...], dict[int, float]]]:
        """Neighbouring words that make up one listed word (HANG ZHOU): where, and the variants that they reach."""
        out = []
        for at in range(len(core) - 1):
            if core[at] in self.fragments:
                for end in range(at + 2, min(at + 4, len(core)) + 1):
                    for full in self.vocabulary.near("".join(core[at:end])):
                        reach = dict.fromkeys(self._postings.get(full, ()), w.weight(full))
                        out.append((tuple(range(at, end)), reach))
        return out

    def candidates(self, core: tuple[str, ...], length: int, floor: float) -> list[int]:
        """Numbers of the variants whose score could reach the floor, most promising first."""
        costs = [extra_cost(x, _NONE) for x in core]
        if length >= CUT_FROM and len(core) > 1 and len(core[-1]) < 3:
            costs[-1] = 0.0  # what a cut left of a word
        reaches = [((i,), self._reach(x)) for i, x in enumerate(core)] + self._in_pieces(core)
        possible = _possible(costs, reaches, floor)
        if possible is not None and not possible:
            return []
        gains: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        for at, reach in reaches:
            cost = sum(costs[i] for i in at)
            for number in reach if possible is None else possible & reach.keys():
                gains[number] += reach[number]
                covered[number] += cost
        whole, out = sum(costs), []
        for number, gain in gains.items():
            extra = max(0.0, whole - covered[number])
            missing = max(0.0, self.totals[number] - gain) if length < CUT_FROM else 0.0
            bound = (gain / (gain + extra) * (gain / (gain + missing))) ** 0.5 if gain else 0.0
            if bound >= floor * (1.0 if length < CUT_FROM else CUT_ALLOWANCE):
                out.append((-bound, number))
        return [number for _, number in sorted(out)[:MOST_ALIGNED]]


def _possible(
    costs: Sequence[float], reaches: Sequence[tuple[tuple[int, ...], dict[int, float]]], floor: float
) -> set[int] | None:
    """The variants met by every word that is too heavy to stay unexplained; None where no word is."""
    if not floor:
        return None
    most = sum(max(reach.values(), default=0.0) for _, reach in reaches)
    possible: set[int] | None = None
    for i, cost in enumerate(costs):
        if cost > most * (1 / floor**2 - 1):
            met = {number for at, reach in reaches if i in at for number in reach}
            possible = met if possible is None else possible & met
            if not possible:
                break
    return possible
