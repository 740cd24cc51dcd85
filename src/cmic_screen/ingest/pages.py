"""Lines that a report prints again at the head of every page: told by standing above the first header, word for word.

Only a page number may differ, or what a label names (`Fund | XR4A` above, `Fund | XR4B` here); a line of holdings is
never taken for one, for it would have to stand there as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.body import Body

_PAGE: Final = re.compile(
    r"(?:(?:page|seite|pagina|página|sida|side|sivu|strona|p\.)\s*:?\s*)\d+(?:\s*(?:of|/|von|de|di|av|van)\s*\d+)?",
    re.IGNORECASE,
)
_LABELLED: Final = 3
"""Cells of a line that is a label and what it names."""
_LINES: Final = 40
"""No report was seen to print more lines above its first header."""


@dataclass(frozen=True, slots=True)
class Above:
    """The lines above a table's first header, their single cells, and the labels that begin them."""

    lines: frozenset[str]
    cells: frozenset[str]
    labels: frozenset[str]

    def again(self, cells: Sequence[str]) -> bool:
        """Whether a row says what a line above the header said."""
        return bool(self.lines) and _shape(cells) in self.lines

    def labelled(self, cells: Sequence[str]) -> bool:
        """Whether a row of several cells begins with a label that begins a line above the header."""
        return 1 < len(cells) <= _LABELLED and cells[0] in self.labels


def above(body: Body) -> Above:
    """What stands above a body's first header; nothing where it has no header."""
    top = min((body.block.start, *body.block.header_rows)) if body.block.header_rows else 0
    rows = [[c for c in body.cells(i) if c] for i in range(max(0, top - _LINES), top)]
    shapes = (_shape(r) for r in rows)
    lines = frozenset(s for s in shapes if any(map(str.isalpha, s)))
    labels = frozenset(r[0] for r in rows if 1 < len(r) <= _LABELLED and not any(map(str.isdigit, r[0])))
    return Above(lines, frozenset(c for r in rows for c in r), labels)


def _shape(cells: Sequence[str]) -> str:
    return " | ".join(dict.fromkeys(_PAGE.sub("page", c) for c in cells))
