"""The API for other programs: the same record as the command line, with the token as a Bearer (interfaces §5)."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Query, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException

from cmic_screen.model import Action
from cmic_screen.web import intake, runs
from cmic_screen.web.access import Visitor, csrf_holds
from cmic_screen.web.app import FILES
from cmic_screen.web.pages import desk_of, list_facts, visitor_of

router = APIRouter(prefix="/api", tags=["screening"])
Caller = Annotated[Visitor, Depends(visitor_of)]
ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"description": "No token, or not a good one."},
    413: {"description": "Too large, or too many files."},
    400: {"description": "Asked for in a way that has no answer."},
    422: {"description": "Not understood: the sentence says what, where and what to do."},
}


@router.get("/check", responses=ERRORS)
def check(
    request: Request, _: Caller, name: str = "", isin: str = "", cusip: str = "", sedol: str = "", figi: str = "",
    ticker: str = "", action: Action = Action.HOLD, on: date | None = None,
) -> dict[str, Any]:  # fmt: skip
    """One security before a trade: verdict, evidence, what is permitted."""
    from cmic_screen.checking import as_data
    from cmic_screen.checking import check as ask

    stated = {"security_name": name, "isin": isin, "cusip": cusip, "sedol": sedol, "figi": figi, "ticker": ticker}
    desk = desk_of(request)
    with desk.lender.lent() as resolvers:
        return as_data(ask(stated, desk.settings, action=action, on=on, resolvers=resolvers))


@router.get("/list", responses=ERRORS)
def listed(request: Request, _: Caller) -> dict[str, Any]:
    """The list in force: publication, digest, age, entities."""
    from cmic_screen.reference.snapshot import entity_dict

    facts = list_facts(desk_of(request))
    snapshot = facts["snapshot"]
    return {
        "publisher": snapshot.publisher, "published": snapshot.published.isoformat(), "sha256": snapshot.sha256,
        "age_days": facts["list_age"], "stale": facts["list_stale"],
        "entities": [entity_dict(e) for e in snapshot.entities],
    }  # fmt: skip


@router.get("/runs", responses=ERRORS)
def history(request: Request, _: Caller, most: Annotated[int, Query(ge=1, le=500)] = 50) -> list[dict[str, Any]]:
    """The newest kept runs."""
    return runs.listed(desk_of(request).settings, most)


@router.get("/runs/{run_id}", responses={**ERRORS, 404: {"description": "No such run."}})
def one(request: Request, _: Caller, run_id: str) -> dict[str, Any]:
    """The record of a kept run, all rows in it."""
    return runs.record(desk_of(request).settings, run_id)


@router.post("/screen", responses=ERRORS)
def screen(
    request: Request,
    caller: Caller,
    files: Annotated[list[UploadFile], File(description="Holdings files.")],
    as_of: Annotated[date | None, Form()] = None,
    kind: Annotated[str, Form(pattern="^(holdings|trades)$")] = "holdings",
    run_id: Annotated[str, Form(pattern=r"^[A-Za-z0-9._-]{0,64}$")] = "",
) -> Response:
    """Screen files and answer with the record, as `screen --json` writes it. The run is kept in the history."""
    from cmic_screen.report import record as records

    if not csrf_holds(caller, request.headers.get("x-csrf", "")):
        raise HTTPException(403, "Use the token as a Bearer, or send the session's token as X-CSRF.")
    desk = desk_of(request)
    job = intake.take(desk.jobs, files, kind=kind, reviewer=caller.reviewer, most=FILES)
    job.as_of, job.wanted_id = as_of, run_id
    try:
        desk.jobs.start(job)
        job.ended.wait()
    finally:
        desk.jobs.drop(job)
    if job.state != "done":
        raise HTTPException(job.error_status, job.error or job.stage)
    record = runs.told(desk.settings, job.run_id)
    return Response(records.dumps(record), media_type="application/json")


@router.get("/docs", include_in_schema=False, response_class=HTMLResponse)
def docs(request: Request, _: Caller) -> HTMLResponse:
    """The API described, drawn from its OpenAPI document; nothing from another host."""
    return desk_of(request).page(request, "api.html", api=request.app.openapi())


@router.get("/openapi.json", include_in_schema=False)
def described(request: Request, _: Caller) -> JSONResponse:
    """The OpenAPI document."""
    return JSONResponse(request.app.openapi())


@router.get("/version", responses=ERRORS)
def version(_: Caller) -> JSONResponse:
    """The program's version."""
    from cmic_screen import __version__

    return JSONResponse({"name": "cmic-screen", "version": __version__})
