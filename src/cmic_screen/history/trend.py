"""How many findings the last accepted runs had, oldest first: what the report draws and `history list` prints.

Counts and sums as the ledger's entries have them; no run's folder is opened, and only accepted runs are points of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cmic_screen.history import runs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.history.ledger import Ledger

TREND_RUNS: Final = 12


def trend(ledger: Ledger, job: str = "", *, fits: runs.Fits = runs.anyone) -> tuple[dict[str, Any], ...]:
    """Prohibited and review counts and values of the last twelve accepted runs of a job, oldest first."""
    found = [r for r in runs.all_runs(ledger) if r.accepted and r.job == job and fits(r)][:TREND_RUNS]
    return tuple(
        {
            "run_id": r.run_id,
            "period": r.period or r.body["as_of"],
            "as_of": r.body["as_of"],
            "prohibited": r.body["totals"]["prohibited"],
            "review": r.body["totals"]["review"],
            "market_value": {
                currency: {k: value[k] for k in ("prohibited", "review")}
                for currency, value in r.body["totals"].get("market_value", {}).items()
            },
        }
        for r in sorted(found, key=lambda r: (r.body["as_of"], r.entry.seq))
    )


def flat(point: Mapping[str, Any]) -> dict[str, str]:
    """A point of the trend as text, as the record prints it: values as `1234.50 USD; 20 HKD`."""
    money = point["market_value"]
    values = {
        f"value_{k}": "; ".join(f"{v[k]} {c}" for c, v in sorted(money.items())) for k in ("prohibited", "review")
    }
    return {k: str(point[k]) for k in ("run_id", "period", "as_of", "prohibited", "review")} | values
