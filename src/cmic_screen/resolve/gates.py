"""The gate before any comparison: which of many held names could be one of the listed names at all. It gives no score.

A batch of names is joined into one text and processed as arrays; each distinct word is examined once and remembered. A
name passes where the words that could stand for listed words carry enough of its weight. A name that fails is far below
every threshold of the aligner (tests/resolve compare both paths).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cmic_screen.names.fold import fold_batch, initials, normalise, without_initials
from cmic_screen.names.respaced import forms_apart, terms_apart
from cmic_screen.resolve.abroad import strangers
from cmic_screen.resolve.align import CUT_FROM
from cmic_screen.resolve.heldwords import Ends, HeldWords
from cmic_screen.resolve.legal import may_be_forms
from cmic_screen.resolve.light import LIGHT
from cmic_screen.resolve.ragged import distinct, numbered, spans, sum_before
from cmic_screen.resolve.wordfacts import BESIDE, END, LETTERS, LIMITED, LISTED, WRITER, WordFacts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from cmic_screen.resolve.runs import Runs
    from cmic_screen.resolve.variants import Variants

_APART = re.compile(r"(?<![A-Z0-9])[A-Z](?:[^A-Z0-9]+[A-Z]){2}(?![A-Z0-9])")
_QUOTED = re.compile("'([ABH])'")  # a class that clings to a word (ORD'H'), where other quotes do not part words
_LEAST_SHARE = 0.62
_LEAST_LISTED = 0.45
_BEFORE_FORM = 3
_LONG_WEIGHT = 2.0
_LONG_SHARE = 0.33


class Passing(NamedTuple):
    """Positions in the batch of the names that pass, ascending in each field.

    `plain`: names to compare by their words alone, which are in `words`. `odd`: names to examine one by one (another
    script, initials, notation). `beyond_limited`: names with words after LTD or LIMITED. `ended`: names that end in
    listed words and LTD or LIMITED. `parted`: names of which a part may be a listed name.
    """

    plain: NDArray[np.intp]
    words: HeldWords
    odd: list[int]
    beyond_limited: list[int]
    ended: list[int]
    parted: list[int]


class Gate:
    """Decides for a batch of names at once which pass, from what is known of their words (`WordFacts`)."""

    def __init__(
        self, variants: Variants, spelled: frozenset[str], whole: frozenset[str], runs: Runs, *, abroad: bool = False
    ) -> None:
        """As for `WordFacts`. `abroad`: a name with a legal form that no company of the list bears may only be a listed
        one that it has word for word.
        """
        self._abroad = abroad
        self._facts, self._vocabulary = WordFacts(variants, spelled, whole, runs), variants.vocabulary
        self._runs, self._said = runs, (variants.vocabulary.words | whole) - LIGHT

    def _enough(self, ids: NDArray[np.intp], ends: NDArray[np.intp]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
        """(bool per name, whether enough of its weight may be explained and its words may make up enough of some listed
        name; float per name, the greatest share of a listed name its words may make up).

        `ids` are word numbers of all names in sequence, 0 between names; `ends` the index after each name.
        """
        facts = self._facts
        explained, weight, share = (_sums(x[ids], ends) for x in (facts.explained, facts.weight, facts.share))
        most = explained >= weight * _LEAST_SHARE
        most |= (explained >= _LONG_WEIGHT) & (explained >= weight * _LONG_SHARE)
        return most & (share >= _LEAST_LISTED), share

    def _initials(self, names: Sequence[str], ids: NDArray[np.intp], ends: NDArray[np.intp]) -> list[int]:
        """Names in which three single letters stand side by side and make up a listed word (C.N.O.O.C. LTD)."""
        single = (ids > 0) & (ids <= LETTERS)
        run = np.flatnonzero(single[:-2] & single[1:-1] & single[2:])
        return [  # names beyond ASCII were normalised before they came here: their initials stand together already
            i
            for i in distinct(np.searchsorted(ends, run, side="right")).tolist()
            if "." in names[i] and names[i].isascii() and not self._said.isdisjoint(initials(names[i]))
        ]

    def _runs_together(self, ids: NDArray[np.intp], ends: NDArray[np.intp]) -> list[int]:
        """Names of several words whose letters begin with those of a listed name, in other words (HANG ZHOUHIK)."""
        name = np.cumsum(ids == 0)
        words = np.flatnonzero((ids > 0) & (ids != self._facts.the))
        name = name[words]
        counts = np.bincount(name, minlength=len(ends))
        first = (np.cumsum(counts) - counts)[name]
        found = self._runs.begin(self._facts.hash[ids[words]], self._facts.size[ids[words]], first)
        out: list[int] = distinct(name[found & (first < np.arange(len(words)))]).tolist()
        return out

    def passing(self, names: Sequence[str]) -> Passing:
        """The names that may be listed ones. Chinese names always pass."""
        if any(" " not in name for name in names):
            names = [name if " " in name else forms_apart(name) for name in names]
        text, always = f" {END} ".join(names), list[int]()
        if "%" in text or "/" in text:
            names = [terms_apart(name) if "%" in name or "/" in name else name for name in names]
            text = f" {END} ".join(names)
        if text.count(END) >= len(names):
            text = f" {END} ".join(names := [name.replace(END, " ") for name in names])
        if not text.isascii():
            folded, always = _folded(names)
            text = f" {END} ".join(folded)
        if "'H'" in text or "'A'" in text or "'B'" in text:
            text = _QUOTED.sub(r" \1 ", text)
        text = text.replace("@", " ").replace("#", " ")  # an exchange's series clings to the name: CNOOC@EC2612A
        ids = self._facts.numbers(fold_batch(text))
        ends = np.append(np.flatnonzero(ids == 0), len(ids))
        passes, _ = self._enough(ids, ends)
        self._facts.settle(ids[np.repeat(passes, np.diff(ends, prepend=0))])
        passes, share = self._enough(ids, ends)
        passes[always] = True
        parted = passes | (share >= _LEAST_LISTED)
        marks = self._facts.marked(ids)
        beside = np.flatnonzero((marks[:-1] & WRITER > 0) & (marks[1:] & BESIDE > 0))
        written = distinct(np.searchsorted(ends, beside))
        written = written[parted[written]]  # the writer's own words (DEUTSCHE BANK) are none of the issuer's
        odd = [*self._initials(names, ids, ends), *self._runs_together(ids, ends), *written.tolist()]
        passes[odd] = True
        parted[odd] = True
        more = np.flatnonzero((marks[:-1] & LIMITED > 0) & (ids[1:] > 0))
        before = distinct(np.searchsorted(ends, more, side="right"))
        beyond = {*before[parted[before]].tolist(), *always}  # a listed name stands before it
        one_by_one = self._one_by_one(names, np.flatnonzero(passes), ids, ends, odd)
        return Passing(*one_by_one, sorted(beyond), _ended(marks, ends, parted), np.flatnonzero(parted).tolist())

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
        many = ends[passing] - starts
        of, words = np.repeat(np.arange(len(passing)), many), ids[spans(starts, many)]
        single = (words > 0) & (words <= LETTERS)
        initials = np.flatnonzero(single[:-1] & single[1:] & (of[:-1] == of[1:]))
        costly = ~single & (self._facts.cost[words] > 0.0)
        kept = costly | (~single & (self._facts.row[words] >= 0))
        # Notation and forms are left out where other words stand: `Batch` leaves them out of the listed names too.
        bare = (np.bincount(of, costly, len(passing)) == 0.0)[of]
        kept &= ~self._facts.light[words] | bare
        pairs = self._facts.piece[words[:-1]] & self._facts.piece[words[1:]] & (of[:-1] == of[1:])
        kept[:-1] |= pairs  # but not where they may be the end of a listed word in two (UNI COM)
        kept[1:] |= pairs
        sizes = self._facts.size[words]
        letters, spelled = (np.bincount(of, x, len(passing)) for x in (sizes * kept, sizes * self._facts.pinyin[words]))
        alone = self._facts.odd[words] & (costly | bare)  # a legal form is a name only where nothing else is said
        odd = (2 * spelled >= letters) | (np.bincount(of, alone, len(passing)) > 0)
        odd[[i for i in distinct(of[initials]).tolist() if self._spelled(names[passing[i]])]] = True
        odd[np.isin(passing, known)] = True
        odd |= np.array([_is_marked(names[i]) for i in passing.tolist()], dtype=bool)
        out = odd.copy()
        if self._abroad:
            out[strangers([names[i] for i in passing.tolist()], of, words, self._facts)] = True
        plain = np.flatnonzero(~out)
        kept &= ~out[of]
        place = np.cumsum(~out) - 1
        texts = [names[i] for i in passing[plain].tolist()]
        lengths = np.array([len(x) for x in texts], dtype=np.intp)
        cut, bond = np.zeros((2, len(passing)), dtype=bool)
        cut[plain], bond[plain] = lengths >= CUT_FROM, ["%" in x for x in texts]
        terms = bond[of] & self._from_figures(of, words)
        free = (terms | (cut[of] & (sizes < 3) & np.append(False, of[1:] == of[:-1])[: len(of)]))[kept]
        last = self._cut_words(of, words, single, terms)
        last = last[cut[of[last]]]  # `cut` says that the name is `plain` as well
        at = np.where(single[last], -1, (np.cumsum(kept) - 1)[last])
        each, where = numbered(words[last])
        endings = Ends.of(place[of[last]], at, self._facts.table.texts(each), where, self._vocabulary)
        return passing[plain], self._held(place[of[kept]], words[kept], lengths, free, endings), passing[odd].tolist()

    def _from_figures(self, of: NDArray[np.intp], words: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Words with a figure, and all behind them in their name: of a bond, its terms."""
        figures = self._facts.mixed[words].astype(np.float64)
        out: NDArray[np.bool_] = sum_before(of, figures) + figures > 0.0
        return out

    def _cut_words(
        self, of: NDArray[np.intp], words: NDArray[np.intp], single: NDArray[np.bool_], terms: NDArray[np.bool_]
    ) -> NDArray[np.intp]:
        """Places of words that could be what a cut left of a listed one: either of the last two of a name that are no
        notation, or a single letter at the end; the same before a bond's `terms`.
        """
        letters = np.flatnonzero(single | (self._facts.cost[words] > 0.0) | (self._facts.row[words] >= 0))
        found = []
        for here in (letters, letters[~terms[letters]]) if terms.any() else (letters,):
            ends = here[np.append(of[here][1:] != of[here][:-1], True)] if len(here) else here
            said = here[~single[here] & ~self._facts.light[words[here]]]
            place = np.arange(len(said)) - np.searchsorted(of[said], of[said], side="right")  # -1: the last of its name
            found += [said[place >= -2], ends[single[ends]]]
        return distinct(np.concatenate(found))

    def _spelled(self, name: str) -> bool:
        """Whether letters side by side in a name may be a listed word: three and more, or two that are one as they
        stand, but for legal forms (S.A.B., N.V.).
        """
        said = (x in self._said if len(x) < 3 else x not in LIGHT for x in initials(name))
        return any(said) or _APART.search(without_initials(name)) is not None

    def _held(
        self,
        names: NDArray[np.intp],
        words: NDArray[np.intp],
        lengths: NDArray[np.intp],
        free: NDArray[np.bool_],
        ends: Ends,
    ) -> HeldWords:
        """The words by what they mean; `free` ones cost nothing."""
        each, at = numbered(words)
        texts = self._facts.table.texts(each)
        costs = np.where(may_be_forms(texts), 0.0, self._facts.cost[each])[at]
        costs[free] = 0.0
        return HeldWords(names, at, costs, texts, self._facts.row[each], lengths >= CUT_FROM, ends, light=True)


def _ended(marks: NDArray[np.uint8], ends: NDArray[np.intp], parted: NDArray[np.bool_]) -> list[int]:
    """Names of more than four words that end in LTD or LIMITED, and two of whose three words before it are listed."""
    long = np.flatnonzero(parted & (np.diff(ends, prepend=-1) > _BEFORE_FORM + 2))
    listed = sum((marks[ends[long] - i] & LISTED > 0).astype(int) for i in range(2, _BEFORE_FORM + 2))
    out: list[int] = long[(listed > 1) & (marks[ends[long] - 1] & LIMITED > 0)].tolist()
    return out


def _is_marked(name: str) -> bool:
    """Whether there is a mark of an exchange's short name, or another script, in the name."""
    return not name.isascii() or "@" in name or "#" in name


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
