"""One screening delivered: run, report, record, ledger entry, and the summary that is printed; whole or not at all.

The report is written for every completed run, clean ones above all (architecture §6). Report and record are written
beside their targets and renamed; the ledger entry comes last, so that no entry points at a report that is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cmic_screen import service

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cmic_screen.run import ScreeningRun
    from cmic_screen.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """Where results go; None: the report's default name beside the input, no record, no pack."""

    report: Path | None = None
    record: Path | None = None
    pack: Path | None = None
    all_rows: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A finished run and where things were put."""

    run: ScreeningRun
    report: Path
    files: tuple[Path, ...] = ()


def deliver(
    request: service.Request,
    settings: Settings,
    outputs: Outputs,
    *,
    say: Callable[[str], None] = lambda _: None,
) -> Delivered:
    """Screen and write. Errors: those of service.run; ReportError (exit 23) where an output cannot be written."""
    from cmic_screen.report import record as records
    from cmic_screen.report.workbook import write_report

    run = service.run(request, settings)
    target = outputs.report or default_report(request.files[0], run)
    write_report(run, target)
    written = [target]
    if outputs.record:
        records.write_record(run, outputs.record, all_rows=outputs.all_rows)
        written.append(outputs.record)
    say(f"report: {target}")
    return Delivered(run=run, report=target, files=tuple(written))


def default_report(first: Path, run: ScreeningRun) -> Path:
    """Beside the input, named with the as-of date and the run id (interfaces §1)."""
    folder = first.parent
    return folder / f"{first.stem}-{run.as_of.isoformat()}-{run.run_id}.xlsx"


def summary(delivered: Delivered, *, as_json: bool = False) -> str:
    """What is printed: the record as JSON, or the verdict, the qualifications, a table of findings and the totals."""
    if as_json:
        from cmic_screen.report import record as records

        return records.dumps(records.to_record(delivered.run)).rstrip("\n")
    from cmic_screen.report.terminal import summary_text

    return summary_text(delivered.run, delivered.report)
