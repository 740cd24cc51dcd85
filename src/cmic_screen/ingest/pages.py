"""Lines that a report prints again at the head of every page: told by standing above the first header, word for word.

Only a page number may differ; a line of holdings is never taken for one, for it would have to stand there as well.
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
_LINES: Final = 40
"""No report was seen to print more lines above its first header."""


@dataclass(frozen=True, slots=True)
class Above:
    """The lines above a table's first header, and their single cells."""

    lines: frozenset[str]
    cells: frozenset[str]

    def again(self, cells: Sequence[str]) -> bool:
        """Whether a row says what a line above the header said."""
        return bool(self.lines) and _shape(cells) in self.lines


def above(body: Body) -> Above:
    """What stands above a body's first header; nothing where it has no header."""
    top = min(body.block.header_rows, default=0)
    rows = [[c for c in body.cells(i) if c] for i in range(max(0, top - _LINES), top)]
    shapes = (_shape(r) for r in rows)
    lines = frozenset(s for s in shapes if any(map(str.isalpha, s)))
    return Above(lines, frozenset(c for r in rows for c in r))


def _shape(cells: Sequence[str]) -> str:
    return " | ".join(dict.fromkeys(_PAGE.sub("page", c) for c in cells))
