"""A reviewer's answer on a finding of a kept run, checked and drafted as ledger entries; it enters nothing.

Bound to (security fingerprint, listed entity) and a digest of what was judged (`judged.py`). A stated identifier of a
listed entity is proof and cannot be dismissed (architecture §4); a licence permits what it says, no more (E.O. s.1(d)).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import judged
from cmic_screen.errors import UsageError
from cmic_screen.model import Action, InstrumentKind, Licence, Relation

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cmic_screen.history.ledger import Who
    from cmic_screen.model import ListSnapshot

FALSE_POSITIVE, TRUE_MATCH, LICENSED, LOOK_THROUGH = "false-positive", "true-match", "licensed", "look-through"
CONCLUSIONS: Final = (FALSE_POSITIVE, TRUE_MATCH, LICENSED, LOOK_THROUGH)
LOOKED_THROUGH: Final = frozenset({InstrumentKind.FUND.value, InstrumentKind.INDEX_FUTURE.value})
"""Instruments that ask about their members, whoever else is named."""
SHORTEST_REASON: Final = 15
LONGEST_DAYS: Final = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a reviewer concludes of one finding. `uid` "" means every listed entity the finding names. `on` is the day
    in New York. `token` is a digest of the reviewer's token on the page, "" on the command line.
    """

    ref: str
    conclusion: str
    reason: str
    on: date
    until: date | None = None
    uid: str = ""
    licence: Mapping[str, Any] | None = None
    token: str = ""


def drafts(record: Mapping[str, Any], snapshot: ListSnapshot, answer: Answer, actor: Who) -> tuple[dict[str, Any], ...]:
    """The ledger entries that an answer on a kept run would make, one a listed entity; nothing is entered yet.

    UsageError, naming the finding, where the answer is not valid: so that many can be checked before one is entered.
    """
    try:
        _check(answer, actor)
        return _on_finding(record, snapshot, answer)
    except UsageError as error:
        raise UsageError(error.what, where=answer.ref, why=error.why, do=error.do) from error


def _on_finding(record: Mapping[str, Any], snapshot: ListSnapshot, answer: Answer) -> tuple[dict[str, Any], ...]:
    finding = next((f for f in record["findings"] if f["ref"] == answer.ref), None)
    if finding is None or not answer.ref:
        raise UsageError(f"run {record['run_id']} has no such finding.", do="Name it as the report does: F-001.")
    if answer.conclusion == LOOK_THROUGH:
        if finding["instrument"] not in LOOKED_THROUGH:
            raise UsageError("not a fund and not an index: nothing to look through.", do="Use another conclusion.")
        return (_draft(record, finding, answer, uid="", name="", digest=""),)
    matches = [m for m in finding["matches"] if answer.uid in {"", m["entity_uid"]}]
    if not matches:
        raise UsageError("the finding names no such listed entity.", do="Nothing is there to decide on.")
    made = []
    for match in matches:
        _refuse_proof(answer, match)
        entity = snapshot.entity(match["entity_uid"])
        digest = judged.of_parts(entity, match["relation"], match["evidence"])
        if answer.conclusion == FALSE_POSITIVE and not digest:
            raise UsageError("a fund's exposure cannot be dismissed.", do="Obtain its constituents: look-through.")
        made.append(_draft(record, finding, answer, uid=entity.uid, name=entity.name, digest=digest))
    return tuple(made)


def _check(answer: Answer, actor: Who) -> None:
    if answer.conclusion not in CONCLUSIONS:
        raise UsageError(f"{answer.conclusion!r} is no conclusion.", do=f"One of: {', '.join(CONCLUSIONS)}.")
    if len(" ".join(answer.reason.split())) < SHORTEST_REASON:
        raise UsageError(
            f"the reason has fewer than {SHORTEST_REASON} characters.", do="Say what was compared and what differs."
        )
    if not actor.by:
        raise UsageError("who decides is not said.", do="Give --by NAME.")
    until = _until(answer)
    if not answer.on < until <= answer.on + timedelta(days=LONGEST_DAYS):
        raise UsageError(
            f"until {until} is not within {LONGEST_DAYS} days after {answer.on}.", do="A decision is looked at again."
        )
    if (answer.conclusion == LICENSED) != (answer.licence is not None):
        raise UsageError("a licence's particulars and `licensed` belong together.", do="Give both or neither.")
    if answer.licence is not None:
        licence_of(answer.licence, "")


def _until(answer: Answer) -> date:
    return answer.until or answer.on + timedelta(days=LONGEST_DAYS)


def _refuse_proof(answer: Answer, match: Mapping[str, Any]) -> None:
    """A stated identifier of a listed entity is proof: no decision silences it (architecture §4); that of its relative
    proves that it is not listed itself.
    """
    proof = match["relation"] != Relation.RELATED_UNLISTED.value and any(
        e["kind"] == "IDENTIFIER" and e["result"] == "supports" and e["weight"] >= 1 for e in match["evidence"]
    )
    if answer.conclusion == FALSE_POSITIVE and proof:
        raise UsageError(
            f"a stated identifier of {match['entity_name']} cannot be dismissed.",
            why="An equal identifier is proof, not a likeness.",
            do="Correct the identifier where the holdings come from.",
        )


def licence_of(said: Mapping[str, Any], uid: str) -> Licence:
    """A licence's particulars as a value; UsageError where one is missing: a licence permits what it says, no more."""
    needed = ("number", "parties", "actions", "securities", "limits", "valid_from", "valid_to", "digest")
    missing = [name for name in needed if not said.get(name)]
    if missing:
        raise UsageError(f"the licence does not say: {', '.join(missing)}.", do="Give every particular of it.")
    if len(str(said["digest"])) != 64:
        raise UsageError("the licence document's digest is not a SHA-256.", do="Give the file itself or its digest.")
    try:
        licence = Licence(
            number=str(said["number"]),
            actions=tuple(Action(str(a)) for a in said["actions"]),
            valid_from=date.fromisoformat(str(said["valid_from"])),
            valid_to=date.fromisoformat(str(said["valid_to"])),
            uids=(uid,) if uid else (),
            scope=f"parties: {said['parties']}; securities: {said['securities']}; limits: {said['limits']}",
            digest=str(said["digest"]),
        )
    except ValueError as error:
        raise UsageError(
            f"the licence is not understood: {error}.", do="Dates are ISO; actions as in `check`."
        ) from error
    if licence.valid_to < licence.valid_from:
        raise UsageError("the licence ends before it begins.")
    return licence


def _draft(
    record: Mapping[str, Any], finding: Mapping[str, Any], answer: Answer, *, uid: str, name: str, digest: str
) -> dict[str, Any]:
    return {
        "run_id": record["run_id"],
        "ref": answer.ref,
        "fingerprint": finding["security"],
        "uid": uid,
        "entity": name,
        "security": {k: finding[k] for k in ("issuer_name", "security_name", "identifiers")},
        "conclusion": answer.conclusion,
        "reason": " ".join(answer.reason.split()),
        "on": answer.on.isoformat(),
        "until": _until(answer).isoformat(),
        "evidence_digest": digest,
        "licence": None if answer.licence is None else dict(answer.licence),
        "token": answer.token,
        "identity": "not authenticated",
    }
