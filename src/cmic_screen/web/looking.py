"""Looking things up on the page: the list and its entities, one security before a trade, help; nothing is written."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from cmic_screen.errors import CmicError
from cmic_screen.model import Action
from cmic_screen.web.pages import Guest, desk_of, list_facts

router = APIRouter(include_in_schema=False)

STATED = {
    "name": "security_name", "isin": "isin", "cusip": "cusip", "sedol": "sedol", "figi": "figi", "ticker": "ticker",
}  # fmt: skip
"""Fields of the form by column of a position."""


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
    stated = {column: asked.get(key, "") for key, column in STATED.items()}
    if any(stated.values()):
        action = asked.get("action", "BUY")
        try:
            wanted = Action[action] if action in Action.__members__ else Action.BUY
            with desk.lender.lent() as resolvers:
                answer = as_data(ask(stated, desk.settings, action=wanted, resolvers=resolvers))
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
