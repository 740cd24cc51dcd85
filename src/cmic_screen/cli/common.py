"""What every command shares: streams, verbosity, printing data as text or JSON; it knows no command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO, Annotated, Any

import typer

from cmic_screen import progress
from cmic_screen.errors import UsageError

_verbosity = {"quiet": False, "verbose": False}


class Format(StrEnum):
    """How a command prints data."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="Print as text for people or json for programs.")]
ReviewerOption = Annotated[
    str, typer.Option("--by", help="Your name, as it shall stand in the ledger (identity not authenticated).")
]
FundsOption = Annotated[Path | None, typer.Option("--funds", help="Folder of fund constituents, for look-through.")]


def use_utf8() -> None:
    """Make both streams UTF-8: a redirected Windows console dies on a Chinese name otherwise (pains F2)."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def set_verbosity(*, quiet: bool, verbose: bool) -> None:
    """Remember `--quiet` and `--verbose` for this process."""
    _verbosity.update(quiet=quiet, verbose=verbose)


def quiet() -> bool:
    """Whether only errors may be printed."""
    return _verbosity["quiet"]


def say(text: str, *, detail: bool = False) -> None:
    """A message to stderr, unless `--quiet`; a `detail` only with `--verbose`."""
    if not _verbosity["quiet"] and (_verbosity["verbose"] or not detail):
        typer.echo(text, err=True)


@contextmanager
def stages(*, drawn: bool = True) -> Iterator[Callable[[str], None]]:
    """Tell the stages of long work: on a terminal a bar over the files with the sheet, the rows read and the time, with
    `--verbose` plain lines.

    Nothing is drawn where stderr is no terminal, with `--quiet`, or where `drawn` is false (a program reads along).
    """
    if _verbosity["quiet"] or _verbosity["verbose"] or not drawn or not sys.stderr.isatty():
        with sheets_said(detail=True):
            yield lambda text: say(text, detail=True)
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    text = TextColumn("{task.description}", markup=False)
    with Progress(
        SpinnerColumn(),
        text,
        BarColumn(bar_width=20),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    ) as bar:
        task = bar.add_task("Looking up list and law.", total=None)

        def stage(said: str) -> None:
            bar.tasks[task].total = None  # how much is left to do is not known
            bar.update(task, description=said)

        def step(at: progress.Step) -> None:
            done = at.file - 1 + (0.5 if at.whole else 0)  # a file opened is half of the work on it
            bar.update(task, description=f"Reading {at.words()}", total=at.files, completed=done)

        with progress.heard(step):
            yield stage


@contextmanager
def sheets_said(*, detail: bool = False) -> Iterator[None]:
    """Say each sheet that is read in a line of its own, as a log wants it."""
    with progress.heard(lambda at: say(f"Reading {at.words()}.", detail=detail) if at.whole else None):
        yield


def complain(text: str) -> None:
    """An error to stderr, always."""
    typer.echo(f"cmic-screen: {text}", err=True)


def emit(data: Any, text: str, fmt: Format, stream: IO[str] | None = None) -> None:
    """A result to stdout: `text` as is, or `data` as JSON with sorted keys."""
    out = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) if fmt is Format.JSON else text.rstrip("\n")
    typer.echo(out, file=stream)


def digest_given(text: str | None, option: str) -> str:
    """A digest to hold something against, "" where none was asked for. UsageError where the option stands empty: a
    script whose variable was never set would believe that it had checked.
    """
    if text is not None and not text.strip():
        raise UsageError("no digest is given.", where=option, why="Nothing is checked.", do="Give one.")
    return (text or "").strip()


def day(text: str | None, option: str) -> date | None:
    """An ISO day from the command line; UsageError names the option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no ISO date.", where=option, do="Write it as 2026-11-22.") from error
