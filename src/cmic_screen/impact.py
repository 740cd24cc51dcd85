"""What a change of the list would do to these holdings, before it takes effect; it records nothing and reports no run.

Both lists are screened on the day asked for and on each later day on which a company that the change touches gets
another phase (listing, prohibition, end of the window, removal: E.O. 13959 as amended, s.1(b) and (c)). No clock here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from cmic_screen.model import Verdict
from cmic_screen.reference.compare import ListDiff, diff
from cmic_screen.reference.store import with_removed
from cmic_screen.resolve import Resolver
from cmic_screen.run import Circumstances
from cmic_screen.screening import screen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cmic_screen.intake import Intake
    from cmic_screen.lookthrough import FundBook
    from cmic_screen.model import Finding, ListSnapshot
    from cmic_screen.programme import Programme
    from cmic_screen.reference.securities import Master


_Key = tuple[str, str, int, str]
_ABOUT = Circumstances(run_id="impact", created_at="", list_age_days=0, list_stale=False, compliance_record=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """One row of the holdings that the change touches. `verdicts` are (day, verdict under A, verdict under B)."""

    source: str
    account: str
    security: str
    entities: tuple[tuple[str, str, str], ...]
    """(uid, name, what changes: added, removed or changed)."""
    verdicts: tuple[tuple[date, Verdict, Verdict], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """The change of the list, and every row it touches in source order, out of `positions` rows screened."""

    changes: ListDiff
    days: tuple[date, ...]
    rows: tuple[Touched, ...]
    positions: int


def impact(
    intake: Intake,
    before: ListSnapshot,
    after: ListSnapshot,
    *,
    programme: Programme,
    master: Master,
    on: date,
    funds: FundBook | None = None,
) -> Impact:
    """Screen the same rows with list A (`before`) and list B (`after`), from the day `on` (New York).

    A row is touched where its verdict differs on one of the days, or where it matches a company that differs between
    the lists. Lists that do not differ touch nothing. UsageError for a day before the model begins.
    """
    changes = diff(before, after)
    kind = {e.uid: "added" for e in changes.added} | {e.uid: "removed" for e in changes.removed}
    kind |= {c.uid: "changed" for c in changes.changed}
    after = with_removed(after, before)
    days = _days(after, kind, on)
    found: dict[_Key, dict[tuple[date, int], Finding]] = {}
    for side, snapshot in enumerate((before, after) if kind else ()):
        era = -1
        findings: tuple[Finding, ...] = ()
        resolver = Resolver(snapshot, master.rows)
        for day in days:
            # nothing changes between two of the dates that list and master hold, but funds' constituents age daily
            if funds is not None or era != _era(snapshot, master, day):
                era = _era(snapshot, master, day)
                findings = screen(
                    intake, snapshot, programme, day, master=master, about=_ABOUT, funds=funds, resolver=resolver
                ).findings
            for finding in findings:
                found.setdefault(_key(finding), {})[day, side] = finding
    sheets = {place: n for n, place in enumerate(dict.fromkeys(key[:2] for key in found))}
    in_order = sorted(found, key=lambda key: (sheets[key[:2]], key[2]))
    rows = [_touched(found[key], days, kind, (before, after)) for key in in_order]
    return Impact(changes=changes, days=days, rows=tuple(r for r in rows if r), positions=len(intake.table))


def to_text(result: Impact) -> str:
    """The impact as a person reads it."""
    a, b = result.changes.before.published, result.changes.after.published
    lines = [
        (
            f"{len(result.rows)} of {result.positions} positions are touched by the change from the list published {a} "
            f"to the one published {b}."
        )
    ]
    for row in result.rows:
        lines += ["", f"{row.source}  {row.account}  {row.security}".rstrip()]
        lines += [f"  {uid} {name}: {what}" for uid, name, what in row.entities]
        lines += [f"  {day}: {old.name} -> {new.name}" for day, old, new in row.verdicts]
    return "\n".join(lines)


def to_dict(result: Impact) -> dict[str, Any]:
    """The impact as plain values for JSON."""
    return {
        "positions": result.positions,
        "days": [d.isoformat() for d in result.days],
        "rows": [
            {
                "source": r.source,
                "account": r.account,
                "security": r.security,
                "entities": [{"uid": u, "name": n, "change": w} for u, n, w in r.entities],
                "verdicts": [{"day": d.isoformat(), "before": o.name, "after": n.name} for d, o, n in r.verdicts],
            }
            for r in result.rows
        ],
    }


def _days(after: ListSnapshot, kind: Mapping[str, str], on: date) -> tuple[date, ...]:
    later = {
        day
        for e in after.entities
        if e.uid in kind
        for day in (e.listed, e.effective, e.divestment_ends, e.removed)
        if day is not None and day > on
    }
    return tuple(sorted({on, *later}))


def _era(snapshot: ListSnapshot, master: Master, day: date) -> int:
    """How many of all the dates of the list and of the master have come by a day."""
    dates = [d for e in snapshot.entities for d in (e.listed, e.effective, e.divestment_ends, e.removed)]
    dates += [d for row in master.rows for d in (row.valid_from, row.valid_to)]
    dates += [d + timedelta(days=1) for d in dates if d is not None]  # whether a date's own day counts is not said here
    return sum(d is not None and d <= day for d in dates)


def _key(finding: Finding) -> _Key:
    """What makes two findings the same row: place and security (two tables may stand side by side in one row)."""
    return finding.source.file, finding.source.sheet, finding.source.row, finding.security.fingerprint


def _touched(
    findings: Mapping[tuple[date, int], Finding],
    days: tuple[date, ...],
    kind: Mapping[str, str],
    lists: tuple[ListSnapshot, ListSnapshot],
) -> Touched | None:
    names = {e.uid: e.name for snapshot in lists for e in snapshot.entities}
    uids = {m.match.entity.uid for f in findings.values() for m in f.judgement.matches} & kind.keys()
    told = tuple((day, _verdict(findings, day, 0), _verdict(findings, day, 1)) for day in days)
    if not uids and all(old is new for _, old, new in told):
        return None
    one = next(iter(findings.values()))
    return Touched(
        source=str(one.source),
        account=one.account,
        security=next(iter(one.security.names), ""),
        entities=tuple((u, names[u], kind[u]) for u in sorted(uids, key=int)),
        verdicts=told,
    )


def _verdict(findings: Mapping[tuple[date, int], Finding], day: date, side: int) -> Verdict:
    found = findings.get((day, side))
    return Verdict.CLEAR if found is None else found.verdict
