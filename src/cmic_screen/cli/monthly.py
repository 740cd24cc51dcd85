"""`monthly CONFIG.toml`: the unattended run of a month, its heartbeat and its exit code."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer

from cmic_screen.cli.common import Format, FormatOption, emit, say
from cmic_screen.errors import CmicError, ReportError

EXITS = "Exits as `screen`; 12 also where the month cannot be accepted yet, 20 for a missing or out-of-month file."


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog=f"Example: cmic-screen monthly advisory.toml --period 2026-11. {EXITS}")(monthly)


def monthly(
    config: Annotated[
        Path, typer.Argument(help="The month's configuration; docs/how-to/monthly.md explains every key.")
    ],
    period: Annotated[
        str,
        typer.Option("--period", help="The month, 2026-11; default: until the 15th the one before, then this."),
    ] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Run a period again whose material has changed; says why.")
    ] = False,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Screen a month's sources, compare with the last accepted run, keep, deliver. Same material, same run."""
    from cmic_screen import moment
    from cmic_screen.history import config as configs
    from cmic_screen.history import monthly as months
    from cmic_screen.history import outbox
    from cmic_screen.history.ledger import who
    from cmic_screen.settings import load_settings

    found = configs.load(config)
    chosen = period or configs.period_of(moment.today())
    settings = load_settings()
    month = months.Month(
        config=found, period=chosen, moment=moment.now(), today=moment.today(), actor=who(), again=again,
        client=settings.text("client"),
    )  # fmt: skip
    beat = found.path(found.said.heartbeat)
    try:
        done = months.run(month, settings, say=say)
    except CmicError as error:
        with suppress(ReportError):  # why the month stopped is what must be told
            outbox.heartbeat(beat, job=month.job, period=chosen, at=month.at, exit_code=int(error.exit_code))
        raise
    outbox.heartbeat(
        beat,
        job=month.job,
        period=chosen,
        at=month.at,
        exit_code=done.exit_code,
        run_id=done.run.run_id,
        head=done.head,
    )
    totals = done.run.body["totals"]
    data = {
        "run_id": done.run.run_id, "period": chosen, "repeated": done.repeated, "exit_code": done.exit_code,
        "totals": totals, "blockers": done.run.body["blockers"], "told": list(done.told), "files": list(done.out),
        "ledger_head": done.head,
    }  # fmt: skip
    text = "\n".join(
        [
            f"{chosen}: run {done.run.run_id}{' (the same run as before)' if done.repeated else ''}",
            *(f"  {name:<12}{totals[name]:>8}" for name in ("prohibited", "unscreened", "review", "upcoming", "clear")),
            *(f"cannot be accepted yet: {b}" for b in done.run.body["blockers"]),
            *(f"wrote {name}" for name in done.out),
            f"accept it with: cmic-screen history accept {done.run.run_id} --by NAME",
            f"ledger head {done.head}",
        ]
    )
    emit(data, text, fmt)
    raise typer.Exit(done.exit_code)
