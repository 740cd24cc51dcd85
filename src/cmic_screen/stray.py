"""Listed companies' ISINs in cells that are not read as an identifier (a remark, a shifted cell): added to the row.

Identifiers are recognised by content, whatever the header says (issue 5.9). What the row's own columns state stays;
where the two name different companies the resolver shows both. Nothing else is taken from unread cells.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen import positions
from cmic_screen.intake import DataIssue

if TYPE_CHECKING:
    from collections.abc import Collection

    from cmic_screen.intake import Intake

ISIN: Final = re.compile(r"(?<![A-Z0-9])[A-Z]{2}[A-Z0-9]{9}[0-9](?![A-Z0-9])")
"""The form of an ISIN (ISO 6166); only those known as a listed company's are used."""
_RULE: Final = "a listed company's ISIN stands in a cell that no column is read for"
_LENGTH: Final = 12
_END: Final = "\x1e"
_BATCH: Final = 20_000
_READ: Final = (
    "isin",
    "cusip",
    "sedol",
    "figi",
    "wkn",
    "ticker",
    "other_id",
    "underlying_id",
    "security_name",
    "issuer",
)


def listed_isins(text: str, own: Collection[str]) -> list[str]:
    """The ISINs of `own` in a text, in order of appearance; [] for none."""
    return [code for code in ISIN.findall(text) if code in own]


def join_stray(intake: Intake, own: Collection[str]) -> Intake:
    """The intake with each ISIN of `own` found in a position's unread cells added to its `other_id`, as a repair.

    The column `cells` holds every cell of a row as read. A data issue per sheet names the rows. The intake itself is
    returned where nothing is found.
    """
    table = intake.table
    found: dict[int, str] = {}
    for i, codes in _rows_with(table["cells"].tolist(), frozenset(own)).items():
        read = " ".join(str(table[c].iat[i]) for c in _READ).upper().replace(" ", "")
        stray = [code for code in dict.fromkeys(codes) if code not in read]
        if stray:
            found[i] = " ".join(stray)
    if not found:
        return intake
    other, repairs = table["other_id"].tolist(), table["repairs"].tolist()
    for i, text in found.items():
        after = f"{other[i]} {text}".strip()
        told = {"field": "other_id", "before": other[i], "after": after, "rule": _RULE}
        repairs[i] = json.dumps([*json.loads(repairs[i] or "[]"), told], ensure_ascii=False)
        other[i] = after
    made = positions.frame({"other_id": other, "repairs": repairs})
    made.index = table.index
    joined = table.assign(other_id=made["other_id"], repairs=made["repairs"])
    return replace(intake, table=joined, issues=(*intake.issues, *_issues(intake, found)))


def _rows_with(cells: list[str], own: frozenset[str]) -> dict[int, list[str]]:
    """Index of each text that holds a code of `own` -> those codes. Searches batches of texts as bytes: a run of
    exactly twelve letters and digits whose first four bytes begin some code is compared with `own`.
    """
    if not own:
        return {}
    import numpy as np

    coded = np.zeros(256, dtype=bool)
    coded[ord("A") : ord("Z") + 1], coded[ord("0") : ord("9") + 1] = True, True
    begun = np.frombuffer("".join(sorted({code[:4] for code in own})).encode(), dtype="<u4")
    out: dict[int, list[str]] = {}
    for first in range(0, len(cells), _BATCH):
        part = [c.replace(_END, " ") for c in cells[first : first + _BATCH]]
        raw = _END.join(part).encode()
        text = np.frombuffer(raw, dtype=np.uint8)
        edges = np.flatnonzero(np.diff(coded[text], prepend=False, append=False))
        starts = edges[0::2][edges[1::2] - edges[0::2] == _LENGTH]
        four = np.ndarray(
            (max(0, len(raw) - 3),), dtype="<u4", buffer=raw, strides=(1,)
        )  # the four bytes that begin at each place
        starts = starts[np.isin(four[starts], begun)]
        rows = np.searchsorted(np.flatnonzero(text == ord(_END)), starts)
        for start, row in zip(starts.tolist(), rows.tolist(), strict=True):
            code = raw[start : start + _LENGTH].decode("ascii")
            if code in own:
                out.setdefault(first + row, []).append(code)
    return out


def _issues(intake: Intake, found: dict[int, str]) -> list[DataIssue]:
    """One data issue per sheet. `found` maps row indices to the codes added."""
    places: dict[tuple[str, str], list[int]] = {}
    for i in found:
        places.setdefault((str(intake.table["file"].iat[i]), str(intake.table["sheet"].iat[i])), []).append(i)
    return [
        DataIssue(
            code="IDENTIFIER_ELSEWHERE",
            text=f"{_RULE[0].upper()}{_RULE[1:]}.",
            file=file,
            sheet=sheet,
            rows=len(rows),
            examples=tuple(f"row {intake.table['row'].iat[i]}: {found[i]}" for i in rows[:3]),
            done="Taken as an identifier of the row.",
            effect="Compare the row's columns: a cell may be shifted, or a remark may speak of another holding.",
        )
        for (file, sheet), rows in places.items()
    ]
