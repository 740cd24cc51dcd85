"""`schedule print`: the system scheduler's own lines for a monthly run; it installs nothing."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from cmic_screen.cli.common import Format, FormatOption, emit
from cmic_screen.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command group to the program."""
    group = typer.Typer(help="Run a month by the system's own scheduler; there is no daemon.", no_args_is_help=True)
    group.callback()(lambda: None)
    group.command("print", epilog="Example: cmic-screen schedule print advisory.toml --systemd")(print_)
    app.add_typer(group, name="schedule")


def print_(
    config: Annotated[Path, typer.Argument(help="The monthly configuration.")] = Path("monthly.toml"),
    cron: Annotated[bool, typer.Option("--cron", help="A crontab line.")] = False,
    systemd: Annotated[bool, typer.Option("--systemd", help="A systemd service and its timer.")] = False,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Print what to give to cron or systemd so that the month runs by itself."""
    from cmic_screen.history import config as configs
    from cmic_screen.history import schedule

    if cron == systemd:
        raise UsageError("name one of --cron and --systemd.")
    job = configs.load(config).said.job if config.exists() else config.stem
    found = shutil.which("cmic-screen")
    program = [found] if found else _called()
    told = {name: os.environ[name] for name in ("CMIC_HOME",) if os.environ.get(name)}
    path = config.resolve()
    text = schedule.cron(program, path, told) if cron else schedule.systemd(program, path, job, told)
    emit({"scheduler": "cron" if cron else "systemd", "job": job, "config": str(path), "text": text}, text, fmt)


def _called() -> list[str]:
    """How this process was called, for a place without a search path: the script, or Python and the package."""
    script = Path(sys.argv[0]).resolve()
    return [sys.executable, "-m", "cmic_screen"] if script.name == "__main__.py" else [str(script)]
