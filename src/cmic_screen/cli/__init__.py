"""The command line: parse, one call, print, exit. No verdict, no file format and no law lives here.

Each command is a module of this folder with `register(app)`; heavy libraries are imported inside the command that
needs them, so `--help`, `list status` and `history` never load pandas (architecture §7, a test says so).
Exit codes are architecture §6; results go to stdout, messages to stderr.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cmic_screen import __version__
from cmic_screen.cli import common, guess
from cmic_screen.errors import CmicError, ExitCode, UsageError

if TYPE_CHECKING:
    from types import FrameType

COMMANDS: tuple[str, ...] = (
    "screen", "look", "profile", "check", "list_", "securities", "lookthrough", "history", "decide",
    "monthly", "schedule", "serve", "config", "explain", "verify", "programme", "reject",
)  # fmt: skip
"""Modules of this folder, in the order `--help` shows them."""

app = typer.Typer(
    name="cmic-screen",
    cls=guess.Commands,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,  # a traceback's locals could print a client's holdings (pains F3)
    rich_markup_mode=None,
    help="Which of these holdings may we no longer deal in? Screens a book against OFAC's NS-CMIC List.",
    epilog="Example: cmic-screen screen holdings.xlsx --out report.xlsx --json record.json",
)


_OBJECTS = 50_000
"""New objects after which Python looks for cycles. A run's values live until it ends, hardly one in a cycle: looking at
them after every 700, as Python does, took an eighth of a run's time."""
_MAY_BE_EMPTY = frozenset({"--list", "--run-id", "--encoding", "--entity", "--period"})
"""Options whose default is empty, and told what applies instead."""
_NEVER_SET = {"why": "A script's variable that was never set looks like this.", "do": "Give it, or leave it out."}
_INTERRUPTED = 130
"""What typer ends with after Ctrl-C (128 and the signal's number, as shells count)."""
_ENDED = {name: 128 + int(getattr(signal, name)) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}
"""The same for who asks a process to end: a service manager, or a terminal that is closed."""


def _version(value: bool) -> None:
    if value:
        typer.echo(f"cmic-screen {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Errors only; the exit code says the rest.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is being done.")] = False,
) -> None:
    del version
    common.set_verbosity(quiet=quiet, verbose=verbose)


for _name in COMMANDS:
    import_module(f"cmic_screen.cli.{_name}").register(app)
for _command in app.registered_commands:
    _command.short_help = guess.BRIEF[str(_command.name or getattr(_command.callback, "__name__", ""))]
for _group in app.registered_groups:
    _group.short_help = guess.BRIEF[_group.name or ""]


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """Unwind, so that drafts beside a report are cleared and locks given back; asked again, end at once."""
    signal.signal(number, signal.SIG_DFL)
    raise SystemExit(128 + number)


def _heed_signals() -> None:
    """Where nobody has said otherwise: under nohup a closed terminal is none of our business."""
    for name in _ENDED:
        number = getattr(signal, name)
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _refuse_nothing(words: list[str]) -> None:
    """UsageError where an argument is empty: `screen "$BOOK"` of a script that never set it would screen the folder it
    runs in, `history accept ""` the only run there is.
    """
    if "check" in words:  # an order system may pass every field, filled or not
        return
    for before, word in pairwise(("", *words)):
        name, is_given, value = word.partition("=")
        if word == "" and before not in _MAY_BE_EMPTY:
            raise UsageError("an argument is empty.", where=before if before.startswith("-") else "", **_NEVER_SET)
        if is_given and not value and name.startswith("--") and name not in _MAY_BE_EMPTY:
            raise UsageError("nothing is given.", where=name, **_NEVER_SET)


def main() -> None:
    """Run the command line and leave with one of the documented exit codes; never print a raw traceback's locals."""
    common.use_utf8()
    gc.set_threshold(_OBJECTS)
    _heed_signals()
    try:
        _refuse_nothing(sys.argv[1:])
        app(standalone_mode=True)
    except CmicError as error:
        common.complain(error.message)
        sys.exit(int(error.exit_code))
    except SystemExit as stopped:
        if stopped.code in {_INTERRUPTED, *_ENDED.values()}:
            common.complain("stopped; what was not finished is neither entered nor handed out.")
        told = next((name for name, code in _ENDED.items() if code == stopped.code), "")
        if told:  # what waits for us must see that we were told to end, not that we failed
            os.kill(os.getpid(), getattr(signal, told))
        raise
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(int(ExitCode.BUG))
