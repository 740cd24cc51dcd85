"""`look FILE`: what would be read, why, and what would be set aside; it screens nothing and writes nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmic_screen.cli.common import Format, FormatOption, emit, stages

FILES = Annotated[
    list[Path], typer.Argument(help="Any file `screen` reads: workbooks, delimited text, filings, zips, folders.")
]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(epilog="Example: cmic-screen look holdings.xlsx. Exits: 0 looked, 20 the file cannot be read.")(look)


def look(
    files: FILES,
    sheet: Annotated[str | None, typer.Option("--sheet", help="Only this sheet.")] = None,
    encoding: Annotated[str | None, typer.Option("--encoding", help="Encoding of delimited text.")] = None,
    profile: Annotated[Path | None, typer.Option("--profile", help="Column layout made with `profile init`.")] = None,
    fmt: FormatOption = Format.TEXT,
) -> None:
    """Say what would be read from a file, column by column and with reasons, and what would be left out."""
    from cmic_screen.ingest import look as looking
    from cmic_screen.ingest import read_holdings

    with stages(drawn=fmt is Format.TEXT):
        found = looking.describe(read_holdings(files, sheet=sheet, encoding=encoding, profile=profile))
    emit(found, looking.explain(found), fmt)
