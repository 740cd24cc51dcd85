"""A held name as it is compared: without notation and legal form, in the words of listed names. Compares nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.names import normalise, split_instrument
from cmic_screen.resolve.legal import CANONICAL, DOMESTIC, canonical
from cmic_screen.resolve.variants import core_words, split_words

if TYPE_CHECKING:
    from cmic_screen.names import SplitName

_WORD = re.compile("[A-Z0-9]+")
_DOMESTIC = DOMESTIC | {word for word, form in CANONICAL.items() if form in DOMESTIC}


@dataclass(frozen=True, slots=True)
class HeldName:
    """A name as stated; what `names` parts it into; the issuer's name, normalised; its words and legal forms; what was
    taken off, told.
    """

    name: str
    split: SplitName
    issuer: str
    core: tuple[str, ...]
    forms: tuple[str, ...]
    taken: str


def held_name(name: str) -> HeldName:
    """The name as it is compared; one that is empty, or notation alone, is compared as it stands."""
    split = split_instrument(name)
    issuer = normalise(split.issuer)
    core, forms = core_words(issuer, len(name))
    taken = ", ".join(f"{p.text} ({p.what})" for p in split.parts)
    return HeldName(name, split, issuer, core, forms, f"; taken off: {taken}" if taken else "")


def exact_key(normal: str) -> str:
    """Under which a normalised name is equal to another: each legal form in one spelling."""
    return " ".join(canonical(split_words(normal)))


def last_two(name: str) -> tuple[str, ...]:
    """The last two words before a name's legal form, in capitals; () where it has none, or fewer words."""
    words = _WORD.findall(name.upper())
    end = len(words)
    while end and words[end - 1] in _DOMESTIC:
        end -= 1
    return tuple(words[end - 2 : end]) if 1 < end < len(words) else ()
