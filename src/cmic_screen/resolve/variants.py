"""The listed names in Latin script by their words, and which of them a held name's words could reach. Scores nothing
finally.

The bound is an upper one: a variant left out here cannot reach the floor in `align`.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.resolve import words as w
from cmic_screen.resolve.align import CUT_FROM, Alignment, align, extra_cost, missing_cost
from cmic_screen.resolve.legal import LONG_FORMS, STOP, strip_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST_ALIGNED = 24
REMEMBERED = 100_000
CUT_ALLOWANCE = 0.93  # the last word of a cut name may gain more than `words` says of it
MARGIN = 0.15  # a variant that cannot come this near the best is not aligned; `contest` would drop it
NEAR_ENOUGH = 0.06  # by so much an alignment's score may exceed its estimate, but for what a cut left of a word
_NONE: frozenset[str] = frozenset()
_NOTHING: frozenset[int] = frozenset()
_HONGKONG = re.compile(r"\bHONG ?K(?:O|ON|ONG)?\b|\bHK\b")


def split_words(normal: str) -> list[str]:
    """The words of a normalised name; Hong Kong, however cut or abbreviated, is one word."""
    return _HONGKONG.sub("HONGKONG", normal).split()


def core_words(normal: str, length: int = 0) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(words without legal form and small words, legal forms) of a normalised name `length` characters wide."""
    core, forms = strip_forms(split_words(normal), cut=length >= CUT_FROM)
    kept = tuple(x for x in core if x not in STOP)
    return kept or tuple(core), tuple(forms)


Reach = tuple[tuple[float, frozenset[int]], ...]
"""Gains and the variants where a word can gain them, greatest first."""


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
        self.fragments: set[str] = set()
        postings: dict[str, set[int]] = defaultdict(set)
        joined: dict[str, tuple[float, set[int]]] = {}
        own_at: dict[str, set[int]] = defaultdict(set)
        for number, v in enumerate(self.all):
            self._index(number, v, postings, joined)
            for word in self._own_of[number]:
                own_at[word].add(number)
        self._postings = {x: frozenset(postings.get(x, _NOTHING)) for x in self.vocabulary.words}
        self._joined = {x: (gain, frozenset(numbers)) for x, (gain, numbers) in joined.items()}
        self._own_at = {x: frozenset(numbers) for x, numbers in own_at.items()}
        self._reached: dict[str, Reach] = {}

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

    def aligned(self, core: tuple[str, ...], length: int, floor: float) -> list[tuple[Variant, Alignment]]:
        """The variants that may reach the floor, aligned with the held words, best first."""
        out: list[tuple[Variant, Alignment]] = []
        best = 0.0
        for bound, number in self.candidates(core, length, floor)[:MOST_ALIGNED]:
            if bound < best - MARGIN:
                break
            a = self._aligned(core, length, number)
            best = max(best, a.score)
            out.append((self.all[number], a))
        return sorted(out, key=lambda x: (-x[1].score, x[0].words))

    def _reach(self, word: str) -> Reach:
        """The variants that this word may meet, and the most it can gain there; 0 at the entity's own short name."""
        found = self._reached.get(word)
        if found is None:
            gains = [(w.weight(f) * r.credit, self._postings[f]) for f, r in self.vocabulary.readings(word).items()]
            gains = [(gain, numbers) for gain, numbers in gains if numbers]
            if word in self._joined:
                gains.append(self._joined[word])
            if word in self._own_at:
                gains.append((0.0, self._own_at[word]))
            found = tuple(sorted(gains, key=lambda x: -x[0]))
            if len(self._reached) > REMEMBERED:
                self._reached.clear()
            self._reached[word] = found
        return found

    def meetings(self, word: str) -> list[tuple[float, float, frozenset[int]]]:
        """As `_reach`, unordered: gain, what the listed words weigh while they are missing, and the variants."""
        out = [
            (w.weight(f) * r.credit, missing_cost(f, w.weight(f)), self._postings[f])
            for f, r in self.vocabulary.readings(word).items()
        ]
        if word in self._joined:
            gain, numbers = self._joined[word]
            out.append((gain, gain, numbers))
        if word in self._own_at:
            out.append((0.0, 0.0, self._own_at[word]))
        return out

    def in_pieces(
        self, core: tuple[str, ...]
    ) -> list[tuple[tuple[int, ...], list[tuple[float, float, frozenset[int]]]]]:
        """The same of neighbours which make up one listed word: where they stand, and what they meet."""
        found = self._reaches(core)[len(core) :]
        return [(at, [(gain, gain, numbers) for gain, numbers in reach]) for at, reach in found]

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

    def _reaches(self, core: tuple[str, ...]) -> list[tuple[tuple[int, ...], Reach]]:
        """Each word's reach, and that of neighbours which make up one listed word (HANG ZHOU): where, and what."""
        out: list[tuple[tuple[int, ...], Reach]] = [((i,), self._reach(x)) for i, x in enumerate(core)]
        for at in range(len(core) - 1):
            if core[at] in self.fragments:
                for end in range(at + 2, min(at + 4, len(core)) + 1):
                    where = tuple(range(at, end))
                    near = self.vocabulary.near("".join(core[at:end]))
                    out += [(where, ((w.weight(x), self._postings[x]),)) for x in near if self._postings[x]]
        return out

    def candidates(self, core: tuple[str, ...], length: int, floor: float) -> list[tuple[float, int]]:
        """(upper bound of the score, number) of the variants that could reach the floor, most promising first."""
        costs = [extra_cost(x, _NONE) for x in core]
        if length >= CUT_FROM and len(core) > 1 and len(core[-1]) < 3:
            costs[-1] = 0.0  # what a cut left of a word
        reaches = [(at, reach) for at, reach in self._reaches(core) if reach]
        gains: dict[int, float] = defaultdict(float)
        covered: dict[int, float] = defaultdict(float)
        possible = _possible(costs, reaches, floor)
        for at, reach in reaches:
            cost = sum(costs[i] for i in at)
            seen: set[int] = set()
            for gain, numbers in reach:  # greatest gain first, so each variant counts what it can gain most
                met = possible & numbers
                for number in met - seen if seen else met:
                    gains[number] += gain
                    covered[number] += cost
                if len(reach) > 1:
                    seen |= met
        whole, out = sum(costs), list[tuple[float, int]]()
        least = whole - _allowed(reaches, floor)
        needed = floor * (1.0 if length < CUT_FROM else CUT_ALLOWANCE)
        cut = length >= CUT_FROM
        for number, cover in covered.items():
            if cover < least or not (gain := gains[number]):
                continue
            extra, total = max(0.0, whole - cover), gain if cut else max(gain, self.totals[number])
            bound = (gain / (gain + extra) * (gain / total)) ** 0.5
            if bound >= needed:
                out.append((bound, number))
        return sorted(out, key=lambda x: (-x[0], x[1]))


def _allowed(reaches: Sequence[tuple[tuple[int, ...], Reach]], floor: float) -> float:
    """How much of the held name's cost may stay unexplained where all that can be gained is gained."""
    most = sum(reach[0][0] for _, reach in reaches)  # greatest gain first
    return most * (1 / floor**2 - 1) / CUT_ALLOWANCE**2 if floor else math.inf


def _possible(costs: Sequence[float], reaches: Sequence[tuple[tuple[int, ...], Reach]], floor: float) -> set[int]:
    """The variants that could reach the floor at all.

    More than `allowed` of the held name's cost cannot stay unexplained. So any variant worth looking at is met by one
    of the words that together cost more; those which meet the fewest variants are taken.
    """
    allowed = _allowed(reaches, floor)
    sizes = [0] * len(costs)
    for at, reach in reaches:
        for i in at:
            sizes[i] += sum(len(numbers) for _, numbers in reach)
    chosen, cost = set[int](), 0.0
    for i in sorted(range(len(costs)), key=lambda i: (sizes[i], i)):
        chosen.add(i)
        cost += costs[i]
        if cost > allowed:
            break
    return {n for at, reach in reaches if chosen.intersection(at) for _, numbers in reach for n in numbers}
