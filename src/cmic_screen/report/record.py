"""The record of a run, schema `cmic-screen/run/1`: the document that every other output can be checked against.

It is made from a finished `ScreeningRun` alone, without a clock, a file or the network. Fields are those
of docs/reference/record.md and `schema.json` (JSON Schema draft 2020-12); JSON is RFC 8259, keys sorted, UTF-8.
"""

from __future__ import annotations

import hashlib
import heapq
from typing import TYPE_CHECKING, Any, Final

from cmic_screen import digests, drafts
from cmic_screen.digests import canonical
from cmic_screen.errors import ReportError, words_of
from cmic_screen.model import Finding, Scheme
from cmic_screen.report import rowjson, walk
from cmic_screen.terms import QUIET_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from cmic_screen.intake import InputFile, SheetReading
    from cmic_screen.model import DecisionOnMatch, ListedEntity
    from cmic_screen.run import ScreeningRun

SCHEMA: Final = "cmic-screen/run/1"
SAMPLE_SIZE: Final = 25
NOT_DIGESTED: Final = ("run_id", "created_at", "qualifications", "sample", "content_digest")
"""Top-level fields the content digest leaves out: this run's names, what follows the clock or the digest itself."""
CLOCKED: Final = ("age_days", "stale", "checked_at")
"""Fields of `list` that follow the clock."""


def to_record(run: ScreeningRun, all_rows: bool = False) -> dict[str, Any]:
    """The record of `run` as plain JSON values.

    `findings` holds every row that is not CLEAR or SET_ASIDE; with `all_rows` those too. `rows_digest` always covers
    all of them, so both forms have the same `content_digest`. Amounts are decimal strings, dates ISO, floats 4 places.
    """
    return _record(run, rowjson.Encoder(problems(run)), all_rows)


def _record(run: ScreeningRun, encoder: rowjson.Encoder, all_rows: bool = False) -> dict[str, Any]:
    loud, record_digest, quiet = rowjson.survey(walk.lines(run), encoder)
    record = _frame(run)
    record["findings"] = [
        encoder.to_dict(f)
        for f in (
            walk.everything(run, walk.nearest_of_quiet(run)) if all_rows else walk.with_nearest(loud, run.nearest)
        )
    ]
    record["rows_digest"] = record_digest
    record["content_digest"] = content_digest(record)
    record["sample"] = sample(quiet, record["content_digest"])
    return record


def preview(run: ScreeningRun) -> dict[str, Any]:
    """The record to display before it is written: as `to_record`, without the digests and the sample, which need a pass
    over every row.
    """
    encoder = rowjson.Encoder(problems(run))
    found = [encoder.to_dict(f) for f in walk.with_nearest(run.findings, run.nearest)]
    return {**_frame(run), "findings": found}


def write_record(
    run: ScreeningRun, path: Path, *, all_rows: bool = False, record: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Write the record to `path` in the form of `dumps`, row by row, so that memory does not grow with the rows.

    With `all_rows` the file holds CLEAR and SET_ASIDE rows too. Returns the record without those; `record` may be
    passed where it is already made. The file is whole or absent; ReportError where it cannot be written.
    """
    encoder = rowjson.Encoder(problems(run))
    record = _record(run, encoder) if record is None else record
    lines = _every_line(run, encoder) if all_rows else map(canonical, record["findings"])
    try:
        with drafts.beside(path) as folder:
            draft = folder / path.name
            with draft.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(_layout(record, lines))
            drafts.hand_out(draft, path)
    except OSError as error:
        raise ReportError(
            f"the record could not be written ({words_of(error)})",
            where=str(path),
            why="Nothing was written there.",
            do="Choose a folder that exists and may be written to with --json.",
        ) from error
    return record


def _every_line(run: ScreeningRun, encoder: rowjson.Encoder) -> Iterator[str]:
    nearest = walk.nearest_of_quiet(run)
    for row in walk.lines(run):
        if isinstance(row, Finding):
            yield encoder.line(row)
        else:
            yield encoder.row(row, nearest.get(row.security.fingerprint, ()))


def dumps(record: Mapping[str, Any]) -> str:
    """The record as text: keys sorted, one line a finding (so that two records can be compared line by line)."""
    return "".join(_layout(record, (canonical(f) for f in record.get("findings", ()))))


def content_digest(record: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of what was screened against what with which answer; the same for equal material.

    Leaves out `NOT_DIGESTED` and the `CLOCKED` fields of `list`; of `findings` it takes those that are not quiet, while
    `rows_digest` stands for every row. No findings is a valid content with a digest of its own.
    """
    body = {k: v for k, v in record.items() if k not in NOT_DIGESTED}
    body["list"] = {k: v for k, v in record["list"].items() if k not in CLOCKED}
    body["findings"] = [f for f in record["findings"] if f["verdict"] not in QUIET_NAMES]
    return digests.digest(body)


def rows_digest(findings: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 (hex) over every finding's canonical JSON, `nearest` left empty, each followed by a newline.

    The check of a full record. `nearest` explains and decides nothing; it is worked out only for rows that are written.
    """
    digest = hashlib.sha256()
    for finding in findings:
        digest.update(canonical({**finding, "nearest": []}).encode() + b"\n")
    return digest.hexdigest()


def sample(sources: Iterable[str], digest: str, size: int = SAMPLE_SIZE) -> list[str]:
    """The audit sample: of all quiet rows the `size` whose SHA-256 of `digest|FILE!SHEET!ROW` is smallest, ascending.

    Anyone can draw it again with a SHA-256 tool, and nobody can steer it without changing the content.
    """
    return heapq.nsmallest(size, sources, key=lambda s: (hashlib.sha256(f"{digest}|{s}".encode()).hexdigest(), s))


def problems(run: ScreeningRun) -> dict[str, dict[str, str]]:
    """Row problems by source text: code, sentence and what to do."""
    return {str(p.source): {"code": p.code, "text": p.text, "do": p.do} for p in run.intake.problems}


def _layout(record: Mapping[str, Any], findings: Iterable[str]) -> Iterator[str]:
    """One top-level field a line, and of `findings` one element a line."""
    lead = "{\n"
    for key in sorted(record):
        yield f"{lead}{canonical(key)}: "
        lead = ",\n"
        if key == "findings":
            gap = "[\n"
            for line in findings:
                yield gap + line
                gap = ",\n"
            yield "[]" if gap == "[\n" else "\n]"
        else:
            yield canonical(record[key])
    yield "\n}\n"


def _frame(run: ScreeningRun) -> dict[str, Any]:
    """All of the record but its findings and digests."""
    snapshot, programme = run.snapshot, run.programme
    record: dict[str, Any] = {
        "schema": SCHEMA,
        "tool": {"name": "cmic-screen", "version": run.tool_version},
        "run_id": run.run_id,
        "created_at": run.created_at,
        "as_of": run.as_of.isoformat(),
        "kind": run.kind,
        "compliance_record": run.compliance_record,
        "holdings_as_of": run.intake.as_of,
        "list": {
            "publisher": snapshot.publisher,
            "published": snapshot.published.isoformat(),
            "retrieved_at": snapshot.retrieved_at,
            "checked_at": snapshot.checked_at,
            "sha256": snapshot.sha256,
            "digest": snapshot.digest,
            "source": snapshot.source,
            "entities": len(snapshot.entities),
            "embedded": snapshot.embedded,
            "age_days": run.list_age_days,
            "stale": run.list_stale,
        },
        "programme": {
            "version": programme.version,
            "sha256": programme.sha256,
            "in_force": programme.in_force,
            "confirmed_through": programme.confirmed_through.isoformat(),
            "source": programme.source,
        },
        "securities_master": {"sha256": run.master_sha256, "rows": run.master_rows},
        "inputs": [_input(f) for f in run.intake.inputs],
        "qualifications": [{"code": q.code, "text": q.text} for q in run.qualifications],
        "totals": _totals(run),
        "entities": [_entity(e) for e in _touched(run)],
    }
    if run.decisions:
        record["decisions"] = [decision(d) for d in run.decisions]
    if run.exposure:
        record["exposure"] = [_slots(e) for e in run.exposure]
    if run.changes:
        record["changes"] = [dict(c) for c in run.changes]
    if run.trend:
        record["trend"] = [dict(t) for t in run.trend]
    return record


def _slots(value: Any) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _totals(run: ScreeningRun) -> dict[str, Any]:
    totals = _slots(run.totals)
    totals["market_value"] = {
        currency: {"all": m.all, "prohibited": m.prohibited, "review": m.review}
        for currency, m in run.totals.market_value.items()
    }
    return totals


def _input(file: InputFile) -> dict[str, Any]:
    return {
        "file": file.file,
        "sha256": file.sha256,
        "bytes": file.bytes,
        "format": file.format,
        "encoding": file.encoding,
        "sheets": [_sheet(s) for s in file.sheets],
    }


def _sheet(sheet: SheetReading) -> dict[str, Any]:
    columns: dict[str, str] = {}
    for use in sheet.columns:
        if use.field:
            columns[use.field] = f"{columns[use.field]} + {use.header}" if use.field in columns else use.header
    return {
        "name": sheet.name,
        "used": sheet.used,
        "why_not": sheet.why_not,
        "header_row": sheet.header_row,
        "columns": columns,
        "unmapped": [use.header for use in sheet.columns if not use.field],
        "rows_read": sheet.rows_read,
        "headers": sheet.headers,
        "positions": sheet.positions,
        "continuations": sheet.continuations,
        "set_aside": sheet.set_aside,
        "problems": sheet.problems,
        "hidden": sheet.hidden,
        "total_checks": [
            {"label": label, "stated": stated, "ours": ours, "currency": currency}
            for label, stated, ours, currency in sheet.total_checks
        ],
    }


def _touched(run: ScreeningRun) -> list[ListedEntity]:
    """The listed entities that some finding names, by uid: what an explanation needs of the list."""
    uids = {m.match.entity.uid: m.match.entity for f in run.findings for m in f.judgement.matches}
    return [uids[uid] for uid in sorted(uids)]


def _entity(entity: ListedEntity) -> dict[str, Any]:
    return {
        "uid": entity.uid,
        "name": entity.name,
        "names": [{"text": n.text, "kind": n.kind.value, "source": n.source} for n in entity.names],
        "identifiers": [
            {"scheme": i.scheme.value, "value": i.value}
            for i in entity.identifiers
            if i.scheme is not Scheme.COMPANY_NO
        ],
        "tickers": [t.text for t in entity.tickers],
        "dates": rowjson.dates(entity),
        "linked_to": list(entity.linked_to),
        "programmes": list(entity.programmes),
        "legal_authority": list(entity.legal_authority),
        "basis": {"text": entity.basis.text, "source": entity.basis.source},
    }


def decision(made: DecisionOnMatch) -> dict[str, Any]:
    """A reviewer's decision as the record keeps it."""
    return rowjson.decision(made) | {"security": made.fingerprint, "entity_uid": made.uid}
