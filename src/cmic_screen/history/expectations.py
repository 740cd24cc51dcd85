"""What a month's holdings are expected to be; where they are not, a stop (exit 20) or an acceptance that is blocked.

A file of another month is refused, for it would be screened as if it were this one's. A vanished account, or rows and
values that moved too far, may be right: the run is made, and nobody can accept it before the configuration explains it.
No sentence names an account: sentences go into logs and messages (issue 8.8).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from cmic_screen.errors import InputError
from cmic_screen.history.keeping import accounts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmic_screen.history.config import MonthlyConfig, SourceConfig
    from cmic_screen.history.material import Material
    from cmic_screen.history.runs import Run
    from cmic_screen.intake import Intake
    from cmic_screen.run import ScreeningRun


def refuse_wrong_month(kept: Material, said: MonthlyConfig, before: Run | None) -> None:
    """InputError naming the source whose file is of another month: by the date it states, or as it is last month's."""
    last = {i["sha256"]: i["file"] for i in before.body["inputs"]} if before else {}
    for source, intake in zip(said.source, kept.intakes, strict=True):
        for file in intake.inputs:
            if file.sha256 in last and not source.same_file_ok:
                raise InputError(
                    "is the same file as in the last accepted run.", where=f"{source.name}: {file.file}",
                    why="Last month's holdings would be screened as this month's.",
                    do="Fetch this month's, or set same_file_ok where nothing can have changed.",
                )  # fmt: skip
        _check_date(intake, source, said, kept.as_of)


def _check_date(intake: Intake, source: SourceConfig, said: MonthlyConfig, as_of: date) -> None:
    where = f"{source.name}: {', '.join(f.file for f in intake.inputs)}"
    if not intake.as_of:
        if source.dated:
            raise InputError(
                "states no date.", where=where, why="Whether it is this month's cannot be seen.",
                do="Set dated = false for this source if its files never state one.",
            )  # fmt: skip
        return
    days = said.holdings_date
    first, last = as_of - timedelta(days=days.days_before), as_of + timedelta(days=days.days_after)
    if not first <= date.fromisoformat(intake.as_of[:10]) <= last:
        raise InputError(
            f"states holdings as of {intake.as_of}, not between {first} and {last}.", where=where,
            why="Another month's holdings would be screened as this one's.", do="Fetch the file of this month.",
        )  # fmt: skip


def blockers(run: ScreeningRun, said: MonthlyConfig, before: Run | None, period: str) -> tuple[str, ...]:
    """Sentences, each of which forbids acceptance; () where the month is as expected."""
    gone = vanished(run, said, before)
    found = [f"{len(gone)} account(s) expected have no position (`history show` names them)."] if gone else []
    if period not in said.explained and before is not None:
        found += _moved(run, said, before)
    return tuple(found)


def empty(kept: Material, said: MonthlyConfig, period: str) -> tuple[str, ...]:
    """A sentence for each source whose files hold nothing: an export that broke off behind its headings is a file, too.
    Each forbids acceptance until the configuration explains the month.
    """
    if period in said.explained:
        return ()
    pairs = zip(said.source, kept.intakes, strict=True)
    none = [source.name for source, intake in pairs if not len(intake.table) and not intake.problems]
    return tuple(f"source {name} holds no position." for name in none)


def vanished(run: ScreeningRun, said: MonthlyConfig, before: Run | None) -> tuple[str, ...]:
    """Accounts expected, or holding something in the last accepted run, that hold nothing now; closed ones apart."""
    here = set(accounts_of(run))
    expected = {a for source in said.source for a in source.accounts}
    if before is not None:
        expected |= set(before.body["accounts"])
    return tuple(sorted(expected - here - set(said.closed_accounts)))


def _moved(run: ScreeningRun, said: MonthlyConfig, before: Run) -> Iterator[str]:
    was, now = before.body["totals"], run.totals
    limit = said.tolerance
    if _apart(was["positions"], now.positions) > limit.rows_pct:
        yield f"positions went from {was['positions']} to {now.positions}, more than {limit.rows_pct:g} percent."
    values: Mapping[str, Mapping[str, str]] = was["market_value"]
    for currency in sorted({*values, *now.market_value}):
        then = Decimal(values[currency]["all"]) if currency in values else Decimal(0)
        here = Decimal(now.market_value[currency].all) if currency in now.market_value else Decimal(0)
        if _apart(then, here) > limit.value_pct:
            yield f"the value in {currency} moved by more than {limit.value_pct:g} percent."


def _apart(then: Decimal | int, now: Decimal | int) -> float:
    """Change in percent of what was; from nothing to something is without bound."""
    if then == now:
        return 0.0
    return float("inf") if then == 0 else abs(float((now - then) / then)) * 100
