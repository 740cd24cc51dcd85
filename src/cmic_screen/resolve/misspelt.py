"""Which listed words many held words may be misspellings of, and with what credit. Compares single words, never names.

One error anywhere; two in a long word that begins, or ends, alike; another ending of one stem. An error is a letter
dropped, added, changed, or swapped with its neighbour (optimal string alignment distance).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from cmic_screen.resolve.letters import Join, Letters, ending
from cmic_screen.resolve.ragged import distinct, numbered
from cmic_screen.resolve.words import weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

DROPPED: Final = 0.5  # credit of three letters for a word of four
ALONE: Final = (
    0.81  # credit of one error in a name of one word (CNOCO): there is no other word to lean on, it only asks
)
MOST_ERRORS: Final = 2
TWO_FROM: Final = 9  # letters from which a word may hold two errors
STEM_FROM: Final = 5  # letters that words of one stem share
_VOWELS: Final = np.frombuffer(b"AEIOUY", dtype=np.uint8)


class Offers(NamedTuple):
    """Held words, the listed words that they may stand for, and the credit of each pair."""

    held: NDArray[np.intp]
    listed: NDArray[np.intp]
    credit: NDArray[np.float64]


class Misspelt:
    """Listed words of four letters or more by their letters, so that the cost of a held word hardly grows with their
    number.
    """

    def __init__(self, words: Sequence[str], alone: NDArray[np.bool_]) -> None:
        """`words`: the listed words, ASCII, of at most WIDEST letters; `alone`: which are a whole listed name."""
        self._words, self._alone = words, alone
        self._letters = Letters.of(words)
        self._bags = _bags(self._letters.rows)
        self._common = np.array([x in weights() for x in words], dtype=bool)
        self._spoken = np.isin(self._letters.rows, _VOWELS).sum(axis=1) >= 2
        long = np.flatnonzero(self._letters.sizes >= 4)
        these = self._letters.at(long)
        owners, hashes, _ = these.deleted()
        self._errors = Join(np.concatenate((these.whole, hashes)), np.concatenate((long, long[owners])))
        self._fours = Join(these.sums[:, 4], long)
        late = np.flatnonzero((self._letters.sizes >= TWO_FROM) & self._common)
        self._endings = Join(ending(self._letters.sums[late], self._letters.sizes[late], 4), late)

    def near(self, held: Letters) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """(held, listed) of the words that are equal or one error apart."""
        owners, hashes, _ = held.deleted()
        owners = np.concatenate((np.arange(len(held.sizes)), owners))
        at, listed = self._errors.pairs(np.concatenate((held.whole, hashes)))
        width = len(self._words)
        pairs = distinct(owners[at] * width + listed)
        of, listed = pairs // max(1, width), pairs % max(1, width)
        close = _within_one(held.at(of), self._letters.at(listed))
        return of[close], listed[close]

    def offers(self, held: Letters, words: Sequence[str], common: NDArray[np.bool_]) -> tuple[Offers, Offers]:
        """(misspellings, other endings of one stem) of held words; `common`: those that many issuers use."""
        less = np.where(common, 0.3, 0.0)
        of, listed = self.near(held)
        one = self._one(held, of, listed, common, less)
        of, listed = self._fours.pairs(held.sums[:, 4])
        enough = held.sizes[of] >= 4
        of, listed = of[enough], listed[enough]
        stems = self._stems(held, of, listed, less)
        two = self._two(held, words, (of, listed), less, 2.2)
        long = np.flatnonzero(held.sizes >= TWO_FROM)
        of, listed = self._endings.pairs(ending(held.sums[long], held.sizes[long], 4))
        # an altered beginning is a misspelling only of a word that everybody uses
        late = self._two(held, words, (long[of], listed), less, 2.4)
        return Offers(*(np.concatenate(x) for x in zip(one, two, late, strict=True))), stems

    def _one(
        self,
        held: Letters,
        of: NDArray[np.intp],
        listed: NDArray[np.intp],
        common: NDArray[np.bool_],
        less: NDArray[np.float64],
    ) -> Offers:
        """One error anywhere; in a word of three letters only a fourth that was dropped (AVC): the other words of the
        name must carry it. A word that many issuers use is more likely itself than a misspelling of another; the same
        four letters in other places are more likely the word than three of them and another. A name of four letters
        alone is one that keeps them all: one doubled (YITTU), or two swapped where it is spoken (YTIU): initials in
        another order are other initials.
        """
        mine, theirs = held.sizes[of], self._letters.sizes[listed]
        same = (mine == theirs) & (held.rows[of] == self._letters.rows[listed]).all(axis=1)
        kept = ~same & ((mine >= 4) | ((mine == 3) & (theirs == 4) & ~common[of]))
        of, listed, mine, theirs = of[kept], listed[kept], mine[kept], theirs[kept]
        longest = np.maximum(mine, theirs)
        swapped = (mine == theirs) & ((held.rows[of] != self._letters.rows[listed]).sum(axis=1) == 2)
        short = ((longest <= 4) & ~swapped) | ((longest == 5) & (held.rows[of, 0] != self._letters.rows[listed, 0]))
        credit = 1 - 1.2 / longest - 0.15 * short - less[of]
        kept_all = self._spoken[listed] & swapped | (_doubled(held.rows[of]) > _doubled(self._letters.rows[listed]))
        alone = self._alone[listed] & ((theirs >= 5) | ((theirs == 4) & kept_all)) & ~common[of]
        credit[alone] = np.maximum(credit[alone], ALONE)
        return Offers(of, listed, np.where(mine == 3, DROPPED, credit))

    def _stems(
        self, held: Letters, of: NDArray[np.intp], listed: NDArray[np.intp], less: NDArray[np.float64]
    ) -> Offers:
        """Words that everybody uses, with another ending (TECHNOLOGIES)."""
        kept = self._common[listed] & (held.sizes[of] >= STEM_FROM)
        of, listed = of[kept], listed[kept]
        other = held.rows[of] != self._letters.rows[listed]
        alike = np.where(other.any(axis=1), other.argmax(axis=1), held.sizes[of])
        longest = np.maximum(held.sizes[of], self._letters.sizes[listed])
        stem = alike >= np.maximum(STEM_FROM, np.ceil(0.7 * longest))
        return Offers(of[stem], listed[stem], 0.85 - less[of[stem]])

    def _two(
        self,
        held: Letters,
        words: Sequence[str],
        pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
        less: NDArray[np.float64],
        cost: float,
    ) -> Offers:
        """Up to two errors in the pairs of long words; one alone is offered with more credit by `_one`."""
        of, listed = pairs
        mine, theirs = held.sizes[of], self._letters.sizes[listed]
        kept = (np.maximum(mine, theirs) >= TWO_FROM) & (abs(mine - theirs) <= MOST_ERRORS)
        of, listed = self._apart(held, words, of[kept], listed[kept])
        longest = np.maximum(held.sizes[of], self._letters.sizes[listed])
        return Offers(of, listed, 1 - cost / longest - less[of])

    def _apart(
        self, held: Letters, words: Sequence[str], of: NDArray[np.intp], listed: NDArray[np.intp]
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The pairs that are no more errors apart than a long word may hold."""
        mine, of_mine = numbered(of)
        more = _bags(held.rows[mine])[of_mine] - self._bags[listed]
        near = (np.maximum(more, 0).sum(axis=1) <= MOST_ERRORS) & (np.minimum(more, 0).sum(axis=1) >= -MOST_ERRORS)
        of, listed = of[near], listed[near]
        if not len(of):
            return of, listed
        found = cpdist(
            [words[i] for i in of.tolist()],
            [self._words[i] for i in listed.tolist()],
            scorer=OSA.distance,
            score_cutoff=MOST_ERRORS,
        )
        kept = found <= MOST_ERRORS
        return of[kept], listed[kept]


def _bags(rows: NDArray[np.uint8]) -> NDArray[np.int8]:
    """How often each letter stands in each word. Characters that share a column make words nearer."""
    out, every = np.zeros((len(rows), 32), dtype=np.int8), np.arange(len(rows))
    for column in rows.T:
        out[every, column & 31] += column > 0
    return out


def _doubled(rows: NDArray[np.uint8]) -> NDArray[np.intp]:
    """How often a letter of each word stands beside itself."""
    return np.asarray(np.count_nonzero((rows[:, 1:] == rows[:, :-1]) & (rows[:, 1:] > 0), axis=1))


def _within_one(a: Letters, b: Letters) -> NDArray[np.bool_]:
    """Of words in pairs, whether they are equal or one error apart."""
    other = a.rows != b.rows
    count, first, every = other.sum(axis=1), other.argmax(axis=1), np.arange(len(other))
    after = np.minimum(first + 1, a.rows.shape[1] - 1)
    swapped = (
        (count == 2)
        & other[every, after]
        & (a.rows[every, first] == b.rows[every, after])
        & (a.rows[every, after] == b.rows[every, first])
    )
    out = (count == 0) | ((a.sizes == b.sizes) & ((count == 1) | swapped))
    place = np.arange(a.rows.shape[1] - 1)
    for one, longer, shorter in ((1, a, b), (-1, b, a)):
        here = np.flatnonzero(a.sizes - b.sizes == one)
        late = (longer.rows[here, 1:] != shorter.rows[here, :-1]) & (place >= first[here][:, None])
        out[here] = ~late.any(axis=1)
    return np.asarray(out, dtype=bool)
