"""`profile init` and `profile test`: a custodian's column layout, written once, corrected by a person, reused."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated

import typer

from cmic_screen.cli.common import Format, FormatOption, emit
from cmic_screen.errors import InputError

FILE = Annotated[Path, typer.Argument(help="A holdings file of that source.")]
SHEET = Annotated[str | None, typer.Option("--sheet", help="The sheet to take the layout from.")]
ENCODING = Annotated[str | None, typer.Option("--encoding", help="Encoding of delimited text.")]


def register(app: typer.Typer) -> None:
    """Add the group of commands to the program."""
    group = typer.Typer(
        no_args_is_help=True, help="Column layouts of custodians: make one, try one, see those shipped."
    )
    group.command(epilog="Example: cmic-screen profile init custody.xlsx > custody.toml")(init)
    group.command("test", epilog="Example: cmic-screen profile test custody.xlsx custody.toml")(try_on)
    group.command("list", epilog="Example: cmic-screen profile list")(list_shipped)
    app.add_typer(group, name="profile")


def init(
    file: FILE, sheet: SHEET = None, encoding: ENCODING = None, fmt: FormatOption = Format.TEXT
) -> None:  # fmt: skip
    """Print a layout for a file's main table as TOML, with a reason beside each column, to be corrected and kept."""
    from cmic_screen.ingest import profile, read_holdings

    intake = read_holdings([file], sheet=sheet, encoding=encoding)
    sheets = [s for f in intake.inputs for s in f.sheets if s.used and any(u.header for u in s.columns)]
    if not sheets:
        raise InputError("no table with a header was found.", where=file.name, do="See: cmic-screen look FILE")
    text = profile.write(max(sheets, key=lambda s: s.positions), file.stem)
    emit(tomllib.loads(text), text, fmt)


def try_on(
    file: FILE,
    layout: Annotated[Path, typer.Argument(help="The layout to try, as `profile init` wrote it.")],
    sheet: SHEET = None,
    encoding: ENCODING = None,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Read a file with a layout and say what came of it; exit 20 where the layout fits no table of the file."""
    from cmic_screen.ingest import look, profile, read_holdings

    known = profile.load(layout)
    intake = read_holdings([file], sheet=sheet, encoding=encoding, profile=layout)
    met = any(known.name in f.profile.split(", ") for f in intake.inputs)
    if not met:
        raise InputError(
            f"the layout '{known.name}' fits no table: its headers are {', '.join(known.columns)}.",
            where=file.name,
            why="A source may have changed its columns.",
            do="See cmic-screen look FILE, then profile init again.",
        )
    found = look.describe(intake)
    emit(found, f"The layout '{known.name}' ({known.fingerprint}) fits.\n\n{look.explain(found)}", fmt)


def list_shipped(fmt: FormatOption = Format.TEXT) -> None:
    """The layouts of common sources that are known without a file of yours."""
    from cmic_screen.ingest import profile

    shipped = [
        {"name": p.name, "fingerprint": p.fingerprint, "source": p.source, "columns": dict(p.columns)}
        for p in profile.shipped()
    ]
    emit(shipped, "\n".join(f"{p['fingerprint']}  {p['name']}: {p['source']}" for p in shipped), fmt)
