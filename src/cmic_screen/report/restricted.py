"""Every known identifier of every listed company as csv for an order system's restricted list; never exhaustive.

The ban follows the issuer, not the identifier (E.O. 13959 as amended, s.1(a)): what is not on this list may still be
its security. The first line says so.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from cmic_screen.programme import load_programme
from cmic_screen.reference.securities import load_master
from cmic_screen.report.csvout import safe
from cmic_screen.terms import OWN_RELATIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from cmic_screen.model import ListedEntity, ListSnapshot, MasterRow

COLUMNS = (
    "uid", "entity", "relation", "scheme", "value", "market", "phase", "listed", "effective", "divestment_ends",
    "removed", "valid_from", "valid_to", "policy", "source", "confidence", "note",
)  # fmt: skip


def restricted_rows(snapshot: ListSnapshot, home: Path | None, on: date) -> dict[str, Any]:
    """The export as plain values: `notice` (that it is not exhaustive), the digests, and one row per identifier with
    the keys `COLUMNS`. `on` is the day (New York) whose phase is given; UsageError before the model begins. Unlisted
    relatives appear only where the master asks for review.
    """
    programme = load_programme(home)
    instant = programme.as_of_instant(on)
    master = load_master(home)
    found = []
    for entity in snapshot.entities:
        head = [entity.uid, entity.name]
        tail = [
            str(programme.phase(entity, instant)), str(entity.listed), str(entity.effective),
            str(entity.divestment_ends), str(entity.removed or ""),
        ]  # fmt: skip
        rows = sorted({*_published(entity), *_of_master(entity, master.rows)})
        for relation, scheme, value, market, *rest in rows:
            line = [*head, relation, scheme, value, market, *tail, *rest]
            found.append(dict(zip(COLUMNS, line, strict=True)))
    return {
        "notice": (
            "NOT EXHAUSTIVE: the ban follows the issuer, so a security that is not here may be prohibited. NS-CMIC "
            f"List published {snapshot.published}, SHA-256 {snapshot.sha256}; securities master SHA-256 "
            f"{master.sha256}; phases on {on}."
        ),
        "published": snapshot.published.isoformat(), "sha256": snapshot.sha256, "securities_sha256": master.sha256,
        "on": on.isoformat(), "rows": found,
    }  # fmt: skip


def as_csv(found: Mapping[str, Any]) -> str:
    """The same as csv text: the notice on a line of its own, a header, one line an identifier."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([f"{found['notice']} A cell that begins with ' is text."])
    writer.writerow(COLUMNS)
    writer.writerows([safe(row[name]) for name in COLUMNS] for row in found["rows"])
    return out.getvalue()


def _published(entity: ListedEntity) -> Iterator[tuple[str, ...]]:
    none = ("", "", "")
    for i in entity.identifiers:
        yield "issuer", i.scheme.value, i.value, "", *none, "OFAC", "published", ""
    for r in entity.rejected:
        yield "issuer", r.scheme.value, r.text, "", *none, "OFAC", "unusable", r.fault
    for t in entity.tickers:
        yield "issuer", "ticker", t.code, t.country, *none, "OFAC", "published", f"as printed: {t.text}"
    for n in entity.names:
        yield "issuer", "name", n.text, "", *none, n.source, n.kind.value, ""


def _of_master(entity: ListedEntity, rows: tuple[MasterRow, ...]) -> Iterator[tuple[str, ...]]:
    for r in rows:
        if r.uid == entity.uid and (r.relation in OWN_RELATIONS or r.policy):
            dates = (str(r.valid_from or ""), str(r.valid_to or ""))
            yield r.relation, r.scheme, r.value, r.mic, *dates, r.policy, f"not OFAC: {r.source}", r.confidence, r.note
