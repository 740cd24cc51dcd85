"""The list in words and as plain data, for the terminal and for programs; it only says what a snapshot holds.

Why a company is listed is printed with who stated it, never as our own claim.
"""

from __future__ import annotations

import textwrap
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cmic_screen.model import NameKind
from cmic_screen.reference.basis import spoken
from cmic_screen.reference.compare import diff, to_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.model import ListedEntity, ListSnapshot
    from cmic_screen.reference.update import Update

_WIDTH = 92
_KINDS = {
    NameKind.PRIMARY: "name",
    NameKind.AKA: "also known as",
    NameKind.FKA: "formerly",
    NameKind.WEAK: "weak alias (OFAC: low quality)",
    NameKind.ISSUER: "issuer name (OFAC)",
    NameKind.MASTER: "name (not OFAC's)",
}


def head_dict(snapshot: ListSnapshot) -> dict[str, Any]:
    """What identifies a list: publisher, dates, digests, source, counts, notes."""
    return {
        "publisher": snapshot.publisher,
        "published": snapshot.published.isoformat(),
        "retrieved_at": snapshot.retrieved_at,
        "checked_at": snapshot.checked_at,
        "sha256": snapshot.sha256,
        "digest": snapshot.digest,
        "source": snapshot.source,
        "format": snapshot.format,
        "embedded": snapshot.embedded,
        "entities": sum(e.removed is None for e in snapshot.entities),
        "removed": sum(e.removed is not None for e in snapshot.entities),
        "records_in_file": snapshot.records,
        "notes": list(snapshot.notes),
    }


def head_text(snapshot: ListSnapshot) -> str:
    """The same for a person."""
    head = head_dict(snapshot)
    removed = f", and {head['removed']} that were removed" if head["removed"] else ""
    lines = [
        f"NS-CMIC List, published {spoken(snapshot.published)}",
        f"  companies       {head['entities']}{removed} (of {snapshot.records} records of all lists in the file)",
        f"  publisher       {snapshot.publisher}",
        f"  source          {snapshot.source} ({snapshot.format})"
        + (", came with this release" if snapshot.embedded else ""),
        f"  fetched         {snapshot.retrieved_at or 'not recorded'}",
        f"  last checked    {snapshot.checked_at or 'never; its age counts from publication'}",
        f"  file SHA-256    {snapshot.sha256}",
        f"  snapshot digest {snapshot.digest}",
    ]
    return "\n".join([*lines, *(f"  note            {note}" for note in snapshot.notes)])


def status_text(snapshot: ListSnapshot, *, age: int, stale: bool, limit: int, last: Mapping[str, str] | None) -> str:
    """`list status` for a person: the list, its age, and what to do where it is too old."""
    since = "the last successful check" if snapshot.checked_at else "publication"
    lines = [head_text(snapshot), f"  age             {age} days since {since}; the limit is {limit}"]
    if last:
        lines.append(f"  last attempt    {last['at']}: {last['outcome']}")
    if stale:
        lines += [
            "",
            f"STALE: no more can be said than 'no match to the list published {snapshot.published}; currency not",
            "confirmed'. Run `cmic-screen list update`, or carry a file in with `list update --from FILE`.",
        ]
    else:
        lines += ["", "Current: checked within the limit."]
    return "\n".join(lines)


def update_text(done: Update) -> str:
    """What an update did, for a person."""
    if not done.in_force:
        verdict = (
            f"Kept for screening on past days. The list published {done.changes.before.published} stays in force, "
            f"because it is newer than this one ({done.snapshot.published})."
        )
    elif done.same:
        verdict = "Checked: this is the list in force already. It stays in force, and its age counts from now."
    else:
        verdict = "In force from now on."
    return "\n".join([verdict, head_text(done.snapshot), to_text(done.changes)])


def table(snapshot: ListSnapshot) -> str:
    """Every company in a line: number, dates, tickers, name."""
    lines = [head_text(snapshot), "", f"{'uid':<6} {'listed':<11} {'prohibited':<11} {'window ends':<11} name"]
    for e in snapshot.entities:
        tickers = ", ".join(t.text for t in e.tickers[:3]) + (", …" if len(e.tickers) > 3 else "")
        gone = f" [removed {e.removed}]" if e.removed else ""
        lines.append(
            f"{e.uid:<6} {e.listed!s:<11} {e.effective!s:<11} {e.divestment_ends!s:<11} {e.name}"
            f"{f' ({tickers})' if tickers else ''}{gone}"
        )
    return "\n".join(lines)


def find_entities(snapshot: ListSnapshot, what: str) -> tuple[ListedEntity, ...]:
    """Entities of that uid; else of that very name; else all with the text in one of their names, case aside."""
    asked = " ".join(what.split()).casefold()
    by_uid = tuple(e for e in snapshot.entities if e.uid == asked)
    if by_uid or not asked:
        return by_uid
    named = tuple(e for e in snapshot.entities if any(n.text.casefold() == asked for n in e.names))
    return named or tuple(e for e in snapshot.entities if any(asked in n.text.casefold() for n in e.names))


def entity_text(entity: ListedEntity) -> str:
    """Everything the list says of one company, for a person."""
    lines = [
        f"{entity.name}  (OFAC uid {entity.uid})",
        f"  listed                {spoken(entity.listed)}",
        f"  dealing prohibited    from {spoken(entity.effective)}, 00:01 New York",
        f"  divestment permitted  before {spoken(entity.divestment_ends)}, 00:01 New York; not obligatory",
    ]
    if entity.removed:
        lines.append(f"  removed               from the list published {spoken(entity.removed)}")
    lines += _rows("why", [*textwrap.wrap(entity.basis.text, _WIDTH), f"Source: {entity.basis.source}"])
    lines += _rows("names", (f"{n.text}  [{_KINDS[n.kind]}]" for n in entity.names))
    lines += _rows("tickers", (f"{t.text}{f'  [{t.venue}]' if t.venue else ''}" for t in entity.tickers))
    lines += _rows("identifiers", (f"{i.scheme.value.upper():<10} {i.value}" for i in entity.identifiers))
    lines += _rows("not usable", (f"{r.scheme.value.upper():<10} {r.text}  ({r.fault})" for r in entity.rejected))
    lines += _rows("target type", [entity.target_type] if entity.target_type else [])
    lines += _rows("linked to", entity.linked_to)
    lines += _rows("countries", [", ".join(entity.countries)] if entity.countries else [])
    lines += _rows("programme", entity.programmes)
    lines += _rows("legal authority", entity.legal_authority)
    return "\n".join(lines)


def history_text(at_hand: Sequence[ListSnapshot], log: Sequence[Mapping[str, str]], in_force: str) -> str:
    """Every list at hand, oldest first, with what changed since the one before, and every check made."""
    lines = [f"{'published':<11} {'digest':<13} {'companies':<9} {'added':>5} {'gone':>5} {'changed':>7}  source"]
    for s, changes in zip(at_hand, changes_of(at_hand), strict=True):
        mark = "  <- in force" if s.digest == in_force else ""
        counts = f"{changes['added']:>5} {changes['removed']:>5} {changes['changed']:>7}" if changes else " " * 19
        count = head_dict(s)["entities"]
        lines.append(f"{s.published!s:<11} {s.digest[:12]:<13} {count:<9} {counts}  {s.source} ({s.format}){mark}")
    lines += ["", "Checks:" if log else "No check was ever made here."]
    return "\n".join([*lines, *(f"  {c['at']}  {c['source']}: {c['outcome']}" for c in log)])


def changes_of(at_hand: Sequence[ListSnapshot]) -> list[dict[str, int]]:
    """How many companies each list added, removed and changed against the one before it; {} for the first."""
    counted: list[dict[str, int]] = [{} for _ in at_hand[:1]]
    for before, after in pairwise(at_hand):
        found = diff(before, after)
        counted.append({"added": len(found.added), "removed": len(found.removed), "changed": len(found.changed)})
    return counted


def _rows(head: str, values: Sequence[str] | Any) -> list[str]:
    return [f"  {head if n == 0 else '':<21} {value}" for n, value in enumerate(values)]
