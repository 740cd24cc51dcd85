"""`explain`: why a row got its verdict, from a record alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cmic_screen.cli.common import Format, FormatOption, emit

RECORD = Annotated[Path, typer.Argument(help="Record written with --json, or a report (xlsx): the record is inside.")]
ROW = Annotated[str, typer.Option("--row", help="FILE!SHEET!ROW as on the sheet All rows, or a reference: F-001.")]


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command(
        epilog='Example: cmic-screen explain record.json --row "book.xlsx!Sheet1!17". '
        "Exits: 2 no such row, 20 no record, 22 edited."
    )(explain)


def explain(record: RECORD, row: ROW, fmt: FormatOption = Format.TEXT) -> None:
    """Say why a row got its verdict: what was compared with what, every score, every rule with its citation."""
    from cmic_screen.report import explain as explaining

    told = explaining.explain(explaining.load(record), row)
    emit(told, explaining.to_text(told), fmt)
