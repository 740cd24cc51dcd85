"""`report reject-draft`: the fields of 31 CFR 501.604 for a proposed trade that a person rejected; files nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmic_screen.cli.common import Format, FormatOption, day, emit, say

REF = Annotated[str, typer.Argument(help="Reference of the finding: F-001.")]
RECORD = Annotated[
    Path | None,
    typer.Option("--record", help="Record of the run (--json), or its report (xlsx); default: the latest kept run."),
]
RUN = Annotated[str, typer.Option("--run", help="Without --record: run id or beginning of one; default: the latest.")]
REJECTED = Annotated[
    str | None,
    typer.Option("--rejected-on", help="ISO day on which a person rejected the trade; default: to be completed."),
]
OUT = Annotated[Path | None, typer.Option("--out", help="Where the draft goes; default: this folder.")]


def register(app: typer.Typer) -> None:
    """Add the command group to the program."""
    group = typer.Typer(help="Documents that follow a finding.", no_args_is_help=True)
    group.command(
        "reject-draft",
        epilog="Example: cmic-screen report reject-draft F-001 --rejected-on 2026-11-20 --record record.json. "
        "Exits: 2 not a proposed and prohibited trade, 20 no record, 22 edited, 23 not written.",
    )(reject_draft)
    app.add_typer(group, name="report")


def reject_draft(
    ref: REF, rejected_on: REJECTED = None, record: RECORD = None, run: RUN = "latest", out: OUT = None,
    fmt: FormatOption = Format.TEXT,
) -> None:  # fmt: skip
    """Draft the report of a rejected trade for a person to complete and file; files nothing anywhere."""
    from cmic_screen import moment
    from cmic_screen.errors import ReportError, UsageError, words_of
    from cmic_screen.programme import load_programme
    from cmic_screen.report import explain, reject
    from cmic_screen.settings import load_settings

    when = day(rejected_on, "--rejected-on")
    if when is not None and when > moment.today():
        raise UsageError(f"{rejected_on} has not come yet.", where="--rejected-on", do="Give the day it was rejected.")
    read = explain.load(record if record is not None else _kept(run))
    finding = explain.find(read, ref)
    text = reject.draft(read, finding, when, load_programme(load_settings().home))
    path = out or Path(f"{read['run_id']}-{finding['ref']}-reject-draft.md")
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            path.chmod(0o600)
            file.write(text)
    except OSError as error:
        raise ReportError(
            f"the draft is not written: {words_of(error)}.", where=str(path), do="Name a new file with --out."
        ) from error
    say(f"Draft written; nothing was filed. A person completes and files it: {path}")
    data = {
        "ref": finding["ref"],
        "run": read["run_id"],
        "rejected_on": when.isoformat() if when else None,
        "file": str(path),
    }
    emit(data, str(path), fmt)


def _kept(run: str) -> Path:
    """The record of a run in the ledger; HistoryError where there is none."""
    from cmic_screen.history import Ledger, runs, store

    with Ledger.open(write=False) as ledger:
        return runs.whole(ledger, runs.find(ledger, run), store.RECORD) / store.RECORD
