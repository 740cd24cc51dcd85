"""The review pages: one pair at a time, held left and listed right, a conclusion with its reason, the second person.

Decisions are the ledger's (history.decisions), as on the command line: what lowers a verdict waits for another person
under another token, and proof cannot be dismissed. No rule of its own stands here; identities are not authenticated.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from cmic_screen import service
from cmic_screen.errors import CmicError
from cmic_screen.web import runs
from cmic_screen.web.access import Visitor
from cmic_screen.web.pages import Csrf, Guest, desk_of, genuine, go

if TYPE_CHECKING:
    from cmic_screen.web.app import Desk

router = APIRouter(include_in_schema=False)

CONCLUSIONS = {
    "true-match": "Same: the issuer is the listed entity",
    "false-positive": "Different: the issuer is another",
    "look-through": "Fund: constituents obtained, or a mandate that excludes Chinese issuers",
}


def token_of(desk: Desk, visitor: Visitor) -> str:
    """A digest that tells one start address from another, and nothing of the token."""
    return hashlib.sha256(desk.access.tokens[visitor.reviewer].encode()).hexdigest()[:16]


def pairs(record: dict[str, Any]) -> list[dict[str, Any]]:
    """What a person must decide: a finding and one of its listed entities, or a fund alone."""
    found: list[dict[str, Any]] = []
    for finding in runs.loud(record):
        if finding["verdict"] == "REVIEW":
            matches = finding["matches"] or [None]
            found.extend({"finding": finding, "match": m} for m in matches)
    return found


@router.get("/review")
def review(request: Request, _: Guest, run: str = "", n: int = 0, problem: str = "") -> Response:
    """The n-th pair of a run (the newest where none is named), and the approval queue."""
    return _page(request, run, n, problem)


def _page(request: Request, run: str, n: int, problem: str = "", status: int = 200) -> Response:
    desk = desk_of(request)
    kept = runs.listed(desk.settings, 50)
    waiting = queue(desk)
    if not kept:
        return desk.page(request, "review.html", status, run="", kept=(), total=0, waiting=waiting, problem=problem)
    run = run or str(kept[0]["run_id"])
    found = pairs(runs.record(desk.settings, run))
    n = max(0, min(n, len(found) - 1))
    return desk.page(
        request, "review.html", status, run=run, kept=kept, total=len(found), n=n, pair=found[n] if found else None,
        conclusions=CONCLUSIONS, waiting=waiting, problem=problem,
        until=(service.today() + timedelta(days=365)).isoformat(), reason=request.query_params.get("reason", ""),
    )  # fmt: skip


@router.post("/review")
def decide(
    request: Request,
    visitor: Guest,
    run: Annotated[str, Form()],
    ref: Annotated[str, Form()],
    conclusion: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
    uid: Annotated[str, Form()] = "",
    n: Annotated[int, Form()] = 0,
    csrf: Csrf = "",
) -> Response:
    """Enter a conclusion; what lowers a verdict waits for a second person."""
    from cmic_screen.history import answers, decisions, material
    from cmic_screen.history import runs as ledger_runs
    from cmic_screen.history.ledger import Ledger, who
    from cmic_screen.moment import stamp

    genuine(visitor, csrf)
    desk = desk_of(request)
    try:
        last = date.fromisoformat(until) if until else None
        with Ledger.open(desk.settings.home) as ledger:
            kept = material.Material(ledger_runs.folder(ledger, ledger_runs.find(ledger, run)))
            answer = answers.Answer(
                ref=ref, conclusion=conclusion, reason=reason, on=service.today(), until=last, uid=uid,
                token=token_of(desk, visitor),
            )  # fmt: skip
            actor = who(visitor.reviewer or by)
            bodies = answers.drafts(runs.record(desk.settings, run), kept.snapshot, answer, actor)
            decisions.enter(ledger, bodies, actor=actor, at=stamp())
    except ValueError:
        return _page(request, run, n, f"{until!r} is no day.", 400)
    except CmicError as error:
        return _page(request, run, n, error.message, 422)
    return go(f"/review?run={run}&n={n + 1}")


@router.post("/review/sign")
def sign(
    request: Request, visitor: Guest, identity: Annotated[str, Form()], by: Annotated[str, Form()] = "", csrf: Csrf = ""
) -> Response:
    """The second person's signature; one's own, or one from the same start address, is refused."""
    from cmic_screen.history import decisions
    from cmic_screen.history.ledger import Ledger, who
    from cmic_screen.moment import stamp

    genuine(visitor, csrf)
    desk = desk_of(request)
    try:
        with Ledger.open(desk.settings.home) as ledger:
            decisions.sign(
                ledger, identity, actor=who(visitor.reviewer or by), at=stamp(), token=token_of(desk, visitor)
            )
    except CmicError as error:
        return _page(request, "", 0, error.message, 422)
    return go("/review#queue")


def queue(desk: Desk) -> list[dict[str, Any]]:
    """Decisions that wait for a second person, oldest first."""
    from cmic_screen.history import decisions
    from cmic_screen.history.ledger import FILE, Ledger

    if not (desk.settings.home / FILE).is_file():
        return []
    with Ledger.open(desk.settings.home, write=False) as ledger:
        return [
            m.as_json()
            for m in decisions.all_made(ledger)
            if m.signed is None and m.revoked is None and m.entry.body["conclusion"] in decisions.LOWERING
        ]
