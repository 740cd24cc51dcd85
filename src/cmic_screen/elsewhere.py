"""Listed entities named in cells that are not read for what is held: each becomes a row of its own, to be asked about.

A second table beside the first, a guarantor, a name where the ISIN belongs, a column for each security: silence would
hide a holding (architecture §1.2). It never touches what the row itself says, nor asks where the row already matches
the entity.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import positions
from cmic_screen.intake import DataIssue
from cmic_screen.model import Relation
from cmic_screen.promote import of_cell, recounted, said_by
from cmic_screen.securities import distinct
from cmic_screen.terms import NAMED_IN_UNREAD_COLUMN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pandas as pd

    from cmic_screen.intake import Intake, UnreadText
    from cmic_screen.model import Match
    from cmic_screen.resolve import Resolver

_OF_ROW: Final = tuple(
    c
    for c in positions.COLUMNS
    if c not in {*positions.WHAT, "quantity", "price", "market_value", "weight_pct", "repairs", "flags"}
)
"""What is true of all that stands in a row: its place, whose it is, its day."""
_EXAMPLES: Final = 5
_PROVEN: Final = frozenset({Relation.ISSUER, Relation.DERIVATIVE})
_DIVIDES: Final = " | "
_ALONE: Final = -1
"""Stands for the row of a text that stands in no position's."""
_IN_ROWS: Final = frozenset({"cell", "cells"})
"""Kinds that are told once a column, and stand in any number of rows."""
_SAID: Final = {
    "cell": (
        "Cells that are not read as what is held name a listed company: {what} of {which}.",
        "A cell may be shifted. If it says what is held, name the column with a profile (cmic-screen profile init).",
    ),
    "cells": (
        "Cells beside each other are a listed company's name together: {what} from {which} on.",
        "If they are one name, set it in one cell, with what stands behind it in its own columns, and screen again.",
    ),
    "lines": (
        "A line and the one after it are a listed company's name together.",
        "If they are one holding, set its name in one cell and screen again.",
    ),
    "heading": (
        "A heading names a listed company: each column may be a security.",
        "Give the holdings one a row, and screen again.",
    ),
    "note": (
        "A comment or text box names a listed company; only cells are read for what is held.",
        "If it says what is held, write it into a row of the table, and screen again.",
    ),
}
"""What is said of each kind, and what to do."""
_PLACES: Final = {"lines": "two lines together", "heading": "a heading", "note": "a comment or text box"}


def ask_unread(intake: Intake, resolver: Resolver, on: date) -> Intake:
    """The same intake, with a further position for each row in whose other cells a listed entity is named (known
    relatives that are not listed are left out), and an issue a column. No such text, nothing changed.
    """
    texts = sorted({u.text for u in intake.unread})
    if not texts:
        return intake
    answers = dict(zip(texts, resolver.resolve([of_cell(t) for t in texts], on), strict=True))
    named = {t: uids for t, matches in answers.items() if (uids := _listed(matches))}
    sure = {t for t in named if any(m.relation in _PROVEN for m in answers[t])}
    found: list[tuple[UnreadText, list[int]]] = []
    for unread in (u for u in intake.unread if u.text in (sure if u.sure else named)):
        at = _rows(intake.table, unread)
        found += [(unread, [i]) for i in at] if unread.kind in _IN_ROWS else [(unread, at)]
    met = _met(intake.table, sorted({i for _, at in found for i in at}), resolver, on)
    new: list[tuple[UnreadText, int]] = []
    more: Counter[UnreadText] = Counter()
    asked: set[UnreadText] = set()
    put_together: defaultdict[int, list[str]] = defaultdict(list)
    days = intake.table["trade_date"].tolist()
    for unread, at in found:
        if not named[unread.text] - set().union(*(met[i] for i in at)):
            continue
        if any(unread.text in longer for i in at for longer in put_together[i]):
            continue  # CHINA | MOBILE, of CHINA | MOBILE | LTD
        if unread in asked and unread.text not in sure and not any(days[i] for i in at):
            more[unread] += 1  # a likeness that many holdings have (`Semiconductor Manufacturing`) is one question
            continue
        asked.add(unread)
        new.append((unread, next(iter(at), _ALONE)))
        for i in at:
            met[i] |= named[unread.text]
            put_together[i] += [unread.text] if unread.parts else []
    return _with(intake, new, more) if new else intake


def _listed(matches: Sequence[Match]) -> set[str]:
    """The entities met that are listed themselves."""
    return {m.entity.uid for m in matches if m.relation is not Relation.RELATED_UNLISTED}


def _rows(table: pd.DataFrame, unread: UnreadText) -> list[int]:
    """The rows of the text's sheet among whose cells it stands; of lines and notes those that are positions."""
    if unread.kind == "heading":
        return []
    here = table[(table["file"] == unread.file) & (table["sheet"] == unread.sheet)]
    if unread.rows:
        return [i for i, row in zip(here.index.tolist(), here["row"].tolist(), strict=True) if row in unread.rows]
    stands = _DIVIDES.join(unread.parts or (unread.text,))
    text = f"{_DIVIDES}{stands}{_DIVIDES}"
    return [
        i
        for i, read in zip(here.index.tolist(), here["cells"].tolist(), strict=True)
        if stands in read and text in f"{_DIVIDES}{read}{_DIVIDES}"
    ]


def _met(table: pd.DataFrame, rows: Sequence[int], resolver: Resolver, on: date) -> dict[int, set[str]]:
    """The entities that these rows themselves match."""
    securities = distinct(table.loc[list(rows)])
    answers = resolver.resolve(list(securities.by_fingerprint.values()), on)
    by_print = dict(zip(securities.by_fingerprint, map(_listed, answers), strict=True))
    return {i: set(by_print[p]) for i, p in zip(rows, securities.fingerprints, strict=True)}


def _with(intake: Intake, new: Sequence[tuple[UnreadText, int]], more: Mapping[UnreadText, int]) -> Intake:
    """The intake with the new positions at its end: each counts as one more row read of its sheet. `more`: how many
    further rows say the same and are not asked about by themselves.
    """
    import pandas as pd

    table = intake.table
    rows: list[dict[str, Any]] = []
    counts: dict[tuple[str, str], int] = {}
    of_row = table.loc[sorted({i for _, i in new if i != _ALONE}), list(_OF_ROW)].to_dict("index")
    for unread, i in new:
        alone = {"file": unread.file, "sheet": unread.sheet, "row": next(iter(unread.rows), 0), "cells": unread.text}
        row = alone if i == _ALONE else {str(c): t for c, t in of_row[i].items()}
        rows.append({**row, **said_by(unread.text), "flags": NAMED_IN_UNREAD_COLUMN, "named_in": _place(unread)})
        counts[unread.file, unread.sheet] = counts.get((unread.file, unread.sheet), 0) + 1
    return replace(
        intake,
        table=pd.concat([table, positions.frame(rows)], ignore_index=True),
        inputs=tuple(recounted(f, counts, read=True) for f in intake.inputs),
        issues=(*_issues(rows, new, more), *intake.issues),
    )


def _place(unread: UnreadText) -> str:
    """Where the text stands, in words that follow `named in`."""
    if unread.kind in _PLACES:
        return _PLACES[unread.kind]
    return f"neighbouring cells from {_column(unread)} on" if unread.parts else f"a cell of {_column(unread)}"


def _column(unread: UnreadText) -> str:
    return f"column '{unread.header}'" if unread.header else f"column {unread.column}"


def _issues(
    rows: Sequence[Mapping[str, Any]], new: Sequence[tuple[UnreadText, int]], more: Mapping[UnreadText, int]
) -> list[DataIssue]:
    """One issue a column, one for the headings of a sheet and one for its broken names; `rows` are the new ones."""
    groups: dict[tuple[str, str, int, tuple[str, str]], list[tuple[UnreadText, int]]] = {}
    for (unread, _), row in zip(new, rows, strict=True):
        place = (unread.file, unread.sheet, unread.column if unread.kind in _IN_ROWS else 0, _SAID[unread.kind])
        groups.setdefault(place, []).append((unread, row["row"]))
    out = []
    for (file, sheet, _, (said, effect)), found in groups.items():
        further = sum(more.get(u, 0) for u in {u for u, _ in found})
        count = len(found) + further
        done = "Each is asked about as a row of its own, counted once more, without an amount"
        done += f"; {further} that only say the like of one are asked about with it." if further else "."
        out.append(
            DataIssue(
                code=NAMED_IN_UNREAD_COLUMN,
                text=said.format(which=_column(found[0][0]), what="1 cell" if count == 1 else f"{count} cells"),
                file=file,
                sheet=sheet,
                rows=count,
                examples=tuple(dict.fromkeys(f"row {row}: {u.text}" for u, row in found))[:_EXAMPLES],
                done=done,
                effect=effect,
            )
        )
    return out
