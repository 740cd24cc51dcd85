"""What differs between two snapshots, entity by entity and field by field, in words and as data; it judges nothing.

Names compare by text and kind; identifiers by scheme and value; the order of a publication means nothing. Where two
lists come from different formats, what one of the formats does not carry is not compared, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cmic_screen.model import ListedEntity, ListSnapshot

LACKS: dict[str, frozenset[str]] = {
    "ENHANCED_XML": frozenset(),
    "LEGACY_CSV": frozenset({"legal authority", "names not in Latin script", "venues of tickers"}),
    "TRADEGOV_CSL": frozenset(
        {"legal authority", "names not in Latin script", "venues of tickers", "links", "kinds of aliases"}
    ),
}
"""What each format does not carry at all (docs/reference/list-formats.md)."""
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
    not_compared: tuple[str, ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """Every uid of which anything differs."""
        return frozenset([e.uid for e in self.added] + [e.uid for e in self.removed] + [c.uid for c in self.changed])


def diff(before: ListSnapshot, after: ListSnapshot) -> ListDiff:
    """What differs. An entity that carries `removed` in one of the two counts as not on that list."""
    old = {e.uid: e for e in before.entities if e.removed is None}
    new = {e.uid: e for e in after.entities if e.removed is None}
    lacking = _lacking(before, after)
    changed = []
    for uid in sorted(old.keys() & new.keys(), key=int):
        changes = _changes(old[uid], new[uid], lacking)
        if changes:
            changed.append(EntityChange(uid=uid, name=new[uid].name, changes=changes))
    return ListDiff(
        before=before,
        after=after,
        added=tuple(new[u] for u in sorted(new.keys() - old.keys(), key=int)),
        removed=tuple(old[u] for u in sorted(old.keys() - new.keys(), key=int)),
        changed=tuple(changed),
        not_compared=tuple(sorted(lacking)),
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
    if not found.touched:
        lines.append("  nothing about any company differs")
    if found.not_compared:
        lines.append(
            f"  not compared, because {found.before.format} and {found.after.format} do not both carry it: "
            f"{', '.join(found.not_compared)}"
        )
    counts = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    return "\n".join([*lines, counts])


def to_dict(found: ListDiff) -> dict[str, Any]:
    """The difference as plain values for JSON."""
    return {
        "not_compared": list(found.not_compared),
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


def _lacking(before: ListSnapshot, after: ListSnapshot) -> frozenset[str]:
    if before.format == after.format:
        return frozenset()
    return LACKS.get(before.format, frozenset()) | LACKS.get(after.format, frozenset())


def _changes(old: ListedEntity, new: ListedEntity, lacking: frozenset[str]) -> tuple[FieldChange, ...]:
    found = []
    before, after = _shown(old, lacking), _shown(new, lacking)
    for name, values in before.items():
        gone, came = tuple(sorted(values - after[name])), tuple(sorted(after[name] - values))
        if gone or came:
            found.append(FieldChange(field=name, gone=gone, new=came))
    return tuple(found)


def _shown(entity: ListedEntity, lacking: frozenset[str]) -> dict[str, set[str]]:
    """Every field as a set of texts, without what is not to be compared."""
    kinds, latin_only = "kinds of aliases" not in lacking, "names not in Latin script" in lacking
    venues = "venues of tickers" not in lacking
    shown = {name: _one(getattr(entity, name)) for name in ("name", *_SINGLE)}
    shown |= {name: set(getattr(entity, name)) for name in _MANY}
    shown["names"] = {
        f"{n.text} ({n.kind.value})" if kinds else n.text for n in entity.names if n.script == "Latin" or not latin_only
    }
    shown["identifiers"] = {f"{i.scheme.value.upper()} {i.value}" for i in entity.identifiers}
    shown["rejected"] = {f"{r.scheme.value.upper()} {r.text} ({r.fault})" for r in entity.rejected}
    shown["tickers"] = {f"{t.text} ({t.venue})" if t.venue and venues else t.text for t in entity.tickers}
    if "legal authority" in lacking:
        shown["legal_authority"] = set()
    if "links" in lacking:
        shown["linked_to"] = set()
    return shown


def _one(value: Any) -> set[str]:
    return {str(value)} if value else set()
