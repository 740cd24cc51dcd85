"""What every command shares: streams, verbosity, printing data as text or JSON; it knows no command."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import IO, Annotated, Any

import typer

from cmic_screen.errors import UsageError

_verbosity = {"quiet": False, "verbose": False}


class Format(StrEnum):
    """How a command prints data."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="Print as text for people or json for programs.")]


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
def stages() -> Iterator[Callable[[str], None]]:
    """Tell the stages of long work: a moving line with the time on a terminal, with `--verbose` plain lines when piped.

    Nothing is drawn where stderr is no terminal, or with `--quiet`.
    """
    if _verbosity["quiet"] or _verbosity["verbose"] or not sys.stderr.isatty():
        yield lambda text: say(text, detail=True)
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Looking up list and law.", total=None)
        yield lambda text: progress.update(task, description=text)


def complain(text: str) -> None:
    """An error to stderr, always."""
    typer.echo(f"cmic-screen: {text}", err=True)


def emit(data: Any, text: str, fmt: Format, stream: IO[str] | None = None) -> None:
    """A result to stdout: `text` as is, or `data` as JSON with sorted keys."""
    out = json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) if fmt is Format.JSON else text.rstrip("\n")
    typer.echo(out, file=stream)


def day(text: str | None, option: str) -> date | None:
    """An ISO day from the command line; UsageError names the option."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{text!r} is no ISO date.", where=option, do="Write it as 2026-11-22.") from error
