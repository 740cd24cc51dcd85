"""From rows and their matches to the distinct Questions that decide.py answers; nothing is judged here.

Most rows of a book have no match and share a handful of questions. Only rows with a match, funds and trades are handled
one by one (architecture §2).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
from cmic_screen.positions import ACCOUNT
from cmic_screen.securities import Distinct, cleared_by
from cmic_screen.sessions import stated_day, trade_instant

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cmic_screen.accounts import AccountMap
    from cmic_screen.intake import Intake
    from cmic_screen.lookthrough import Exposure
    from cmic_screen.programme import Programme

_ROW = (
    "acquired_date", "flags", "named_in", "transaction_type", "side",
    "trade_date", "trade_time", "settle_date", "status", "notes", "exchange", "currency",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The distinct questions, and one entry per position, in table order, in each list: `index` into `questions`,
    action, U.S. person (values of the enums) and, for trades, the instant as stated ("" for holdings).
    """

    questions: tuple[Question, ...]
    index: list[int]
    actions: list[str]
    us_persons: list[str]
    trade_at: list[str]


@dataclass(slots=True)
class _Book:
    """Builds an Asked: the distinct questions so far with their numbers, and per row what it asks."""

    known: dict[Question, int] = field(default_factory=dict)
    index: list[int] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    us_persons: list[str] = field(default_factory=list)
    trade_at: list[str] = field(default_factory=list)

    def number(self, question: Question) -> int:
        return self.known.setdefault(question, len(self.known))

    def enter(self, prints: Sequence[str], plain: Mapping[str, int], people: Sequence[Person]) -> None:
        """Enter every row as a holding. `prints` are fingerprints, `plain` the question numbers of securities that need
        no look at the row; rows of other securities get -1 until `change` sets their number.
        """
        self.index = [plain.get(print_, -1) for print_ in prints]
        told = {id(person): person.us_person.value for person in {id(p): p for p in people}.values()}
        self.us_persons = [told[id(person)] for person in people]
        self.actions, self.trade_at = [Action.HOLD.value] * len(prints), [""] * len(prints)

    def change(self, at: int, number: int, question: Question, *, told: bool) -> None:
        """Set the question of the row at position `at`; with `told` its instant was stated by the row and is shown."""
        self.index[at], self.actions[at] = number, question.action.value
        self.trade_at[at] = question.instant.text if told else ""

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
    """The questions of an intake's table. `found` holds the matches by fingerprint, `decisions` those in force on
    `as_of` (a day in New York). An empty table gives no rows, and the questions of no security.
    """
    by_print: dict[str, list[DecisionOnMatch]] = {}
    for decision in decisions:
        by_print.setdefault(decision.fingerprint, []).append(decision)
    today = programme.as_of_instant(as_of)
    trades = intake.kind == "trades"
    bases = {}
    for print_, security in securities.by_fingerprint.items():
        base = one(
            security, found[print_], action=Action.HOLD, instant=today, decisions=tuple(by_print.get(print_, ()))
        )
        bases[print_] = base if trades else _inside(base, security, exposure, as_of)
    book = _Book()
    plain = {
        print_: book.number(base)
        for print_, base in bases.items()
        if not trades and not base.matches and base.fund_state == "none"
    }
    prints, people = securities.fingerprints.tolist(), _people(intake, accounts)
    book.enter(prints, plain, people)
    others = [at for at, number in enumerate(book.index) if number < 0]
    rows = intake.table[list(_ROW)].iloc[others]
    lots = len(set(intake.table["trade_date"].unique()) - {""}) > 1
    known: dict[tuple[str | Person, ...], tuple[int, Question]] = {}
    for at, *cells in zip(others, *(rows[c].tolist() for c in _ROW), strict=True):
        key = (prints[at], people[at], *cells)
        if key not in known:
            row = dict(zip(_ROW, cells, strict=True))
            flags = tuple(row["flags"].split())
            question = replace(bases[prints[at]], person=people[at], flags=flags, named_in=row["named_in"])
            if trades:
                security = securities.by_fingerprint[prints[at]]
                question = _inside(question, security, exposure, stated_day(row["trade_date"]))
                question = _trade(question, row, security.mic, programme)
            else:
                question = _lot(question, row, lots=lots)
            known[key] = book.number(question), question
        book.change(at, *known[key], told=trades)
    return book.closed()


def _people(intake: Intake, accounts: AccountMap | None) -> list[Person]:
    """The Person of each position's account, in table order; unknown for all without an account map."""
    if not accounts:
        return [Person()] * len(intake.table)
    every = list(zip(*(intake.table[c].tolist() for c in ACCOUNT), strict=True))
    people = {names: accounts.person(*names) for names in set(every)}
    return [people[names] for names in every]


def _lot(question: Question, row: Mapping[str, str], *, lots: bool) -> Question:
    """The question of a held lot, with its acquisition date and flags for lots acquired without a purchase (split,
    bonus issue, inheritance). Trade dates count as acquisition dates only where they differ between rows (`lots`): one
    date for all rows is the date of the file.
    """
    flags = (*question.flags, *actions.lot_flags(row["transaction_type"]))
    bought = row["acquired_date"] or (row["trade_date"] if lots else "")
    return replace(question, acquired=stated_day(bought), flags=flags)


def one(
    security: Security,
    matches: tuple[Match, ...],
    *,
    action: Action,
    instant: Instant,
    decisions: tuple[DecisionOnMatch, ...] = (),
) -> Question:
    """The question of one security alone; a fund is taken as not looked through (`fund_state` `missing`)."""
    return Question(
        matches=matches,
        instrument=security.instrument,
        action=action,
        instant=instant,
        fund_state="missing" if security.instrument is InstrumentKind.FUND else "none",
        decisions=decisions,
        cleared_by=cleared_by(security),
    )


def _inside(question: Question, security: Security, exposure: Exposure | None, day: date | None) -> Question:
    """The question with a fund's constituents of `day` added (None: a trade without a date); unchanged without
    exposure.
    """
    if exposure is None:
        return question
    matches = (*question.matches, *exposure.matches(security, day))
    return replace(question, fund_state=exposure.state(security, day), matches=matches)


def trade_days(intake: Intake, securities: Distinct) -> dict[str, tuple[date | None, ...]]:
    """The distinct trade dates of each security of a blotter, by fingerprint; None stands for a trade without a date.
    {} for holdings.
    """
    if intake.kind != "trades":
        return {}
    days: dict[str, dict[date | None, None]] = {}
    for print_, text in zip(securities.fingerprints.tolist(), intake.table["trade_date"].tolist(), strict=True):
        days.setdefault(print_, {})[stated_day(text)] = None
    return {print_: tuple(on) for print_, on in days.items()}


def _trade(question: Question, row: Mapping[str, str], mic: str, programme: Programme) -> Question:
    """The question of a trade: `question` with the row's action, instant, status and settlement date."""
    instant = trade_instant(
        row["trade_date"], row["trade_time"], mic=mic, exchange=row["exchange"], currency=row["currency"]
    )
    return replace(
        question,
        action=actions.parse(row["transaction_type"], row["side"], row["notes"]),
        instant=instant,
        proposed=programme.blotter_status(row["status"]),
        settlement=stated_day(row["settle_date"]),
    )
