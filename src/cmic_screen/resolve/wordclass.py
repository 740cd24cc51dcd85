"""Numbers words so that a word and its market abbreviations have one number. Compares no names.

Sums of such numbers say of names whether they have the same words, in any order and however abbreviated (`allbutone`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from hashlib import blake2b
from typing import Final

from cmic_screen.names.notation import CLASS_WORDS, ONLY_BESIDE
from cmic_screen.names.notation import WORDS as NOTATION
from cmic_screen.resolve.legal import CANONICAL, FORMS, STOP
from cmic_screen.resolve.light import is_light
from cmic_screen.resolve.words import abbreviations

CHINA: Final = "CHINA"
_HONGKONG: Final = frozenset(("HK", "HKG", "HGKG", "HONG", "KONG", "HONGK", "HONGKO", "HONGKON", "HONGKONG"))
"""One word where names are compared, two as printed."""


@cache
def number(word: str) -> int:
    """The number of a word's class; 0 for notation, legal forms and Hong Kong."""
    one = _classes().get(word, word)
    if one in _silent() or (is_light(word) and one != CHINA and word not in _in_phrases()) or word in _HONGKONG:
        return 0
    return int.from_bytes(blake2b(one.encode(), digest_size=8).digest())


@cache
def _in_phrases() -> frozenset[str]:
    """Words of notation only beside others (PANDA BOND): alone they are as much a company's."""
    said = {x for phrase in NOTATION if " " in phrase for x in phrase.split()}
    notes = {*NOTATION, *ONLY_BESIDE, *CLASS_WORDS, *FORMS, *CANONICAL, *STOP}
    return frozenset(x for x in said - notes if x.isalpha())


@cache
def _classes() -> dict[str, str]:
    """Of each form and each word it may stand for, one word for all that are joined by forms."""
    beside, out = defaultdict[str, set[str]](set), dict[str, str]()
    for form, full in abbreviations().items():
        for word in full:
            beside[form].add(word)
            beside[word].add(form)
    for word in (CHINA, *sorted(beside)):
        todo = [] if word in out else [word]
        while todo:
            out[x := todo.pop()] = word
            todo += [y for y in beside[x] if y not in out]
    return out


@cache
def _silent() -> frozenset[str]:
    """Classes of which a form is notation as well (CAP): they count nothing, but for CHINA."""
    return frozenset(one for form, one in _classes().items() if is_light(form)) - {CHINA}
