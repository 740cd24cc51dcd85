"""From rows and matches to the distinct questions that the law is asked; it answers none of them.

Most rows of a book have no match and share a handful of questions; only rows that touch a listed name, a fund or
a trade are looked at one by one (architecture §2).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from cmic_screen import actions
from cmic_screen.model import (
    Action,
    DecisionOnMatch,
    Instant,
    InstrumentKind,
    Match,
    Person,
    Question,
    Security,
)
from cmic_screen.securities import Distinct, cleared_by
from cmic_screen.sessions import trade_instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.accounts import AccountMap
    from cmic_screen.intake import Intake
    from cmic_screen.lookthrough import Exposure
    from cmic_screen.programme import Programme

_ROW = (
    "account_id", "account_name", "portfolio", "acquired_date", "flags", "transaction_type", "side",
    "trade_date", "trade_time", "settle_date", "status", "notes", "exchange", "currency",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The distinct questions, and for each position (in table order) which one it asks, and how it was understood."""

    questions: tuple[Question, ...]
    index: list[int]
    actions: list[str]
    us_persons: list[str]
    trade_at: list[str]


@dataclass(slots=True)
class _Book:
    """Questions seen so far, each kept once, and what each row asked, in the order of the table."""

    known: dict[Question, int] = field(default_factory=dict)
    index: list[int] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    us_persons: list[str] = field(default_factory=list)
    trade_at: list[str] = field(default_factory=list)

    def number(self, question: Question) -> int:
        return self.known.setdefault(question, len(self.known))

    def enter(self, number: int, person: Person, action: str = Action.HOLD.value, at: str = "") -> None:
        self.index.append(number)
        self.us_persons.append(person.us_person.value)
        self.actions.append(action)
        self.trade_at.append(at)

    def closed(self) -> Asked:
        return Asked(
            questions=tuple(self.known), index=self.index, actions=self.actions, us_persons=self.us_persons,
            trade_at=self.trade_at,
        )  # fmt: skip


def ask(
    intake: Intake,
    securities: Distinct,
    found: Mapping[str, tuple[Match, ...]],
    *,
    programme: Programme,
    as_of: date,
    accounts: AccountMap | None = None,
    exposure: Exposure | None = None,
    decisions: Sequence[DecisionOnMatch] = (),
) -> Asked:
    """The questions of a table. `found` holds the matches by fingerprint, `decisions` those in force on `as_of`."""
    by_print: dict[str, list[DecisionOnMatch]] = {}
    for decision in decisions:
        by_print.setdefault(decision.fingerprint, []).append(decision)
    today = programme.as_of_instant(as_of)
    bases = {
        print_: one(
            security, found[print_], action=Action.HOLD, instant=today, exposure=exposure,
            decisions=tuple(by_print.get(print_, ())),
        )
        for print_, security in securities.by_fingerprint.items()
    }  # fmt: skip
    book = _Book()
    trades = intake.kind == "trades"
    plain = {
        print_: book.number(base)
        for print_, base in bases.items()
        if not trades and not base.matches and base.fund_state == "none"
    }
    people: dict[tuple[str, ...], Person] = {}
    columns = [intake.table[c].tolist() for c in _ROW]
    for print_, *cells in zip(securities.fingerprints.tolist(), *columns, strict=True):
        row = dict(zip(_ROW, cells, strict=True))
        names = (row["account_id"], row["account_name"], row["portfolio"])
        if names not in people:
            people[names] = accounts.person(*names) if accounts else Person()
        if print_ in plain:
            book.enter(plain[print_], people[names])
            continue
        question = replace(bases[print_], person=people[names], flags=tuple(row["flags"].split()))
        if trades:
            question = _trade(question, row, securities.by_fingerprint[print_].mic, programme)
        else:
            question = _lot(question, row)
        book.enter(book.number(question), people[names], question.action.value, question.instant.text if trades else "")
    return book.closed()


def _lot(question: Question, row: Mapping[str, str]) -> Question:
    """A position held: when it was acquired, and what explains an acquisition without a purchase."""
    flags = (*question.flags, *actions.lot_flags(row["transaction_type"]))
    return replace(question, acquired=_day(row["acquired_date"]), flags=flags)


def one(
    security: Security,
    matches: tuple[Match, ...],
    *,
    action: Action,
    instant: Instant,
    exposure: Exposure | None = None,
    decisions: tuple[DecisionOnMatch, ...] = (),
) -> Question:
    """The question of one security."""
    state = "missing" if security.instrument is InstrumentKind.FUND else "none"
    if exposure is not None:
        state = exposure.state(security)
        matches = (*matches, *exposure.matches(security))
    return Question(
        matches=matches,
        instrument=security.instrument,
        action=action,
        instant=instant,
        fund_state=state,
        decisions=decisions,
        cleared_by=cleared_by(security),
    )


def _trade(question: Question, row: Mapping[str, str], mic: str, programme: Programme) -> Question:
    """The same security in a trade: its action, at its own instant, proposed or executed."""
    instant = trade_instant(
        row["trade_date"], row["trade_time"], mic=mic, exchange=row["exchange"], currency=row["currency"]
    )
    return replace(
        question,
        action=actions.parse(row["transaction_type"], row["side"], row["notes"]),
        instant=instant,
        proposed=programme.blotter_status(row["status"]),
        settlement=_day(row["settle_date"]),
    )


def _day(text: str) -> date | None:
    """An ISO day, or None where the file states none that can be read."""
    try:
        return date.fromisoformat(text[:10]) if text else None
    except ValueError:
        return None
