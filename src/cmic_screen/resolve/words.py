"""What a word of a held name may stand for among the listed names' words, and how much a word says. Compares no names.

Weights are learnt from names of securities (`tools/word_weights.py`), not from the list: CHINA and TECHNOLOGY say
little, HIKVISION nearly all. A word stands for a listed word by being equal, by the dictionary of market
abbreviations, cut short, without its vowels, or misspelt: each a kind with its own credit between 0 and 1.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_VOWELS = re.compile("[AEIOUY]")
_BARE = re.compile(r"[A-Z][^AEIOUY]*[AEIOUY]?[^AEIOUY]*$")  # no more than one vowel after the first letter
_DOUBLED = re.compile(r"(.)\1+")
UNKNOWN_WEIGHT = 1.0
LONGEST_BARE = 12
MOST_BEGINNINGS = 64  # what more listed words begin with is short for none of them
DROPPED = 0.5  # credit of three letters for a word of four
ALONE = 0.81  # credit of one error in a name of one word (CNOCO): there is no other word to lean on, and it only asks
MISREAD = 0.9  # credit of a word in which a scanner read digits for letters
_SCANNED = (str.maketrans("0158", "OISB"), str.maketrans("0158", "OLSB"))
RARE = 0.75  # a brand is cut short only where the whole name was; words everybody uses are abbreviated anywhere


class Reading(NamedTuple):
    """One listed word that a held word may stand for: credit from 0 to 1, and how (for the explanation)."""

    credit: float
    how: str


@cache
def weights() -> dict[str, float]:
    """Word -> how much it says, for words that five issuers or more use; any other word weighs UNKNOWN_WEIGHT."""
    text = (files("cmic_screen.resolve") / "data/word_weights.csv").read_text(encoding="utf-8")
    return {word: float(weight) for word, weight in list(csv.reader(text.splitlines()))[1:]}


@cache
def abbreviations() -> dict[str, frozenset[str]]:
    """Form -> the full words it may stand for; a full word stands for itself."""
    text = (files("cmic_screen.resolve") / "data/abbreviations.toml").read_text(encoding="utf-8")
    out: dict[str, set[str]] = defaultdict(set)
    for word, forms in tomllib.loads(text).items():
        for form in (word, *forms.split()):
            out[form].add(word)
    return {form: frozenset(words) for form, words in out.items()}


def weight(word: str) -> float:
    """How much a word says, 0 to 1. An abbreviation alone weighs what the word it stands for weighs."""
    known, table = abbreviations().get(word), weights()
    own = table.get(word, UNKNOWN_WEIGHT)
    if known and word not in known:
        return min(own, max(table.get(full, UNKNOWN_WEIGHT) for full in known))
    return own


def skeleton(word: str) -> str:
    """First letter and consonants, doubled letters once."""
    return _DOUBLED.sub(r"\1", word[0] + _VOWELS.sub("", word[1:]))


def _subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def deletions(word: str) -> set[str]:
    """The word with any one letter left out."""
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


class Vocabulary:
    """The distinct words of the listed names, indexed so that the cost of one held word hardly grows with their
    number.
    """

    def __init__(self, words: Iterable[str], alone: Iterable[str] = ()) -> None:
        """`alone`: those of the words that are a whole listed name."""
        self.words, self._alone = frozenset(words), frozenset(alone)
        self._by_concept: dict[str, list[str]] = defaultdict(list)
        self._by_prefix: dict[str, list[str]] = defaultdict(list)
        self._by_four: dict[str, list[str]] = defaultdict(list)
        self._by_deletion: dict[str, list[str]] = defaultdict(list)
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        self._skeletons: dict[str, str] = {}
        self._by_ending: dict[str, list[str]] = defaultdict(list)
        self._by_whole_skeleton: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self.words):
            self._add(word)
        self._readings: dict[str, dict[str, Reading]] = {}

    def _add(self, word: str) -> None:
        for full in abbreviations().get(word, (word,)):
            self._by_concept[full].append(word)
        if len(word) < 4:
            return
        for size in range(3, len(word)):
            self._by_prefix[word[:size]].append(word)
        self._by_four[word[:4]].append(word)
        self._by_ending[word[-4:]].append(word)
        for short in {word, *deletions(word)}:
            self._by_deletion[short].append(word)
        if len(word) > 5 and word in weights():  # what everybody writes is written without vowels; brands are not
            self._skeletons[word] = skeleton(word)
            self._by_skeleton[self._skeletons[word][:2]].append(word)
        elif len(bare := skeleton(word)) >= 4:  # a brand only where all its consonants stand
            self._by_whole_skeleton[bare].append(word)

    @property
    def beginnings(self) -> frozenset[str]:
        """What a held word may be as a whole to have readings: beginnings of listed words, and known abbreviations."""
        return frozenset({*self._by_prefix, *abbreviations()})

    @property
    def skeletons(self) -> frozenset[str]:
        """The first two consonants of the listed words that are written without vowels."""
        return frozenset({*self._by_skeleton, *(bare[:2] for bare in self._by_whole_skeleton)})

    def near(self, word: str) -> list[str]:
        """Listed words that are this one, or one error away. One error leaves the beginning or the end of eight
        letters.
        """
        if len(word) >= 9 and word[:4] not in self._by_four and word[-4:] not in self._by_ending:
            return []
        index, size = self._by_deletion, len(word)
        keys = [short for i in range(size) if (short := word[:i] + word[i + 1 :]) in index]
        if word in index:
            keys.append(word)
        return sorted({full for short in keys for full in index[short]}) if keys else []

    def misread(self, word: str) -> list[str]:
        """The listed words that a scanner reads as this one, with digits for letters (CN0OC, MOBI1E)."""
        if len(word) < 4 or word.isalpha() or word.isdigit():
            return []
        return sorted({full for table in _SCANNED if (full := word.translate(table)) in self.words})

    def readings(self, word: str, *, bare: bool = False) -> dict[str, Reading]:
        """Listed words that this word may stand for; kept, since words repeat. `bare`: a sieve has shown that it can
        only be a listed word without its vowels.
        """
        found = self._readings.get(word)
        if found is None:
            if len(self._readings) > 200_000:
                self._readings.clear()
            found = self._readings[word] = self._read(word, bare=bare)
        return found

    def _read(self, word: str, *, bare: bool) -> dict[str, Reading]:
        out: dict[str, Reading] = {}
        for full, credit, how in self._without_vowels(word) if bare else self._offers(word):
            if full not in out or out[full].credit < credit:
                out[full] = Reading(credit, how)
        return out

    def _offers(self, word: str) -> Iterator[tuple[str, float, str]]:
        known, common = abbreviations(), word in weights()
        if word in self.words:
            yield word, 1.0, "equal"
        for concept in known.get(word, (word,)):
            for full in self._by_concept.get(concept, ()):
                yield full, 0.97, "short for" if len(word) < len(full) else "form of"
        if len(word) < 3:
            return
        yield from ((full, MISREAD, "misread for") for full in self.misread(word))
        cut = self._by_prefix.get(word, ())
        for full in cut if len(cut) <= MOST_BEGINNINGS else ():
            unlikely = weight(full) >= RARE or (common and word not in known)
            yield full, (0.93 if len(word) >= 4 else 0.85 - 0.15 * unlikely) - 0.25 * unlikely, "cut short of"
        if len(word) >= 4:
            yield from self._misspellings(word, common=common)
        elif not common:  # a letter dropped from a word of four (AVC HEAVY MACHINERY): the other words must carry it
            yield from ((full, DROPPED, "misspelt") for full in self.near(word) if len(full) == 4)
        if not common:
            yield from self._without_vowels(word)

    def _without_vowels(self, word: str) -> Iterator[tuple[str, float, str]]:
        if 3 <= len(word) <= LONGEST_BARE and _BARE.match(word):
            bare = skeleton(word)
            for full in self._by_skeleton.get(bare[:2], ()):
                if len(word) <= len(full) * 0.75 and _subsequence(bare, self._skeletons[full]):
                    yield full, 0.88, "vowels left out of"
            for full in self._by_whole_skeleton.get(bare, ()):
                if len(word) <= len(full) * 0.75:
                    yield full, 0.85, "vowels left out of"

    def _misspellings(self, word: str, *, common: bool) -> Iterator[tuple[str, float, str]]:
        """One error anywhere; two in a long word that begins alike; another ending of one stem.

        A word that many issuers use is more likely itself than a misspelling of another, so it gets less credit.
        """
        less = 0.3 * common
        for full in self.near(word):
            longest = max(len(word), len(full))
            if full != word and OSA.distance(word, full, score_cutoff=1) == 1:
                short_word = longest <= 4 or (longest == 5 and word[0] != full[0])
                credit = 1 - 1.2 / longest - 0.15 * short_word - less
                if full in self._alone and len(full) >= 5 and not common:
                    credit = max(credit, ALONE)
                yield full, credit, "misspelt"
        size, five = len(word), word[:5]
        for full in self._by_four.get(word[:4], ()):
            longest = max(size, len(full))
            if longest >= 9 and abs(size - len(full)) <= 2 and OSA.distance(word, full, score_cutoff=2) <= 2:
                yield full, 1 - 2.2 / longest - less, "misspelt"
            if (
                full in weights()
                and full[:5] == five
                and len(five) == 5
                and full[: ceil(0.7 * longest)] == word[: ceil(0.7 * longest)]
            ):
                yield full, 0.85 - less, "same stem as"
        if size >= 9:  # an altered beginning is a misspelling only of a word that everybody uses
            for full in self._by_ending.get(word[-4:], ()):
                if (
                    full in weights()
                    and abs(size - len(full)) <= 2
                    and len(full) >= 9
                    and OSA.distance(word, full, score_cutoff=2) == 2
                ):
                    yield full, 1 - 2.4 / max(size, len(full)) - less, "misspelt"
