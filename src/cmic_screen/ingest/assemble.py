"""The parts of all files joined into one Intake, refused where a row got lost; it opens through `files`, reads
through `tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cmic_screen import positions
from cmic_screen.ingest import duplicates, files, tables
from cmic_screen.ingest import profile as profiles
from cmic_screen.intake import Intake

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    from cmic_screen.ingest.grid import RawFile
    from cmic_screen.ingest.profile import Layout
    from cmic_screen.ingest.tables import Part


def read(
    paths: Sequence[str | os.PathLike[str]],
    *,
    sheet: str | None,
    encoding: str | None,
    profile: str | os.PathLike[str] | None,
) -> Intake:
    """See `ingest.read_holdings`."""
    raws = [raw for path in paths for raw in files.open_raw(path, encoding=encoding)]
    return understand(raws, sheet=sheet, layout=profiles.load(profile) if profile else None)


def understand(raws: Sequence[RawFile], *, sheet: str | None = None, layout: Layout | None = None) -> Intake:
    """Opened files as one Intake."""
    entries, parts = [], []
    for raw in raws:
        entry, found = tables.read_file(raw, sheet=sheet, profile=layout)
        entries.append(entry)
        parts += [(raw, p) for p in found]
    duplicates.mark_files(parts)
    data = _columns(parts)
    trades = sum(p.trades for _, p in parts)
    dated = [raw.as_of for raw in raws if raw.as_of] + [p.as_of for _, p in parts if p.as_of]
    return Intake(
        table=_frame(data),
        inputs=tuple(entries),
        set_aside=tuple(s for _, p in parts for s in p.set_aside),
        problems=tuple(q for _, p in parts for q in p.problems),
        issues=tuple(i for raw in raws for i in raw.issues) + tuple(i for _, p in parts for i in p.issues),
        kind="trades" if trades * 2 > sum(len(p.rows) for _, p in parts) else "holdings",
        only_13f=bool(raws) and all(raw.format == "13f" for raw in raws),
        as_of=max([*dated, *(d[:10] for d in data.get("as_of_date", ()) if d)], default=""),
    )


def _frame(data: dict[str, list[str]]) -> pd.DataFrame:
    """The position table from whole columns of text, without a look at each cell (positions.check follows)."""
    size = len(data["row"])
    blank = pd.array(np.full(size, "", dtype=object), dtype=positions.TEXT)
    made = {
        name: pd.array(np.array(data[name], dtype=object), dtype=positions.TEXT) if name in data else blank.copy()
        for name in positions.COLUMNS
        if name != "row"
    }
    rows = np.array(data["row"], dtype="int64")
    return pd.DataFrame({name: rows if name == "row" else made[name] for name in positions.COLUMNS}, copy=False)


def _columns(parts: Sequence[tuple[RawFile, Part]]) -> dict[str, list[str]]:
    names = dict.fromkeys(name for _, p in parts for name in p.data)
    out: dict[str, list[str]] = {name: [] for name in names}
    out["file"], out["sheet"], out["row"] = [], [], []
    for raw, p in parts:
        size = len(p.rows)
        for name in names:
            out[name].extend(p.data.get(name) or [""] * size)
        out["file"].extend([raw.file] * size)
        out["sheet"].extend([p.reading.name] * size)
        out["row"].extend(p.rows)  # type: ignore[arg-type]
    return out
