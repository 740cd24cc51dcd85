"""What words of held names may stand for among the listed names' words: many at once, as arrays. Compares no names.

A word stands for a listed word by being equal, by the dictionary of market abbreviations, cut short, without its
vowels, misread or misspelt: each a kind with its own credit between 0 and 1. Words that begin or end alike, or differ
in one letter, meet by their hashes and are then compared letter by letter: nothing rests on a hash (issue 4).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from cmic_screen.resolve.leaning import Leaning
from cmic_screen.resolve.letters import WIDEST, Letters
from cmic_screen.resolve.misspelt import Misspelt
from cmic_screen.resolve.ragged import Ragged
from cmic_screen.resolve.vowelless import Vowelless
from cmic_screen.resolve.words import abbreviations, weight, weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

MOST_BEGINNINGS: Final = 64  # what more listed words begin with is short for none of them
LEAST_SLIPPED: Final = 5  # letters of an abbreviation that is known with an error in it
LEAST_BEGINNING: Final = 6  # letters of the beginning of a word that is
MISREAD: Final = 0.9  # credit of a word in which a scanner read digits for letters
RARE: Final = 0.75  # a brand is cut short only where the whole name was; words everybody uses are abbreviated anywhere
_SCANNED: Final = (str.maketrans("015862", "OISBGZ"), str.maketrans("015862", "OLSBGZ"))
_ALIKE: Final = (("RN", "M"), ("M", "RN"), ("CL", "D"), ("D", "CL"), ("VV", "W"), ("W", "VV"))
"""Letters, and what a scanner reads for them."""
LEAST_ALIKE: Final = 5  # letters of a word in which it does
EQUAL, SHORT, FORM, SCANNED, CUT, MISSPELT, STEM, BARE, SLIPPED, TWICE, SLIPPED_FEW = range(11)
HOW: Final = (
    "equal", "short for", "form of", "misread for", "cut short of", "misspelt", "same stem as", "vowels left out of",
    "misspelt short form of", "two errors away from", "few letters, one wrong, short for",
)  # fmt: skip
PLAIN: Final = frozenset(HOW[x] for x in (EQUAL, SHORT, FORM))
"""A word met beyond doubt."""
LEANING: Final = frozenset(HOW[x] for x in (TWICE, SLIPPED_FEW))
"""What counts only where all other words are met plainly (`align`)."""


class Reading(NamedTuple):
    """One listed word that a held word may stand for: credit from 0 to 1, and how (for the explanation)."""

    credit: float
    how: str


class Stands(NamedTuple):
    """What words may stand for, a row a word: the numbers of the listed words, rising, with what credit, and how (an
    index of HOW).
    """

    listed: Ragged
    credit: NDArray[np.float64]
    how: NDArray[np.int8]


_Found = list[tuple[int, int, float, int]]
"""(held, listed, credit, how)."""


class Vocabulary:
    """The distinct words of the listed names, and what each held word met so far may stand for among them."""

    def __init__(self, words: Iterable[str], alone: Iterable[str] = ()) -> None:
        """`alone`: those of the words that are a whole listed name."""
        self.all = tuple(sorted(set(words)))
        self.number = {word: i for i, word in enumerate(self.all)}
        self.words = frozenset(self.all)
        self.weight = np.array([weight(x) for x in self.all])
        self._weight: list[float] = self.weight.tolist()
        short = [i for i, x in enumerate(self.all) if len(x) <= WIDEST and x.isascii()]
        texts, by_itself = [self.all[i] for i in short], frozenset(alone)
        self._short = np.array(short, dtype=np.intp)
        self._misspelt = Misspelt(texts, np.array([x in by_itself for x in texts], dtype=bool))
        self._vowelless = Vowelless(texts)
        self._by_concept: dict[str, list[int]] = defaultdict(list)
        self._by_prefix: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self.all):
            self._add(i, word)
        self._scanned = self._looking_alike()
        self.shortened = tuple(sorted(self._shortened()))
        self._slipped = Misspelt(self.shortened, np.zeros(len(self.shortened), dtype=bool))
        self.forget()

    def _add(self, number: int, word: str) -> None:
        for full in abbreviations().get(word, (word,)):
            self._by_concept[full].append(number)
        if len(word) < 4:
            return
        for size in range(3, len(word)):
            self._by_prefix[word[:size]].append(number)

    def _looking_alike(self) -> dict[str, list[int]]:
        """Listed words under what a scanner makes of them with one pair of letters (CHINA RNOBILE, DOUDWALK), where
        that is no word of its own.
        """
        out: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self.all):
            read = {
                word[:at] + other + word[at + len(pair) :]
                for pair, other in _ALIKE
                if pair in word
                for at in range(len(word))
                if word.startswith(pair, at)
            }
            for form in read:
                if min(len(word), len(form)) >= LEAST_ALIKE and form not in self.words and form not in weights():
                    out[form].append(i)
        return out

    def _shortened(self) -> set[str]:
        """Abbreviations and beginnings of listed words, long enough to be known with an error in them: for words that
        everybody uses, never for a brand.
        """
        known, own = abbreviations(), weights()
        common = [x for x in self.all if x in own]
        found = {x[:size] for x in common for size in range(LEAST_BEGINNING, len(x) - 1)}
        found |= {form for form, of in known.items() if any(full in self._by_concept for full in of)}
        return {x for x in found if LEAST_SLIPPED <= len(x) <= WIDEST}

    def forget(self) -> None:
        """Forget the held words met so far; their rows are no more."""
        self._rows: dict[str, int] = {}
        self._leaning = Leaning()
        self._told: dict[str, dict[str, Reading]] = {}
        none = np.zeros(0, dtype=np.intp)
        self.stands = Stands(Ragged(np.zeros(1, dtype=np.intp), none), np.zeros(0), np.zeros(0, dtype=np.int8))

    def __len__(self) -> int:
        """Held words met so far."""
        return len(self._rows)

    @property
    def beginnings(self) -> frozenset[str]:
        """What a held word may be as a whole to have readings: beginnings and misreadings of listed words, known
        abbreviations.
        """
        return frozenset({*self._by_prefix, *abbreviations(), *self._scanned})

    @property
    def skeletons(self) -> NDArray[np.uint32]:
        """Of the listed words without their vowels, by their first two letters as bytes, the letters as bits."""
        return self._vowelless.letters()

    def beginning(self, words: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The numbers, from and up to, of the listed words that begin with each word and are longer."""
        low, high = [bisect_right(self.all, x) for x in words], [bisect_left(self.all, x + "\x7f") for x in words]
        return np.array(low, dtype=np.intp), np.array(high, dtype=np.intp)

    def near(self, words: Sequence[str]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(position, number) of the listed words that are these, or one error away."""
        rows = [i for i, x in enumerate(words) if _has_row(x)]
        at, listed = self._misspelt.near(Letters.of([words[i] for i in rows]))
        return np.array(rows, dtype=np.intp)[at], self._short[listed]

    def misread(self, word: str) -> list[str]:
        """The listed words that a scanner reads as this one, with digits for letters (CN0OC, MOBI1E)."""
        if len(word) < 4 or word.isalpha() or word.isdigit():
            return []
        return sorted({full for table in _SCANNED if (full := word.translate(table)) in self.words})

    def rows(self, words: Sequence[str]) -> NDArray[np.intp]:
        """The row in `stands` of each word; words not met before are looked at, all at once."""
        new = list(dict.fromkeys(x for x in words if x not in self._rows))
        if new:
            self._read(new)
        return np.fromiter(map(self._rows.__getitem__, words), dtype=np.intp, count=len(words))

    def readings(self, word: str) -> dict[str, Reading]:
        """The listed words that this word may stand for; kept, since words repeat."""
        told = self._told.get(word)
        if told is None:
            row = int(self.rows([word])[0])
            (starts, listed), credit, how = self.stands
            here = slice(int(starts[row]), int(starts[row + 1]))
            told = self._told[word] = {
                self.all[n]: Reading(c, HOW[h])
                for n, c, h in zip(listed[here].tolist(), credit[here].tolist(), how[here].tolist(), strict=True)
            }
        return told

    def lean(self, pairs: Iterable[tuple[str, int]]) -> set[str]:
        """Let words, all others of whose names are met plainly, stand for the listed words left out there (`leaning`):
        those that now stand for more; what was said of them is said anew.
        """
        out = self._leaning.ask(((word, n) for word, n in pairs if _has_row(word)), self.all)
        for word in out:
            self._rows.pop(word, None)
            self._told.pop(word, None)
        return out

    def _read(self, words: Sequence[str]) -> None:
        common = np.array([x in weights() for x in words], dtype=bool)
        plain = list(chain(self._known(words), self._cut(words)))
        found = [_arrays(plain)]
        rows = np.array([i for i, x in enumerate(words) if _has_row(x)], dtype=np.intp)
        texts = [words[i] for i in rows.tolist()]
        letters = Letters.of(texts)
        misspelt, stems = self._misspelt.offers(letters, texts, common[rows])
        bare = self._vowelless.offers(letters, common[rows])
        found.append(self._short_with_an_error(rows, letters, common[rows]))
        found.append(_arrays([(i, n, c, TWICE if far else SLIPPED_FEW) for i, n, c, far in self._leaning.of(words)]))
        for offers, kind in ((misspelt, MISSPELT), (stems, STEM), (bare, BARE)):
            held, full = rows[offers.held], self._short[offers.listed]
            found.append((held, full, offers.credit, np.full(len(held), kind, dtype=np.int8)))
        self._keep(words, *(np.concatenate(x) for x in zip(*found, strict=True)))

    def _short_with_an_error(
        self, rows: NDArray[np.intp], letters: Letters, common: NDArray[np.bool_]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.int8]]:
        """Abbreviations and beginnings with one error in them (SHIOBLDG, TECHMOL), in words that few issuers use."""
        out: _Found = []
        for i, n in zip(*(x.tolist() for x in self._slipped.near(letters)), strict=True):
            short = self.shortened[n]
            longest = max(int(letters.sizes[i]), len(short))
            if not common[i] and letters.sizes[i] >= LEAST_SLIPPED:
                credit = 0.93 - 1.2 / longest
                full = {m for concept in abbreviations().get(short, ()) for m in self._by_concept.get(concept, ())}
                full |= {m for m in self._by_prefix.get(short, ()) if self.all[m] in weights()}
                out += [(int(rows[i]), m, credit, SLIPPED) for m in sorted(full)]
        return _arrays(out)

    def _keep(
        self,
        words: Sequence[str],
        held: NDArray[np.intp],
        listed: NDArray[np.intp],
        credit: NDArray[np.float64],
        how: NDArray[np.int8],
    ) -> None:
        """Keep of each pair the reading with the most credit, the plainest of these."""
        order = np.lexsort((how, -credit, listed, held))
        held, listed = held[order], listed[order]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (held[1:] != held[:-1]) | (listed[1:] != listed[:-1])
        kept, old = order[first], self.stands
        ends = len(old.credit) + np.cumsum(np.bincount(held[first], minlength=len(words)))
        row = len(old.listed.starts) - 1
        self._rows.update(zip(words, range(row, row + len(words)), strict=True))
        self.stands = Stands(
            Ragged(np.concatenate((old.listed.starts, ends)), np.concatenate((old.listed.values, listed[first]))),
            np.concatenate((old.credit, credit[kept])),
            np.concatenate((old.how, how[kept])),
        )

    def _known(self, words: Sequence[str]) -> _Found:
        """Listed words; abbreviations of them and words that they abbreviate; digits read for letters."""
        out: _Found = []
        known = abbreviations()
        for i, word in enumerate(words):
            if (n := self.number.get(word)) is not None:
                out.append((i, n, 1.0, EQUAL))
            for concept in known.get(word, (word,)):
                for n in self._by_concept.get(concept, ()):
                    out.append((i, n, 0.97, SHORT if len(word) < len(self.all[n]) else FORM))
            out += [(i, n, MISREAD, SCANNED) for n in self._scanned.get(word, ())]
            if not word.isalpha():
                out += [(i, self.number[full], MISREAD, SCANNED) for full in self.misread(word)]
        return out

    def _cut(self, words: Sequence[str]) -> _Found:
        """Beginnings of listed words, of three letters or more."""
        out: _Found = []
        for i, word in enumerate(words):
            cut = self._by_prefix.get(word, ())
            if cut and len(cut) <= MOST_BEGINNINGS:
                strange = word in weights() and word not in abbreviations()
                for n in cut:
                    unlikely = self._weight[n] >= RARE or strange
                    credit = (0.93 if len(word) >= 4 else 0.85 - 0.15 * unlikely) - 0.25 * unlikely
                    out.append((i, n, credit, CUT))
        return out


def _arrays(
    found: _Found,
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64], NDArray[np.int8]]:
    rows = np.array(found, dtype=np.float64).reshape(len(found), 4)
    return rows[:, 0].astype(np.intp), rows[:, 1].astype(np.intp), rows[:, 2], rows[:, 3].astype(np.int8)


def _has_row(word: str) -> bool:
    return 3 <= len(word) <= WIDEST and word.isascii()
