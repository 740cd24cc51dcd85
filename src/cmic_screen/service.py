"""What every door (command line, page, monthly run, replay) does alike: gather the material, screen, hand back one run.

The only place between the doors and the pure core that looks at the clock, the settings and the user's folder. It
writes nothing itself; what it found out (times, ages, which list) is handed to the core as plain values and printed.
"""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cmic_screen.errors import InputError, ListError, UsageError
from cmic_screen.intake import DataIssue
from cmic_screen.labels import label
from cmic_screen.moment import now, process, stamp, today
from cmic_screen.reference.age import list_state
from cmic_screen.run import Circumstances
from cmic_screen.screening import screen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from cmic_screen.intake import Intake
    from cmic_screen.model import DecisionOnMatch, ListSnapshot
    from cmic_screen.programme import Programme
    from cmic_screen.run import ScreeningRun
    from cmic_screen.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One screening as asked for. `as_of` None: today in New York. `kind` is `holdings` or `trades`. `list_path` None:
    the list in force on `as_of`. `strict`: a stale list stops the run. `run_id` "": made from time and inputs.
    """

    files: tuple[Path, ...]
    kind: str = "holdings"
    as_of: date | None = None
    sheet: str | None = None
    encoding: str | None = None
    profile: Path | None = None
    list_path: str = ""
    funds: Path | None = None
    account_map: Path | None = None
    run_id: str = ""
    strict: bool = False
    history: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A request with everything a run needs that is not the holdings: found out once, printed with the run."""

    request: Request
    as_of: date
    snapshot: ListSnapshot
    about: Circumstances
    programme: Programme
    funds: Path | None
    accounts: Path | None
    fund_max_age: int
    home: Path


def prepare(request: Request, settings: Settings) -> Prepared:
    """Find out what a run needs. ListError (exit 21) where the list is not fit, UsageError (2) for a day that the model
    does not cover, InputError (20) for a file that is not there.
    """
    from cmic_screen.programme import load_programme

    moment = now()
    as_of = request.as_of or today()
    if as_of > today():
        raise UsageError(
            f"the as-of date {as_of} is in the future.", why="The list of that day does not exist yet.",
            do="Leave --as-of out, or use `list impact` for a listing that is announced.",
        )  # fmt: skip
    programme = load_programme(settings.home)
    programme.as_of_instant(as_of)  # refuses a day before the model, before anything is read
    snapshot = find_list(request.list_path, settings, as_of)
    age, stale = list_state(snapshot, today(), settings.number("max_list_age"))
    if stale and (request.strict or settings.flag("strict")):
        raise ListError(
            f"the list was published on {snapshot.published} and last checked {age} days ago.", where=snapshot.source,
            why="With --strict a run stops where it is not confirmed that its list is still the newest.",
            do="Run `cmic-screen list update`, or carry a file in by hand with `list update --from FILE`.",
        )  # fmt: skip
    funds = request.funds or (Path(settings.text("funds")) if settings.text("funds") else None)
    accounts = request.account_map or (Path(settings.text("account_map")) if settings.text("account_map") else None)
    refuse_unreadable(funds, accounts, request.profile)
    return Prepared(
        request=request,
        as_of=as_of,
        snapshot=snapshot,
        programme=programme,
        about=Circumstances(
            run_id=request.run_id or make_run_id(moment, as_of, request.files),
            created_at=stamp(),
            list_age_days=age,
            list_stale=stale,
            max_list_age=settings.number("max_list_age"),
            command=reproduce(request, as_of, snapshot),
            compliance_record=request.history,
        ),
        funds=funds,
        accounts=accounts,
        fund_max_age=settings.number("fund_max_age"),
        home=settings.home,
    )


def refuse_unreadable(funds: Path | None, accounts: Path | None, profile: Path | None = None) -> None:
    """InputError (exit 20) naming the path as it was given, before copies of it are made for the history."""
    from cmic_screen.accounts import load_account_map

    if accounts is not None:
        load_account_map(accounts)
    if profile is not None:
        from cmic_screen.ingest import profile as layouts

        layouts.load(profile)
    if funds is not None and not funds.is_dir():
        raise InputError(
            "no such folder of fund constituents.", where=str(funds), why="Funds would not be looked through.",
            do="Name an existing folder with --funds, or leave the option out.",
        )  # fmt: skip


def run(
    request: Request, settings: Settings, decisions: Sequence[DecisionOnMatch] = (), *,
    law: Callable[[Programme], Programme] = lambda found: found, prepared: Prepared | None = None,
) -> ScreeningRun:  # fmt: skip
    """Prepare (where that is not done: `prepared`), read and screen, keeping nothing; `law` may put back a confirmation
    of an earlier day. Errors: those of `prepare` and `read`.
    """
    from cmic_screen.accounts import load_account_map
    from cmic_screen.fundfiles import load_funds
    from cmic_screen.reference.securities import load_master

    with_all = prepared or prepare(request, settings)
    return screen(
        read(request), with_all.snapshot, law(with_all.programme), with_all.as_of, decisions,
        master=load_master(settings.home),
        about=with_all.about,
        accounts=load_account_map(with_all.accounts) if with_all.accounts else None,
        funds=load_funds(with_all.funds, with_all.fund_max_age) if with_all.funds else None,
    )  # fmt: skip


def read(request: Request) -> Intake:
    """The holdings of a request. InputError (exit 20) where nothing is there to screen."""
    from cmic_screen.ingest import read_holdings

    intake = read_holdings(request.files, sheet=request.sheet, encoding=request.encoding, profile=request.profile)
    refuse_empty(intake)
    return taken_as(intake, request.kind)


def find_list(stated: str, settings: Settings, as_of: date) -> ListSnapshot:
    """The list to screen with: the one stated (path, digest, date or `embedded`), else the one in force on the day."""
    from cmic_screen.reference import store

    return store.choose(stated or settings.text("list"), settings.home, as_of)


def taken_as(intake: Intake, kind: str) -> Intake:
    """The intake judged as the command says. Where the file looks like the other kind, a person is told so."""
    if intake.kind == kind:
        return intake
    looks, command = ("transactions", "trades") if intake.kind == "trades" else ("holdings", "screen")
    issue = DataIssue(
        code="LOOKS_LIKE_OTHER_KIND",
        text=f"The input looks like {looks}; `cmic-screen {command}` judges those.",
        done=f"Judged as {'positions held' if kind == 'holdings' else 'trades'}, as asked.",
        effect="Each line that names a listed entity is shown; what it says of dealing may not fit.",
    )
    return replace(intake, kind=kind, issues=(*intake.issues, issue))


def reproduce(request: Request, as_of: date, snapshot: ListSnapshot) -> str:
    """The command that makes this run again: what followed the clock spelled out, where outputs went left out."""
    verb = "trades" if request.kind == "trades" else "screen"
    words = ["cmic-screen", verb, *(label(p.name) for p in request.files), "--as-of", as_of.isoformat()]
    words += ["--list", snapshot.digest[:16] or snapshot.published.isoformat()]
    for option, value in (
        ("--sheet", request.sheet), ("--encoding", request.encoding), ("--profile", request.profile),
        ("--funds", request.funds), ("--account-map", request.account_map),
    ):  # fmt: skip
        if value:
            words += [option, label(value.name) if isinstance(value, Path) else value]
    return shlex.join(words)


def refuse_empty(intake: Intake) -> None:
    """A run with no row to screen is no clean run (exit 20)."""
    if len(intake.table) or intake.problems:
        return
    files = ", ".join(f.file for f in intake.inputs) or "no file"
    reasons = "; ".join(f"{s.name}: {s.why_not}" for f in intake.inputs for s in f.sheets if s.why_not)
    raise InputError(
        "no holdings found to screen.", where=files,
        why=f"Nothing found is not the same as nothing prohibited.{f' ({reasons})' if reasons else ''}",
        do="Look at it with `cmic-screen look FILE`; name the sheet with --sheet or the layout with --profile.",
    )  # fmt: skip


def make_run_id(moment: datetime, as_of: date, files: Sequence[Path]) -> str:
    """A name for a run: when it was made, and six digits over what goes in (names and sizes, and the day), and over the
    process, so that a scheduler's runs of one second are told apart; not where SOURCE_DATE_EPOCH asks for equal output.
    """
    said = [f"{label(p.name)}:{p.stat().st_size}" if p.is_file() else label(p.name) for p in files]
    digest = hashlib.sha256("|".join([*said, as_of.isoformat(), process()]).encode()).hexdigest()
    return f"{moment:%Y%m%dT%H%M%SZ}-{digest[:6]}"
