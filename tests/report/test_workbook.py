"""The workbook: written whole or not at all, its sheets in order, its text as text."""

from __future__ import annotations

import pytest
from openpyxl import load_workbook

from cmic_screen.errors import ExitCode, ReportError
from cmic_screen.report import workbook

SHEETS = [
    "Summary", "Prohibited", "Review", "Upcoming and permitted", "Unscreened", "Evidence", "Changes", "Decisions",
    "Exposure", "All rows", "Data quality", "List", "Method", "Sign-off", "Seal",
]  # fmt: skip


def test_sheets_stand_in_the_documented_order(run, tmp_path):
    workbook.write_report(run, tmp_path / "r.xlsx")
    assert load_workbook(tmp_path / "r.xlsx").sheetnames == SHEETS


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
