"""Reviewers' decisions in the ledger: entering, signing, revoking, and which are in force on a day; it judges no match.

Whatever lowers a verdict needs a second person. Identity not authenticated: the name is what was typed, beside the
account of the operating system.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.errors import HistoryError, UsageError
from cmic_screen.history.answers import FALSE_POSITIVE, LICENSED, LOOK_THROUGH, SHORTEST_REASON, licence_of
from cmic_screen.model import DecisionOnMatch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.history.ledger import Entry, Ledger, Who

DECISION: Final = "decision"
SIGN, REVOKE = "sign", "revoke"
LOWERING: Final = frozenset({FALSE_POSITIVE, LICENSED, LOOK_THROUGH})
"""Conclusions that lower a verdict and so work only when a second person has signed."""

NEAR_DAYS: Final = 30
"""Days before its end from which a decision is shown as nearing expiry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision as the ledger has it, with its marks: `signed` and `revoked` are the entries, or None."""

    entry: Entry
    signed: Entry | None
    revoked: Entry | None

    @property
    def id(self) -> str:
        """`D-0001`…"""
        return str(self.entry.body["id"])

    def as_json(self) -> dict[str, Any]:
        """For `decisions list --format json`."""
        marks = {
            name: None
            if e is None
            else {"by": e.who.by, "at": e.at, **{k: e.body[k] for k in ("reason",) if k in e.body}}
            for name, e in (("signed", self.signed), ("revoked", self.revoked))
        }
        return {**self.entry.body, "by": self.entry.who.by, "at": self.entry.at,
                "os_account": self.entry.who.os_account, "host": self.entry.who.host, **marks}  # fmt: skip


def enter(ledger: Ledger, bodies: Sequence[Mapping[str, Any]], *, actor: Who, at: str) -> tuple[Made, ...]:
    """Enter drafted decisions, all of them or none; numbers are given here."""
    with ledger.writing():
        return tuple(_enter(ledger, body, actor, at) for body in bodies)


def _enter(ledger: Ledger, body: Mapping[str, Any], actor: Who, at: str) -> Made:
    count = ledger.connection.execute("SELECT count(*) FROM decision").fetchone()[0]
    identity = f"D-{count + 1:04d}"

    def index(seq: int) -> None:
        ledger.connection.execute(
            "INSERT INTO decision (id, seq, fingerprint, uid) VALUES (?,?,?,?)",
            (identity, seq, body["fingerprint"], body["uid"]),
        )

    entry = ledger.append(DECISION, {**body, "id": identity}, actor=actor, at=at, index=index)
    return Made(entry=entry, signed=None, revoked=None)


def sign(ledger: Ledger, identity: str, *, actor: Who, at: str, token: str = "") -> Entry:
    """The second person's signature. HistoryError: no such decision, signed or revoked already, or the same person;
    UsageError: no name.

    Same person: the same name, the same page token, or (unless both came with different tokens) the same account of the
    operating system.
    """
    made = find(ledger, identity)
    if made.signed is not None:
        raise HistoryError(f"{made.id} was signed by {made.signed.who.by} on {made.signed.at}.")
    if made.revoked is not None:
        raise HistoryError(f"{made.id} was revoked by {made.revoked.who.by} on {made.revoked.at}.")
    if not actor.by:
        raise UsageError("who signs is not said.", do="Give --by NAME.")
    _refuse_same_person(made, actor, token, "sign it", "Sign")
    return _mark(ledger, made, SIGN, {"token": token}, actor=actor, at=at)


def _refuse_same_person(made: Made, actor: Who, token: str, what: str, how: str) -> None:
    first, told = made.entry.who, str(made.entry.body["token"])
    if actor.by.casefold() == first.by.casefold():
        raise HistoryError(f"{made.id} was made by {first.by}; a second person must {what}.")
    two_tokens = bool(token and told and token != told)
    if not two_tokens and (actor.os_account.casefold() == first.os_account.casefold() or (token and token == told)):
        raise HistoryError(
            f"{made.id} was made under the same account ({first.os_account}); a second person must {what}.",
            why="Names are typed, not authenticated; the account is what tells two people apart here.",
            do=f"{how} from the second person's own account, or on the page with their own start address.",
        )


def revoke(ledger: Ledger, identity: str, *, reason: str, actor: Who, at: str) -> Entry:
    """Take a decision back. One person is enough where that raises a verdict; a `true-match` is taken back by another
    than made it, for what it proved becomes a question again. Errors: those of `sign`.
    """
    made = find(ledger, identity)
    if made.revoked is not None:
        raise HistoryError(f"{made.id} was revoked by {made.revoked.who.by} on {made.revoked.at}.")
    if not actor.by or len(" ".join(reason.split())) < SHORTEST_REASON:
        raise UsageError(f"a revocation needs --by and a reason of {SHORTEST_REASON} characters.", where=made.id)
    if made.entry.body["conclusion"] not in LOWERING:
        _refuse_same_person(made, actor, "", "take it back", "Revoke")
    return _mark(ledger, made, REVOKE, {"reason": " ".join(reason.split())}, actor=actor, at=at)


def _mark(ledger: Ledger, made: Made, kind: str, more: Mapping[str, Any], *, actor: Who, at: str) -> Entry:
    def index(seq: int) -> None:
        ledger.connection.execute("INSERT INTO mark (seq, decision_id, kind) VALUES (?,?,?)", (seq, made.id, kind))

    body = {"id": made.id, "decision": made.entry.digest, **more}
    return ledger.append(kind, body, actor=actor, at=at, index=index)


def all_made(ledger: Ledger) -> tuple[Made, ...]:
    """Every decision ever made, oldest first, with its marks."""
    signed = {str(e.body["id"]): e for e in ledger.entries(SIGN)}
    revoked = {str(e.body["id"]): e for e in ledger.entries(REVOKE)}
    return tuple(
        Made(entry=e, signed=signed.get(i), revoked=revoked.get(i))
        for e in ledger.entries(DECISION)
        if (i := str(e.body["id"]))
    )


def find(ledger: Ledger, identity: str) -> Made:
    """The decision with that id; HistoryError where there is none."""
    for made in all_made(ledger):
        if made.id == identity:
            return made
    raise HistoryError(f"there is no decision {identity!r}.", do="`cmic-screen decisions list` names them.")


def in_force(ledger: Ledger, as_of: date) -> tuple[DecisionOnMatch, ...]:
    """The latest decision on each pair (security, entity) as of a day, those out of force with the reason why.

    One that lowers a verdict takes another's place only when it is signed; until then both are given. A licence stands
    beside what was concluded of who the issuer is, and ends a dismissal: nobody licenses dealing in a stranger.
    Whether list entry, security and evidence are still what was judged is seen when screening (`judged.lapse`).
    """
    held: dict[tuple[str, str, bool], Made] = {}
    waiting: dict[tuple[str, str, bool], Made] = {}
    for made in all_made(ledger):
        said = made.entry.body
        licence = said["conclusion"] == LICENSED
        pair = (said["fingerprint"], said["uid"], licence)
        if said["conclusion"] in LOWERING and made.signed is None:
            waiting[pair] = made
            continue
        held[pair] = made
        waiting.pop(pair, None)
        identity = held.get((*pair[:2], False))
        if licence and identity is not None and identity.entry.body["conclusion"] == FALSE_POSITIVE:
            del held[identity.entry.body["fingerprint"], identity.entry.body["uid"], False]
    return tuple(_value(made, as_of) for made in sorted((*held.values(), *waiting.values()), key=lambda m: m.id))


def _value(made: Made, as_of: date) -> DecisionOnMatch:
    body, until = made.entry.body, date.fromisoformat(made.entry.body["until"])
    why = ""
    if made.revoked is not None:
        why = f"revoked by {made.revoked.who.by} on {made.revoked.at[:10]}: {made.revoked.body['reason']}"
    elif as_of > until:
        why = f"expired on {until}"
    elif body["conclusion"] in LOWERING and made.signed is None:
        why = "awaits a second person's signature"
    return DecisionOnMatch(
        id=made.id,
        fingerprint=body["fingerprint"],
        uid=body["uid"],
        conclusion=body["conclusion"],
        reason=body["reason"],
        by=made.entry.who.by,
        on=body["on"],
        until=until,
        signed_by="" if made.signed is None else made.signed.who.by,
        evidence_digest=body["evidence_digest"],
        in_force=not why,
        why_not=why,
        licence=None if body["licence"] is None else licence_of(body["licence"], body["uid"]),
    )


def nearing_expiry(decisions: Sequence[DecisionOnMatch], as_of: date) -> tuple[DecisionOnMatch, ...]:
    """Those in force that end within `NEAR_DAYS` days after `as_of`, soonest first."""
    near = [d for d in decisions if d.in_force and as_of <= d.until <= as_of + timedelta(days=NEAR_DAYS)]
    return tuple(sorted(near, key=lambda d: (d.until, d.id)))
