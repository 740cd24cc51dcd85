"""From staged material to a kept run: screened, compared with the last accepted one, reported, entered, or nothing.

Every door that keeps runs goes through here, so that a run kept by the month, by hand or by the page is the same thing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cmic_screen.digests import digest
from cmic_screen.history import changes, material, runs, trend
from cmic_screen.report import record as records
from cmic_screen.report.workbook import write_report

if TYPE_CHECKING:
    from cmic_screen.history.ledger import Ledger, Who
    from cmic_screen.history.material import Material
    from cmic_screen.history.runs import Monthly, Run
    from cmic_screen.history.store import Staging
    from cmic_screen.run import ScreeningRun


def screened(ledger: Ledger, kept: Material, *, job: str = "", period: str = "") -> ScreeningRun:
    """The run of staged material, with the changes against the last accepted run of the job before `period`, and the
    trend of the last twelve.
    """
    run = material.screen(kept)

    def fits(earlier: Run) -> bool:
        return bool(job) or alike(run, earlier)

    before = runs.last_accepted(ledger, job, period, fits=fits)
    if before is None:
        return run
    found = changes.against(ledger, before, kept, changes.brief(run), kept.parts)
    return replace(run, changes=found, trend=tuple(trend.flat(point) for point in trend.trend(ledger, job, fits=fits)))


def alike(run: ScreeningRun, earlier: Run) -> bool:
    """Whether two screenings outside any job are of one book: one kind, and an account or a file's name in common."""
    if earlier.body["kind"] != run.kind:
        return False
    accounts = set(accounts_of(run)) & set(earlier.body["accounts"])
    files = {f.file for f in run.intake.inputs} & {i["file"] for i in earlier.body["inputs"]}
    return bool(accounts or files)


def accounts_of(run: ScreeningRun) -> tuple[str, ...]:
    """Every account of a run, by number, else by name, else by portfolio; rows without any are in none."""
    table = run.intake.table
    rows = zip(table["account_id"].tolist(), table["account_name"].tolist(), table["portfolio"].tolist(), strict=True)
    return tuple(sorted({a for number, name, portfolio in rows if (a := number or name or portfolio)}))


@dataclass(frozen=True, slots=True)
class Entered:
    """A run as the ledger now has it, and its record without the quiet rows."""

    run: Run
    record: dict[str, Any]


def enter(
    ledger: Ledger,
    staging: Staging,
    kept: Material,
    run: ScreeningRun,
    *,
    actor: Who,
    at: str,
    month: Monthly | None = None,
    client: str = "",
) -> Entered:
    """Write report, record and changes into the staging folder and enter the run: all of it or nothing. `client` is the
    name printed on the report, where one is.
    """
    staging.step("writing the report")
    record = records.write_record(run, staging.path(material.RECORD), all_rows=True)
    report = write_report(run, staging.path(material.REPORT), record=record, client=client)
    if run.changes or run.trend:
        compared = {"changes": [dict(c) for c in run.changes], "trend": [dict(t) for t in run.trend]}
        staging.put(material.COMPARED, json.dumps(compared, ensure_ascii=False).encode())
    new = runs.NewRun(
        record=record, exit_code=int(run.exit_code), material=digest(kept.parts), parts=kept.parts,
        accounts=accounts_of(run), workbook_digest=report.workbook_digest, month=month or runs.Monthly(),
    )  # fmt: skip
    return Entered(runs.enter(ledger, staging, new, actor=actor, at=at), record)
