"""Encodes findings as JSON, fast: what belongs to the security is encoded once, what belongs to the row each time.

The text equals canonical JSON (`digests.canonical`) byte for byte; a test compares the two.
"""

from __future__ import annotations

import hashlib
import json
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.digests import canonical
from cmic_screen.judged import facts
from cmic_screen.model import Finding, Repair
from cmic_screen.run import finding_of
from cmic_screen.terms import QUIET

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cmic_screen.model import (
        DecisionOnMatch,
        JudgedMatch,
        Judgement,
        ListedEntity,
        NearestName,
        Security,
    )
    from cmic_screen.run import Line

ROW_KEYS: Final = (
    "account", "action", "cells", "currency", "market_value", "nearest", "problem", "quantity", "ref", "repairs",
    "source", "trade_at", "us_person",
)  # fmt: skip
"""The fields that differ from row to row of a security, or, like `nearest`, from document to document; sorted."""
_OF_SECURITY: Final = (
    "country", "identifiers", "identifiers_read", "identifiers_rejected", "instrument", "instrument_reason",
    "issuer_name", "mic", "security", "security_name", "ticker", "underlying",
)  # fmt: skip
_OF_JUDGEMENT: Final = (
    "citations", "cleared_by", "flags", "matches", "permitted", "prohibited", "reason", "ruling", "verdict",
)  # fmt: skip
_AROUND: Final = ",".join(
    f'"{key}":' + ("\0" if key in ROW_KEYS else f"%({key})s")
    for key in sorted((*ROW_KEYS, *_OF_SECURITY, *_OF_JUDGEMENT))
)
"""A finding as canonical JSON, with U+0000 where the row's fields go: JSON never holds it as it is (RFC 8259 §7)."""

_DIVIDES: Final = " | "
"""What stands between the cells of a row in the position table (positions.py)."""


def survey(rows: Iterable[Line | Finding], encoder: Encoder) -> tuple[list[Finding], str, list[str]]:
    """One pass over all rows: (findings that are not `QUIET`, the `rows_digest` over all, the quiet rows' places as
    `FILE!SHEET!ROW`).
    """
    loud: list[Finding] = []
    quiet: list[str] = []
    digest = hashlib.sha256()
    for row in rows:
        if isinstance(row, Finding):
            digest.update(f"{encoder.line(row)}\n".encode())
        else:
            digest.update(f"{encoder.row(row)}\n".encode())
        if row.judgement.verdict not in QUIET:
            loud.append(row if isinstance(row, Finding) else finding_of(row))
        elif isinstance(row, Finding):
            quiet.append(str(row.source))
        else:
            quiet.append(f"{row.file}!{row.sheet}!{row.row}")
    return loud, digest.hexdigest(), quiet


class Encoder:
    """Turns findings into the record's dicts and lines; remembers what it encoded of a security and its judgement."""

    def __init__(self, problems: Mapping[str, Mapping[str, str]]) -> None:
        self._problems = problems
        self._parts: dict[tuple[str, int], list[str]] = {}
        self._judged: dict[int, dict[str, str]] = {}
        self._base: dict[tuple[str, int], dict[str, Any]] = {}
        self._near: dict[str, tuple[list[dict[str, Any]], str]] = {}
        self._kept: list[Judgement] = []  # what the ids below belong to must not be collected and its id used again

    def to_dict(self, finding: Finding) -> dict[str, Any]:
        """The finding as the record prints it; nested values are shared between findings: leave them as they are."""
        return self._of_pair(finding.security, finding.judgement) | self._of_row(finding)

    def _of_pair(self, security: Security, judgement: Judgement) -> dict[str, Any]:
        """What belongs to a security and its judgement: the same object for the same pair."""
        key = (security.fingerprint, id(judgement))
        base = self._base.get(key)
        if base is None:
            base = _of_security(security) | _of_judgement(judgement)
            if security.fingerprint:
                self._base[key] = base
                self._kept.append(judgement)
        return base

    def line(self, finding: Finding) -> str:
        """The finding as canonical JSON."""
        src, text = finding.source, encode_basestring
        values = (
            text(finding.account),
            text(finding.action.value),
            "[" + ",".join([text(c) for c in finding.cells]) + "]",
            text(finding.currency),
            text(finding.market_value),
            self._nearest(finding.security.fingerprint, finding.nearest)[1],
            self._problem(str(src)),
            text(finding.quantity),
            text(finding.ref),
            canonical(_repairs(finding.repairs)) if finding.repairs else "[]",
            _source_line(src.file, src.sheet, src.row, ",".join(map(str, src.more_rows))),
            text(finding.trade_at),
            text(finding.us_person.value),
        )
        first, *parts = self._around(finding.security, finding.judgement)
        return first + "".join([v + p for v, p in zip(values, parts, strict=True)])

    def row(self, row: Line, near: Sequence[NearestName] = ()) -> str:
        """A position as canonical JSON without making a Finding of it; `near` are its security's nearest names."""
        file, sheet, number, more, fixed, quantity, value, currency, cells, ref, action, person, at, account, *_ = row
        text = encode_basestring
        wrong = self._problem(f"{file}!{sheet}!{number}") if self._problems else "null"
        told = self._nearest(row.security.fingerprint, near)[1] if near else "[]"
        made = canonical(_repairs([Repair(**r) for r in json.loads(fixed)])) if fixed else "[]"
        more = ",".join([str(int(r)) for r in more.split(",") if r]) if more else ""
        # what divides the cells has no character that JSON escapes: the text is escaped whole, then divided
        read = text(cells).replace(_DIVIDES, '","') if cells else ""
        a, b, c, d, e, f, g, h, i, j, k, m, n, o = self._around(row.security, row.judgement)
        return (
            f"{a}{text(account)}{b}{text(action)}{c}[{read}]{d}{text(currency)}{e}{text(value)}{f}{told}{g}{wrong}{h}"
            f"{text(quantity)}{i}{text(ref)}{j}{made}{k}{_source_line(file, sheet, number, more)}{m}{text(at)}{n}"
            f"{text(person)}{o}"
        )

    def _problem(self, source: str) -> str:
        problem = self._problems.get(source)
        return canonical(problem) if problem else "null"

    def _around(self, security: Security, judgement: Judgement) -> list[str]:
        """The text around the row's fields: one piece before the first, then one after each."""
        if not security.fingerprint:
            return _parts(_encoded(_of_security(security)), _encoded(_of_judgement(judgement)))
        key = (security.fingerprint, id(judgement))
        parts = self._parts.get(key)
        if parts is None:
            judged = self._judged.get(id(judgement))
            if judged is None:
                self._judged[id(judgement)] = judged = _encoded(_of_judgement(judgement))
                self._kept.append(judgement)
            self._parts[key] = parts = _parts(_encoded(_of_security(security)), judged)
        return parts

    def _nearest(self, fingerprint: str, near: Sequence[NearestName]) -> tuple[list[dict[str, Any]], str]:
        """The nearest listed names of a security, as values and as canonical JSON."""
        if not near:
            return [], "[]"
        known = self._near.get(fingerprint)
        if known is None:
            names = nearest(near)
            self._near[fingerprint] = known = (names, canonical(names))
        return known

    def _of_row(self, finding: Finding) -> dict[str, Any]:
        src = finding.source
        return {
            "account": finding.account,
            "action": finding.action.value,
            "cells": list(finding.cells),
            "currency": finding.currency,
            "market_value": finding.market_value,
            "nearest": self._nearest(finding.security.fingerprint, finding.nearest)[0],
            "problem": self._problems.get(str(src)),
            "quantity": finding.quantity,
            "ref": finding.ref,
            "repairs": _repairs(finding.repairs),
            "source": {"file": src.file, "sheet": src.sheet, "row": src.row, "more_rows": list(src.more_rows)},
            "trade_at": finding.trade_at,
            "us_person": finding.us_person.value,
        }


def dates(entity: ListedEntity) -> dict[str, str]:
    """The three dates of a listed entity, and of its removal where it was removed: ISO, calendar days in New York."""
    out = {
        "listed": entity.listed.isoformat(),
        "effective": entity.effective.isoformat(),
        "divestment_ends": entity.divestment_ends.isoformat(),
    }
    return out if entity.removed is None else {**out, "removed": entity.removed.isoformat()}


def _encoded(values: Mapping[str, Any]) -> dict[str, str]:
    text = encode_basestring
    return {key: text(value) if isinstance(value, str) else canonical(value) for key, value in values.items()}


def _parts(security: Mapping[str, str], judgement: Mapping[str, str]) -> list[str]:
    return ("{" + _AROUND % {**security, **judgement} + "}").split("\0")


def _source_line(file: str, sheet: str, row: int, more: str) -> str:
    text = encode_basestring
    return f'{{"file":{text(file)},"more_rows":[{more}],"row":{row},"sheet":{text(sheet)}}}'


def _repairs(repairs: Iterable[Repair]) -> list[dict[str, str]]:
    return [{"field": r.field, "from": r.before, "to": r.after, "rule": r.rule} for r in repairs]


def _of_security(security: Security) -> dict[str, Any]:
    identifiers: dict[str, str] = {}
    for i in security.identifiers:
        identifiers.setdefault(i.scheme.value, i.value)
    return {
        "security": security.fingerprint,
        "issuer_name": security.issuer_name,
        "security_name": security.security_name,
        "identifiers": identifiers,
        "identifiers_read": [
            {"scheme": i.scheme.value, "value": i.value, "origin": i.origin.value} for i in security.identifiers
        ],
        "identifiers_rejected": [
            {"scheme": r.scheme.value, "text": r.text, "fault": r.fault} for r in security.rejected
        ],
        "ticker": security.ticker,
        "mic": security.mic,
        "country": security.country,
        "underlying": security.underlying,
        "instrument": security.instrument.value,
        "instrument_reason": security.instrument_reason,
    }


def _of_judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "verdict": judgement.verdict.name,
        "flags": list(judgement.flags),
        "matches": [match(m) for m in judgement.matches],
        "ruling": judgement.ruling.value if judgement.ruling else None,
        "cleared_by": judgement.cleared_by or None,
        "reason": judgement.reason,
        "permitted": list(judgement.permitted),
        "prohibited": list(judgement.prohibited),
        "citations": list(judgement.citations),
    }


def match(judged: JudgedMatch) -> dict[str, Any]:
    """A judged match with its evidence and the decision that touched it, None where there is none."""
    found = judged.match
    return {
        "entity_uid": found.entity.uid,
        "entity_name": found.entity.name,
        "relation": found.relation.value,
        "ruling": judged.ruling.value,
        "verdict": judged.verdict.name,
        "phase": judged.phase.value,
        "sub_reason": judged.sub_reason,
        "reason": found.reason,
        "score": round(found.score, 4),
        "dates": dates(found.entity),
        "evidence": [{**facts(e), "detail": e.detail} for e in found.evidence],
        "decision": decision(judged.decision) if judged.decision else None,
    }


def nearest(names: Iterable[NearestName]) -> list[dict[str, Any]]:
    """The listed names nearest to a row's, in their order."""
    return [{"entity_uid": n.uid, "name": n.name, "score": round(n.score, 4), "why_not": n.why_not} for n in names]


def decision(made: DecisionOnMatch) -> dict[str, Any]:
    """A reviewer's decision as it stands beside the match it touched."""
    return {
        "id": made.id,
        "conclusion": made.conclusion,
        "reason": made.reason,
        "by": made.by,
        "on": made.on,
        "until": made.until.isoformat(),
        "signed_by": made.signed_by,
        "in_force": made.in_force,
        "why_not": made.why_not,
    }
