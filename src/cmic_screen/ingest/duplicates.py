"""Sheets and files that provably hold the same positions as others: flagged, all screened, counted once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from cmic_screen.intake import DataIssue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmic_screen.ingest.grid import RawFile
    from cmic_screen.ingest.parts import Part

_KEY: Final = (
    "isin",
    "cusip",
    "sedol",
    "figi",
    "other_id",
    "ticker",
    "security_name",
    "issuer",
    "account_id",
    "quantity",
    "market_value",
)


def mark(file: str, parts: Sequence[Part]) -> None:
    """Flag sheets that hold the same positions as others of the file, so that totals count them once; all are
    screened.
    """
    held = [p for p in parts if p.rows]
    keyed = [(p, Counter(_keys(p))) for p in held] if len(held) > 1 else []
    for k, (part, rows) in enumerate(keyed):
        twin = next((q for q, other in keyed[:k] if other == rows), None)
        if twin is not None:
            _flag(file, part, f"The sheet holds the same positions as sheet '{twin.reading.name}'.")
    if len(keyed) > 2:
        whole = max(keyed, key=lambda pr: sum(pr[1].values()))
        others = [pr for pr in keyed if pr is not whole and not _flagged(pr[0])]
        if len(others) > 1 and sum((c for _, c in others), Counter()) == whole[1]:
            for part, _ in others:
                _flag(
                    file,
                    part,
                    f"The sheet's positions are all on sheet '{whole[0].reading.name}', which gathers this and others.",
                )


def mark_files(parts: Sequence[tuple[RawFile, Part]]) -> None:
    """Flag the positions of a file whose bytes were given before, under whatever name."""
    first: dict[str, RawFile] = {}
    for raw, part in parts:
        same = first.setdefault(raw.sha256, raw)
        if same is not raw and part.rows and not _flagged(part):
            _flag(raw.file, part, f"The file is the same, byte for byte, as '{same.file}', which was given before.")


def _keys(part: Part) -> list[tuple[str, ...]]:
    """One key a position: what is held and how much. Without an amount nothing is provably the same."""
    size = len(part.rows)
    columns = [part.data.get(name) or [""] * size for name in _KEY]
    if not any(any(c) for c in columns[-2:]):
        return [(part.reading.name, str(r)) for r in part.rows]
    return list(zip(*columns, strict=True))


def _flagged(part: Part) -> bool:
    return any("DUPLICATE_SHEET" in f for f in part.data.get("flags", ()))


def _flag(file: str, part: Part, text: str) -> None:
    part.data["flags"] = [f"{f} DUPLICATE_SHEET".strip() for f in part.data.get("flags") or [""] * len(part.rows)]
    part.issues.append(
        DataIssue(
            code="DUPLICATE_SHEET",
            text=text,
            file=file,
            sheet=part.reading.name,
            rows=len(part.rows),
            done="All rows are screened; totals count them once.",
            effect="None on verdicts.",
        )
    )
