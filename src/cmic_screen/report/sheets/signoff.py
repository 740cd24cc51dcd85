"""Sign-off: who prepared, reviewed and approved, and the digests to copy somewhere else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report.tables import Cell, Column, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.report.tables import Row

NAME: Final = "Sign-off"
_WORKBOOK: Final = "Workbook digest"
_COLUMNS: Final = (
    Column(header="Step", width=18),
    Column(header="Name", width=22, style="input"),
    Column(header="Role", width=18, style="input"),
    Column(header="Date", width=12, style="input_date"),
    Column(header="Conclusion", width=28, style="input"),
    Column(header="Comment", width=36, style="input"),
)


def with_digest(page: Page, digest: str) -> None:
    """Show the workbook digest, which is known only when every other cell is: its own cell is not sealed."""
    at = next(i for i, row in enumerate(page.rows) if row.cells and _label(row) == _WORKBOOK)
    row = page.rows[at]
    page.rows[at] = replace(row, cells=(row.cells[0], Cell(value=digest, style="idplain", sealed=False)))


def _label(row: Row) -> object:
    first = row.cells[0]
    return first.value if isinstance(first, Cell) else first


def page(record: Mapping[str, Any]) -> Page:
    """Three steps to sign, then run id, content digest, workbook digest and ledger head to copy."""
    made = Page(
        name=NAME,
        title="Sign-off",
        purpose=(
            "Prepared, reviewed, approved: fill in the yellow cells, then copy the digests below to a place of their "
            "own."
        ),
        trail=(
            "Without a digest kept elsewhere, `cmic-screen verify` can say “internally consistent” and no more: "
            "whoever edits this file could compute its digests anew."
        ),
        widths=tuple(c.width for c in _COLUMNS),
    )
    made.gap()
    made.table("tbl_signoff", _COLUMNS, [[step, *[None] * 5] for step in ("Prepared", "Reviewed", "Approved")])
    for row in range(made.tables[0].first - 1, made.tables[0].last):
        made.rows[row] = replace(made.rows[row], height=34)
    made.gap()
    made.line("To copy somewhere else", style="section")
    for label, value, sealed in (
        ("Run id", record["run_id"], True),
        ("Content digest", record["content_digest"], True),
        (_WORKBOOK, None, False),
        ("Ledger head", None, False),
    ):
        style = "idplain" if label != "Ledger head" else "input"
        at = made.line(Cell(value=label, style="key"), Cell(value=value, style=style, sealed=sealed))
        made.merges.append(f"B{at}:E{at}")
        made.names["cmic_" + label.lower().replace(" ", "_")] = f"'{NAME}'!$B${at}"
    made.gap()
    made.line(
        "Content digest: what was screened, against what, with which answers. Workbook digest: every value of these "
        "sheets but the yellow cells. `verify REPORT.xlsx --expect DIGEST` takes either. The ledger head is printed "
        "by `history list`.",
        style="note",
        across=True,
    )
    return made
