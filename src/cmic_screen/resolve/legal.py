"""Legal forms at the end of a company's name: what they are, and where a form cannot be that of a Chinese listed
company.
"""

from __future__ import annotations

from functools import lru_cache
from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from cmic_screen.resolve.words import abbreviations, weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Spellings of a form that a listed entity uses itself: one form, one canonical word.
CANONICAL = {
    "LTD": "LIMITED", "LT": "LIMITED", "LMTD": "LIMITED", "LMT": "LIMITED", "LIMITE": "LIMITED", "LIMTED": "LIMITED",
    "CO": "COMPANY", "COY": "COMPANY", "COS": "COMPANY", "COMP": "COMPANY",
    "COLTD": "COMPANY LIMITED", "COL": "COMPANY LIMITED",
    "CORP": "CORPORATION", "CP": "CORPORATION", "CRP": "CORPORATION", "CORPN": "CORPORATION",
    "INC": "INCORPORATED", "JSC": "JOINTSTOCK",
}  # fmt: skip
# Forms of Chinese, Hong Kong, Cayman and BVI companies, which the list's entities bear; others speak against.
DOMESTIC = frozenset({"LIMITED", "COMPANY", "CORPORATION"})
FOREIGN = frozenset(
    [
        "INCORPORATED",
        "PLC",
        "LLC",
        "LP",
        "LLP",
        "AG",
        "SA",
        "NV",
        "BV",
        "SPA",
        "SRL",
        "AB",
        "ASA",
        "AS",
        "OYJ",
        "OY",
        "BHD",
        "BERHAD",
        "TBK",
        "PCL",
        "KK",
        "KGAA",
        "SE",
        "GMBH",
        "SAB",
        "SAS",
        "SARL",
        "SCA",
        "PTE",
        "PTY",
        "PT",
        "PJSC",
        "OJSC",
        "PAO",
        "ULC",
        "KG",
        "AE",
        "TRUST",
        "REIT",
        "FUND",
        "ETF",
        "FUNDS",
        "NL",
        "PUBL",
        "KSCP",
        "SAOG",
        "QPSC",
        "SAA",
    ]
)
ABROAD = FOREIGN | {word for word, form in CANONICAL.items() if form in FOREIGN}
"""The same as names have them."""
FORMS = DOMESTIC | FOREIGN

_SHORT_FORMS = ("LTD", "CORP", "CO")
LONG_FORMS = ("CORPORATION", "COMPANY", "LIMITED", "INCORPORATED")
_CUT = {
    full[:size]: full
    for full in LONG_FORMS
    for size in range(1, len(full))
    if full[:size] not in ("C", "I", "IN", "INC")
}
_PLAINLY_CUT = frozenset(k for k in _CUT if len(k) >= 4 and k not in CANONICAL and k != "INCO")
"""Beginnings of a form that are no other word (LIMIT, CORPO, COMPA): cut, however short the name is."""


def canonical(words: list[str]) -> list[str]:
    """The words with each legal form in its canonical spelling; other words as they stand."""
    return " ".join(CANONICAL.get(w, w) for w in words).split()


@lru_cache(maxsize=50_000)
def _form(word: str, *, beside: bool) -> str:
    """The form that a misspelt word at the end of a name means, or ''. `beside`: a form stands after it."""
    if len(word) >= 6:
        near = (full for full in LONG_FORMS if OSA.distance(word, full, score_cutoff=2) <= (2 if len(full) > 8 else 1))
        return next(near, "")
    if len(word) < 2 or word in weights():
        return ""
    if len(word) <= 4 and OSA.distance(word, "LTD") <= 1:
        return "LIMITED"
    if beside and len(word) >= 3 and OSA.distance(word, "CORP") <= 1:
        return "CORPORATION"
    return "COMPANY" if beside and len(word) <= 3 and OSA.distance(word, "CO") <= 1 else ""


def may_be_forms(words: Sequence[str]) -> NDArray[np.bool_]:
    """Of each word whether `strip_forms` could take it, at the end of some name, for a legal form misspelt or cut."""
    if not words:
        return np.zeros(0, dtype=bool)
    sizes = np.array([len(x) for x in words])
    long = cdist(words, LONG_FORMS, scorer=OSA.distance, score_cutoff=2, dtype=np.uint8)
    short = cdist(words, _SHORT_FORMS, scorer=OSA.distance, score_cutoff=1, dtype=np.uint8)
    near = (sizes >= 6) & (long <= [2 if len(x) > 8 else 1 for x in LONG_FORMS]).any(axis=1)
    near |= (sizes >= 2) & (sizes < 6) & (short <= 1).any(axis=1)
    near |= np.array([x in _CUT or x in ("C", "AN") for x in words], dtype=bool)
    return np.asarray(near, dtype=bool)


def misspelt_ltd() -> frozenset[str]:
    """All words that `strip_forms` takes for a misspelt LTD."""
    return _one_slip("LTD")


def misspelt_corp() -> frozenset[str]:
    """All words that `strip_forms` takes for a misspelt CORP where another form, or OF, stands behind."""
    return _one_slip("CORP")


def _one_slip(form: str) -> frozenset[str]:
    """Words of one slip in a form that are no words of their own."""
    cuts = [(form[:i], form[i:]) for i in range(len(form) + 1)]
    changed = {a + c + b[skip:] for a, b in cuts for c in ("", *ascii_uppercase) for skip in (0, 1)}
    changed |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    return frozenset(x for x in changed if x not in weights() and x != form)


_MEANT = frozenset({"ADD", "AID", "ANA", "ANG", "ANH", "ANI", "ANN", "ANR", "ANT", "ANY", "ARD", "AUD"})
"""One letter away from AND: names and words of their own, and what a cut leaves of a province."""
_AND = {x for x in _one_slip("AND") if len(x) == 3} - _MEANT - abbreviations().keys()
STOP = frozenset({"AND", "OF", "THE", "DE", "FOR", "IN", "ND", "ANDD", "AAND", "ANND", *_AND})
"""Small words, and AND with a letter wrong (SCIENCE AOD TECHNOLOGY), dropped, doubled or out of place."""


def strip_forms(words: list[str], *, cut: bool = False) -> tuple[list[str], list[str]]:
    """(words, forms): canonical words without the legal forms at their end, and those forms. Never leaves nothing.

    A misspelt form is a form. `cut` says that the name was cut at the end, so that its last letters may be a form's
    first.
    """
    words = canonical(words)
    if len(words) > 1 and (words[-1] in _PLAINLY_CUT or (cut and (words[-1] in _CUT or words[-1] == "C"))):
        words[-1] = _CUT.get(words[-1], "COMPANY")
    if cut and len(words) > 2 and words[-1] in ("AN", "O"):  # of AND, of OF
        words.pop()
    for i in (i for i, word in enumerate(words) if word == "OF" and i > 1):  # AERO ENGINE CROP OF CHINA
        words[i - 1] = _form(words[i - 1], beside=True) or words[i - 1]
    end, forms = len(words), list[str]()
    while end > 1:
        form = words[end - 1] if words[end - 1] in FORMS else _form(words[end - 1], beside=bool(forms))
        if form in FOREIGN and end > 2 and words[end - 2] == "AND":  # X & SE: a word that was cut, no form
            break
        if not form and words[end - 1] not in ("OF", "AND"):
            break
        forms.insert(0, form)
        end -= 1
    return words[:end], [f for f in forms if f]
