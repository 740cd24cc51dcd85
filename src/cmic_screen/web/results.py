"""A kept run on the page: the verdict as a sentence, totals, findings with evidence, and its files to take away."""

from __future__ import annotations

import contextlib
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
A_PAGE = 200
"""Findings drawn on one page."""


@router.get("/runs/{run_id}")
def result(request: Request, _: Guest, run_id: str, verdict: str = "", q: str = "", page: int = 1) -> HTMLResponse:
    """A kept run, its findings filtered by verdict and words, a page of them."""
    settings = desk_of(request).settings
    record = runs.told(settings, run_id)
    return draw(request, record, verdict=verdict, words=q, page=page, kept=runs.entered(settings, run_id))


def draw(
    request: Request,
    record: dict[str, Any],
    *,
    verdict: str = "",
    words: str = "",
    page: int = 1,
    job: str = "",
    kept: dict[str, Any] | None = None,
) -> HTMLResponse:
    """The result page of a record without quiet rows; `job` is named while the run is still being written and kept,
    `kept` is the ledger's entry afterwards.
    """
    from cmic_screen.report.terminal import sentence_of

    found = sorted(record["findings"], key=lambda f: (ORDER[f["verdict"]], f["ref"]))
    found = [f for f in found if verdict in {"", f["verdict"]} and words.lower() in words_of(f)]
    pages = max(1, -(-len(found) // A_PAGE))
    page = max(1, min(page, pages))
    head, _, tail = sentence_of(record).partition(": ")
    return desk_of(request).page(
        request, "result.html", record=record, findings=found[(page - 1) * A_PAGE : page * A_PAGE], found=len(found),
        page=page, pages=pages, first=(page - 1) * A_PAGE, wanted=verdict, words=words, head=head,
        verdict=tail[:1].upper() + tail[1:], job=job, order=tuple(ORDER), words_of=words_of, kept=kept,
        changes=(changes := record.get("changes", ())),
        open_changes=[c for c in changes if c["change"] != "still open"],
    )  # fmt: skip


def words_of(finding: dict[str, Any]) -> str:
    """What the words of the filter are looked for in, here and in the script: all small letters."""
    told = [finding[k] for k in ("ref", "account", "security_name", "issuer_name", "ticker")]
    told += [*finding["identifiers"].values(), *(m["entity_name"] for m in finding["matches"]), *finding["cells"]]
    return " ".join(told).lower()


@router.get("/runs/{run_id}/{name}")
def download(request: Request, _: Guest, run_id: str, name: str) -> Response:
    """The run's files: workbook, record, findings as csv, evidence pack."""
    from cmic_screen.history.material import COMPANION, RECORD, REPORT
    from cmic_screen.report import csvout
    from cmic_screen.report import record as records

    desk = desk_of(request)
    if name == "report.xlsx":
        kept = runs.folder(desk.settings, run_id, REPORT)
        return FileResponse(kept / REPORT, media_type=XLSX, filename=f"{run_id}.xlsx")
    if name == "report.rows.csv" and runs.entered(desk.settings, run_id)["companion"]:
        kept = runs.folder(desk.settings, run_id, COMPANION)
        return FileResponse(kept / COMPANION, media_type="text/csv", filename=f"{run_id}.rows.csv")
    if name == "record.json":
        record = runs.told(desk.settings, run_id)
        return Response(
            records.dumps(record), media_type="application/json",
            headers={"content-disposition": f'attachment; filename="{run_id}.json"'},
        )  # fmt: skip
    if name == "record-all-rows.json":
        kept = runs.folder(desk.settings, run_id, RECORD)
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
    with contextlib.ExitStack() as unsent:
        path = Path(unsent.enter_context(tempfile.TemporaryDirectory())) / f"{run_id}.{ending}"
        make(path)
        done = BackgroundTask(unsent.pop_all().close)
        return FileResponse(path, media_type=media, filename=path.name, background=done)
