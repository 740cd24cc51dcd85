"""A finished screening as one value, with its control totals. It judges nothing; it checks that no row was lost.

Every output (record, workbook, page, ledger) is made from this value alone. No row is lost: architecture §1.1.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from cmic_screen.errors import ExitCode
from cmic_screen.model import (
    Action,
    DecisionOnMatch,
    Finding,
    Judgement,
    NearestName,
    Repair,
    Security,
    SourceRef,
    UsPerson,
    Verdict,
)
from cmic_screen.positions import ACCOUNT
from cmic_screen.terms import LIST_AGE_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from cmic_screen.intake import Intake
    from cmic_screen.model import ListSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualification:
    """Why a run may not be called clear: a code (LIST_STALE, PROGRAMME_UNCONFIRMED, ONLY_13F, …) and a sentence."""

    code: str
    text: str


_RESERVATIONS: Final = {
    "LIST_STALE": "it is not confirmed that this is still the newest list",
    "PROGRAMME_UNCONFIRMED": "it is not confirmed that the order is still in force",
    "ONLY_13F": "only Section 13(f) securities were screened",
}


def reservations(codes: Iterable[str]) -> str:
    """The qualifications with these codes as one clause, to follow "no match"; "" for none. A code without words of its
    own refers to the qualifications.
    """
    said = dict.fromkeys(_RESERVATIONS.get(code, "see the qualifications") for code in codes)
    return "; ".join(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the caller determines because the core may not look at the clock: names, times, ages. All of it is printed.

    `list_age_days` counts whole days since the list was last checked (or published, where nobody checked), `list_stale`
    says whether that exceeds `max_list_age` (days). `created_at` is ISO 8601 UTC text.
    """

    run_id: str
    created_at: str
    list_age_days: int
    list_stale: bool
    max_list_age: int = LIST_AGE_LIMIT
    command: str = ""
    compliance_record: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeState:
    """The law as used: version and digest of the data, and whether a person confirmed the emergency in force."""

    version: str
    sha256: str
    in_force: bool
    confirmed_through: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposureLine:
    """One listed name inside a held fund: a line of the Exposure sheet and of the record's `exposure`.

    `weight_pct` is a decimal string in percent of the fund, "" where not stated; `as_of` is the ISO date of the
    constituents, `age_days` their age (None without a date), `state` complete, partial or stale.
    """

    ref: str
    fund: str
    fund_identifier: str
    uid: str
    entity: str
    constituent: str
    weight_pct: str
    source: str
    as_of: str
    age_days: int | None
    sha256: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Market value in one currency, as decimal strings: of all positions, of the PROHIBITED, of those in REVIEW."""

    all: str
    prohibited: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Control totals of a run, as the record prints them (interfaces §2)."""

    rows_read: int
    headers: int
    positions: int
    continuations: int
    set_aside_rows: int
    problems: int
    prohibited: int
    permitted: int
    dismissed: int
    upcoming: int
    unscreened: int
    review: int
    set_aside: int
    clear: int
    distinct_securities: int
    market_value: Mapping[str, Money] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRun:
    """One finished screening.

    `outcomes` has one row per row of `intake.table`, same order and index: `verdict` (name), `ref` (`F-001` or ""),
    `fingerprint`, `judgement` (int, index into `judgements`), `cleared_by`, `action`, `us_person`, `trade_at`.
    `findings` are all rows that are not CLEAR or SET_ASIDE, row problems included, in source order. `securities` and
    `nearest` are keyed by fingerprint. Constructing a run in which a row has no verdict or the totals do not add up
    raises ValueError.
    """

    tool_version: str
    run_id: str
    created_at: str
    as_of: date
    kind: str
    command: str
    intake: Intake
    snapshot: ListSnapshot
    list_age_days: int
    list_stale: bool
    programme: ProgrammeState
    master_sha256: str
    master_rows: int
    outcomes: pd.DataFrame
    judgements: tuple[Judgement, ...]
    securities: Mapping[str, Security]
    findings: tuple[Finding, ...]
    totals: Totals
    nearest: Mapping[str, tuple[NearestName, ...]] = field(default_factory=dict)
    qualifications: tuple[Qualification, ...] = ()
    decisions: tuple[DecisionOnMatch, ...] = ()
    exposure: tuple[ExposureLine, ...] = ()
    changes: tuple[Mapping[str, str], ...] = ()
    trend: tuple[Mapping[str, str], ...] = ()  # the last accepted runs before this one, oldest first
    compliance_record: bool = True

    def __post_init__(self) -> None:
        t = self.totals
        table = self.intake.table
        wrong: list[str] = []
        if len(self.outcomes) != len(table) or t.positions != len(table):
            wrong.append(f"{len(table)} positions, {len(self.outcomes)} outcomes, total says {t.positions}")
        ends = t.prohibited + t.permitted + t.upcoming + t.unscreened + t.review + t.set_aside + t.clear
        if ends != t.positions + t.problems:
            wrong.append(f"{t.positions} positions and {t.problems} problems, but {ends} ends")
        refs = sum(1 for f in self.findings if f.ref)
        flagged = t.prohibited + t.permitted + t.upcoming + t.unscreened + t.review
        if refs != len(self.findings) or flagged != len(self.findings):
            wrong.append(f"{flagged} rows flagged, {len(self.findings)} findings")
        if t.rows_read != t.headers + t.positions + t.continuations + t.set_aside_rows + t.problems:
            wrong.append("rows read differ from their ends")
        if wrong:
            msg = "a row was lost while screening, this is a bug: " + "; ".join(wrong)
            raise ValueError(msg)

    @property
    def exit_code(self) -> ExitCode:
        """The worst outcome: PROHIBITED, UNSCREENED, REVIEW (review, upcoming, or a qualified run), else CLEAR."""
        t = self.totals
        if t.prohibited:
            return ExitCode.PROHIBITED
        if t.unscreened:
            return ExitCode.UNSCREENED
        if t.review or t.upcoming or self.qualifications:
            return ExitCode.REVIEW
        return ExitCode.CLEAR

    def row_findings(self) -> Iterator[Finding]:
        """Every position's finding in table order, the clear ones (ref "") included; problems are not in here."""
        for line in lines(self.intake.table, self.outcomes, self.securities, self.judgements):
            yield finding_of(line, self.nearest.get(line.security.fingerprint, ()))


class Line(NamedTuple):
    """One position as its table and its outcome hold it: `more_rows`, `repairs` and `cells` as the table's text, the
    others as in a Finding. A million of them cost little; a Finding is made of those that are shown (`finding_of`).
    """

    file: str
    sheet: str
    row: int
    more_rows: str
    repairs: str
    quantity: str
    market_value: str
    currency: str
    cells: str
    ref: str
    action: str
    us_person: str
    trade_at: str
    account: str
    security: Security
    judgement: Judgement


_SLICE: Final = 10_000
"""Rows that are in memory as values at once: never all of a million (architecture §2)."""
_OF_TABLE: Final = ("file", "sheet", "row", "more_rows", "repairs", "quantity", "market_value", "currency", "cells")
_OF_OUTCOME: Final = ("ref", "action", "us_person", "trade_at")


def lines(
    table: pd.DataFrame, outcomes: pd.DataFrame, securities: Mapping[str, Security], judgements: Sequence[Judgement]
) -> Iterator[Line]:
    """Each row of a position table with its outcome (tables of one length), in order; empty tables yield nothing."""
    table, outcomes = table[[*_OF_TABLE, *ACCOUNT]], outcomes[[*_OF_OUTCOME, "fingerprint", "judgement"]]
    for start in range(0, max(len(table), len(outcomes)), _SLICE):
        these, those = table.iloc[start : start + _SLICE], outcomes.iloc[start : start + _SLICE]
        columns = [these[c].tolist() for c in _OF_TABLE] + [those[c].tolist() for c in _OF_OUTCOME]
        names = zip(*(these[c].tolist() for c in ACCOUNT), strict=True)
        columns.append([number or name or portfolio for number, name, portfolio in names])
        columns.append([securities[f] for f in those["fingerprint"].tolist()])
        columns.append([judgements[i] for i in those["judgement"].tolist()])
        yield from map(Line._make, zip(*columns, strict=True))


_ACTIONS: Final[Mapping[str, Action]] = {a.value: a for a in Action}
_PERSONS: Final[Mapping[str, UsPerson]] = {p.value: p for p in UsPerson}


def finding_of(line: Line, nearest: tuple[NearestName, ...] = ()) -> Finding:
    """A line as a Finding, with the nearest listed names of its security."""
    more, repairs, cells = line.more_rows, line.repairs, line.cells
    return Finding(
        ref=line.ref,
        source=SourceRef(
            file=line.file,
            sheet=line.sheet,
            row=int(line.row),
            more_rows=tuple([int(r) for r in more.split(",") if r]) if more else (),
        ),
        security=line.security,
        judgement=line.judgement,
        account=line.account,
        quantity=line.quantity,
        market_value=line.market_value,
        currency=line.currency,
        action=_ACTIONS[line.action],
        trade_at=line.trade_at,
        us_person=_PERSONS[line.us_person],
        repairs=tuple([Repair(**r) for r in json.loads(repairs)]) if repairs else (),
        nearest=nearest,
        cells=tuple(cells.split(" | ")) if cells else (),
    )


def worst(verdicts: Iterator[Verdict]) -> Verdict:
    """The verdict that leads; CLEAR where there is none."""
    return max(verdicts, default=Verdict.CLEAR)
