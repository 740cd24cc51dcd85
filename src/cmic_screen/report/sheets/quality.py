"""Data quality: what about the data a person should know, how each column was taken, and which totals do not foot."""

from __future__ import annotations

from collections import Counter
from itertools import filterfalse
from typing import TYPE_CHECKING, Any, Final

from cmic_screen.report.tables import Cell, Column, Page, clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cmic_screen.report.tables import Value
    from cmic_screen.run import ScreeningRun

_ISSUES: Final = (
    Column(header="Issue", width=22, style="id"),
    Column(header="Where", width=22),
    Column(header="In words", width=40),
    Column(header="Rows", width=8, style="count"),
    Column(header="Example cells", width=34),
    Column(header="What was done", width=30),
    Column(header="Effect", width=26),
)


def page(run: ScreeningRun, record: Mapping[str, Any]) -> Page:
    """One table of issues, the readings of sheets and columns among them."""
    lines = [*_issues(run), *_written(run), *_readings(run), *_totals(record), *_columns(run)]
    made = Page(
        name="Data quality",
        title="Data quality: what was noticed while reading",
        purpose="Which choices the reading made, on how many rows, and what follows for the answer.",
        trail=(
            f"Source: the files as read. Conclusion: {len(lines)} line(s); rows that could not be screened are on "
            "Unscreened."
        ),
        widths=tuple(c.width for c in _ISSUES),
    )
    made.gap()
    made.table("tbl_quality", _ISSUES, lines, empty="Nothing to note.")
    return made


def _where(file: str, sheet: str) -> str:
    return f"{file}!{sheet}" if sheet else file


def _issues(run: ScreeningRun) -> Iterator[list[Cell | Value]]:
    for i in run.intake.issues:
        yield [i.code, _where(i.file, i.sheet), i.text, i.rows, "\n".join(i.examples), i.done, i.effect]


def _written(run: ScreeningRun) -> Iterator[list[Cell | Value]]:
    """Control characters that no workbook may hold (pains C5)."""
    table = run.intake.table
    count, rows, examples = 0, 0, []
    for column in ("cells", "security_name", "issuer", "account_id"):
        for text in filterfalse(str.isprintable, table[column].tolist()):
            _, found = clean(text)
            if found:
                count, rows = count + found, rows + 1
                examples.append(clean(text)[0])
    if count:
        yield [
            "CONTROL_CHARACTERS", "", f"{count} control character(s) in {rows} cell(s) of the input.", rows,
            "\n".join(examples[:3]), "Shown as U+FFFD in this workbook; the record keeps them.",
            "None on the verdicts.",
        ]  # fmt: skip


def _readings(run: ScreeningRun) -> Iterator[list[Cell | Value]]:
    for f in run.intake.inputs:
        read = ", ".join(
            x for x in (f.format, f.encoding, f.delimiter and f"delimiter {f.delimiter!r}", f.profile) if x
        )
        for s in f.sheets:
            where = _where(f.file, s.name)
            if not s.used:
                yield [
                    "SHEET_NOT_USED",
                    where,
                    s.why_not,
                    s.rows_read,
                    "",
                    "Not screened.",
                    "Check that it holds no position.",
                ]
            else:
                text = f"Read as {read}; header in row {s.header_row}; {s.positions} positions of {s.rows_read} rows."
                yield ["SHEET_READ", where, text, s.rows_read, "", "Screened.", ""]
            if s.hidden:
                yield ["HIDDEN", where, f"Hidden in the file: {s.hidden}.", None, "", "Read like any other.", "None."]


def _totals(record: Mapping[str, Any]) -> Iterator[list[Cell | Value]]:
    for f in record["inputs"]:
        for s in f["sheets"]:
            for t in s["total_checks"]:
                if t["stated"] != t["ours"]:
                    text = f"{t['label']}: the file says {t['stated']} {t['currency']}, its rows add up to {t['ours']}."
                    yield [
                        "TOTAL_DOES_NOT_FOOT", _where(f["file"], s["name"]), text, 1, "",
                        "Rows were taken as they are.",
                        "A row may be missing from the file, or not be part of its total.",
                    ]  # fmt: skip


def _columns(run: ScreeningRun) -> Iterator[list[Cell | Value]]:
    """Each column and what it was taken for; the same map in several sheets is told once."""
    seen: Counter[tuple[str, str, str, str]] = Counter()
    first: dict[tuple[str, str, str, str], tuple[str, Value]] = {}
    for f in run.intake.inputs:
        for s in f.sheets:
            for c in s.columns:
                key = (c.header, c.field, c.reason, c.also)
                seen[key] += 1
                first.setdefault(key, (_where(f.file, s.name), c.confidence))
    for key, times in seen.items():
        header, taken, reason, also = key
        where, confidence = first[key]
        more = f" (and {times - 1} more)" if times > 1 else ""
        code = "COLUMN_CLOSE_CALL" if also else "COLUMN_USED" if taken else "COLUMN_NOT_USED"
        text = f"“{header}” was taken for {taken}" if taken else f"“{header}” is kept and not used"
        text += f"; close second: {also}." if also else "."
        yield [code, where + more, text, None, "", f"{reason} (confidence {confidence:.2f})" if reason else "", ""]
