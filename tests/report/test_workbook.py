"""The workbook: written whole or not at all, its sheets in order, its text as text."""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pytest
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from cmic_screen.errors import ExitCode, ReportError
from cmic_screen.report import record, sheets, verify, workbook
from cmic_screen.report.sheets import listed
from cmic_screen.report.tables import Cell, Page, letters

GOLDEN = Path(__file__).parent / "golden" / "workbook.txt"

SHEETS = [
    "Summary", "Prohibited", "Review", "Upcoming and permitted", "Unscreened", "Evidence", "Changes", "Decisions",
    "Exposure", "All rows", "Data quality", "List", "Method", "Sign-off", "Seal",
]  # fmt: skip


def test_sheets_stand_in_the_documented_order(run, tmp_path):
    workbook.write_report(run, tmp_path / "r.xlsx")
    assert CalamineWorkbook.from_path(str(tmp_path / "r.xlsx")).sheet_names == SHEETS


def test_every_printed_page_repeats_a_heading_of_its_sheet(run, tmp_path):
    workbook.write_report(run, tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert {s.title: s.print_title_rows for s in book if not s.print_title_rows} == {}
    assert book["Evidence"].print_title_rows == "$1:$1"  # its cards have no header of their own


def test_nothing_is_left_where_the_folder_cannot_be_written(run, tmp_path):
    with pytest.raises(ReportError) as failed:
        workbook.write_report(run, tmp_path / "absent" / "r.xlsx")
    assert failed.value.exit_code is ExitCode.REPORT
    assert "--out" in failed.value.message
    assert list(tmp_path.iterdir()) == []


def test_same_run_same_bytes(run, tmp_path):
    a, b = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    workbook.write_report(run, a, epoch=1_700_000_000)
    workbook.write_report(run, b, epoch=1_700_000_000)
    assert a.read_bytes() == b.read_bytes()


def texts(run, sheet="", **kw):
    """Every text of a run's workbook, or of one sheet, row by row."""
    plan = sheets.plan(run, record.to_record(run), **kw)
    cells = (
        c.value if isinstance(c, Cell) else c
        for page in plan.pages if sheet in ("", page.name)
        for row in page.rows
        for c in row.cells
    )  # fmt: skip
    return [c for c in cells if isinstance(c, str)]


def test_golden(run, monkeypatch):
    """UPDATE_GOLDEN=1 writes it anew; look at what changed. Law and measurements are other rooms' data: not dumped."""
    law = SimpleNamespace(
        scope="SCOPE", matching={"floor": 0.6},
        raw={"rule_of_listing": "RULE", "clocks": {"holdings_assumption": "HELD", "trade_assumption": "TRADED"}},
    )  # fmt: skip
    for room in (sheets.basis, sheets.summary):
        monkeypatch.setattr(room, "load_programme", lambda: law)
    monkeypatch.setattr(sheets.basis, "accuracy", lambda: {"names": {"found": 571, "missed": 0}})
    run = replace(run, tool_version="0.1.0")
    text = workbook.dump(sheets.plan(run, record.to_record(run)))
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(text, "utf-8", newline="\n")
    assert text == GOLDEN.read_text("utf-8")


def test_each_sheet_begins_with_title_purpose_and_trail(run):
    for page in sheets.plan(run, record.to_record(run)).pages:
        first = [row.cells[0] for row in page.rows[:3]]
        assert all(isinstance(c, str) and len(c) > 5 for c in first), page.name
        assert "onclusion" in first[2] or page.name in {"Summary", "Evidence", "Changes", "Method", "Sign-off"}


def test_a_qualified_run_says_so_first(run):
    said = texts(run, "Summary")
    verdict = next(i for i, t in enumerate(said) if t.startswith("6 of 63 positions"))
    assert said.index("No match to the list published 2026-01-08; currency not confirmed.") < verdict


def test_clear_is_said_only_without_qualification(run, clean_run):
    assert "All clear" in " ".join(texts(clean_run, "Summary"))
    assert "All clear" not in " ".join(texts(replace(clean_run, qualifications=run.qualifications), "Summary"))


def test_scope_stands_on_summary_and_method(run):
    for sheet in ("Summary", "Method"):
        assert any(t.startswith("Answers E.O. 13959 as amended only.") for t in texts(run, sheet))


def test_words_never_used(run):
    assert not [t for t in texts(run) if re.search(r"must divest|illegal|violat", t, re.IGNORECASE)]


def test_no_compliance_record_is_marked(run):
    assert "not a compliance record" in " ".join(texts(replace(run, compliance_record=False), "Summary"))


def test_what_agrees_of_a_relative_is_said_to_disagree(run):
    """A relative's own identifiers are equal to the held ones; it is not the listed entity all the same."""
    match = {"relation": "RELATED_UNLISTED", "reason": "a relative: not listed", "evidence": []}
    facts = {result: sheets.answers._facts(match, result) for result in ("supports", "contradicts")}
    assert facts == {"supports": "nothing", "contradicts": "a relative: not listed"}


def test_cleared_by_identifier_and_by_name_are_kept_apart_with_the_nearest_name(run):
    said = texts(run, "All rows")
    assert {"identifier", "name only"} <= set(said)
    assert "China Mobile Limited" in said
    assert sum(bool(re.fullmatch(r"S-\d\d", t)) for t in said) == 25


def test_client_is_printed_or_left_to_the_reviewer(run):
    assert "Example Pension Fund" in texts(run, "Summary", client="Example Pension Fund")


def test_past_ten_thousand_rows_a_companion_holds_every_row(make_run, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets.rows, "LIMIT", 60)
    big = make_run(20, 100)
    done = workbook.write_report(big, tmp_path / "r.xlsx")
    assert done.companion == tmp_path / "r.rows.csv"
    digest = hashlib.sha256(done.companion.read_bytes()).hexdigest()
    assert digest in " ".join(texts(big, "All rows", companion=digest))
    assert len(done.companion.read_text("utf-8-sig").splitlines()) == 2 + 101
    shown = [t for t in texts(big, "All rows", companion=digest) if t.startswith("book.xlsx!")]
    assert len(set(shown)) == 20 + 1 + 25
    assert verify.verify(done.path, done.content_digest).status == "as written"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["r.rows.csv", "r.xlsx"]
    assert "r.rows.csv, is the one the report names" in " ".join(verify.verify(done.path).lines)
    done.companion.write_text(done.companion.read_text("utf-8-sig").replace("PROHIBITED", "CLEAR"), "utf-8-sig")
    changed = verify.verify(done.path, done.workbook_digest)
    assert (changed.status, changed.difference.where) == ("differs", "r.rows.csv")
    done.companion.unlink()
    gone = verify.verify(done.path, done.workbook_digest)
    assert (gone.status, f"its SHA-256 must be {digest}" in " ".join(gone.lines)) == ("as written", True)


@pytest.mark.parametrize("findings", [0, 2, 60])
def test_any_number_of_findings_is_sealed_whole(make_run, tmp_path, findings):
    done = workbook.write_report(make_run(findings, findings + 5), tmp_path / "r.xlsx")
    assert verify.verify(done.path, done.workbook_digest).status == "as written"


def test_an_older_report_survives_a_failure(run, tmp_path, monkeypatch):
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"older")

    def full(*_a, **_k):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook.zipfix, "finish", full)
    with pytest.raises(ReportError, match="No space left"):
        workbook.write_report(run, path)
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_cards_have_a_limit_that_is_said(run, monkeypatch):
    monkeypatch.setattr(sheets.evidence, "MOST", 4)
    said = texts(run, "Evidence")
    assert any(t.startswith("The first 4 of 12 cards") for t in said)
    assert sum(t.startswith("F-") and "   " in t for t in said) == 4


def test_summary_tells_of_decisions_about_to_lapse(run):
    soon = replace(run, as_of=run.decisions[0].until - timedelta(days=3))
    assert any("lapse within 30 days: D-0001 ends 2027-10-03. See" in t for t in texts(soon, "Summary"))
    assert not any("lapse within" in t for t in texts(run, "Summary"))


def test_a_trade_is_told_with_what_was_done_when_and_which_duty_follows(run):
    said = record.to_record(run)
    first = next(f for f in said["findings"] if f["verdict"] == "PROHIBITED")
    first |= {"action": "BUY_TO_COVER", "trade_at": "2022-06-03 14:15", "flags": ["REJECT_AND_REPORT"]}
    first |= {"reason": "A purchase to cover is prohibited. Reject, do not block, and report."}
    page = listed.prohibited(said | {"kind": "trades"}, {}, {})
    head, row = ([getattr(c, "value", c) for c in page.rows[at].cells] for at in (4, 5))
    told = dict(zip(head, row, strict=True))
    assert told["Trade"] == "buy to cover, 2022-06-03 14:15, proposed"
    assert told["Prohibited"].endswith("Reject, do not block, and report.")
    assert head[page.break_after] == "Finding"
    assert "Trade" not in [getattr(c, "value", c) for c in listed.prohibited(said, {}, {}).rows[4].cells]
    permitted = listed.upcoming(said | {"kind": "trades"}, {}, {})
    head = [getattr(c, "value", c) for c in permitted.rows[4].cells]
    assert head[page.break_after + 1] == "Finding"
    assert head[4] == "Trade"


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")])
def test_columns_past_z_have_the_letters_excel_gives_them(column, name):
    assert letters(column) == name


def test_thousands_of_findings_are_laid_out_in_time_and_within_what_excel_takes():
    """One by one they took ten minutes for 3,000 findings; Excel calls a sheet of over 1,026 breaks damaged."""
    page = Page(name="Evidence", title="", purpose="", trail="", widths=(10.0,))
    page.tables.append(SimpleNamespace(first=5, header=4, last=5, columns=(), empty=True))
    page.merges += [f"B{at}:G{at}" for at in range(1, 30_001)]
    page.page_breaks += range(1, 30_001, 10)
    sheet = Workbook().active
    workbook._set_up(sheet, page, {"run_id": "R"})
    workbook._merge(sheet, page)
    assert len(sheet.row_breaks.brk) == 1_000
    assert [sheet.row_breaks.brk[0].id, sheet.row_breaks.brk[-1].id] == [1, 9991]
    assert len(sheet.merged_cells.ranges) == 30_000
