"""History and list over time: compare two runs with causes, check the ledger, accept a run, diff two lists."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from cmic_screen.errors import CmicError
from cmic_screen.moment import today
from cmic_screen.web import runs
from cmic_screen.web.pages import Csrf, Guest, desk_of, genuine, go

router = APIRouter(include_in_schema=False)


@router.get("/history")
def history(request: Request, _: Guest, old: str = "", new: str = "", verify: bool = False) -> Response:
    """The runs of this machine; two of them compared; the ledger checked."""
    from cmic_screen.history import changes
    from cmic_screen.history import runs as ledger_runs
    from cmic_screen.history import verify as checks
    from cmic_screen.history.ledger import Ledger

    desk = desk_of(request)
    listed = runs.listed(desk.settings, 500)
    found, faults, head, problem = None, None, "", ""
    if listed:
        try:
            with Ledger.open(desk.settings.home, write=False) as ledger:
                head = ledger.head()
                if old and new:
                    found = changes.between(ledger, ledger_runs.find(ledger, old), ledger_runs.find(ledger, new))
                if verify:
                    faults = checks.faults(ledger)
        except CmicError as error:
            problem = error.message
    if not (old and new) and len(listed) > 1:
        old, new = listed[1]["run_id"], listed[0]["run_id"]  # what is asked most: what changed since last time
    moved = sum(1 for c in found or () if c["change"] != "still open")
    return desk.page(
        request, "history.html", runs=listed, old=old, new=new, changes=found, moved=moved, faults=faults, head=head,
        problem=problem,
    )  # fmt: skip


@router.post("/runs/{run_id}/accept")
def accept(request: Request, visitor: Guest, run_id: str, by: Annotated[str, Form()] = "", csrf: Csrf = "") -> Response:
    """Freeze a run as the answer of its period."""
    from cmic_screen.history import runs as ledger_runs
    from cmic_screen.history.ledger import Ledger, who
    from cmic_screen.moment import stamp

    genuine(visitor, csrf)
    visitor.call(by)
    desk = desk_of(request)
    with Ledger.open(desk.settings.home) as ledger:
        found = ledger_runs.find(ledger, run_id)
        ledger_runs.accept(ledger, found, actor=who(visitor.reviewer or by), at=stamp())
    return go(f"/runs/{found.run_id}#accept")


@router.get("/list/diff")
def diff(request: Request, _: Guest, a: str = "embedded", b: str = "") -> Response:
    """What changed from one list to another, in words, and which positions of the newest run it touches."""
    from cmic_screen import impact
    from cmic_screen.history import material
    from cmic_screen.programme import load_programme
    from cmic_screen.reference import compare, store
    from cmic_screen.reference.securities import load_master

    desk = desk_of(request)
    home = desk.settings.home
    at_hand = store.kept(home)
    problem, text, touched = "", "", ""
    if b:
        try:
            before, after = store.find(a, home), store.find(b, home)
            text = compare.to_text(compare.diff(before, after))
            newest = runs.listed(desk.settings, 1)
            if newest:
                kept = material.Material(runs.folder(desk.settings, newest[0]["run_id"]))
                result = impact.impact(
                    kept.intake,
                    before,
                    after,
                    programme=load_programme(home),
                    master=load_master(home),
                    on=today(),
                )
                touched = impact.to_text(result)
        except CmicError as error:
            problem = error.message
    return desk.page(request, "listdiff.html", at_hand=at_hand, a=a, b=b, text=text, touched=touched, problem=problem)
