"""What a reading did, told to a person: which rows, which columns and why, what is left out; it reads and writes
nothing.

One description serves both forms: `describe` is the data (`look --format json`), `explain` the same as sentences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cmic_screen.intake import ColumnUse, InputFile, Intake, SheetReading

FIRST: Final = 5
EXAMPLES: Final = 3
_SHOWN: Final = (
    *("security_name", "issuer", "isin", "cusip", "sedol", "figi", "wkn", "valor", "other_id", "ticker", "exchange"),
    *(
        "quantity",
        "market_value",
        "currency",
        "account_id",
        "transaction_type",
        "side",
        "trade_date",
        "section",
        "flags",
    ),
)
_WIDE: Final = 60
_FORMATS: Final = {
    "csv": "delimited text",
    "xlsx": "Excel workbook",
    "xlsm": "Excel workbook with macros (never run)",
    "xlsb": "binary Excel workbook",
    "xls": "Excel 97 workbook",
    "ods": "OpenDocument sheet",
    "spreadsheetml": "Excel 2003 XML",
    "html": "web page saved as a workbook",
    "parquet": "Parquet file",
    "13f": "SEC Form 13F table",
    "nport": "SEC Form N-PORT",
    "ofx": "OFX investment statement",
    "qif": "QIF investment register",
    "xml": "XML of tables",
}
_DELIMITERS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def describe(intake: Intake) -> dict[str, Any]:
    """All that `look` shows, as plain data: files, sheets, columns with reasons, first rows, rows left out, doubts."""
    return {
        "kind": intake.kind,
        "as_of": intake.as_of,
        "only_13f": intake.only_13f,
        "files": [_file(intake, f) for f in intake.inputs],
        "issues": [
            {
                "code": i.code,
                "file": i.file,
                "sheet": i.sheet,
                "text": i.text,
                "rows": i.rows,
                "examples": list(i.examples),
                "done": i.done,
                "effect": i.effect,
            }
            for i in intake.issues
        ],
    }


def _file(intake: Intake, entry: InputFile) -> dict[str, Any]:
    return {
        "file": entry.file,
        "format": entry.format,
        "sha256": entry.sha256,
        "bytes": entry.bytes,
        "encoding": entry.encoding,
        "delimiter": entry.delimiter,
        "profile": entry.profile,
        "sheets": [_sheet(intake, entry.file, s) for s in entry.sheets],
    }


def _sheet(intake: Intake, file: str, s: SheetReading) -> dict[str, Any]:
    table = intake.table
    mine = table[(table["file"] == file) & (table["sheet"] == s.name)].head(FIRST)
    aside: dict[str, list[dict[str, Any]]] = {}
    for a in intake.set_aside:
        if (a.source.file, a.source.sheet) == (file, s.name):
            aside.setdefault(a.reason, []).append({"row": a.source.row, "text": a.text})
    return {
        "name": s.name,
        "used": s.used,
        "why_not": s.why_not,
        "header_row": s.header_row,
        "hidden": s.hidden,
        "rows": {
            "read": s.rows_read,
            "headers": s.headers,
            "positions": s.positions,
            "continuations": s.continuations,
            "set_aside": s.set_aside,
            "problems": s.problems,
        },
        "columns": [_column(u) for u in s.columns],
        "first_rows": [_row(r) for r in mine.to_dict("records")],
        "set_aside": aside,
        "problems": [
            {"row": p.source.row, "code": p.code, "text": p.text, "cells": list(p.cells), "do": p.do}
            for p in intake.problems
            if (p.source.file, p.source.sheet) == (file, s.name)
        ],
        "totals": [{"label": a, "stated": b, "ours": c, "currency": d} for a, b, c, d in s.total_checks],
    }


def _column(use: ColumnUse) -> dict[str, Any]:
    return {
        "column": use.column,
        "letter": letter(use.column),
        "header": use.header,
        "field": use.field,
        "confidence": use.confidence,
        "reason": use.reason,
        "also": use.also,
    }


def _row(row: Mapping[Any, Any]) -> dict[str, Any]:
    more = [int(r) for r in str(row["more_rows"]).split(",") if r]
    return {"row": int(row["row"]), "more_rows": more, **{k: str(row[k]) for k in _SHOWN if row[k]}}


def letter(column: int) -> str:
    """The letters by which a spreadsheet calls a column counted from 1 (A, Z, AA)."""
    out = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def explain(found: Mapping[str, Any]) -> str:
    """A description as a person reads it."""
    lines: list[str] = []
    for entry in found["files"]:
        lines += [_headline(entry), ""]
        for sheet in entry["sheets"]:
            lines += [*_sheet_lines(sheet, alone=len(entry["sheets"]) == 1), ""]
    if found["as_of"]:
        lines.append(f"The holdings are stated for {found['as_of']}.")
    if found["kind"] == "trades":
        lines.append("The rows are trades: judge them with `cmic-screen trades`.")
    if found["only_13f"]:
        lines.append("A Form 13F lists Section 13(f) securities only: nothing can be called clear from it alone.")
    if found["issues"]:
        lines += ["", "What you should know:"]
        lines += [_issue(i) for i in found["issues"]]
    return "\n".join([*lines, "", "Nothing was written."]).replace("\n\n\n", "\n\n")


def _headline(entry: Mapping[str, Any]) -> str:
    kind = _FORMATS.get(entry["format"], entry["format"])
    parts = [f"{entry['file']}: {kind}"]
    if entry["encoding"]:
        by = _DELIMITERS.get(entry["delimiter"])
        parts.append(f"read as {entry['encoding']}" + (f", parted by {by}" if by else ""))
    if entry["profile"]:
        parts.append(f"in the known layout '{entry['profile']}'")
    return ", ".join(parts) + "."


def _sheet_lines(s: Mapping[str, Any], *, alone: bool) -> list[str]:
    rows = s["rows"]
    name = "The table" if alone else f"Sheet '{s['name']}'"
    hidden = f" ({s['hidden']} hidden; read all the same)" if s["hidden"] else ""
    if not s["used"]:
        out = [f"{name}{hidden} gives no position: {s['why_not']}."]
    else:
        out = [f"{name}{hidden} gives {_count(rows['positions'], 'position')}. " + _header_words(s)]
        out += ["  Columns:", *_column_lines(s["columns"])]
        out += ["  First rows, as used:", *(_row_line(r) for r in s["first_rows"])]
    out += _aside_lines(s["set_aside"])
    if s["problems"]:
        out.append(f"  {_count(len(s['problems']), 'row')} cannot be screened:")
        out += [f"    row {p['row']}: {p['text']} {p['do']}" for p in s["problems"][:EXAMPLES]]
    for t in s["totals"][:EXAMPLES]:
        same = "agrees with the rows above it" if t["stated"] == t["ours"] else f"the rows above it sum to {t['ours']}"
        out.append(f"  The file's own total '{t['label']}' of {t['stated']} {t['currency']}".rstrip() + f": {same}.")
    out.append(
        f"  Account: {_count(rows['read'], 'row')} read = {rows['headers']} header, {rows['positions']} position, "
        f"{rows['continuations']} continuation, {rows['set_aside']} set aside, {rows['problems']} problem."
    )
    return out


def _header_words(s: Mapping[str, Any]) -> str:
    if not s["header_row"]:
        return "It has no header; its columns are told by what they hold."
    several = s["rows"]["headers"] - 1
    more = f" and {_count(several, 'more header row')} below" if several else ""
    return f"Its header stands in row {s['header_row']}{more}."


def _column_lines(columns: Sequence[Mapping[str, Any]]) -> list[str]:
    out = []
    for c in columns:
        header = f"'{_short(c['header'], 28)}'" if c["header"] else "(no header)"
        if not c["field"] and not c["header"] and c["reason"] == "it has no values":
            continue
        if c["field"] == "ignore":
            out.append(
                f"    {c['letter']:>2} {header:<30} not needed: a known header that says nothing of what is held"
            )
        elif c["field"]:
            also = f" (close to {c['also']})" if c["also"] else ""
            out.append(f"    {c['letter']:>2} {header:<30} {c['field']}, {c['confidence']:.0%}{also}: {c['reason']}")
        else:
            out.append(f"    {c['letter']:>2} {header:<30} not used: {c['reason']}")
    return out


def _row_line(row: Mapping[str, Any]) -> str:
    more = f" with {', '.join(map(str, row['more_rows'][:6]))}" if row["more_rows"] else ""
    said = "; ".join(f"{k} {_short(v, _WIDE)}" for k, v in row.items() if k not in {"row", "more_rows"})
    return f"    row {row['row']}{more}: {said}"


def _aside_lines(aside: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    if not aside:
        return []
    out = [f"  Set aside, {_count(sum(map(len, aside.values())), 'row')}, each kept with its text:"]
    for reason, rows in aside.items():
        shown = "; ".join(f'row {r["row"]} "{_short(r["text"], _WIDE)}"' for r in rows[:EXAMPLES])
        left = f"; and {len(rows) - EXAMPLES} more" if len(rows) > EXAMPLES else ""
        out.append(f"    {reason} ({len(rows)}): {shown}{left}")
    return out


def _issue(i: Mapping[str, Any]) -> str:
    where = f"{i['sheet']}: " if i["sheet"] else ""
    examples = f" Such as: {', '.join(_short(e, 40) for e in i['examples'][:EXAMPLES])}." if i["examples"] else ""
    return f"  - {where}{i['text']}{examples} {i['done']} {i['effect']}".rstrip()


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _short(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"
