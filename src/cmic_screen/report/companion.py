"""The csv with every row that goes beside a report of many: whether the one that lies there is the one it names.

The report's Method sheet holds its SHA-256 (FIPS 180-4), which the seal covers; where the file lies elsewhere nothing
is said against the report, but it is told that nobody looked.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cmic_screen.digests import file_digest
from cmic_screen.errors import words_of
from cmic_screen.report.compare import Difference

if TYPE_CHECKING:
    from pathlib import Path

    from cmic_screen.report.readback import Book

SHEET: Final = "Method"
LABEL: Final = "Companion csv"
ENDING: Final = ".rows.csv"
_SAID: Final = re.compile(r"s:all rows, SHA-256 ([0-9a-f]{64})")


def words(digest: str) -> str:
    """What the sheet says beside `LABEL`."""
    return f"all rows, SHA-256 {digest}"


def check(book: Book, path: Path) -> tuple[Difference | None, str]:
    """How the companion of the report at `path` differs from what the report names, and a sentence on it; (None, "")
    where the report holds every row itself.
    """
    said = next((found[1] for row in book.sheets.get(SHEET, ()) if (found := _named(row))), "")
    if not said:
        return None, ""
    beside = path.with_suffix(ENDING)
    try:
        now = file_digest(beside)
    except OSError as error:
        return None, (
            f"The companion file with every row, {beside.name}, was not looked at ({words_of(error)}); its SHA-256 "
            f"must be {said}."
        )
    if now == said:
        return None, f"The companion file with every row, {beside.name}, is the one the report names."
    text = f"The companion file beside the report has the SHA-256 {now}; the report names {said}."
    return Difference(where=beside.name, text=text, cause="the companion was edited, or is another report's"), ""


def _named(row: list[tuple[int, str]]) -> re.Match[str] | None:
    """The digest in a row of the sheet that is labelled as the companion's."""
    texts = [text for _, text in row]
    return _SAID.fullmatch(texts[1]) if len(texts) > 1 and texts[0] == f"s:{LABEL}" else None
