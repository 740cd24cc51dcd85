"""What a record says of each holding, in the form in which two runs are compared; it compares nothing, reads no file.

A holding is an account and a security (by fingerprint), whatever row it stands on: rows move from month to month.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.model import Verdict
from cmic_screen.terms import QUIET_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

OPEN: Final = frozenset({Verdict.REVIEW.name, Verdict.UPCOMING.name, Verdict.UNSCREENED.name, Verdict.PROHIBITED.name})
"""Verdicts that somebody has to do something about; PERMITTED is settled."""

Key = tuple[str, ...]
Signature = tuple[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One holding's findings in a run: worst verdict, what it rests on, its references, rows and value by currency."""

    key: Key
    verdict: str
    refs: tuple[str, ...]
    account: str
    name: str
    marks: frozenset[str]
    entities: tuple[tuple[str, str], ...]
    signature: Signature
    value: tuple[tuple[str, str], ...]
    dismissed: bool

    @property
    def open(self) -> bool:
        """Whether somebody has to do something about it."""
        return self.verdict in OPEN


def seen(record: Mapping[str, Any]) -> dict[Key, Seen]:
    """Every holding that the record does not call clear or set aside, in the record's order."""
    groups: dict[Key, list[Mapping[str, Any]]] = {}
    for finding in record["findings"]:
        if finding["verdict"] not in QUIET_NAMES:
            groups.setdefault(key_of(finding), []).append(finding)
    return {key: _seen(key, rows) for key, rows in groups.items()}


def key_of(finding: Mapping[str, Any]) -> Key:
    """What makes a finding the same one next month. A row that could not be read is known by its cells."""
    if not finding["security"]:
        source = finding["source"]
        return ("unread", source["sheet"], *finding.get("cells", ()))
    return (finding["account"], finding["security"], finding["action"], finding["trade_at"])


def _seen(key: Key, rows: list[Mapping[str, Any]]) -> Seen:
    lead = max(rows, key=lambda r: Verdict[r["verdict"]])
    matches = lead["matches"]
    names = [lead["issuer_name"], lead["security_name"], *lead.get("cells", ())]
    return Seen(
        key=key,
        verdict=lead["verdict"],
        refs=tuple(r["ref"] for r in rows),
        account=lead["account"],
        name=next((n for n in names if n), "(no name)"),
        marks=_marks(lead),
        entities=tuple((m["entity_uid"], m["entity_name"]) for m in matches),
        signature=_signature(lead),
        value=_value(rows),
        dismissed=any(m["sub_reason"] == "dismissed" for m in matches),
    )


def _signature(finding: Mapping[str, Any]) -> Signature:
    """What a finding rests on: if this differs between two runs, it was scored anew."""
    matches = sorted(
        (m["entity_uid"], m["relation"], m["phase"], m["verdict"], m["sub_reason"], f"{m['score']:.4f}")
        for m in finding["matches"]
    )
    return finding["verdict"], tuple(matches)


def _marks(finding: Mapping[str, Any]) -> frozenset[str]:
    """What a security is known by though its description changed: its identifiers, else its ticker with market."""
    stated = {f"{scheme}:{value}" for scheme, value in finding["identifiers"].items() if scheme != "lei"}
    ticker = f"ticker:{finding['ticker']}:{finding['mic']}" if finding["ticker"] and finding.get("mic") else ""
    name = f"name:{(finding['issuer_name'] or finding['security_name']).casefold()}"
    return frozenset(stated or {ticker or name})


def _value(rows: Iterable[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    sums: dict[str, Decimal] = {}
    for row in rows:
        try:
            amount = Decimal(row["market_value"] or "0")
        except InvalidOperation:
            continue
        currency = row["currency"] or "not stated"
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return tuple((c, f"{v:f}") for c, v in sorted(sums.items()) if v)


def totals(record: Mapping[str, Any]) -> dict[str, str]:
    """The control totals by name, values per currency as `market_value CUR all`."""
    flat = {name: str(value) for name, value in record["totals"].items() if name != "market_value"}
    for currency, money in record["totals"].get("market_value", {}).items():
        flat |= {f"market_value {currency} {part}": amount for part, amount in money.items()}
    return flat
