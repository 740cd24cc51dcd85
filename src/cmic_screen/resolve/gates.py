"""The cheap gate before any comparison: which of many held names could be one of the listed names at all. Scores
nothing.

All names go through C-level string work at once; each distinct word is looked at once and remembered. A name passes
where the words that could stand for listed words carry enough of the name's weight. What fails here is far below every
threshold of the aligner (tests/resolve compare both paths).
"""

from __future__ import annotations

import re
from string import ascii_uppercase
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmic_screen.names.fold import fold_batch, initials, normalise
from cmic_screen.names.notation import WRITER_WORDS, WRITERS_ALSO
from cmic_screen.resolve import words as w
from cmic_screen.resolve.align import COUNTRY, CUT_FROM, EXTRA_WORD, PLACES, STRUCTURE, extra_cost
from cmic_screen.resolve.heldwords import Ends, HeldWords
from cmic_screen.resolve.legal import may_be_forms, misspelt_ltd
from cmic_screen.resolve.letters import run_hash, sums
from cmic_screen.resolve.light import LIGHT, is_light
from cmic_screen.resolve.ragged import spans
from cmic_screen.resolve.runs import SHORTEST, Runs
from cmic_screen.resolve.sieve import Sieve
from cmic_screen.resolve.words import abbreviations
from cmic_screen.resolve.wordtable import WIDTH, WordTable, packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.variants import Variants
    from cmic_screen.resolve.wordtable import Words

_END = "\x01"
_MARKED = re.compile(r"[%@#]|[^\x00-\x7f]")  # coupons, exchanges' short names, other scripts
_REMEMBERED = 400_000
_SMALL = 0.02  # single letters, numbers
_LETTERS = len(ascii_uppercase)
_SHORT = 0.3  # two letters: often what a cut left of a word
_FRAGMENT = 0.5
_LEAST_SHARE = 0.62
_LEAST_LISTED = 0.45
_LONG_WEIGHT = 2.0
_LONG_SHARE = 0.33
_WRITER, _BESIDE, _LIMITED = 1, 2, 4  # marks of words
_LIMITED_WORDS = ("LTD", "LIMITED")


_HONGKONG = frozenset(("HK", "HONG", "HONGK", "HONGKO", "HONGKON", "HONGKONG"))  # one word where names are compared


class Passing(NamedTuple):
    """Numbers of names, in order: those that may be listed names and whose words are `words`; those that may be and
    must be looked at one by one; those in which words follow LTD or LIMITED; those of which a part may be a
    listed name.
    """

    plain: NDArray[np.intp]
    words: HeldWords
    odd: list[int]
    beyond_limited: list[int]
    parted: list[int]


class Gate:
    """Remembers, for each word met, its weight and how much of that could be a listed word's."""

    def __init__(self, variants: Variants, spelled: frozenset[str], whole: frozenset[str], runs: Runs) -> None:
        """`spelled`: pieces of listed names in pinyin; `whole`: words that are a listed name alone, or begin one that
        is no variant; `runs`: long words that are a listed name without its spaces.
        """
        self._vocabulary, self._wholes = variants.vocabulary, variants.postings.wholes
        self._shares, self._whole_shares = variants.shares()
        self._spelled, self._whole, self._runs = spelled, whole, runs
        self._standing, self._split = variants.gainful > 0.0, variants.fragments
        self._fragments = fragments = variants.pieces | spelled
        known = self._vocabulary
        self._sieve = Sieve(known.words, known.shortened, known.beginnings | fragments | whole, known.skeletons)
        self._forget()

    def _forget(self) -> None:
        self._table = WordTable()
        self._vocabulary.forget()
        self._weight, self._explained, self._share = (np.zeros(0, dtype=np.float32) for _ in range(3))
        self._doubt, self._odd, self._pinyin, self._light, self._piece = (np.zeros(0, dtype=bool) for _ in range(5))
        self._cost, self._row, self._size = np.zeros(0), np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        self._hash = np.zeros(0, dtype=np.uint32)
        light = (LIGHT | misspelt_ltd()) - self._vocabulary.words
        for words in ((_END,), ascii_uppercase, light.difference(ascii_uppercase)):  # numbers 0, 1 to 26, and on
            _, added = self._table.numbers(packed(words))
            self._learn(added, np.zeros(len(added.low), dtype=np.float32))
        first = len(self._table)
        for table in (self._weight, self._explained, self._share, self._doubt, self._cost):
            table[:] = 0
        self._weight[1 : _LETTERS + 1] = _SMALL
        self._light[_LETTERS + 1 :] = True
        self._piece[:] = [x in self._split for x in self._table.texts(np.arange(first))]
        known = {*self._vocabulary.words, *self._whole, *abbreviations(), *w.weights()}
        _, added = self._table.numbers(packed(known | COUNTRY | STRUCTURE | PLACES | _HONGKONG))
        texts = self._table.texts(np.arange(first, len(self._table)))
        self._learn(added, np.array([w.weights().get(x, 0.0) for x in texts], dtype=np.float32))
        self._cost[first:] = [_cost(x) for x in texts]
        self._odd[first:] = [x in self._whole or x in _HONGKONG for x in texts]
        self._doubt[first:] |= [x in self._vocabulary.number for x in texts]
        alone = self._weight.copy()
        alone[first:] = [extra_cost(x, frozenset()) for x in texts]
        self._marks = np.zeros(len(self._table) + 1, dtype=np.uint8)  # the last for all words met later
        for mark, marked in ((_WRITER, WRITER_WORDS), (_BESIDE, WRITERS_ALSO & {*texts}), (_LIMITED, _LIMITED_WORDS)):
            self._marks[self._table.numbers(packed(marked))[0]] |= mark
        self._look(np.flatnonzero(self._doubt), alone)

    def _learn(self, words: Words, own: NDArray[np.float32]) -> None:
        """Remember new words, `own` their weights where many issuers use them: unlike any listed word, or in doubt. A
        word in doubt counts as a listed one until looked at.
        """
        weight = np.where(own == 0.0, np.float32(1.0), np.maximum(own, np.float32(EXTRA_WORD)))
        sifted = self._sieve.passing(words.letters, words.sizes, own > 0.0)
        doubt = sifted.likely
        first = len(self._doubt)
        mixed = np.flatnonzero(~sifted.plain & (words.sizes > 3) & (words.letters >= ord("A")).any(axis=1))
        for at, text in zip(mixed.tolist(), self._table.texts(first + mixed), strict=True):
            doubt[at] |= bool(self._vocabulary.misread(text))
        weight[sifted.short] = _SHORT
        weight[~sifted.plain] = _SMALL
        self._doubt = np.concatenate((self._doubt, doubt))
        self._weight = np.concatenate((self._weight, np.where(doubt, np.float32(1.0), weight)))
        most = doubt.astype(np.float32)
        self._explained = np.concatenate((self._explained, most))
        self._share = np.concatenate((self._share, most))
        no = np.zeros(len(doubt), dtype=bool)
        self._odd, self._pinyin = np.concatenate((self._odd, no)), np.concatenate((self._pinyin, no))
        self._light, self._piece = np.concatenate((self._light, no)), np.concatenate((self._piece, no))
        self._cost = np.concatenate((self._cost, sifted.plain.astype(np.float64)))
        self._row = np.concatenate((self._row, np.full(len(doubt), -1)))
        self._size = np.concatenate((self._size, words.sizes))
        whole = sums(words.letters)[:, -1]
        for at in np.flatnonzero(words.sizes > WIDTH).tolist():
            whole[at] = run_hash(self._table.text(first + at))
        self._hash = np.concatenate((self._hash, whole))

    def _look(self, which: NDArray[np.intp], alone: NDArray[np.float32]) -> None:
        """Settle words in doubt: what each weighs (`alone`, of every word: where it stands for nothing listed), and how
        much of that could be a listed word's.
        """
        words = self._table.texts(which)
        rows, stands = self._vocabulary.rows(words), self._vocabulary.stands
        of, places = stands.listed.expanded(rows)
        listed, credit = stands.listed.values[places], stands.credit[places]
        best, share = np.zeros(len(words)), np.zeros(len(words))
        np.maximum.at(best, of, self._vocabulary.weight[listed] * credit)
        np.maximum.at(share, of, self._shares[listed] * credit)
        for i, word in enumerate(words):
            if word in self._whole or (len(word) >= SHORTEST and word in self._runs):
                best[i] = share[i] = 1.0
                self._odd[which[i]] = True
            elif word in self._fragments:
                row = self._wholes.row.get(word)
                gain, part = (self._wholes.most[row], self._whole_shares[row]) if row is not None else (0.0, 0.0)
                best[i], share[i] = max(best[i], gain) or _FRAGMENT, max(share[i], part, _FRAGMENT)
        self._pinyin[which] = [x in self._spelled for x in words]
        self._doubt[which], self._share[which], self._explained[which] = False, share, best
        self._weight[which] = np.where(best > 0.0, best, alone[which])
        self._row[which] = np.where(stands.listed.counts(rows) > 0, rows, -1)
        says = np.zeros(len(words), dtype=bool)  # notation may be a listed word as well, or abbreviate one (CN)
        np.logical_or.at(says, of, self._standing[listed])
        self._light[which] = ~says & np.array([is_light(x) for x in words], dtype=bool)
        self._piece[which] = [x in self._split for x in words]

    def _enough(self, ids: NDArray[np.intp], ends: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """(names of whose weight enough may be explained, and whose words may make up enough of some listed name; how
        much of one these may be).
        """
        explained, weight, share = (_sums(table[ids], ends) for table in (self._explained, self._weight, self._share))
        most = explained >= weight * _LEAST_SHARE
        most |= (explained >= _LONG_WEIGHT) & (explained >= weight * _LONG_SHARE)
        return most & (share >= _LEAST_LISTED), share

    def _initials(self, names: Sequence[str], ids: NDArray[np.intp], ends: NDArray[np.intp]) -> list[int]:
        """Names in which three single letters stand side by side and make up a listed word (C.N.O.O.C. LTD)."""
        single = (ids > 0) & (ids <= _LETTERS)
        run = np.flatnonzero(single[:-2] & single[1:-1] & single[2:])
        words = self._vocabulary.words | self._whole
        return [  # names beyond ASCII were normalised before they came here: their initials stand together already
            i
            for i in np.unique(np.searchsorted(ends, run, side="right")).tolist()
            if "." in names[i] and names[i].isascii() and not words.isdisjoint(initials(names[i]))
        ]

    def _runs_together(self, ids: NDArray[np.intp], ends: NDArray[np.intp]) -> list[int]:
        """Names of several words whose letters begin with those of a listed name, in other words (HANG ZHOUHIK)."""
        name = np.cumsum(ids == 0)
        words = np.flatnonzero(ids)
        name = name[words]
        counts = np.bincount(name, minlength=len(ends))
        first = (np.cumsum(counts) - counts)[name]
        found = self._runs.begin(self._hash[ids[words]], self._size[ids[words]], first)
        out: list[int] = np.unique(name[found & (first < np.arange(len(words)))]).tolist()
        return out

    def passing(self, names: Sequence[str]) -> Passing:
        """The names that may be listed ones. Chinese names always pass."""
        text, always = f" {_END} ".join(names), list[int]()
        if text.count(_END) >= len(names):
            text = f" {_END} ".join(names := [name.replace(_END, " ") for name in names])
        if not text.isascii():
            folded, always = _folded(names)
            text = f" {_END} ".join(folded)
        if len(self._table) > _REMEMBERED:
            self._forget()
        ids, new = self._table.numbers(fold_batch(text))
        if len(new.low):
            self._learn(new, np.zeros(len(new.low), dtype=np.float32))
        ends = np.append(np.flatnonzero(ids == 0), len(ids))
        passes, _ = self._enough(ids, ends)
        maybe = np.repeat(passes, np.diff(ends, prepend=0))
        doubted = np.unique(ids[maybe & self._doubt[ids]])
        if len(doubted):
            self._look(doubted, self._weight)
        passes, share = self._enough(ids, ends)
        passes[always] = True
        parted = passes | (share >= _LEAST_LISTED)
        marks = self._marks[np.minimum(ids, len(self._marks) - 1)]
        beside = np.flatnonzero((marks[:-1] & _WRITER > 0) & (marks[1:] & _BESIDE > 0))
        written = np.unique(np.searchsorted(ends, beside))
        written = written[parted[written]]  # the writer's own words (DEUTSCHE BANK) are none of the issuer's
        odd = [*self._initials(names, ids, ends), *self._runs_together(ids, ends), *written.tolist()]
        passes[odd] = True
        parted[odd] = True
        more = np.flatnonzero((marks[:-1] & _LIMITED > 0) & (ids[1:] > 0))
        before = np.unique(np.searchsorted(ends, more, side="right"))
        beyond = {*before[parted[before]].tolist(), *always}  # a listed name stands before it
        one_by_one = self._one_by_one(names, np.flatnonzero(passes), ids, ends, odd)
        return Passing(*one_by_one, sorted(beyond), np.flatnonzero(parted).tolist())

    def _one_by_one(
        self,
        names: Sequence[str],
        passing: NDArray[np.intp],
        ids: NDArray[np.intp],
        ends: NDArray[np.intp],
        known: Sequence[int],
    ) -> tuple[NDArray[np.intp], HeldWords, list[int]]:
        """Of the names that pass those whose words say all, these words, and the other names: with words that are a
        listed name alone, in pinyin, in another script, with initials, with a coupon, or in an exchange's own notation;
        `known` are among these.
        """
        starts = np.concatenate(([0], ends[:-1] + 1))[passing]
        of, words = (
            np.repeat(np.arange(len(passing)), ends[passing] - starts),
            ids[spans(starts, ends[passing] - starts)],
        )
        single = (words > 0) & (words <= _LETTERS)
        initials = np.flatnonzero(single[:-1] & single[1:] & (of[:-1] == of[1:]))
        counts = np.zeros((3, len(passing)))
        costly = ~single & (self._cost[words] > 0.0)
        kept = costly | (~single & (self._row[words] >= 0))
        # Notation and forms are left out where other words stand: `Batch` leaves them out of the listed names too.
        kept &= ~self._light[words] | (np.bincount(of, costly, len(passing)) == 0.0)[of]
        pairs = self._piece[words[:-1]] & self._piece[words[1:]] & (of[:-1] == of[1:])
        kept[:-1] |= pairs  # but not where they may be the end of a listed word in two (UNI COM)
        kept[1:] |= pairs
        for row, of_word in zip(
            counts, (kept, self._size[words] * kept, self._size[words] * self._pinyin[words]), strict=True
        ):
            row[:] = np.bincount(of, of_word, len(passing))
        odd = (2 * counts[2] >= counts[1]) | (np.bincount(of, self._odd[words], len(passing)) > 0)
        odd[of[initials]] = True
        odd[np.isin(passing, known)] = True
        odd |= np.array([_MARKED.search(names[i]) is not None for i in passing.tolist()], dtype=bool)
        plain = np.flatnonzero(~odd)
        kept &= ~odd[of]
        place = np.cumsum(~odd) - 1
        lengths = np.array([len(names[i]) for i in passing[plain].tolist()], dtype=np.intp)
        last = self._cut_words(of, words, single)
        last = last[~odd[of[last]]]
        last = last[lengths[place[of[last]]] >= CUT_FROM]
        at = np.where(single[last], -1, (np.cumsum(kept) - 1)[last])
        cut = Ends.of(place[of[last]], at, self._table.texts(words[last]), self._vocabulary)
        return passing[plain], self._held(place[of[kept]], words[kept], lengths, cut), passing[odd].tolist()

    def _cut_words(self, of: NDArray[np.intp], words: NDArray[np.intp], single: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Places of words that could be what a cut left of a listed one: either of the last two of a name that are no
        notation, or a single letter at the end.
        """
        letters = np.flatnonzero(single | (self._cost[words] > 0.0) | (self._row[words] >= 0))
        ends = letters[np.append(of[letters][1:] != of[letters][:-1], True)] if len(letters) else letters
        said = letters[~single[letters] & ~self._light[words[letters]]]
        place = np.arange(len(said)) - np.searchsorted(of[said], of[said], side="right")  # -1: the last of its name
        out: NDArray[np.intp] = np.sort(np.concatenate((said[place >= -2], ends[single[ends]])))
        return out

    def _held(
        self, names: NDArray[np.intp], words: NDArray[np.intp], lengths: NDArray[np.intp], ends: Ends
    ) -> HeldWords:
        """The words by what they mean. Notation may stand behind them, so that a cut may leave anything of a name."""
        distinct, at = np.unique(words, return_inverse=True)
        texts = self._table.texts(distinct)
        costs = np.where(may_be_forms(texts), 0.0, self._cost[distinct])[at]
        cut, count = lengths >= CUT_FROM, len(lengths)
        costs[cut[names] & (self._size[words] < 3)] = 0.0  # what a cut left of a word, or notation behind it
        return HeldWords(names, at, costs, texts, self._row[distinct], cut, np.full(count, np.inf), ends, light=True)


def _cost(word: str) -> float:
    """What a word costs unmet, where notation and legal forms are not taken off yet; they cost nothing."""
    return 0.0 if is_light(word) else extra_cost(word, frozenset())


def _folded(names: Sequence[str]) -> tuple[list[str], list[int]]:
    """(the names, those beyond ASCII normalised, empty where there is Chinese or other script in them; these)."""
    out, empty = list(names), list[int]()
    for i in [i for i, plain in enumerate(map(str.isascii, names)) if not plain]:
        out[i] = normalise(names[i])
        if not out[i].isascii():
            out[i] = ""
        if not out[i]:
            empty.append(i)
    return out, empty


def _sums(values: NDArray[np.float32], ends: NDArray[np.intp]) -> NDArray[np.float64]:
    """Sum of the values up to each end since the one before."""
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return np.diff(total[ends], prepend=0.0)
