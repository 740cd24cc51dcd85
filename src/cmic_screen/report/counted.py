"""Whether the counts that a workbook shows are its record's: on Summary, under their names, and added up again.

Part of `verify`; it reads one workbook, changes nothing and judges nothing about holdings.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report import seal
from cmic_screen.report.compare import Difference
from cmic_screen.report.sheets import rows as all_rows
from cmic_screen.report.sheets import summary as front
from cmic_screen.report.sheets import words as words_of
from cmic_screen.report.tables import clean, letters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.report.readback import Book

EDITED: Final = "the sheet was edited and its digests recomputed"
_PLACE: Final = re.compile(r"\$?'?Summary'?[!.]\$([A-Z]+)\$(\d+)")


def plain(text: str) -> str:
    """A sealed cell's text as a person reads it."""
    return f"“{text[2:]}”" if text else "an empty cell"


def summary(book: Book, record: Mapping[str, Any]) -> Difference | None:
    """Whether Summary says what the record says: its notes, its verdict, its counts."""
    rows = [[text for _, text in row] for row in book.sheets.get(front.NAME, [])]
    said = {text for row in rows for text in row}
    for text in (*(q["text"] for q in record["qualifications"]), front.verdict(record)):
        if seal.cell_text(clean(text)[0]) not in said:
            words = f"Summary does not say “{text}”, which follows from the record."
            return Difference(where=front.NAME, text=words, cause=EDITED)
    counts = {row[0][2:]: row[1] for row in rows if len(row) > 1}
    for name in words_of.CONCLUSIONS:
        total = seal.cell_text(record["totals"][name.lower()])
        if counts.get(name) != total:
            text = f"Summary counts {counts.get(name, '  nothing')[2:]} rows {name}, the record {total[2:]}."
            return Difference(where=front.NAME, text=text, cause=EDITED)
    return None


def key_figures(book: Book, record: Mapping[str, Any]) -> Difference | None:
    """Whether each defined name of a count leads to that count on Summary: who reads the book by name sees no other."""
    rows = book.sheets.get(front.NAME, [])
    for verdict in words_of.CONCLUSIONS:
        name = f"cmic_{verdict.lower()}"
        place = _PLACE.fullmatch(book.names.get(name, ""))
        row = dict(rows[int(place[2]) - 1]) if place and int(place[2]) <= len(rows) else {}
        found = next((text for i, text in row.items() if place and letters(i) == place[1]), "")
        if found != (total := seal.cell_text(record["totals"][verdict.lower()])):
            text = f"The name {name} leads to {plain(found)}, the record counts {total[2:]}."
            return Difference(where=name, text=text, cause=EDITED)
    return None


def totals(book: Book, record: Mapping[str, Any]) -> Difference | None:
    """Control totals, added up again from the record's findings and from the sheet All rows."""
    totals = record["totals"]
    verdicts = ("prohibited", "unscreened", "upcoming", "review", "permitted", "set_aside", "clear")
    ends = sum(totals[v] for v in verdicts)
    if ends != totals["positions"] + totals["problems"]:
        text = (
            f"{ends} rows have an end, {totals['positions'] + totals['problems']} were read as positions or problems."
        )
        return Difference(where="totals", text=text)
    found = Counter(f["verdict"].lower() for f in record["findings"])
    for verdict in verdicts[:5]:
        if found[verdict] != totals[verdict]:
            text = f"The total of {verdict} is {totals[verdict]}, the findings add up to {found[verdict]}."
            return Difference(where="totals", text=text)
    shown: Counter[str] = Counter(
        dict(row).get(2, "")[2:].lower() for row in book.sheets[all_rows.NAME] if len(row) > 2
    )
    partial = ends + totals["set_aside_rows"] > all_rows.LIMIT
    for verdict in verdicts[: 5 if partial else 7]:
        if shown[verdict] != totals[verdict]:
            text = f"The total of {verdict} is {totals[verdict]}, All rows shows {shown[verdict]}."
            return Difference(where=all_rows.NAME, text=text)
    return None
