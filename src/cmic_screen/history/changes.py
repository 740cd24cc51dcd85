"""Changes between two kept runs: opens their folders, screens counterfactually where that is needed, and hands on.

The comparing itself is `compare.py`, which is pure.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.history import runs
from cmic_screen.history.compare import SWAPPED, Causes, Factor, changes
from cmic_screen.history.observe import QUIET, Key, seen

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cmic_screen.history.ledger import Ledger
    from cmic_screen.history.runs import Run


_QUIET_ENDS: Final = tuple(f'"verdict":"{name}"}}' for name in sorted(QUIET))
"""How the line of a quiet row ends: `verdict` is the last of its sorted keys, and no text can hold a bare quote."""


def record_of(folder: Path) -> dict[str, Any]:
    """A kept run's record, its quiet rows left out: a million of them are read past, not into memory.

    The record stands one finding a line (report/record.py); a record laid out otherwise is read whole.
    """
    path = folder / "record.json"
    frame: list[str] = []
    loud: list[dict[str, Any]] = []
    inside = False
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if inside and line.startswith("{"):
                text = line.rstrip("\n").rstrip(",")
                if not text.endswith(_QUIET_ENDS):
                    loud.append(json.loads(text))
                continue
            inside = line.startswith('"findings": [')
            frame.append(line)
    record: dict[str, Any] = json.loads("".join(frame))
    record["findings"] = [f for f in (loud or record["findings"]) if f["verdict"] not in QUIET]
    return record


def between(ledger: Ledger, old: Run, new: Run) -> tuple[dict[str, str], ...]:
    """Every change from one kept run to another, with its cause."""
    return against(ledger, old, runs.folder(ledger, new), record_of(runs.folder(ledger, new)), new.body["parts"])


def against(
    ledger: Ledger, old: Run, folder: Path, record: Mapping[str, Any], parts: Mapping[str, str]
) -> tuple[dict[str, str], ...]:
    """The same for a run whose folder is still being staged."""
    before = runs.folder(ledger, old)
    factors = tuple(f for f in Factor if old.body["parts"].get(f.value) != parts.get(f.value))

    def rescreen(sides: Mapping[Factor, str]) -> Mapping[str, Any]:
        from cmic_screen.history import material
        from cmic_screen.report import record as records

        both = {"old": kept.setdefault("old", material.Material(before)),
                "new": kept.setdefault("new", material.Material(folder))}  # fmt: skip
        run = material.screen(both["new"], {f: both[sides[f]] for f in SWAPPED})
        return records.to_record(run)

    kept: dict[str, Any] = {}
    causes = Causes(old=record_of(before), new=record, differing=factors, rescreen=rescreen)
    return changes(causes, ever_open=_ever_open(ledger, old))


def _ever_open(ledger: Ledger, old: Run) -> frozenset[Key]:
    """Holdings that were open in accepted runs of the same job up to `old`."""
    accepted = [r for r in runs.all_runs(ledger) if r.accepted and r.job == old.job and r.entry.seq <= old.entry.seq][
        : runs.TREND_RUNS
    ]
    return frozenset(key for r in accepted for key, one in seen(record_of(runs.folder(ledger, r))).items() if one.open)
