"""Entity resolution: distinct `Security` values go in, `Match` values with all their evidence come out.

The matchers (`by_identifier`, `by_ticker`, `by_name`, `by_underlying`) find clues, `combine` weighs them. Nothing here
gives a verdict or applies law, drops a clue that no other company explains, or depends on the order of rows.
"""

from __future__ import annotations

from dataclasses import replace
from html import unescape
from itertools import chain
from typing import TYPE_CHECKING

from cmic_screen.model import EvidenceKind, Match, MatchEvidence, NearestName, Policy, Relation
from cmic_screen.names import halves, split_instrument
from cmic_screen.resolve import by_identifier, by_ticker, by_underlying
from cmic_screen.resolve.apart import beside, parts
from cmic_screen.resolve.bearers import Bearers
from cmic_screen.resolve.by_name import NameIndex
from cmic_screen.resolve.clues import NAME_SAYS, NO_CLASS_A, Clue, Says
from cmic_screen.resolve.combine import combine
from cmic_screen.resolve.contest import is_surely
from cmic_screen.resolve.index import SecurityIndex
from cmic_screen.terms import OTHER_RELATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cmic_screen.model import ListSnapshot, MasterRow, Security
    from cmic_screen.resolve.bearers import Borne
    from cmic_screen.resolve.by_name import NameHit

__all__ = ["Resolver"]


class Resolver:
    """Resolves securities against one list and one securities master.

    Built once a run. It remembers the words it has met, which never changes an answer, and is not safe for two threads.
    """

    def __init__(self, snapshot: ListSnapshot, master: Sequence[MasterRow]) -> None:
        self._index = SecurityIndex(snapshot, master)
        self._names = NameIndex(self._index.names)
        self._bearers = Bearers(self._index.names)

    def own_isins(self) -> frozenset[str]:
        """Every ISIN known as a listed entity's own security."""
        return frozenset(isin for known in self._index.issued.values() for isin in known)

    def resolve(
        self, securities: Sequence[Security], on: date, seen: dict[str, tuple[NameHit, ...]] | None = None
    ) -> list[tuple[Match, ...]]:
        """For each security its matches, strongest relation first, () for none; [] for no securities.

        `on` is the day (New York) for which tickers are looked up. Each distinct name is searched once; its hits are
        added to `seen`, if given, for `nearest_many`. An answer does not depend on the other securities or their order.
        """
        searched = [_searched(s) for s in securities]
        names = list(dict.fromkeys(chain.from_iterable(searched)))
        whole = self._names.find(names)
        hits = {names[i]: found for i, found in whole.hits.items()}
        apart = {names[i]: found for i in whole.parted if (found := parts(names[i]))}
        rest = [part for part in dict.fromkeys(chain.from_iterable(apart.values())) if part not in hits]
        hits.update((rest[i], found) for i, found in self._names.find(rest).hits.items())
        if seen is not None:
            seen.update((name, hits.get(name, ())) for name in names)
        said = {n for n, found in apart.items() if not hits.keys().isdisjoint(found)}
        alone = [names[i] for i in whole.parted if i not in whole.hits]
        borne = {name: bearing for name in alone if (bearing := self._bearers.of(name))}
        said.update(hits, borne, (n for n in names if "@" in n or "#" in n))
        return [
            self._one(s, on, several, hits, borne) if _says_anything(s) or not said.isdisjoint(several) else ()
            for s, several in zip(securities, searched, strict=True)
        ]

    def _one(
        self,
        security: Security,
        on: date,
        names: tuple[str, ...],
        hits: Mapping[str, tuple[NameHit, ...]],
        borne: Mapping[str, list[Borne]],
    ) -> tuple[Match, ...]:
        clues = by_identifier.find(self._index, security)
        clues += by_ticker.find(self._index, security, on)
        clues += by_underlying.find(self._index, security, on)
        for name in names:
            own = _believed(hits.get(name, ()))
            clues += [self._name_clue(name, hit, underlying=name == security.underlying) for hit in own]
            # An unlisted relative in a name must not hide a listed company beside it, nor one half of a name the other.
            if halves(name) or all(h.listed.relation in OTHER_RELATIONS for h in own):
                clues += self._part_clues(name, hits, parts(name) if not own else beside(name))
        if clues and not security.ticker:
            clues += by_ticker.find_in_names(self._index, security, on)
        found = combine(self._index, security, clues, on) if clues else ()
        if found or any(c.relation in OTHER_RELATIONS for c in clues):
            return found  # a company of the master, not listed, explains the name
        return self._bearing({n: borne[n] for n in names if n in borne})

    def _bearing(self, borne: Mapping[str, list[Borne]]) -> tuple[Match, ...]:
        """Matches for names that contain a listed name: one per entity, UNCERTAIN ones first; () for none."""
        found = sorted(
            ((name, b) for name, each in borne.items() for b in each), key=lambda x: (not x[1].asks, -x[1].share, x[0])
        )
        return tuple({b.listed.uid: self._borne(name, b) for name, b in reversed(found)}.values())[::-1]

    def _borne(self, name: str, b: Borne) -> Match:
        said = f"{name} holds {b.words} beside {b.rest}"
        other = f"{said} and is like no listed name as a whole"
        evidence = MatchEvidence(
            kind=EvidenceKind.NAME_SIMILAR, searched=name, found=b.listed.text, score=b.share, weight=0.3,
            source=b.listed.source, detail=f"{b.words} stands in it, beside {b.rest}",
        )  # fmt: skip
        return Match(
            entity=self._index.entities[b.listed.uid], evidence=(evidence,), score=b.share,
            relation=Relation.UNCERTAIN if b.asks else Relation.RELATED_UNLISTED,
            reason=f"{said}, which is not understood" if b.asks else other,
            policy="" if b.asks else Policy.BEARS_NAME,
            public_security=self._index.has_public_security(b.listed.uid),
        )  # fmt: skip

    def _name_clue(self, name: str, hit: NameHit, *, underlying: bool) -> Clue:
        fact, says, detail = self._index.named(hit.listed), NAME_SAYS[hit.kind], hit.detail
        stranger = says is Says.EXACT and _is_class_a(name) and not self._index.may_have_class_a(hit.listed.uid)
        if stranger:
            says, detail = Says.LIKE, f"{detail}; {NO_CLASS_A}"
        evidence = MatchEvidence(
            kind=hit.kind, searched=name, found=hit.listed.text, score=hit.score,
            weight=1.0 if hit.kind is EvidenceKind.NAME_EXACT else 0.6, source=hit.listed.source, detail=detail,
        )  # fmt: skip
        if says is Says.EXACT and fact and fact.confidence != "high":
            says = Says.LIKE
        policy = fact.policy if fact and hit.listed.relation == "related" else ""
        return Clue(hit.listed.uid, hit.listed.relation, says, evidence, fact, policy, underlying, stranger)

    def _part_clues(self, name: str, hits: Mapping[str, tuple[NameHit, ...]], of_it: tuple[str, ...]) -> list[Clue]:
        """Clues from the parts `of_it` of a name that as a whole names no listed company: at most `Says.LIKE`.

        Only where both halves (one name in two scripts) name the same company do they count as the whole name. A weak
        alias in one half is left out: it is not the whole name.
        """
        met = {part: _believed(hits.get(part, ())) for part in of_it}
        two = halves(name)
        both = set.intersection(*({h.listed.uid for h in met.get(p, ())} for p in two)) if two else set[str]()
        clues = []
        for part, found in met.items():
            for hit in found:
                clue = self._name_clue(part, hit, underlying=False)
                if hit.listed.uid in both:
                    clues.append(clue)
                elif two is None or clue.says is not Says.WEAK:
                    clues.append(replace(clue, says=min(clue.says, Says.LIKE)))
        return clues

    def nearest(self, security: Security, n: int = 1) -> tuple[NearestName, ...]:
        """The `n` listed names most like the security's own, and why each is no match; () where it states no name.

        A listed entity for which the master knows this to be another company (relation `not`) comes first, with that
        fact as the reason.
        """
        return self.nearest_many([security], n)[0]

    def nearest_many(
        self, securities: Sequence[Security], n: int = 1, seen: Mapping[str, tuple[NameHit, ...]] | None = None
    ) -> list[tuple[NearestName, ...]]:
        """`nearest` for each security, cheaper per name than one by one. Names in `seen` (filled by `resolve`) are not
        searched again.
        """
        names = list(dict.fromkeys(name for s in securities for name in s.names))
        hits = {name: seen[name] for name in names if name in seen} if seen else {}
        rest = [name for name in names if name not in hits]
        hits.update(zip(rest, self._names.search(rest), strict=True))
        near = dict(zip(names, self._names.nearest_many(names, n), strict=True))
        return [self._nearest(s, n, hits, near) for s in securities]

    def _nearest(
        self,
        security: Security,
        n: int,
        hits: Mapping[str, tuple[NameHit, ...]],
        near: Mapping[str, tuple[NameHit, ...]],
    ) -> tuple[NearestName, ...]:
        friends = self._false_friends(security, hits)
        best: dict[str, NearestName] = {}
        for name in security.names:
            for hit in near[name]:
                known = best.get(hit.listed.uid)
                if known is None or known.score < hit.score:
                    best[hit.listed.uid] = NearestName(
                        uid=hit.listed.uid, name=hit.listed.text, score=hit.score, why_not=hit.detail
                    )
        others = sorted((b for uid, b in best.items() if uid not in friends), key=lambda b: (-b.score, b.uid, b.name))
        return (*friends.values(), *others)[:n]

    def _false_friends(self, security: Security, hits: Mapping[str, tuple[NameHit, ...]]) -> dict[str, NearestName]:
        clues = by_identifier.find(self._index, security)
        for name in security.names:
            clues += [self._name_clue(name, h, underlying=False) for h in hits.get(name, ()) if is_surely(h)]
        return {
            c.uid: NearestName(
                uid=c.uid, name=self._index.entities[c.uid].name, score=c.evidence.score,
                why_not=f"another company: {c.note} ({c.evidence.source})",
            )
            for c in clues if c.relation == "not"
        }  # fmt: skip


def _believed(hits: Sequence[NameHit]) -> list[NameHit]:
    """All hits on listed companies, and those hits on other companies that are sure (`contest.is_surely`)."""
    return [h for h in hits if h.listed.relation not in OTHER_RELATIONS or is_surely(h)]


def _is_class_a(name: str) -> bool:
    """Whether the name states share class A: a mainland company's line in Shanghai, Shenzhen or Beijing."""
    return any(p.what == "share class" and p.text.strip("-'\" 股").upper() == "A" for p in split_instrument(name).parts)


def _says_anything(security: Security) -> bool:
    """Whether a security states more than a name."""
    return bool(security.identifiers or security.ticker or security.underlying)


def _plain(name: str) -> str:
    """The name with HTML character references (`&#39;`, `&nbsp;`) decoded, as files saved from web pages have them."""
    return unescape(name) if "&" in name else name


def _searched(security: Security) -> tuple[str, ...]:
    """The names to search: the security's own, then its underlying's."""
    names = security.names
    for name in names:
        if ";" in name:
            names = tuple(map(_plain, names))
            break
    return (*names, security.underlying) if security.underlying and security.underlying not in names else names
