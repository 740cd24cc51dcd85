"""Grids made in a test, understood as if a file had held them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cmic_screen.ingest import assemble
from cmic_screen.ingest.grid import Grid, RawFile

if TYPE_CHECKING:
    from cmic_screen.intake import Intake

Rows = "Sequence[Sequence[Any]]"


def understand(*sheets: Any, fmt: str = "xlsx", delimiter: str = "", **of_grid: Any) -> Intake:
    """An Intake of sheets S1, S2…, each a list of rows (with `of_grid` for the first) or a Grid as it stands."""
    grids = []
    for number, sheet in enumerate(sheets, 1):
        if isinstance(sheet, Grid):
            grids.append(sheet)
        else:
            more = of_grid if number == 1 else {}
            grids.append(Grid(name=f"S{number}", rows=[list(r) for r in sheet], **more))
    raw = RawFile(file="book", sha256="0" * 64, bytes=1, format=fmt, grids=tuple(grids), delimiter=delimiter)
    return assemble.understand([raw])


def rows(intake: Intake, *fields: str) -> list[tuple[str, ...]]:
    """These columns of the position table, row number first."""
    table = intake.table
    return list(zip(table["row"], *(table[f] for f in fields), strict=True)) if fields else list(table["row"])


def aside(intake: Intake) -> list[tuple[int, str]]:
    """Row number and reason of everything set aside."""
    return [(a.source.row, a.reason) for a in intake.set_aside]


def codes(intake: Intake) -> set[str]:
    """The codes of what a person should know."""
    return {i.code for i in intake.issues}
