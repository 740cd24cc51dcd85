"""`monthly CONFIG.toml`: the unattended run of a month, its heartbeat and its exit code."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cmic_screen.cli.common import Format, FormatOption, emit, say, sheets_said
from cmic_screen.errors import CmicError, ExitCode, ReportError

if TYPE_CHECKING:
    from cmic_screen.history.monthly import Month, Outcome
    from cmic_screen.settings import Settings

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
    from cmic_screen.history.ledger import who
    from cmic_screen.settings import load_settings

    found = configs.load(config)
    settings = load_settings()
    month = months.Month(
        config=found, period=period or configs.period_of(moment.today()), moment=moment.now(), today=moment.today(),
        actor=who(), again=again, client=settings.text("client"),
    )  # fmt: skip
    done = _heard(month, settings, found.path(found.said.heartbeat))
    emit(*_told(done), fmt)
    raise typer.Exit(done.exit_code)


def _heard(month: Month, settings: Settings, beat: Path) -> Outcome:
    """Run the month and leave a heartbeat, however it ends."""
    from cmic_screen.history import monthly as months
    from cmic_screen.history import outbox

    code = ExitCode.BUG  # whoever watches the heartbeat hears of a fault of ours, and of a stop, too
    done: Outcome | None = None
    try:
        with sheets_said():
            done = months.run(month, settings, say=say)
    except CmicError as error:
        code = error.exit_code
        raise
    finally:
        if done is None:
            with suppress(ReportError):  # why the month stopped is what must be told
                outbox.heartbeat(beat, job=month.job, period=month.period, at=month.at, exit_code=int(code))
    outbox.heartbeat(
        beat, job=month.job, period=month.period, at=month.at, exit_code=done.exit_code, run_id=done.run.run_id,
        head=done.head,
    )  # fmt: skip
    return done


def _told(done: Outcome) -> tuple[dict[str, Any], str]:
    """What is printed of a month, as data and as text."""
    from cmic_screen.report.sheets.words import CONCLUSIONS

    run = done.run
    totals, blockers = run.body["totals"], run.body["blockers"]
    data = {
        "run_id": run.run_id, "period": run.period, "repeated": done.repeated, "exit_code": done.exit_code,
        "totals": totals, "blockers": blockers, "told": list(done.told), "files": list(done.out),
        "ledger_head": done.head,
    }  # fmt: skip
    lines = [
        f"{run.period}: run {run.run_id}{' (the same run as before)' if done.repeated else ''}",
        *(f"  {name.lower().replace('_', ' '):<12}{totals[name.lower()]:>8}" for name in CONCLUSIONS),
        *(f"cannot be accepted yet: {b}" for b in blockers),
        *(f"wrote {name}" for name in done.out),
        *([] if run.accepted or blockers else [f"accept it with: cmic-screen history accept {run.run_id} --by NAME"]),
        f"ledger head {done.head}",
    ]
    return data, "\n".join(lines)
