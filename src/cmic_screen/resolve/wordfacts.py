"""What is known of each distinct word of held names before any name is compared: arrays by the word's number. Judges no
name.

Each word is looked at once and remembered: nearly all could stand for no listed word, which the sieve says of
thousands at once; the few others are looked up in the vocabulary.
"""

from __future__ import annotations

from itertools import takewhile
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final

import numpy as np

from cmic_screen.names import hongkong
from cmic_screen.names.notation import WRITER_WORDS, WRITERS_ALSO
from cmic_screen.resolve import words as w
from cmic_screen.resolve.align import COUNTRY, EXTRA_WORD, PLACES, STRUCTURE, extra_cost
from cmic_screen.resolve.allbutone import AllButOne
from cmic_screen.resolve.leaning import LEAST
from cmic_screen.resolve.legal import ABROAD as ABROAD_FORMS
from cmic_screen.resolve.legal import misspelt_corp, misspelt_ltd
from cmic_screen.resolve.letters import Hashes, Letters, run_hash, sums
from cmic_screen.resolve.light import LIGHT, is_light
from cmic_screen.resolve.ragged import distinct, spans
from cmic_screen.resolve.runs import SHORTEST
from cmic_screen.resolve.sieve import Sieve
from cmic_screen.resolve.wordclass import number
from cmic_screen.resolve.words import abbreviations
from cmic_screen.resolve.wordtable import WIDTH, WordTable, packed

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from cmic_screen.resolve.runs import Runs
    from cmic_screen.resolve.variants import Variants
    from cmic_screen.resolve.vocabulary import Vocabulary
    from cmic_screen.resolve.wordtable import Words

END: Final = "\x01"
"""Stands between names."""
LETTERS: Final = len(ascii_uppercase)
"""Words of one letter are numbered from 1 up to this."""
WRITER, BESIDE, LIMITED = 1, 2, 4  # a bank that writes derivatives, a word beside its name, LTD
LISTED, OWN, ABROAD = 8, 16, 32  # a listed name's word; one by itself; a form that no company of the list bears
_LIMITED_WORDS: Final = ("LTD", "LIMITED")
_REMEMBERED: Final = 400_000
_SMALL: Final = 0.02  # single letters, numbers
_SHORT: Final = 0.3  # two letters: often what a cut left of a word
_FRAGMENT: Final = 0.5
_ABBREVIATES: Final = 0.85  # credit from which a reading is an abbreviation
_HONGKONG: Final = hongkong.WORDS | {"HK", "HONGK", "HONGKO", "HONGKON", "HONGKONG"}  # one word where compared


class WordFacts:
    """Of each word met, by its number: its weight, how much of it could be a listed word's (`explained`), and how much
    of a listed name (`share`); what it costs unmet, its row in what the vocabulary says, its letters (`size`, `hash`).
    Whether it is in `doubt`, makes a name `odd`, is in `pinyin`, says nothing (`light`), may be a `piece` of a listed
    word, is `mixed`: holds a figure. `marks`: WRITER and so forth.
    """

    def __init__(self, variants: Variants, spelled: frozenset[str], whole: frozenset[str], runs: Runs) -> None:
        """`spelled`: pieces of listed names in pinyin; `whole`: words that are a listed name alone, or begin one that
        is no variant; `runs`: long words that are a listed name without its spaces.
        """
        self._vocabulary, self._wholes, self._own = variants.vocabulary, variants.postings.wholes, variants.own
        self._shares, self._whole_shares = variants.shares()
        self._spelled, self._whole, self._runs = spelled, whole, runs
        self._standing, self._split = variants.gainful > 0.0, variants.fragments
        self._fragments = fragments = variants.pieces | spelled
        known = self._vocabulary
        self._sieve = Sieve(known.words, known.shortened, known.beginnings | fragments | whole, known.skeletons)
        self._abbreviating = _abbreviating(known)
        self.all_but_one = AllButOne((v.words for v in variants.all), self._vocabulary.number)
        self._forms = Hashes(Letters.of(sorted(misspelt_corp())).whole)
        self.forget()

    def forget(self) -> None:
        """Forget the words met, but for those known from the start."""
        self.table = WordTable()
        self._vocabulary.forget()
        self.weight, self.explained, self.share = (np.zeros(0, dtype=np.float32) for _ in range(3))
        self.doubt, self.odd, self.pinyin, self.light, self.piece, self.mixed = (
            np.zeros(0, dtype=bool) for _ in range(6)
        )
        self.cost, self.row, self.size = np.zeros(0), np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.intp)
        self.hash = np.zeros(0, dtype=np.uint32)
        light = (LIGHT | misspelt_ltd()) - self._vocabulary.words - self._abbreviating
        for words in ((END,), ascii_uppercase, light.difference(ascii_uppercase)):  # numbers 0, 1 to 26, and on
            _, added = self.table.numbers(packed(words))
            self._learn(added, np.zeros(len(added.low), dtype=np.float32))
        first = len(self.table)
        for table in (self.weight, self.explained, self.share, self.doubt, self.cost):
            table[:] = 0
        self.weight[1 : LETTERS + 1] = _SMALL
        self.light[LETTERS + 1 :] = True
        self.piece[:] = [x in self._split for x in self.table.texts(np.arange(first))]
        known = {*self._vocabulary.words, *self._abbreviating, *self._whole, *abbreviations(), *w.weights()}
        _, added = self.table.numbers(packed(known | COUNTRY | STRUCTURE | PLACES | _HONGKONG | WRITERS_ALSO))
        texts = self.table.texts(np.arange(first, len(self.table)))
        self._learn(added, np.array([w.weights().get(x, 0.0) for x in texts], dtype=np.float32))
        self.cost[first:] = [_cost(x) for x in texts]
        self.odd[first:] = [x in self._whole or x in _HONGKONG for x in texts]
        self.doubt[first:] |= [x in self._vocabulary.number for x in texts]
        alone = self.weight.copy()
        alone[first:] = [extra_cost(x, frozenset()) for x in texts]
        self.marks = np.zeros(len(self.table) + 1, dtype=np.uint8)  # the last for all words met later
        own = ((LISTED, self._vocabulary.words), (OWN, self._own), (ABROAD, ABROAD_FORMS))
        for mark, marked in ((WRITER, WRITER_WORDS), (BESIDE, WRITERS_ALSO), (LIMITED, _LIMITED_WORDS), *own):
            self.marks[self.table.numbers(packed(marked))[0]] |= mark
        self.the = int(self.table.numbers(packed(["THE"]))[0][0])
        self._settle(np.flatnonzero(self.doubt), alone)
        self.weight[self.table.numbers(packed(hongkong.WORDS))[0]] = _SMALL
        self.known = np.zeros(len(self.table) + 1, dtype=np.uint64)  # the last for all words met later
        self.known[first:-1] = [number(x) for x in texts]  # the others are notation, and single letters

    def numbers(self, text: bytes) -> NDArray[np.intp]:
        """The number of each word of a text, 0 for END; new words are learnt."""
        if len(self.table) > _REMEMBERED:
            self.forget()
        out, new = self.table.numbers(text)
        if len(new.low):
            self._learn(new, np.zeros(len(new.low), dtype=np.float32))
        self._join_initials(out)
        self._lean(out)
        return out

    def marked(self, ids: NDArray[np.intp]) -> NDArray[np.uint8]:
        """The marks of words by their numbers."""
        out: NDArray[np.uint8] = self.marks.take(ids, mode="clip")  # the last is that of all words met later
        return out

    def _join_initials(self, ids: NDArray[np.intp]) -> None:
        """Where three single letters or more begin a name and make up a listed word (C N O O C LTD), it stands first;
        a class of shares may stand behind them.
        """
        single = np.flatnonzero(ids <= LETTERS)
        single = single[ids[single] > 0]
        run = single[:-2][single[2:] - single[:-2] == 2]
        for at in run[(run == 0) | (ids[run - 1] == 0)].tolist():
            some = takewhile(lambda i: 0 < i <= LETTERS, ids[at : at + WIDTH].tolist())
            letters = "".join(ascii_uppercase[i - 1] for i in some)
            for word in (letters[:size] for size in range(len(letters), 2, -1)):
                if word in self._vocabulary.words or word in self._whole:
                    ids[at] = self.table.numbers(packed([word]))[0][0]
                    break

    def _lean(self, ids: NDArray[np.intp]) -> None:
        """Put in doubt each word that is the only one unknown in its name, the others being those of a listed name, and
        might be what is left of that.
        """
        if not len(ids):
            return
        ends = np.append(np.flatnonzero(ids == 0), len(ids))
        total = np.cumsum(self.known.take(ids, mode="clip"))[np.minimum(ends, len(ids) - 1)]
        names, places = self.all_but_one.among(np.diff(total, prepend=np.uint64(0)))
        starts = np.append(0, ends[:-1] + 1)[names]
        of, words = np.repeat(np.arange(len(names)), ends[names] - starts), ids[spans(starts, ends[names] - starts)]
        strange = np.flatnonzero((words >= len(self.known) - 1) & (self.cost[words] > 0.0))  # no numbers
        strange = strange[(np.bincount(of[strange], minlength=len(names)) == 1)[of[strange]]]
        strange = strange[self.size[words[strange]] >= LEAST]
        new, places = words[strange], places[of[strange]]
        of, listed = self.all_but_one.left(places, self.table.letters(new), self.size[new])
        texts = self.table.texts(new[of])
        more = self._vocabulary.lean(zip(texts, listed.tolist(), strict=True))
        doubted = new[of[np.array([x in more for x in texts], dtype=bool)]]
        self.doubt[doubted] = True
        self.weight[doubted] = self.explained[doubted] = self.share[doubted] = 1.0

    def settle(self, ids: NDArray[np.intp]) -> None:
        """Look at those of the words that are in doubt."""
        doubted = distinct(ids[self.doubt[ids]])
        if len(doubted):
            self._settle(doubted, self.weight)

    def _learn(self, words: Words, own: NDArray[np.float32]) -> None:
        """Remember new words, `own` their weights where many issuers use them: unlike any listed word, or in doubt. A
        word in doubt counts as a listed one until looked at.
        """
        weight = np.where(own == 0.0, np.float32(1.0), np.maximum(own, np.float32(EXTRA_WORD)))
        sifted = self._sieve.passing(words.letters, words.sizes, own > 0.0)
        doubt = sifted.likely
        first = len(self.doubt)
        mixed = np.flatnonzero(~sifted.plain & (words.sizes > 3) & (words.letters >= ord("A")).any(axis=1))
        for at, text in zip(mixed.tolist(), self.table.texts(first + mixed), strict=True):
            doubt[at] |= bool(self._vocabulary.misread(text))
        whole = sums(words.letters)[:, -1]
        weight[self._forms.has(whole)] = _SMALL
        weight[sifted.short] = _SHORT
        weight[~sifted.plain] = _SMALL
        self.doubt = np.concatenate((self.doubt, doubt))
        self.weight = np.concatenate((self.weight, np.where(doubt, np.float32(1.0), weight)))
        most = doubt.astype(np.float32)
        self.explained = np.concatenate((self.explained, most))
        self.share = np.concatenate((self.share, most))
        no = np.zeros(len(doubt), dtype=bool)
        self.odd, self.pinyin = np.concatenate((self.odd, no)), np.concatenate((self.pinyin, no))
        self.light, self.piece = np.concatenate((self.light, no)), np.concatenate((self.piece, no))
        self.mixed = np.concatenate((self.mixed, ~sifted.plain))
        self.cost = np.concatenate((self.cost, sifted.plain.astype(np.float64)))
        self.row = np.concatenate((self.row, np.full(len(doubt), -1)))
        self.size = np.concatenate((self.size, words.sizes))
        for at in np.flatnonzero(words.sizes > WIDTH).tolist():
            whole[at] = run_hash(self.table.text(first + at))
        self.hash = np.concatenate((self.hash, whole))

    def _settle(self, which: NDArray[np.intp], alone: NDArray[np.float32]) -> None:
        """Settle words in doubt: what each weighs (`alone`, of every word: where it stands for nothing listed), and how
        much of that could be a listed word's.
        """
        words = self.table.texts(which)
        rows, stands = self._vocabulary.rows(words), self._vocabulary.stands
        of, places = stands.listed.expanded(rows)
        listed, credit = stands.listed.values[places], stands.credit[places]
        best, share = np.zeros(len(words)), np.zeros(len(words))
        np.maximum.at(best, of, self._vocabulary.weight[listed] * credit)
        np.maximum.at(share, of, self._shares[listed] * credit)
        for i, word in enumerate(words):
            if word in self._whole or (len(word) >= SHORTEST and word in self._runs):
                best[i] = share[i] = 1.0
                self.odd[which[i]] = True
            elif word in self._fragments:
                row = self._wholes.row.get(word)
                gain, part = (self._wholes.most[row], self._whole_shares[row]) if row is not None else (0.0, 0.0)
                best[i], share[i] = max(best[i], gain) or _FRAGMENT, max(share[i], part, _FRAGMENT)
        self.pinyin[which] = [x in self._spelled for x in words]
        self.doubt[which], self.share[which], self.explained[which] = False, share, best
        self.weight[which] = np.where(best > 0.0, best, alone[which])
        self.row[which] = np.where(stands.listed.counts(rows) > 0, rows, -1)
        says = np.zeros(len(words), dtype=bool)  # notation may be a listed word as well, or abbreviate one (CN)
        np.logical_or.at(says, of, self._standing[listed])
        self.light[which] = ~says & np.array([is_light(x) for x in words], dtype=bool)
        self.piece[which] = [x in self._split for x in words]


def _abbreviating(vocabulary: Vocabulary) -> set[str]:
    """Notation that may as well abbreviate a listed word (COM, COMN, ENG)."""
    vocabulary.rows(sorted(LIGHT))  # all at once
    said = {x: vocabulary.readings(x).items() for x in LIGHT}
    return {x for x, of in said.items() if any(r.credit >= _ABBREVIATES and not is_light(full) for full, r in of)}


def _cost(word: str) -> float:
    """What a word costs unmet, where notation and legal forms are not taken off yet; they cost nothing."""
    return 0.0 if is_light(word) else extra_cost(word, frozenset())
