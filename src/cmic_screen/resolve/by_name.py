"""Name matching: the listed names that a held name may mean, how alike they are, and why. It decides no verdict.

A vectorised gate (`gates`) rejects most names; the few that pass are looked up for equality, then aligned word by word
(issue 4; docs/explanation/matching.md has the method and its measurements).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from cmic_screen.model import EvidenceKind, NameKind
from cmic_screen.names import has_han, normalise
from cmic_screen.names.han import MARKS
from cmic_screen.names.hkex import parse_structured
from cmic_screen.resolve.contest import best_of_each, contest
from cmic_screen.resolve.gates import Gate
from cmic_screen.resolve.han import HanIndex
from cmic_screen.resolve.heldname import HeldName, exact_key, held_name, last_two
from cmic_screen.resolve.legal import FOREIGN
from cmic_screen.resolve.light import is_light
from cmic_screen.resolve.listed import ListedName, NameHit
from cmic_screen.resolve.near import Near
from cmic_screen.resolve.pinyin import PinyinIndex
from cmic_screen.resolve.reach import Reach
from cmic_screen.resolve.runs import Runs
from cmic_screen.resolve.score import Thresholds, calibrated
from cmic_screen.resolve.tell import tell, tell_cleared
from cmic_screen.resolve.variants import Variants, core_words
from cmic_screen.resolve.words import weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.resolve.reach import Reached

__all__ = ["ListedName", "NameHit", "NameIndex", "Thresholds"]

_AFTER_LIMITED: Final = re.compile(r"\b(?:LTD|LIMITED)\b\.?(?=[\s,;:(–-]+\w)", re.IGNORECASE)
"""LTD or LIMITED with further words after it: the company's name ends there."""
_ROUNDING: Final = 1e-9  # the upper bound sums floats in another order than the aligner
BATCH: Final = 50_000
"""Names whose words are in memory at once."""


def _structured(name: str) -> bool:
    """Whether this is an exchange's short name of a derivative, which `by_underlying` reads: not a company's name."""
    return ("@" in name or "#" in name) and parse_structured(name) is not None


def _foreign(held: HeldName) -> str:
    """A clause on the first legal form that no listed entity has (GMBH, PLC), for the hit's detail; '' for none."""
    return "".join(f"; {form} is no form of a Chinese company" for form in sorted(FOREIGN.intersection(held.forms))[:1])


class Found(NamedTuple):
    """`hits` by position of the name; `parted`: positions of names of which a part may be a listed name itself."""

    hits: dict[int, tuple[NameHit, ...]]
    parted: list[int]


class NameIndex:
    """Listed names prepared for search. The same names in any order give the same answers."""

    def __init__(self, listed: Sequence[ListedName], thresholds: Thresholds | None = None) -> None:
        self._limits = thresholds or Thresholds()
        names = sorted(set(listed), key=lambda n: (n.uid, n.relation, n.kind, n.text, n.source))
        self._exact: dict[str, list[ListedName]] = defaultdict(list)
        self._by_core: dict[tuple[str, ...], list[ListedName]] = defaultdict(list)
        own: dict[str, set[str]] = defaultdict(set)
        normals = [normalise(n.text) for n in names]
        for name, normal in zip(names, normals, strict=True):
            if not normal:
                continue
            self._exact[exact_key(normal)].append(name)
            core, _ = core_words(normal)
            if len(core) == 1 and name.is_listed:
                own[name.uid].add(core[0])
            if name.kind is not NameKind.WEAK and normal.isascii():
                self._by_core[core].append(name)
        self._ends = {last_two(x) for x in self._exact if x.isascii()} - {()}
        self._han_names = [n for n in names if n.kind is not NameKind.WEAK and has_han(n.text)]
        self._han = HanIndex([normalise(n.text) for n in self._han_names])
        self._pinyin = PinyinIndex((core, i) for i, (core, _) in enumerate(self._han.cores))
        uids = {core: frozenset(n.uid for n in found if n.is_listed) for core, found in self._by_core.items()}
        self._variants = Variants(uids, {uid: frozenset(short) for uid, short in own.items()})
        self._near, self._reach = Near(self._variants), Reach(self._variants, self._limits.floor)
        # What is no variant is looked at one by one: a name of one word that is light, or a weak alias, of which names
        # hold the word that says most.
        alone = {x for x in self._exact if x.isascii() and " " not in x and ((x,) not in self._by_core or is_light(x))}
        weak = (x.split() for x, of in self._exact.items() if x.isascii() and all(n.kind is NameKind.WEAK for n in of))
        begun = {max(words, key=lambda x: (not is_light(x), weight(x), x)) for words in weak if len(words) > 1}
        latin = zip(names, normals, strict=True)
        self._runs = Runs((n, x) for n, x in latin if n.kind is not NameKind.WEAK and not has_han(n.text))
        whole = frozenset(alone | begun)
        abroad = self._limits.foreign <= self._limits.floor
        self._gate = Gate(self._variants, frozenset(self._pinyin.fragments), whole, self._runs, abroad=abroad)

    def search(self, names: Sequence[str]) -> list[tuple[NameHit, ...]]:
        """For each name the listed names it may mean, best first, one an entity and relation; () for none."""
        out: list[tuple[NameHit, ...]] = [()] * len(names)
        for i, hits in self.find(names).hits.items():
            out[i] = hits
        return out

    def find(self, names: Sequence[str]) -> Found:
        """`search`, answered by position for names with hits only, and the names whose parts should be searched."""
        hits, parted = dict[int, tuple[NameHit, ...]](), list[int]()
        for start in range(0, len(names), BATCH):
            passing = self._gate.passing(names[start : start + BATCH])
            met = passing.plain[self._reach.names(passing.words)].tolist()
            odd = {start + i for i in passing.odd if not _structured(names[start + i])}
            held = {i: held_name(names[i]) for i in sorted({*(start + i for i in met), *odd})}
            reached = self._reach.of_many([(h.core, len(h.name)) for h in held.values()])
            for (i, h), near in zip(held.items(), reached, strict=True):
                # A name that is not odd can be a hit only where its words reach a variant; others are searched in full.
                if (near or i in odd) and (found := contest(self._all_hits(h, near))):
                    hits[i] = found
            self._search_before_limited(names, [start + i for i in passing.beyond_limited], hits)
            self._search_at_the_end(names, [start + i for i in passing.ended], hits)
            parted += [start + i for i in passing.parted]
        return Found(hits, parted)

    def _search_before_limited(
        self, names: Sequence[str], which: Sequence[int], hits: dict[int, tuple[NameHit, ...]]
    ) -> None:
        """Fill in what stands before LIMITED, for those of the names that have met nothing."""
        found = {i: names[i][: end.end()] for i in which if i not in hits and (end := _AFTER_LIMITED.search(names[i]))}
        at = list(found)
        if found:
            passing = self._gate.passing(list(found.values()))
            for n in (*passing.plain.tolist(), *passing.odd):
                if before := self._before_limited(names[at[n]], found[at[n]]):
                    hits[at[n]] = before

    def _search_at_the_end(
        self, names: Sequence[str], which: Sequence[int], hits: dict[int, tuple[NameHit, ...]]
    ) -> None:
        """Fill in a listed name, legal form and all, that ends a longer one, for those of the names that have met
        nothing: words of a booking, in whatever language, or a place stand before it. It asks.
        """
        for i in which:
            if i in hits or last_two(names[i]) not in self._ends:
                continue
            words = exact_key(normalise(names[i])).split()
            for at in range(1, len(words) - 2):
                said = f"{' '.join(words[at:])} is a listed name; {' '.join(words[:at])!r} before it is not understood"
                found = (n for n in self._exact.get(" ".join(words[at:]), ()) if n.kind is not NameKind.WEAK)
                if near := contest(
                    NameHit(n, EvidenceKind.NAME_SIMILAR, self._limits.formless, said) for n in found if n.is_listed
                ):
                    hits[i] = near
                    break

    def _before_limited(self, name: str, issuer: str) -> tuple[NameHit, ...]:
        """A listed name up to its LIMITED, and words after it that are no notation known here: those name the
        instrument, in whatever language, or a branch. It asks.
        """
        core, _ = core_words(normalise(issuer))
        said = f"{issuer} is a listed name; {name[len(issuer) :].strip()!r} after it is not understood"
        found = self._exact.get(exact_key(normalise(issuer)), []) or self._by_core.get(core, [])
        return contest(
            NameHit(listed, EvidenceKind.NAME_SIMILAR, self._limits.formless, said)
            for listed in found
            if listed.is_listed and listed.kind is not NameKind.WEAK
        )

    def _all_hits(self, held: HeldName, reached: Reached) -> list[NameHit]:
        hits = self._equal(held)
        if has_han(held.issuer):
            return hits + self._chinese(held)
        if not held.issuer:
            return hits
        foreign = _foreign(held)
        if not foreign:
            for listed in self._by_core.get(held.core, ()):
                said = f"{' '.join(held.core)} equals {listed.text} once the legal form is dropped{held.taken}"
                hits.append(NameHit(listed, EvidenceKind.NAME_NO_LEGAL_FORM, self._limits.formless, said))
        hits += self._spelled(held)
        if not hits and not foreign:
            hits = self._run_together(held)
        if not any(h.listed.is_listed for h in hits):
            hits += self._similar(held, reached)
        # With a strange form the same words have met nothing yet: they are not other words of the same letters.
        return hits if hits or not foreign else self._run_together(held)

    def _equal(self, held: HeldName) -> list[NameHit]:
        hits = []
        for normal in dict.fromkeys((normalise(held.name), held.issuer)):
            for listed in self._exact.get(exact_key(normal), ()):
                if listed.kind is NameKind.WEAK:
                    said = f"{normal} is a weak alias and the whole name{held.taken}"
                    hits.append(NameHit(listed, EvidenceKind.NAME_WEAK, self._limits.weak, said))
                else:
                    said = f"{normal} equals {listed.text}{held.taken}"
                    hits.append(NameHit(listed, EvidenceKind.NAME_EXACT, 1.0, said))
        return hits

    def _chinese(self, held: HeldName) -> list[NameHit]:
        hits = []
        for found in self._han.search(held.issuer, marked=any(p.text in MARKS for p in held.split.parts[:1])):
            equal = found.score == 1.0
            kind = EvidenceKind.NAME_NO_LEGAL_FORM if equal else EvidenceKind.NAME_SIMILAR
            score = self._limits.formless if equal else calibrated(found.score)
            hits.append(NameHit(self._han_names[found.number], kind, score, found.how + held.taken))
        return hits

    def _spelled(self, held: HeldName) -> list[NameHit]:
        numbers, alike = self._pinyin.search(held.core)
        score = round(self._limits.pinyin * alike, 4)
        names = [self._han_names[n] for n in numbers]
        return [NameHit(n, EvidenceKind.NAME_SIMILAR, score, f"pinyin of {n.text}{held.taken}") for n in names]

    def _run_together(self, held: HeldName) -> list[NameHit]:
        spaced = (held.issuer.split(), held.core, normalise(held.name).split())  # a piece may look like a share class
        found = next((x for words in spaced if (x := self._runs.find(words))), [])
        foreign = _foreign(held)
        score = calibrated(self._limits.foreign) if foreign else self._limits.formless
        said = ((n, f"{held.issuer} has the letters of {n.text}, in other words{foreign}{held.taken}") for n in found)
        return [NameHit(n, EvidenceKind.NAME_SIMILAR, score, detail) for n, detail in said]

    def _similar(self, held: HeldName, reached: Reached) -> list[NameHit]:
        foreign = _foreign(held)
        share_class = any(p.what == "share class" for p in held.split.parts)
        letter = len(held.core[-1]) == 1
        hits = []
        against = self._limits.foreign if foreign else 1.0
        near = [x for x in reached if x[0] * against >= self._limits.floor - _ROUNDING] if foreign else reached
        for variant, a in self._variants.aligned(held.core, len(held.name), near):
            raw = a.score * against
            if raw >= self._limits.floor:
                said = tell(a) + foreign + held.taken
                score = calibrated(raw)
                hits += [
                    NameHit(listed, EvidenceKind.NAME_SIMILAR, score, said, a.cut, share_class, letter)
                    for listed in self._by_core[variant.words]
                ]
        return hits

    def nearest(self, name: str, n: int = 1) -> tuple[NameHit, ...]:
        """The `n` entities' names most like this one, whether or not they are hits; worked out only when asked.

        `detail` says what met what and why it is not enough; the score is on the scale of hits.
        """
        return self.nearest_many([name], n)[0]

    def nearest_many(self, names: Sequence[str], n: int = 1) -> list[tuple[NameHit, ...]]:
        """`nearest` of each name, for a twentieth of the cost where many are asked at once."""
        held = [held_name(name) for name in names]
        han = [has_han(h.issuer) for h in held]
        near = self._near.likeliest([() if is_han else h.core for h, is_han in zip(held, han, strict=True)], n)
        return [
            best_of_each(self._near_han(h, n) if is_han else self._near_latin(h, likely, n), n)
            for h, is_han, likely in zip(held, han, near, strict=True)
        ]

    def _near_han(self, held: HeldName, n: int) -> list[NameHit]:
        return [
            NameHit(self._han_names[h.number], EvidenceKind.NAME_SIMILAR, calibrated(h.score), h.how)
            for h in self._han.nearest(held.issuer, 4 * n)
        ]

    def _near_latin(self, held: HeldName, likely: Sequence[tuple[float, int]], n: int) -> list[NameHit]:
        """Hits for the `n` likest entities only: what is not returned need not be told."""
        found, uids = list[NameHit](), set[str]()
        against = self._limits.foreign if _foreign(held) else 1.0
        last = 0.0
        for variant, a in self._variants.aligned_with(held.core, len(held.name), likely, n):
            score = calibrated(a.score * against)
            if len(uids) >= n and score < last:
                break
            said = tell(a) + tell_cleared(a.score * against, self._limits.floor) + held.taken
            here = [x for x in self._by_core[variant.words] if x.is_listed]
            found += [NameHit(listed, EvidenceKind.NAME_SIMILAR, score, said) for listed in here]
            uids.update(x.uid for x in here)
            last = score
        return found

    def explain(self, name: str, listed: str = "") -> str:
        """Why a name is a hit or is not, in lines for a person: what was taken off, which words met which, what
        weighed how much, what would have changed the answer. `listed` (a listed name's text) restricts it to that
        name's entity.
        """
        held = held_name(name)
        uids = {
            n.uid for found in self._exact.values() for n in found if listed and normalise(n.text) == normalise(listed)
        }
        hits = [h for h in self.search([name])[0] if not uids or h.listed.uid in uids]
        lines = [f"{name}: compared as {held.issuer or 'nothing'}{held.taken}"]
        lines += [
            f"{h.kind.value} {h.listed.text} ({h.listed.uid}, {h.listed.relation}) {h.score:.2f}: {h.detail}"
            for h in hits
        ]
        if not hits:
            near = [h for h in self.nearest(name, 5 if uids else 1) if not uids or h.listed.uid in uids]
            lines += [f"no hit; nearest {h.listed.text} ({h.listed.uid}) {h.score:.2f}: {h.detail}" for h in near]
        return "\n".join(lines if len(lines) > 1 else [*lines, "no hit; no listed name shares a word with it"])
