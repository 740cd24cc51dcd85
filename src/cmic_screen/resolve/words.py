"""How much a word of a security's name says, and its market abbreviations. Compares no words.

Weights are learnt from names of securities (`tools/word_weights.py`), not from the list: CHINA and TECHNOLOGY say
little, HIKVISION nearly all.
"""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from functools import cache
from importlib.resources import files

UNKNOWN_WEIGHT = 1.0


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


def deletions(word: str) -> set[str]:
    """The word with any one letter left out."""
    return {word[:i] + word[i + 1 :] for i in range(len(word))}
