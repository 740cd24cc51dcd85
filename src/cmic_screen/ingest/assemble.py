"""The parts of all files joined into one Intake, refused where a row got lost; it opens through `files`, reads
through `tables`, one file after the other, and keeps of each only what the Intake needs.
"""

from __future__ import annotations

from array import array
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cmic_screen import positions, progress
from cmic_screen.ingest import duplicates, files, notices, tables
from cmic_screen.ingest import profile as profiles
from cmic_screen.ingest.grid import without_collecting
from cmic_screen.intake import InputFile, Intake

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Sequence

    from cmic_screen.ingest.grid import RawFile
    from cmic_screen.ingest.parts import Part
    from cmic_screen.ingest.profile import Layout


def read(
    paths: Sequence[str | os.PathLike[str]],
    *,
    sheet: str | None,
    encoding: str | None,
    profile: str | os.PathLike[str] | None,
) -> Intake:
    """See `ingest.read_holdings`."""
    progress.files(sum(map(files.count, paths)))
    with without_collecting():
        raws = (raw for path in paths for raw in files.each(path, encoding=encoding))
        return understand(raws, sheet=sheet, layout=profiles.load(profile) if profile else None)


def understand(raws: Iterable[RawFile], *, sheet: str | None = None, layout: Layout | None = None) -> Intake:
    """Opened files as one Intake."""
    entries: list[InputFile] = []
    parts: list[tuple[RawFile, Part]] = []
    opened: list[RawFile] = []
    for raw in map(_told_apart(), raws):
        entry, found = tables.read_file(raw, sheet=sheet, profile=layout)
        stated = max([raw.as_of, *(p.as_of for p in found)])
        entries.append(replace(entry, as_of=stated) if stated else entry)
        unused = layout is not None and found and not entry.profile and not all(grid.mapped for grid in raw.grids)
        said = (notices.layout_unused(raw.file, layout.name),) if layout and unused else ()
        opened.append(replace(raw, grids=(), issues=(*raw.issues, *said)))
        parts += [(opened[-1], p) for p in found]
        for part in found:
            part.settle()
        del raw, part, found  # the next file is opened before the loop gives them up
    duplicates.mark_files(parts)
    data, rows = _columns(parts)
    trades = sum(p.trades for _, p in parts)
    dated = [raw.as_of for raw in opened if raw.as_of] + [p.as_of for _, p in parts if p.as_of]
    as_of = max([*dated, *(d[:10] for d in set(data.get("as_of_date", ())) if d)], default="")
    return Intake(
        table=_frame(data, rows),
        inputs=tuple(entries),
        set_aside=tuple(s for _, p in parts for s in p.set_aside),
        problems=tuple(q for _, p in parts for q in p.problems),
        issues=tuple(i for raw in opened for i in raw.issues) + tuple(i for _, p in parts for i in p.issues),
        unread=tuple(u for _, p in parts for u in p.unread),
        kind="trades" if trades * 2 > len(rows) else "holdings",
        only_13f=bool(opened) and all(raw.format == "13f" for raw in opened),
        as_of=as_of,
    )


def _told_apart() -> Callable[[RawFile], RawFile]:
    """Gives files of one name numbers, in the order given: a finding must say which file its row stands in."""
    taken: set[str] = set()

    def named(raw: RawFile) -> RawFile:
        path, number, name = PurePosixPath(raw.file), 1, raw.file
        while name in taken:
            number += 1
            name = str(path.with_stem(f"{path.stem} ({number})"))
        taken.add(name)
        if name == raw.file:
            return raw
        return replace(raw, file=name, issues=tuple(replace(i, file=name) for i in raw.issues))

    return named


def _frame(data: dict[str, list[str]], rows: array[int]) -> pd.DataFrame:
    """The position table from whole columns of text, which are given up one by one, without a look at each cell
    (positions.check follows). Columns that state nothing share one blank that cannot be written to.
    """
    size = len(rows)
    blank = pd.array(np.broadcast_to(np.array("", dtype=object), (size,)), dtype=positions.TEXT, copy=False)
    numbers = np.array(rows, dtype="int64")
    made = {
        name: pd.array(np.fromiter(data.pop(name), dtype=object, count=size), dtype=positions.TEXT, copy=False)
        if any(data.get(name, ()))
        else blank
        for name in positions.COLUMNS
        if name != "row"
    }
    return pd.DataFrame({name: numbers if name == "row" else made[name] for name in positions.COLUMNS}, copy=False)


def _columns(parts: Sequence[tuple[RawFile, Part]]) -> tuple[dict[str, list[str]], array[int]]:
    """The columns of all parts joined, taken out of them, and the row numbers."""
    names = list(dict.fromkeys(name for _, p in parts for name in p.data))
    out: dict[str, list[str]] = {"file": [], "sheet": []}
    rows = array("q")
    for raw, p in parts:
        out["file"] += [raw.file] * len(p.rows)
        out["sheet"] += [p.reading.name] * len(p.rows)
        rows += p.rows
    for name in names:
        taken = [p.data.pop(name, []) or [""] * len(p.rows) for _, p in parts]
        out[name] = taken[0] if len(taken) == 1 else list(chain.from_iterable(taken))
    return out, rows
