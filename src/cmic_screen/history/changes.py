"""Changes between two kept runs: opens their folders, screens counterfactually where that is needed, and hands on.

The comparing itself is `compare.py`, which is pure.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.history import runs, store, trend
from cmic_screen.history.compare import SWAPPED, Causes, Factor, changes
from cmic_screen.history.observe import Key, seen
from cmic_screen.terms import QUIET_NAMES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cmic_screen.history.ledger import Ledger
    from cmic_screen.history.material import Material
    from cmic_screen.history.runs import Run
    from cmic_screen.run import ScreeningRun


_QUIET_ENDS: Final = tuple(f'"verdict":"{name}"}}' for name in sorted(QUIET_NAMES))
"""How the line of a quiet row ends: `verdict` is the last of its sorted keys, and no text can hold a bare quote."""


def record_of(folder: Path) -> dict[str, Any]:
    """A kept run's record, its quiet rows left out: a million of them are read past, not into memory.

    The record stands one finding a line (report/record.py); a record laid out otherwise is read whole.
    """
    path = folder / store.RECORD
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
    record["findings"] = [f for f in (loud or record["findings"]) if f["verdict"] not in QUIET_NAMES]
    return record


def between(ledger: Ledger, old: Run, new: Run) -> tuple[dict[str, str], ...]:
    """Every change from one kept run to another, with its cause. HistoryError where one is not as it was entered."""
    from cmic_screen.history.material import Material

    folder = runs.whole(ledger, new)
    return against(ledger, old, Material(folder), record_of(folder), new.body["parts"])


def against(
    ledger: Ledger, old: Run, staged: Material, record: Mapping[str, Any], parts: Mapping[str, str]
) -> tuple[dict[str, str], ...]:
    """The same for a run whose material is still being staged; `record` as `record_of` or `brief` gives it."""
    from cmic_screen.history import material

    before = runs.whole(ledger, old)
    both = {"old": material.Material(before), "new": staged}

    def rescreen(sides: Mapping[Factor, str]) -> Mapping[str, Any]:
        return brief(material.screen(staged, {f: both[sides[f]] for f in SWAPPED}))

    factors = tuple(f for f in Factor if old.body["parts"].get(f.value) != parts.get(f.value))
    causes = Causes(old=record_of(before), new=record, differing=factors, rescreen=rescreen)
    return changes(causes, ever_open=_ever_open(ledger, old))


def brief(run: ScreeningRun) -> dict[str, Any]:
    """As much of a run's record as comparing needs: no quiet row, no nearest name, which cost the most."""
    from cmic_screen.report import record as records
    from cmic_screen.report import rowjson

    encoder = rowjson.Encoder(records.problems(run))
    return {
        "tool": {"version": run.tool_version},
        "as_of": run.as_of.isoformat(),
        "list": {"published": run.snapshot.published.isoformat()},
        "programme": {"version": run.programme.version},
        "decisions": [records.decision(d) for d in run.decisions],
        "totals": asdict(run.totals),
        "findings": [encoder.to_dict(f) for f in run.findings],
    }


def _ever_open(ledger: Ledger, old: Run) -> frozenset[Key]:
    """Holdings that were open in accepted runs of the same job up to `old`."""
    accepted = [r for r in runs.all_runs(ledger) if r.accepted and r.job == old.job and r.entry.seq <= old.entry.seq][
        : trend.TREND_RUNS
    ]
    records = (record_of(runs.whole(ledger, run, store.RECORD)) for run in accepted)
    return frozenset(key for record in records for key, one in seen(record).items() if one.open)
