"""The review pages: one pair at a time, held left and listed right, a conclusion with its reason, the second person.

Decisions are the ledger's (history.decisions), as on the command line: what lowers a verdict waits for another person
under another token, and proof cannot be dismissed. No rule of its own stands here; identities are not authenticated.
"""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request, Response

from cmic_screen.errors import CmicError
from cmic_screen.history.answers import LOOKED_THROUGH
from cmic_screen.moment import today
from cmic_screen.web import runs
from cmic_screen.web.access import Visitor
from cmic_screen.web.jobs import status_of
from cmic_screen.web.pages import Csrf, Guest, desk_of, genuine, go

if TYPE_CHECKING:
    from cmic_screen.model import DecisionOnMatch
    from cmic_screen.web.app import Desk

router = APIRouter(include_in_schema=False)

CONCLUSIONS = {
    "true-match": "Same: the issuer is the listed entity",
    "false-positive": "Different: the issuer is another",
    "look-through": "Constituents obtained, or a mandate or index rule that excludes Chinese issuers",
}


def token_of(desk: Desk, visitor: Visitor) -> str:
    """A digest that tells one start address from another, and nothing of the token."""
    return hashlib.sha256(desk.access.tokens[visitor.reviewer].encode()).hexdigest()[:16]


OPEN = {
    "doubtful_instrument": "Whether this kind of instrument ({kind}) is covered is open.",
    "no_public_security": "No publicly traded security of the listed entity is known, and the row shows none.",
    "not_traded": "No market is known on which this security still trades.",
}
"""What is open beside who the issuer is, by the case of programme.toml that asks."""


def pairs(record: dict[str, Any]) -> list[dict[str, Any]]:
    """What a person must decide: a finding and a listed entity, or the members of a fund or index; for and against in
    words.
    """
    found: list[dict[str, Any]] = []
    loud = list(runs.loud(record))
    seen = seen_whole(record, loud)
    for finding in loud:
        if finding["verdict"] == "REVIEW":
            matches = finding["matches"] or [None]
            if finding["instrument"] in LOOKED_THROUGH and finding["security"] not in seen:
                # the fund itself, and who may be named beside it; what stands in its constituents is not dismissed
                matches = [None, *(m for m in finding["matches"] if m["relation"] != "FUND_EXPOSURE")]
            found.extend(
                {"finding": finding, "match": m, "agrees": agreements(m), "differs": differences(finding, m)}
                for m in matches
            )
    return found


def seen_whole(record: dict[str, Any], findings: list[dict[str, Any]]) -> set[str]:
    """The securities that are funds whose constituents are complete and recent, by fingerprint."""
    refs = {line["ref"] for line in record.get("exposure", ()) if line["state"] == "complete"}
    return {f["security"] for f in findings if f["ref"] in refs}


def agreements(match: dict[str, Any] | None) -> list[str]:
    """What speaks for the pair, each with its source."""
    evidence = match["evidence"] if match else ()
    return [_sentence(e) for e in evidence if e["result"] == "supports"]


def differences(finding: dict[str, Any], match: dict[str, Any] | None) -> list[str]:
    """What speaks against the pair, and what is not known that would settle it."""
    evidence = match["evidence"] if match else ()
    said = [_sentence(e) for e in evidence if e["result"] == "contradicts"]
    said += [f"{r['scheme'].upper()} {r['text']} is not valid: {r['fault']}." for r in finding["identifiers_rejected"]]
    if not finding["identifiers"]:
        said.append("No valid identifier is stated: the name or ticker alone speaks. An ISIN would settle it.")
    elif match and not any(e["kind"] == "IDENTIFIER" for e in evidence):
        said.append("The identifiers stated are none known of the listed entity.")
    if match and match["relation"] == "RELATED_UNLISTED":
        said.append(f"What agrees is of a relative, not of the listed entity: {match['reason']}.")
    if match and match["sub_reason"] in OPEN:
        said.append(OPEN[match["sub_reason"]].format(kind=finding["instrument"].replace("_", " ").lower()))
    if match is None:
        index = finding["instrument"] == "INDEX_FUTURE"
        missing = "The index's members were" if index else "Its constituents are"
        said.append(f"{missing} not {'looked through' if index else 'at hand, or not recent and complete'}.")
    return said


def _sentence(evidence: dict[str, Any]) -> str:
    detail = evidence["detail"] or evidence["kind"].replace("_", " ").lower()
    compared = f"held {evidence['searched']}; listed {evidence['found']}; {evidence['source']}"
    return f"{detail[:1].upper()}{detail[1:]} ({compared})."


@router.get("/review")
def review(
    request: Request, _: Guest, run: str = "", n: int | None = None, done: str = "", after: int = -1
) -> Response:
    """The n-th pair of a run (the newest with a question where none is named), or the first without a conclusion after
    the pair `after`; and the approval queue. `done` is the decision just entered or signed.
    """
    return _page(request, run, n, done=done, after=after)


def _page(
    request: Request,
    run: str,
    n: int | None,
    problem: str = "",
    status: int = 200,
    reason: str = "",
    done: str = "",
    after: int = -1,
) -> Response:
    desk = desk_of(request)
    kept = runs.listed(desk.settings, 50)
    decisions, ending = made(desk, token_of(desk, desk.let_in(request)))
    waiting = [d for d in decisions if d["signed"] is None and d["revoked"] is None and d["lowering"]]
    told = next((d for d in decisions if d["id"] == done), None)
    if not kept:
        return desk.page(
            request, "review.html", status, run="", kept=(), total=0, waiting=waiting, problem=problem, ending=ending,
            told=told,
        )  # fmt: skip
    run = run or next((str(k["run_id"]) for k in kept if k["totals"]["review"]), str(kept[0]["run_id"]))
    found = pairs(runs.told(desk.settings, run))
    for pair in found:
        uid = pair["match"]["entity_uid"] if pair["match"] else ""
        same = [d for d in decisions if (d["fingerprint"], d["uid"]) == (pair["finding"]["security"], uid)]
        pair["made"] = same[-1] if same and same[-1]["revoked"] is None else None
    open_ = [i for i, pair in enumerate(found) if pair["made"] is None]
    further = next((i for i in open_ if i > after), open_[0] if open_ else 0)
    n = max(0, min(further if n is None else n, len(found) - 1))
    return desk.page(
        request, "review.html", status, run=run, kept=kept, total=len(found), n=n, pair=found[n] if found else None,
        ending=ending, conclusions=CONCLUSIONS, waiting=waiting, problem=problem, decided=len(found) - len(open_),
        until=(today() + timedelta(days=365)).isoformat(), reason=reason, told=told,
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
    from cmic_screen.history.store import LIST
    from cmic_screen.moment import stamp

    genuine(visitor, csrf)
    visitor.call(by)
    desk = desk_of(request)
    try:
        last = date.fromisoformat(until) if until else None
        with Ledger.open(desk.settings.home) as ledger:
            kept = material.Material(ledger_runs.whole(ledger, ledger_runs.find(ledger, run), LIST))
            answer = answers.Answer(
                ref=ref, conclusion=conclusion, reason=reason, on=today(), until=last, uid=uid,
                token=token_of(desk, visitor),
            )  # fmt: skip
            actor = who(visitor.reviewer or by)
            bodies = answers.drafts(runs.record(desk.settings, run), kept.snapshot, answer, actor)
            entered = decisions.enter(ledger, bodies, actor=actor, at=stamp())
    except ValueError:
        return _page(request, run, n, f"{until!r} is no day.", 400, reason)
    except CmicError as error:
        return _page(request, run, n, error.message, status_of(error), reason)
    return go(f"/review?run={quote(run)}&done={entered[0].id}&after={n}")


@router.post("/review/sign")
def sign(
    request: Request, visitor: Guest, identity: Annotated[str, Form()], by: Annotated[str, Form()] = "", csrf: Csrf = ""
) -> Response:
    """The second person's signature; one's own, or one from the same start address, is refused."""
    from cmic_screen.history import decisions
    from cmic_screen.history.ledger import Ledger, who
    from cmic_screen.moment import stamp

    genuine(visitor, csrf)
    visitor.call(by)
    desk = desk_of(request)
    try:
        with Ledger.open(desk.settings.home) as ledger:
            decisions.sign(
                ledger, identity, actor=who(visitor.reviewer or by), at=stamp(), token=token_of(desk, visitor)
            )
    except CmicError as error:
        return _page(request, "", None, error.message, status_of(error))
    return go(f"/review?done={quote(identity)}")


def made(desk: Desk, token: str) -> tuple[list[dict[str, Any]], tuple[DecisionOnMatch, ...]]:
    """Every decision, oldest first, with `lowering` (needs a second person) and `mine` (entered under this token); and
    those in force that end soon.
    """
    from cmic_screen.history import decisions
    from cmic_screen.history.ledger import FILE, Ledger

    if not (desk.settings.home / FILE).is_file():
        return [], ()
    with Ledger.open(desk.settings.home, write=False) as ledger:
        found = [
            {
                **m.as_json(), "lowering": m.entry.body["conclusion"] in decisions.LOWERING,
                "mine": m.entry.body["token"] == token,
            }
            for m in decisions.all_made(ledger)
        ]  # fmt: skip
        return found, decisions.nearing_expiry(decisions.in_force(ledger, today()), today())
