"""A user's own rows of the securities master: each validated, then written whole or not at all; never half imported.

They stand in `securities.csv` in the user's folder, in the master's own columns, and are read beside the shipped rows.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cmic_screen.errors import InputError
from cmic_screen.identifiers import classify
from cmic_screen.markets import parse_ticker
from cmic_screen.model import Scheme
from cmic_screen.reference.securities import COLUMNS, OWN_FILE, load_master, problems_of, read_rows, row_cells
from cmic_screen.reference.snapshot import write_whole

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cmic_screen.model import ListSnapshot, MasterRow

NEEDED: Final = ("uid", "relation", "scheme", "value")
_SHOWN: Final = 20
"""Faults that a message lists; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows added, rows that were there already, and rows of the user's now in force."""

    added: int
    known: int
    total: int


def import_rows(cells: Sequence[Mapping[str, str]], file: str, home: Path, snapshot: ListSnapshot) -> Imported:
    """Add rows (cells by column name, blank where missing) to the user's own master, all or none.

    `uid`, `relation`, `scheme` and `value` are needed; the uid may be the entity's primary name instead. A source that
    is not stated becomes the file's name, a confidence "medium". A ticker may be in any notation. Rows already known
    are counted, not added. InputError with every fault where one row is wrong or contradicts what is known.
    """
    missing = [c for c in NEEDED if not cells or c not in cells[0]]
    if missing:
        raise InputError(
            f"columns missing: {', '.join(missing)}.", where=file, why="Nothing was imported.",
            do=f"Give a table headed {', '.join(COLUMNS)}; the first four are needed.",
        )  # fmt: skip
    uids = {e.name.casefold(): e.uid for e in snapshot.entities}
    rows, faults = [], []
    for number, line in enumerate(cells, 2):
        try:
            rows.append(_row(line, file, uids))
        except ValueError as error:
            faults.append(f"row {number} ({line.get('value', '')}): {error}")
    known = load_master(home).rows
    have = {_key(r) for r in known}
    fresh = list({_key(r): r for r in rows if _key(r) not in have}.values())
    if not faults:
        before = set(problems_of(known, snapshot))
        faults = problems_of(rows, snapshot)
        faults += [f for f in problems_of((*known, *fresh), snapshot) if f not in before and ": claimed for" in f]
    if faults:
        raise InputError(
            _told(list(dict.fromkeys(faults))), where=file, why="Nothing was imported.", do="Mend the rows."
        )
    own = home / OWN_FILE
    mine = (read_rows(own.read_bytes(), own.name) if own.is_file() else ()) + tuple(fresh)
    if fresh:
        write_whole(_text(mine), own)
    return Imported(added=len(fresh), known=len(rows) - len(fresh), total=len(mine))


def _row(line: Mapping[str, str], file: str, uids: Mapping[str, str]) -> MasterRow:
    """A row in canonical form; ValueError where a date or an identifier cannot be one."""
    cells = {c: str(line.get(c, "") or "").strip() for c in COLUMNS}
    cells["uid"] = uids.get(cells["uid"].casefold(), cells["uid"])
    for column, given in (("source", f"own rows: {file}"), ("confidence", "medium")):
        cells[column] = cells[column] or given
    for column in ("relation", "scheme", "confidence"):
        cells[column] = cells[column].lower()
    cells["policy"] = cells["policy"].upper()
    row = row_cells(cells)
    if row.scheme == "ticker":
        ticker = parse_ticker(row.value, exchange=row.mic)
        return replace(row, value=ticker.code, mic=row.mic or ticker.mic)
    if row.scheme in {s.value for s in Scheme}:
        found = classify(row.value, Scheme(row.scheme))
        if len(found.identifiers) == 1 and not found.rejected:
            return replace(row, value=found.identifiers[0].value)
    return row


def _key(row: MasterRow) -> tuple[str, ...]:
    dates = tuple(d.isoformat() if d else "" for d in (row.valid_from, row.valid_to))
    return (row.uid, row.relation, row.scheme, row.value, row.mic, row.policy, *dates)


def _text(rows: Sequence[MasterRow]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([str(getattr(r, c) or "") for c in COLUMNS] for r in rows)
    return out.getvalue()


def _told(faults: list[str]) -> str:
    more = f" And {len(faults) - _SHOWN} more." if len(faults) > _SHOWN else ""
    return f"{len(faults)} faults. " + " ".join(f"{f}." for f in faults[:_SHOWN]) + more
