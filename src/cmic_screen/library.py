"""The program as a library: four functions that read, load, screen and write. Nothing is printed, no state is global.

They make the calls that the command line makes, with its defaults. Nothing is stored in the history: for a compliance
record run the command line, or use `cmic_screen.delivery`.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cmic_screen.intake import Intake
    from cmic_screen.model import DecisionOnMatch, ListSnapshot
    from cmic_screen.report.workbook import Written
    from cmic_screen.run import ScreeningRun

PathLike = str | os.PathLike[str]


def read_holdings(
    paths: PathLike | Iterable[PathLike],
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    profile: PathLike | None = None,
) -> Intake:
    """Read one or several files or folders into an Intake: the position table and the account of every row.

    Without any position the Intake is empty, which is no error. InputError where nothing can be read from the paths.
    """
    from cmic_screen import ingest

    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    return ingest.read_holdings([Path(p) for p in given], sheet=sheet, encoding=encoding, profile=profile)


def load_list(path: PathLike | None = None) -> ListSnapshot:
    """The list snapshot in `path` (our format or any official one); without a path the newest accepted, else the
    embedded.

    ListError where the file is not understood; it is never read in part.
    """
    from cmic_screen.reference import load_snapshot
    from cmic_screen.settings import load_settings

    return load_snapshot(Path(path) if path is not None else None, load_settings().home)


def screen(
    intake: Intake,
    snapshot: ListSnapshot | None = None,
    *,
    as_of: date | None = None,
    decisions: Sequence[DecisionOnMatch] = (),
    run_id: str = "",
    accounts: PathLike | None = None,
    funds: PathLike | None = None,
) -> ScreeningRun:
    """Screen an Intake against a list (None: the one in force on the day). `as_of` is a day in New York (None: today).

    `accounts` is an account map, `funds` a folder of constituents. An Intake without rows gives a run without findings,
    which is no clean run. UsageError for a day before 3 June 2021.
    """
    from cmic_screen import screening, service
    from cmic_screen.accounts import load_account_map
    from cmic_screen.fundfiles import load_funds
    from cmic_screen.moment import now, stamp, today
    from cmic_screen.programme import load_programme
    from cmic_screen.reference.age import list_state
    from cmic_screen.reference.securities import load_master
    from cmic_screen.run import Circumstances
    from cmic_screen.settings import load_settings

    settings = load_settings()
    day = as_of or today()
    used = snapshot or service.find_list("", settings, day)
    age, stale = list_state(used, today(), settings.number("max_list_age"))
    about = Circumstances(
        run_id=run_id or service.make_run_id(now(), day, [Path(f.file) for f in intake.inputs]),
        created_at=stamp(),
        list_age_days=age,
        list_stale=stale,
        max_list_age=settings.number("max_list_age"),
        command="cmic_screen.screen(…)",
        compliance_record=False,
    )
    return screening.screen(
        intake, used, load_programme(settings.home), day, decisions,
        master=load_master(settings.home),
        about=about,
        accounts=load_account_map(Path(accounts)) if accounts is not None else None,
        funds=load_funds(Path(funds), settings.number("fund_max_age")) if funds is not None else None,
    )  # fmt: skip


def write_report(run: ScreeningRun, path: PathLike) -> Written:
    """Write the Excel prohibition report, whole or not at all (ReportError); returns the digests to keep elsewhere."""
    from cmic_screen.report import workbook

    return workbook.write_report(run, Path(path))
