"""Listed entities named by rows that are no positions: side lines that name one become positions, to be asked about.

A row that cannot be screened stays so, and says which listed names stand in it: silence would hide a holding.
A cash, dividend or transaction line that names a listed entity is REVIEW, never set aside (issue 5.7). A total or a
title is left alone where a position of the same sheet already matches the entity it names: its lots are screened
themselves. The account of rows moves with the row, so nothing is counted twice.
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
"""Characters of the longest ticker with its market (`NYSE:CEO`, `CEO US Equity`)."""
_LONGEST: Final = 120
"""Characters of a cell that can be a name; a paragraph of small print is none."""


def promote_set_aside(intake: Intake, resolver: Resolver, on: date) -> Intake:
    """The same intake, with each set-aside row that names a listed entity as a position instead."""
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
    """For each problem the sentences that say which listed entities its cells name or identify, or "".

    Each distinct cell is resolved once, on its own. Known relatives that are not listed are left out, and a match that
    is not certain is said as such.
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
    """The cells that can be a name or an identifier. Long ones too: nothing else of the row will be looked at."""
    return [cell for cell in (c.strip() for c in problem.cells) if usable_name(cell)]


def said_by(cell: str) -> dict[str, str]:
    """The columns of a position that a cell fills: its text as the name, and as a ticker or code where it is one."""
    read = of_cell(cell)
    codes = {"ticker": cell} if read.ticker else {"other_id": cell} if read.identifiers else {}
    return {"security_name": cell, **codes}


def of_cell(cell: str) -> Security:
    """A cell as a security: its text as the name, what identifier it holds, and a ticker where it says its market."""
    coded = any(map(str.isdigit, cell)) or is_line(cell) or (cell.isupper() and len(cell) <= _CODE)
    if not coded:
        return Security(security_name=cell)  # a name, as most are
    read = build({"security_name": cell, "other_id": cell})
    return read if read.mic else replace(read, ticker="")


def _names(aside: SetAside) -> list[str]:
    """The cells of a row that can be a company's name, the word total taken off; a repeated header has none."""
    if "header" in aside.reason:
        return []
    cells = [_TOTAL.sub("", cell.strip()) for cell in aside.text.split(" | ")]
    return [cell for cell in cells if len(cell) <= _LONGEST and usable_name(cell)]


def _sums_up(aside: SetAside) -> bool:
    return any(word in aside.reason for word in ("total", "title"))


def _matched(intake: Intake, resolver: Resolver, on: date) -> dict[tuple[str, str], set[str]]:
    """The entities that positions match, by file and sheet."""
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
    """The account of a file with so many more positions a sheet (by file and sheet): rows that were set aside before,
    or rows `read` once more.
    """
    more, fewer = (1, 0) if read else (0, 1)
    sheets = tuple(
        replace(s, positions=s.positions + n, rows_read=s.rows_read + more * n, set_aside=s.set_aside - fewer * n)
        if (n := counts.get((file.file, s.name), 0))
        else s
        for s in file.sheets
    )
    return replace(file, sheets=sheets)
