"""The pages: a request in, HTML or a redirect out; each does one thing the command line does."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse
from starlette.background import BackgroundTask
from starlette.exceptions import HTTPException

from cmic_screen import service
from cmic_screen.errors import CmicError
from cmic_screen.model import Action
from cmic_screen.web import intake, runs
from cmic_screen.web.access import COOKIE, Visitor, csrf_holds
from cmic_screen.web.app import FILES, Desk
from cmic_screen.web.jobs import BusyError, Job

router = APIRouter(include_in_schema=False)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def desk_of(request: Request) -> Desk:
    """The desk of this app."""
    desk: Desk = request.app.state.desk
    return desk


def visitor_of(request: Request) -> Visitor:
    """The visitor, let in."""
    return desk_of(request).let_in(request)


Guest = Annotated[Visitor, Depends(visitor_of)]
Csrf = Annotated[str, Form()]


def genuine(visitor: Visitor, csrf: str) -> None:
    """Refuse a change that does not carry its session's token."""
    if not csrf_holds(visitor, csrf):
        raise HTTPException(403, "Refused: the form is not of this session. Reload the page and try again.")


def go(path: str) -> RedirectResponse:
    """See the other page next."""
    return RedirectResponse(path, status_code=303)


def list_facts(desk: Desk) -> dict[str, Any]:
    """The list in force, its age, and whether the programme is confirmed."""
    from cmic_screen.programme import load_programme
    from cmic_screen.reference.age import list_state

    today = service.today()
    snapshot = service.find_list("", desk.settings, today)
    age, stale = list_state(snapshot, today, desk.settings.number("max_list_age"))
    unconfirmed = load_programme(desk.settings.home).unconfirmed(today)
    return {"snapshot": snapshot, "list_age": age, "list_stale": stale, "unconfirmed": unconfirmed}


@router.get("/")
def start(request: Request, token: str = "") -> Response:
    """The first page; with a token in the address: exchange it for a session cookie."""
    desk = desk_of(request)
    if token:
        holder = desk.access.holder(token)
        if holder is None:
            desk.let_in(request)
        elif desk.access.password:
            return desk.page(request, "login.html", token=token, problem="")
        else:
            return let_in(desk, holder)
    desk.let_in(request)
    return start_page(request)


@router.post("/login")
def login(request: Request, token: Annotated[str, Form()], password: Annotated[str, Form()]) -> Response:
    """Token and password together, where the page serves more than this machine."""
    desk = desk_of(request)
    holder = desk.access.holder(token)
    if holder is None or not desk.access.password_holds(password):
        return desk.page(request, "login.html", 403, token=token, problem="The password is not right.")
    return let_in(desk, holder)


def let_in(desk: Desk, holder: str) -> RedirectResponse:
    """Open a session and leave the token's address."""
    answer = go("/")
    answer.set_cookie(COOKIE, desk.access.open_session(holder).session, httponly=True, samesite="strict", path="/")
    return answer


def start_page(request: Request, problem: str = "", status: int = 200) -> HTMLResponse:
    """The start page, with what went wrong where something did."""
    desk = desk_of(request)
    return desk.page(
        request, "start.html", status, problem=problem, today=service.today().isoformat(),
        runs=runs.listed(desk.settings, 5), **list_facts(desk),
    )  # fmt: skip


@router.post("/upload")
def upload(
    request: Request,
    visitor: Guest,
    files: Annotated[list[UploadFile], File()],
    csrf: Csrf = "",
    kind: Annotated[str, Form()] = "holdings",
    as_of: Annotated[str, Form()] = "",
) -> Response:
    """Set the files down and show what is read."""
    genuine(visitor, csrf)
    desk = desk_of(request)
    job = intake.take(
        desk.jobs, files, kind="trades" if kind == "trades" else "holdings", reviewer=visitor.reviewer, most=FILES
    )
    try:
        job.as_of = date.fromisoformat(as_of) if as_of else None
    except ValueError:
        desk.jobs.drop(job)
        return start_page(request, f"{as_of!r} is no day.", 400)
    return go(f"/jobs/{job.id}/read")


@router.post("/sample")
def sample(request: Request, visitor: Guest, csrf: Csrf = "") -> Response:
    """The sample book, as if uploaded."""
    genuine(visitor, csrf)
    return go(f"/jobs/{intake.sample(desk_of(request).jobs, visitor.reviewer).id}/read")


def job_of(request: Request, job_id: str) -> Job:
    """The job, or 404."""
    job = desk_of(request).jobs.get(job_id)
    if job is None:
        raise HTTPException(404, "This upload is not here any more. Uploads wait only while the page runs.")
    return job


@router.get("/jobs/{job_id}/read")
def read(request: Request, _: Guest, job_id: str) -> Response:
    """What we read: columns with reasons, first rows, rows set aside."""
    desk, job = desk_of(request), job_of(request, job_id)
    if job.state != "uploaded":
        return go(f"/jobs/{job.id}")
    try:
        reading = intake.shown(job)
    except CmicError as error:
        desk.jobs.drop(job)
        return start_page(request, error.message, 413 if "limit" in error.message else 422)
    return desk.page(request, "read.html", job=job, **reading)


@router.post("/jobs/{job_id}/columns")
async def correct(request: Request, visitor: Guest, job_id: str) -> Response:
    """Columns as a person corrects them, kept as a layout for this screening, and by name where one is given."""
    form = await request.form()
    given = {k: v for k, v in form.items() if isinstance(v, str)}
    genuine(visitor, given.get("csrf", ""))
    desk, job = desk_of(request), job_of(request, job_id)
    try:
        intake.correct(job, given, desk.settings.home)
    except CmicError as error:
        return start_page(request, error.message, 422)
    return go(f"/jobs/{job.id}/read")


@router.post("/jobs/{job_id}/start")
def begin(request: Request, visitor: Guest, job_id: str, csrf: Csrf = "") -> Response:
    """Put the screening on the queue."""
    genuine(visitor, csrf)
    job = job_of(request, job_id)
    if job.state == "uploaded":
        try:
            desk_of(request).jobs.start(job)
        except BusyError as busy:
            raise HTTPException(503, "Too many screenings wait already. Try again in a minute.") from busy
    return go(f"/jobs/{job.id}")


def next_of(job: Job) -> str:
    """Where a job that is over leads."""
    return f"/runs/{job.run_id}" if job.state == "done" else f"/jobs/{job.id}"


@router.get("/jobs/{job_id}")
def working(request: Request, _: Guest, job_id: str) -> Response:
    """Progress; or how it ended."""
    desk, job = desk_of(request), job_of(request, job_id)
    if job.state == "done":
        return go(next_of(job))
    if job.state in {"failed", "cancelled"}:
        status = job.error_status if job.error else 200
        text = job.error or job.stage
        return desk.page(request, "message.html", status, heading=job.stage, text=text, failed=bool(job.error))
    if job.state == "uploaded":
        return go(f"/jobs/{job.id}/read")
    return desk.page(request, "working.html", job=job)


@router.get("/jobs/{job_id}/state")
def state(request: Request, _: Guest, job_id: str) -> JSONResponse:
    """Progress for the script."""
    job = job_of(request, job_id)
    return JSONResponse({"state": job.state, "stage": job.stage, "over": job.over, "next": next_of(job)})


@router.post("/jobs/{job_id}/cancel")
def cancel(request: Request, visitor: Guest, job_id: str, csrf: Csrf = "") -> Response:
    """Stop a screening at its next stage; nothing is kept of it."""
    genuine(visitor, csrf)
    job = job_of(request, job_id)
    job.cancel.set()
    if job.state == "uploaded":
        desk_of(request).jobs.drop(job)
        return go("/")
    return go(f"/jobs/{job.id}")


@router.get("/runs/{run_id}")
def result(request: Request, _: Guest, run_id: str, verdict: str = "", q: str = "") -> HTMLResponse:
    """A kept run: the verdict as a sentence, totals, findings with their evidence."""
    from cmic_screen.report.terminal import sentence_of

    desk = desk_of(request)
    record = runs.record(desk.settings, run_id)
    record["findings"] = runs.loud(record)
    order = {"PROHIBITED": 0, "UNSCREENED": 1, "UPCOMING": 2, "REVIEW": 3, "PERMITTED": 4}
    found = sorted(record["findings"], key=lambda f: (order[f["verdict"]], f["ref"]))
    if verdict:
        found = [f for f in found if f["verdict"] == verdict]
    if q:
        found = [f for f in found if q.lower() in str(f).lower()]
    return desk.page(
        request, "result.html", record=record, findings=found, wanted=verdict, words=q, sentence=sentence_of(record)
    )


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
        record = runs.record(desk.settings, run_id)
        record["findings"] = runs.loud(record)
        return Response(
            records.dumps(record), media_type="application/json",
            headers={"content-disposition": f'attachment; filename="{run_id}.json"'},
        )  # fmt: skip
    if name == "record-all-rows.json":
        return FileResponse(kept / RECORD, media_type="application/json", filename=f"{run_id}-all.json")
    if name == "findings.csv":
        found = runs.loud(runs.record(desk.settings, run_id))
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


@router.get("/list")
def listed(request: Request, _: Guest, q: str = "") -> HTMLResponse:
    """The list as used."""
    desk = desk_of(request)
    facts = list_facts(desk)
    entities = [e for e in facts["snapshot"].entities if not q or any(q.lower() in n.text.lower() for n in e.names)]
    return desk.page(request, "list.html", entities=entities, words=q, **facts)


@router.get("/list/{uid}")
def entity(request: Request, _: Guest, uid: str) -> HTMLResponse:
    """One listed entity: names, identifiers, dates, basis."""
    desk = desk_of(request)
    try:
        found = list_facts(desk)["snapshot"].entity(uid)
    except KeyError as error:
        raise HTTPException(404, "No such entity on the list in force.") from error
    return desk.page(request, "entity.html", e=found)


@router.get("/check")
def check(request: Request, _: Guest) -> HTMLResponse:
    """One security before a trade."""
    from cmic_screen.checking import as_data
    from cmic_screen.checking import check as ask

    desk = desk_of(request)
    asked = {k: v.strip() for k, v in request.query_params.items() if v.strip()}
    answer, problem = None, ""
    keys = {
        "name": "security_name",
        "isin": "isin",
        "cusip": "cusip",
        "sedol": "sedol",
        "figi": "figi",
        "ticker": "ticker",
    }
    stated = {column: asked.get(key, "") for key, column in keys.items()}
    if any(stated.values()):
        action = asked.get("action", "BUY")
        try:
            wanted = Action[action] if action in Action.__members__ else Action.BUY
            answer = as_data(ask(stated, desk.settings, action=wanted))
        except CmicError as error:
            problem = error.message
    elif asked:
        problem = "Give a name, an ISIN, CUSIP, SEDOL, FIGI or a ticker."
    actions = [a.value for a in Action if a is not Action.UNKNOWN]
    return desk.page(request, "check.html", asked=asked, answer=answer, problem=problem, actions=actions)


@router.get("/help")
def help_(request: Request, _: Guest) -> HTMLResponse:
    """Words, limits, exit codes."""
    return desk_of(request).page(request, "help.html")
