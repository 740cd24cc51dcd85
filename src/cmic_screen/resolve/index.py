"""The list and the securities master, turned round: from identifier, ticker and name to the companies they belong to.

Built once a run from a ListSnapshot and master rows; read only afterwards. It states facts and weighs none.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cmic_screen.identifiers import derive
from cmic_screen.markets import mainland_mic, market_country
from cmic_screen.model import NameKind, Origin, Policy, Scheme, SecurityIdentifier
from cmic_screen.names import has_han
from cmic_screen.resolve.by_name import ListedName
from cmic_screen.resolve.strangers import words_of
from cmic_screen.terms import OWN_RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cmic_screen.model import EntityTicker, ListedEntity, ListSnapshot, MasterRow

TRADED: Final = frozenset({Scheme.ISIN, Scheme.CUSIP, Scheme.SEDOL, Scheme.FIGI, "ticker"})
"""Schemes that number a security; a registry number or an LEI says nothing of trading."""
NUMERIC_MARKETS: Final = frozenset({"XHKG", "XSHG", "XSHE", "BJSE", "NEEQ"})
"""Markets whose codes are numbers given by the exchange: a code and its market name one line."""
MAINLAND: Final = frozenset({"XSHG", "XSHE", "BJSE", "CN"})
"""Markets of class A shares (CN: where only the country is known)."""
HOME_PREFIXES: Final = frozenset({"CN", "HK", "KY", "BM", "VG", "XS"})
"""ISIN prefixes under which a Chinese company's securities are ordinarily issued, abroad included (XS: Eurobonds)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known of a company: an identifier or a ticker, whose it is, since when, and who says so.

    `relation` is the master's (`issuer`, `receipt`, `derivative`, `related`, `not`); OFAC's own facts are `issuer`.
    `mic` is a MIC, or a two-letter country where only that is known. `derived` marks an identifier that only follows
    from a known one. Only a name of high confidence proves.
    """

    uid: str
    relation: str
    scheme: str
    value: str
    mic: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    policy: str = ""
    source: str = "OFAC"
    confidence: str = "high"
    note: str = ""
    derived: bool = False

    def valid(self, on: date) -> bool:
        """Whether the fact holds on that day; a fact without dates always does."""
        return not (self.valid_from and on < self.valid_from) and not (self.valid_to and on > self.valid_to)

    @property
    def said(self) -> str:
        """The fact as a person reads it: value and market."""
        return f"{self.value} {self.mic}".strip()


class SecurityIndex:
    """What is known, by what it can be found with. `names` go to the NameIndex; `words` are each entity's own names."""

    def __init__(self, snapshot: ListSnapshot, master: Sequence[MasterRow]) -> None:
        self.entities: dict[str, ListedEntity] = {e.uid: e for e in snapshot.entities}
        self.identifiers: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        self.tickers: dict[str, list[Fact]] = defaultdict(list)
        self.underlyings: dict[str, list[Fact]] = defaultdict(list)
        self.prefixes: dict[str, set[str]] = defaultdict(lambda: set(HOME_PREFIXES))
        self.issued: dict[str, set[str]] = defaultdict(set)
        self.names: list[ListedName] = []
        self._named: dict[tuple[str, str, str], Fact] = {}
        self._untraded: dict[str, date] = {}
        self._words: dict[str, frozenset[str]] = {}
        rows = [r for r in master if r.uid in self.entities]
        for entity in snapshot.entities:
            self._entity(entity)
        for row in rows:
            self._row(row)
        facts = [f for known in (self.identifiers, self.tickers) for of_one in known.values() for f in of_one]
        self._traded = {f.uid for f in facts if f.relation in OWN_RELATIONS and f.scheme in TRADED}
        self._lines: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            if fact.relation in OWN_RELATIONS and fact.scheme == "ticker":
                self._lines[fact.uid].add(fact.mic)
        self._derive()

    def _entity(self, entity: ListedEntity) -> None:
        self.names += [
            ListedName(entity.uid, n.text, n.kind, "Han" if has_han(n.text) else n.script, n.source)
            for n in entity.names
        ]
        for one in entity.identifiers:
            fact = Fact(uid=entity.uid, relation="issuer", scheme=one.scheme, value=one.value)
            self._keep(fact)
        for ticker in entity.tickers:
            code, mic = _market(ticker)
            self.tickers[code].append(Fact(uid=entity.uid, relation="issuer", scheme="ticker", value=code, mic=mic))

    def _row(self, row: MasterRow) -> None:
        if row.scheme == "name":
            relation = "issuer" if row.relation in OWN_RELATIONS else row.relation
            if row.relation == "derivative":
                self.underlyings[row.value.upper()].append(_fact(row))
            else:
                script = "Han" if has_han(row.value) else "Latin"
                said = f"securities master: {row.source}"
                self.names.append(ListedName(row.uid, row.value, NameKind.MASTER, script, said, relation))
                self._named[row.uid, relation, row.value] = _fact(row)
        elif row.scheme == "ticker":
            if not _said_already(row, self.tickers[row.value]):
                self.tickers[row.value].append(_fact(row))
            if row.policy == Policy.NOT_TRADED and row.valid_to:
                self._untraded[row.uid] = row.valid_to
        elif not _said_already(row, self.identifiers[row.scheme, row.value]):
            self._keep(_fact(row))

    def has_public_security(self, uid: str) -> bool:
        """Whether OFAC or the master knows a security or ticker of the entity's own: else a stake in it is private."""
        return uid in self._traded

    def may_have_class_a(self, uid: str) -> bool:
        """Whether a line on a mainland exchange is known of the entity, or no line at all."""
        return not self._lines[uid] or not MAINLAND.isdisjoint(self._lines[uid])

    def named(self, name: ListedName) -> Fact | None:
        """The master's own fact behind one of its names, None for a name of OFAC's."""
        return self._named.get((name.uid, name.relation, name.text)) if name.kind is NameKind.MASTER else None

    def untraded(self, uid: str, on: date) -> bool:
        """Whether the entity's listed line had been delisted by that day, with no market known since."""
        return uid in self._untraded and on > self._untraded[uid]

    def words(self, uid: str) -> frozenset[str]:
        """What the entity's names, the master's included, are recognised by."""
        if uid not in self._words:
            self._words[uid] = words_of(n.text for n in self.names if n.uid == uid and n.relation == "issuer")
        return self._words[uid]

    def _keep(self, fact: Fact) -> None:
        self.identifiers[fact.scheme, fact.value].append(fact)
        if fact.scheme == Scheme.ISIN and fact.relation in OWN_RELATIONS:
            self.prefixes[fact.uid].add(fact.value[:2])
            self.issued[fact.uid].add(fact.value)

    def _derive(self) -> None:
        """Identifiers that follow from known ones (a CUSIP inside a US ISIN), once each, where not known themselves."""
        for (scheme, value), facts in list(self.identifiers.items()):
            if scheme not in {Scheme.ISIN, Scheme.CUSIP}:
                continue
            for one in derive((SecurityIdentifier(scheme=Scheme(scheme), value=value, origin=Origin.STATED),)):
                known = self.identifiers.get((one.scheme, one.value), [])
                self.identifiers[one.scheme, one.value] = known + [
                    _derived(f, one) for f in facts if not any(k.uid == f.uid for k in known) and not f.derived
                ]


def _said_already(row: MasterRow, known: Iterable[Fact]) -> bool:
    """Whether OFAC itself states the fact: the master then adds nothing but a second mention."""
    undated = row.relation in {"issuer", "receipt"} and not (row.valid_from or row.valid_to)
    return undated and any(f.source == "OFAC" and f.uid == row.uid and f.mic == row.mic for f in known)


def _derived(fact: Fact, one: SecurityIdentifier) -> Fact:
    return Fact(
        uid=fact.uid, relation=fact.relation, scheme=one.scheme, value=one.value, policy=fact.policy,
        source=fact.source, note=f"follows from {fact.scheme} {fact.value}", derived=True,
    )  # fmt: skip


def _fact(row: MasterRow) -> Fact:
    policy = "" if row.policy == Policy.NOT_TRADED else row.policy
    return Fact(
        uid=row.uid, relation=row.relation, scheme=row.scheme, value=row.value, mic=row.mic, valid_from=row.valid_from,
        valid_to=row.valid_to, policy=policy, source=f"securities master: {row.source}",
        confidence=row.confidence, note=row.note,
    )  # fmt: skip


def _market(ticker: EntityTicker) -> tuple[str, str]:
    """Code and market of OFAC's ticker: its suffix is a country (CN may be Shanghai or Shenzhen)."""
    code = ticker.code.strip().upper()
    if ticker.country == "HK" and code.isdigit():
        return code.lstrip("0"), "XHKG"
    if ticker.country == "CN" and code.isdigit():
        code = code.zfill(6)
        return code, mainland_mic(code) or "CN"
    return code, ticker.country


def same_market(stated: str, known: str) -> bool:
    """Whether a stated market can be the known one: equal, or one names only the other's country."""
    if stated == known:
        return True
    either_country = len(stated) == 2 or len(known) == 2
    return bool(stated and known) and either_country and market_country(stated) == market_country(known)


def countries(identifiers: Iterable[SecurityIdentifier]) -> tuple[str, ...]:
    """The country prefixes of stated ISINs."""
    return tuple(i.value[:2] for i in identifiers if i.scheme is Scheme.ISIN and i.origin is Origin.STATED)
