"""A fund's own constituents -> its exposure to listed entities; pure, and it never clears a fund it has not seen whole.

There is no de minimis (FAQ 861): any listed name inside counts. A fund is `complete` when its constituents make up 99 %
of its weight or more and are recent, `partial` or `stale` when not, `missing` when nothing is at hand; all but
`complete` are one question a fund, whatever its name says (FAQ 901 supports relying on information of the ordinary
course: so file, date, age and digest are kept with every line). Funds inside a fund are opened one level down; deeper
ones, and those not at hand, count as unseen weight.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cmic_screen.model import EvidenceKind, Match, MatchEvidence, Relation, Scheme, Security
from cmic_screen.model import InstrumentKind as Kind
from cmic_screen.run import ExposureLine
from cmic_screen.securities import cleared_by
from cmic_screen.sessions import stated_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from cmic_screen.resolve import Resolver

WHOLE: Final = Decimal(99)
"""Percent of weight from which constituents count as complete (issue 6 item 4)."""

MOSTLY: Final = Decimal(90)
"""Percent of weight in shares from which a fund's derivatives of an index only invest the cash that is left."""

_OPAQUE: Final = frozenset({Kind.FUND, Kind.INDEX_FUTURE})
_OWNED: Final = frozenset({Kind.SHARE, Kind.PREFERRED, Kind.RECEIPT, Kind.UNKNOWN})
_COUNTS: Final = frozenset({Relation.ISSUER, Relation.DERIVATIVE, Relation.UNCERTAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Constituent:
    """One line of a fund file: what is held, and its share of the fund in percent (None where not stated)."""

    security: Security
    weight: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFile:
    """One fund's constituents as published. `keys` are `scheme:value` (`isin:…`, `cusip:…`, `ticker:EEM`, `series:…`,
    `name:…` folded); `as_of` None where the file states no date: then it is stale.
    """

    file: str
    sha256: str
    name: str
    keys: frozenset[str]
    as_of: date | None
    constituents: tuple[Constituent, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FundView:
    """What is known of one held fund on a day."""

    file: FundFile
    state: str
    age_days: int | None
    seen: Decimal
    matches: tuple[Match, ...]
    inside: tuple[tuple[Match, Constituent, str], ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A constituent, the fund inside the fund that holds it ("" for the fund itself), whether its file is recent."""

    constituent: Constituent
    through: str = ""
    recent: bool = True


@dataclass(slots=True)
class Exposure:
    """The held funds, looked through. `views` is by the fund's fingerprint and the day for which it was opened: of
    holdings the as-of day, of trades each trade's own, None where that is not stated (rules §3.3: tested on what the
    fund held at the time).
    """

    views: Mapping[tuple[str, date | None], FundView]

    def state(self, security: Security, on: date | None) -> str:
        """`none` for what is no fund; else complete, partial, stale or missing."""
        view = self.views.get((security.fingerprint, on))
        if view is not None:
            return view.state
        return "missing" if security.instrument is Kind.FUND else "none"

    def matches(self, security: Security, on: date | None) -> tuple[Match, ...]:
        """The listed entities inside a fund on a day."""
        view = self.views.get((security.fingerprint, on))
        return view.matches if view else ()

    def lines(self, outcomes: pd.DataFrame) -> tuple[ExposureLine, ...]:
        """Every listed name inside every held fund, under the first finding of that fund; of trades under the first
        that was judged by this publication in this state.
        """
        refs: dict[str, str] = {}
        dealt: dict[tuple[str, date | None], str] = {}
        columns = (outcomes[c].tolist() for c in ("fingerprint", "trade_at", "ref"))
        for fingerprint, trade_at, ref in zip(*columns, strict=True):
            refs.setdefault(fingerprint, ref)
            dealt.setdefault((fingerprint, stated_day(trade_at)), ref)
        told: dict[tuple[str, str, str], tuple[str, FundView]] = {}
        for (fingerprint, on), view in self.views.items():
            ref = dealt.get((fingerprint, on)) or refs.get(fingerprint, "")
            told.setdefault((fingerprint, view.file.file, view.state), (ref, view))
        return tuple(line for ref, view in told.values() for line in _exposure_lines(ref, view))


def _exposure_lines(ref: str, view: FundView) -> Iterator[ExposureLine]:
    for match, constituent, through in view.inside:
        yield ExposureLine(
            ref=ref,
            fund=view.file.name,
            fund_identifier=", ".join(sorted(k for k in view.file.keys if not k.startswith("name:"))),
            uid=match.entity.uid,
            entity=match.entity.name,
            constituent=_label(constituent.security) + (f" (through {through})" if through else ""),
            weight_pct=str(constituent.weight) if constituent.weight is not None else "",
            source=view.file.file,
            as_of=view.file.as_of.isoformat() if view.file.as_of else "",
            age_days=view.age_days,
            sha256=view.file.sha256,
            state=view.state,
        )


@dataclass(slots=True)
class FundBook:
    """All constituents at hand. `max_age` in days: older ones are stale."""

    files: Sequence[FundFile]
    max_age: int
    _by_key: dict[str, list[FundFile]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for file in sorted(self.files, key=lambda f: (f.as_of.isoformat() if f.as_of else "", f.file)):
            for key in file.keys:
                self._by_key.setdefault(key, []).append(file)

    def find(self, security: Security, on: date | None) -> FundFile | None:
        """The fund's file by its strongest key: ISIN, CUSIP, then ticker, then the whole name of a recognised fund.

        Of several publications the latest that is not later than `on`, else the earliest.
        """
        keys = [f"{i.scheme.value}:{i.value}" for i in security.identifiers if i.scheme in {Scheme.ISIN, Scheme.CUSIP}]
        fund = security.instrument is Kind.FUND
        if security.ticker and fund:
            keys.append(f"ticker:{security.ticker.upper()}")
        if fund:
            keys.extend(f"name:{fold(n)}" for n in security.names)
        found = next((self._by_key[k] for k in keys if k in self._by_key), None)
        if found is None:
            return None
        return next((f for f in reversed(found) if on and f.as_of is not None and f.as_of <= on), found[0])

    def look(
        self,
        securities: Mapping[str, Security],
        resolver: Resolver,
        on: date,
        days: Mapping[str, Sequence[date | None]] | None = None,
    ) -> Exposure:
        """Open every held fund at hand, and the funds inside it one level down; each constituent is resolved once.

        `on` is the day of the run; `days` says of a blotter on which days each security was dealt in.
        """
        asked = ((print_, s, day) for print_, s in securities.items() for day in (days or {}).get(print_, (on,)))
        held = {(print_, day): file for print_, s, day in asked if (file := self.find(s, day)) is not None}
        opened = {(file.file, day): (file, day) for (_, day), file in held.items()}
        seen = {key: self._opened(file, day) for key, (file, day) in opened.items()}
        inside = (line.constituent.security for lines, _ in seen.values() for line in lines)
        distinct = {security.fingerprint: security for security in inside}
        found = dict(zip(distinct, resolver.resolve(list(distinct.values()), on), strict=True))
        views = {key: self._view(file, day, *seen[key], found) for key, (file, day) in opened.items()}
        return Exposure({(print_, day): views[file.file, day] for (print_, day), file in held.items()})

    def _opened(self, file: FundFile, on: date | None) -> tuple[list[_Line], Decimal]:
        """The constituents with those of nested funds in their place, and the weight that could be seen: of a fund
        inside that is recent itself, and of that fund nothing which it holds through further funds.
        """
        lines: list[_Line] = []
        through = Decimal(0)
        for constituent in file.constituents:
            lines.append(_Line(constituent))
            inner = self.find(constituent.security, on)
            if inner is None or inner.file == file.file:  # a fund that holds itself is a cycle: unseen
                continue
            share, recent = constituent.weight or Decimal(0), self._recent(inner, on)
            through += share * self._told(inner, on) / 100 if recent else 0
            lines.extend(
                _Line(replace(c, weight=c.weight * share / 100 if c.weight is not None else None), inner.name, recent)
                for c in inner.constituents
            )
        return lines, self._told(file, on) + through

    def _told(self, file: FundFile, on: date | None) -> Decimal:
        """Percent of a fund's weight of which its own lines tell what is held: not of what it holds through funds or
        derivatives of an index (FAQ 860, 861), nor of lines without a name or identifier to compare.

        A derivative stands in the books at its gain or loss, which may be nothing. Beside shares of 90 % of the weight
        it invests the cash that is left; else it makes the fund (inverse, leveraged, synthetic), and only shares count.
        """
        told = hidden = owned = Decimal(0)
        derived = False
        for c in file.constituents:
            share, kind = c.weight or Decimal(0), c.security.instrument
            derived = derived or kind is Kind.INDEX_FUTURE
            comparable = kind is Kind.CASH or cleared_by(c.security)
            if kind in _OPAQUE or not comparable or self.find(c.security, on) is not None:
                hidden += abs(share)
                continue
            told += share
            owned += share if kind in _OWNED else 0
        return min(owned if derived and owned < MOSTLY else told, 100 - hidden)

    def _recent(self, file: FundFile, on: date | None) -> bool:
        """Whether a publication tells what is held on a day: one of long after does not say what was held before."""
        return on is not None and file.as_of is not None and abs((on - file.as_of).days) <= self.max_age

    def _view(
        self, file: FundFile, on: date | None, lines: list[_Line], seen: Decimal, found: Mapping[str, tuple[Match, ...]]
    ) -> FundView:
        age = (on - file.as_of).days if on and file.as_of else None
        state = "partial" if seen < WHOLE else "complete" if self._recent(file, on) else "stale"
        inside = tuple(
            (match if line.recent else _asked(match), line.constituent, line.through)
            for line in lines
            for match in found[line.constituent.security.fingerprint]
            if match.relation in _COUNTS
        )
        return FundView(
            file=file, state=state, age_days=age, seen=seen, inside=inside,
            matches=_merge(inside, file, age),
        )  # fmt: skip


def _asked(match: Match) -> Match:
    """A match in a fund inside the fund whose constituents are not recent: it may be sold since."""
    reason = "a constituent of a fund inside the fund, as of a day too long ago, or not stated"
    return replace(match, relation=Relation.UNCERTAIN, reason=reason)


def _merge(inside: Sequence[tuple[Match, Constituent, str]], file: FundFile, age: int | None) -> tuple[Match, ...]:
    """One match an entity: FUND_EXPOSURE where a constituent is proven, UNCERTAIN where all only may be."""
    merged: dict[str, Match] = {}
    for match, constituent, through in inside:
        proven = match.relation is not Relation.UNCERTAIN
        weight = f"{constituent.weight.normalize():f} %" if constituent.weight is not None else "weight not stated"
        evidence = MatchEvidence(
            kind=EvidenceKind.CONSTITUENT,
            searched=_label(constituent.security),
            found=match.entity.name,
            score=match.score,
            source=f"{file.file} of {file.as_of or 'no stated date'}, sha256 {file.sha256[:12]}",
            detail=f"{weight} of {file.name}" + (f" through {through}" if through else "")
            + (f", {age} days old" if age is not None else ""),
        )  # fmt: skip
        known = merged.get(match.entity.uid)
        merged[match.entity.uid] = Match(
            entity=match.entity,
            relation=Relation.FUND_EXPOSURE
            if proven or (known is not None and known.relation is Relation.FUND_EXPOSURE)
            else Relation.UNCERTAIN,
            evidence=(*(known.evidence if known else ()), evidence),
            score=max(match.score, known.score if known else 0.0),
            reason="a constituent of the fund is a security of the listed entity" if proven else match.reason,
        )
    return tuple(merged.values())


def fold(name: str) -> str:
    """A fund's name for comparison: letters and digits, case folded, in order."""
    return "".join(c for c in name.casefold() if c.isalnum())


def stated_weight(file: FundFile) -> Decimal:
    """Percent of a fund's weight that its file states."""
    return sum((c.weight for c in file.constituents if c.weight is not None), Decimal(0))


def _label(security: Security) -> str:
    name = security.security_name or security.issuer_name
    code = next((i.value for i in security.identifiers), security.ticker)
    return f"{name} [{code}]" if name and code else name or code
