"""The cheap gate before any comparison: which of many held names could be one of the listed names at all. Scores
nothing.

All names go through C-level string work at once; each distinct word is looked at once and remembered. A name passes
where the words that could stand for listed words carry enough of the name's weight. What fails here is far below every
threshold of the aligner (tests/resolve compare both paths).
"""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmic_screen.names.fold import fold_batch, normalise
from cmic_screen.names.notation import CLASS_WORDS, ONLY_BESIDE, WRITER_WORDS
from cmic_screen.names.notation import WORDS as NOTATION
from cmic_screen.resolve import words as w
from cmic_screen.resolve.align import EXTRA_WORD, extra_cost
from cmic_screen.resolve.legal import CANONICAL, FORMS, STOP, misspelt_ltd
from cmic_screen.resolve.pinyin import LEGAL as PINYIN_LEGAL
from cmic_screen.resolve.sieve import Sieve
from cmic_screen.resolve.words import abbreviations
from cmic_screen.resolve.wordtable import WordTable, packed

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.variants import Variants
    from cmic_screen.resolve.wordtable import Words

_END = "\x01"
_REMEMBERED = 400_000
_SMALL = 0.02  # single letters, numbers
_LIKELY, _BARE = 2, 1  # doubts: may be a listed word; may only be one without its vowels
_LETTERS = len(ascii_uppercase)
_SHORT = 0.3  # two letters: often what a cut left of a word
_FRAGMENT = 0.5
_LEAST_SHARE = 0.62
_LEAST_LISTED = 0.45
_LONG_WEIGHT = 2.0
_LONG_SHARE = 0.33


LIGHT = frozenset(
    {*STOP, *FORMS, *CANONICAL, *PINYIN_LEGAL, *" ".join(NOTATION).split(), *CLASS_WORDS, *ONLY_BESIDE, *WRITER_WORDS}
)
"""Words that weigh nothing here: legal forms, small words, notation of instruments, banks that write derivatives."""


class Passing(NamedTuple):
    """Numbers of names, in order: those that may be listed names; those in which words follow LTD or LIMITED."""

    names: list[int]
    beyond_limited: list[int]


class Gate:
    """Remembers, for each word met, its weight and how much of that could be a listed word's."""

    def __init__(
        self, variants: Variants, fragments: frozenset[str], whole: frozenset[str], runs: Container[str] = ()
    ) -> None:
        """`fragments`: pieces of listed words as pinyin spacing prints them; `whole`: words that are a listed name
        alone; `runs`: long words that are one without its spaces.
        """
        self._vocabulary, self._shares = variants.vocabulary, variants.shares()
        self._fragments, self._whole, self._runs = fragments, whole, runs
        known = self._vocabulary
        self._sieve = Sieve(known.words, variants.errors, known.beginnings | fragments | whole, known.skeletons)
        self._forget()
        self._limited, _ = self._table.numbers(packed(("LTD", "LIMITED")))

    def _forget(self) -> None:
        self._table = WordTable()
        self._weight, self._explained, self._share = (np.zeros(0, dtype=np.float32) for _ in range(3))
        self._doubt = np.zeros(0, dtype=np.int8)
        light = (LIGHT | misspelt_ltd()) - self._vocabulary.words
        for words in ((_END,), ascii_uppercase, light.difference(ascii_uppercase)):  # numbers 0, 1 to 26, and on
            _, added = self._table.numbers(packed(words))
            self._learn(added, np.zeros(len(added.low), dtype=np.float32))
        first = len(self._table)
        self._weight[:], self._explained[:], self._share[:], self._doubt[:] = 0.0, 0.0, 0.0, 0
        self._weight[1 : _LETTERS + 1] = _SMALL
        _, added = self._table.numbers(
            packed(self._vocabulary.words | self._whole | abbreviations().keys() | w.weights().keys())
        )
        own = [w.weights().get(self._table.text(n), 0.0) for n in range(first, len(self._table))]
        self._learn(added, np.array(own, dtype=np.float32))
        for at in np.flatnonzero(self._doubt).tolist():
            self._look(at)

    def _learn(self, words: Words, own: NDArray[np.float32]) -> None:
        """Remember new words, `own` their weights where many issuers use them: unlike any listed word, or in doubt. A
        word in doubt counts as a listed one until looked at.
        """
        weight = np.where(own == 0.0, np.float32(1.0), np.maximum(own, np.float32(EXTRA_WORD)))
        sifted = self._sieve.passing(words.letters, words.sizes, own > 0.0)
        doubt = np.where(sifted.likely, _LIKELY, np.where(sifted.bare, _BARE, 0)).astype(np.int8)
        first = len(self._doubt)
        for at in np.flatnonzero(~sifted.plain & (words.sizes > 3)).tolist():
            if self._vocabulary.misread(self._table.text(first + at)):
                doubt[at] = _LIKELY
        weight[sifted.short] = _SHORT
        weight[~sifted.plain] = _SMALL
        self._doubt = np.concatenate((self._doubt, doubt))
        self._weight = np.concatenate((self._weight, np.where(doubt > 0, np.float32(1.0), weight)))
        most = (doubt > 0).astype(np.float32)
        self._explained = np.concatenate((self._explained, most))
        self._share = np.concatenate((self._share, most))

    def _look(self, at: int) -> None:
        """Settle a word in doubt: what it weighs, and how much of that could be a listed word's."""
        word = self._table.text(at)
        best = share = 0.0
        for full, (credit, _) in self._vocabulary.readings(word, bare=bool(self._doubt[at] == _BARE)).items():
            best, share = max(best, w.weight(full) * credit), max(share, self._shares.get(full, 0.0) * credit)
        if word in self._whole or word in self._runs:
            best = share = 1.0
        elif word in self._fragments:
            best, share = best or _FRAGMENT, max(share, _FRAGMENT)
        self._doubt[at], self._share[at] = 0, share
        self._weight[at], self._explained[at] = (best, best) if best else (extra_cost(word, frozenset()), 0.0)

    def _enough(self, ids: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Names of whose weight enough may be explained, and whose words may make up enough of some listed name."""
        explained, weight, share = (_sums(table[ids], ends) for table in (self._explained, self._weight, self._share))
        most = explained >= weight * _LEAST_SHARE
        return (share >= _LEAST_LISTED) & (most | ((explained >= _LONG_WEIGHT) & (explained >= weight * _LONG_SHARE)))

    def _initials(self, names: Sequence[str], ids: NDArray[np.intp], ends: NDArray[np.intp]) -> list[int]:
        """Names in which three single letters stand side by side and make up a listed word (C.N.O.O.C. LTD)."""
        single = (ids > 0) & (ids <= _LETTERS)
        run = np.flatnonzero(single[:-2] & single[1:-1] & single[2:])
        found = np.unique(np.searchsorted(ends, run, side="right")).tolist()
        known = self._whole | self._vocabulary.words
        return [  # names beyond ASCII were normalised before they came here: their initials stand together already
            i
            for i in found
            if names[i].isascii()
            and not known.isdisjoint(set(normalise(names[i]).split()).difference(fold_batch(names[i]).decode().split()))
        ]

    def passing(self, names: Sequence[str]) -> Passing:
        """The names that may be listed ones. Chinese names always pass."""
        text, always = f" {_END} ".join(names), list[int]()
        if text.count(_END) >= len(names):
            text = f" {_END} ".join(names := [name.replace(_END, " ") for name in names])
        if not text.isascii():
            text = f" {_END} ".join(folded := _folded(names))
            always = [i for i, name in enumerate(folded) if not name and not names[i].isascii()]
        if len(self._table) > _REMEMBERED:
            self._forget()
        ids, new = self._table.numbers(fold_batch(text))
        if len(new.low):
            self._learn(new, np.zeros(len(new.low), dtype=np.float32))
        ends = np.append(np.flatnonzero(ids == 0), len(ids))
        passes = self._enough(ids, ends)
        maybe = np.repeat(passes, np.diff(ends, prepend=0))
        for at in np.unique(ids[: len(maybe)][maybe & (self._doubt[ids] > 0)]).tolist():
            self._look(at)
        passes &= self._enough(ids, ends)
        passes[always] = True
        passes[self._initials(names, ids, ends)] = True
        more = np.flatnonzero(np.isin(ids[:-1], self._limited) & (ids[1:] > 0))
        beyond = {*np.searchsorted(ends, more, side="right").tolist(), *always}
        return Passing(np.flatnonzero(passes).tolist(), sorted(beyond))


def _folded(names: Sequence[str]) -> list[str]:
    """The names, those beyond ASCII normalised; empty where there is Chinese or other script in them."""
    out = list(names)
    for i in [i for i, name in enumerate(names) if not name.isascii()]:
        out[i] = normalise(names[i])
        if not out[i].isascii():
            out[i] = ""
    return out


def _sums(values: NDArray[np.float32], ends: NDArray[np.intp]) -> NDArray[np.float64]:
    """Sum of the values up to each end since the one before."""
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return np.diff(total[ends], prepend=0.0)
