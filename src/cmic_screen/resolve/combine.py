"""Weighs the matchers' clues per company: identifier before ticker before name; what is not proven becomes UNCERTAIN.

The order is that of rules.md §3.5 and issue 4 "Combining evidence". Contradicting evidence is kept in the match with
the supporting evidence. Only ISSUER and DERIVATIVE are proof. Further evidence for an entity can only strengthen its
match, and the order of clues does not matter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cmic_screen.markets import is_line
from cmic_screen.model import EvidenceKind, InstrumentKind, Match, MatchEvidence, Policy, Relation
from cmic_screen.resolve import isins
from cmic_screen.resolve.clues import NO_CLASS_A, Case, Clue, Says, against, strength, turned
from cmic_screen.resolve.index import countries
from cmic_screen.resolve.strangers import has_form, is_stranger, particular, resembles
from cmic_screen.terms import OWN_RELATIONS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cmic_screen.model import Security
    from cmic_screen.resolve.index import SecurityIndex

UNLISTED: Final = "not listed; the 50 percent rule does not apply"
_MAINLAND: Final = frozenset({"XSHG", "XSHE"})
_ORDER: Final = (Relation.ISSUER, Relation.DERIVATIVE, Relation.UNCERTAIN, Relation.RELATED_UNLISTED)


def combine(index: SecurityIndex, security: Security, clues: Sequence[Clue], on: date) -> tuple[Match, ...]:
    """The matches that follow from the clues, one per entity and relation, in the order of `_ORDER`; () for none.

    Clues of relations `related` and `not` are facts about other companies: a security known to be theirs is not
    matched to the listed entity by weaker evidence; where the evidence is equally strong the match is UNCERTAIN.
    `on` is the day (New York) for which delisted lines are judged.
    """
    own: dict[str, Case] = {}
    others: list[Clue] = []
    for clue in sorted(clues, key=lambda c: (-c.says, c.uid, c.evidence.kind, c.evidence.searched, c.evidence.found)):
        if clue.relation in OWN_RELATIONS:
            own.setdefault(clue.uid, Case(clue.uid)).clues.append(clue)
        else:
            others.append(clue)
    table = _Table(index, security, own, others, on)
    found = [m for case in own.values() if (m := table.judge(case)) is not None]
    found += table.related({m.entity.uid for m in found if m.relation in {Relation.ISSUER, Relation.DERIVATIVE}})
    return tuple(sorted(found, key=lambda m: (_ORDER.index(m.relation), -m.score, m.entity.uid)))


class _Table:
    """All clues of one security: those for each listed entity (`own`) and those for other companies (`others`)."""

    def __init__(
        self, index: SecurityIndex, security: Security, own: dict[str, Case], others: list[Clue], on: date
    ) -> None:
        self.index, self.security, self.own, self.others, self.on = index, security, own, others, on
        self.proven = {uid for uid, case in own.items() if case.best(Says.PROVES)}
        self.settled = {uid for uid, case in own.items() if case.name and self._agrees(case, case.name)}
        self.other_ids = [c for c in others if c.says is Says.PROVES]
        self.other_tickers = [c for c in others if c.says is Says.TICKER]
        self.other_names = sorted((c for c in others if c.is_name), key=strength)

    def _agrees(self, case: Case, name: Clue) -> bool:
        """Whether identifier or ticker agree with the entity's name, so that no other entity of that name is meant."""
        if case.best(Says.PROVES):
            return True
        plainest = all(strength(name)[:2] <= strength(c.name)[:2] for c in self.own.values() if c.name)
        ticker = case.best(Says.TICKER) or (case.best(Says.LETTERS) if plainest else None)
        return ticker is not None and not isins.foreign(self.index, self.security, case.uid)

    # ------------------------------------------------------------------------------------------ one listed entity

    def judge(self, case: Case) -> Match | None:
        """The match of one listed entity, or None where its clues are explained by another company."""
        if case.best(Says.PROVES):
            return self._by_identifier(case)
        if self._settled(case):
            return None
        if self.other_ids:
            return self._against_known(case, self.other_ids)
        ticker, name = case.best(Says.TICKER, Says.LETTERS), case.name
        if ticker:
            return self._by_ticker(case, ticker)
        return self._by_name(case, name) if name else self._by_little(case)

    def _settled(self, case: Case) -> bool:
        """Whether the name it shares is another listed entity's: by identifier, by ticker, or because it is equal."""
        if case.best(Says.TICKER):
            return False
        if self.settled:
            return case.uid not in self.settled
        equal = [c.name for c in self.own.values() if c.name and c.name.says is Says.EXACT]
        kinds = {EvidenceKind.NAME_SIMILAR, EvidenceKind.NAME_WEAK}
        if any(has_form(c.evidence.searched) for c in equal):
            # a brand without legal form may mean the brother (CHINA MOBILE: group or company); a full name does not
            kinds.add(EvidenceKind.NAME_NO_LEGAL_FORM)
        return bool(equal) and all(c.evidence.kind in kinds for c in case.clues)

    def _by_identifier(self, case: Case) -> Match:
        clash = self._stranger(case)
        if clash is None:
            return self._match(case, "a stated identifier is this entity's", proven=True)
        return self._match(
            case, "the stated identifier is this entity's, but the stated name is somebody else's", clash
        )

    def _by_ticker(self, case: Case, ticker: Clue) -> Match | None:
        name, known = case.name, self._known_name()
        exact = name is not None and name.says is Says.EXACT
        foreign = isins.foreign(self.index, self.security, case.uid, exchange=ticker.says is Says.TICKER)
        clash = self._stranger(case)
        if known and not exact:
            # letters beside another company's full name are that company's; a number given by an exchange still asks
            said = "the ticker is this entity's, but the stated name is another company's"
            return None if ticker.says is Says.LETTERS else self._match(case, said, turned(known))
        if self.other_tickers and not exact:
            found = None
        elif foreign:
            found = self._match(case, "the ticker is this entity's, but the ISIN is of another country", foreign)
        elif name:
            found = self._match(case, "ticker, market and name agree", proven=True)
        elif clash:
            found = self._match(case, "the ticker is this entity's, but the stated name is somebody else's", clash)
        elif ticker.says is Says.TICKER:
            found = self._match(case, "code and market are this entity's", proven=True)
        elif any(resembles(n, self.index.words(case.uid)) for n in self.security.names):
            found = self._match(
                case, "ticker and market are this entity's and the name is made of its words", proven=True
            )
        else:
            found = self._match(case, f"{ticker.evidence.detail}, and no second sign")
        return found

    def _by_name(self, case: Case, name: Clue) -> Match | None:
        exact = name.says is Says.EXACT
        if not exact and (self._explained(name) or self.other_tickers):
            return None
        foreign = None if name.underlying else isins.foreign(self.index, self.security, case.uid)
        if self.other_tickers:
            said = "the name is this entity's, but the ticker is another company's"
            found = self._match(case, said, turned(self.other_tickers[0]))
        elif foreign:
            found = self._match(case, "the name is this entity's, but the ISIN is of another country", foreign)
        elif exact and not name.underlying and (other := isins.another_issuer(self.index, self.security, case.uid)):
            found = self._match(case, "the name is this entity's, but the stated ISIN is none of its own", other)
        elif exact:
            found = self._match(case, self._exactly(name), proven=True)
        elif case.best(Says.BARE) and name.evidence.kind is not EvidenceKind.NAME_WEAK:
            found = self._match(case, "code and name agree", proven=True)
        else:
            found = self._match(case, _unproven(name))
        return found

    def _by_little(self, case: Case) -> Match | None:
        """A bare code, or a restored or derived identifier, without any name of the entity."""
        first = case.clues[0]
        if first.says is Says.BARE and (self._named_otherwise(case) or countries(self.security.identifiers)):
            return None  # a code alone, beside a name or an ISIN that is not the entity's, says nothing
        clash = self._stranger(case)
        reason = first.evidence.detail + ("; the stated name is somebody else's" if clash else "")
        return self._match(case, reason, clash)

    def _named_otherwise(self, case: Case) -> bool:
        """Whether a name stands beside a bare code and says whose it is. Six digits of the mainland's exchanges are few
        others': there only a name that is plainly somebody else's counts, `Holding B` does not. A number of Hong Kong's
        is more often somebody's: there no name counts by which nobody is known, unless a currency speaks against it.
        """
        mics = {c.fact.mic if c.fact else "" for c in case.clues}
        if mics <= _MAINLAND:
            words = self.index.words(case.uid)
            return any(is_stranger(name, words) for name in self._names)
        nobody = mics == {"XHKG"} and not self.security.currency
        return any(not nobody or particular(name) for name in self._names)

    @property
    def _names(self) -> tuple[str, ...]:
        """The stated names that are more than the security's own code: `CHL` under `Holding` names nobody."""
        own = self.security.ticker.upper()
        return tuple(n for n in self.security.names if n.upper() != own and not (own and is_line(n)))

    def _against_known(self, case: Case, known: list[Clue]) -> Match | None:
        """The security's identifier is another, unlisted company's: only an exact name or a full ticker still asks."""
        name = case.name
        if case.best(Says.TICKER):
            said = "the ticker is this entity's, but the identifier is another company's"
            return self._match(case, said, turned(known[0]))
        same = {c.evidence.found for c in self.other_names if c.evidence.kind is EvidenceKind.NAME_EXACT}
        if name is None or name.says is not Says.EXACT or same:
            return None
        said = "the name is this entity's, but the identifier is another company's"
        return self._match(case, said, turned(known[0]))

    def _explained(self, name: Clue) -> bool:
        """Whether a known other company has this name more plainly."""
        return bool(self.other_names) and strength(self.other_names[0])[:2] < strength(name)[:2]

    def _known_name(self) -> Clue | None:
        """A full name of a known other company among the stated names."""
        return next((c for c in self.other_names if c.evidence.kind is EvidenceKind.NAME_EXACT), None)

    def _exactly(self, name: Clue) -> str:
        also = sorted(
            self.index.entities[uid].name
            for uid, case in self.own.items()
            if uid != name.uid and case.name and case.name.says is Says.EXACT
        )
        return (
            f"the name is this entity's, and also that of {' and '.join(also)}" if also else "the name is this entity's"
        )

    # ------------------------------------------------------------------------------------------ what speaks against

    def _stranger(self, case: Case) -> MatchEvidence | None:
        """The evidence that the stated names are somebody else's, None where they may be the entity's.

        A name of any listed entity is none: whichever of the two is meant, it is listed. Nor is that of a derivative
        whose underlying is the entity's: it names the bank that wrote it.
        """
        if any(c.name for c in self.own.values()) or any(c.underlying for c in case.clues):
            return None
        known = self._known_name()
        if known:
            return turned(known)
        words = self.index.words(case.uid)
        if self._names and all(is_stranger(n, words) for n in self._names):
            return against(
                EvidenceKind.NAME_SIMILAR, self._names[0], self.index.entities[case.uid].name,
                "the names have no word in common",
            )  # fmt: skip
        return None

    # ------------------------------------------------------------------------------------------ relatives

    def related(self, proven: set[str]) -> list[Match]:
        """RELATED_UNLISTED matches: a known relative, by identifier, ticker or name, of an entity not itself proven."""
        cases: dict[str, Case] = {}
        for clue in self.others:
            if clue.relation != "related" or clue.uid in proven:
                continue
            plain = any((c.is_name or c.says is Says.PROVES) and c.uid == clue.uid for c in self.others)
            if clue.says in {Says.BARE, Says.LETTERS, Says.WEAK} and not plain:
                continue  # a bare code, or what was restored or derived, says as little of a relative
            cases.setdefault(clue.uid, Case(clue.uid)).clues.append(clue)
        if self.proven or any(self.own[u].best(Says.TICKER) for u in proven if u in self.own):
            cases = {u: c for u, c in cases.items() if c.best(Says.PROVES)}
        return [self._relative(case) for case in cases.values()]

    def _relative(self, case: Case) -> Match:
        policy = next((c.policy for c in case.clues if c.policy), "")
        first = case.clues[0]
        note = first.note or first.evidence.found
        return Match(
            entity=self.index.entities[case.uid], relation=Relation.RELATED_UNLISTED,
            evidence=tuple(dict.fromkeys(c.evidence for c in case.clues)),
            score=max(c.evidence.score for c in case.clues), reason=f"{note}: {UNLISTED}", policy=policy,
        )  # fmt: skip

    def _match(
        self, case: Case, reason: str, contradiction: MatchEvidence | None = None, *, proven: bool = False
    ) -> Match:
        derives = self.security.instrument.derives or any(
            c.underlying or c.relation == "derivative" for c in case.clues
        )
        relation = (Relation.DERIVATIVE if derives else Relation.ISSUER) if proven else Relation.UNCERTAIN
        more = contradiction or (None if proven else isins.home(self.index, self.security, case.uid))
        evidence = [c.evidence for c in case.clues] + ([more] if more else [])
        score = max(c.evidence.score * (1.0 if c.is_name else c.evidence.weight) for c in case.clues)
        bond = self.security.instrument in {InstrumentKind.BOND, InstrumentKind.CONVERTIBLE}
        policy = Policy.NOT_TRADED if not bond and self.index.untraded(case.uid, self.on) else ""
        return Match(
            entity=self.index.entities[case.uid], relation=relation, evidence=tuple(dict.fromkeys(evidence)),
            score=score, reason=reason, policy=policy, public_security=self.index.has_public_security(case.uid),
        )  # fmt: skip


def _unproven(name: Clue) -> str:
    if name.class_unknown:
        return f"the name is this entity's, but {NO_CLASS_A}"
    if name.evidence.kind is EvidenceKind.NAME_EXACT and (name.fact is None or name.fact.confidence == "high"):
        return "a part of the stated name is this entity's name; the rest of it is not understood"
    if name.evidence.kind is EvidenceKind.NAME_EXACT:
        return "the name is a short name of this entity that the securities master knows, not OFAC's"
    return {
        EvidenceKind.NAME_NO_LEGAL_FORM: "the name is equal only once the legal form is dropped",
        EvidenceKind.NAME_WEAK: "the name is only a weak alias",
    }.get(name.evidence.kind, "the name is like this entity's, not equal")
