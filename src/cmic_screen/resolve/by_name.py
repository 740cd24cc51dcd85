"""Names against names: which listed names a held name may mean, how alike, and why. Finds; never decides a verdict.

Issue 4 and docs/explanation/matching.md describe the method.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen.model import EvidenceKind, NameKind
from cmic_screen.names import has_han, normalise, split_instrument

if TYPE_CHECKING:
    from collections.abc import Sequence

_FORMS = {"LTD": "LIMITED", "CO": "COMPANY", "CORP": "CORPORATION", "INC": "INCORPORATED", "COS": "COMPANY"}
_LEGAL = frozenset({*_FORMS.values(), "PLC", "SPA", "BHD", "AG", "SA", "NV", "LLC", "LP", "OYJ", "AB", "ASA"})
_HAN_LEGAL = re.compile(r"(?:股份|控股)?有限(?:责任)?公司$|股份公司$|公司$")


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name that can be met: of a listed entity, or (relation `related`, `not`) of another, not it."""

    uid: str
    text: str
    kind: NameKind
    script: str = "Latin"
    source: str = "OFAC"
    relation: str = "issuer"


@dataclass(frozen=True, slots=True)
class NameHit:
    """A listed name that was met: how (`kind`, one of the NAME_ kinds), how alike (0 to 1), and why (`detail`)."""

    listed: ListedName
    kind: EvidenceKind
    score: float
    detail: str


def _exact_key(name: str) -> str:
    return " ".join(_FORMS.get(w, w) for w in normalise(name).split())


def _core_key(name: str) -> str:
    text = normalise(name)
    if has_han(text):
        return _HAN_LEGAL.sub("", text)
    words = [_FORMS.get(w, w) for w in text.split()]
    while len(words) > 1 and words[-1] in _LEGAL:
        words.pop()
    return " ".join(words)


class NameIndex:
    """Listed names prepared for search. Built once a run; the same names in any order give the same answers."""

    def __init__(self, listed: Sequence[ListedName]) -> None:
        self._exact: dict[str, list[ListedName]] = defaultdict(list)
        self._core: dict[str, list[ListedName]] = defaultdict(list)
        self._listed = tuple(listed)
        for name in listed:
            self._exact[_exact_key(name.text)].append(name)
            if name.kind is not NameKind.WEAK:
                self._core[_core_key(name.text)].append(name)

    def search(self, names: Sequence[str]) -> list[tuple[NameHit, ...]]:
        """For each name the listed names it may mean, best first, one an entity and relation; () for none."""
        return [self._search(name) for name in names]

    def _search(self, name: str) -> tuple[NameHit, ...]:
        from rapidfuzz import fuzz, process

        hits: dict[tuple[str, str], NameHit] = {}

        def add(listed: ListedName, kind: EvidenceKind, score: float, detail: str) -> None:
            key = (listed.uid, listed.relation)
            if key not in hits or hits[key].score < score:
                hits[key] = NameHit(listed, kind, score, detail)

        issuer = split_instrument(name).issuer
        for text in (name, issuer):
            for listed in self._exact.get(_exact_key(text), ()):
                if listed.kind is NameKind.WEAK:
                    add(listed, EvidenceKind.NAME_WEAK, 0.6, f"{text} is a weak alias and the whole name")
                else:
                    add(listed, EvidenceKind.NAME_EXACT, 1.0, f"{text} equals {listed.text}")
        core = _core_key(issuer)
        for listed in self._core.get(core, ()):
            add(listed, EvidenceKind.NAME_NO_LEGAL_FORM, 0.95, f"{core} equals {listed.text} without its legal form")
        if core and not hits:
            for key, score, _ in process.extract(core, list(self._core), scorer=fuzz.token_sort_ratio, score_cutoff=90):
                for listed in self._core[key]:
                    add(listed, EvidenceKind.NAME_SIMILAR, score / 100, f"{core} is like {key}")
        return tuple(sorted(hits.values(), key=lambda h: (-h.score, h.listed.uid, h.listed.relation)))

    def nearest(self, name: str, n: int = 1) -> tuple[NameHit, ...]:
        """The `n` listed names most like this one, whether or not they are hits."""
        from rapidfuzz import fuzz, process

        core = _core_key(split_instrument(name).issuer)
        found = process.extract(core, list(self._core), scorer=fuzz.token_sort_ratio, limit=n)
        return tuple(NameHit(self._core[k][0], EvidenceKind.NAME_SIMILAR, s / 100, "nearest") for k, s, _ in found)
