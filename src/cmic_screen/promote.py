"""Listed entities named in rows that are no positions: such a set-aside row becomes a position, which decide.py answers
with REVIEW.

A cash, dividend or transaction line that names a listed entity is never set aside (issue 5.7). A total or title stays
set aside where a position of the same sheet already matches the entity it names. The row counts move with the row, so
nothing is counted twice. A row that cannot be screened stays a problem and says which listed names it holds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen import positions
from cmic_screen.markets import is_line
from cmic_screen.model import Relation, Security
from cmic_screen.securities import build, distinct, usable_name
from cmic_screen.stray import listed_isins
from cmic_screen.terms import NAMED_IN_SET_ASIDE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from cmic_screen.intake import InputFile, Intake, RowProblem, SetAside
    from cmic_screen.resolve import Resolver


_TOTAL: Final = re.compile(r"^(sub-?)?total\b[\s:]*(of|for)?\s*|\s+(sub-?)?total$", re.IGNORECASE)
_CODE: Final = 24
"""Most characters of a ticker with its market (`NYSE:CEO`, `CEO US Equity`)."""
_LONGEST: Final = 120
"""Most characters of a cell that can be a company's name; longer text is small print."""


def promote_set_aside(intake: Intake, resolver: Resolver, on: date) -> Intake:
    """The intake with each set-aside row that names a listed entity, or holds one's ISIN, turned into a position at the
    end of the table. `on` is the day in New York for which tickers are read. Unchanged where there is no such row.
    """
    cells = sorted({name for aside in intake.set_aside for name in _names(aside)})
    own = resolver.own_isins()
    coded = {i: codes[0] for i, a in enumerate(intake.set_aside) if (codes := listed_isins(a.text, own))}
    if not cells and not coded:
        return intake
    answers = resolver.resolve([of_cell(cell) for cell in cells], on)
    named = {
        cell: uids
        for cell, matches in zip(cells, answers, strict=True)
        if (uids := {m.entity.uid for m in matches if m.relation is not Relation.RELATED_UNLISTED})
    }
    if not named and not coded:
        return intake
    known = _matched(intake, resolver, on) if any(_sums_up(a) for a in intake.set_aside) else {}
    moved: dict[int, str] = {}
    for i, aside in enumerate(intake.set_aside):
        cell = next((c for c in _names(aside) if c in named), None)
        if i in coded:
            moved[i] = cell or aside.text[:_LONGEST]
        if cell is None:
            continue
        place = (aside.source.file, aside.source.sheet)
        if not (_sums_up(aside) and named[cell] & known.get(place, set())):
            moved[i] = cell
    return _move(intake, moved, coded) if moved else intake


def named_in_problems(problems: Sequence[RowProblem], resolver: Resolver, on: date) -> tuple[str, ...]:
    """For each problem the sentences that say which listed entities its cells name or identify, "" for none.

    Each distinct cell is resolved once, on its own. Unlisted relatives are left out; an uncertain match is worded as
    "may name".
    """
    cells = sorted({cell for problem in problems for cell in _usable(problem)})
    if not cells:
        return ("",) * len(problems)
    answers = dict(zip(cells, resolver.resolve([of_cell(cell) for cell in cells], on), strict=True))
    said: list[str] = []
    for problem in problems:
        sure: dict[str, str] = {}
        unsure: dict[str, str] = {}
        for match in (m for cell in _usable(problem) for m in answers[cell]):
            if match.relation is not Relation.RELATED_UNLISTED:
                kept = unsure if match.relation is Relation.UNCERTAIN else sure
                kept[match.entity.uid] = match.entity.name
        lines = [f"The row names {name} (OFAC uid {uid})." for uid, name in sure.items()]
        lines += [f"The row may name {name} (OFAC uid {uid})." for uid, name in unsure.items() if uid not in sure]
        said.append(" ".join(lines))
    return tuple(said)


def _usable(problem: RowProblem) -> list[str]:
    """The cells that can be a name or an identifier, long ones included: nothing else of the row is compared."""
    return [cell for cell in (c.strip() for c in problem.cells) if usable_name(cell)]


def said_by(cell: str) -> dict[str, str]:
    """The position columns that a cell fills: its text as `security_name`, and as `ticker` or `other_id` if it is
    one.
    """
    read = of_cell(cell)
    codes = {"ticker": cell} if read.ticker else {"other_id": cell} if read.identifiers else {}
    return {"security_name": cell, **codes}


def of_cell(cell: str) -> Security:
    """A cell as a Security: its text as the name, any identifier in it, and a ticker if it states its market."""
    coded = any(map(str.isdigit, cell)) or is_line(cell) or (cell.isupper() and len(cell) <= _CODE)
    if not coded:
        return Security(security_name=cell)  # a name, as most are
    read = build({"security_name": cell, "other_id": cell})
    return read if read.mic else replace(read, ticker="")


def _names(aside: SetAside) -> list[str]:
    """The cells of a set-aside row that can be a company's name, without the word "total"; none of a repeated
    header.
    """
    if "header" in aside.reason:
        return []
    cells = [_TOTAL.sub("", cell.strip()) for cell in aside.text.split(" | ")]
    return [cell for cell in cells if len(cell) <= _LONGEST and usable_name(cell)]


def _sums_up(aside: SetAside) -> bool:
    return any(word in aside.reason for word in ("total", "title"))


def _matched(intake: Intake, resolver: Resolver, on: date) -> dict[tuple[str, str], set[str]]:
    """The uids of the entities that positions match, by (file, sheet)."""
    securities = distinct(intake.table)
    answers = resolver.resolve(list(securities.by_fingerprint.values()), on)
    uids = {
        print_: {m.entity.uid for m in matches}
        for print_, matches in zip(securities.by_fingerprint, answers, strict=True)
        if matches
    }
    found: dict[tuple[str, str], set[str]] = {}
    rows = zip(intake.table["file"], intake.table["sheet"], securities.fingerprints, strict=True)
    for file, sheet, print_ in rows:
        if print_ in uids:
            found.setdefault((file, sheet), set()).update(uids[print_])
    return found


def _move(intake: Intake, moved: Mapping[int, str], coded: Mapping[int, str]) -> Intake:
    """Rows `moved` (index of the set-aside row, the cell that names) become positions at the end of the table; `coded`
    are the listed ISINs that stand in some.
    """
    import pandas as pd

    rows = [
        {
            "file": a.source.file, "sheet": a.source.sheet, "row": a.source.row, **said_by(name), "cells": a.text,
            "currency": a.currency, "flags": NAMED_IN_SET_ASIDE, "named_in": NAMED_IN_SET_ASIDE,
            "isin": coded.get(i, ""),
        }
        for i, a, name in ((i, intake.set_aside[i], name) for i, name in moved.items())
    ]  # fmt: skip
    counts: dict[tuple[str, str], int] = {}
    for i in moved:
        source = intake.set_aside[i].source
        counts[source.file, source.sheet] = counts.get((source.file, source.sheet), 0) + 1
    return replace(
        intake,
        table=pd.concat([intake.table, positions.frame(rows)], ignore_index=True),
        set_aside=tuple(a for i, a in enumerate(intake.set_aside) if i not in moved),
        inputs=tuple(recounted(f, counts) for f in intake.inputs),
    )


def recounted(file: InputFile, counts: Mapping[tuple[str, str], int], *, read: bool = False) -> InputFile:
    """A file's row counts with `counts[file, sheet]` more positions per sheet, taken from the set-aside rows or, with
    `read`, added to the rows read.
    """
    more, fewer = (1, 0) if read else (0, 1)
    sheets = tuple(
        replace(s, positions=s.positions + n, rows_read=s.rows_read + more * n, set_aside=s.set_aside - fewer * n)
        if (n := counts.get((file.file, s.name), 0))
        else s
        for s in file.sheets
    )
    return replace(file, sheets=sheets)
