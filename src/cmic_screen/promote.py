"""Rows that the reading set aside but that name a listed entity: they become positions, so that they are asked about.

A cash, dividend or transaction line that names a listed entity is REVIEW, never set aside (issue 5.7). Totals are left
alone: their lots are screened themselves. The account of rows moves with the row, so nothing is counted twice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cmic_screen import positions
from cmic_screen.model import Relation, Security
from cmic_screen.securities import usable_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cmic_screen.intake import InputFile, Intake, SetAside
    from cmic_screen.resolve import Resolver

FLAG: Final = "NAMED_IN_SET_ASIDE"
"""The flag such a position carries; decide answers REVIEW for it."""

_LONGEST: Final = 120
"""Characters of a cell that can be a name; a paragraph of small print is none."""


def promote_set_aside(intake: Intake, resolver: Resolver, on: date) -> Intake:
    """The same intake, with each set-aside row that names a listed entity as a position instead."""
    cells = {
        cell.strip()
        for aside in intake.set_aside
        if _may_name(aside)
        for cell in aside.text.split(" | ")
        if len(cell) <= _LONGEST and usable_name(cell)
    }
    if not cells:
        return intake
    asked = sorted(cells)
    answers = resolver.resolve([Security(security_name=cell) for cell in asked], on)
    named = {
        cell
        for cell, matches in zip(asked, answers, strict=True)
        if any(m.relation is not Relation.RELATED_UNLISTED for m in matches)
    }
    moved = {
        i: next(c.strip() for c in aside.text.split(" | ") if c.strip() in named)
        for i, aside in enumerate(intake.set_aside)
        if _may_name(aside) and any(c.strip() in named for c in aside.text.split(" | "))
    }
    return _move(intake, moved) if moved else intake


def _may_name(aside: SetAside) -> bool:
    return not any(word in aside.reason for word in ("total", "header"))


def _move(intake: Intake, moved: Mapping[int, str]) -> Intake:
    """Rows `moved` (index of the set-aside row, the cell that names) become positions at the end of the table."""
    import pandas as pd

    rows = [
        {
            "file": a.source.file, "sheet": a.source.sheet, "row": a.source.row, "security_name": name, "cells": a.text,
            "currency": a.currency, "flags": FLAG,
        }
        for a, name in ((intake.set_aside[i], name) for i, name in moved.items())
    ]  # fmt: skip
    counts: dict[tuple[str, str], int] = {}
    for i in moved:
        source = intake.set_aside[i].source
        counts[source.file, source.sheet] = counts.get((source.file, source.sheet), 0) + 1
    return replace(
        intake,
        table=pd.concat([intake.table, positions.frame(rows)], ignore_index=True),
        set_aside=tuple(a for i, a in enumerate(intake.set_aside) if i not in moved),
        inputs=tuple(_recount(f, counts) for f in intake.inputs),
    )


def _recount(file: InputFile, counts: Mapping[tuple[str, str], int]) -> InputFile:
    sheets = tuple(
        replace(s, positions=s.positions + n, set_aside=s.set_aside - n)
        if (n := counts.get((file.file, s.name), 0))
        else s
        for s in file.sheets
    )
    return replace(file, sheets=sheets)
