"""The pages: a request in, HTML or a redirect out; each does one thing the command line does."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from cmic_screen import service
from cmic_screen.errors import CmicError
from cmic_screen.moment import today as this_day
from cmic_screen.web import intake, runs
from cmic_screen.web.access import Visitor, csrf_holds
from cmic_screen.web.app import FILES, Desk
from cmic_screen.web.jobs import STAGES, Job, status_of

router = APIRouter(include_in_schema=False)

FIELDS = 17_000
"""Fields of one form: a column each, of the widest sheet there is."""


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

    today = this_day()
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
    answer.set_cookie(
        desk.access.cookie, desk.access.open_session(holder).session, httponly=True, samesite="strict", path="/"
    )
    return answer


@router.post("/leave")
def leave(request: Request, visitor: Guest, csrf: Csrf = "") -> Response:
    """End the session of this browser: on a shared desk the next person starts with their own address."""
    genuine(visitor, csrf)
    desk = desk_of(request)
    desk.access.close_session(visitor.session)
    text = "This browser's session is closed. Open your own start address to go on."
    answer = desk.page(request, "message.html", heading="Closed", text=text, failed=False)
    answer.delete_cookie(desk.access.cookie, path="/")
    return answer


def start_page(request: Request, problem: str = "", status: int = 200) -> HTMLResponse:
    """The start page, with what went wrong where something did."""
    desk = desk_of(request)
    return desk.page(
        request, "start.html", status, problem=problem, today=this_day().isoformat(),
        runs=runs.listed(desk.settings, 5), open_jobs=desk.jobs.open_of(desk.let_in(request).reviewer),
        **list_facts(desk),
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
    """The job, or 404: where there is none, and where it is of another start address."""
    desk = desk_of(request)
    job = desk.jobs.get(job_id)
    if job is None or job.reviewer != desk.let_in(request).reviewer:
        raise HTTPException(404, "This upload is not here any more. Uploads wait only while the page runs.")
    return job


@router.get("/jobs/{job_id}/read")
def read(request: Request, _: Guest, job_id: str) -> Response:
    """What we read: columns with reasons, first rows, rows set aside."""
    return read_page(request, job_of(request, job_id))


def read_page(request: Request, job: Job, problem: str = "", status: int = 200) -> Response:
    """The same, with what went wrong with a correction where something did. An unreadable upload is thrown away."""
    desk = desk_of(request)
    if job.state != "uploaded":
        return go(f"/jobs/{job.id}")
    try:
        with desk.jobs.reading():
            reading = intake.shown(desk.jobs, job, desk.settings.home)
    except CmicError as error:
        desk.jobs.drop(job)
        return start_page(request, job.plain(error.message), status_of(error))
    except Exception:
        desk.jobs.drop(job)  # an upload that met a fault of ours is not left lying either
        raise
    job.positions, job.shown = reading["positions"], True
    page = desk.page(request, "read.html", status, job=job, problem=problem, **reading)
    page.background = BackgroundTask(intake.get_ready, job)
    return page


@router.post("/jobs/{job_id}/columns")
async def correct(request: Request, visitor: Guest, job_id: str) -> Response:
    """Columns as a person corrects them, kept as a layout for this screening, and by name where one is given."""
    form = await request.form(max_files=0, max_fields=FIELDS)
    given = {k: v for k, v in form.items() if isinstance(v, str)}
    genuine(visitor, given.get("csrf", ""))
    return await run_in_threadpool(corrected, request, job_of(request, job_id), given)


def corrected(request: Request, job: Job, given: dict[str, str]) -> Response:
    """Read again as corrected, by a kept layout, or as the other kind; what cannot be is said on the same page."""
    desk = desk_of(request)
    if job.state != "uploaded":
        return go(f"/jobs/{job.id}")
    try:
        with desk.jobs.reading():
            if given.get("kind") in {"holdings", "trades"}:
                job.kind = given["kind"]
            elif given.get("layout"):
                intake.use_kept(desk.jobs, job, given["layout"], desk.settings.home)
            else:
                intake.correct(desk.jobs, job, given, desk.settings.home)
    except CmicError as error:
        return read_page(request, job, job.plain(error.message), status_of(error))
    return go(f"/jobs/{job.id}/read")


@router.post("/jobs/{job_id}/start")
def begin(request: Request, visitor: Guest, job_id: str, csrf: Csrf = "") -> Response:
    """Put the screening on the queue."""
    genuine(visitor, csrf)
    job = job_of(request, job_id)
    if job.state == "uploaded":
        job.watched = True
        desk_of(request).jobs.start(job)
        job.answered.wait(PATIENCE)
    return go(f"/jobs/{job.id}")


PATIENCE = 1.5
"""Seconds an answer is waited for before progress is shown instead: most books need less."""


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
    record = job.preview
    if record is not None:
        from cmic_screen.web.results import draw

        page = draw(request, record, job=job.id)
        job.drawn.set()
        return page
    return desk.page(request, "working.html", job=job, stages=STAGES, said=desk.jobs.said(job))


@router.get("/jobs/{job_id}/state")
def state(request: Request, _: Guest, job_id: str) -> JSONResponse:
    """Progress for the script."""
    job = job_of(request, job_id)
    return JSONResponse({
        "state": job.state, "stage": desk_of(request).jobs.said(job), "step": job.step, "over": job.over,
        "shown": job.preview is not None, "next": next_of(job),
    })  # fmt: skip


@router.post("/jobs/{job_id}/cancel")
def cancel(request: Request, visitor: Guest, job_id: str, csrf: Csrf = "") -> Response:
    """Stop a screening at its next stage; nothing is kept of it."""
    genuine(visitor, csrf)
    job = job_of(request, job_id)
    if job.state == "uploaded":
        desk_of(request).jobs.drop(job)
        return go("/")
    desk_of(request).jobs.cancel(job)
    return go(f"/jobs/{job.id}")
