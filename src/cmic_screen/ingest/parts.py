"""What one opened file is while it is understood: its sheets as parts, and their tables. Values; they read nothing."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cmic_screen.ingest.body import Body
    from cmic_screen.ingest.ends import Told
    from cmic_screen.ingest.profile import Layout
    from cmic_screen.ingest.sheet import Sheet
    from cmic_screen.intake import DataIssue, RowProblem, SetAside, SheetReading, UnreadText


@dataclass(slots=True)
class Table:
    """One table of a sheet: its body, the end of each row, whether its rows are read as positions."""

    body: Body
    told: Told
    used: bool = True
    why_not: str = ""
    layout: Layout | None = None


@dataclass(slots=True)
class Part:
    """One sheet as read: its account, the columns of its positions, what was set aside, problems, issues."""

    sheet: Sheet
    reading: SheetReading
    tables: list[Table] = field(default_factory=list)
    data: dict[str, list[str]] = field(default_factory=dict)
    rows: array[int] = field(default_factory=lambda: array("q"))
    set_aside: list[SetAside] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    issues: list[DataIssue] = field(default_factory=list)
    unread: list[UnreadText] = field(default_factory=list)
    as_of: str = ""
    trades: int = 0

    def settle(self) -> None:
        """Let go of the cells: what is kept is told already, and a million rows of them are a gigabyte."""
        self.tables = []
        self.sheet = replace(self.sheet, grid=replace(self.sheet.grid, rows=[]), raw=[], text=[], filled=[])
