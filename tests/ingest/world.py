"""What a maker's export must give: each position's cells in order, its account, and the reasons of the rows set aside.

All of our own making after the layouts the makers publish; quantities, accounts and clients are invented.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path

Held = tuple[str, str, str, str, str, str, str]
"""Name, first code, ticker, currency, quantity, value, account."""


@dataclass(frozen=True)
class World:
    file: str
    body: str | dict[str, list[list[Any]]]
    held: list[Held]
    aside: dict[str, int] = field(default_factory=dict)
    listed: int = 0
    encoding: str = "utf-8"
    kind: str = "holdings"

    def write(self, folder: Path) -> Path:
        path = folder / self.file
        if isinstance(self.body, str):
            path.write_bytes(self.body.encode(self.encoding))
            return path
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in self.body.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        made = io.BytesIO()
        book.save(made)
        path.write_bytes(made.getvalue())
        return path
