"""The steps every entry point (command line, page, monthly run, replay) shares: prepare a request, read, screen.

The only layer between the entry points ("doors") and the pure core that reads the clock, the settings and the user's
folder. It writes nothing; times, ages and the list chosen are passed to the core as plain values and are printed.
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
    """One screening as requested, with the defaults still open.

    `kind` is `holdings` or `trades`. `as_of` None means today in New York; `list_path` "" the list in force on `as_of`;
    `run_id` "" one made from time and inputs (`make_run_id`). `strict`: a stale list stops the run. `history`: whether
    the run is kept in the ledger, that is, whether it is a compliance record.
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
    """A request with everything else a run needs but the holdings, determined once.

    `as_of` is a day in New York, `funds` and `accounts` are paths from the request or the settings (None: not given),
    `fund_max_age` is in days, `home` is the folder of lists, ledger and decisions.
    """

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
    """Determine what a run needs: day, law, list and its age, paths.

    UsageError (exit 2) for a day in the future or before the model begins; ListError (21) where no usable list is found
    or, with `strict`, the list is stale; InputError (20) for an account map, profile or fund folder that cannot be
    read.
    """
    from cmic_screen.programme import load_programme

    moment = now()
    day = today(moment)
    as_of = request.as_of or day
    if as_of > day:
        raise UsageError(
            f"the as-of date {as_of} is in the future.", why="The list of that day does not exist yet.",
            do="Leave --as-of out, or use `list impact` for a listing that is announced.",
        )  # fmt: skip
    programme = load_programme(settings.home)
    programme.as_of_instant(as_of)  # refuses a day before the model, before anything is read
    snapshot = find_list(request.list_path, settings, as_of)
    age, stale = list_state(snapshot, day, settings.number("max_list_age"))
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
            created_at=stamp(moment),
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
    """InputError (exit 20) for an account map, profile or fund folder that cannot be read. Checked before the history
    makes its copies, so that the message names the path as the user gave it.
    """
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
    """Prepare (unless `prepared` is given), read and screen; nothing is written. `law` may change the programme before
    it is used: a replay puts back the confirmation of an earlier day. Raises what `prepare` and `read` raise.
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
    """The holdings of a request. InputError (exit 20) where no row is found to screen."""
    from cmic_screen.ingest import read_holdings

    intake = read_holdings(request.files, sheet=request.sheet, encoding=request.encoding, profile=request.profile)
    refuse_empty(intake)
    return taken_as(intake, request.kind)


def find_list(stated: str, settings: Settings, as_of: date) -> ListSnapshot:
    """The list to screen with: `stated` or the setting `list` (path, digest, date or `embedded`), else the one in force
    on `as_of`. ListError where the stated one is not found or is damaged.
    """
    from cmic_screen.reference import store

    return store.choose(stated or settings.text("list"), settings.home, as_of)


def taken_as(intake: Intake, kind: str) -> Intake:
    """The intake with the `kind` the command asks for. Where the file looks like the other kind, a data issue says
    so.
    """
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
    """The command line that repeats this run: the as-of day and the list are stated even where they were defaults,
    output paths are left out. File names stand without their folders.
    """
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
    """InputError (exit 20) where an intake has neither a position nor a row problem: that is not a clean run."""
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
    """A run id: UTC time, then six hex digits of a digest over the names and sizes of the inputs and the as-of day.

    The process id is digested too, so that two runs started in one second differ, unless SOURCE_DATE_EPOCH is set.
    """
    said = [f"{label(p.name)}:{p.stat().st_size}" if p.is_file() else label(p.name) for p in files]
    digest = hashlib.sha256("|".join([*said, as_of.isoformat(), process()]).encode()).hexdigest()
    return f"{moment:%Y%m%dT%H%M%SZ}-{digest[:6]}"
