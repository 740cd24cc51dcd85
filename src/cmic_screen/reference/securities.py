"""The securities master: facts about listed entities' securities that are not OFAC's, each with its source; no verdict.

OFAC's identifiers are incomplete and age while the ban follows the issuer (rules.md §6.4). Shipped rows come from
`data/securities.csv`; a user's own from `securities.csv` in the user's folder. Evidence from here is always marked so.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.errors import ListError
from cmic_screen.identifiers import classify
from cmic_screen.markets import MIC_COUNTRY
from cmic_screen.model import MasterRow, Policy, Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from cmic_screen.model import ListedEntity, ListSnapshot

COLUMNS: Final = (
    "uid", "relation", "scheme", "value", "mic", "valid_from", "valid_to", "policy", "source", "confidence", "note",
)  # fmt: skip
OWN_FILE: Final = "securities.csv"
RELATIONS: Final = ("issuer", "receipt", "derivative", "related", "not")
POLICIES: Final = ("", Policy.REVIEW, Policy.NOT_TRADED)
_SECURITIES: Final = frozenset({"isin", "cusip", "sedol", "figi", "ticker"})
CONFIDENCE: Final = ("high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Master:
    """All rows in force, shipped ones first, and the SHA-256 of the bytes they were read from."""

    rows: tuple[MasterRow, ...]
    sha256: str


def load_master(home: Path | None = None) -> Master:
    """The shipped rows and, where `home` holds a `securities.csv`, the user's own; without `home` the shipped alone.

    ListError where either is broken: rows that cannot be read are never left out in silence.
    """
    rows, body = _shipped()
    digest = hashlib.sha256(body)
    own = home / OWN_FILE if home else None
    if own and own.is_file():
        body = own.read_bytes()
        digest.update(body)
        rows += read_rows(body, own.name)
    return Master(rows, digest.hexdigest())


@cache  # frozen values of this release
def _shipped() -> tuple[tuple[MasterRow, ...], bytes]:
    """The shipped rows and the bytes they were read from."""
    body = resources.files("cmic_screen.reference").joinpath("data/securities.csv").read_bytes()
    return read_rows(body, "embedded securities master"), body


def read_rows(body: bytes, file: str) -> tuple[MasterRow, ...]:
    """The rows of a master file: UTF-8 csv with the header COLUMNS. ListError names the line and the field."""
    try:
        reader = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""))
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ListError("not a securities master: its columns differ.", where=file, do=f"Use {', '.join(COLUMNS)}.")
        return tuple(_row(line, f"{file} line {reader.line_num}") for line in reader)
    except UnicodeDecodeError as error:
        raise ListError("not UTF-8 text.", where=file, do="Save it as UTF-8.") from error


def _row(line: Mapping[str, str], where: str) -> MasterRow:
    try:
        return row_cells(line)
    except (ValueError, TypeError) as error:
        raise ListError(f"not a row of the securities master ({error}).", where=where) from error


def row_cells(line: Mapping[str, str]) -> MasterRow:
    """A row from its cells by column name; ValueError where a date is not ISO, KeyError where a column is missing."""
    return MasterRow(
        uid=line["uid"], relation=line["relation"], scheme=line["scheme"], value=line["value"], mic=line["mic"],
        valid_from=_day(line["valid_from"]), valid_to=_day(line["valid_to"]), policy=line["policy"],
        source=line["source"], confidence=line["confidence"], note=line["note"],
    )  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def problems_of(rows: Sequence[MasterRow], snapshot: ListSnapshot) -> list[str]:
    """Every fault of the rows in a sentence each, in row order, conflicts last; [] where they are sound.

    A row must name an entity of the list, a relation, a scheme, a value in canonical form with its check digit, a
    market where it is a ticker, dates in order, a source and a confidence. The same identifier or ticker of two
    companies at one time, or of one company as its own and as another's, is a conflict.
    """
    uids = {e.uid for e in snapshot.entities}
    faults = [f"row {n} ({r.scheme} {r.value}): {f}" for n, r in enumerate(rows, 2) for f in _faults(r, uids)]
    return faults + _conflicts(rows, snapshot)


def _faults(row: MasterRow, uids: set[str]) -> list[str]:
    said = [
        (row.uid not in uids, f"uid {row.uid or 'blank'} is not on the list"),
        (row.relation not in RELATIONS, f"relation {row.relation!r} is none of {', '.join(RELATIONS)}"),
        (row.policy not in POLICIES, f"policy {row.policy!r} is none of {', '.join(p for p in POLICIES if p)}"),
        (row.confidence not in CONFIDENCE, f"confidence {row.confidence!r} is none of {', '.join(CONFIDENCE)}"),
        (not row.value.strip(), "the value is blank"),
        (not row.source.strip(), "the source is blank"),
        (bool(row.valid_from and row.valid_to and row.valid_from > row.valid_to), "valid_from is after valid_to"),
        (row.scheme == "ticker" and row.mic not in MIC_COUNTRY, f"market {row.mic!r} is no MIC known here"),
    ]
    faults = [text for wrong, text in said if wrong]
    if row.scheme not in {"ticker", "name"}:
        faults += _value_faults(row)
    return faults


def _value_faults(row: MasterRow) -> list[str]:
    if row.scheme not in {s.value for s in Scheme}:
        return [f"scheme {row.scheme!r} is neither an identifier, ticker nor name"]
    found = classify(row.value, Scheme(row.scheme))
    if any(i.scheme == row.scheme and i.value == row.value for i in found.identifiers if not found.rejected):
        return []
    return [r.fault for r in found.rejected] or [f"not a {row.scheme.upper()} in canonical form"]


def _conflicts(rows: Sequence[MasterRow], snapshot: ListSnapshot) -> list[str]:
    """Identifiers and tickers that two companies claim at one time; names may be shared and are not compared."""
    claims: dict[tuple[str, str, str], list[tuple[str, MasterRow]]] = defaultdict(list)
    for entity in snapshot.entities:
        for one in entity.identifiers:
            own = MasterRow(uid=entity.uid, relation="issuer", scheme=one.scheme, value=one.value)
            claims[one.scheme, one.value, ""].append((_owner(own), own))
    for row in rows:
        if row.scheme != "name":
            claims[row.scheme, row.value, row.mic].append((_owner(row), row))
    found = []
    for (scheme, value, mic), all_claims in claims.items():
        for i, (owner, row) in enumerate(all_claims):
            clash = next((o for o, r in all_claims[:i] if o != owner and _overlap(r, row)), None)
            if clash:
                found.append(f"{scheme} {value}{' ' + mic if mic else ''}: claimed for {clash} and for {owner}")
    return found


def _owner(row: MasterRow) -> str:
    """Whose the fact is: the listed entity, or somebody else beside it."""
    return f"uid {row.uid}" if row.relation in {"issuer", "receipt", "derivative"} else f"another than uid {row.uid}"


def _overlap(one: MasterRow, other: MasterRow) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)


def summary(master: Master, snapshot: ListSnapshot) -> dict[str, Any]:
    """Counts by relation, and which listed companies have no security known to OFAC or the master; for `check`."""
    counts = Counter(r.relation for r in master.rows)
    without = [e for e in snapshot.entities if not has_security(e, master.rows)]
    return {
        "rows": len(master.rows),
        "sha256": master.sha256,
        "relations": {r: counts[r] for r in RELATIONS},
        "companies": len(snapshot.entities),
        "covered": len(snapshot.entities) - len(without),
        "without": [{"uid": e.uid, "name": e.name} for e in without],
    }


def has_security(entity: ListedEntity, rows: Sequence[MasterRow]) -> bool:
    """Whether any security of the entity itself is known: an ISIN or ticker of OFAC's or of the master's.

    An entity without one (a state parent, a private company) can still be met by name or through a fund; the order
    reaches publicly traded securities only (E.O. 13959 as amended, s.3(c)).
    """
    own = entity.tickers or any(i.scheme is Scheme.ISIN for i in entity.identifiers)
    return bool(own) or any(
        r.uid == entity.uid and r.relation in {"issuer", "receipt"} and r.scheme in _SECURITIES for r in rows
    )
