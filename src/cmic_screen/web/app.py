"""The page put together: settings and tokens in, an ASGI app out; it opens no socket and judges nothing.

FastAPI for the API and its description, Jinja2 (autoescaped) for the pages; the gate (guard.py) stands before both.
"""

from __future__ import annotations

import secrets
import threading
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from cmic_screen import __version__, service
from cmic_screen.athand import AtHand
from cmic_screen.delivery import keep
from cmic_screen.errors import CmicError
from cmic_screen.moment import now, today
from cmic_screen.report.sheets.words import PHASES
from cmic_screen.web.access import Access, Visitor
from cmic_screen.web.guard import Guard, Message
from cmic_screen.web.jobs import BUSY, BusyError, Job, Jobs, status_of
from cmic_screen.web.ready import Lender, warm

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from cmic_screen.run import ScreeningRun
    from cmic_screen.settings import Settings

LIMIT = 100_000_000
"""Bytes of one request."""
THREADS = 80
"""Requests answered at one time: every run that may wait (jobs.WAITING) holds one, and pages must still be answered."""
COURTESY = 0.5
"""Seconds at most that writing a report waits for its answer to be drawn."""
FILES = 20
"""Files of one upload."""


PLACES = {"jobs": "/", "upload": "/", "sample": "/", "runs": "/history", "api": "/help"}
"""Where in the navigation a page belongs that is not named in it, by the first word of its path."""


HEADINGS = {404: "Not here", 413: "Too large", 403: "Refused"}
"""What a page that is none is headed by."""

NO_PAGE = "No page has this address. Nothing was lost: what was screened stands under History."


class NotLetInError(Exception):
    """No session and no token: told to open the printed address."""


@dataclass(slots=True)
class Desk:
    """What every page needs: settings, tokens, jobs, templates."""

    settings: Settings
    access: Access
    jobs: Jobs
    templates: Environment
    lender: Lender

    def page(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page. `here` marks the current place in the navigation."""
        first = request.url.path.strip("/").split("/", maxsplit=1)[0]
        place = PLACES.get(first, f"/{first}")
        context = {
            "here": place, "version": __version__, "visitor": self.visitor(request), "limit_mb": LIMIT // 1_000_000,
            "limit_files": FILES, **values,
        }  # fmt: skip
        return HTMLResponse(self.templates.get_template(template).render(context), status_code=status)

    def visitor(self, request: HTTPConnection) -> Visitor | None:
        """Who asks, by cookie or Bearer token."""
        scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
        bearer = bearer if scheme.lower() == "bearer" else ""
        if bearer and not self.access.password_holds(request.headers.get("x-page-password", "")):
            return None
        return self.access.visitor(request.cookies.get(self.access.cookie, ""), bearer)

    def let_in(self, request: Request) -> Visitor:
        """The visitor, or NotLetInError."""
        visitor = self.visitor(request)
        if visitor is None:
            raise NotLetInError
        return visitor


def create_app(
    settings: Settings, access: Access, hosts: frozenset[str], *, limit: int = LIMIT, warmed: bool = False
) -> Guard:
    """The page behind its gate. `hosts` are the Host headers it answers to (name:port). `warmed`: what the first
    screening needs is loaded from the start, beside the first pages.
    """
    from cmic_screen.web import api, looking, pages, past, results, review

    templates = Environment(
        loader=PackageLoader("cmic_screen.web"), autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    templates.filters.update(plain=plain, money=money, ticked=ticked)
    lender = Lender()
    jobs = Jobs(settings.home, lambda job: work(job, settings, lender))
    desk = Desk(settings=settings, access=access, jobs=jobs, templates=templates, lender=lender)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        if warmed:
            threading.Thread(target=warm, args=(settings, lender), daemon=True).start()
        yield
        jobs.close()

    app = FastAPI(
        title="cmic-screen", version=__version__, docs_url=None, redoc_url=None, openapi_url=None,
        lifespan=lifespan, description="Screens holdings against OFAC's NS-CMIC List; the record of interfaces §2.",
    )  # fmt: skip
    app.state.desk = desk
    static = resources.files("cmic_screen.web").joinpath("static")
    app.mount("/static", StaticFiles(directory=Path(str(static))), name="static")
    for room in (past, review, results, looking, pages, api):
        app.include_router(room.router)
    _handle(app, desk)

    def knows(scope: Message) -> bool:
        return desk.visitor(HTTPConnection(scope)) is not None

    return Guard(app=app, hosts=hosts, limit=limit, knows=knows)


def plain(code: object) -> str:
    """A code in words: `NAME_EXACT` is "name exact"; a phase as the report calls it."""
    return PHASES.get(str(code)) or str(code).replace("_", " ").lower()


def money(amount: object) -> str:
    """A decimal string with its thousands parted, digits untouched; any other text as it is."""
    whole, dot, rest = str(amount).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{dot}{rest}" if digits.isdecimal() and digits.isascii() else str(amount)


def ticked(text: str) -> Markup:
    """A sentence with its `commands` set as code, everything else escaped."""
    parts = text.split("`")
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else p for i, p in enumerate(parts))


def _handle(app: FastAPI, desk: Desk) -> None:
    """Failures in words: a page for a browser, JSON for a program."""

    def answer(request: Request, status: int, heading: str, text: str) -> Response:
        if request.url.path.startswith("/api"):
            return JSONResponse({"error": text}, status_code=status)
        return desk.page(request, "message.html", status=status, heading=heading, text=text, failed=True)

    @app.exception_handler(NotLetInError)
    async def not_let_in(request: Request, _: NotLetInError) -> Response:
        text = "Open the address that was printed when the page was started; it holds your token."
        if request.url.path.startswith("/api"):
            return JSONResponse({"error": text}, status_code=401, headers={"www-authenticate": "Bearer"})
        return desk.page(request, "message.html", status=401, heading="Not open yet", text=text, failed=True)

    @app.exception_handler(CmicError)
    async def refused(request: Request, error: CmicError) -> Response:
        status = status_of(error)
        return answer(request, status, HEADINGS.get(status, "Not done"), error.message)

    @app.exception_handler(Exception)  # said here, logged at the gate without its text
    async def faulty(request: Request, _: Exception) -> Response:
        return answer(request, 500, "A fault in the program", "Nothing was decided. Please report what you did.")

    @app.exception_handler(BusyError)
    async def busy(request: Request, _: BusyError) -> Response:
        return answer(request, 503, "Not yet", BUSY)

    @app.exception_handler(RequestValidationError)
    async def misshapen(request: Request, error: RequestValidationError) -> Response:
        wrong = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors()[:5])
        return answer(request, 422, "Not understood", f"The request is not complete, or not as it should be. {wrong}.")

    @app.exception_handler(HTTPException)
    async def known(request: Request, error: HTTPException) -> Response:
        heading = HEADINGS.get(error.status_code, "Not done")
        words = NO_PAGE if error.detail == HTTPStatus.NOT_FOUND.phrase else str(error.detail)  # the router's own words
        return answer(request, error.status_code, heading, words)


def work(job: Job, settings: Settings, lender: Lender) -> str:
    """Screen a job's files as the command line would, keep the run, and say its id. The answer is shown as soon as it
    is known, while report and record are still being written.
    """
    from cmic_screen.report import record as records

    def show(run: ScreeningRun) -> None:
        job.tell(job.stage)
        job.preview = records.preview(run)
        job.answered.set()
        if job.watched:  # drawing the answer comes before writing the report: both need the one interpreter
            job.drawn.wait(COURTESY)

    day = job.as_of or today()
    mark = f"{service.make_run_id(now(), day, job.paths)}-{secrets.token_hex(2)}"  # two people may upload in one second
    request = service.Request(
        files=job.paths, kind=job.kind, as_of=day, profile=job.profile, run_id=job.wanted_id or mark, history=True
    )
    with lender.lent() as resolvers:
        at_hand = AtHand(resolvers=resolvers, reading=job.reading)
        job.reading = None
        return keep(request, settings, say=job.tell, show=show, at_hand=at_hand).run.run_id
