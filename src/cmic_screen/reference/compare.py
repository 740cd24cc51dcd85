"""What differs between two snapshots, entity by entity and field by field, in words and as data; it judges nothing.

Names compare by text, kind and script; identifiers by scheme and value; the order of a publication means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cmic_screen.model import ListedEntity, ListSnapshot

_SINGLE = ("listed", "effective", "divestment_ends", "removed", "target_type")
_MANY = ("linked_to", "programmes", "legal_authority", "countries")
_WORDS = {
    "names": "name",
    "identifiers": "identifier",
    "rejected": "unusable identifier",
    "tickers": "ticker",
    "linked_to": "link",
    "programmes": "programme",
    "legal_authority": "legal authority",
    "countries": "country",
    "listed": "listing date",
    "effective": "date from which dealing is prohibited",
    "divestment_ends": "end of the divestment window",
    "removed": "removal date",
    "target_type": "target type",
    "name": "primary name",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of one entity: what went and what came, as text; both sorted."""

    field: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """`ticker gone: CHA US; new: 728 HK`."""
        parts = [f"{word}: {', '.join(values)}" for word, values in (("gone", self.gone), ("new", self.new)) if values]
        return f"{_WORDS[self.field]} {'; '.join(parts)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityChange:
    """One entity of which something differs."""

    uid: str
    name: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDiff:
    """From `before` to `after`: entities added and removed, and those of which a field differs, by uid."""

    before: ListSnapshot
    after: ListSnapshot
    added: tuple[ListedEntity, ...] = ()
    removed: tuple[ListedEntity, ...] = ()
    changed: tuple[EntityChange, ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """Every uid of which anything differs."""
        return frozenset([e.uid for e in self.added] + [e.uid for e in self.removed] + [c.uid for c in self.changed])


def diff(before: ListSnapshot, after: ListSnapshot) -> ListDiff:
    """What differs. An entity that carries `removed` in one of the two counts as not on that list."""
    old = {e.uid: e for e in before.entities if e.removed is None}
    new = {e.uid: e for e in after.entities if e.removed is None}
    changed = []
    for uid in sorted(old.keys() & new.keys(), key=int):
        changes = _changes(old[uid], new[uid])
        if changes:
            changed.append(EntityChange(uid=uid, name=new[uid].name, changes=changes))
    return ListDiff(
        before=before,
        after=after,
        added=tuple(new[u] for u in sorted(new.keys() - old.keys(), key=int)),
        removed=tuple(old[u] for u in sorted(old.keys() - new.keys(), key=int)),
        changed=tuple(changed),
    )


def to_text(found: ListDiff) -> str:
    """The difference as a person reads it; a diff without difference says so."""
    lines = [f"From the list published {found.before.published} to the one published {found.after.published}:"]
    lines += [
        f"  added    {e.uid} {e.name}: listed {e.listed}, dealing prohibited from {e.effective}, "
        f"divestment until {e.divestment_ends}"
        for e in found.added
    ]
    lines += [f"  removed  {entity.uid} {entity.name}" for entity in found.removed]
    for change in found.changed:
        renamed = any(c.field == "name" for c in change.changes)
        lines.append(f"  {'renamed' if renamed else 'changed'}  {change.uid} {change.name}")
        lines += [f"             {c.words}" for c in change.changes]
    if len(lines) == 1:
        lines.append("  nothing about any company differs")
    counts = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    return "\n".join([*lines, counts])


def to_dict(found: ListDiff) -> dict[str, Any]:
    """The difference as plain values for JSON."""
    return {
        "before": _head(found.before),
        "after": _head(found.after),
        "added": [_entity(e) for e in found.added],
        "removed": [_entity(e) for e in found.removed],
        "changed": [
            {
                "uid": c.uid,
                "name": c.name,
                "changes": [{"field": f.field, "gone": list(f.gone), "new": list(f.new)} for f in c.changes],
            }
            for c in found.changed
        ],
    }


def _head(snapshot: ListSnapshot) -> dict[str, Any]:
    return {
        "published": snapshot.published.isoformat(),
        "digest": snapshot.digest,
        "sha256": snapshot.sha256,
        "format": snapshot.format,
        "entities": sum(e.removed is None for e in snapshot.entities),
    }


def _entity(entity: ListedEntity) -> dict[str, str]:
    return {
        "uid": entity.uid,
        "name": entity.name,
        "listed": entity.listed.isoformat(),
        "effective": entity.effective.isoformat(),
        "divestment_ends": entity.divestment_ends.isoformat(),
    }


def _changes(old: ListedEntity, new: ListedEntity) -> tuple[FieldChange, ...]:
    found = []
    for name, before, after in _pairs(old, new):
        gone, came = tuple(sorted(before - after)), tuple(sorted(after - before))
        if gone or came:
            found.append(FieldChange(field=name, gone=gone, new=came))
    return tuple(found)


def _pairs(old: ListedEntity, new: ListedEntity) -> list[tuple[str, set[str], set[str]]]:
    shown = {"names": _name, "identifiers": _identifier, "rejected": _rejected, "tickers": _ticker}
    return [
        ("name", {old.name}, {new.name}),
        *((name, _one(getattr(old, name)), _one(getattr(new, name))) for name in _SINGLE),
        *((name, set(getattr(old, name)), set(getattr(new, name))) for name in _MANY),
        *((n, {show(v) for v in getattr(old, n)}, {show(v) for v in getattr(new, n)}) for n, show in shown.items()),
    ]


def _one(value: Any) -> set[str]:
    return {str(value)} if value else set()


def _name(value: Any) -> str:
    return f"{value.text} ({value.kind.value})"


def _identifier(value: Any) -> str:
    return f"{value.scheme.value.upper()} {value.value}"


def _rejected(value: Any) -> str:
    return f"{value.scheme.value.upper()} {value.text} ({value.fault})"


def _ticker(value: Any) -> str:
    return f"{value.text} ({value.venue})" if value.venue else str(value.text)
