"""A kept run on the page: the verdict as a sentence, totals, findings with evidence, and its files to take away."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from cmic_screen.web import runs
from cmic_screen.web.app import Desk
from cmic_screen.web.pages import Guest, desk_of

router = APIRouter(include_in_schema=False)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ORDER = {"PROHIBITED": 0, "UNSCREENED": 1, "UPCOMING": 2, "REVIEW": 3, "PERMITTED": 4}
"""Verdicts that are findings, worst first."""


@router.get("/runs/{run_id}")
def result(request: Request, _: Guest, run_id: str, verdict: str = "", q: str = "") -> HTMLResponse:
    """A kept run, its findings filtered by verdict and words."""
    record = runs.told(desk_of(request).settings, run_id)
    return draw(request, record, verdict=verdict, words=q)


def draw(
    request: Request, record: dict[str, Any], *, verdict: str = "", words: str = "", job: str = ""
) -> HTMLResponse:
    """The result page of a record without quiet rows; `job` is named while the run is still being written and kept."""
    from cmic_screen.report.terminal import sentence_of

    found = sorted(record["findings"], key=lambda f: (ORDER[f["verdict"]], f["ref"]))
    found = [f for f in found if verdict in {"", f["verdict"]} and words.lower() in str(f).lower()]
    head, _, tail = sentence_of(record).partition(": ")
    return desk_of(request).page(
        request, "result.html", record=record, findings=found, wanted=verdict, words=words, head=head,
        verdict=tail[:1].upper() + tail[1:], job=job, order=tuple(ORDER),
    )  # fmt: skip


@router.get("/runs/{run_id}/{name}")
def download(request: Request, _: Guest, run_id: str, name: str) -> Response:
    """The run's files: workbook, record, findings as csv, evidence pack."""
    from cmic_screen.history.material import RECORD, REPORT
    from cmic_screen.report import csvout
    from cmic_screen.report import record as records

    desk = desk_of(request)
    kept = runs.folder(desk.settings, run_id)
    if name == "report.xlsx":
        return FileResponse(kept / REPORT, media_type=XLSX, filename=f"{run_id}.xlsx")
    if name == "record.json":
        record = runs.told(desk.settings, run_id)
        return Response(
            records.dumps(record), media_type="application/json",
            headers={"content-disposition": f'attachment; filename="{run_id}.json"'},
        )  # fmt: skip
    if name == "record-all-rows.json":
        return FileResponse(kept / RECORD, media_type="application/json", filename=f"{run_id}-all.json")
    if name == "findings.csv":
        found = runs.told(desk.settings, run_id)["findings"]
        return _made(run_id, "csv", "text/csv", lambda to: csvout.write_findings(found, to))
    if name == "pack.zip":
        return _made(run_id, "zip", "application/zip", lambda to: _pack(desk, run_id, to))
    raise HTTPException(404, "A run has no such file.")


def _pack(desk: Desk, run_id: str, to: Path) -> None:
    from cmic_screen.history import export
    from cmic_screen.history import runs as ledger_runs
    from cmic_screen.history.ledger import Ledger

    with Ledger.open(desk.settings.home, write=False) as ledger:
        export.export(ledger, ledger_runs.find(ledger, run_id), to)


def _made(run_id: str, ending: str, media: str, make: Any) -> FileResponse:
    """A file made for this download and removed after it."""
    folder = tempfile.TemporaryDirectory()
    path = Path(folder.name) / f"{run_id}.{ending}"
    make(path)
    return FileResponse(path, media_type=media, filename=path.name, background=BackgroundTask(folder.cleanup))
